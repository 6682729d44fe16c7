"""A database that lets the server's user do too little, or cannot be asked: commands say so. None
takes it for a store in which nothing was ever stored."""

import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import pytest

from etl.__main__ import main
from impact.store import condition
from impact.store.faults import LedgerAway, LedgerRefuses
from impact.store.ledger import Ledger

psycopg = pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

COMMANDS = (("check",), ("publish",), ("rebuild",), ("load", "hrmmu"), ("people", "list"))


def another(address: str, user: str) -> str:
    """The same database as another user."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(netloc=f"{user}@{parts.netloc.rpartition('@')[2]}"))


@pytest.fixture
def powerless(database) -> Iterator[str]:
    """The address of a database with a store, for a user who may do nothing in it."""
    role, word = f"reader_{secrets.token_hex(4)}", secrets.token_hex(8)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{word}'")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PGPASSWORD", word)
            yield another(database, role)
        connection.execute(f"DROP ROLE {role}")


@pytest.fixture
def machine(tmp_path, monkeypatch):
    (tmp_path / "blobs").mkdir()
    monkeypatch.setenv("IMPACT_BLOBS", str(tmp_path / "blobs"))

    def named(name: str, address: str) -> Ledger:
        monkeypatch.setenv("IMPACT_STORE", address)
        monkeypatch.setenv("IMPACT_COPY", str(tmp_path / name))
        return Ledger()

    return named


def test_a_user_without_rights_is_told_so(machine, powerless, capsys):
    ledger = machine("empty", powerless)
    for command in COMMANDS:
        assert main([*command]) == 1
        said = capsys.readouterr()
        assert "permission denied" in said.err + said.out and "nothing stored" not in said.out
    with pytest.raises(LedgerRefuses), ledger.look():
        pass


def test_a_machine_with_an_empty_disk_says_that_the_database_is_away(machine, database, capsys):
    ledger = machine("empty", database.replace(str(urlsplit(database).port), "1"))
    for command in COMMANDS:
        assert main([*command]) == 1
        said = capsys.readouterr()
        assert "nothing stored" not in said.out and "refused" in said.err
    assert [type(each) for each in condition.at_a_glance(ledger.folder)] == [LedgerAway]
    assert main(["doctor"]) == 1
    assert "wrong  store: The database of this store does not answer" in capsys.readouterr().out
