"""`voicecoach devices`: which microphones and loudspeakers there are, and which are used."""

import typer

from voicecoach.errors import SoundError
from voicecoach.settings import load_settings
from voicecoach.sound.sounddevice import Device, choose_device, list_devices

CHOSEN = {"inputs": "microphone", "outputs": "loudspeaker"}


def devices() -> None:
    """List the sound devices; a part of a name chooses one in the settings, and stays true over a reboot."""
    settings = load_settings()
    found = list_devices()
    if not found:
        raise SoundError("There is no sound device; plug one in, or start the sound server, and try again.")
    wanted = {"inputs": settings.microphone, "outputs": settings.loudspeaker}
    used = {direction: _chosen(part, direction) for direction, part in wanted.items()}
    for device in found:
        roles = [CHOSEN[direction] for direction, chosen in used.items() if chosen == device]
        mark = f"  ← {' and '.join(roles)}" if roles else ""
        channels = f"{device.inputs} in, {device.outputs} out"
        typer.echo(f"{device.name}: {channels}, {device.rate_hz} Hz{mark}")
    typer.echo('choose with microphone = "…" and loudspeaker = "…" in the settings')


def _chosen(part: str | None, direction: str) -> Device | None:
    try:
        return choose_device(part, direction)
    except SoundError:
        return None
