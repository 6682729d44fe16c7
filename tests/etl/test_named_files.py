"""Files that commands are given: none of the store's own is written over, none without an end is
read."""

import os

import pytest

from etl.__main__ import main
from impact.store import snapshot
from impact.store.ledger import ACCEPT, Ledger
from tests.made import offer, toll


@pytest.fixture
def kept(ledger) -> Ledger:
    offer(ledger, toll())
    ledger.decide(toll().figure_id, ACCEPT, "Olena", "read")
    snapshot.publish(ledger)
    return ledger


@pytest.mark.parametrize("command", ["backup", "brief"])
@pytest.mark.parametrize("name", ["ledger.duckdb", "store.toml", "originals/new.tar.gz"])
def test_no_file_of_the_store_is_written_over(kept, command, name, capsys):
    before = {each: each.read_bytes() for each in kept.folder.rglob("*") if each.is_file()}
    assert main(["--store", str(kept.folder), command, str(kept.folder / name)]) == 1
    assert "lies in the store itself" in capsys.readouterr().err
    after = {each: each.read_bytes() for each in kept.folder.rglob("*") if each.is_file()}
    assert after == before


def test_a_way_around_into_the_store_is_seen(kept, tmp_path, capsys):
    (tmp_path / "elsewhere").symlink_to(kept.folder)
    file = tmp_path / "elsewhere" / "ledger.duckdb"
    assert main(["--store", str(kept.folder), "backup", str(file)]) == 1
    assert "lies in the store itself" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["backup", "brief"])
def test_what_is_no_file_is_not_replaced_by_one(kept, command, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    assert main(["--store", str(kept.folder), command, str(tmp_path / "pipe")]) == 1
    assert "is no file" in capsys.readouterr().err
    assert not (tmp_path / "pipe").is_file()


@pytest.mark.parametrize(
    "command",
    [
        ["read"],
        ["load", "temperature", "--file"],
        ["check", "--table"],
        ["restore"],
        ["bring"],
    ],
    ids=" ".join,
)
def test_what_may_never_end_is_not_read(ledger, command, tmp_path, capsys):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SystemExit) as ended:
        main(["--store", str(ledger.folder), *command, str(tmp_path / "pipe")])
    assert ended.value.code == 2
    assert "is no file" in capsys.readouterr().err


def test_hours_that_no_clock_can_wait_are_refused(ledger, capsys):
    assert main(["--store", str(ledger.folder), "watch", "--every", "1e300"]) == 1
    assert "takes hours" in capsys.readouterr().err
