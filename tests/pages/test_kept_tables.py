"""What pages keep for all readers does not grow by being read, whatever keeps it."""

import gc

from impact.model import copies
from tests.pages.driving import PAGES
from tests.pages.reading import open_page

# How many copies that are gone a column may have noted for a moment, of a table that is not kept:
# pandas itself drops them at 500, and a page leaves up to 400 with a column.
PASSING = 10


def test_no_page_leaves_copies_with_a_table_that_stays(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))
    forget = copies.forget
    # A server's thread may be at work here, begun by another test.
    monkeypatch.setattr(copies, "forget", lambda: None)
    gc.unfreeze()  # pages leave what they have loaded out of the search
    gc.collect()  # else a column that stays may lie where one lay that is counted before
    before = gone()
    for _ in range(2):
        for page in PAGES:
            assert not open_page(page, folded=True).exception
    gc.unfreeze()
    gc.collect()
    assert most(gone(), before) > PASSING  # else pandas forgets by itself, and nobody need
    forget()
    assert most(gone(), before) <= PASSING


def gone() -> dict[int, int]:
    """How many copies that are gone are noted with each column of all tables that there are."""
    noted = [each for each in gc.get_objects() if type(each).__name__ == "BlockValuesRefs"]
    return {id(each): sum(copy() is None for copy in each.referenced_blocks) for each in noted}


def most(now: dict[int, int], before: dict[int, int]) -> int:
    """The most that came to one column: other tests keep tables of their own."""
    return max(count - before.get(column, 0) for column, count in now.items())
