"""Reads the project's own export (impact/exports): each column is a field of Figure."""

from dataclasses import Field

from etl.reports.model.reading import Read
from etl.reports.tables.reasons import NO_NUMBER, NO_VALUE, Refusal, brief
from etl.reports.tables.row import Fields, Row
from impact.model.figure import COLUMNS, NAMES, Figure


def exported(row: Row) -> Read:
    """The figure of a row. Quote, offsets and position are those of this document.

    Raises Refusal if a cell is missing, or is not a number where one is needed. Raises
    InvalidFigure if Figure refuses a value.
    """
    cells = dict(zip(row.frame.layout.header[-1], row.cells, strict=False))
    if missing := [name for name in NAMES if name not in cells]:
        raise Refusal(NO_VALUE, missing[0])
    values: Fields = {each.name: _value(each, cells[each.name].text) for each in COLUMNS}
    trail = {name: cells[name].span for name in NAMES if cells[name].text}
    return Read(Figure(**values | row.origin(row.span)), trail)


def _value(column: Field, text: str) -> str | float | bool | None:
    """The text of a cell in the type of its field. Raises Refusal for a text that is no number."""
    kind = column.metadata["sql"]
    if kind == "VARCHAR":
        return text
    if kind == "BOOLEAN":
        return text.casefold() in ("true", "1")
    if not text:
        return None
    try:
        return int(float(text)) if kind == "INTEGER" else float(text)
    except (ValueError, OverflowError):
        raise Refusal(NO_NUMBER, brief(text)) from None
