"""Every kind of damage to a store: told in a sentence, shown as well as it can be, mended by the
command that the sentence names."""

import os
import shutil

import pytest

from etl import serve
from etl.__main__ import main
from impact.store import (
    aside,
    backup,
    condition,
    identity,
    inbox,
    snapshot,
    snapshot_files,
    withholding,
)
from impact.store.faults import (
    LedgerOlder,
    StoreFault,
    StoreIncomplete,
    StoreMixed,
    StoreReadOnly,
    Withheld,
)
from impact.store.ledger import REJECT, Ledger
from impact.store.reader import Reader
from tests import combining, damages
from tests.damages import BEFORE, CLOSING, DAMAGES, NOW
from tests.made import figure, offer, once, toll

pytestmark = pytest.mark.slow

each_damage = pytest.mark.parametrize("damage", DAMAGES)
# What takes a second for each damage. tests/pages/test_damage.py asks /health about all of them.
some_damage = pytest.mark.parametrize("damage", combining.thinned([*DAMAGES], 3))


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A store to which nothing has happened, and a backup of it."""
    folder = tmp_path_factory.mktemp("sound")
    ledger = damages.filled(folder / "store")
    backup.backup(ledger, folder / "backup.tar.gz")
    return folder


@pytest.fixture
def archive(sound):
    return sound / "backup.tar.gz"


@pytest.fixture
def hurt(sound, tmp_path):
    """A copy of the store, damaged."""

    def hurt_(damage: str) -> Ledger:
        ledger = Ledger(shutil.copytree(sound / "store", tmp_path / "store"))
        DAMAGES[damage][0](ledger)
        return ledger

    return hurt_


@pytest.fixture
def etl(capsys):
    """Runs a command; returns its exit code and what it says. A trace fails the test."""

    def run(ledger: Ledger, *arguments: object) -> tuple[int, str]:
        code = main(["--store", str(ledger.folder), *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out + err

    return run


# Told


def test_check_tells_of_several_damages_at_once(hurt, etl):
    ledger = hurt("damaged reading")
    (ledger.originals / inbox.uploads(ledger)[0].upload_id).unlink()
    damages.pointer(ledger).unlink()
    code, said = etl(ledger, "check")
    assert code == 1 and said.splitlines()[-1] == "3 problems"


# Shown


@each_damage
def test_a_reader_gets_the_last_good_snapshot_or_a_sentence(damage, hurt):
    reader, shown = Reader(hurt(damage).folder), DAMAGES[damage][2]
    if shown:
        assert reader.count() == shown and reader.readable()
    else:
        with pytest.raises(StoreFault, match="No other one can be read"):
            reader.count()


@some_damage
def test_the_server_starts_and_says_what_is_wrong_where_it_cannot_mend_it(damage, hurt, capsys):
    ledger = hurt(damage)
    serve.prepare(ledger)
    said = capsys.readouterr().out
    if damage in CLOSING:
        assert DAMAGES[damage][1] in said and "is served, read-only" in said
    assert Reader(ledger.folder).count() == NOW


def test_a_snapshot_that_is_damaged_while_it_is_open_gives_way_to_the_one_before(hurt):
    ledger = hurt("damaged reading")
    reader = Reader(ledger.folder)
    assert reader.count() == NOW
    damages.truncate(damages.snapshot_file(ledger))
    assert reader.count() == BEFORE
    snapshot.publish(ledger)
    assert reader.count() == NOW


# No trace


# Every command meets every eighth damage, every second damage one command: each opens the store by
# the same door.
COMMANDS = ("load", "backup", "publish", "answer")
MEETINGS = [
    (command, damage)
    for row, damage in enumerate(DAMAGES)
    for column, command in enumerate(COMMANDS)
    if combining.ALL or (row % 2 == 0 and (row // 2 + column) % len(COMMANDS) == 0)
]


@pytest.mark.parametrize(("command", "damage"), MEETINGS)
def test_no_command_ends_in_a_trace(command, damage, hurt, etl, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(
        "id,date,place,admin_level,indicator,value,value_high,bound,unit,group,status,"
        "attributed_to,publisher,published,url,note,report_language\n"
    )
    options = {
        "load": ("curated", "--file", table),
        "backup": (tmp_path / "another.tar.gz",),
        "answer": (toll().figure_id, "no_such", "--who", "Olena", "--reason", "read"),
    }
    code, said = etl(hurt(damage), command, *options.get(command, ()))
    assert code in (0, 1) and said.strip()
    if code and damage in CLOSING and command in ("load", "publish"):
        assert DAMAGES[damage][1] in said


# Mended


@some_damage
def test_check_names_the_damage_and_the_command_that_mends_it(damage, hurt, etl, archive, sound):
    ledger = hurt(damage)
    code, said = etl(ledger, "check")
    assert code == 1 and DAMAGES[damage][1] in said
    assert "python -m etl re" in said and "Traceback" not in said
    asked = ("restore", archive) if "etl restore" in said else ("rebuild",)
    etl(ledger, *asked)
    assert etl(ledger, "check") == (0, "the store is sound\n")
    assert Reader(ledger.folder).count() == NOW
    assert set(ledger.accepted()["figure_id"]) == set(
        Ledger(sound / "store").accepted()["figure_id"]
    )


def test_rebuild_mends_what_it_can_and_lists_the_rest(hurt, etl):
    ledger = hurt("deleted original")
    another, _ = inbox.receive(ledger, b"9 killed in Sumy", "another.txt", "Olha")
    part = inbox.Part(name="another.txt", text="9 killed in Sumy", figures=())
    inbox.record(ledger, another, [part])
    (ledger.folder / "readings" / f"{inbox.document_id(another, part)}.json").unlink()
    damages.truncate(damages.snapshot_file(ledger))
    code, said = etl(ledger, "rebuild")
    assert code == 1 and "report.txt: The original of this report is missing" in said
    assert "1 readings written again" in said and "published" in said
    assert inbox.damaged(ledger) == [] and Reader(ledger.folder).count() == NOW


def test_a_damaged_ledger_is_put_aside_and_not_written_over(hurt, etl, archive):
    ledger = hurt("truncated ledger")
    before = ledger.path.read_bytes()
    etl(ledger, "restore", archive)
    (kept,) = (ledger.folder / aside.FOLDER).iterdir()
    assert kept.read_bytes() == before


# A ledger that is gone


def test_a_store_without_its_ledger_gets_no_empty_one(hurt):
    ledger = hurt("missing ledger")
    for act in (
        lambda: offer(ledger, figure(value=1.0)),
        lambda: inbox.receive(ledger, b"a report", "report.txt", "Olha"),
        lambda: ledger.decide(toll().figure_id, REJECT, "Olena", "misread"),
        lambda: snapshot.publish(ledger),
        ledger.accepted,
    ):
        with pytest.raises(StoreIncomplete, match="python -m etl restore FILE"):
            act()
    assert not ledger.exists and Reader(ledger.folder).count() == NOW


@pytest.mark.parametrize("left", ["store.toml", "originals", "readings", "published"])
def test_whatever_is_left_of_a_store_says_that_it_had_a_ledger(left, hurt):
    ledger = hurt("missing ledger")
    for name in {"store.toml", "originals", "readings", "published"} - {left}:
        path = ledger.folder / name
        path.unlink() if path.is_file() else shutil.rmtree(path)
    with pytest.raises(StoreIncomplete):
        ledger.accepted()
    assert not ledger.exists


@pytest.mark.parametrize("how", ["gone", "emptied"])
def test_a_folder_that_is_taken_away_under_a_server_is_no_new_store(how, hurt, tmp_path):
    ledger = hurt("damaged reading")
    folder, away = ledger.folder, tmp_path / "away"
    assert Reader(folder).count() == NOW
    folder.rename(away)
    if how == "emptied":
        folder.mkdir()
    assert StoreIncomplete in {type(each) for each in condition.at_a_glance(folder)}
    with pytest.raises(StoreFault):
        Reader(folder).count()
    with pytest.raises(StoreIncomplete):
        inbox.receive(ledger, b"a report", "report.txt", "Olha")
    assert not ledger.exists
    shutil.rmtree(folder)
    away.rename(folder)
    assert Reader(folder).count() == NOW and len(ledger.accepted()) == NOW
    assert condition.at_a_glance(folder) == []


def test_an_old_store_gets_its_marker_when_it_is_opened(hurt):
    ledger = hurt("damaged reading")
    store = identity.read(ledger.folder).store
    (ledger.folder / identity.NAME).unlink()
    ledger.accepted()
    assert identity.read(ledger.folder).store == store
    assert snapshot_files.shown(ledger.folder).meta.store_id == store


def test_without_a_marker_the_snapshots_tell_that_a_ledger_is_anothers(hurt):
    ledger = hurt("another ledger")
    (ledger.folder / identity.NAME).unlink()
    with pytest.raises(StoreMixed):
        snapshot.publish(ledger)
    assert Reader(ledger.folder).count() == NOW


def test_a_backup_of_another_store_is_not_restored_into_this_one(hurt, tmp_path, etl):
    other = Ledger(tmp_path / "other")
    offer(other, figure())
    backup.backup(other, tmp_path / "other.tar.gz")
    code, said = etl(hurt("missing ledger"), "restore", tmp_path / "other.tar.gz")
    assert code == 1 and "Two stores are mixed" in said


# Far fewer figures


@once
def shrink(ledger: Ledger) -> None:
    """Publishes 101 figures and takes out a document of 60 since."""
    offer(ledger, *(toll(float(value)) for value in range(41)), name="kept")
    gone = offer(ledger, *(figure(value=float(value)) for value in range(60)), name="gone")
    snapshot.publish(ledger)
    ledger.decide(gone.document_id, REJECT, "Olena", "the wrong file")


@pytest.fixture
def shrunk(ledger) -> Ledger:
    shrink(ledger)
    return ledger


def test_a_snapshot_with_far_fewer_figures_is_withheld_and_told(shrunk, etl):
    with pytest.raises(Withheld):
        snapshot.publish(shrunk)
    assert Reader(shrunk.folder).count() == 101
    code, said = etl(shrunk, "check")
    assert code == 1 and "A new snapshot of 41 figures is withheld: the last one has 101" in said
    (fault,) = condition.at_a_glance(shrunk.folder)
    assert "python -m etl publish --anyway" in str(fault) and not fault.closes
    for command in ("publish", "rebuild"):
        assert etl(shrunk, command)[0] == 1
        assert Reader(shrunk.folder).count() == 101


def test_it_is_published_when_somebody_says_so(shrunk, etl):
    etl(shrunk, "publish")
    assert etl(shrunk, "publish", "--anyway")[0] == 0
    assert Reader(shrunk.folder).count() == 41
    assert etl(shrunk, "check") == (0, "the store is sound\n")


@pytest.mark.parametrize(
    "stood, gone, withheld",
    [(60, 50, False), (60, 51, True), (500, 50, False), (500, 51, True), (1000, 100, False)],
)
def test_a_report_may_be_taken_out_and_a_tenth_of_everything_may_not(stood, gone, withheld, ledger):
    figures = [toll(float(value)) for value in range(stood)]
    offer(ledger, *figures[gone:], name="kept")
    receipt = offer(ledger, *figures[:gone], name="gone")
    snapshot.publish(ledger)
    ledger.decide(receipt.document_id, REJECT, "Olena", "the wrong file")
    assert bool(withholding.found(ledger.folder, ledger.state())) is withheld


def test_an_older_copy_of_the_ledger_is_told_however_many_figures_it_has(ledger, tmp_path, etl):
    offer(ledger, *(toll(float(value)) for value in range(9)), name="first")
    snapshot.publish(ledger)
    shutil.copy(ledger.path, tmp_path / "older.duckdb")
    offer(ledger, toll(20.0), name="second")
    snapshot.publish(ledger)
    shutil.copy(tmp_path / "older.duckdb", ledger.path)
    offer(ledger, toll(30.0), toll(31.0), name="third")
    with pytest.raises(LedgerOlder):
        snapshot.publish(ledger)
    assert "older copy" in etl(ledger, "check")[1] and Reader(ledger.folder).count() == 10
    assert etl(ledger, "publish", "--anyway")[0] == 0 and Reader(ledger.folder).count() == 11


# A full disk and a folder that nobody may write to


@pytest.fixture
def disk(sound, tmp_path):
    """The store on a small disk of its own, to be filled or made read-only."""
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only the superuser may mount a small disk")
    try:
        with damages.mounted(tmp_path / "disk") as folder:
            shutil.copytree(sound / "store", folder / "store")
            yield Ledger(folder / "store")
    except PermissionError as error:
        pytest.skip(f"no small disk can be mounted here: {error}")


DISKS = {
    "full": (damages.fill, "The disk of this store is full"),
    "read-only": (damages.make_read_only, "The folder of this store cannot be written to"),
}


@pytest.mark.parametrize("state", DISKS)
def test_a_full_or_read_only_store_is_served_and_told(state, disk, etl, capsys):
    hurt, sentence = DISKS[state]
    offer(disk, toll(40.0), name="not published yet")
    hurt(disk.folder.parent)
    serve.prepare(disk)
    assert sentence in capsys.readouterr().out
    assert Reader(disk.folder).count() == NOW
    code, said = etl(disk, "check")
    assert code == 1 and sentence in said
    with pytest.raises(StoreFault, match=sentence):
        inbox.receive(disk, bytes(3_000_000), "report.bin", "Olha")
    code, said = etl(disk, "load", "hrmmu")
    assert code == 1 and sentence in said and "28" not in said


def test_a_folder_of_originals_that_nobody_may_write_to_is_told(hurt, monkeypatch):
    """Nothing can be received then, as each file lies there before it is acknowledged."""
    ledger, access = hurt("missing snapshot"), os.access
    closed = [ledger.originals]
    monkeypatch.setattr(os, "access", lambda path, mode: path not in closed and access(path, mode))
    assert any(isinstance(each, StoreReadOnly) for each in condition.at_a_glance(ledger.folder))
    closed.clear()
    assert not any(isinstance(each, StoreReadOnly) for each in condition.at_a_glance(ledger.folder))


@pytest.mark.parametrize("state", DISKS)
def test_a_store_that_cannot_be_brought_up_to_date_stays_as_it_is(state, disk, tmp_path):
    from tests.impact.store.test_migrations import unpacked

    old = unpacked(3, disk.folder.parent / "old")
    before = old.path.read_bytes()
    DISKS[state][0](disk.folder.parent)
    with pytest.raises(StoreFault, match=DISKS[state][1]):
        old.accepted()
    assert old.path.read_bytes() == before
