"""What stays for as long as the server runs is left out of the search for garbage; what no page
shows any more does not stay.

A search goes through every object that there is. Places, words, indicators and libraries are most
of them: that took 100 ms. What readers leave behind is searched for now and then. Streamlit would
do so at the end of every run (.streamlit/config.toml says otherwise): 20 ms of the 70 that a run
took, with 20 readers.
"""

import asyncio
import contextlib
import ctypes
import gc
from collections import Counter
from typing import Any

import pyarrow
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

# The run of a page, in this process, at whose begin everything that the page loads is there.
LOADED = 2
_RUNS: Counter[str] = Counter()
# Seconds between two looks at visits that have ended.
LOOK = 30.0
# So many fields of pages that were drawn anew may still be pressed.
LATE = 100
# Names of glibc's options (malloc.h): how many heaps there may be.
_ARENA_MAX = -8


def spare() -> None:
    """Lets freed memory be used again by all threads: each run of a page is a thread of its own,
    and would else find a heap of its own."""
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    # Where there is no glibc there is no such option.
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def keep(page: str) -> None:
    """Counts a run of a page, and takes what is there out of the search once its first run has
    loaded everything. What is garbage by then is collected before.

    Garbage is also searched for where much has come and stayed since the last search: after
    pictures were drawn, or some runs of drawn pages. Python itself waits until it is a quarter of
    all.
    """
    _RUNS[page] += 1
    loaded = _RUNS[page] == LOADED
    if loaded or gc.get_count()[2] > gc.get_threshold()[2]:
        gc.collect()
    if loaded:
        gc.freeze()


def forget_fields() -> None:
    """Drops, before a page runs, what is known of fields that its visit shows no more, but for the
    last ones: a key that comes late is of a page that was drawn anew meanwhile. Streamlit keeps it
    as long as the visit lasts: of whoever reviews all day, some kilobytes a figure.

    What a field holds that is shown is among the states; how it is read is told anew in each run.
    """
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    state = context.session_state._state
    known = state._new_widget_state
    shown = {*known.states, *state._old_state}
    gone = [each for each in known.widget_metadata if each not in shown]
    for each in gone[:-LATE]:
        del known.widget_metadata[each]


async def forget_visits() -> None:
    """Lets go of visits that ended two minutes ago, as long as the server runs. Streamlit does so
    when another one ends, and of the last ones never."""
    while True:
        await asyncio.sleep(LOOK)
        ended()


def ended() -> None:
    """Lets go of the visits that nobody can take up again."""
    manager: Any = runtime.get_instance()._session_mgr
    manager._session_storage._cache.expire()
