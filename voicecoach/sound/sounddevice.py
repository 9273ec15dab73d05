"""The library sounddevice: devices, and how a stream over them is opened.

The only module that knows it. It keeps nothing: who plays and listens is the sound card's process
(card.py), which imports neither numpy nor anything else of weight.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voicecoach.errors import SoundError

BLOCK_SECONDS = 0.016
"""What the device takes at once."""

LATENCY_SECONDS = 0.1
"""How much the device may hold. On two cores with a load of 7, sound was lost in ten seconds 24 times with
0.03, 1.5 times with 0.1 and never with 0.2 (measured), but each tenth comes after a "stop" as well."""

RATES_HZ = (48_000, 44_100, 16_000)
"""Tried after the devices' own rates: a microphone and a loudspeaker may not share one by default."""

CHANNELS = ((1, 1), (1, 2), (2, 2))
"""In and out: what is nearest to our one channel that both devices take."""


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
    """How a stream is opened: rate in hertz, channels in (none where nothing is heard) and out."""

    rate_hz: int
    inputs: int
    outputs: int

    @property
    def block(self) -> int:
        """Length of a block, in samples of the device."""
        return round(BLOCK_SECONDS * self.rate_hz)


Swap = Callable[[bytes, bool], bytes]
"""What a stream calls for each block: it takes what was heard, and whether the device lost sound, and gives
what is to be played."""


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


def shapes(source: Device | None, sink: Device | None) -> list[Shape]:
    """List the ways in which a stream over both, or one of them, may open; the best first."""
    able = [device for device in (source, sink) if device is not None]
    rates = dict.fromkeys((*(device.rate_hz for device in able), *RATES_HZ))
    pairs = dict.fromkeys((ins if source else 0, outs if sink else 0) for ins, outs in CHANNELS)
    most = (source.inputs if source else 0, sink.outputs if sink else 0)
    fitting = [(ins, outs) for ins, outs in pairs if ins <= most[0] and outs <= most[1]]
    return [Shape(rate, ins, outs) for rate in rates for ins, outs in fitting]


def open_stream(source: Device | None, sink: Device | None, swap: Swap) -> tuple[Shape, Any]:
    """Open a stream over a microphone and a loudspeaker, or one of them; PortAudio's, not yet started.

    Raises SoundError in plain words.
    """
    library, reason = _library(), "they do not fit together"
    for shape in shapes(source, sink):
        try:
            with _hushed():
                return shape, _open(shape, source, sink, swap)
        except (library.PortAudioError, ValueError) as error:
            reason = str(error)
    named = {"microphone": source, "loudspeaker": sink}
    what = " and ".join(f"the {what} '{device.name}'" for what, device in named.items() if device)
    together = " together" if source and sink else ""
    raise SoundError(
        f"T{what[1:]} cannot be opened{together} ({reason});"
        " close what else uses them, or choose others in the settings."
    )


def _open(shape: Shape, source: Device | None, sink: Device | None, swap: Swap) -> Any:
    library = _library()

    def both(heard: Any, played: Any, _frames: int, _time: Any, status: Any) -> None:
        played[:] = swap(bytes(heard), bool(status))

    def play(played: Any, _frames: int, _time: Any, status: Any) -> None:
        played[:] = swap(b"", bool(status))

    def hear(heard: Any, _frames: int, _time: Any, status: Any) -> None:
        swap(bytes(heard), bool(status))

    common: dict[str, Any] = {
        "samplerate": shape.rate_hz,
        "blocksize": shape.block,
        "latency": LATENCY_SECONDS,
        "dtype": "float32",
    }
    if source is None and sink is not None:
        return library.RawOutputStream(device=sink.index, channels=shape.outputs, callback=play, **common)
    if sink is None and source is not None:
        return library.RawInputStream(device=source.index, channels=shape.inputs, callback=hear, **common)
    devices = tuple(device.index for device in (source, sink) if device is not None)
    channels = (shape.inputs, shape.outputs)
    return library.RawStream(device=devices, channels=channels, callback=both, **common)


def latency_of(stream: Any) -> float:
    """Give how late the devices are, in and out together, in seconds, as PortAudio tells it."""
    told = stream.latency
    return float(sum(told)) if isinstance(told, tuple) else float(told)


def play_file(path: Path) -> None:
    """Play a recording to its end. Raises SoundError without a loudspeaker."""
    from voicecoach.sound.audio import RATE_HZ  # noqa: PLC0415 - brings numpy, which the card's process lacks
    from voicecoach.sound.recording import read_recording  # noqa: PLC0415

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
