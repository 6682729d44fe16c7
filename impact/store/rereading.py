"""Rereading: what a person says of a report after it was read, and the reading that follows.

"Overnight" depends on the day of publication, and every figure carries publisher and address: what
is said anew makes a new reading, a document of its own. The former one stays in the ledger; the
latest is in force. Whoever says so has decided about no figure: where a figure is another one now,
by its day, publisher or link, it waits for a decision again, and its former one keeps its place
until then. A decided figure that does not come out again keeps its decision and is listed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from impact.model import dates
from impact.model.figure import NAMES, Figure, as_record
from impact.model.language import N_
from impact.model.lines import one_line
from impact.model.rows import Row, records
from impact.store import in_force as verdicts
from impact.store import inbox
from impact.store.decision import DisputeDetail, LinkDetail, VerdictDetail
from impact.store.inbox import Part, Upload
from impact.store.ledger import ACCEPT, DISPUTE, PROPOSE, REJECT, REOPEN, Decision, Ledger
from impact.store.transaction import Transaction

REREAD = N_("read again with another day of publication, publisher or link")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person says of one part of an upload; an empty field leaves it to the report.

    number  orders what was said: the latest is in force
    """

    upload_id: str
    number: int
    part: str
    published: str
    publisher: str
    url: str
    who: str
    said_at: datetime


def say(
    ledger: Ledger, upload_id: str, part: str, who: str, published: str, publisher: str, url: str
) -> None:
    """Keeps what a person says of a report; `pending` then asks for its new reading.

    Raises ValueError without a person, or when the day of publication is no ISO day that can be
    recorded.
    """
    if not who.strip():
        raise ValueError("what is said of a report needs a person")
    if published:
        dates.recordable(published)
    columns = {"upload_id": upload_id, "part": part, "published": published}
    columns |= {"publisher": one_line(publisher), "url": one_line(url), "who": one_line(who)}
    with ledger.writing() as connection:
        ledger.append(connection, "said", {**columns, "said_at": dates.now()})


def pending(ledger: Ledger) -> list[tuple[Upload, Said]]:
    """What was said of reports that are not read again yet."""
    if not ledger.exists:
        return []
    with ledger.look() as connection:
        latest = _latest(connection, "TRUE")
        read = {row[0] for row in connection.execute(_DOCUMENTS).fetchall()}
    waiting = [each for each in latest if document_id(each) not in read]
    if not waiting:
        return []
    uploads = {each.upload_id: each for each in inbox.uploads(ledger)}
    return [(uploads[each.upload_id], each) for each in waiting]


def in_force(ledger: Ledger, upload_id: str) -> dict[str, Said]:
    """Part of an upload -> what was said of it last."""
    with ledger.look() as connection:
        return {each.part: each for each in _latest(connection, "upload_id = ?", [upload_id])}


def all_said(ledger: Ledger, upload_id: str) -> list[Said]:
    """Everything that was said of an upload's parts, in order."""
    with ledger.look() as connection:
        rows = connection.execute(
            f"SELECT {_SAID} FROM said WHERE upload_id = ? ORDER BY number", [upload_id]
        ).fetchall()
    return [_said(row) for row in rows]


def record(ledger: Ledger, upload: Upload, part: Part, said: Said) -> bool:
    """Stores a part's new reading, for which figure of the former one each figure stands, and what
    a person wrote into that one; all or nothing.

    Returns whether anything was recorded about a figure.
    """
    document = document_id(said)
    with ledger.connect() as connection:
        if (document,) in connection.execute(_DOCUMENTS).fetchall():
            return False
        inbox.keep_reading(ledger, document, part)
        former = records(inbox.rows_of(connection, _former(connection, said)))
        own, decisions = _carried(former, part)
        kept = replace(part, figures=(*part.figures, *own))
        at = dates.now()
        inbox.append_part(ledger, connection, upload, kept, document, at)
        decisions += _freed(inbox.rows_of(connection, document), decisions)
        # Whoever says where a report comes from takes nothing out of its place.
        standing = {each for (each,) in connection.execute(_STANDING).fetchall()}
        decisions = [each for each in decisions if each.subject not in standing]
        for decision in decisions:
            ledger.append_decision(connection, decision, said.who, at)
    return bool(decisions)


def lost(ledger: Ledger, document: str) -> pd.DataFrame:
    """Figures that a person accepted in a former reading, that this one does not give and for which
    none of this one stands."""
    with ledger.look() as connection:
        found = connection.execute(_OTHERS, [document]).fetchall()
        frames = [inbox.rows_of(connection, row[0]) for row in found]
        stated = inbox.rows_of(connection, document)
    if not frames:
        return stated.iloc[:0]
    rows = pd.concat(frames).drop_duplicates("figure_id")
    standing = rows["verdict"].isin([ACCEPT, PROPOSE])
    stood_for = {*stated["figure_id"], *stated["carries"]}
    return rows[standing & ~rows["figure_id"].isin(stood_for)]


def successors(ledger: Ledger) -> dict[str, str]:
    """Document of a former reading -> the document in force: links to the old one stay good."""
    with ledger.look() as connection:
        return dict(connection.execute(_SUCCESSORS).fetchall())


