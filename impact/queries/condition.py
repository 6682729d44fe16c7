"""How the store is that figures are shown from: what /health tells programs, told to people."""

from dataclasses import dataclass
from datetime import datetime

from impact.model.rows import Row, record
from impact.queries.sources import documents
from impact.store import snapshot_files
from impact.store.condition import ABSENT, READABLE, UNREADABLE, watch
from impact.store.faults import (
    PublishingFails,
    SnapshotFault,
    StoreFault,
    StoreIncomplete,
    Withheld,
)
from impact.store.reader import Reader
from impact.store.work import Work

# Seconds for which each look into the ledger is waited for.
WAIT = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A store at this moment. Nothing of it is secret: no path, no name, no word of a report.

    built_at  when the snapshot that is shown was made (UTC); None where there is none to show
    figures   how many figures it has
    loaded    the table that was loaded last, as `queries.documents` has it
    ledger    "readable", "busy" or "unreadable"
    work      what waits and what was decided last; None where the ledger cannot tell it now
    faults    what is wrong, as /health has it
    """

    built_at: datetime | None
    figures: int
    loaded: Row | None
    ledger: str
    work: Work | None
    faults: tuple[StoreFault, ...]

    @property
    def published(self) -> bool:
        """Whether figures were published, be it that they cannot be read now."""
        return self.built_at is not None or self.has(SnapshotFault)

    @property
    def publishes(self) -> bool:
        """Whether nothing keeps what is decided from being published."""
        kept = self.has(PublishingFails, Withheld) or self.ledger == UNREADABLE
        return not kept and not any(fault.closes for fault in self.faults)

    def has(self, *kinds: type[StoreFault]) -> bool:
        """Whether a fault of one of some kinds is there."""
        return any(isinstance(fault, kinds) for fault in self.faults)


def condition(reader: Reader) -> Condition:
    """How the store of a reader is now."""
    watching = watch(str(reader.folder))
    state, _ = watching.look(WAIT)
    faults = tuple(watching.faults())
    found: Work | None = None
    if state == ABSENT and any(isinstance(fault, StoreIncomplete) for fault in faults):
        state = UNREADABLE
    elif state in (READABLE, ABSENT):
        state, found = watching.work(WAIT)
    shown = snapshot_files.shown(reader.folder).meta
    return Condition(
        built_at=shown.built_at if shown else None,
        figures=shown.figures if shown else 0,
        loaded=_loaded(reader) if shown else None,
        ledger=state,
        work=found,
        faults=faults,
    )


def _loaded(reader: Reader) -> Row | None:
    try:
        found = documents(reader)
    except StoreFault:  # it went between two looks; the faults say so the next time
        return None
    return None if found.empty else record(found, 0)
