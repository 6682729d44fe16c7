"""Parting: two parts of one name that an older version stored as one document."""

from collections.abc import Sequence

from impact.model import dates
from impact.store import inbox
from impact.store.inbox import Part, Upload
from impact.store.ledger import Ledger


def doubled(ledger: Ledger) -> dict[str, set[str]]:
    """Upload -> names of its parts that were read several times though nobody asked for it."""
    found: dict[str, set[str]] = {}
    with ledger.look() as connection:
        for upload, part in connection.execute(_DOUBLED).fetchall():
            found.setdefault(upload, set()).add(part)
    return found


def part(ledger: Ledger, upload: Upload, parts: Sequence[Part], names: set[str]) -> int:
    """Gives each part of an upload its own document; returns how many were added.

    parts  as they are read now, each with a name of its own
    names  those of `doubled`, which keep the words of the first part of that name

    Figures of the others stay there as well: the ledger takes nothing back.
    """
    at = dates.now()
    with ledger.connect() as connection:
        known = {
            name
            for (name,) in connection.execute(
                "SELECT part FROM readings WHERE upload_id = ?", [upload.upload_id]
            ).fetchall()
        }
        for each in parts:
            if each.name in names and not each.refused:
                inbox.keep_reading(ledger, inbox.document_id(upload, each), each)
        added = [each for each in parts if each.name not in known]
        for each in added:
            document = "" if each.refused else inbox.document_id(upload, each)
            if document:
                inbox.keep_reading(ledger, document, each)
            inbox.append_part(ledger, connection, upload, each, document, at)
    return len(added)


_DOUBLED = """
SELECT upload_id, part FROM readings
WHERE (upload_id, part) NOT IN (SELECT (said.upload_id, said.part) FROM said)
GROUP BY ALL HAVING count(*) > 1
"""
