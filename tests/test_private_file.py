"""Files about someone's health: whole, and nobody else's; and what is no file stays what it is."""

import os
import stat
import threading

import pytest

from voicecoach.errors import ReportError
from voicecoach.private_file import open_privately


def write(path, content=b"all of it"):
    with open_privately(path, ReportError) as file:
        file.write(content)


def test_what_is_no_file_is_written_to_and_stays_what_it_is(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join()
    assert read == [b"all of it"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_is_followed(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link, file = tmp_path / "link", tmp_path / "elsewhere" / "file"
    link.symlink_to(file)
    for content in (b"first", b"second"):
        write(link, content)
    assert link.is_symlink()
    assert file.read_bytes() == b"second"
    assert [each.name for each in file.parent.iterdir()] == ["file"]


def test_a_folder_is_told_and_nothing_beside_it_is_touched(tmp_path):
    (folder := tmp_path / "folder").mkdir()
    (beside := tmp_path / "folder.new").write_text("mine")
    with pytest.raises(ReportError, match="Is a directory"):
        write(folder)
    assert beside.read_text() == "mine"
