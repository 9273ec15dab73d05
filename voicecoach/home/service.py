"""The systemd unit of the stand-by: its text, and why each option is there or is not.

Pure: paths and names come in, text comes out. Two kinds: one of the person's own (it plays through
their PipeWire) and one of the machine (it plays through ALSA, before anyone has logged in).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.sound.hurry import NICE

NAME = "voicecoach.service"
WATCHDOG_SECONDS = 30
STEPS_SINCE = 254
"""The version of systemd that knows RestartSteps; Debian 12 has 252."""

Section = Mapping[str, str | Sequence[str]]

_START: Section = {
    "Type": "notify",
    "NotifyAccess": "main",
    "WatchdogSec": str(WATCHDOG_SECONDS),
    "TimeoutStartSec": "120",
    "TimeoutStopSec": "10",
    "Restart": "always",
    "RestartSec": "5",
}
_STEPS: Section = {"RestartSteps": "6", "RestartMaxDelaySec": "300"}
"""Back-off: a microphone that is not there yet may come, but not sooner for being asked more often."""

_ANYONE: Section = {
    "NoNewPrivileges": "yes",
    "LockPersonality": "yes",
    "RestrictAddressFamilies": "AF_UNIX",
    "RestrictNamespaces": "yes",
    "RestrictRealtime": "yes",
    "RestrictSUIDSGID": "yes",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": ["@system-service", "~@privileged @resources"],
    "SystemCallErrorNumber": "EPERM",
    "UMask": "0077",
}
"""Hardening that a person's own unit may ask for too. No address family but AF_UNIX: it is offline, unless
the settings ask for the page or for a broker."""

_MACHINE: Section = {
    "CapabilityBoundingSet": "",
    "AmbientCapabilities": "",
    "DevicePolicy": "closed",
    "DeviceAllow": ["char-alsa rw", "/dev/gpiochip0 rw", "/dev/gpiomem rw"],
    "IPAddressDeny": "any",
    "KeyringMode": "private",
    "PrivateMounts": "yes",
    "PrivateNetwork": "yes",
    "PrivateTmp": "yes",
    "ProtectClock": "yes",
    "ProtectControlGroups": "yes",
    "ProtectHome": "read-only",
    "ProtectHostname": "yes",
    "ProtectKernelLogs": "yes",
    "ProtectKernelModules": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectProc": "invisible",
    "ProtectSystem": "strict",
    "RemoveIPC": "yes",
    "StateDirectory": "voicecoach",
    "StateDirectoryMode": "0700",
    "CacheDirectory": "voicecoach",
    "CacheDirectoryMode": "0700",
}

_IN_THE_HOUSE: Section = {
    "RestrictAddressFamilies": "AF_UNIX AF_INET AF_INET6",
    "IPAddressAllow": "localhost link-local 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7",
    "PrivateNetwork": "no",
}
"""What the page and a broker want instead: the addresses of a house, and none beyond it."""

LEFT_OUT = {
    "MemoryDenyWriteExecute": "libffi, by which PortAudio calls back, writes the code that it runs",
    "ProcSubset": "onnxruntime reads /proc/cpuinfo to choose its kernels",
    "PrivateUsers": "the group audio must be the machine's own to open the sound card",
    "PrivateDevices": "it would hide the sound card; DevicePolicy=closed allows that and the pins only",
    "SupplementaryGroups": "audio and gpio, for the sound card and the pins",
    "RootDirectory": "the program runs from where pip, pipx or uv put it",
    "ProtectHome": "read-only and not hidden: pipx and uv install into the home",
    "RestrictAddressFamilies": "AF_UNIX is how PipeWire and systemd itself are reached",
    "DeviceAllow": "the sound card and the pins",
}
"""What `systemd-analyze security` would like and why it is not so."""


@dataclass(frozen=True, slots=True)
class Install:
    """What the unit is made for."""

    command: tuple[str, ...]
    """What starts the program, without its arguments."""
    system: bool = False
    user: str | None = None
    """Who it runs as, in a unit of the machine."""
    settings: Path | None = None
    """The settings file, where it is not the usual one."""
    version: int = STEPS_SINCE
    """Of systemd."""
    network: bool = False
    """Whether the settings ask for the page or for a broker."""
    environment: tuple[str, ...] = ()
    """Assignments such as VOICECOACH_LANG=ko."""


def unit_text(install: Install) -> str:
    """Give the unit file."""
    kind = "machine" if install.system else "person"
    after = "sound.target" if install.system else "pipewire.service pipewire-pulse.service pulseaudio.service"
    unit = {
        "Description": "voicecoach, an offline coach for lower-back exercises",
        "After": after,
        "StartLimitIntervalSec": "0",
    }
    steps = _STEPS if install.version >= STEPS_SINCE else {}
    hardening = {
        **_ANYONE,
        **(_MACHINE if install.system else {}),
        **(_IN_THE_HOUSE if install.network else {}),
    }
    service = {
        "ExecStart": _quoted([*map(_escaped, install.command), "stand-by"]),
        **_START,
        **steps,
        **_owner(install),
    }
    wanted = "multi-user.target" if install.system else "default.target"
    return (
        f"# Written by voicecoach install-service, for the {kind}; written anew by it.\n"
        + _section("Unit", unit)
        + _section("Service", {**service, **hardening})
        + _section("Install", {"WantedBy": wanted}).rstrip("\n")
        + "\n"
    )


def _owner(install: Install) -> dict[str, str | Sequence[str]]:
    """Give who it runs as, and where it finds what it keeps."""
    settings = [f"VOICECOACH_SETTINGS={install.settings}"] if install.settings else []
    kept = ["VOICECOACH_DATA=%S/voicecoach", "VOICECOACH_CACHE=%C/voicecoach"] if install.system else []
    found: dict[str, str | Sequence[str]] = {
        "Environment": [*kept, *(_quoted([_escaped(each)]) for each in (*settings, *install.environment))]
    }
    if install.system:
        user = install.user or "voicecoach"
        found |= {"User": user, "SupplementaryGroups": "audio gpio", "Nice": str(NICE)}
    return found


def _escaped(word: str) -> str:
    """Keep systemd from filling in what looks like one of its specifiers."""
    return word.replace("%", "%%")


def _quoted(command: Sequence[str]) -> str:
    return " ".join(f'"{word}"' if " " in word else word for word in command)


def _section(name: str, options: Section) -> str:
    lines = [
        f"{key}={value}"
        for key, values in options.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return f"\n[{name}]\n" + "\n".join(lines) + "\n"
