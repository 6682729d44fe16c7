"""The servers that the other tests stand on: they run, forget nothing and ask for a password."""

import pytest

psycopg = pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")


def test_a_database_is_empty_and_removed_with_its_test(database, postgres_address):
    from tests.shared import postgres

    with postgres.database(postgres_address) as other:
        assert other != database
        with psycopg.connect(other) as connection:
            connection.execute("CREATE TABLE kept (id int)")
        with psycopg.connect(database) as connection:
            assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(other)


def test_a_server_keeps_what_was_committed_when_it_is_killed(database, postgres_server):
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS id")
        connection.commit()
        connection.execute("INSERT INTO kept VALUES (2)")
        postgres_server.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    postgres_server.start()
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT id FROM kept").fetchall() == [(1,)]


def test_nobody_gets_in_without_the_password(database, postgres_server, monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "another")
    with pytest.raises(psycopg.OperationalError) as refused:
        psycopg.connect(database)
    assert "another" not in str(refused.value) and postgres_server.password not in str(refused)
