"""The record as a table for spreadsheets: CSV by RFC 4180, a row an exercise.

UTF-8 with a byte order mark, since without it Excel takes Korean for something else. A session
without exercises has one row, so that its pain is not lost. Numbers are bare; a text that a
spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises.
"""

import csv
import io
from collections.abc import Iterator

from voicecoach.journal.doses import ExerciseSummary, SideSummary
from voicecoach.report.summary import Report, SessionReport, is_notable
from voicecoach.report.words import Words

COLUMNS = {
    "date": "day where the person was, as 2026-12-01",
    "time": "start of the session where the person was, as 07:00",
    "started": "both with the offset from UTC, as 2026-12-01T07:00:00+09:00",
    "session": "the session's id, the same in every export",
    "routine": "the routine's id",
    "time_of_day": "morning or evening",
    "session_minutes": "from the start to the last thing written, breaks between two parts left out",
    "session_ended": "done, stopped or interrupted",
    "pain_before": "0-10, empty where it was not told",
    "pain_during": "the highest, 0-10",
    "pain_after": "0-10",
    "pain_change": "after less before",
    "notable": "yes where it is 2 points or more, up or down",
    "leg": "yes where it went into a leg or felt numb",
    "own_words": "what the person said of a symptom in this session",
    "alarm": "red_flag or cannot_get_up where the coach gave urgent advice",
    "exercise": "the exercise's id",
    "exercise_name": "its name in the report's language",
    "outcome": "done, skipped, left_out or unfinished",
    "reason": "why it was skipped or left out",
    "level": "dose level, from 1; 0 a gentler variant; empty where the dose is none of the levels",
    "prescribed_seconds": "all sides and repetitions together",
    "actual_seconds": "really held, what was broken off too",
    "prescribed_repetitions": "all sides together",
    "done_repetitions": "held to their end",
    "left_seconds": "really held on the left; empty where the exercise has no sides",
    "left_repetitions": "held to their end",
    "right_seconds": "likewise on the right",
    "right_repetitions": "held to their end",
}
"""The header, each column with what is in it."""
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - spreadsheets take wide ones too

Cell = str | int | float | None


def csv_of(report: Report, words: Words) -> bytes:
    """Give the whole file."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, COLUMNS, restval="")
    table.writeheader()
    for row in _rows(report, words):
        table.writerow({key: _safe(cell) for key, cell in row.items()})
    return file.getvalue().encode("utf-8-sig")


def _rows(report: Report, words: Words) -> Iterator[dict[str, Cell]]:
    for one in report.sessions:
        session = _of_session(one)
        yield from ({**session, **_of_exercise(each, one, words)} for each in one.summary.exercises)
        if not one.summary.exercises:
            yield session


def _of_session(one: SessionReport) -> dict[str, Cell]:
    summary = one.summary
    return {
        "date": f"{summary.started:%Y-%m-%d}",
        "time": f"{summary.started:%H:%M}",
        "started": summary.started.isoformat(timespec="seconds"),
        "session": summary.id,
        "routine": summary.routine,
        "time_of_day": summary.time_of_day,
        "session_minutes": round(summary.minutes, 1),
        "session_ended": summary.ended,
        "pain_before": summary.pain_before,
        "pain_during": summary.pain_during,
        "pain_after": summary.pain_after,
        "pain_change": one.change,
        "notable": _yes(is_notable(one.change)),
        "leg": _yes(summary.leg),
        "own_words": " / ".join(said.text for said in one.spoken),
        "alarm": " / ".join(one.alarms),
    }


def _of_exercise(each: ExerciseSummary, one: SessionReport, words: Words) -> dict[str, Cell]:
    return {
        "exercise": each.name,
        "exercise_name": words.exercise(each.name),
        "outcome": each.action,
        "reason": words.reason(each.reason) if each.reason else "",
        "level": one.levels.get(each.name),
        "prescribed_seconds": _seconds(each.prescribed_seconds),
        "actual_seconds": _seconds(each.actual_seconds),
        "prescribed_repetitions": each.prescribed_repetitions,
        "done_repetitions": each.done_repetitions,
        **{key: cell for side in each.sides for key, cell in _of_side(side).items()},
    }


def _of_side(side: SideSummary) -> dict[str, Cell]:
    if side.side is None:
        return {}
    return {
        f"{side.side}_seconds": _seconds(side.actual_seconds),
        f"{side.side}_repetitions": side.done_repetitions,
    }


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}".removesuffix(".0")


def _yes(truth: bool) -> str:
    return "yes" if truth else ""


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str):
        text = "".join(letter for letter in cell if letter.isprintable() or letter in "\n\t")
        return f"'{text}" if text.lstrip(" ").startswith(FORMULA_BEGINS) else text
    return cell
