"""What a disk may hold after its power was cut: what was flushed, and any part of the rest."""

import random

import pytest

from tests.crash import powerless
from tests.crash.powerless import FLUSH, REMOVE, RENAME, TRUNCATE, WRITE, Deed

OLD, NEW = b"o" * 1000, b"n" * 2000
DRAFTED = (
    Deed(WRITE, "a.part", 0, NEW[:700]),
    Deed(WRITE, "a.part", 700, NEW[700:]),
    Deed(FLUSH, "a.part"),
    Deed(RENAME, "a.part", 0, b"a"),
    Deed(FLUSH, ""),
)
BEFORE = (Deed(WRITE, "a", 0, OLD), Deed(FLUSH, "a"))


def left(*deeds: Deed) -> list[dict[str, bytes]]:
    """Disks that may be left, many of them."""
    return [powerless.left_by(deeds, random.Random(seed)) for seed in range(200)]


def test_what_was_flushed_is_there_whole():
    assert left(*BEFORE) == [{"a": OLD}] * 200


def test_of_what_was_not_flushed_there_is_all_some_or_nothing():
    lengths = {len(disk.get("a", b"")) for disk in left(Deed(WRITE, "a", 0, NEW))}
    assert {0, 512, 2000} <= lengths


def test_writes_that_were_not_flushed_come_in_any_order():
    deeds = (Deed(WRITE, "a", 0, b"x" * 512), Deed(WRITE, "a", 512, b"y" * 512))
    found = {disk.get("a") for disk in left(*deeds)}
    assert {b"x" * 512, bytes(512) + b"y" * 512, b"x" * 512 + b"y" * 512} <= found


def test_a_draft_that_was_flushed_and_renamed_is_the_old_file_or_the_new():
    assert all(disk["a"] == NEW for disk in left(*BEFORE, *DRAFTED))
    for end in range(1, len(DRAFTED)):
        assert {disk["a"] for disk in left(*BEFORE, *DRAFTED[:end])} <= {OLD, NEW}
    renamed = left(*BEFORE, *DRAFTED[:4])
    assert {disk["a"] for disk in renamed} == {OLD, NEW}


def test_a_draft_that_was_not_flushed_may_take_the_place_of_the_old_file_in_pieces():
    unflushed = [deed for deed in DRAFTED if deed.kind != FLUSH]
    assert {disk["a"] for disk in left(*BEFORE, *unflushed)} - {OLD, NEW}


@pytest.mark.parametrize(
    "deed", [Deed(REMOVE, "a"), Deed(TRUNCATE, "a", 0)], ids=["removed", "cut short"]
)
def test_what_was_taken_away_may_still_be_there(deed):
    found = {disk.get("a", b"") for disk in left(*BEFORE, deed)}
    assert found == {OLD, b""}


def test_a_record_is_read_as_it_was_written():
    record = b"W 12 3 store/a b\nx\nyS 0 0 store/a b\nR 0 1 a.part\na"
    assert list(powerless.read(record)) == [
        Deed(WRITE, "store/a b", 12, b"x\ny"),
        Deed(FLUSH, "store/a b"),
        Deed(RENAME, "a.part", 0, b"a"),
    ]
