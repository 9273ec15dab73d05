"""Looking at the devices: which there are, and what comes of playing and listening for ten seconds."""

from collections.abc import Callable

from voicecoach.doctor.listening import listen_to
from voicecoach.doctor.sound import SoundFacts
from voicecoach.errors import SoundError
from voicecoach.sound.full_duplex import FullDuplex
from voicecoach.sound.sounddevice import Device, choose_device, list_devices


def gather(microphone: str | None, loudspeaker: str | None) -> SoundFacts:
    """Look for the devices, by parts of their names, and listen."""
    try:
        list_devices()
    except SoundError as error:
        return SoundFacts(portaudio=str(error))
    source = _reason_or(lambda: choose_device(microphone, "inputs"))
    sink = _reason_or(lambda: choose_device(loudspeaker, "outputs"))
    if isinstance(source, str) or isinstance(sink, str):
        return SoundFacts(microphone=source, loudspeaker=sink)
    try:
        device = FullDuplex(microphone, loudspeaker)
    except SoundError as error:
        return SoundFacts("", source, sink, str(error))
    try:
        heard = listen_to(device, device.player)
        return SoundFacts("", source, sink, heard, device.stumbles)
    except SoundError as error:
        return SoundFacts("", source, sink, str(error))
    finally:
        device.close()


def _reason_or(choose: Callable[[], Device]) -> Device | str:
    try:
        return choose()
    except SoundError as error:
        return str(error)
