"""What a person does with the page in a browser, and how it is looked at."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SIZES = {"phone": (390, 844), "tablet": (1024, 768), "wall": (1920, 1080)}


def shows(page: Page, title: str):
    expect(page.locator("h1")).to_have_text(title, timeout=20_000)


def press(page: Page, name: str):
    page.get_by_role("button", name=name, exact=True).click()


def look_at(page: Page, request, name: str):
    """Hold the page against axe and its own width, and keep a picture where one is asked for."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    folder = request.config.getoption("--pictures", None)
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")
