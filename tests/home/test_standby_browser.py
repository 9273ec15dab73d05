"""The page of a stand-by in a browser: what a person sees of it, and what they can start from it."""

from contextlib import contextmanager
from threading import Event
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.home.browser import SIZES, look_at, press, shows
from tests.home.day import PacedHousehold, standing_by
from tests.home.rooms import Pages, content_of
from voicecoach.home.control import Control

pytestmark = pytest.mark.full


@contextmanager
def corner(chromium, folder, *, lang="en", household=PacedHousehold, **options):
    """Give a browser's view of a stand-by, and its day."""
    content = content_of(lang)
    seen = SimpleNamespace(lang=lang, content=content, control=Control(tuple(content.routines)))
    with (
        standing_by(folder, seen.control, household=household, lang=lang) as day,
        Pages(seen, folder=folder / "data").served() as server,
        chromium.new_context(**options) as context,
    ):
        page = context.new_page()
        page.goto(server.url)
        yield page, day


def test_a_session_is_started_on_the_page_of_a_stand_by_and_it_waits_again_after_it(chromium, tmp_path):
    with corner(chromium, tmp_path) as (page, _):
        shows(page, "Waiting for you")
        page.locator("#history").evaluate("old => old.dataset.old = 'yes'")
        for name in ("Pause", "Stop", "Next", "Pain worse"):
            expect(page.get_by_role("button", name=name)).to_be_disabled()
        press(page, "Start: stretch")
        shows(page, "How strong is the pain?")
        expect(page.locator("#starts")).to_be_hidden()
        press(page, "2")
        shows(page, "Into a leg?")
        press(page, "Pause")
        shows(page, "Paused")
        press(page, "Stop")
        shows(page, "Waiting for you")
        expect(page.get_by_role("button", name="Start: stretch")).to_be_visible()
        expect(page.locator("#history")).not_to_have_attribute("data-old", "yes")


def test_a_stop_before_the_session_is_there_holds_it_at_its_beginning(chromium, tmp_path):
    class Slow(PacedHousehold):
        """Its listener takes as long to load as a person takes to think better of it."""

        def session_ears(self):
            assert stopped.wait(20)
            return super().session_ears()

    stopped = Event()
    with corner(chromium, tmp_path, household=Slow) as (page, _):
        press(page, "Start: stretch")
        shows(page, "Starting")
        press(page, "Stop")
        expect(page.locator("#answer")).to_have_text("")
        stopped.set()
        shows(page, "Paused")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_place_of_a_stand_by_is_accessible_and_fits(chromium, tmp_path, size, scheme, request):
    width, height = SIZES[size]
    view = {"viewport": {"width": width, "height": height}, "color_scheme": scheme}
    with corner(chromium, tmp_path, **view) as (page, day):
        shows(page, "Waiting for you")
        look_at(page, request, f"{size}-{scheme}-waiting")
        for said, title, name in (
            ("coach go to sleep", "Asleep", "asleep"),
            ("coach listen again", "Waiting for you", "awake"),
            ("coach mute yourself", "Shall I stop listening?", "mute"),
            ("yes", "The microphone is off", "muted"),
        ):
            day.says(said, 2)
            shows(page, title)
            with day.standing_still():
                look_at(page, request, f"{size}-{scheme}-{name}")
