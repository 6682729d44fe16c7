"""What pages ask of a ledger is asked once, until something is stored in it."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from impact.store import inbox, looks
from impact.store.faults import StoreUnreadable
from impact.store.ledger import Ledger


def names(ledger: Ledger) -> list[str]:
    return [each.name for each in inbox.unread(ledger)]


def receive(ledger: Ledger, name: str) -> None:
    inbox.receive(ledger, name.encode(), name, "Olha")


@pytest.fixture
def asked():
    """A question that notes who was asked."""
    asked: list[Ledger] = []

    def question(ledger: Ledger) -> list[str]:
        asked.append(ledger)
        return names(ledger)

    question.asked = asked
    return question


def test_a_question_is_asked_once_as_long_as_nothing_is_stored(ledger, asked):
    receive(ledger, "one.txt")
    assert [looks.look(ledger, asked) for _ in range(3)] == [["one.txt"]] * 3
    assert len(asked.asked) == 1


def test_what_is_stored_is_seen_at_once_whoever_stores_it(ledger, asked):
    for number, name in enumerate(("one.txt", "two.txt", "three.txt"), 1):
        receive(Ledger(ledger.folder), name)
        assert len(looks.look(ledger, asked)) == number


def test_many_who_ask_at_once_ask_once(ledger, asked):
    receive(ledger, "one.txt")
    begin = threading.Barrier(8)

    def ask(_: int) -> list[str]:
        begin.wait()
        return looks.look(ledger, asked)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == [["one.txt"]] * 8
    assert len(asked.asked) == 1


def test_a_question_that_failed_is_asked_again(ledger, asked):
    receive(ledger, "one.txt")
    looks.look(ledger, asked)
    sound = ledger.path.read_bytes()
    ledger.path.write_bytes(sound[:1000])
    with pytest.raises(StoreUnreadable):
        looks.look(ledger, asked)
    ledger.path.write_bytes(sound)
    assert looks.look(ledger, asked) == ["one.txt"]
