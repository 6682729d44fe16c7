"""What stays for as long as the server runs is left out of the search for garbage.

A search goes through every object that there is. Places, words, indicators and libraries are most
of them: that took 100 ms. What readers leave behind is searched for now and then. Streamlit would
do so at the end of every run (.streamlit/config.toml says otherwise): 20 ms of the 70 that a run
took, with 20 readers.
"""

import contextlib
import ctypes
import gc
from collections import Counter

import pyarrow

# The run of a page, in this process, at whose begin everything that the page loads is there.
LOADED = 2
_RUNS: Counter[str] = Counter()
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
