"""/health: whether the figures can be read, for whoever watches over the server."""

from impact import queries
from impact.model.language import N_
from impact.store.condition import ABSENT, READABLE, watch
from pages.api import NOT_KEPT, Address, Answer, Asked, in_json, in_utc, version

# Seconds for which an answer waits for a close look at the store.
WAIT = 2.0


def answer(asked: Asked) -> Answer:
    """200 if figures are published, readable and current and nothing is wrong, else 503.

    It tells no paths and no secrets.
    """
    reader = asked.reader
    published = reader.readable()
    extent = queries.extent(reader) if published else None
    seen = watch(str(reader.folder))
    ledger, unread = seen.look(WAIT)
    faults = seen.faults()
    problems = [fault.told(asked.words) for fault in faults]
    told = {
        "status": "ok" if not problems and ledger in (READABLE, ABSENT) else "degraded",
        "problems": problems,
        "snapshot": reader.snapshot or None,
        "figures": reader.count() if published else None,
        "built_at": in_utc(extent.built_at) if published and extent else None,
        "ledger": ledger,
        "unread_uploads": unread,
        "version": version(),
    }
    if not published:
        told["status"] = "snapshot missing" if faults else "nothing published"
    return in_json(told, 200 if published and not problems else 503, **NOT_KEPT)


ADDRESSES = (
    Address(
        path="/health",
        meaning=N_(
            "snapshot, figures, ledger and version; 503 with what mends it when all is not well"
        ),
        answer=answer,
        kept=False,
    ),
)
