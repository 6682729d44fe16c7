"""Opens and reads uploads, in the turns of their people, and lays out what was found for review.

Each store has a few threads for this. They look for uploads that were received and not yet read, so
that work which a crash cut short goes on at the next start.
"""

import dataclasses
import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path

from etl.reports import apart
from etl.reports.apart import Apart
from etl.reports.formats import Refused
from etl.reports.model.document import Document
from etl.reports.model.reading import Reading
from etl.reports.opening import refusals
from etl.reports.opening.refusals import Refusal
from etl.reports.opening.sandbox import open_safely
from etl.reports.reader import too_long
from etl.reports.turns import Turns
from etl.reports.weighing import weights
from etl.reports.weighing.weights import Weights
from impact.model import dates
from impact.model.lines import one_line
from impact.store import inbox, rereading, snapshot, threads
from impact.store.condition import watch
from impact.store.faults import ReadingFails, StoreFailing, StoreFault, StoreFull, StoreReadOnly
from impact.store.inbox import Part, Upload
from impact.store.ledger import Ledger
from impact.store.ledger import Refusal as RefusedRow
from impact.store.rereading import Said
from impact.store.threads import ENDING

# Files that are read at once, of different people: the file of one that takes long, or that a
# machine's memory hardly holds, leaves room for those of others (etl/reports/turns.py).
WORKERS = 2
# Seconds between two looks for new uploads, if nobody calls `wake`.
PATIENCE = 5.0
# An upload that could not be stored waits this many seconds, then twice as long each time.
FIRST_WAIT, LONGEST_WAIT = PATIENCE, 600.0
# Seconds for which what another machine reads is left to it.
ELSEWHERE = 2.0
# The stages of an upload. "received" and "read" are words of the ledger, too.
RECEIVED, OPENING, READING, DONE = "received", "opening", "reading", "done"

# The note about a day of publication that was still to come.
AHEAD = "date_ahead"

# What keeps every report from being read, not one alone.
_OF_ALL = (OSError, StoreFull, StoreReadOnly, StoreFailing)
_LOG = logging.getLogger(__name__)


def read_upload(ledger: Ledger, upload: Upload, tell: Callable[[str], object] = str) -> list[Part]:
    """Opens and reads an upload and records what was found; `tell` hears of every stage."""
    parts = parts_of(ledger, upload, {}, tell)
    inbox.record(ledger, upload, parts)
    tell(DONE)
    return parts


def read_again(ledger: Ledger, upload: Upload, said: Said) -> None:
    """Reads one part of an upload by what a person says about it now, records and publishes it.

    Raises RuntimeError where the part, which was read once, cannot be read: the former reading
    stays in force.
    """
    for part in parts_of(ledger, upload, {said.part: said}):
        if part.name == said.part and not part.refused:
            if rereading.record(ledger, upload, part, said):
                snapshot.publish(ledger)
            return
    raise RuntimeError(f"{said.part} could not be read again")


def parts_of(
    ledger: Ledger,
    upload: Upload,
    said: Mapping[str, Said],
    tell: Callable[[str], object] = str,
) -> list[Part]:
    """What opening and reading an upload's bytes gives; stores nothing.

    said  part -> what a person has said about it since it was brought
    """
    tell(OPENING)
    opened = open_safely(inbox.content(ledger, upload.upload_id), upload.name)
    tell(READING)
    with apart.reader(_weights(ledger)) as reader:
        return [
            _part(_dated(each, upload), said.get(each.name, upload), reader, _last_day(upload))
            for each in opened
        ]


def _last_day(upload: Upload) -> date:
    """The last day on which a report may have been published. A day is added to the day of receipt
    in Kyiv: clocks of files may be set to any zone."""
    return dates.to_kyiv(upload.received_at).date() + timedelta(days=1)


