"""What stays for as long as the server runs is left out of the search for garbage.

Streamlit collects garbage at the end of every run of a page, and goes through every object that
there is. Places, words, indicators and libraries are most of them: that took 100 ms a run.
"""

import gc
from collections import Counter

# The run of a page, in this process, at whose begin everything that the page loads is there.
LOADED = 2
_RUNS: Counter[str] = Counter()


def keep(page: str) -> None:
    """Counts a run of a page, and takes what is there out of the search once its first run has
    loaded everything. What is garbage by then is collected before."""
    _RUNS[page] += 1
    if _RUNS[page] == LOADED:
        gc.collect()
        gc.freeze()
