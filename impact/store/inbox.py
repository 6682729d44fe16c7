"""The inbox: files that people bring, from "received" to figures that await review.

Received means: the bytes lie under their SHA-256 and the ledger has a line about them. Whatever is
read later can be read again from there, so a crash at any moment loses nothing. What a person
decides about the figures is the ledger's business; nothing here publishes.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from impact.model import dates, plain_files
from impact.model.figure import Figure
from impact.model.lines import one_line
from impact.store import atomic_files, decisions, documents, in_force, numbered
from impact.store.faults import OriginalDamaged, ReadingDamaged
from impact.store.ledger import Document, Ledger, Refusal
from impact.store.snapshot_files import signature
from impact.store.transaction import Block, Transaction

SOURCE = documents.REPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file as somebody brought it; known by the SHA-256 of its bytes.

    published, publisher, url  what the person said about it; empty where the file itself may say
    """

    upload_id: str
    name: str
    size: int
    who: str
    published: str
    publisher: str
    url: str
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document found in an upload, and what was read from it.

    name      the file's name, or a member's within it ("week.zip/kyiv.pdf")
    refused   code of the reason why it could not be opened; empty when it was read
    notes     codes of what a person should know about it
    text      as the reader read it: figures quote it by offsets
    reading   what else the reader found: trails, unplaced, left out (plain JSON)
    """

    name: str
    refused: str = ""
    notes: tuple[str, ...] = ()
    language: str = ""
    title: str = ""
    published: str = ""
    publisher: str = ""
    url: str = ""
    text: str = ""
    figures: tuple[Figure, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)


def receive(
    ledger: Ledger,
    content: bytes,
    name: str,
    who: str,
    *,
    published: str = "",
    publisher: str = "",
    url: str = "",
) -> tuple[Upload, bool]:
    """Takes a file in and says whether it is new; the same bytes are one upload for ever.

    Raises ValueError when the day of publication is no ISO day, or none that can be recorded.
    Returns only when the bytes and the line are on disk.
    """
    if published:
        dates.recordable(published)
    sent = ledger.sent([content])
    with ledger.writing() as connection:
        upload = Upload(
            upload_id=hashlib.sha256(content).hexdigest(),
            name=one_line(Path(name).name)[:200] or "report",
            size=len(content),
            who=one_line(who),
            published=published,
            publisher=one_line(publisher),
            url=one_line(url),
            received_at=dates.now(),
        )
        known = connection.execute(
            f"SELECT {_UPLOAD} FROM uploads WHERE upload_id = ?", [upload.upload_id]
        ).fetchone()
        if known:
            return _upload(known), False
        if not sent:
            ledger.keep([content])
        ledger.append(connection, "uploads", {name: getattr(upload, name) for name in _COLUMNS})
    return upload, True


def unread(ledger: Ledger) -> list[Upload]:
    """Uploads that were received and not yet read, oldest first."""
    if not ledger.exists:
        return []
    with ledger.look() as connection:
        found = connection.execute(
            f"""SELECT {_UPLOAD} FROM uploads
                WHERE upload_id NOT IN (SELECT readings.upload_id FROM readings)
                ORDER BY number"""
        ).fetchall()
    return [_upload(row) for row in found]


def uploads(ledger: Ledger) -> list[Upload]:
    """Every upload, oldest first."""
    with ledger.look() as connection:
        found = connection.execute(f"SELECT {_UPLOAD} FROM uploads ORDER BY number").fetchall()
    return [_upload(row) for row in found]


def differences(ledger: Ledger, upload: Upload, parts: Sequence[Part]) -> list[str]:
    """What a new reading of an upload gives otherwise than the one in force, in words.

    Figures that a person corrected or added are no part of a reading and are not compared.
    """
    told = []
    with ledger.look() as connection:
        stored = {
            part: (refused, document)
            for part, refused, document in connection.execute(
                f"SELECT part, refused, document_id FROM ({_READINGS}) WHERE upload_id = ?",
                [upload.upload_id],
            ).fetchall()
        }
        for part in parts:
            refused, document = stored.get(part.name, (None, ""))
            if refused != part.refused:
                told.append(f"{part.name}: {part.refused or 'read'}, not {refused}")
            known = {row[0] for row in connection.execute(_AS_READ, [document]).fetchall()}
            now = {figure.figure_id for figure in part.figures}
            if known != now:
                told.append(
                    f"{part.name}: {len(now - known)} figures more, {len(known - now)} fewer"
                )
    missing = stored.keys() - {part.name for part in parts}
    return told + [f"{name}: not found any more" for name in sorted(missing)]


def content(ledger: Ledger, upload_id: str) -> bytes:
    """The bytes of an upload as they came. Raises OriginalDamaged where they are gone or other
    bytes."""
    ledger.engine.need(ledger.originals / upload_id)
    try:
        found = plain_files.content(ledger.originals / upload_id)
    except OSError as error:
        raise OriginalDamaged(error.strerror or "") from error
    if hashlib.sha256(found).hexdigest() != upload_id:
        raise OriginalDamaged("its bytes are not its hash's")
    return found


def record(ledger: Ledger, upload: Upload, parts: Sequence[Part]) -> bool:
    """Stores what was read from an upload, all of it or nothing; False if it was read before.

    Each part that could be opened becomes a document whose figures await review.
    """
    with ledger.writing() as connection:
        if connection.execute(
            "SELECT 1 FROM readings WHERE upload_id = ?", [upload.upload_id]
        ).fetchone():
            return False
        at = dates.now()
        for part in parts:
            document = "" if part.refused else document_id(upload, part)
            if document:
                keep_reading(ledger, document, part)
            append_part(ledger, connection, upload, part, document, at)
    return True


def append_part(
    ledger: Ledger, connection: Block, upload: Upload, part: Part, document: str, at: datetime
) -> None:
    """Appends one reading inside a transaction; `document` is empty where the part was refused."""
    if document:
        ledger.append_document(
            connection,
            _document(upload, part, document),
            upload.upload_id,
            part.figures,
            part.refusals,
            at,
        )
    ledger.append(
        connection,
        "readings",
        {
            "upload_id": upload.upload_id,
            "part": part.name,
            "refused": part.refused,
            "notes": " ".join(part.notes),
            "language": part.language,
            "document_id": document,
            "read_at": at,
        },
    )


def document_id(upload: Upload, part: Part) -> str:
    """SHA-256 of the upload and the part's name: one report in one file is one document."""
    return hashlib.sha256(f"{upload.upload_id}/{part.name}".encode()).hexdigest()