def _dated(opened: Refusal | Document, upload: Upload) -> Refusal | Document:
    """A document without a date of its file that was still to come when it was received."""
    if isinstance(opened, Refusal) or opened.published[:10] <= _last_day(upload).isoformat():
        return opened
    notes = (each for each in opened.notes if each != "date_of_file")
    return dataclasses.replace(opened, published="", notes=(*notes, AHEAD))


def _weights(ledger: Ledger) -> Weights | None:
    """The weights that a store has learned, if it has any that can be read."""
    try:
        return weights.of_store(ledger.folder)
    except ValueError as error:
        _LOG.error("the store's own weights are damaged, so the shipped ones are used: %s", error)
        return None


def _part(opened: Refusal | Document, said: Upload | Said, reader: Apart, last: date) -> Part:
    """One document, read. What a person said about it goes before what the document says.

    last  the last day on which it may have been published: where its own text names a later one,
          its figures are read when a person tells the day, as theirs hang on it
    """
    if isinstance(opened, Refusal):
        return Part(name=opened.name, refused=refusals.coded(opened))
    opened = dataclasses.replace(
        opened,
        title=one_line(opened.title),
        publisher=one_line(said.publisher or opened.publisher),
        url=said.url or opened.url,
    )
    try:
        reading = reader.read(opened, said.published)
    except Refused as refused:
        if refused.code == "unforeseen":
            _LOG.error("reading %s failed: %s", opened.name, refused.detail)
        return Part(name=opened.name, refused=refused.code)
    if not said.published and reading.published > last.isoformat():
        reading = Reading(language=reading.language)
        opened = dataclasses.replace(opened, notes=(*opened.notes, AHEAD))
    return Part(
        name=opened.name,
        notes=(*_notes(opened, said, reading), *(f"unread:{each}" for each in reading.unread)),
        language=reading.language,
        title=opened.title,
        published=reading.published,
        publisher=opened.publisher,
        url=opened.url,
        text=opened.text,
        figures=tuple(each.figure for each in reading.figures),
        refusals=tuple(RefusedRow(r.position, r.reason, r.content) for r in reading.refused),
        reading=_rest(reading, opened.marks),
    )


def _notes(opened: Document, said: Upload | Said, reading: Reading) -> tuple[str, ...]:
    """Notes for a person.

    Where a person told the day, notes about the file's own day are left out; where the text does,
    the note that its day is the file's.
    """
    told: tuple[str, ...] = ()
    if said.published:
        told = ("date_of_file", "date_impossible", AHEAD)
    elif reading.published and reading.published != opened.published[:10]:
        told = ("date_of_file",)
    notes = tuple(each for each in opened.notes if each not in told)
    return (*notes, "too_long") if too_long(opened) else notes


def _rest(reading: Reading, marks: Sequence[tuple[int, str]]) -> dict:
    """What a reviewer sees beside the figures, as plain JSON."""
    return {
        "trails": {each.figure.figure_id: dict(each.trail) for each in reading.figures},
        "guesses": {
            each.figure.figure_id: list(each.guess) for each in reading.figures if each.guess
        },
        "carried": [each.figure.figure_id for each in reading.figures if each.carried],
        "marks": [list(mark) for mark in marks],
        "unplaced": [
            {"start": each.start, "end": each.end, "lacks": list(each.lacks)}
            for each in reading.unplaced
        ],
        "left_out": [
            {"start": each.start, "end": each.end, "reason": each.reason}
            for each in reading.left_out
        ],
    }


Work = tuple[Upload, Said | None]  # said: what a person said of a part that is read again


