"""What of the whole snapshot may leave as tables: all that readers see, and no person's name.

Who decided, noted or answered something stays out; so do the names of files and of those who
brought them. The figures themselves leave as every download has them (impact/exports/tables.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact import summaries
from impact.rules.headline import RULES
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row of it is, and the SELECT that gives its rows."""

    meaning: str
    select: str


_RANKS = ", ".join(f"rank_{rule}, why_{rule}" for rule in RULES)
# The snapshot also holds reports that await review, and what was said of their figures.
_PUBLIC = "WHERE figure_id IN (SELECT figure_id FROM figures)"
_OF_SNAPSHOT = {
    "claims": Table(
        "A row: what the snapshot has worked out of one figure. speaker, body, role and outlet "
        "name who said and who printed it in one spelling; stated is when it held, Kyiv time; "
        "fact is one thing told by several claims; "
        "rivals, rivals_low and rivals_high are the other figures of the claim; rank_… is the "
        "place of the figure in its claim by a rule (0 leads), why_… the reason.",
        "SELECT figure_id, claim, fact, speaker, body, role, outlet, stated, rivals, rivals_low, "
        f"rivals_high, bodies, outlets, doubted, {_RANKS} FROM figures",
    ),
    "doubts": Table(
        "A row: why a figure is in doubt (rule), in parts (detail, JSON), and what answered it.",
        "SELECT figure_id, rule, CASE WHEN rule = 'disputed' THEN '{}' ELSE detail END AS detail, "
        f"answered, answer FROM doubts {_PUBLIC}",
    ),
    "documents": Table(
        "A row: one table or report that figures were read from. Times are UTC.",
        "SELECT document_id, source, title, publisher, licence, rows_in, rows_kept, rows_refused, "
        "received_at FROM documents "
        "WHERE document_id IN (SELECT document_id FROM figures)",
    ),
    "corrections": Table(
        "A row: one correction, withdrawal or dispute of a published figure, with its reason. "
        "was and now are the numbers; changed holds other fields, JSON. Times are UTC.",
        "SELECT number, decided_at, what, reason, figure_id, new_id, indicator, place, date, unit, "
        "people, status, was, now, coalesce(json_extract(detail, '$.changed')::VARCHAR, '{}') "
        "AS changed FROM corrections ORDER BY number",
    ),
    "notes": Table(
        "A row: a note about a figure. Times are UTC.",
        f"SELECT figure_id, reason AS note, decided_at FROM notes {_PUBLIC} ORDER BY number",
    ),
    "about": Table(
        "A row: this snapshot: when it was built and up to when it knows (UTC).",
        "SELECT snapshot, built_at, known_at, figures FROM meta",
    ),
}


@cache
def tables() -> Mapping[str, Table]:
    """Every table but the figures and the places, by its name."""
    known = {
        name: Table(summaries.head(text), f"FROM {name}")
        for name, text in summaries.texts().items()
    }
    return {**_OF_SNAPSHOT, **known}


def save(reader: Reader, name: str, path: Path) -> None:
    """Writes one of the tables to a Parquet file."""
    reader.save(tables()[name].select, path)
