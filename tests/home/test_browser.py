"""The page in a browser, during a live session: what a person sees, presses and hears read out."""

import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.home.browser import SIZES, look_at, press, shows
from tests.home.rooms import House, Pages
from voicecoach.rehearsal.pace import Paced
from voicecoach.session.states import State

pytestmark = pytest.mark.full

SPEED = 4.0
QUESTIONS = {"How strong is the pain?": "2", "Into a leg?": "No"}
"""What is asked before the exercises, and the button that this person presses."""


@contextmanager
def living(house: House, speed=SPEED):
    """Let a coach live, faster than life, in a thread as its own program would."""
    coach = house.enter(lambda room: Paced(room, speed))
    thread = threading.Thread(target=coach.run)
    thread.start()
    try:
        yield coach
    finally:
        for _ in range(2000):
            if coach.session.state is State.ENDED:
                break
            house.control.submit("stop", source="test")
            thread.join(0.02)
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def house():
    return House()


@pytest.fixture
def page(chromium, house):
    with living(house), Pages(house).served() as server, chromium.new_context() as context:
        view = context.new_page()
        problems = []
        view.on("pageerror", lambda error: problems.append(str(error)))
        view.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        view.goto(server.url)
        yield view
        assert not [problem for problem in problems if "status of 409" not in problem]


def begin(page: Page):
    """Start, and answer what is asked before the exercises."""
    press(page, "Start: stretch")
    for title, answer in QUESTIONS.items():
        shows(page, title)
        press(page, answer)
    shows(page, "Ready?")


def test_a_session_is_started_paused_resumed_and_ended_on_the_page(page):
    shows(page, "Waiting for a start")
    begin(page)
    press(page, "Ready")
    shows(page, "Hold")
    expect(page.locator("#place")).to_contain_text("1 of")
    expect(page.locator("#countdown")).to_be_visible()
    press(page, "Pause")
    shows(page, "Paused")
    press(page, "Go on")
    shows(page, "Hold")
    press(page, "Stop")
    shows(page, "Paused")
    press(page, "Stop")
    shows(page, "Done")


def test_pain_worse_is_asked_about_and_the_next_exercise_offered(page):
    begin(page)
    press(page, "Ready")
    shows(page, "Hold")
    press(page, "Pain worse")
    shows(page, "Leg or numbness?")
    press(page, "No")
    shows(page, "How strong is it?")
    press(page, "6")
    shows(page, "Go on with the next?")
    press(page, "Yes")
    expect(page.locator("#exercise")).to_have_text("rotation", ignore_case=True)


def test_the_countdown_goes_on_by_itself(page):
    begin(page)
    press(page, "Ready")
    shows(page, "Hold")
    first = page.locator("#seconds").inner_text()
    expect(page.locator("#seconds")).not_to_have_text(first)


def test_everything_is_reached_by_the_keyboard_alone(page):
    page.wait_for_selector("#starts:not([hidden])")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "stretch":
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "5px"
    page.keyboard.press("Enter")
    shows(page, "How strong is the pain?")


def test_without_javascript_the_forms_do_it_all(chromium, house):
    with (
        living(house),
        Pages(house).served() as server,
        chromium.new_context(java_script_enabled=False) as plain,
    ):
        page = plain.new_page()
        page.goto(server.url)
        press(page, "Start: stretch")
        expect(page.locator("#answer")).to_have_text("Done.")
        for title, answer in {**QUESTIONS, "Ready?": "Ready"}.items():
            for _ in range(200):
                if page.locator("h1").inner_text() == title:
                    break
                page.goto(server.url)
            press(page, answer)
        page.goto(server.url)
        assert house.status.exercise == "knees_to_chest"


def test_a_page_that_lost_the_coach_says_so(chromium, house):
    with chromium.new_context() as context:
        page = context.new_page()
        with living(house), Pages(house).served() as server:
            page.goto(server.url)
            shows(page, "Waiting for a start")
        expect(page.locator("#lost")).to_have_text("No connection. Trying again.", timeout=10_000)


def test_a_device_is_paired_by_what_the_qr_code_says(chromium, house):
    guarded = Pages(house, token="sesame")  # noqa: S106 - of a test
    with living(house), guarded.served() as server, chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{server.url}pair#sesame")
        shows(page, "Waiting for a start")
        assert page.url == server.url
        (cookie,) = context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_accessible_and_fits_in_every_size_and_theme(chromium, house, size, scheme, request):
    width, height = SIZES[size]
    options = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    with living(house), Pages(house).served() as server, chromium.new_context(**options) as context:
        page = context.new_page()
        page.goto(server.url)
        look_at(page, request, f"{size}-{scheme}-idle")
        begin(page)
        look_at(page, request, f"{size}-{scheme}-ready")
        press(page, "Ready")
        shows(page, "Hold")
        look_at(page, request, f"{size}-{scheme}-hold")
        press(page, "Pain worse")
        press(page, "No")
        shows(page, "How strong is it?")
        look_at(page, request, f"{size}-{scheme}-score")
