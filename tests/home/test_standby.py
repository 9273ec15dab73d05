"""The stand-by as a conversation by text: intents and time go in, words come out."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from voicecoach import resources
from voicecoach.commands.parts import languages
from voicecoach.content.models import Content
from voicecoach.home.listening import load_standby_grammar, wake_intents
from voicecoach.home.schedule import Outcome, Schedule, Slot
from voicecoach.home.standby import SAYS, TRANSITIONS, Place, StandBy
from voicecoach.session.effects import Remember, Say
from voicecoach.session.events import Due, Heard, Lost, NotHeard, Restored, Spoken
from voicecoach.session.states import State

ZONE = ZoneInfo("Europe/Berlin")
SCHEDULE = Schedule((Slot("morning", time(7, 30)), Slot("evening", time(20))), ZONE, time(22), time(6))
TRIGGERS = {"silence", "over"}


@dataclass
class Evening:
    """A stand-by, its clock, and all that it said."""

    begins: str = "07:00"
    today: dict[str, Outcome] = field(default_factory=dict)
    kept: dict = field(default_factory=dict)
    knows_the_time: bool = True
    now: float = 0.0
    said: list[str] = field(default_factory=list)

    def __post_init__(self):
        start = datetime.fromisoformat(f"2026-11-24T{self.begins}").replace(tzinfo=ZONE)
        self.clock = lambda now: start + timedelta(seconds=now) if self.knows_the_time else None
        self.stand_by = StandBy(SCHEDULE, self.clock, lambda _here: self.today, self.kept)
        self._take(self.stand_by.open(0.0))

    def _take(self, effects):
        speaks = False
        for effect in effects:
            if isinstance(effect, Say):
                self.said.append(effect.prompt)
                speaks = True
            if isinstance(effect, Remember):
                self.kept = {**self.kept, **effect.value}
        if speaks:
            self.now += 3.0
            self._take(self.stand_by.handle(Spoken(), self.now))

    def hears(self, intent, **slots):
        assert intent in self.stand_by.live, f"{intent} is not live in {self.stand_by.state}"
        self._take(self.stand_by.handle(Heard(intent, slots), self.now))
        return self

    def happens(self, event):
        self._take(self.stand_by.handle(event, self.now))
        return self

    def waits(self, **how_long):
        until = self.now + timedelta(**how_long).total_seconds()
        while self.stand_by.due is not None and self.stand_by.due <= until:
            self.now = max(self.now, self.stand_by.due)
            self._take(self.stand_by.handle(Due(), self.now))
        self.now = max(self.now, until)
        return self


def test_it_says_nothing_and_waits():
    evening = Evening("10:00").waits(hours=3).happens(NotHeard())
    assert evening.said == []
    assert evening.stand_by.state is Place.WAITING


def test_a_wake_phrase_ends_it_with_a_wish():
    evening = Evening().hears("start", routine="stretch")
    assert evening.stand_by.state is State.ENDED
    assert evening.stand_by.wish.routine == "stretch"


def test_answers_without_the_wake_word_are_heard_only_after_a_reminder():
    evening = Evening("07:29")
    assert not any(intent.startswith("answer") for intent in evening.stand_by.live)
    evening.waits(minutes=1)
    assert evening.said == ["home.remind_morning", "home.answers"]
    assert {"answer_yes", "answer_later"} <= evening.stand_by.live
    evening.waits(seconds=16)
    assert not any(intent.startswith("answer") for intent in evening.stand_by.live)


def test_yes_to_a_reminder_starts_its_routine_and_silence_starts_nothing():
    assert Evening("07:30").waits(seconds=2).hears("answer_yes").stand_by.wish.routine == "morning"
    assert Evening("07:30").waits(hours=8).stand_by.wish is None


def test_at_most_two_reminders_are_spoken():
    evening = Evening("07:00").waits(hours=10)
    assert evening.said.count("home.remind_morning") == 2
    assert evening.said[-1] == "home.answers_last"


def test_in_ten_minutes_comes_back_in_ten_minutes():
    evening = Evening("07:30").waits(seconds=2).hears("answer_later", minutes=10)
    assert evening.said[-1] == "home.later"
    said = len(evening.said)
    assert len(evening.waits(minutes=9, seconds=30).said) == said
    assert evening.waits(minutes=1).said[said] == "home.remind_morning"


def test_an_answer_may_come_later_with_the_wake_word():
    evening = Evening("07:30").waits(minutes=5).hears("later", minutes=20)
    assert evening.said[-1] == "home.later"
    assert Evening("07:00").hears("later", minutes=20).said == ["home.nothing_due"]


def test_not_today_is_taken_before_anyone_has_asked():
    evening = Evening("07:00").hears("not_today").waits(hours=14)
    assert evening.said == ["home.not_today"]


@pytest.mark.parametrize(
    ("morning", "words"), [(Outcome.DONE, "home.morning_done"), (Outcome.STOPPED, "home.morning_stopped")]
)
def test_the_evening_knows_the_morning(morning, words):
    assert words in Evening("20:00", {"morning": morning}).waits(seconds=2).said
    assert "home.morning_none" in Evening("20:00").waits(seconds=2).said


def test_asleep_it_hears_only_that_it_shall_listen_again_and_reminds_of_nothing():
    evening = Evening("07:00").hears("sleep").waits(hours=2)
    assert evening.stand_by.live == {"awake"}
    assert evening.said == ["home.asleep"]
    assert evening.hears("awake").said[-1] == "home.awake"


def test_it_sleeps_on_after_a_restart():
    kept = Evening().hears("sleep").kept
    assert Evening(kept=kept).stand_by.state is Place.ASLEEP


def test_what_was_reminded_of_is_known_after_a_restart():
    kept = Evening("07:30").waits(seconds=2).kept
    assert Evening("07:40", kept=kept).waits(minutes=5).said == []


def test_it_is_muted_only_by_yes_and_only_after_it_has_said_so():
    evening = Evening().hears("mute")
    assert evening.said == ["home.mute_question"]
    assert evening.stand_by.wish is None
    evening.hears("answer_yes")
    assert evening.said[-1] == "home.muted"
    assert evening.stand_by.wish.mute


@pytest.mark.parametrize("how", ["no", "silence"])
def test_no_and_silence_leave_it_listening(how):
    evening = Evening().hears("mute")
    evening.hears("answer_no") if how == "no" else evening.waits(seconds=9)
    assert evening.said[-1] == "home.not_muted"
    assert evening.stand_by.state is Place.WAITING


def test_without_a_clock_that_is_set_nobody_is_reminded():
    evening = Evening("07:30", knows_the_time=False).waits(hours=1)
    assert evening.said == []
    evening.knows_the_time = True
    assert evening.waits(seconds=2).said[0] == "home.remind_morning"


def test_a_microphone_that_is_back_is_told():
    assert Evening().happens(Lost()).happens(Restored()).said == ["home.hear_again"]


@pytest.mark.parametrize("language", languages())
def test_every_row_has_a_phrase_and_every_phrase_a_row(language):
    rows = {key for _, key in TRANSITIONS} - TRIGGERS
    assert set(load_standby_grammar(language).intents) == rows


@pytest.mark.parametrize("language", languages())
def test_every_word_that_it_says_exists(language):
    content = Content.load(language)
    named = set(SAYS.values()) | {
        *(f"home.{name}" for name in ("hello", "answers", "answers_last", "nothing_due", "hear_again")),
        *(f"home.{name}" for name in ("not_now", "later", "not_today", "remind_morning", "remind_evening")),
        *(f"home.morning_{name}" for name in ("done", "stopped", "none")),
    }
    assert {prompt for prompt in named if not content.has(prompt)} == set()


@pytest.mark.parametrize("language", languages())
def test_all_routines_can_be_started_by_their_wake_phrase(language):
    grammar = load_standby_grammar(language)
    started = {
        meant.slots["routine"]
        for phrase in grammar.phrases(frozenset({"start"}))
        if (meant := grammar.understand(phrase, wake_intents(grammar)))
    }
    assert started >= set(Content.load(language).routines)


def test_another_wake_word_can_be_chosen():
    grammar = load_standby_grammar("en", "hello trainer")
    assert grammar.understand("hello trainer go to sleep").name == "sleep"
    assert grammar.understand("coach go to sleep") is None


def test_the_grammars_name_their_schema():
    for path in (resources.grammars() / "standby").glob("*.toml"):
        assert path.read_text(encoding="utf-8").startswith("#:schema ../../voicecoach/schemas/grammar.json")
