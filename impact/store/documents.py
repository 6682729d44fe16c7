"""Documents with the figures they state, stored once however often they are offered."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

import pandas as pd

from impact.model import dates
from impact.model.figure import NAMES, Figure, rows
from impact.store import numbered
from impact.store.transaction import Transaction


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
    connection: Transaction,
    document: Document,
    files: str,
    figures: Sequence[Figure],
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
    lines = rows_in if rows_in is not None else len(figures) + len(refusals)
    columns = {
        **asdict(document),
        "files": files,
        "rows_in": lines,
        "rows_kept": lines - len(refusals),
        "rows_refused": len(refusals),
        "received_at": at,
    }
    numbered.append(connection, "documents", columns)
    if refusals:
        refused = pd.DataFrame([asdict(each) for each in refusals])
        connection.append_new("refusals", refused.assign(document_id=document.document_id))
    return added


def append_figures(
    connection: Transaction, document: str, figures: Sequence[Figure], at: datetime
) -> int:
    """Appends the figures the ledger does not have yet, notes that the document states them all,
    and returns how many were new."""
    frame = pd.DataFrame(rows(figures), columns=["figure_id", *NAMES])
    known = [dates.known_from(figure.published, figure.as_of) or at for figure in figures]
    frame["known_from"] = pd.Series(known, dtype="datetime64[us]")
    frame["recorded_at"] = at
    frame = frame.drop_duplicates("figure_id")
    connection.append_new("statements", frame[["figure_id"]].assign(document_id=document))
    return connection.append_new("figures", frame)


def stating(connection: Transaction, figure_id: str) -> list[str]:
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
