"""Store: what is wrong with it at a glance. `python -m etl check` reads it to its end."""

from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, NOTE, WRONG, Finding
from impact.access import settings
from impact.store import condition, faults, reviewers
from impact.store.ledger import Ledger

_ABOUT = "store"
# What disk.py tells, with how much room there is.
OF_THE_DISK = (faults.StoreFull, faults.StoreReadOnly)


def examine(store: Path) -> Iterator[Finding]:
    """Looks at the files of the store, and at the list of people who may accept."""
    try:
        if condition.nothing_stored(Ledger(store)):
            yield Finding(NOTE, _ABOUT, "nothing is stored yet: run `python -m etl load`")
            return
    except faults.LedgerAway as away:
        yield Finding(WRONG, _ABOUT, str(away))
        return
    found = [each for each in condition.at_a_glance(store) if not isinstance(each, OF_THE_DISK)]
    yield from (Finding(WRONG, _ABOUT, str(each)) for each in found)
    if not found:
        yield Finding(FINE, _ABOUT, "its files are in order; `python -m etl check` reads them all")
    if settings.current().way:
        return  # who may accept is told with the accounts (access.py)
    try:
        named = len(reviewers.reviewers(store))
    except reviewers.PeopleUnreadable as error:
        yield Finding(WRONG, "people", f"{error}; nothing can be accepted until it is mended")
        return
    if named:
        yield Finding(FINE, "people", f"{named} may accept; deaths and doubted figures need two")
    else:
        yield Finding(NOTE, "people", "nobody is named, so one person's acceptance suffices")
