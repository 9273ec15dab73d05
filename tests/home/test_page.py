"""The status page over HTTP: what it tells, what it does, and whom it turns away."""

import http.client
import json
import socket
import stat
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.home.rooms import House, Pages
from tests.journal.stories import whole_session
from voicecoach.errors import HomeError
from voicecoach.home.addresses import is_loopback
from voicecoach.home.page.access import ALLOWED, COOKIE
from voicecoach.home.page.app import build_app
from voicecoach.home.page.chart import Day, draw
from voicecoach.home.page.server import access_for, keep_token, listen, pairing_url
from voicecoach.journal.journal import Journal
from voicecoach.session.states import State

TOKEN = "sesame"  # noqa: S105 - it opens nothing but a test
HERE = "http://localhost"
OWN = {"origin": HERE}
JSON = {**OWN, "accept": "application/json"}


@pytest.fixture
def house():
    return House().begin().steps(1)


@pytest.fixture
def page(house):
    with TestClient(build(house), base_url=HERE, follow_redirects=False) as client:
        yield client


def build(house, **kinds):
    return build_app(Pages(house, **kinds).parts)


# ---- what it tells and does


def test_the_page_tells_the_state_without_any_script(house, page):
    page.post("/order/start", data={"routine": "rotation"}, headers=OWN)
    house.steps(1).until(State.HOLD)
    text = page.get("/").text
    for words in ("Hold", "Rotation", "Left side · 1 of 2", "Done today", "0 / 2"):
        assert words.lower() in text.lower()
    assert "<script>" not in text
    assert "style=" not in text


def test_a_form_without_script_starts_a_session_and_comes_back_to_the_page(house, page):
    answer = page.post("/order/start", data={"routine": "rotation"}, headers=OWN)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?answer=taken")
    house.steps(1)
    assert house.status.routine == "rotation"


def test_a_script_is_told_what_became_of_its_order(page):
    answer = page.post("/order/next", headers=JSON)
    assert (answer.status_code, answer.json()["answer"]) == (409, "not_now")
    assert page.post("/order/nonsense", headers=JSON).status_code == 422
    assert page.post("/order/number", data={"score": "11"}, headers=JSON).status_code == 422
    assert page.post("/order/stop", headers=JSON).status_code == 202


def test_pain_worse_is_asked_about_and_answered_on_the_page(house, page):
    page.post("/order/start", data={"routine": "stretch"}, headers=OWN)
    house.steps(1).until(State.HOLD)
    page.post("/order/pain", headers=OWN)
    house.steps(1)
    assert page.get("/status").json()["ask"] == "Does it go into a leg, or feel numb?"
    page.post("/order/no", headers=OWN)
    house.steps(1)
    assert page.get("/status").json()["scores"] is True
    page.post("/order/number", data={"score": "6"}, headers=OWN)
    house.steps(1)
    told = page.get("/status").json()
    assert (told["state"], told["pain"]) == ("pain_offer", 6)


def test_a_score_is_not_shown_where_pain_is_not_shared(house):
    with TestClient(build(house, pain=False), base_url=HERE) as page:
        house.control.submit("start", {"routine": "stretch"}, source="test")
        house.steps(1).until(State.HOLD)
        for intent, slots in (("pain", {}), ("no", {}), ("number", {"score": 6})):
            house.control.submit(intent, slots, source="test")
            house.steps(1)
        assert house.status.pain == 6
        assert page.get("/status").json()["pain"] is None


def test_the_korean_page_speaks_korean():
    house = House("ko").begin().steps(1)
    with TestClient(build(house), base_url=HERE) as page:
        text = page.get("/").text
    assert '<html lang="ko">' in text
    assert "시작을 기다려요" in text
    assert "시작: 오전 운동" in text


def test_an_empty_record_is_told_as_such(page):
    assert "There is no session yet." in page.get("/").text
    assert "<picture>" not in page.get("/").text
    assert page.get("/history.svg").headers["content-type"] == "image/svg+xml"


def test_an_exercise_is_drawn_as_its_state_shows_it(house, page):
    house.control.submit("start", {"routine": "rotation"}, source="test")
    house.steps(1).until(State.HOLD)
    assert page.get("/status").json()["drawing"] == "rotation/end"
    assert page.get("/drawing/rotation/end.svg").text.startswith("<svg")


