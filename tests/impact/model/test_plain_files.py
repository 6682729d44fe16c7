"""What is read of a store is a file, or is told to be none at once."""

import os
from pathlib import Path

import pytest

from impact.model import plain_files


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_whatever_is_no_file_is_not_waited_for(tmp_path, make):
    make(tmp_path / "x")
    with pytest.raises(OSError, match=r"file|directory"):
        plain_files.text(tmp_path / "x")


def test_a_file_is_read_as_it_is_through_a_link_too(tmp_path):
    (tmp_path / "x").write_text("є", encoding="utf-8")
    (tmp_path / "y").symlink_to(tmp_path / "x")
    assert plain_files.text(tmp_path / "y") == "є"
    assert plain_files.content(tmp_path / "x") == "є".encode()
