"""Whose file is read next: everybody gets their turn, and nothing is given out twice."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from etl.reports.turns import Turns


@dataclass(frozen=True)
class File:
    """What of an upload counts here."""

    who: str
    number: int


def files(*people: str) -> list[tuple[File, None]]:
    return [(File(who, number), None) for number, who in enumerate(people)]


def order(waiting: list) -> list[str]:
    """Whose files are read, one after another."""
    turns, left, found = Turns(), list(waiting), []
    while left:
        with turns.next(lambda: left) as work:
            found.append(work[0].who)
            left.remove(work)
    return found


def test_who_brings_one_file_waits_for_one_of_each_of_the_others():
    assert order(files("a", "a", "a", "a", "b", "c")) == ["a", "b", "c", "a", "a", "a"]


def test_one_file_of_a_person_is_read_at_a_time():
    turns, waiting = Turns(), files("a", "a", "b")
    with turns.next(lambda: waiting) as one, turns.next(lambda: waiting) as other:
        assert (one[0].who, other[0].who) == ("a", "b")
        with turns.next(lambda: waiting) as none:
            assert none is None
    with turns.next(lambda: []) as none:
        assert none is None


def test_a_person_is_free_again_whatever_became_of_the_file():
    turns, waiting = Turns(), files("a")
    for _ in range(2):
        try:
            with turns.next(lambda: waiting) as work:
                assert work == waiting[0]
                raise OSError("no space left on device")
        except OSError:
            pass


@given(st.lists(st.sampled_from("abcde"), max_size=30))
def test_every_file_is_read_once_and_each_persons_in_order(people):
    waiting = files(*people)
    assert sorted(order(waiting)) == sorted(people)
    turns, left, numbers = Turns(), list(waiting), {}
    while left:
        with turns.next(lambda: left) as work:
            numbers.setdefault(work[0].who, []).append(work[0].number)
            left.remove(work)
    assert all(each == sorted(each) for each in numbers.values())


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=30))
def test_nobody_waits_for_more_turns_than_there_are_people(people):
    found = order(files(*people))
    for who in set(people):
        assert found.index(who) < len(set(people))
