"""Documents with the figures they state, stored once however often they are offered."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import pandas as pd
import pyarrow as pa

from impact.model import dates
from impact.model.distinct import Distinct, together
from impact.model.figure import Figure
from impact.model.figures import Figures
from impact.store import figure_ids
from impact.store.figure_ids import Identified
from impact.store.transaction import Block

# How figures and documents of people's reports are marked; all others come from loaded tables.
REPORT = "report"
_TIME = pa.timestamp("us")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a set of figures was read from; known by the SHA-256 of its bytes."""

    document_id: str
    source: str
    name: str
    size: int
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row or passage that became no figure, with its reason: none vanishes."""

    position: str
    reason: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What storing a document did. `new` is false when the ledger already had it."""

    document_id: str
    new: bool
    figures_added: int
    received_at: datetime


def document_id(*payloads: bytes) -> str:
    """SHA-256 over the payloads, each led by its length so that no two lists collide."""
    digest = hashlib.sha256()
    for payload in payloads:
        digest.update(len(payload).to_bytes(8, "big"))
        digest.update(payload)
    return digest.hexdigest()


def append(
    connection: Block,
    document: Document,
    files: str,
    figures: Sequence[Figure] | Identified,
    refusals: Sequence[Refusal],
    at: datetime,
    *,
    rows_in: int | None = None,
) -> int:
    """Appends a document with its figures; returns how many were new.

    files    names of its originals, a space between
    rows_in  rows the document had; the default is figures + refusals
    """
    added = append_figures(connection, document.document_id, figures, at)
    lines = rows_in if rows_in is not None else _rows(figures) + len(refusals)
    columns = {
        **asdict(document),
        "files": files,
        "rows_in": lines,
        "rows_kept": lines - len(refusals),
        "rows_refused": len(refusals),
        "received_at": at,
    }
    connection.append_numbered("documents", columns)
    if refusals:
        rows = [asdict(each) | {"document_id": document.document_id} for each in refusals]
        connection.append_new("refusals", pa.Table.from_pylist(rows))
    return added


def _rows(figures: Sequence[Figure] | Identified) -> int:
    return len(figures.table if isinstance(figures, Identified) else figures)


def identified(figures: Sequence[Figure]) -> Identified:
    """Figures with their ids, as they are appended."""
    if len(figures) <= figure_ids.FEW:
        return figure_ids.of_few(figures)
    columns = figures if isinstance(figures, Figures) else Figures(figures)
    return figure_ids.identified(columns.table())


def append_figures(
    connection: Block, document: str, figures: Sequence[Figure] | Identified, at: datetime
) -> int:
    """Appends the figures the ledger does not have yet, notes that the document states them all,
    and returns how many were new."""
    table = (figures if isinstance(figures, Identified) else identified(figures)).table
    count = len(table)
    known_from = together(
        [Distinct.of(table[name]) for name in ("published", "as_of")],
        lambda published, as_of: dates.known_from(published, as_of) or at,
    )
    stating = Distinct.always(document, count).arrow(pa.string())
    recorded_at = Distinct.always(at, count).arrow(_TIME)
    connection.append_new(
        "statements", table.select(["figure_id"]).append_column("document_id", stating)
    )
    timed = table.append_column("known_from", known_from.arrow(_TIME))
    return connection.append_new("figures", timed.append_column("recorded_at", recorded_at))


def stating(connection: Block, figure_id: str) -> list[str]:
    """The documents that state a figure."""
    found = connection.execute(
        "SELECT document_id FROM statements WHERE figure_id = ?", [figure_id]
    ).fetchall()
    return [document for (document,) in found]


def accepted_at(documents: pd.DataFrame, accepts: pd.DataFrame, stated: pd.DataFrame) -> pd.Series:
    """When the first of each document's figures was accepted by a person; NaT where none was so.

    accepts  decisions that accept figures
    stated   figures that stand, each with its document
    """
    stating = accepts.merge(
        stated[["figure_id", "document_id"]], left_on="subject", right_on="figure_id"
    )
    first = stating.groupby("document_id")["decided_at"].min().to_dict()
    found = [first.get(each, pd.NaT) for each in documents["document_id"]]
    return pd.Series(found, index=documents.index, dtype="datetime64[us]")
