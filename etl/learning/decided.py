"""What reviewers decided about the reports of a store, as far as something can be learned of it."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd

from etl.learning.examples import Example, Known, examples
from etl.reports.weighing.weights import NONE
from impact.model.figure import UNSTATED
from impact.model.rows import Row, records
from impact.store import inbox
from impact.store.faults import ReadingDamaged
from impact.store.ledger import ACCEPT, Ledger


@dataclass(frozen=True, slots=True)
class Decided:
    """A report of which every figure is decided.

    accepted  the rows of the figures that stand, those included that a person wrote
    added     the rows of those that the reader had missed
    """

    document: str
    language: str
    text: str
    published: str
    accepted: tuple[Row, ...]
    added: tuple[Row, ...]
    known: tuple[Known, ...]

    def examples(self) -> list[Example]:
        """The numbers of the report with what was decided of each."""
        return list(examples(self.text, self.published, self.known, complete=False))


def reports(ledger: Ledger) -> Iterator[Decided]:
    """The reports of a store that have been reviewed to the end, those first that came first.

    Reports whose reading is damaged are passed over: `etl check` names them.
    """
    listed = inbox.listing(ledger)
    done = listed[(listed["state"] == "read") & (listed["figures"] == listed["decided"])]
    done = done[done["decided"] > 0]
    for document in reversed(done["document_id"].tolist()):
        with suppress(ReadingDamaged):
            yield _decided(ledger, document)


def _decided(ledger: Ledger, document: str) -> Decided:
    reading = inbox.reading(ledger, document)
    rows = records(inbox.proposed(ledger, document).query("replaced_by == ''"))
    told = [row for row in rows if row["bound"] != UNSTATED]
    accepted = [row for row in told if row["verdict"] == ACCEPT]
    rejected = [row for row in told if row["verdict"] != ACCEPT]
    guessed = reading.get("guesses", {})
    known = [_known(row, _kind(row)) for row in accepted]
    # A figure of the rules is rejected for its place or day, too: only a guess tells of its number.
    known += [_known(row, NONE, sure=row["figure_id"] in guessed) for row in rejected]
    return Decided(
        document,
        reading["language"],
        reading["text"],
        reading["published"],
        tuple(accepted),
        tuple(row for row in accepted if row["added"]),
        tuple(known),
    )


def _kind(row: Row) -> str:
    return f"{row['indicator']} {row['status']}".rstrip()


def _known(row: Row, kind: str, *, sure: bool = True) -> Known:
    return Known(kind, row["value"], upper_end(row), sure)


def upper_end(row: Row) -> float | None:
    """The upper end of a row's range; None for a single number."""
    return None if pd.isna(row["value_high"]) else float(row["value_high"])