def reading(ledger: Ledger, document: str) -> dict[str, Any]:
    """What was read from a document besides its figures: text, trails, unplaced, left out.

    Raises ReadingDamaged where it is gone, altered or no such thing.
    """
    path = reading_path(ledger, document)
    ledger.engine.need(path)
    try:
        kept = plain_files.text(path)
        # Readings of versions before had no digest.
        text, _, digest = kept.partition("\n")
        found = json.loads(text)
    except (OSError, ValueError) as error:
        raise ReadingDamaged(str(error)) from error
    if digest and digest != _digest(text):
        raise ReadingDamaged("it is not as it was kept")
    if not isinstance(found, dict) or not found.keys() >= set(_ABOUT):
        raise ReadingDamaged("it lacks what every reading has")
    return found


def damaged(ledger: Ledger) -> list[str]:
    """Documents whose reading is gone or damaged."""
    with ledger.look() as connection:
        documents = connection.execute(
            "SELECT document_id FROM readings WHERE refused = '' ORDER BY number"
        ).fetchall()
    return [document for (document,) in documents if not _readable(ledger, document)]


def check(ledger: Ledger) -> list[str]:
    """What is wrong with the readings beside the ledger, a sentence each."""
    return [
        f"what was read from document {document} is missing or damaged: run `python -m etl rebuild`"
        for document in damaged(ledger)
    ]


def _readable(ledger: Ledger, document: str) -> bool:
    path = reading_path(ledger, document)
    return _is_readable(ledger.folder, document, signature(path))


@lru_cache(maxsize=100_000)
def _is_readable(folder: Path, document: str, _signature: tuple[int, ...]) -> bool:
    """Reads each reading once for as long as it stays as it is."""
    with contextlib.suppress(ReadingDamaged):
        return bool(reading(Ledger(folder), document))
    return False


def listing(ledger: Ledger) -> pd.DataFrame:
    """Every part of every upload as last read, newest first; `state` is received, refused or read.

    figures counts those proposed, decided those that a person has accepted or rejected, halfway
    those that one person has accepted and a second must. One that was put in the place of another
    counts with it. said_by is who named day, publisher or link, empty where the report did;
    wrong_clock whether the time of its receipt is that of a clock that stood wrong.
    """
    if not ledger.exists:
        return pd.DataFrame(columns=_LISTED)
    with ledger.look() as connection:
        found = connection.execute(_LISTING).df()
        found["wrong_clock"] = found["number"].isin(numbered.wrong(connection, "uploads"))
    return found


def proposed(ledger: Ledger, document: str) -> pd.DataFrame:
    """A document's figures with what was decided about each (in_force.FIGURES) and its state."""
    with ledger.look() as connection:
        return rows_of(connection, document)


