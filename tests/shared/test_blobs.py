"""Bytes that several machines share: in a folder, and in object storage that is killed."""

import contextlib
import hashlib
import os
import threading
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from impact.store.faults import OriginalDamaged, StorageAway, StoreFault
from impact.store.shared.blobs import open_blobs

pytest.importorskip("obstore", reason="requirements-shared.lock is not installed")

CONTENT = b"Kharkiv: 40 000 without power"
ORIGINAL = f"originals/{hashlib.sha256(CONTENT).hexdigest()}"
SNAPSHOT = "published/20261129T200000.duckdb"
SECRET = "dRk3vQ8zW1mX7bT5nJ2cR9fH6pL4sG0y"


@pytest.fixture
def folder(tmp_path):
    shared = tmp_path / "share"
    shared.mkdir()
    return shared


@pytest.fixture(params=["folder", "s3"])
def address(request, folder) -> str:
    if request.param == "folder":
        return str(folder)
    return request.getfixturevalue("object_storage").address + "/winter/2026"


@pytest.fixture
def blobs(address):
    return open_blobs(address)


def test_what_is_put_is_there_for_another_machine(blobs, address, tmp_path):
    other = open_blobs(address)
    assert not other.has(ORIGINAL)
    blobs.put(ORIGINAL, CONTENT)
    assert other.has(ORIGINAL) and other.get(ORIGINAL) == CONTENT
    other.fetch(ORIGINAL, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == CONTENT


def test_a_large_file_is_put_and_fetched_whole(blobs, tmp_path):
    large = tmp_path / "built.duckdb"
    large.write_bytes(os.urandom(13_000_001))
    blobs.put(SNAPSHOT, large)
    blobs.fetch(SNAPSHOT, tmp_path / "copy.duckdb")
    assert (tmp_path / "copy.duckdb").read_bytes() == large.read_bytes() == blobs.get(SNAPSHOT)


def test_nothing_is_something_too(blobs, tmp_path):
    blobs.put("readings/empty.json", b"")
    blobs.fetch("readings/empty.json", tmp_path / "copy")
    assert blobs.get("readings/empty.json") == (tmp_path / "copy").read_bytes() == b""


def test_the_same_bytes_put_twice_are_kept_once(blobs):
    for _ in range(2):
        blobs.put(ORIGINAL, CONTENT)
    assert blobs.names("originals") == [ORIGINAL] and blobs.get(ORIGINAL) == CONTENT


def test_names_are_those_of_one_folder_in_order(blobs):
    assert blobs.names("readings") == []
    for name in ("readings/b.json", "readings/a.json", "readings-of-others/c.json", SNAPSHOT):
        blobs.put(name, b"{}")
    assert blobs.names("readings") == ["readings/a.json", "readings/b.json"]
    blobs.remove("readings/a.json")
    blobs.remove("readings/a.json")
    assert blobs.names("readings") == ["readings/b.json"]


def test_a_name_that_is_not_there_is_told_by_its_name(blobs, tmp_path):
    with pytest.raises(FileNotFoundError, match=SNAPSHOT):
        blobs.get(SNAPSHOT)
    with pytest.raises(FileNotFoundError, match=SNAPSHOT):
        blobs.fetch(SNAPSHOT, tmp_path / "copy")
    assert list(tmp_path.glob("copy*")) == []


def test_an_original_with_other_bytes_is_neither_kept_nor_given(blobs, address, tmp_path):
    with pytest.raises(OriginalDamaged):
        blobs.put(ORIGINAL, CONTENT + b"0")
    assert not blobs.has(ORIGINAL)
    blobs.put(ORIGINAL, CONTENT)
    # Spoiled behind our back: by another name that leads to the same place.
    deeper = open_blobs(f"{address}/originals")
    deeper.put(ORIGINAL.removeprefix("originals/"), b"spoiled")
    with pytest.raises(OriginalDamaged):
        blobs.get(ORIGINAL)
    with pytest.raises(OriginalDamaged):
        blobs.fetch(ORIGINAL, tmp_path / "copy")
    assert list(tmp_path.glob("copy*")) == []


@pytest.mark.parametrize(
    "name",
    ["", "/etc/passwd", "../ledger.duckdb", "originals/../x", "a//b", "a/", "a b", ".x", "ї"],
)
def test_a_name_that_leaves_its_place_is_none(blobs, name, tmp_path):
    for verb in (blobs.get, blobs.has, blobs.names, blobs.remove):
        with pytest.raises(ValueError):
            verb(name)
    with pytest.raises(ValueError):
        blobs.put(name, b"")
    with pytest.raises(ValueError):
        blobs.fetch(name, tmp_path / "copy")


@contextlib.contextmanager
def writing(address: str, name: str, contents: Sequence[bytes]):
    """Machines that put the same name over and over, each with bytes of its own."""
    ended = threading.Event()

    def write(content: bytes) -> None:
        while not ended.is_set():
            open_blobs(address).put(name, content)

    with ThreadPoolExecutor(len(contents)) as machines:
        writers = [machines.submit(write, each) for each in contents]
        try:
            yield
        finally:
            ended.set()
    for each in writers:
        each.result()


def read_for(seconds: float, address: str, name: str) -> list[bytes]:
    until, blobs = time.monotonic() + seconds, open_blobs(address)
    seen = []
    while time.monotonic() < until:
        seen.append(blobs.get(name))
    return seen


def test_a_folders_reader_beside_many_writers_sees_whole_bytes_only(folder):
    name = "readings/one.json"
    versions = [bytes([each]) * 300_000 for each in range(4)]
    open_blobs(str(folder)).put(name, versions[0])
    with writing(str(folder), name, versions):
        seen = read_for(1, str(folder), name)
    assert len(seen) > 5 and set(seen) <= set(versions)
    assert [each.name for each in (folder / "readings").iterdir()] == ["one.json"]


@pytest.mark.slow
def test_an_original_that_many_machines_bring_is_never_in_pieces(address):
    # The server for trial empties an object before it writes it anew: none may be put twice.
    open_blobs(address).put(ORIGINAL, CONTENT)
    with writing(address, ORIGINAL, [CONTENT] * 4):
        assert set(read_for(1, address, ORIGINAL)) == {CONTENT}


def test_a_share_that_is_not_mounted_takes_nothing(folder):
    blobs = open_blobs(f"file://{folder}")
    blobs.put(ORIGINAL, CONTENT)
    folder.rename(folder.with_name("unmounted"))
    for verb in (blobs.get, blobs.has, blobs.names, blobs.remove):
        with pytest.raises(StorageAway):
            verb(ORIGINAL)
    with pytest.raises(StorageAway):
        blobs.put(ORIGINAL, CONTENT)
    assert not folder.exists()


def test_storage_that_is_killed_is_away_and_back_by_itself(object_storage, tmp_path):
    blobs = open_blobs(object_storage.address)
    blobs.put(ORIGINAL, CONTENT)
    object_storage.kill()
    for verb in (blobs.get, blobs.has, blobs.names, blobs.remove):
        began = time.monotonic()
        with pytest.raises(StorageAway):
            verb(ORIGINAL)
        assert time.monotonic() - began < 15
    with pytest.raises(StorageAway):
        blobs.put(SNAPSHOT, CONTENT)
    object_storage.start()
    assert blobs.get(ORIGINAL) == CONTENT and not blobs.has(SNAPSHOT)


def test_storage_that_is_killed_while_it_sends_leaves_no_half_file(object_storage, tmp_path):
    blobs = open_blobs(object_storage.address)
    blobs.put(SNAPSHOT, os.urandom(60_000_000))
    kept = tmp_path / "copy.duckdb"
    away = []

    def fetch() -> None:
        try:
            blobs.fetch(SNAPSHOT, kept)
        except StorageAway as fault:
            away.append(fault)

    reader = threading.Thread(target=fetch)
    reader.start()
    until = time.monotonic() + 20
    while not any(each.stat().st_size for each in tmp_path.glob("copy*")):
        assert time.monotonic() < until
    object_storage.kill()
    reader.join(60)
    assert len(away) == 1 and list(tmp_path.glob("copy*")) == []


def test_storage_that_is_killed_while_it_notes_an_object_lists_them_afterwards(object_storage):
    """The server for trial writes its notes in place, and gave no list any more after that."""
    blobs = open_blobs(object_storage.address)
    blobs.put("readings/a.json", b"{}")
    object_storage.kill()
    notes = max(
        object_storage.folder.rglob("*metadata.json"), key=lambda each: each.stat().st_mtime
    )
    notes.write_text("")
    object_storage.start()
    assert blobs.names("readings") == ["readings/a.json"]
    assert blobs.get("readings/a.json") == b"{}"


def test_storage_that_is_killed_while_it_takes_keeps_what_it_acknowledged(object_storage):
    """What broke off is put again. What is there meanwhile is not looked at: this server, unlike
    S3, writes over the former bytes in their place, and a snapshot's digest tells."""
    blobs = open_blobs(object_storage.address)
    former, newer = os.urandom(1_000), os.urandom(40_000_000)
    for delay in (0.02, 0.1, 0.3):
        blobs.put(SNAPSHOT, former)
        killer = threading.Timer(delay, object_storage.kill)
        killer.start()
        try:
            blobs.put(SNAPSHOT, newer)
            acknowledged = True
        except StorageAway:
            acknowledged = False
        killer.join()
        object_storage.start()
        if not acknowledged:
            blobs.put(SNAPSHOT, newer)
        assert blobs.get(SNAPSHOT) == newer


def told(error: BaseException) -> str:
    """All that a log would hold of an error: its words, its detail and what led to it."""
    detail = error.detail if isinstance(error, StoreFault) else ""
    return "".join(traceback.format_exception(error)) + detail + repr(error)


def provoked(object_storage, monkeypatch, what: str) -> None:
    """Has one thing go wrong, each in another way."""
    port = object_storage.environment["AWS_ENDPOINT_URL"].rpartition(":")[2]
    address = object_storage.address
    match what:
        case "another key":
            monkeypatch.setenv("AWS_ACCESS_KEY_ID", SECRET)
        case "no bucket":
            address = f"s3://another/{SECRET[:4].lower()}"
        case "no server":
            object_storage.kill()
        case "user in the endpoint":
            monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://user:{SECRET}@127.0.0.1:{port}")
        case "user in the address":
            address = f"s3://user:{SECRET}@impact/winter"
        case "no host":
            monkeypatch.setenv("AWS_ENDPOINT_URL", "http://nowhere.invalid:9")
        case "no http beyond this machine":
            monkeypatch.setenv("AWS_ENDPOINT_URL", "http://192.0.2.1:9")
        case "no scheme":
            monkeypatch.setenv("AWS_ENDPOINT_URL", f"127.0.0.1:{port}")
        case "another scheme":
            address = f"https://user:{SECRET}@127.0.0.1/impact"
        case "no key":
            monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    open_blobs(address).put(SNAPSHOT, CONTENT)


WRONG = (
    "another key", "no bucket", "no server", "user in the endpoint", "user in the address",
    "no host", "no http beyond this machine", "no scheme", "another scheme", "no key",
)  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_no_error_holds_a_key_or_a_full_address(object_storage, monkeypatch, what):
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
    with pytest.raises((StorageAway, ValueError)) as raised:
        provoked(object_storage, monkeypatch, what)
    said = told(raised.value)
    # The lines of this file that pytest shows stand for no log; they name SECRET, never its text.
    assert SECRET not in said and SECRET[:12] not in said
    assert "127.0.0.1:" not in said
    assert raised.value.__context__ is None or isinstance(raised.value.__context__, ValueError)


def test_a_fault_says_what_it_is_without_the_storages_words(object_storage, monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAANOTHER")
    with pytest.raises(StorageAway) as refused:
        open_blobs(object_storage.address).get(SNAPSHOT)
    assert refused.value.detail == "InvalidAccessKeyId"
    with pytest.raises(StorageAway) as absent:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "S3RVER")
        open_blobs("s3://another").get(SNAPSHOT)
    assert absent.value.detail == "NoSuchBucket"


@pytest.mark.parametrize("address", ["", "s3://", "s3:impact", "https://host/x", "file://host/x"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="IMPACT_BLOBS"):
        open_blobs(address)
