"""The register of a shared store holds what a folder's does, in PostgreSQL; and what happens while
that is away."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")

import psycopg

from impact.access import logins, people, register, register_shared, settings
from impact.access.actions import Action
from impact.access.person import Person
from impact.access.remembered import Remembered
from impact.access.rules import Role
from impact.access.settings import Settings
from impact.store import condition, faults
from impact.store.ledger import Ledger
from impact.store.shared import moving
from pages.parts.shell import access
from tests import made

# What holds of a folder's register holds of this one: the same tests, with the folder of a copy.
from tests.impact.access.test_looks import *  # noqa: F403
from tests.impact.access.test_people import *  # noqa: F403
from tests.impact.access.test_people import PLAIN, claims
from tests.pages import providing
from tests.pages.asking import behind_a_proxy
from tests.shared.office import until

# These are about the file itself.
del test_only_whoever_serves_reads_the_register, test_the_browsers_word_is_kept_nowhere  # noqa: F821
del test_a_register_that_is_exchanged_or_taken_away_is_seen_at_once  # noqa: F821

IDLE = 3600.0


@pytest.fixture
def tmp_path(tmp_path, database, monkeypatch):
    """The folder of a machine's copy."""
    monkeypatch.setenv("IMPACT_STORE", database)
    monkeypatch.setenv("IMPACT_BLOBS", str(tmp_path / "blobs"))
    monkeypatch.setenv("IMPACT_COPY", str(tmp_path))
    return tmp_path


@pytest.fixture
def another(database, monkeypatch):
    """Does something on another machine, whose connections are its own."""

    def done(change, *values):
        with monkeypatch.context() as patch:
            patch.setattr(register, "_opened", lambda address: register_shared.Shared(address))
            return change(*values)

    return done


def test_nothing_of_it_lies_in_the_copy_and_the_browsers_word_lies_nowhere(tmp_path, database):
    people.add(tmp_path, "s1", "Olena Koval", Role.REVIEWER)
    begun = logins.begin(tmp_path, claims("s1"), PLAIN)
    assert not (tmp_path / register.NAME).exists()
    with psycopg.connect(database) as connection:
        kept = connection.execute("SELECT * FROM people, logins").fetchall()
    assert "Olena Koval" in str(kept) and begun.word not in str(kept)


def test_what_another_machine_takes_away_is_away_at_once(tmp_path, another):
    people.add(tmp_path, "s1", "Olena Koval", Role.REVIEWER)
    marks = [logins.digest(another(logins.begin, tmp_path, claims("s1"), PLAIN).word) for _ in "ab"]
    assert [logins.person(tmp_path, each, PLAIN).role for each in marks] == ["reviewer"] * 2
    another(logins.end, tmp_path, marks[0])
    assert logins.person(tmp_path, marks[0], PLAIN) is None
    another(people.give, tmp_path, "s1", Role.VIEWER)
    assert logins.person(tmp_path, marks[1], PLAIN).role is Role.VIEWER
    another(people.give, tmp_path, "s1", None)
    assert logins.person(tmp_path, marks[1], PLAIN) is None
    assert people.of_account(tmp_path, "s1") is None


def test_of_machines_that_add_one_name_at_once_one_does(tmp_path, another):
    def add(number: int) -> bool:
        try:
            people.add(tmp_path, f"a{number}", "Olena Koval", Role.VIEWER)
        except ValueError:
            return False
        return True

    def all_of_them() -> int:
        with ThreadPoolExecutor(8) as together:
            return sum(together.map(add, range(8)))

    assert another(all_of_them) == 1
    assert [each.name for each in people.everybody(tmp_path)] == ["Olena Koval"]


def test_a_change_that_fails_midway_leaves_no_trace(tmp_path):
    people.add(tmp_path, "a", "A", Role.VIEWER)
    with pytest.raises(RuntimeError), register.writing(tmp_path) as found:
        found.execute("DELETE FROM people")
        raise RuntimeError
    assert people.of_account(tmp_path, "a")


def test_a_database_that_restarts_is_asked_again_without_a_word(tmp_path, postgres_server):
    people.add(tmp_path, "a", "A", Role.VIEWER)
    for end in (postgres_server.stop, postgres_server.kill):
        assert people.of_account(tmp_path, "a")
        end()
        postgres_server.start()
        assert people.of_account(tmp_path, "a")
        people.give(tmp_path, "a", Role.VIEWER)


