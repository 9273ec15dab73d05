"""The sound card: one full-duplex stream, kept open through the session, silence included.

The only module that knows the library sounddevice. Its callback only copies; resampling to and from
the device's own rate happens on the loop's side.
"""

import atexit
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, Self

import numpy as np

from voicecoach.errors import SoundError
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.exchange import Exchange
from voicecoach.sound.recording import read_recording
from voicecoach.sound.resample import PLAYED, Resampler
from voicecoach.sound.timeline import Timeline

PATIENCE_SECONDS = 1.0
"""A microphone that gives nothing for this long is gone: time would stand still."""

BLOCK_SAMPLES = CHUNK_SAMPLES // 2
"""What the device takes at once, in our samples: 16 ms."""

LATENCY_SECONDS = 0.1
"""How much the device may hold. On two cores with a load of 7, sound was lost in ten seconds 24 times with
0.03, 1.5 times with 0.1 and never with 0.2 (measured), but each tenth comes after a "stop" as well."""

AHEAD_BLOCKS = 10
"""How far the loudspeaker lies behind the loop: 7 blocks for a chunk and both resamplings at their latest,
and 50 ms for the loop to think in."""

RATES_HZ = (48_000, 44_100, RATE_HZ)
"""Tried after the devices' own rates: a microphone and a loudspeaker may not share one by default."""

CHANNELS = ((1, 1), (1, 2), (2, 2))
"""In and out: what is nearest to our one channel that both devices take."""

