"""Garbage is searched for among what readers left behind, not among what stays; of a visit nothing
stays that its page shows no more."""

import gc
import weakref
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_session_storage import MemorySessionStorage
from streamlit.testing.v1 import AppTest

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
    kept = [[] for _ in range(20_000)]
    frozen = gc.get_freeze_count()
    memory.keep("map")
    # Some hundred of what was frozen may have gone since.
    assert gc.get_freeze_count() > frozen + len(kept) / 2


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


def test_fields_that_a_page_shows_no_more_are_forgotten_but_for_the_last(monkeypatch):
    monkeypatch.setattr(memory, "LATE", 4)

    def page() -> None:
        import streamlit as st

        from pages.parts.shell import memory

        memory.forget_fields()
        number = st.session_state.setdefault("number", 0)
        st.text_input("A name", key=f"name-{number}")
        kept = st.text_input("Another", key="kept")
        if st.button("Send"):
            st.session_state["number"] = number + 1
            st.rerun()
        st.write(f"{kept}: {number}")

    test = AppTest.from_function(page).run()
    test.text_input(key="kept").input("as typed").run()
    for number in range(20):
        test.text_input(key=f"name-{number}").input("Olena")
        test.button[0].click().run()
    assert not test.exception
    assert test.markdown[0].value == "as typed: 20"
    known = test._session_state._state._new_widget_state.widget_metadata
    assert 3 <= len(known) <= 10  # those of this run and of the one before, and four


@dataclass
class Visit:
    session: SimpleNamespace


def test_visits_that_ended_are_let_go_though_nobody_comes(monkeypatch):
    storage = MemorySessionStorage(ttl_seconds=-1)
    held = []
    for name in "ab":
        visit = Visit(SimpleNamespace(id=name))
        storage.save(visit)
        held.append(weakref.ref(visit))
    del visit
    manager = SimpleNamespace(_session_mgr=SimpleNamespace(_session_storage=storage))
    monkeypatch.setattr(memory.runtime, "get_instance", lambda: manager)
    assert held[1]()
    memory.ended()
    assert not any(each() for each in held)