def rows_of(connection: Transaction, document: str) -> pd.DataFrame:
    """The same within a transaction."""
    return decisions.with_states(connection, connection.execute(_PROPOSED, [document]).df())


def reading_path(ledger: Ledger, document: str) -> Path:
    """The file that keeps what was read from a document."""
    return ledger.folder / "readings" / f"{document}.json"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def keep_reading(ledger: Ledger, document: str, part: Part) -> None:
    """Keeps what was read from a part besides its figures, on disk before the ledger speaks of
    it: a line of JSON, and a line with its SHA-256."""
    about = {name: getattr(part, name) for name in _ABOUT}
    text = json.dumps({**about, **part.reading}, ensure_ascii=False)
    path = reading_path(ledger, document)
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_files.drafted(path) as draft:
        draft.write_text(f"{text}\n{_digest(text)}", encoding="utf-8")
    ledger.engine.keep(path)


def _document(upload: Upload, part: Part, document: str) -> Document:
    return Document(
        document_id=document,
        source=SOURCE,
        name=part.name,
        size=upload.size,
        title=part.title,
        publisher=part.publisher,
        url=part.url,
    )


# What a reading keeps of its part: a figure that is added later says it too.
_ABOUT = ("text", "language", "title", "published", "publisher", "url")
_COLUMNS = tuple(Upload.__dataclass_fields__)
_UPLOAD = ", ".join(_COLUMNS)


def _upload(row: Sequence[Any]) -> Upload:
    return Upload(**dict(zip(_COLUMNS, row, strict=True)))


_LISTED = (
    *("upload_id", "name", "size", "who", "received_at", "part", "refused", "notes", "language"),
    *("document_id", "title", "publisher", "figures", "decided", "halfway", "accepted", "said_by"),
    *("state", "number", "wrong_clock"),
)
# The figures of a document that the reader gave: a person's own are not among them.
_AS_READ = f"""
SELECT figure_id FROM statements WHERE document_id = ? AND figure_id NOT IN (
    SELECT written.figure_id FROM ({in_force.WRITTEN}) AS written)
"""
# Of several readings of one part the latest is in force.
_READINGS = """
SELECT * FROM readings
QUALIFY row_number() OVER (PARTITION BY upload_id, part ORDER BY number DESC) = 1
"""

_LISTING = f"""
WITH counted AS (
    SELECT document_id, count(*) AS figures,
           count(*) FILTER (verdict IN ('accept', 'reject', 'withdraw')) AS decided,
           count(*) FILTER (verdict = 'propose') AS halfway,
           count(*) FILTER (verdict = 'accept') AS accepted
    -- Of what uploads state alone: tables state a million figures, and none waits for anybody.
    FROM (FROM statements WHERE document_id IN (SELECT document_id FROM readings))
    JOIN ({in_force.FIGURES}) USING (figure_id)
    WHERE replaced_by = '' AND NOT taken_back
    GROUP BY document_id
), last_said AS (
    SELECT upload_id, part, who FROM said
    QUALIFY row_number() OVER (PARTITION BY upload_id, part ORDER BY number DESC) = 1
)
SELECT uploads.upload_id, uploads.name, uploads.size, uploads.who, uploads.received_at,
       coalesce(readings.part, uploads.name) AS part, coalesce(readings.refused, '') AS refused,
       coalesce(readings.notes, '') AS notes, coalesce(readings.language, '') AS language,
       coalesce(readings.document_id, '') AS document_id,
       coalesce(documents.title, '') AS title, coalesce(documents.publisher, '') AS publisher,
       coalesce(counted.figures, 0) AS figures, coalesce(counted.decided, 0) AS decided,
       coalesce(counted.halfway, 0) AS halfway, coalesce(counted.accepted, 0) AS accepted,
       coalesce(last_said.who, CASE WHEN uploads.published = '' THEN '' ELSE uploads.who END)
           AS said_by,
       CASE WHEN readings.upload_id IS NULL THEN 'received'
            WHEN readings.refused <> '' THEN 'refused' ELSE 'read' END AS state, uploads.number
FROM uploads
LEFT JOIN ({_READINGS}) AS readings USING (upload_id)
LEFT JOIN documents USING (document_id)
LEFT JOIN counted USING (document_id)
LEFT JOIN last_said ON last_said.upload_id = uploads.upload_id AND last_said.part = readings.part
ORDER BY uploads.number DESC, readings.part
"""

_PROPOSED = f"""
SELECT figures.*, in_force.* EXCLUDE (figure_id)
FROM statements JOIN figures USING (figure_id)
JOIN ({in_force.FIGURES}) AS in_force USING (figure_id)
WHERE statements.document_id = ? AND NOT taken_back
ORDER BY figures."start" NULLS LAST, figures."end" DESC, figure_id
"""
