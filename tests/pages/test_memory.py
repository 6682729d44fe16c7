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


def test_garbage_is_searched_for_after_some_runs_and_not_after_each():
    gc.disable()  # Python's own searches are another matter
    try:
        for _ in range(memory.LOADED):
            memory.keep("heating")
        searched = []
        for run in range(memory.LOADED + 1, 2 * memory.OFTEN + 1):
            before = gc.get_stats()[2]["collections"]
            memory.keep("heating")
            searched += [run] * (gc.get_stats()[2]["collections"] - before)
    finally:
        gc.enable()
    assert searched == [memory.OFTEN, 2 * memory.OFTEN]


def test_garbage_of_a_run_is_still_collected():
    for _ in range(memory.LOADED):
        memory.keep("heating")
    left = []
    left.append(left)
    del left
    assert gc.collect() >= 1
