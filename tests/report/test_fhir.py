"""The record as a bundle, read back by fhir.resources."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.stories import busy_report
from tests.report.test_summary import report_of
from tests.report.test_table import hostile
from voicecoach.report.fhir import bundle_of
from voicecoach.report.words import load_words


def resources_of(folder: Path, **more: Any) -> list[dict[str, Any]]:
    content = bundle_of(report_of(folder), load_words("en"), **more)
    Bundle.model_validate_json(content)
    return [entry["resource"] for entry in json.loads(content)["entry"]]


@pytest.fixture(scope="module")
def ben(ben_folder: Path) -> list[dict[str, Any]]:
    return resources_of(ben_folder)


def _pains(resources: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in resources if one.get("code", {}).get("coding", [{}])[0].get("code") == "72514-3"]


def test_it_has_a_patient_pains_minutes_doses_and_procedures(ben: list[dict[str, Any]]) -> None:
    kinds = Counter(one["resourceType"] for one in ben)
    pains = 12 * 2 + 2
    exercises, left_out = 8 * 3 + 2 + 3 * 3, 3
    observations = pains + 12 + exercises - left_out
    assert kinds == {"Patient": 1, "Procedure": exercises, "Observation": observations}
    assert len(_pains(ben)) == pains


def test_the_patient_has_no_name_unless_one_is_given(ben_folder: Path, ben: list[dict[str, Any]]) -> None:
    assert set(ben[0]) == {"resourceType", "id", "identifier"}
    named = resources_of(ben_folder, name="Ben <Flare>")
    assert named[0]["name"] == [{"text": "Ben <Flare>"}]


def test_a_flare_is_told_with_its_moment_the_leg_and_the_own_words(ben: list[dict[str, Any]]) -> None:
    worst = max(_pains(ben), key=lambda one: (one["valueQuantity"]["value"], one["effectiveDateTime"][:1]))
    assert worst["valueQuantity"] == {
        "value": 7,
        "unit": "score",
        "system": "http://unitsofmeasure.org",
        "code": "{score}",
    }
    assert worst["effectiveDateTime"] == "2026-11-17T07:06:15+09:00"
    assert [note["text"] for note in worst["note"]] == [
        "Told during an exercise.",
        "The person said that it goes into a leg or feels numb.",
        "In the person's own words: it goes down my leg",
    ]


def test_what_pain_broke_off_is_a_stopped_procedure_with_its_dose_beside_it(
    ben: list[dict[str, Any]],
) -> None:
    stopped = [one for one in ben if one.get("status") == "stopped"]
    assert [one["statusReason"]["text"] for one in stopped] == ["pain", "into a leg, or numb"]
    dose = next(one for one in ben if one.get("partOf") == [{"reference": f"urn:uuid:{stopped[1]['id']}"}])
    parts = {part["code"]["coding"][0]["code"]: part["valueQuantity"]["value"] for part in dose["component"]}
    assert parts == {
        "prescribed-seconds": 75,
        "actual-seconds": 30,
        "prescribed-repetitions": 5,
        "done-repetitions": 2,
        "level": 3,
    }
    left_out = [one for one in ben if one.get("status") == "not-done"]
    assert len(left_out) == 3


def test_a_second_bundle_has_the_same_ids_whatever_days_it_is_of(ada_folder: Path) -> None:
    words = load_words("en")
    whole = json.loads(bundle_of(report_of(ada_folder), words))
    week = json.loads(bundle_of(report_of(ada_folder, start=date(2026, 11, 16)), words))
    urls = {entry["request"]["url"] for entry in whole["entry"]}
    assert bundle_of(report_of(ada_folder), words) == bundle_of(report_of(ada_folder), words)
    assert len(urls) == len(whole["entry"])
    assert {entry["request"]["url"] for entry in week["entry"]} < urls
    assert whole["entry"][0] == week["entry"][0]


def test_every_reference_is_to_something_in_the_bundle(ben: list[dict[str, Any]]) -> None:
    ids = {f"urn:uuid:{one['id']}" for one in ben}
    references = {one["subject"]["reference"] for one in ben[1:]}
    references |= {part["reference"] for one in ben for part in one.get("partOf", [])}
    assert references <= ids


@given(text=st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_whatever_was_said_and_however_things_are_called_the_bundle_is_valid(text: str) -> None:
    report = busy_report(2)
    (first, *_) = report.sessions
    each = replace(first.summary.exercises[0], name=text, action="skipped", reason=text)
    said = replace(first.spoken[0], text=text)
    told = replace(first.pains[0], when="during", leg=True)
    summary = replace(first.summary, exercises=(each,))
    odd = replace(first, summary=summary, spoken=(said,), pains=(told,), levels={text: 2})
    content = bundle_of(replace(report, sessions=(odd,)), load_words("ko"), text)
    Bundle.model_validate_json(content)


def test_hostile_names_and_an_empty_journal_make_bundles_too(tmp_path: Path) -> None:
    assert any(
        one["code"]["text"] == "../../etc/passwd"
        for one in resources_of(hostile(tmp_path / "hostile"))[1:]
        if one["resourceType"] == "Procedure"
    )
    assert [one["resourceType"] for one in resources_of(tmp_path / "none")] == ["Patient"]
