"""Options of the tests of the home."""


def pytest_addoption(parser):
    parser.addoption("--pictures", default=None, help="A folder to keep what the browser showed.")