# What a passage says, whatever the report's day: by it a figure is known again.
_PASSAGE = (
    *("start", "end", "indicator", "value", "value_high"),
    *("unit", "people", "part", "status", "place"),
)
_Passage = tuple[Any, ...]
_SAID = ", ".join(Said.__dataclass_fields__)
_DOCUMENTS = "SELECT document_id FROM readings WHERE document_id <> ''"
_STANDING = f"SELECT subject FROM ({verdicts.STANDING}) WHERE kind = '{ACCEPT}'"
_OTHERS = """
SELECT DISTINCT former.document_id FROM readings AS former
JOIN readings AS this USING (upload_id, part)
WHERE this.document_id = $1 AND former.document_id NOT IN ('', $1)
"""
_SUCCESSORS = """
SELECT document_id, successor FROM (
    SELECT document_id, last_value(document_id) OVER (PARTITION BY upload_id, part ORDER BY number
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS successor
    FROM readings WHERE document_id <> '')
WHERE document_id <> successor
"""


def _latest(connection: Transaction, condition: str, values: Sequence[object] = ()) -> list[Said]:
    rows = connection.execute(
        f"""SELECT {_SAID} FROM said WHERE {condition}
            QUALIFY row_number() OVER (PARTITION BY upload_id, part ORDER BY number DESC) = 1
            ORDER BY number""",
        list(values),
    ).fetchall()
    return [_said(row) for row in rows]


def _said(row: Sequence[Any]) -> Said:
    return Said(**dict(zip(Said.__dataclass_fields__, row, strict=True)))


def document_id(said: Said) -> str:
    """SHA-256 of upload, part and the number of what was said: one reading, one document."""
    key = f"{said.upload_id}/{said.part}/said/{said.number}"
    return hashlib.sha256(key.encode()).hexdigest()


def _former(connection: Transaction, said: Said) -> str:
    former: str = connection.execute(
        """SELECT document_id FROM readings WHERE upload_id = ? AND part = ? AND document_id <> ''
           ORDER BY number DESC LIMIT 1""",
        [said.upload_id, said.part],
    ).only()
    return former


def _carried(former: Sequence[Row], part: Part) -> tuple[list[Figure], list[Decision]]:
    """The figures that persons wrote, as of the new reading, and what is recorded about figures
    that stand for another one now."""
    now = {_passage(_fields(figure)): figure for figure in part.figures}
    own: list[Figure] = []
    decisions: list[Decision] = []
    for row in former:
        if row["replaced_by"] or not (row["verdict"] or row["disputed"] or row["carries"]):
            continue
        written = bool(row["replaces"] or row["added"])
        figure = _restated(row, part) if written else now.get(_passage(row))
        if figure is None:
            continue
        if written:
            own.append(figure)
            decisions += _displaced(row, former, now, figure)
        if figure.figure_id != row["figure_id"]:
            decisions += _moved(row, figure)
    return own, decisions


def _restated(row: Row, part: Part) -> Figure:
    """A figure that a person wrote, with what is now known of its report."""
    about = {"published": part.published, "publisher": part.publisher, "url": part.url}
    return Figure(**as_record(row) | about)


def _displaced(
    row: Row, former: Sequence[Row], now: Mapping[_Passage, Figure], figure: Figure
) -> list[Decision]:
    """The machine's figures in whose place a person's stands, out of its way again."""
    by_id = {each["figure_id"]: each for each in former}

    def last(each: Row) -> Row:
        while each["replaced_by"] in by_id:
            each = by_id[each["replaced_by"]]
        return each

    behind = [each for each in former if each["replaced_by"] and last(each) is row]
    found = [now[_passage(each)] for each in behind if _passage(each) in now]
    detail: VerdictDetail = {"replaced_by": figure.figure_id}
    return [
        Decision(subject=each.figure_id, kind=REJECT, reason=REREAD, detail=detail)
        for each in found
    ]


def _moved(row: Row, figure: Figure) -> list[Decision]:
    """What is recorded of the figure that stands for a decided one now: it waits for a decision,
    and an objection to the former one holds for it too."""
    fields = _fields(figure)
    # One that waits stands for the figure that was decided, not for the one between.
    decided = row["verdict"] or not row["carries"]
    link: LinkDetail = {"carries": row["figure_id"] if decided else row["carries"]}
    link["changed"] = {
        name: [row[name], fields[name]] for name in NAMES if _known(row[name]) != fields[name]
    }
    if row["replaces"]:
        link["replaces"] = row["figure_id"]
    if row["added"]:
        link["added"] = True
    found = [Decision(subject=figure.figure_id, kind=REOPEN, reason=REREAD, detail=link)]
    if row["disputed"]:
        whose: DisputeDetail = {"by": row["disputed_by"]}
        found.append(
            Decision(subject=figure.figure_id, kind=DISPUTE, reason=row["disputed"], detail=whose)
        )
    return found


def _freed(rows: pd.DataFrame, decisions: Sequence[Decision]) -> list[Decision]:
    """Figures that gave their place to one of a former reading and come out again without it."""
    decided = {each.subject for each in decisions}
    stated = set(rows["figure_id"])
    return [
        Decision(subject=row["figure_id"], kind=REOPEN, reason=REREAD)
        for row in records(rows)
        if row["replaced_by"]
        and row["replaced_by"] not in stated
        and row["figure_id"] not in decided
    ]


def _fields(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in NAMES}


def _passage(fields: Row) -> _Passage:
    return tuple(_known(fields[name]) for name in _PASSAGE)


def _known(value: Any) -> Any:
    """A cell of a table as a figure holds it: what is missing is None."""
    return None if pd.isna(value) else value
