"""Judging the system around the program, from facts: sound server, rights, services, clock."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from voicecoach.doctor.check import Check

BUILT_YEAR = 2026
"""A clock that says less has not been set: a Raspberry Pi has none that runs without power."""


@dataclass(frozen=True, slots=True)
class SystemFacts:
    """What is known of the system."""

    user: str
    groups: frozenset[str]
    now: datetime
    root: bool = False
    server: str = ""
    """The sound server's name for itself; empty where none answers."""
    cards: tuple[str, ...] = ()
    """The kernel's sound cards."""
    runtime_dir: str = ""
    """XDG_RUNTIME_DIR; empty where it is not set."""
    runtime_dir_exists: bool = False
    systemd: bool = False
    linger: bool = False
    cancelling: tuple[str, ...] = ()
    """Sources of the sound server that take echoes out."""
    synchronized: bool | None = None
    """Whether the clock was set over the network; None where nobody says."""


def checks_of(facts: SystemFacts) -> Iterator[Check]:
    """Judge the system."""
    yield _server(facts)
    yield _runtime_dir(facts)
    yield _groups(facts)
    if facts.systemd:
        yield _linger(facts)
    yield _cancelling(facts)
    yield _clock(facts)


def _server(facts: SystemFacts) -> Check:
    cards = f"{len(facts.cards)} card{'' if len(facts.cards) == 1 else 's'}"
    if facts.server:
        return Check("sound server", f"{facts.server}, {cards}", figures={"server": facts.server})
    if facts.cards:
        return Check("sound server", f"none; ALSA alone, with {cards}: {', '.join(facts.cards)}")
    fix = "plug in a sound device, or start the server: systemctl --user start pipewire pipewire-pulse"
    return Check("sound server", "none, and no card", fix)


def _runtime_dir(facts: SystemFacts) -> Check:
    name = "XDG_RUNTIME_DIR"
    if facts.runtime_dir and facts.runtime_dir_exists:
        return Check(name, facts.runtime_dir)
    found = f"{facts.runtime_dir} does not exist" if facts.runtime_dir else "is not set"
    if not facts.server and facts.cards:
        return Check(name, f"{found}; ALSA alone needs none")
    fix = "start voicecoach as a service of the user, or set it: export XDG_RUNTIME_DIR=/run/user/$(id -u)"
    return Check(name, found, fix)


def _groups(facts: SystemFacts) -> Check:
    if facts.root or "audio" in facts.groups:
        return Check("groups", f"{facts.user} may use the sound cards")
    if facts.server:
        return Check("groups", f"{facts.user} is not in 'audio'; the sound server needs no such right")
    fix = f"sudo usermod -aG audio {facts.user}, then log in again"
    return Check("groups", f"{facts.user} is not in 'audio'", fix)


def _linger(facts: SystemFacts) -> Check:
    if facts.linger:
        return Check("linger", f"services of {facts.user} run without a login")
    fix = f"sudo loginctl enable-linger {facts.user}, where the coach starts by itself"
    return Check("linger", f"services of {facts.user} end with the login", fix)


def _cancelling(facts: SystemFacts) -> Check:
    if not facts.cancelling:
        return Check("echo cancellation", "none of the system's, as it should be")
    fix = (
        "choose the plain microphone in the settings; where the coach is louder than the person, such filters"
        " take the person away too"
    )
    return Check("echo cancellation", f"the system's: {', '.join(facts.cancelling)}", fix)


def _clock(facts: SystemFacts) -> Check:
    now = f"{facts.now:%Y-%m-%d %H:%M}"
    if facts.now.year < BUILT_YEAR:
        fix = "connect once to a network, or set it: sudo date --set '2026-12-31 08:00'; the journal needs it"
        return Check("clock set", f"it says {now}", fix)
    how = {True: ", set over the network", False: ", not yet set over the network", None: ""}
    return Check("clock set", now + how[facts.synchronized])