def test_the_report_is_shown_between_sessions_and_without_any_script(house, tmp_path):
    with TestClient(build(house, folder=tmp_path), base_url=HERE) as page:
        assert 'href="/report"' in page.get("/").text
        answer = page.get("/report")
        assert answer.text.lower().startswith("<!doctype html>")
        assert "sandbox" in answer.headers["content-security-policy"]
        house.control.submit("start", {"routine": "rotation"}, source="test")
        house.steps(1)
        assert page.get("/report").status_code == 503


def test_the_last_two_weeks_are_drawn_for_a_light_and_a_dark_page(house, tmp_path):
    hour_ago = datetime.now(UTC).astimezone() - timedelta(hours=1)
    with Journal.open(tmp_path, hour_ago) as journal:
        session = journal.begin_session("morning", "en", "text", hour_ago)
        for event in whole_session():
            journal.write(session, event)
    with TestClient(build(house, folder=tmp_path), base_url=HERE) as page:
        assert 'srcset="/history-dark.svg" media="(prefers-color-scheme: dark)"' in page.get("/").text
        light, dark = page.get("/history.svg").text, page.get("/history-dark.svg").text
    assert light.count("<rect") == dark.count("<rect") == 1
    assert light != dark


def test_two_weeks_are_drawn_with_a_bar_a_day_and_a_point_a_score():
    days = [Day(date(2026, 12, day), 5.0 * (day % 2), (3, 2) if day == 1 else ()) for day in range(1, 15)]
    svg = draw(days, "minutes", 'a <text> with "marks"')
    assert svg.count("<rect") == 7
    assert svg.count("<circle") == 2
    assert "<title>a &lt;text&gt; with &quot;marks&quot;</title>" in svg


# ---- whom it turns away


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.example", "", "@"])
def test_a_name_that_is_not_ours_is_turned_away(page, host):
    assert page.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "https://localhost"},
        {"origin": "http://localhost:1"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"origin": HERE, "sec-fetch-site": "same-site"},
    ],
)
def test_an_order_from_another_page_is_turned_away(house, page, headers):
    assert page.post("/order/stop", headers=headers).status_code == 403
    house.steps(1)
    assert house.status.state == "idle"


def test_every_answer_forbids_what_the_page_does_not_need(page):
    for path in ("/", "/nothing", "/status", "/page.css", "/history.svg"):
        headers = page.get(path).headers
        assert "unsafe-inline" not in headers["content-security-policy"] or path == "/history.svg"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/page.html",
        "/files/page.css",
        "/drawing/..%2f..%2fetc/passwd.svg",
        "/drawing/%00/end.svg",
        "/drawing/rotation/__class__.svg",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_the_page(house, path):
    with Pages(house).served() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", f"127.0.0.1:{server.port}")
        connection.endheaders()
        answer = connection.getresponse()
        assert (answer.status, b"root:" in answer.read()) == (404, False)
        connection.close()


def test_too_many_orders_are_refused_and_a_stop_still_gets_through(page):
    codes = [page.post("/order/next", headers=JSON).status_code for _ in range(40)]
    assert set(codes) == {409, 429}
    assert page.post("/order/stop", headers=JSON).status_code == 202


def test_a_body_that_is_too_large_is_not_read(page):
    assert page.post("/order/start", content=b"x" * 5000, headers=OWN).status_code == 413
    assert page.post("/order/start", content=b"\xff\xfe=&&&", headers=JSON).status_code == 422


# ---- devices


@pytest.fixture
def guarded(house):
    with TestClient(build(house, token=TOKEN), base_url=HERE, follow_redirects=False) as client:
        yield client


def test_a_device_that_is_not_paired_sees_nothing_and_does_nothing(house, guarded):
    assert guarded.get("/").headers["location"] == "/pair"
    for path in ("/status", "/events", "/history.svg", "/report", "/page.js"):
        assert guarded.get(path).status_code == 401
    assert guarded.post("/order/stop", headers=OWN).status_code == 401
    guarded.cookies.set(COOKIE, "sesame")
    assert guarded.get("/status").status_code == 401
    house.steps(1)
    assert house.status.state == "idle"


def test_a_device_is_paired_by_the_token_and_known_from_then_on(guarded):
    answer = guarded.post("/pair", data={"token": "sesame"}, headers=OWN)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "sesame" not in cookie
    assert guarded.get("/status").json()["state"] == "idle"
    assert guarded.get("/", headers={"host": "192.168.1.20:8377"}).status_code == 200


