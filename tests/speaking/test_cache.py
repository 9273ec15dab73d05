"""Clips on disk: kept once, never damaged, never in the way."""

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest

from tests.disks import full_disk, without_privileges
from tests.speaking.voices import SpellingVoice
from voicecoach.errors import SpeakingError
from voicecoach.speaking.cache import FORGOTTEN_SECONDS, RECENT_CLIPS, CachedSynthesizer


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "clips"


def a_later_session(folder, voice="spelling", **bound):
    """A cache that remembers only what is on disk, and its voice."""
    inner = SpellingVoice(voice)
    return CachedSynthesizer(inner, folder, **bound), inner


def files(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_clip_is_made_once_and_then_read(folder):
    first, _ = a_later_session(folder)
    made = first.synthesize("hold")
    second, inner = a_later_session(folder)
    assert not inner.asked
    np.testing.assert_allclose(second.synthesize("hold").samples, made.samples, atol=1 / 32768)
    assert not inner.asked
    assert second.has("hold")
    assert not second.has("rest")


def test_another_text_and_another_voice_have_clips_of_their_own(folder):
    a_later_session(folder)[0].synthesize("hold")
    cache, inner = a_later_session(folder, "spelling faster")
    cache.synthesize("hold")
    cache.synthesize("rest")
    assert inner.asked == ["hold", "rest"]
    assert len(files(folder)) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda _data: b"",
        lambda data: data[:-900] + bytes(900),
        lambda data: data[:500] + bytes([data[500] ^ 0x10]) + data[501:],
        lambda _data: b"no sound at all" * 20,
    ],
    ids=["cut", "empty", "end lost", "one bit", "something else"],
)
def test_a_damaged_clip_is_made_anew_and_mended(folder, damage):
    made = a_later_session(folder)[0].synthesize("breathe in").samples
    path = next(folder.iterdir())
    path.write_bytes(damage(path.read_bytes()))
    cache, inner = a_later_session(folder)
    np.testing.assert_allclose(cache.synthesize("breathe in").samples, made, atol=1 / 32768)
    assert inner.asked == ["breathe in"]
    later, silent = a_later_session(folder)
    later.synthesize("breathe in")
    assert not silent.asked


def test_without_a_folder_it_speaks_all_the_same_and_warns_once(tmp_path, caplog):
    (tmp_path / "file").touch()
    cache, inner = a_later_session(tmp_path / "file" / "clips")
    assert cache.synthesize("hold").seconds == pytest.approx(0.4)
    assert cache.synthesize("rest").seconds == pytest.approx(0.4)
    assert inner.asked == ["hold", "rest"]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "made anew each time" in caplog.text


def test_on_a_full_disk_it_speaks_all_the_same_and_leaves_no_half_file(folder, caplog):
    cache, _ = a_later_session(folder)
    with full_disk(after_bytes=100):
        assert cache.synthesize("hold on").seconds == pytest.approx(0.7)
    assert not files(folder)
    assert len(caplog.records) == 1


def test_a_cache_that_can_only_be_read_is_read():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clips"
        Path(name).chmod(0o755)
        a_later_session(folder)[0].synthesize("hold")
        next(folder.iterdir()).chmod(0o644)
        folder.chmod(0o555)
        with without_privileges():
            cache, inner = a_later_session(folder)
            cache.synthesize("hold")
            assert not inner.asked
            cache.synthesize("rest")
            assert inner.asked == ["rest"]
        folder.chmod(0o755)
        assert len(files(folder)) == 1


def test_a_check_tells_what_to_do_where_clips_cannot_be_kept(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SpeakingError, match=r"file.*Not a directory.*VOICECOACH_CACHE"):
        a_later_session(tmp_path / "file" / "clips")[0].check()
    with full_disk(after_bytes=1000), pytest.raises(SpeakingError, match="free some space"):
        a_later_session(tmp_path)[0].check()


def test_a_check_leaves_nothing_behind(folder):
    a_later_session(folder)[0].check()
    assert not files(folder)


def test_a_full_cache_forgets_what_was_used_longest_ago(folder):
    cache, _ = a_later_session(folder)
    for age, text in enumerate(["newest text", "middle text", "oldest text"]):
        cache.synthesize(text)
        os.utime(cache._path(text), (1e9 - age, 1e9 - age))
    bound = sum(path.stat().st_size for path in folder.iterdir())
    later, _ = a_later_session(folder, most_bytes=bound)
    later.synthesize("oldest text")  # used just now
    later.synthesize("another one")
    assert later.has("oldest text")
    assert later.has("another one")
    assert not later.has("middle text")
    assert sum(path.stat().st_size for path in folder.iterdir()) <= bound


def test_a_cache_stays_within_its_bound_while_it_grows(folder):
    cache, _ = a_later_session(folder, most_bytes=60_000)
    for number in range(60):
        cache.synthesize(f"line {number}")
        assert sum(path.stat().st_size for path in folder.iterdir()) <= 60_000
    assert len(files(folder)) > 3


def test_half_written_files_of_a_crash_are_taken_away(folder):
    folder.mkdir()
    old, young = folder / "old.part", folder / "young.part"
    for path in (old, young):
        path.touch()
    crashed = young.stat().st_mtime - FORGOTTEN_SECONDS - 1
    os.utime(old, (crashed, crashed))
    a_later_session(folder)[0].tidy()
    assert files(folder) == ["young.part"]


def test_memory_holds_only_what_was_said_lately(folder):
    cache, _ = a_later_session(folder)
    for number in range(RECENT_CLIPS + 20):
        cache.synthesize(str(number))
    assert len(cache._recent) == RECENT_CLIPS


def test_memory_holds_no_long_clips(folder):
    cache, _ = a_later_session(folder)
    for text in ("hold", "a sentence that takes more than two seconds", "rest"):
        cache.synthesize(text)
    assert list(cache._recent) == ["hold", "rest"]
