"""Garbage is searched for among what readers left behind, not among what stays."""

import gc

import pytest

from pages.parts.shell import memory


@pytest.fixture(autouse=True)
def thawed():
    """A process in which no page has run, before and after."""
    gc.unfreeze()
    memory._RUNS.clear()
    yield
    gc.unfreeze()
    memory._RUNS.clear()


def test_what_a_page_has_loaded_is_left_out_of_the_search_from_its_second_run_on():
    before = gc.get_freeze_count()
    memory.keep("heating")
    assert gc.get_freeze_count() == before
    memory.keep("heating")
    frozen = gc.get_freeze_count()
    assert frozen > before + 10_000
    run = [[] for _ in range(1000)]
    memory.keep("heating")
    # A few of what is frozen may have gone since.
    assert gc.get_freeze_count() < frozen + len(run)


def test_what_a_later_page_loads_is_left_out_too():
    for page in ("heating", "heating", "map"):
        memory.keep(page)
    kept = [[] for _ in range(1000)]
    frozen = gc.get_freeze_count()
    memory.keep("map")
    # A few of what was frozen may have gone since.
    assert gc.get_freeze_count() > frozen + len(kept) - 100


def test_garbage_is_searched_for_where_much_has_come_and_not_after_each_run():
    def searches() -> int:
        return gc.get_stats()[2]["collections"]

    gc.disable()  # Python's own searches are another matter
    try:
        for _ in range(memory.LOADED):
            memory.keep("heating")
        before = searches()
        for _ in range(10):
            memory.keep("heating")
        assert searches() == before
        # What is new is looked through so often, and stays: as after pictures were drawn.
        for _ in range(gc.get_threshold()[2] + 1):
            gc.collect(1)
        memory.keep("heating")
        assert searches() == before + 1
        memory.keep("heating")
        assert searches() == before + 1
    finally:
        gc.enable()


def test_garbage_of_a_run_is_still_collected():
    for _ in range(memory.LOADED):
        memory.keep("heating")
    left = []
    left.append(left)
    del left
    assert gc.collect() >= 1
