"""A database instance is lent to one user after another, and nothing of one is left to the next."""

import functools
import threading

import duckdb
import pytest

from impact.store import database
from impact.store.database import Damaged
from impact.store.faults import StoreFailing, StoreFull

MOST = 4


@pytest.fixture
def instances():
    """Instances that this test alone lends: threads of other tests cannot take or bring one."""
    ours = database.Instances(most=MOST)
    yield ours
    for each, _ in ours.idle:
        each.close()


@pytest.fixture
def attached(instances):
    """`database.attached`, with the instances of this test."""
    return functools.partial(database.attached, instances=instances)


@pytest.fixture
def fill(attached):
    def fill_(path, text):
        with attached(path) as connection:
            connection.execute("CREATE OR REPLACE TABLE said AS SELECT ? AS text", [text])

    return fill_


@pytest.fixture
def read(attached):
    def read_(path):
        with attached(path, read_only=True) as connection:
            return connection.execute("FROM said").fetchone()[0]

    return read_


def test_one_instance_serves_one_after_another(tmp_path, fill, read, instances):
    for text in ("one", "two", "three"):
        fill(tmp_path / "a.duckdb", text)
        assert read(tmp_path / "a.duckdb") == text
    assert len(instances.idle) == 1


def test_after_many_users_a_new_instance_takes_the_place_of_the_old_one(
    tmp_path, fill, read, instances
):
    fill(tmp_path / "a.duckdb", "one")
    ((first, _),) = instances.idle
    for _ in range(database.USERS - 2):
        read(tmp_path / "a.duckdb")
    assert instances.idle == [(first, database.USERS - 1)]
    read(tmp_path / "a.duckdb")
    assert instances.idle == []
    assert read(tmp_path / "a.duckdb") == "one" and instances.idle[0][0] is not first


def test_nothing_temporary_is_left_to_the_next(tmp_path, attached):
    with attached(tmp_path / "a.duckdb") as connection:
        connection.execute("CREATE TEMP TABLE touched AS SELECT 1 AS id")
        connection.execute("CREATE TEMP VIEW seen AS FROM touched")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE never AS SELECT 1 AS id")
    with attached(tmp_path / "a.duckdb") as connection:
        assert connection.execute("SHOW ALL TABLES").fetchall() == []


def test_what_is_open_at_once_is_in_instances_of_its_own(tmp_path, attached, read, instances):
    with (
        attached(tmp_path / "a.duckdb") as one,
        attached(tmp_path / "b.duckdb") as other,
    ):
        one.execute("CREATE TABLE said AS SELECT 'a' AS text")
        other.execute("CREATE TABLE said AS SELECT 'b' AS text")
    assert (read(tmp_path / "a.duckdb"), read(tmp_path / "b.duckdb")) == ("a", "b")
    assert len(instances.idle) == 2


def test_a_file_that_was_put_in_the_place_of_another_is_the_one_that_is_read(tmp_path, fill, read):
    fill(tmp_path / "a.duckdb", "before")
    fill(tmp_path / "b.duckdb", "after")
    assert read(tmp_path / "a.duckdb") == "before"
    (tmp_path / "b.duckdb").replace(tmp_path / "a.duckdb")
    assert read(tmp_path / "a.duckdb") == "after"


def test_an_instance_in_which_something_failed_goes_to_nobody(
    tmp_path, attached, fill, read, instances
):
    fill(tmp_path / "a.duckdb", "sound")
    (tmp_path / "b.duckdb").write_bytes(b"no database at all" * 1000)
    with pytest.raises(Damaged), attached(tmp_path / "b.duckdb"):
        pass
    assert instances.idle == []
    with pytest.raises(KeyError), attached(tmp_path / "a.duckdb"):
        raise KeyError("of the caller")
    assert instances.idle == [] and read(tmp_path / "a.duckdb") == "sound"


def test_what_is_alone_may_change_its_settings(tmp_path, attached, instances):
    with attached(tmp_path / "a.duckdb", alone=True) as connection:
        connection.execute("SET memory_limit = '200MB'")
    assert instances.idle == []


def test_many_threads_at_once_leave_few_instances(tmp_path, fill, read, instances):
    def work(number: int) -> None:
        for text in ("x", "y"):
            fill(tmp_path / f"{number}.duckdb", f"{number}{text}")
            assert read(tmp_path / f"{number}.duckdb") == f"{number}{text}"

    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert [read(tmp_path / f"{number}.duckdb") for number in range(12)] == [
        f"{number}y" for number in range(12)
    ]
    assert 1 <= len(instances.idle) <= MOST + 2


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ('Failed to commit: Could not write file "a": Input/output error', StoreFailing),
        ('Failed to commit: Could not write file "a": No space left on device', StoreFull),
        ("fsync failed!", StoreFailing),
    ],
)
def test_a_write_that_failed_is_the_disks_fault_and_not_the_files(tmp_path, said, meaning):
    for kind in (duckdb.TransactionException, duckdb.FatalException):
        assert type(database.explained(kind(said), tmp_path / "a.duckdb")) is meaning
