"""Recordings from anywhere: of any file comes sound, or our own error."""

import io
import wave

import numpy as np
import pytest
import soundfile

from tests.fuzz.strange import broken, depths, holds
from voicecoach.errors import SoundError, VoicecoachError
from voicecoach.sound.audio import CHUNK_SAMPLES
from voicecoach.sound.recorded_microphone import RecordedMicrophone
from voicecoach.sound.recording import read_recording

TONE = (8000 * np.sin(np.arange(2000) / 10)).astype("<i2")


def wav():
    kept = io.BytesIO()
    with wave.open(kept, "wb") as file:
        file.setparams((2, 2, 22_050, 0, "NONE", ""))
        file.writeframes(TONE.tobytes())
    return kept.getvalue()


def encoded(kind, subtype=None):
    kept = io.BytesIO()
    soundfile.write(kept, TONE / 32768, 16_000, subtype=subtype, format=kind)
    return kept.getvalue()


GOOD = {
    "wav": wav(),
    "float wav": encoded("WAV", "FLOAT"),
    "flac": encoded("FLAC"),
    "ogg": encoded("OGG"),
}


@depths
@pytest.mark.parametrize("kind", GOOD)
def test_a_recording(examples, kind, tmp_path):
    path, out = tmp_path / "sound.wav", tmp_path / "out.wav"
    header, rest = GOOD[kind][:60], GOOD[kind][60:]

    def check(start):
        path.write_bytes(start + rest)
        try:
            samples = read_recording(path)
            microphone = RecordedMicrophone(path, out)
        except VoicecoachError:
            return
        assert samples.dtype == np.float32
        assert np.isfinite(samples).all()
        chunk = microphone.read()
        assert chunk is None or len(chunk.samples) == CHUNK_SAMPLES
        microphone.close()

    holds(check, examples, broken(header))


@pytest.mark.parametrize("number", [np.nan, np.inf, -3e38])
def test_what_is_no_sound_is_silence(tmp_path, number):
    samples = np.full((3000, 2), number, np.float32)
    samples[:1000] = 0.5
    soundfile.write(tmp_path / "x.wav", samples, 16_000, subtype="FLOAT")
    read = read_recording(tmp_path / "x.wav")
    assert (read[:1000] == 0.5).all()
    assert (read[1000:] == 0).all()


def test_a_file_that_lies_about_its_length_is_told(tmp_path):
    lying = bytearray(GOOD["flac"])
    lying[21:25] = b"w~\x01r"  # more samples than a day has
    (tmp_path / "x.flac").write_bytes(lying)
    with pytest.raises(SoundError, match="longer than 4 hours"):
        read_recording(tmp_path / "x.flac")