class Intake:
    """Reads what a store has received, in threads of its own.

    Call `wake` when something came in.
    """

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.stages: dict[str, str] = {}  # upload_id -> stage, for those in work
        self.failures: dict[str, str] = {}  # upload_id -> what went wrong, tried again later
        self.faults: dict[str, StoreFault] = {}  # upload_id -> what of the store is to blame
        self._waits: dict[str, tuple[float, float]] = {}  # upload_id -> (seconds, until when)
        self._turns: Turns[Work] = Turns()
        self._woken = threading.Condition()
        self._calls = 0  # how often it was woken
        for number in range(WORKERS):
            threads.start("intake", partial(self._run, tidies=not number), self.wake)

    def wake(self) -> None:
        """Says that something was received."""
        with self._woken:
            self._calls += 1
            self._woken.notify_all()

    def _run(self, tidies: bool) -> None:
        if tidies:
            self._attempt(self.ledger.tidy)
        heard = self._calls
        while not ENDING.is_set():
            self._attempt(self._read_all)
            heard = self._heard(heard)

    def _heard(self, before: int) -> int:
        """Waits until it is woken once more than so often, and not for ever; how often it was."""
        with self._woken:
            self._woken.wait_for(lambda: self._calls > before or ENDING.is_set(), PATIENCE)
            return self._calls

    def _attempt(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # the store is busy or full: the next look may succeed
            self.failures["store"] = str(error)

    def _read_all(self) -> None:
        """Reads until nothing waits, or nothing that this thread may take."""
        while self._read_one():
            self.wake()  # what waited for this one's person may be read now

    def _read_one(self) -> bool:
        """Reads the file whose turn it is; False where none is to be read by this thread."""
        with self._turns.next(self._waiting) as work:
            if work is None or ENDING.is_set():
                return False
            upload, said = work
            if said is None:
                tell = partial(self.stages.__setitem__, upload.upload_id)
                self._try(upload, partial(read_upload, self.ledger, upload, tell))
            else:
                self._try(upload, partial(read_again, self.ledger, upload, said))
        return True

    def _read_mine(self, upload: Upload, read: Callable[[], object]) -> None:
        """Reads an upload unless another machine reads it just now; then it is looked at again
        after a while."""
        with self.ledger.engine.claimed(upload.upload_id) as mine:
            if mine:
                read()
                self._waits.pop(upload.upload_id, None)
            else:
                self._waits[upload.upload_id] = (FIRST_WAIT / 2, time.monotonic() + ELSEWHERE)

    def _waiting(self) -> list[Work]:
        """What is to be read now, the oldest first: files, then parts that are read again."""
        files: list[Work] = [(each, None) for each in inbox.unread(self.ledger)]
        again = rereading.pending(self.ledger)
        self.failures.pop("store", None)
        now = time.monotonic()
        return [each for each in (*files, *again) if now >= self._until(each[0])]

    def _until(self, upload: Upload) -> float:
        """Until when an upload waits that could not be recorded."""
        return self._waits.get(upload.upload_id, (0.0, 0.0))[1]

    def _try(self, upload: Upload, read: Callable[[], object]) -> None:
        """Reads one upload. If it cannot be recorded now, the others do not wait for it."""
        key = upload.upload_id
        try:
            self._read_mine(upload, read)
            self.failures.pop(key, None)
            self.faults.pop(key, None)
            self._tell(None)
        except Exception as error:
            self._tell(error)
            if isinstance(error, StoreFault):
                self.faults[key] = error.alone()
                _LOG.warning("%s could not be read or recorded: %s", upload.name, error)
            else:
                _LOG.exception("%s could not be read or recorded", upload.name)
            self.failures[key] = str(error)
            wait = min(self._waits.get(key, (FIRST_WAIT / 2, 0))[0] * 2, LONGEST_WAIT)
            self._waits[key] = (wait, time.monotonic() + wait)
        finally:
            self.stages.pop(key, None)

    def _tell(self, error: Exception | None) -> None:
        """Tells whoever looks after the store whether reports can be read. What is wrong with one
        report says nothing of the others."""
        if error is None or isinstance(error, _OF_ALL):
            fails = ReadingFails(str(error)) if error else None
            watch(str(self.ledger.folder)).reading = fails


@cache
def intake(folder: str) -> Intake:
    """The one intake of a store in this process, started when first asked for."""
    return Intake(Ledger(Path(folder)))
