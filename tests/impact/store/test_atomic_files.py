"""Drafts: a file stands under its name whole or not at all."""

import errno
import os
import sys
import time
from pathlib import Path

import pytest

from impact.store import atomic_files


def names(folder) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_draft_takes_the_place_of_its_file_when_it_is_whole(tmp_path):
    path = tmp_path / "current"
    path.write_text("old")
    with atomic_files.drafted(path) as draft:
        draft.write_text("new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert names(tmp_path) == ["current"]


def test_a_draft_that_fails_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "current"
    path.write_text("old")
    with pytest.raises(OSError, match="full"), atomic_files.drafted(path) as draft:
        draft.write_text("ne")
        raise OSError("full")
    assert path.read_text() == "old"
    assert names(tmp_path) == ["current"]


def test_a_draft_begins_without_what_a_crash_left_of_one(tmp_path):
    for left in ("a.duckdb.part", "a.duckdb.part.wal"):
        (tmp_path / left).write_text("cut sho")
    with atomic_files.drafted(tmp_path / "a.duckdb") as draft:
        assert names(tmp_path) == []
        draft.write_text("whole")
    assert names(tmp_path) == ["a.duckdb"]


def test_a_database_whose_log_is_not_in_its_file_gets_no_name(tmp_path):
    path = tmp_path / "a.duckdb"
    with pytest.raises(OSError, match=os.strerror(errno.EIO)), atomic_files.drafted(path) as draft:
        draft.write_text("some of it")
        draft.with_name("a.duckdb.part.wal").write_text("the rest")
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc which file is flushed")
def test_a_name_that_cannot_be_flushed_is_told(tmp_path, monkeypatch):
    flush = os.fsync

    def fails(handle: int) -> None:
        if Path(f"/proc/self/fd/{handle}").readlink() == tmp_path:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fails)
    with (
        pytest.raises(OSError, match=os.strerror(errno.EIO)),
        atomic_files.drafted(tmp_path / "current") as draft,
    ):
        draft.write_text("new")


def test_only_drafts_are_removed(tmp_path):
    for name in ("a", "a.part", "b.duckdb", "b.duckdb.wal", "c.duckdb.part", "c.duckdb.part.wal"):
        (tmp_path / name).touch()
    atomic_files.remove_left(tmp_path)
    assert names(tmp_path) == ["a", "b.duckdb", "b.duckdb.wal"]


def test_a_draft_that_somebody_may_still_write_stays(tmp_path):
    for name, age in (("old.part", 3700), ("new.part", 10)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    atomic_files.remove_left(tmp_path, untouched=3600)
    assert names(tmp_path) == ["new.part"]
