"""A whole coach for tests of what stands around it: real parts but for the ears, which hear nothing."""

from dataclasses import dataclass, field
from functools import cache

from tests.observers import Log
from tests.session.conversation import REPLIES
from tests.speaking.voices import SpellingVoice
from voicecoach import resources
from voicecoach.coach import Coach
from voicecoach.content.models import Content
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.grammar import Grammar
from voicecoach.home.control import Control
from voicecoach.home.page.access import Access
from voicecoach.home.page.app import Parts
from voicecoach.home.page.record import Record
from voicecoach.home.page.server import LOCAL_NAMES, PageServer, listen
from voicecoach.home.words import load_words
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.session.choice import UNKNOWN_DAY
from voicecoach.session.session import Session
from voicecoach.session.states import State
from voicecoach.session.table import SAFETY
from voicecoach.sound.own_voice import OwnVoice
from voicecoach.sound.room import SimulatedRoom
from voicecoach.speaking.speaker import Speaker

KNOWN = done_this_before(UNKNOWN_DAY)


class Deaf:
    """A Recognizer in a silent room."""

    name = "text"

    def hear(self, chunk, live):
        del chunk, live
        return []

    def finish(self):
        return []


@cache
def content_of(language) -> Content:
    return Content.load(language)


@cache
def grammar_of(language) -> Grammar:
    return Grammar.load(resources.grammars() / f"{language}.toml")


@dataclass
class House:
    """A coach in a silent room, and the door that others use."""

    lang: str = "en"
    content: Content = field(init=False)
    control: Control = field(init=False)
    coach: Coach = field(init=False)
    record: Log = field(default_factory=Log)

    def __post_init__(self):
        self.content = content_of(self.lang)
        self.control = Control(tuple(self.content.routines))
        self.enter()

    def enter(self, microphone=None) -> Coach:
        """Begin another session."""
        room = SimulatedRoom()
        session = Session(self.content, dict(KNOWN))
        ears = Ears(Deaf(), grammar_of(self.lang), frozenset(SAFETY), OwnVoice("off"))
        speaker = Speaker(room.player, SpellingVoice(), resources.audio(), self.lang)
        watchers = (self.record, self.control.board.watch(session, speaker))
        device = microphone(room) if microphone else room
        self.coach = Coach(
            session, self.content, ears, speaker, device, watchers, lambda *_: None, (self.control,)
        )
        return self.coach

    def begin(self) -> "House":
        """Wait for a start, as a coach does that is switched on."""
        self.coach._carry_out(self.coach.session.open(0.0), 0)
        return self

    def until(self, *states: State, seconds: float = 900) -> "House":
        """Live on until the session is in one of `states`, answering what it asks."""
        for _ in range(int(seconds / 0.032)):
            if self.coach.session.state in states:
                return self
            if self.coach.session.state in REPLIES:
                intent, slots = REPLIES[self.coach.session.state]
                self.control.submit(intent, slots, source="test")
            assert self.coach.step()
        raise AssertionError(f"still in {self.coach.session.state} after {seconds} s")

    def steps(self, number: int) -> "House":
        for _ in range(number):
            assert self.coach.step()
        return self

    @property
    def status(self):
        return self.control.board.status


class Pages:
    """The status page of a house, in memory or on a port of its own."""

    def __init__(self, house, *, token=None, folder=None, clock=None, pain=True):
        self.house = house
        self.words = load_words(house.lang)
        clocked = {"clock": clock} if clock else {}
        self.access = Access(frozenset(LOCAL_NAMES), token, tarry_seconds=0.0, **clocked)
        record = Record(folder, house.content, self.words, pain)
        self.parts = Parts(house.control, house.content, self.words, self.access, record, pain)

    def served(self) -> PageServer:
        return PageServer(self.parts, listen("127.0.0.1", 0))
