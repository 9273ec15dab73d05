"""Thousands of sessions of people who say anything at any time: the rules of the body hold in each.

A few hundred in CI, thousands with `-m full`.
"""

from collections import defaultdict
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.session.conversation import DONE_BEFORE, MORNING, REPLIES, Conversation
from voicecoach.content.models import Content
from voicecoach.session.choice import Past
from voicecoach.session.effects import Note, Say
from voicecoach.session.session import Session
from voicecoach.session.states import State

CONTENT = Content.load("en")
EVENING = Past(MORNING.replace(hour=20))
ROUTINES = ("morning", "evening", "stretch", "five_minutes", "rotation", "ball_alternation")

Action = tuple[str, int]

KINDS = (*("flow",) * 4, "say", "say", "mumble", "wait", "long")


def _actions_of(seed: int) -> list[Action]:
    """Give up to 150 actions; long stories find mistakes, and lists of Hypothesis' own are short."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    return [(chance.choice(KINDS), chance.randrange(10**6)) for _ in range(chance.randrange(150))]


ACTIONS = st.integers(0, 2**32).map(_actions_of)
MEMORIES = st.fixed_dictionaries(
    {},
    optional={
        "done_before": st.booleans(),
        "floor_guide": st.booleans(),
        "has_ball": st.booleans(),
        "profile.osteoporosis": st.booleans(),
        "profile.cleared": st.booleans(),
        "seen": st.sampled_from(("2026-11-30", "2026-11-17", "2026-11-01")),
        **{
            f"ladder.{name}": st.builds(
                lambda level, gentle: {"level": level, "in_a_row": 2, "gentle": gentle},
                st.integers(1, 6),
                st.booleans(),
            )
            for name in ("abdominal_contraction", "ball_alternation", "knees_to_chest", "rotation")
        },
        "last": st.fixed_dictionaries(
            {
                "before": st.none() | st.integers(0, 10),
                "after": st.none() | st.integers(0, 10),
                "leg": st.booleans(),
                "done": st.lists(st.sampled_from(("rotation", "knees_to_chest")), unique=True),
                "hurt": st.lists(st.sampled_from(("rotation", "abdominal_contraction")), unique=True),
            }
        ),
    },
)


def live_through(memory: dict[str, Any], past: Past, routine: str, actions: list[Action]) -> Conversation:
    """Let a person do what the actions say, and then only answer, until the session has ended."""
    talk = Conversation(Session(CONTENT, memory, past=past), CONTENT).open()
    talk.until_quiet().says("start", routine=routine)
    for what, number in actions:
        if talk.session.state is State.ENDED:
            break
        act(talk, what, number)
    return talk if talk.session.state is State.ENDED else talk.to_its_end()


FLOW = {
    **REPLIES,
    State.PAIN_LEG: ("no", {}),
    State.PAIN_SCORE: ("number", {"score": 5}),
    State.PAIN_OFFER: ("yes", {}),
    State.PAUSED: ("resume", {}),
    State.STUCK: ("ready", {}),
    State.ASK_FIRST: ("cleared", {}),
    State.CONFIRM_CLEARED: ("yes", {}),
}
"""What carries a session on."""


def act(talk: Conversation, what: str, number: int) -> None:
    if what == "flow" and talk.session.state in FLOW:
        intent, slots = FLOW[talk.session.state]
        talk.until_quiet().says(intent, **slots)
    elif what == "say":
        live = sorted(talk.session.live)
        intent = live[number % len(live)]
        score = {"score": number % 11}
        routine = {"routine": ROUTINES[number % len(ROUTINES)]}
        slots = {"number": score, "correct": score if number % 2 else {}, "start": routine}
        talk.says(intent, **slots.get(intent, {}))
    elif what == "mumble":
        talk.mumbles()
    else:
        talk.waits((number % 30) * (10 if what == "long" else 1))


def check(talk: Conversation) -> None:
    """Hold one session to every rule."""
    check_the_record(talk)
    check_doses(talk)
    check_what_hurt(talk)
    check_leg(talk)
    check_sides(talk)
    assert all(CONTENT.has(prompt) for prompt in talk.prompts())


def check_the_record(talk: Conversation) -> None:
    actions = [note["action"] for note in talk.notes("session")]
    assert actions in ([], ["start", "done"], ["start", "stopped"])
    if talk.notes("hold") or talk.notes("move"):
        assert actions


def work(talk: Conversation) -> list[tuple[float, dict[str, Any]]]:
    notes = [(at, e) for at, e in talk.effects if isinstance(e, Note)]
    return [(at, dict(note.fields)) for at, note in notes if note.kind in ("hold", "move")]


def check_doses(talk: Conversation) -> None:
    """Every hold is of a level of the exercise or its variant; no side has more than the leaflet's top."""
    done: defaultdict[tuple[str, str | None], set[tuple[int, int]]] = defaultdict(set)
    for _, span in work(talk):
        family = [e for e in CONTENT.exercises.values() if e.family == span["exercise"]]
        assert span["seconds"] in {level.hold_seconds for e in family for level in e.levels}
        done[span["exercise"], span["side"]].add((span["set"], span["rep"]))
    for (exercise, _), places in done.items():
        assert len(places) <= CONTENT.exercises[exercise].top.repetitions


