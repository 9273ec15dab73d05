from pathlib import Path

from voicecoach.speaking.pyttsx3_engine import LONGEST_PATH, shortened


def test_a_short_path_stays_as_it_is():
    assert shortened(Path("/usr/share")) == Path("/usr/share")


def test_a_path_too_long_for_espeak_is_reached_by_a_short_one(tmp_path):
    deep = tmp_path / ("d" * LONGEST_PATH) / "espeak-ng-data"
    deep.mkdir(parents=True)
    link = shortened(deep)
    assert len(str(link)) <= LONGEST_PATH
    assert link.resolve() == deep.resolve()
