"""What was decided last and what waits for somebody, as the ledger has it: numbers and times alone,
nothing of what a report says and nobody's name."""

from dataclasses import dataclass
from datetime import datetime

from impact.store import in_force, inbox, rereading
from impact.store.decision import ACCEPT, CLOCK, NOTE, NOTE_BACK
from impact.store.ledger import Ledger

# A loaded table is accepted by its loader. A note or the true time of a line decides about no
# figure, and what a new reading carries over was decided before.
_DECIDED_AT = f"""
SELECT arg_max(decided_at, number) FROM ({in_force.TOLD})
WHERE kind NOT IN {(NOTE, NOTE_BACK, CLOCK)} AND carries IS NULL
  AND NOT (kind = '{ACCEPT}' AND subject IN (SELECT document_id FROM documents))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What waits, and when somebody last did something.

    unread      uploads that wait to be read, for the first time or again
    undecided   reports that were read and have a figure about which nobody has decided, or which
                needs a second person
    decided_at  when a person decided last (UTC), by the time that counts; None where nobody has
    """

    unread: int = 0
    undecided: int = 0
    decided_at: datetime | None = None


def work(ledger: Ledger) -> Work:
    """The work of a store; a ledger is not made for it. Raises StoreBusy and what stops a store."""
    if not ledger.exists:
        return Work()
    listed = inbox.listing(ledger)
    with ledger.look(datetime.max) as connection:
        decided_at = connection.execute(_DECIDED_AT).only()
    return Work(
        unread=len(inbox.unread(ledger)) + len(rereading.pending(ledger)),
        undecided=int((listed["figures"] > listed["decided"]).sum()),
        decided_at=decided_at,
    )