def test_while_its_database_is_away_it_says_so_at_once_and_comes_back_by_itself(
    tmp_path, postgres_server, caplog
):
    people.add(tmp_path, "a", "A", Role.VIEWER)
    postgres_server.kill()
    try:
        with caplog.at_level(logging.WARNING):
            began = time.monotonic()
            for _ in range(50):
                with pytest.raises(register.Away):
                    people.of_account(tmp_path, "a")
            assert time.monotonic() - began < 5
        with pytest.raises(register.Away):
            people.give(tmp_path, "a", None)
        [fault] = [each for each in condition.at_a_glance(tmp_path) if each.closes]
        assert isinstance(fault, faults.LedgerAway)
    finally:
        postgres_server.start()
    told = "".join(each.getMessage() for each in caplog.records)
    assert told.count("cannot be reached") == 2  # for questions, for changes
    assert postgres_server.password not in told
    back = time.monotonic() + 10
    while True:
        try:
            assert people.of_account(tmp_path, "a")
            break
        except register.Away:
            assert time.monotonic() < back
            time.sleep(0.1)


def test_who_was_known_reads_on_while_it_is_away_and_nobody_else():
    remembered, olena = Remembered(), Person("Olena", "s1", Role.REVIEWER)

    def away():
        raise register.Away("gone")

    assert remembered.known("olena", lambda: olena, IDLE).now
    found = remembered.known("olena", away, IDLE)
    assert found.person == olena and not found.now
    with pytest.raises(register.Away):
        remembered.known("taras", away, IDLE)
    with pytest.raises(register.Away):
        remembered.known("olena", away, 0.0)  # nothing is remembered for longer than told
    assert remembered.known("olena", lambda: None, IDLE).person is None
    with pytest.raises(register.Away):  # whom the register has taken away is not remembered
        remembered.known("olena", away, IDLE)


def test_whoever_was_known_decides_nothing_while_it_is_away(tmp_path, postgres_server, monkeypatch):
    """Their role may have been taken away elsewhere; nor does it count that all else is well."""
    behind_a_proxy(monkeypatch)
    monkeypatch.setattr(access, "_guarded", [True])
    monkeypatch.setattr(access, "REASONS", ())
    monkeypatch.setattr(access, "_asks", lambda: access.by_account("a"))
    people.add(tmp_path, "a", "A", Role.REVIEWER)
    assert access.closed(Action.ACCEPT) is None
    postgres_server.kill()
    try:
        assert access.present() == Person("A", "a", Role.REVIEWER)
        assert access.closed(Action.ACCEPT) == access.AT_FAULT
        with pytest.raises(access.Closed):
            access.require(access.present(), Action.ACCEPT)
    finally:
        postgres_server.start()
    until(lambda: access.closed(Action.ACCEPT) is None, 10)


def test_a_provider_who_names_an_account_as_its_own_takes_no_other_ones_place(tmp_path):
    """The account is there already, under another subject: nobody comes in by it."""
    by_group = Settings(way="oidc", claim="groups", roles={"desk": Role.REVIEWER})
    people.add(tmp_path, "https://provider.example|s1", "Olena Koval", Role.VIEWER)
    with pytest.raises(logins.NoRole):
        logins.begin(tmp_path, claims("s1", groups=["desk"]), by_group)


def test_a_cookie_secret_that_is_missing_is_asked_for_as_one_for_all_machines(
    tmp_path, monkeypatch
):
    for name, text in providing.environment(20_000, "https://impact.example.org").items():
        monkeypatch.setenv(name, text)
    assert settings.current().cookie_secret == providing.COOKIE
    monkeypatch.delenv("IMPACT_COOKIE_SECRET")
    with pytest.raises(settings.SettingsWrong, match="the same on all machines of the store"):
        settings.current()


def test_people_move_with_their_store_and_back_and_no_sign_in_does(tmp_path, monkeypatch):
    there, back = Ledger(tmp_path / "there"), Ledger(tmp_path / "back")
    monkeypatch.setenv("IMPACT_COPY", str(tmp_path / "copy"))
    (tmp_path / "blobs").mkdir()
    made.offer(there, made.figure())
    people.add(there.folder, "s1", "Olena Koval", Role.ADMIN)
    people.add(there.folder, "s2", "Taras Melnyk", Role.REVIEWER)
    people.give(there.folder, "s2", None)
    word = logins.begin(there.folder, claims("s1"), PLAIN).word
    shared = Ledger().engine
    moving.share(there.folder, shared)
    assert register.rows(shared.folder) == register.rows(there.folder)
    assert logins.person(shared.folder, logins.digest(word), PLAIN) is None
    moving.unshare(shared, back.folder)
    assert register.rows(back.folder) == register.rows(there.folder)


def test_a_store_does_not_move_to_where_others_have_roles(tmp_path, monkeypatch):
    there = Ledger(tmp_path / "there")
    monkeypatch.setenv("IMPACT_COPY", str(tmp_path / "copy"))
    (tmp_path / "blobs").mkdir()
    made.offer(there, made.figure())
    people.add(tmp_path / "copy", "s9", "Somebody Else", Role.ADMIN)
    with pytest.raises(moving.NotEmpty):
        moving.share(there.folder, Ledger().engine)
