"""Options of the tests of the home, and a broker for them."""

import pytest

from tests.home.brokers import Mosquitto


def pytest_addoption(parser):
    parser.addoption("--pictures", default=None, help="A folder to keep what the browser showed.")


@pytest.fixture
def broker(tmp_path):
    with Mosquitto(tmp_path) as broker:
        yield broker.start()
