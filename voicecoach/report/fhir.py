"""The record as a FHIR R4 bundle, for a clinic's own system.

A transaction of PUTs under ids made from the session's, so that a bundle that is sent twice changes
nothing. The patient has no name unless one is given. That every resource is valid is proved by the
tests, with fhir.resources (its R4B models; what is used here is the same in R4): it takes seven seconds
for a year, which nobody should wait for.

Pain is LOINC 72514-3; exercise time LOINC 55411-3; what was done is a Procedure with SNOMED CT's
exercise therapy, and beside it an Observation of the dose as asked for and as done, since a Procedure
has no place for it.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from voicecoach.journal.doses import ExerciseSummary
from voicecoach.report.summary import PainTold, Report, SessionReport
from voicecoach.report.words import Words

PAIN = ("http://loinc.org", "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
EXERCISE_TIME = ("http://loinc.org", "55411-3", "Exercise duration")
EXERCISE_THERAPY = ("http://snomed.info/sct", "229065009", "Exercise therapy")
OWN_CODES = "urn:voicecoach:dose"
"""The system of the codes of a dose's parts, which no public one has."""
NOTHING = "-"
UCUM = "http://unitsofmeasure.org"
STATUS = {"done": "completed", "skipped": "not-done", "left_out": "not-done", "unfinished": "stopped"}
CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"

Resource = dict[str, Any]


def bundle_of(report: Report, words: Words, name: str | None = None) -> bytes:
    """Give the bundle as JSON; `name` is the patient's."""
    entries = [_entry(resource) for resource in _resources(report, words, name)]
    bundle = {"resourceType": "Bundle", "type": "transaction", "language": words.language, "entry": entries}
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _text(text: str) -> str:
    """Give a text as FHIR allows it: of what can be printed, and not empty."""
    return "".join(letter for letter in text if letter.isprintable()).strip() or NOTHING


def _resources(report: Report, words: Words, name: str | None) -> Iterator[Resource]:
    patient = _id(report.person or "nobody", "patient")
    yield {
        "resourceType": "Patient",
        "id": patient,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{patient}"}],
        **({"name": [{"text": _text(name)}]} if name else {}),
    }
    for one in report.sessions:
        subject = {"reference": f"urn:uuid:{patient}"}
        for resource in _of_session(one, words):
            yield {**resource, "subject": subject}


def _of_session(one: SessionReport, words: Words) -> Iterator[Resource]:
    for number, pain in enumerate(one.pains):
        yield _pain(one, pain, number, words)
    if one.is_active:
        yield _minutes(one)
    for each in one.summary.exercises:
        yield _procedure(one, each, words)
        if each.sides:
            yield _dose(one, each, words)


def _pain(one: SessionReport, pain: PainTold, number: int, words: Words) -> Resource:
    notes = [words(f"fhir.{pain.when}")] + ([words("fhir.leg")] if pain.leg else [])
    if pain.when == "during":
        notes += [words("fhir.said", text=_text(said.text)) for said in one.spoken]
    return _observation(one, f"pain/{number}", pain.at.isoformat(timespec="seconds")) | {
        "category": [_category("survey")],
        "code": _concept(PAIN),
        "valueQuantity": _quantity(pain.score, "{score}"),
        "note": [{"text": note} for note in notes],
    }


def _minutes(one: SessionReport) -> Resource:
    seconds = sum(each.actual_seconds for each in one.summary.exercises)
    return _observation(one, "minutes", _started(one)) | {
        "category": [_category("activity")],
        "code": _concept(EXERCISE_TIME),
        "valueQuantity": _quantity(round(seconds / 60, 2), "min"),
    }


def _procedure(one: SessionReport, each: ExerciseSummary, words: Words) -> Resource:
    end = one.summary.started + timedelta(minutes=one.summary.minutes)
    period = {"start": _started(one), "end": end.isoformat(timespec="seconds")}
    resource: Resource = {
        "resourceType": "Procedure",
        "id": _id(one.summary.id, f"procedure/{each.name}"),
        "status": _status(each),
        "code": {**_concept(EXERCISE_THERAPY), "text": _text(words.exercise(each.name))},
        "performedPeriod": period,
    }
    if each.reason:
        resource["statusReason"] = {"text": _text(words.reason(each.reason))}
    return resource


def _status(each: ExerciseSummary) -> str:
    """Give how it ended; what was begun and then skipped was stopped."""
    status = STATUS[each.action]
    return "stopped" if status == "not-done" and each.actual_seconds else status


def _dose(one: SessionReport, each: ExerciseSummary, words: Words) -> Resource:
    procedure = _id(one.summary.id, f"procedure/{each.name}")
    return _observation(one, f"dose/{each.name}", _started(one)) | {
        "category": [_category("activity")],
        "code": {"coding": [{"system": OWN_CODES, "code": "dose"}], "text": _text(words.exercise(each.name))},
        "partOf": [{"reference": f"urn:uuid:{procedure}"}],
        "component": list(_components(one, each)),
    }


def _components(one: SessionReport, each: ExerciseSummary) -> Iterator[Resource]:
    for side in each.sides:
        suffix = f"-{side.side}" if side.side else ""
        yield _component(f"prescribed-seconds{suffix}", side.prescribed_seconds, "s")
        yield _component(f"actual-seconds{suffix}", side.actual_seconds, "s")
        yield _component(f"prescribed-repetitions{suffix}", side.prescribed_repetitions, "1")
        yield _component(f"done-repetitions{suffix}", side.done_repetitions, "1")
    if each.name in one.levels:
        yield _component("level", one.levels[each.name], "1")


def _component(code: str, value: float, unit: str) -> Resource:
    concept = {"coding": [{"system": OWN_CODES, "code": code}], "text": code.replace("-", " ")}
    return {"code": concept, "valueQuantity": _quantity(round(value, 2), unit)}


def _observation(one: SessionReport, what: str, at: str) -> Resource:
    identity = _id(one.summary.id, what)
    return {"resourceType": "Observation", "id": identity, "status": "final", "effectiveDateTime": at}


def _quantity(value: float, unit: str) -> Resource:
    return {"value": value, "unit": unit.strip("{}"), "system": UCUM, "code": unit}


def _concept(coding: tuple[str, str, str]) -> Resource:
    system, code, display = coding
    return {"coding": [{"system": system, "code": code, "display": display}]}


def _category(code: str) -> Resource:
    return {"coding": [{"system": CATEGORY, "code": code}]}


def _entry(resource: Resource) -> Resource:
    place = f"{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": f"urn:uuid:{resource['id']}",
        "resource": resource,
        "request": {"method": "PUT", "url": place},
    }


def _id(session: str, what: str) -> str:
    """Make an id that is the same whenever it is made of the same."""
    return str(uuid5(NAMESPACE_URL, f"urn:voicecoach:{session}/{what}"))


def _started(one: SessionReport) -> str:
    return one.summary.started.isoformat(timespec="seconds")