GONE = "The microphone gives no sound any more; check its plug and the sound server, and start again."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device as the system lists it."""

    index: int
    name: str
    inputs: int
    outputs: int
    rate_hz: int


@dataclass(frozen=True, slots=True)
class Shape:
    """How a stream is opened: rate in hertz, channels in and out."""

    rate_hz: int
    inputs: int
    outputs: int

    @property
    def block(self) -> int:
        """Length of a block, in samples of the device."""
        return round(BLOCK_SAMPLES * self.rate_hz / RATE_HZ)


def list_devices() -> list[Device]:
    """List the sound devices. Raises SoundError without PortAudio."""
    return [
        Device(
            index=found["index"],
            name=found["name"],
            inputs=found["max_input_channels"],
            outputs=found["max_output_channels"],
            rate_hz=int(found["default_samplerate"]),
        )
        for found in _library().query_devices()
    ]


def choose_device(part: str | None, direction: str) -> Device:
    """Find the system's device for 'inputs' or 'outputs', or the first whose name contains `part`.

    Raises SoundError where there is none.
    """
    devices = list_devices()
    usual = _library().default.device[0 if direction == "inputs" else 1]
    return pick(devices, part, direction, usual)


def pick(devices: Sequence[Device], part: str | None, direction: str, usual: int) -> Device:
    """Pick from `devices`: the first named like `part`, else the one with the index `usual`."""
    able = [device for device in devices if getattr(device, direction) > 0]
    what = {"inputs": "microphone", "outputs": "loudspeaker"}[direction]
    if not able:
        raise SoundError(f"There is no {what}; plug one in, or start the sound server, and try again.")
    if part is None:
        return next((device for device in able if device.index == usual), able[0])
    found = [device for device in able if part.lower() in device.name.lower()]
    if not found:
        names = ", ".join(device.name for device in able)
        raise SoundError(f"There is no {what} named '{part}'; there are: {names}.")
    return found[0]


def shapes(source: Device, sink: Device) -> list[Shape]:
    """List the ways in which a stream over both may open, the best first."""
    rates = dict.fromkeys((source.rate_hz, sink.rate_hz, *RATES_HZ))
    able = [(ins, outs) for ins, outs in CHANNELS if ins <= source.inputs and outs <= sink.outputs]
    return [Shape(rate, ins, outs) for rate in rates for ins, outs in able]


class FullDuplex:
    """Microphone and loudspeaker in one stream; `player` is what the loudspeaker plays.

    The sample clock starts with the first `read`. A clip placed at sample s is heard by the microphone
    at about s + `delay_samples`, always the same for one stream.
    """

    def __init__(self, microphone: str | None = None, loudspeaker: str | None = None) -> None:
        """Open the devices, by parts of their names. Raises SoundError in plain words."""
        source, sink = choose_device(microphone, "inputs"), choose_device(loudspeaker, "outputs")
        self.player = Timeline()
        self._shape, self._stream = self._open(source, sink)
        shape = self._shape
        self._exchange = Exchange(bytes(4 * shape.block * shape.outputs), AHEAD_BLOCKS)
        self._heard = Resampler(shape.rate_hz, RATE_HZ)
        self._played = Resampler(RATE_HZ, shape.rate_hz, PLAYED)
        self._lost = 0
        self._position = 0
        self._waiting = np.zeros(0, np.float32)
        self._leaving = np.zeros(0, np.float32)

    def _open(self, source: Device, sink: Device) -> tuple[Shape, Any]:
        library, reason = _library(), "they do not fit together"
        for shape in shapes(source, sink):
            try:
                with _hushed():
                    return shape, library.RawStream(
                        samplerate=shape.rate_hz,
                        blocksize=shape.block,
                        latency=LATENCY_SECONDS,
                        device=(source.index, sink.index),
                        channels=(shape.inputs, shape.outputs),
                        dtype="float32",
                        callback=self._copy,
                    )
            except (library.PortAudioError, ValueError) as error:
                reason = str(error)
        raise SoundError(
            f"The microphone '{source.name}' and the loudspeaker '{sink.name}' cannot be opened together"
            f" ({reason}); close what else uses them, or choose others in the settings."
        )

    def _copy(self, heard: Any, played: Any, _frames: int, _time: Any, status: Any) -> None:
        played[:] = self._exchange.swap(bytes(heard))
        self._lost += bool(status)

    @property
    def delay_samples(self) -> int:
        """How much later than placed a clip comes back into the microphone, as the system tells it."""
        devices = sum(self._stream.latency)
        return AHEAD_BLOCKS * BLOCK_SAMPLES + samples_of(devices)

    @property
    def stumbles(self) -> int:
        """How many times sound was lost: the loop was too late for a block, or the device was."""
        return self._exchange.missed + self._lost

    def read(self) -> AudioChunk:
        """Wait for the next chunk. Raises SoundError when nothing came for a second."""
        if self._stream.stopped:
            self._start()
        while len(self._waiting) < CHUNK_SAMPLES:
            self._waiting = np.concatenate((self._waiting, self._heard.push(self._take())))
        chunk = AudioChunk(self._position, self._waiting[:CHUNK_SAMPLES])
        self._waiting = self._waiting[CHUNK_SAMPLES:]
        self._play(self.player.render(chunk.start, CHUNK_SAMPLES))
        self._position = chunk.end
        return chunk

    def close(self) -> None:
        """Stop the stream and give the devices back; those that do not answer are left behind."""
        closing = Thread(target=self._stream.close, args=[True], daemon=True)
        with _hushed():
            closing.start()
            closing.join(PATIENCE_SECONDS)
        if closing.is_alive():  # libpulse can wait for ever for a sound server that died (seen by gdb)
            atexit.unregister(_library()._exit_handler)  # noqa: SLF001 - it would wait there again
        if self.stumbles:
            log.warning("Sound was lost %d times: the machine was too busy.", self.stumbles)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        try:
            with _hushed():
                self._stream.start()
        except _library().PortAudioError as error:
            raise SoundError(f"{GONE} ({error})") from error

    def _take(self) -> Samples:
        """Wait for the next block from the device, as one channel at its rate."""
        block = self._exchange.take(PATIENCE_SECONDS)
        if block is None:
            raise SoundError(GONE)
        channels = np.frombuffer(block, np.float32).reshape(-1, self._shape.inputs)
        mono: Samples = channels.mean(axis=1)
        return mono

    def _play(self, samples: Samples) -> None:
        """Hand over what the loop has just filled, in the device's blocks, rate and channels."""
        self._leaving = np.concatenate((self._leaving, self._played.push(samples)))
        while len(self._leaving) >= self._shape.block:
            block, self._leaving = np.split(self._leaving, [self._shape.block])
            self._exchange.give(np.repeat(block, self._shape.outputs).tobytes())


def play_file(path: Path) -> None:
    """Play a recording to its end. Raises SoundError without a loudspeaker."""
    library = _library()
    sink = choose_device(None, "outputs")
    try:
        with _hushed():
            library.play(read_recording(path), RATE_HZ, device=sink.index, blocking=True)
    except (library.PortAudioError, ValueError) as error:
        raise SoundError(f"The loudspeaker '{sink.name}' cannot play ({error}).") from error


def _library() -> Any:
    try:
        with _hushed():
            import sounddevice  # noqa: PLC0415 - PortAudio is looked for at import
    except OSError as error:
        raise SoundError("PortAudio is not installed; on Debian: sudo apt install libportaudio2") from error
    return sounddevice


@contextmanager
def _hushed() -> Iterator[None]:
    """Keep what ALSA and PortAudio write to the terminal by themselves away from it."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
