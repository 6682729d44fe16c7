"""Cell: one cell of a table. Fact: what a cell says of one field of a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.reports.model.document import Span

# A value of a field, and the span of the cell that says it.
Fact = tuple[str, Span]
Facts = dict[str, Fact]  # name of a field of Figure -> what is said of it


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    text  on one line, with single spaces and no spaces at its ends
    span  offsets in the document's text, without the spaces at both ends
    """

    text: str
    span: Span


Cells = Sequence[Cell]


def cell_at(text: str, span: Span) -> Cell:
    """The cell that stands at a span of a document's text."""
    start, end = span
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    return Cell(" ".join(raw.split()), (start, max(start, start + len(raw.strip()))))


def filled(row: Cells) -> list[Cell]:
    """The cells of a row that hold any text."""
    return [cell for cell in row if cell.text]


def said(facts: Mapping[str, Fact], name: str) -> str:
    """The value that the facts give a field; "" if they give none."""
    return facts[name][0] if name in facts else ""
