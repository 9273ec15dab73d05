"""The sound card: one full-duplex stream, kept open through the session, silence included.

The only module that knows the library sounddevice. Its callback only copies; resampling to and from
the device's own rate happens on the loop's side.
"""

from collections import deque
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any, Self

import numpy as np
import soxr

from voicecoach.errors import SoundError
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples
from voicecoach.sound.timeline import Timeline

PATIENCE_SECONDS = 1.0
"""A microphone that gives nothing for this long is gone: time would stand still."""

AHEAD_CHUNKS = 3
"""How far the loudspeaker lies behind the loop: about 0.1 s, so that a late loop is not heard as a gap."""


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device as the system lists it."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate_hz: int


def _library() -> Any:
    try:
        import sounddevice  # noqa: PLC0415 - PortAudio is looked for at import
    except OSError as error:
        raise SoundError("PortAudio is not installed; on Debian: sudo apt install libportaudio2") from error
    return sounddevice


def list_devices() -> list[Device]:
    """List the sound devices. Raises SoundError without PortAudio."""
    found = _library().query_devices()
    keys = ("index", "name", "max_input_channels", "max_output_channels")
    return [Device(*(device[key] for key in keys), int(device["default_samplerate"])) for device in found]


def choose_device(part: str | None, direction: str) -> Device:
    """Find the system's device for 'inputs' or 'outputs', or the first whose name contains `part`."""
    devices = [device for device in list_devices() if getattr(device, direction) > 0]
    what = {"inputs": "microphone", "outputs": "loudspeaker"}[direction]
    if not devices:
        raise SoundError(f"There is no {what}; plug one in, or start the sound server, and try again.")
    if part is None:
        index = _library().default.device[0 if direction == "inputs" else 1]
        return next((device for device in devices if device.index == index), devices[0])
    found = [device for device in devices if part.lower() in device.name.lower()]
    if not found:
        names = ", ".join(device.name for device in devices)
        raise SoundError(f"There is no {what} named '{part}'; there are: {names}.")
    return found[0]


class FullDuplex:
    """Microphone and loudspeaker in one stream; `player` is what the loudspeaker plays."""

    def __init__(self, microphone: str | None = None, loudspeaker: str | None = None) -> None:
        """Open the stream. Raises SoundError in plain words where that fails."""
        library = _library()
        source, sink = choose_device(microphone, "inputs"), choose_device(loudspeaker, "outputs")
        self.player = Timeline()
        self._position = 0
        rate_hz = source.rate_hz
        self._incoming: Queue[bytes] = Queue()
        self._outgoing: deque[bytes] = deque()
        self._block = round(CHUNK_SAMPLES * rate_hz / RATE_HZ)
        self._to_us = soxr.ResampleStream(rate_hz, RATE_HZ, 1, dtype="float32", quality="MQ")
        self._to_device = soxr.ResampleStream(RATE_HZ, rate_hz, 1, dtype="float32", quality="MQ")
        self._waiting = np.zeros(0, np.float32)
        self._playing = np.zeros(AHEAD_CHUNKS * self._block, np.float32)
        try:
            self._stream = library.RawStream(
                samplerate=rate_hz,
                blocksize=self._block,
                device=(source.index, sink.index),
                channels=1,
                dtype="float32",
                callback=self._copy,
            )
            self._stream.start()
        except (library.PortAudioError, ValueError) as error:
            raise SoundError(
                f"The microphone '{source.name}' and the loudspeaker '{sink.name}' cannot be opened together"
                f" at {rate_hz} Hz ({error}); close what else uses them, or choose others in the settings."
            ) from error

    def _copy(self, heard: Any, played: Any, _frames: int, _time: Any, _status: Any) -> None:
        self._incoming.put_nowait(bytes(heard))
        try:
            played[:] = self._outgoing.popleft()
        except (IndexError, ValueError):
            played[:] = bytes(len(played))

    def read(self) -> AudioChunk:
        """Wait for the next chunk. Raises SoundError when nothing came for a second."""
        while len(self._waiting) < CHUNK_SAMPLES:
            try:
                block = self._incoming.get(timeout=PATIENCE_SECONDS)
            except Empty:
                raise SoundError(
                    "The microphone gives no sound any more; check its plug and the sound server, and start again."
                ) from None
            heard = self._to_us.resample_chunk(np.frombuffer(block, np.float32))
            self._waiting = np.concatenate((self._waiting, heard))
        chunk = AudioChunk(self._position, self._waiting[:CHUNK_SAMPLES])
        self._waiting = self._waiting[CHUNK_SAMPLES:]
        self._position = chunk.end
        self._play()
        return chunk

    def _play(self) -> None:
        """Hand the loudspeaker the block that the loop has just filled."""
        samples: Samples = self.player.render(self._position - CHUNK_SAMPLES, CHUNK_SAMPLES)
        self._playing = np.concatenate((self._playing, self._to_device.resample_chunk(samples)))
        while len(self._playing) >= self._block:
            self._outgoing.append(self._playing[: self._block].tobytes())
            self._playing = self._playing[self._block :]

    def close(self) -> None:
        """Stop the stream and give the devices back."""
        self._stream.abort()
        self._stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
