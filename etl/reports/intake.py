"""Intake: uploads are opened, read and laid out for review, one after another, beside the pages.

One thread a store. It looks for what was received and not read, so that work which a crash cut
short goes on by itself at the next start.
"""

import threading
from collections.abc import Callable
from functools import cache

from etl.reports.reader import read_document
from etl.reports.reading import Reading
from etl.reports.refusals import Refusal
from etl.reports.sandbox import open_safely
from impact import inbox
from impact.inbox import Part, Upload
from impact.ledger import Ledger
from impact.ledger import Refusal as RefusedRow

# Seconds between two looks at a store that nobody has told of anything new.
PATIENCE = 5.0
# The stages of an upload; "received" is the ledger's word, "read" too.
RECEIVED, OPENING, READING, DONE = "received", "opening", "reading", "done"


def read_upload(ledger: Ledger, upload: Upload, tell: Callable[[str], None] = print) -> list[Part]:
    """Opens and reads an upload and records what was found; `tell` hears of every stage."""
    tell(OPENING)
    opened = open_safely(inbox.content(ledger, upload.upload_id), upload.name)
    tell(READING)
    parts = [_part(each, upload) for each in opened]
    inbox.record(ledger, upload, parts)
    tell(DONE)
    return parts


def _part(opened, upload: Upload) -> Part:
    if isinstance(opened, Refusal):
        return Part(name=opened.name, refused=opened.code)
    reading = read_document(opened, upload.published)
    if not (reading.figures or reading.unplaced or reading.rows):
        return Part(
            name=opened.name, refused="no_figures", notes=opened.notes, language=reading.language
        )
    return Part(
        name=opened.name,
        notes=opened.notes,
        language=reading.language,
        title=opened.title,
        published=upload.published or opened.published[:10],
        publisher=upload.publisher or opened.publisher,
        url=upload.url or opened.url,
        text=opened.text,
        figures=tuple(each.figure for each in reading.figures),
        refusals=tuple(RefusedRow(r.position, r.reason, r.content) for r in reading.refused),
        reading=_rest(reading),
    )


def _rest(reading: Reading) -> dict:
    """What a reviewer sees beside the figures, as plain JSON."""
    return {
        "trails": {each.figure.figure_id: dict(each.trail) for each in reading.figures},
        "unplaced": [
            {"start": each.start, "end": each.end, "lacks": list(each.lacks)}
            for each in reading.unplaced
        ],
        "left_out": [
            {"start": each.start, "end": each.end, "reason": each.reason}
            for each in reading.left_out
        ],
    }


class Intake:
    """Reads what a store has received, in a thread of its own. `wake` when something came."""

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.stages: dict[str, str] = {}  # upload_id -> stage, for those in work
        self.failures: dict[str, str] = {}  # upload_id -> what went wrong, tried again later
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Says that something was received."""
        self._woken.set()

    def _run(self) -> None:
        while True:
            try:
                self._read_all()
            except Exception as error:  # the store is busy or full: the next look may succeed
                self.failures["store"] = str(error)
            self._woken.wait(PATIENCE)
            self._woken.clear()

    def _read_all(self) -> None:
        for upload in inbox.unread(self.ledger):
            key = upload.upload_id
            try:
                read_upload(self.ledger, upload, lambda stage, key=key: self._tell(key, stage))
                self.failures.pop(key, None)
            except Exception as error:
                # One file that cannot be recorded must not keep the others waiting.
                self.failures[key] = str(error)
            finally:
                self.stages.pop(key, None)
        self.failures.pop("store", None)

    def _tell(self, upload_id: str, stage: str) -> None:
        self.stages[upload_id] = stage


@cache
def intake(folder: str) -> Intake:
    """The one intake of a store in this process, started when first asked for."""
    return Intake(Ledger(folder))
