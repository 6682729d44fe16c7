"""What stays for as long as the server runs is left out of the search for garbage.

A search goes through every object that there is. Places, words, indicators and libraries are most
of them: that took 100 ms. What readers leave behind is searched for now and then. Streamlit would
do so at the end of every run (.streamlit/config.toml says otherwise): 20 ms of the 70 that a run
took, with 20 readers.
"""

import gc
from collections import Counter

# The run of a page, in this process, at whose begin everything that the page loads is there.
LOADED = 2
# After so many runs of pages garbage is searched for, beside Python's own searches.
OFTEN = 20
_RUNS: Counter[str] = Counter()


def keep(page: str) -> None:
    """Counts a run of a page, and takes what is there out of the search once its first run has
    loaded everything. What is garbage by then is collected before."""
    _RUNS[page] += 1
    loaded = _RUNS[page] == LOADED
    if loaded or _RUNS.total() % OFTEN == 0:
        gc.collect()
    if loaded:
        gc.freeze()