def check_what_hurt(talk: Conversation) -> None:
    """After a pain phrase the exercise is not done again, in any variant."""
    hurt: dict[str, int] = {}
    for place, (_, effect) in enumerate(talk.effects):
        if not isinstance(effect, Note):
            continue
        fields = effect.fields
        if effect.kind == "exercise" and fields["reason"] in ("pain", "leg or numbness"):
            hurt[fields["name"]] = place
        if effect.kind in ("hold", "move"):
            assert fields["exercise"] not in hurt


def check_leg(talk: Conversation) -> None:
    """Once something goes into a leg during the exercises, nothing more is done."""
    gone = False
    for _, effect in talk.effects:
        if isinstance(effect, Note) and effect.kind == "pain" and effect.fields["when"] == "during":
            gone = gone or bool(effect.fields["leg"])
        if isinstance(effect, Note) and effect.kind in ("hold", "move"):
            assert not gone


def check_sides(talk: Conversation) -> None:
    """At the end of an exercise the sides differ by less than a hold, or a repair was offered."""
    held: defaultdict[tuple[str, str], dict[tuple[int, int], float]] = defaultdict(dict)
    offered = False
    for _, effect in talk.effects:
        if isinstance(effect, Say):
            offered = offered or effect.prompt.startswith("side.repair")
        if not isinstance(effect, Note):
            continue
        fields = effect.fields
        if effect.kind in ("hold", "move") and fields["side"]:
            place = (fields["set"], fields["rep"])
            mine = held[fields["exercise"], fields["side"]]
            seconds = min(fields["end"] - fields["start"], fields["seconds"])
            mine[place] = max(mine.get(place, 0.0), seconds)
        if effect.kind == "exercise" and fields["action"] == "done":
            left, right = (sum(held[fields["name"], side].values()) for side in ("left", "right"))
            assert offered or abs(left - right) <= 10


def people(examples: int) -> Any:
    return settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
    )


def try_a_day(memory: dict[str, Any], routine: str, morning: list[Action], evening: list[Action]) -> None:
    """Live through a morning and the evening of the same day, with the same memory."""
    known = {**(DONE_BEFORE if memory.pop("done_before", True) else {}), **memory}
    first = live_through(known, Past(MORNING), routine, morning)
    check(first)
    hurt = {n["name"] for n in first.notes("exercise") if n["reason"] in ("pain", "leg or numbness")}
    second = live_through(known, EVENING, "morning", evening)
    check(second)
    assert not hurt & {span["exercise"] for _, span in work(second)}


@people(150)
@given(MEMORIES, st.sampled_from(ROUTINES), ACTIONS, ACTIONS)
def test_hundreds_of_random_days_keep_every_rule(memory, routine, morning, evening):
    try_a_day(memory, routine, morning, evening)


@pytest.mark.full
@people(5000)
@given(MEMORIES, st.sampled_from(ROUTINES), ACTIONS, ACTIONS)
def test_thousands_of_random_days_keep_every_rule(memory, routine, morning, evening):
    try_a_day(memory, routine, morning, evening)
