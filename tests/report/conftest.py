"""The two fortnights, written once."""

from pathlib import Path

import pytest

from tests.report.stories import write_ada, write_ben


@pytest.fixture(scope="session")
def ada_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ada(tmp_path_factory.mktemp("ada"))


@pytest.fixture(scope="session")
def ben_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ben(tmp_path_factory.mktemp("ben"))
