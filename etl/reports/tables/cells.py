"""Cells of a table, and the facts that they state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.reports.model.document import Span

# Field of the record -> what is stated, and the cell that states it.
Fact = tuple[str, Span]
Facts = dict[str, Fact]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell without the blanks around it: its text on one line, and where it stands."""

    text: str
    span: Span


Cells = Sequence[Cell]


def cell_at(text: str, span: Span) -> Cell:
    """The cell at a span of a document's text."""
    start, end = span
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    return Cell(" ".join(raw.split()), (start, max(start, start + len(raw.strip()))))


def filled(row: Cells) -> list[Cell]:
    """The cells of a row that hold any text."""
    return [cell for cell in row if cell.text]


def said(facts: Mapping[str, Fact], name: str) -> str:
    """What is stated of a field; "" where nothing is."""
    return facts[name][0] if name in facts else ""