def test_tokens_cannot_be_tried_out(guarded):
    codes = [guarded.post("/pair", data={"token": str(n)}, headers=OWN).status_code for n in range(10)]
    tries = int(ALLOWED["pair"][1])
    assert codes == [403] * tries + [429] * (10 - tries)
    assert guarded.post("/pair", data={"token": "sesame"}, headers=OWN).status_code == 429


def test_an_allowance_comes_back_with_time_and_is_each_clients_own(house):
    moment = [0.0]
    app = build(house, token=TOKEN, clock=lambda: moment[0])
    two = TestClient(app, base_url=HERE, client=("10.0.0.2", 1))
    with TestClient(app, base_url=HERE) as one:
        spent = [one.post("/pair", data={"token": "x"}, headers=OWN).status_code for _ in range(6)]
        assert spent[-1] == 429
        assert two.post("/pair", data={"token": "x"}, headers=OWN).status_code == 403
        moment[0] += 11
        assert one.post("/pair", data={"token": "x"}, headers=OWN).status_code == 403


def test_the_token_is_made_once_kept_for_the_owner_only_and_made_anew_when_asked(tmp_path):
    token = keep_token(tmp_path / "data")
    file = tmp_path / "data" / "page_token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert keep_token(tmp_path / "data") == token
    assert len(token) >= 20
    assert keep_token(tmp_path / "data", renew=True) != token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_this_machines_own_addresses_need_no_token(tmp_path):
    assert access_for("127.0.0.1", tmp_path).token is None
    assert access_for("::1", tmp_path).token is None
    for address in ("0.0.0.0", "::", "192.168.1.5", "kitchen.local"):  # noqa: S104 - they are what is refused
        assert access_for(address, tmp_path).token
        assert not is_loopback(address)


def test_the_token_stands_where_no_server_is_told_it():
    assert pairing_url("192.168.1.5", 8377, "sesame") == "http://192.168.1.5:8377/pair#sesame"


# ---- on a port


def test_a_port_that_is_taken_is_told_in_plain_words():
    with listen("127.0.0.1", 0) as taken, pytest.raises(HomeError, match="Choose another with --address and"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_changes_come_as_server_sent_events(house):
    with Pages(house).served() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/events")
        answer = connection.getresponse()
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = (line for line in answer if line.startswith(b"data: "))
        assert json.loads(next(lines)[6:])["state"] == "idle"
        house.control.submit("start", {"routine": "rotation"}, source="test")
        house.steps(1)
        states = [json.loads(line[6:])["state"] for line in islice(lines, 1)]
        assert states == ["pain_now"]
        connection.close()


def test_the_server_ends_while_viewers_are_still_there(house):
    with Pages(house).served() as server:
        viewers = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(5)]
        for viewer in viewers:
            viewer.sendall(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n\r\n".encode())
            assert b"200 OK" in viewer.recv(4096)
    assert not server._thread.is_alive()
    for viewer in viewers:
        viewer.close()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"POST /order/stop HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nxyz",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_garbage_on_the_wire_is_refused_and_the_page_lives_on(house, garbage):
    with Pages(house).served() as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
            wire.sendall(garbage)
            assert wire.recv(4096).split(b"\r\n")[0].split(b" ")[1] in (b"400", b"403", b"404", b"421")
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/status")
        assert connection.getresponse().status == 200
        connection.close()


def test_nothing_is_logged_of_who_asks_for_what(house, capfd, caplog):
    with Pages(house, token=TOKEN).served() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.request("GET", "/pair?token=sesame")
        assert connection.getresponse().status == 200
        connection.close()
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


PRINTABLE = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#\\")
KNOWN = ["/", "/events/x", "/status", "/order/", "/order/stop/x", "/drawing/", "/pair", "/report"]
PATHS = st.sampled_from(KNOWN) | st.text(PRINTABLE, max_size=20).map("/x".__add__)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"]),
    path=PATHS,
    body=st.binary(max_size=200),
    accept=st.sampled_from(["*/*", "application/json", "text/html"]),
)
def test_whatever_is_asked_the_page_answers_without_failing(page, method, path, body, accept):
    answer = page.request(method, path, content=body, headers={**OWN, "accept": accept})
    assert answer.status_code < 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
