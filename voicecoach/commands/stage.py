"""What a rehearsal is played on: a room with voices and ears, or none of them for speed; and its journal."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from voicecoach import resources
from voicecoach.coach import Coach, Door, Observer
from voicecoach.commands.parts import build_ears, build_speaker, load_grammar
from voicecoach.commands.past import session_of
from voicecoach.commands.record import Diary
from voicecoach.content.models import Content
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.grammar import Grammar
from voicecoach.journal.journal import Journal
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.rehearsal.person import Place
from voicecoach.rehearsal.script import Line, Script
from voicecoach.rehearsal.text import TextRecognizer, TextRoom, TextVoice, silence_of
from voicecoach.session.choice import Choice
from voicecoach.session.session import Session
from voicecoach.session.table import SAFETY
from voicecoach.settings import Settings
from voicecoach.sound.audio import AudioClip, seconds_of
from voicecoach.sound.own_voice import OwnVoice
from voicecoach.sound.ports import Microphone
from voicecoach.sound.recording import read_recording
from voicecoach.sound.room import SimulatedRoom
from voicecoach.speaking.cache import CachedSynthesizer
from voicecoach.speaking.speaker import Speaker
from voicecoach.speaking.voices import choose_voice


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a person and the coach meet."""

    room: Place
    ears: Ears
    speaker: Speaker
    speak: Callable[[Line], AudioClip]
    """Gives a line's sound, as it is said."""


def set_up(settings: Settings, script: Script, folder: Path, routine: str, room: SimulatedRoom) -> Stage:
    """Build a stage with sound: a person's voice, a room, and a real recogniser.

    `folder` is where the script's recordings are, `routine` what {routine} in a line starts.
    """
    ears = build_ears(settings)
    voice = CachedSynthesizer(
        choose_voice(script.language, script.rate_wpm, script.voice), settings.cache / "clips"
    )
    start = start_words(ears.grammar, routine)

    def speak(line: Line) -> AudioClip:
        if line.wav:
            return AudioClip(read_recording(folder / line.wav))
        return voice.synthesize(line.say.replace("{routine}", start))

    return Stage(room, ears, build_speaker(settings, room.player), speak)


def set_up_in_text(settings: Settings, routine: str) -> Stage:
    """Build a stage without sound, for speed: what is said is understood as it is written."""
    grammar = load_grammar(settings.lang)
    recognizer, room = TextRecognizer(grammar), TextRoom()
    start = start_words(grammar, routine)

    def speak(line: Line) -> AudioClip:
        words = line.say.replace("{routine}", start)
        clip = silence_of(words)
        recognizer.expect(words, room.position, room.position + len(clip.samples))
        return clip

    ears = Ears(recognizer, grammar, frozenset(SAFETY), OwnVoice("off"))
    return Stage(room, ears, Speaker(room.player, TextVoice(), resources.audio(), settings.lang), speak)


def start_words(grammar: Grammar, routine: str) -> str:
    """Give a short phrase that starts a routine, in a whole sentence where there is one.

    The user's own goes by "my routine" (`own`).
    """
    found = [
        phrase
        for phrase in grammar.phrases(frozenset({"start"}))
        if (meant := grammar.understand(phrase)) and meant.slots.get("routine") == routine
    ]
    if not found and routine != "own":
        return start_words(grammar, "own")
    return min(found, key=lambda phrase: (" the " not in phrase, len(phrase)))


@contextmanager
def open_journal(folder: Path | None, moment: datetime, *, first_time: bool) -> Iterator[Journal]:
    """Open the journal in `folder`; without one, a temporary journal that is gone afterwards.

    The temporary one is of a person who has done this before, unless it is their `first_time`.
    """
    with ExitStack() as stack:
        given = folder or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="voicecoach-")))
        journal = stack.enter_context(Journal.open(given, moment))
        if folder is None and not first_time:
            for key, value in done_this_before(moment).items():
                journal.remember(key, value, moment)
        yield journal


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One session of a simulated person, into a journal."""

    content: Content
    choice: Choice
    journal: Journal
    moment: datetime
    """The wall time at which it begins."""

    def hold(
        self,
        stage: Stage,
        lying: Microphone,
        watch: Callable[[Session], Sequence[Observer]],
        doors: tuple[Door, ...] = (),
    ) -> None:
        """Live through the session; `lying` is the person's microphone, `watch` gives who else watches."""
        session = session_of(self.content, self.journal, self.choice, self.moment)
        observers = (Diary(self.journal, self.moment, session), *watch(session))
        coach = Coach(
            session, self.content, stage.ears, stage.speaker, lying, observers, doors=doors,
            remember=lambda key, value: self._remember(key, value, coach.position),
        )  # fmt: skip
        coach.run()

    def _remember(self, key: str, value: Any, position: int) -> None:
        self.journal.remember(key, value, self.moment + timedelta(seconds=seconds_of(position)))
