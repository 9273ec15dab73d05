import numpy as np
import pytest
import soundfile

from bench.recordings import READ_AFTER, READ_BEFORE, Recording, labelled, over_reading, thin
from voicecoach.errors import VoicecoachError
from voicecoach.sound.audio import RATE_HZ


def test_a_folder_a_phrase_is_named_after_what_is_said(tmp_path):
    for name in ("pain_worse/a.wav", "pain_worse/b.FLAC", "_talk/c.ogg", "stop/notes.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.touch()
    told = {(each.path.name, each.label) for each in labelled(tmp_path)}
    assert told == {("a.wav", "pain worse"), ("b.FLAC", "pain worse"), ("c.ogg", "")}


def test_a_file_of_labels_is_taken_before_the_names_of_folders(tmp_path):
    (tmp_path / "stop").mkdir()
    (tmp_path / "stop" / "a.wav").touch()
    (tmp_path / "labels.csv").write_text("path,label\nstop/a.wav,stop please\nb.wav,\n", encoding="utf-8")
    assert labelled(tmp_path) == [
        Recording(tmp_path / "stop" / "a.wav", "stop please"),
        Recording(tmp_path / "b.wav", ""),
    ]


def test_a_folder_without_labels_is_told_with_what_it_needs(tmp_path):
    with pytest.raises(VoicecoachError, match=r"labels\.csv"):
        labelled(tmp_path)


def test_labels_without_their_columns_are_told(tmp_path):
    (tmp_path / "labels.csv").write_text("file,text\na.wav,stop\n", encoding="utf-8")
    with pytest.raises(VoicecoachError, match="path and label"):
        labelled(tmp_path)


def test_a_part_of_a_set_has_every_label_still(tmp_path):
    found = [Recording(tmp_path / f"{n}", label) for label in ("stop", "go", "") for n in range(4)]
    assert [each.label for each in thin(found, 3)] == ["stop", "stop", "go", "go", "", ""]
    assert [each.label for each in thin(found, 10)] == ["stop", "go", ""]
    assert thin(found, 1) == found


def test_a_part_of_a_set_is_the_same_in_each_run_and_does_not_follow_its_order(tmp_path):
    found = [Recording(tmp_path / f"{n}", "stop") for n in range(60)]
    part = thin(found, 6)
    assert part == thin(found, 6)
    assert {int(each.path.name) % 6 for each in part} != {0}


def test_others_read_softer_from_before_a_word_to_after_it(tmp_path):
    generator = np.random.default_rng(1)
    soundfile.write(tmp_path / "reading.wav", generator.uniform(-0.5, 0.5, 30 * RATE_HZ), RATE_HZ)
    (tmp_path / "manifest.csv").write_text(
        "path,kind,label\nreading.wav,background_speech,\n", encoding="utf-8"
    )
    word = np.full(RATE_HZ, 0.5, np.float32)
    over = over_reading(tmp_path, 20)(word)
    assert len(over) == READ_BEFORE + len(word) + READ_AFTER
    around = np.concatenate((over[:READ_BEFORE], over[-READ_AFTER:]))
    assert 0.01 < np.sqrt(np.mean(around**2)) < 0.06
    assert np.all(around[:: RATE_HZ // 100] != 0)
