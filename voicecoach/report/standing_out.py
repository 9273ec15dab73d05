"""The sessions that a clinician would want to see, in words; the gravest where there are too many."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.report.formats import Formats
from voicecoach.report.summary import Report, SessionReport, is_notable
from voicecoach.report.words import Words

MOST_SAID = 2
"""How many phrases of one session are told."""
LEG_REASON = "leg or numbness"
"""As the session writes it; it need not be told twice."""
LONGEST_SAID = 60
"""How many letters of a phrase are told."""


@dataclass(frozen=True, slots=True)
class StandingOut:
    """What is told, and how many more there are."""

    lines: tuple[tuple[str, str], ...]
    """When, and what."""
    more: int


def standing_out(report: Report, words: Words, formats: Formats, most: int) -> StandingOut:
    """Tell what stands out in at most so many sessions, in the order of the days."""
    sessions = report.standing_out
    told = sorted(sorted(sessions, key=_gravity, reverse=True)[:most], key=lambda one: one.summary.started)
    lines = tuple((_when(one, words, formats), "; ".join(_facts(one, words))) for one in told)
    return StandingOut(lines, len(sessions) - len(lines))


def _gravity(one: SessionReport) -> tuple[bool, bool, int, bool, int]:
    """Order by alarm, then by leg, then by how far the pain rose, then by words, then by how far it fell."""
    change = one.change or 0
    return bool(one.alarms), one.summary.leg, max(change, one.since_last or 0, 0), bool(one.spoken), -change


def _when(one: SessionReport, words: Words, formats: Formats) -> str:
    return f"{formats.weekday(one.day)}, {words(f'report.{one.summary.time_of_day}')}"


def _facts(one: SessionReport, words: Words) -> Iterator[str]:
    summary, change = one.summary, one.change
    yield from (words(f"report.alarm_{alarm}") for alarm in one.alarms)
    if change is not None and is_notable(change):
        scores = {"before": summary.pain_before, "after": summary.pain_after}
        yield words("report.fact_change", **scores, change=_signed(change))
    if summary.pain_during is not None:
        yield words("report.fact_during", score=summary.pain_during)
    if one.since_last is not None and one.came_worse:
        yield words("report.fact_since", change=_signed(one.since_last))
    if summary.leg and LEG_REASON not in {each.reason for each in one.left_out}:
        yield words("report.fact_leg")
    for each in one.left_out:
        kind = "report.fact_broken" if each.actual_seconds else "report.fact_left_out"
        yield words(kind, exercise=words.exercise(each.name), reason=words.reason(each.reason))
    yield from _said(one, words)


def _said(one: SessionReport, words: Words) -> Iterator[str]:
    """Give the person's words, with the exercise where that was not just told."""
    told = {each.name for each in one.left_out}
    for said in one.spoken[:MOST_SAID]:
        text = said.text if len(said.text) <= LONGEST_SAID else said.text[:LONGEST_SAID] + "…"
        if said.exercise is None or said.exercise in told:
            yield words("report.fact_said", text=text)
        else:
            yield words("report.fact_said_during", text=text, exercise=words.exercise(said.exercise))


def _signed(change: int) -> str:
    return f"▲ +{change}" if change > 0 else f"▼ −{-change}"  # noqa: RUF001 - a minus, as it is printed
