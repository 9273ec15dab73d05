"""The page's HTTP against docs/openapi.json: whatever is asked for, the answer is one that it tells of."""

import json
from itertools import count
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks

from tests.home.rooms import House, Pages
from voicecoach.home.page.access import HEADERS
from voicecoach.home.page.app import REPORT_POLICY, build_app
from voicecoach.session.states import State

FILE = Path(__file__).parent.parent.parent / "docs" / "openapi.json"
ENDLESS = "/events"
"""A stream, which test_page.py reads."""
OPERATIONS = {
    one.ok().label: one.ok()
    for one in schemathesis.openapi.from_path(FILE).exclude(path=ENDLESS).get_all_operations()
}
ASKED = [
    (label, mode)
    for label, one in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or any((*one.path_parameters, *one.query, *one.headers, *one.body))
]
"""What can be asked for rightly and wrongly; without parameters there is no wrong way."""
load_all_checks()
HELD = CHECKS.get_by_names(
    [f"{what}_conformance" for what in ("status_code", "content_type", "response_headers", "response_schema")]
)
POLICY = "Content-Security-Policy"


@pytest.mark.parametrize(("label", "mode"), ASKED)
@pytest.mark.parametrize("token", [None, "sesame"])
def test_every_answer_is_told_of_and_has_our_headers_and_no_traceback(label, mode, token, tmp_path, caplog):
    house, hours = House().begin().steps(1), count()
    pages = Pages(house, token=token, folder=tmp_path, clock=lambda: 3600.0 * next(hours))

    @settings(
        max_examples=5 if token else 25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(OPERATIONS[label].as_strategy(generation_mode=mode), st.booleans(), st.booleans())
    def ask(case, own, by_script):
        origin = {"Origin": server.url.rstrip("/")} if own else {}
        headers = {**origin, "Accept": "application/json" if by_script else "text/html"}
        answer = case.call(base_url=server.url, headers=headers, allow_redirects=False)
        case.validate_response(answer, checks=HELD)
        assert answer.status_code < 500 or "retry-after" in answer.headers
        told = {name: answer.headers[name.lower()][0] for name in HEADERS}
        assert {**told, POLICY: HEADERS[POLICY]} == HEADERS
        assert told[POLICY] in (HEADERS[POLICY], REPORT_POLICY)
        live_on(house)

    with pages.served() as server:
        ask()
    assert not caplog.records


def live_on(house: House) -> None:
    """Let what was asked for be done, and begin anew after the end."""
    if house.coach.session.state is State.ENDED:
        house.enter()
        house.begin()
    house.steps(1)


def test_every_address_of_the_page_is_told_of():
    told = {path: set(verbs) for path, verbs in json.loads(FILE.read_text(encoding="utf-8"))["paths"].items()}
    there = {
        route.path: {verb.lower() for verb in route.methods} - {"head"}
        for route in build_app(Pages(House()).parts).routes
        if route.path != "/favicon.ico"
    }
    assert there == told
