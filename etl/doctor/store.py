"""Store: what is wrong with it at a glance. `python -m etl check` reads it to its end."""

from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, NOTE, WRONG, Finding
from impact.store import condition, reviewers
from impact.store.ledger import Ledger

_ABOUT = "store"


def examine(store: Path) -> Iterator[Finding]:
    """Looks at the files of the store, and at the list of people who may accept."""
    if not Ledger(store).lived:
        yield Finding(NOTE, _ABOUT, "nothing is stored yet: run `python -m etl load`")
        return
    faults = condition.at_a_glance(store)
    yield from (Finding(WRONG, _ABOUT, str(each)) for each in faults)
    if not faults:
        yield Finding(FINE, _ABOUT, "its files are in order; `python -m etl check` reads them all")
    try:
        named = len(reviewers.reviewers(store))
    except reviewers.PeopleUnreadable as error:
        yield Finding(WRONG, "people", f"{error}; nothing can be accepted until it is mended")
        return
    if named:
        yield Finding(FINE, "people", f"{named} may accept; deaths and doubted figures need two")
    else:
        yield Finding(NOTE, "people", "nobody is named, so one person's acceptance suffices")
