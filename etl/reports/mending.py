"""Reads every upload again from its original, and writes the readings that are gone.

An upload that cannot be read is named and stops nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from etl.reports.intake import parts_of
from impact.store import inbox, parting, rereading
from impact.store.faults import StoreFault
from impact.store.inbox import Upload
from impact.store.ledger import Ledger


@dataclass(slots=True)
class Mended:
    """How many uploads were read and readings written again, and a sentence for everything else."""

    read: int = 0
    written: int = 0
    told: list[str] = field(default_factory=list)


def read_all_again(ledger: Ledger) -> Mended:
    """Reads every upload again, says what differs and writes readings that are gone or damaged."""
    found, damaged, doubled = Mended(), set(inbox.damaged(ledger)), parting.doubled(ledger)
    for upload in inbox.uploads(ledger):
        try:
            if names := doubled.get(upload.upload_id):
                parts = parts_of(ledger, upload, {})
                found.written += parting.part(ledger, upload, parts, names)
            found.told += _differences(ledger, upload)
            found.read += 1
            if damaged:
                found.written += _write_again(ledger, upload, damaged)
        except StoreFault as fault:
            found.told.append(f"{upload.name}: {fault}")
    found.told += inbox.check(ledger)
    return found


def _differences(ledger: Ledger, upload: Upload) -> list[str]:
    said = rereading.in_force(ledger, upload.upload_id)
    return inbox.differences(ledger, upload, parts_of(ledger, upload, said))


def _write_again(ledger: Ledger, upload: Upload, damaged: set[str]) -> int:
    lost = [each for each in _readings(ledger, upload) if each[0] in damaged]
    with ledger.lock():
        for document, part in lost:
            inbox.keep_reading(ledger, document, part)
    return len(lost)


def _readings(ledger: Ledger, upload: Upload) -> Iterator[tuple[str, inbox.Part]]:
    """Every reading that an upload ever had: the first one, and one for each thing said of it
    since."""
    for part in parts_of(ledger, upload, {}):
        yield inbox.document_id(upload, part), part
    for said in rereading.all_said(ledger, upload.upload_id):
        for part in parts_of(ledger, upload, {said.part: said}):
            if part.name == said.part:
                yield rereading.document_id(said), part
