"""Options of the tests of the home, and a browser and a broker for them."""

import pytest

from tests.home.brokers import Mosquitto


def pytest_addoption(parser):
    parser.addoption("--pictures", default=None, help="A folder to keep what the browser showed.")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the other tests do without

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def broker(tmp_path):
    with Mosquitto(tmp_path) as broker:
        yield broker.start()
