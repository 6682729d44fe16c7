"""Rows: reads every row below the header: figures, or the reason why there are none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from etl.reports.model.reading import Read, Reading, RefusedRow, Remark, Unplaced
from etl.reports.tables.cells import Cell, Cells, Fact, Facts, filled, said
from etl.reports.tables.columns import Column
from etl.reports.tables.doubled import numbers_apart
from etl.reports.tables.export import exported
from etl.reports.tables.facts import bound_in, indicator, is_part, row_facts, whole_of
from etl.reports.tables.figures import figure, lacks, number_facts
from etl.reports.tables.layout import Grid
from etl.reports.tables.numbers import Number, is_amount, number_of
from etl.reports.tables.reasons import (
    BROKEN_RULE,
    LACKING,
    MERGED,
    NO_INDICATOR,
    NO_VALUE,
    NOT_WHOLE,
    TOO_LONG,
    UNREAD_HEADER,
    Refusal,
    brief,
)
from etl.reports.tables.row import Frame, Row
from etl.reports.tables.scales import quoted_from, scale_of
from etl.reports.tables.sections import heads_section
from etl.reports.tables.titles import place_in
from etl.reports.tables.total_words import without_total
from etl.reports.tables.totals import is_total
from etl.reports.tables.words import AREAS, first, stated
from impact.model.figure import UNSTATED, InvalidFigure
from impact.model.indicators import INDICATORS
from impact.model.places import UKRAINE


def read_rows(grid: Grid, frame: Frame) -> Reading:
    """Reads every row below the header. Each row gives figures or stands among the refused.

    Not counted as rows: blank rows, repeated headers, and section rows, which name the place of the
    rows below them.
    """
    reading = Reading(language=frame.layout.language)
    rows = list(_rows(grid, frame))
    if any(map(_names_years, rows)):
        unread = replace(frame, layout=replace(frame.layout, unread=True))
        rows = [replace(row, frame=unread) for row in rows if not _names_years(row)]
    frame.places.part_kyiv(map(_areas, rows))
    if "place" not in frame.layout.title:
        frame.places.stay_in(map(_areas, rows))
    if nationwide := _nationwide(rows):
        rows = [replace(row, frame=replace(row.frame, around=nationwide)) for row in rows]
    if broken := _broken(rows):
        rows = [replace(row, frame=replace(row.frame, broken=broken)) for row in rows]
    wholes = _wholes(rows)
    for row in rows:
        reading.rows += 1
        _add(replace(row, whole=wholes.get(row.section, {})) if is_total(row) else row, reading)
        reading.remarks += _remarks(row)
    return reading


def _broken(rows: Sequence[Row]) -> frozenset[int]:
    """The columns of counts in which a number is a fraction: "12.5 | 20" counts thousands of
    something, though no heading says so. Then 20 is not twenty either. Where each row counts
    something else, one says nothing of the next."""
    if not rows or rows[0].frame.layout.having("indicator"):
        return frozenset()
    return frozenset(
        at
        for row in rows
        for at in row.frame.layout.having("measure", "value")
        if at < len(row.cells) and _is_fraction(row, row.frame.layout.columns[at], row.cells[at])
    )


def _is_fraction(row: Row, column: Column, cell: Cell) -> bool:
    if not _POINT.search(cell.text):
        return False
    try:
        number_of(cell.text, _in_degrees(row, column), int(scale_of(row, column)[0]))
    except Refusal as refusal:
        return refusal.args[0] == NOT_WHOLE
    return False


def _nationwide(rows: Sequence[Row]) -> Fact | None:
    """Ukraine as the place of a table that names none and has a row for launches, which the whole
    country counts: "Civilians killed", "Drones launched"; with the label of that row."""
    if not rows or rows[0].frame.around or rows[0].frame.layout.having(*AREAS):
        return None
    if "place" in rows[0].frame.layout.title or any(row.section for row in rows):
        return None
    for row in rows:
        told = indicator(row).get("indicator")
        if told and told[0].endswith("_launched"):
            return UKRAINE.pcode, told[1]
    return None


def _areas(row: Row) -> dict[str, list[Cell]]:
    """Kind of area -> the cell of a row that names one."""
    return {role: [cell] for role in AREAS if (cell := row.first(role))}


def _names_years(row: Row) -> bool:
    """Whether each of a row's numbers is a year: a second line of the header that was not taken for
    one. Which of its columns tells what is then unknown, and no count is 2024 twice in a row."""
    counted = [
        row.cells[at].text
        for at in row.frame.layout.having("measure")
        if at < len(row.cells) and row.cells[at].text
    ]
    return len(counted) > 1 and all(map(_YEAR.fullmatch, counted))


_YEAR = re.compile(r"20[1-3]\d")
_POINT = re.compile(r"\d[.,]\d")
_SPOKEN = re.compile(r"\w\W+\w")  # two words, or a number and its noun


def _wholes(rows: Sequence[Row]) -> Mapping[Cell | None, Mapping[str, str]]:
    """Section -> place and date of a total in it that does not name them; None for no section.

    Below section rows a total is its section's, if every section has one. Otherwise nobody knows
    whether the last one sums its section or the table.
    """
    totals = [row.section for row in rows if is_total(row)]
    sections = {row.section for row in rows if not _is_note(row)}
    if not totals or (sections != {None} and sorted(map(id, totals)) != sorted(map(id, sections))):
        return {}
    summed: dict[Cell | None, list[Row]] = {each: [] for each in sections}
    for row in rows:
        if not (is_total(row) or _is_note(row)):
            summed[row.section].append(row)
    return {section: whole_of(below) for section, below in summed.items() if below}


def _is_note(row: Row) -> bool:
    """Whether a row only has words below the numbers of the others: "Source: police"."""
    return len(filled(row.cells)) == 1 and len(row.frame.layout.columns) > 1


def _rows(grid: Grid, frame: Frame) -> Iterator[Row]:
    """The rows that count, each with the section that it stands in."""
    layout, section, main = frame.layout, None, None
    label = next(iter(layout.having("indicator")), None)
    named_at, named = next(iter(layout.having(*AREAS)), -1), None
    for index, cells in enumerate(grid[layout.first :], layout.first):
        # A PDF repeats the header on each page.
        is_header = tuple(cell.text for cell in cells) in layout.header
        is_about = tuple(cell.text for cell in filled(cells)) in layout.about
        if is_header or is_about or not filled(cells):
            continue
        if heads_section(cells, layout):
            section = filled(cells)[0]
            continue
        part = label is not None and label < len(cells) and is_part(cells[label], main)
        if label is not None and _sums_tolls(grid[index : index + 3], label):
            yield Row(frame, index, cells, section, main=Cell("casualties", cells[label].span))
            continue
        some, named = _of_row_above(cells, named, named_at)
        if some and named:
            cells = [named if at == named_at else cell for at, cell in enumerate(cells)]
        yield Row(frame, index, cells, section, main=main if part else None, some=some)
        if label is not None and label < len(cells) and not part:
            main = cells[label]


def _sums_tolls(rows: Grid, label: int) -> bool:
    """Whether a row "In all" stands above one for the killed and one for the injured."""
    texts = [row[label].text if label < len(row) else "" for row in rows]
    if len(texts) < 3 or not texts[0] or without_total(texts[0]):
        return False
    return {stated(text).get("indicator") for text in texts[1:]} == {"killed", "injured"}


def _of_row_above(cells: Cells, above: Cell | None, at: int) -> tuple[Cell | None, Cell | None]:
    """The words of a row that stand for its place and say that it counts a part of the row above,
    and the cell of the last row that names its place."""
    if not 0 <= at < len(cells) or not cells[at].text:
        return None, above
    cell = cells[at]
    led = first("of_which", cell.text) and place_in(cell.text) == ""
    return (cell, above) if led and above else (None, cell)


@dataclass(slots=True)
class _Found:
    """What was found in the cells of one row.

    lacking   cells with a number, and the fields that it lacks to be a figure
    problems  cells with something else than a number, and the reason
    """

    figures: list[Read] = field(default_factory=list)
    lacking: list[tuple[Cell, tuple[str, ...]]] = field(default_factory=list)
    problems: list[tuple[Cell, Refusal]] = field(default_factory=list)

    def refusal(self) -> Refusal:
        """The reason to refuse the row if it has no figures."""
        if self.problems:
            return self.problems[0][1]
        if not self.lacking:
            return Refusal(NO_VALUE)
        return Refusal(LACKING.get(self.lacking[0][1][0], NO_INDICATOR))


def _add(row: Row, reading: Reading) -> None:
    """Adds a row's figures to the reading, or its refusal."""
    if row.frame.layout.unread:
        names = ", ".join(filter(None, row.frame.layout.header[0]))
        reading.refused.append(_refused(row, Refusal(UNREAD_HEADER, brief(names))))
        return
    try:
        found = _Found([exported(row)]) if row.frame.layout.own else _found(row)
    except (Refusal, InvalidFigure) as error:
        reading.refused.append(_refused(row, _as_refusal(error)))
        return
    reading.figures += found.figures
    reading.unplaced += [_unplaced(row, cell, lacking) for cell, lacking in found.lacking]
    if found.figures:
        reading.unplaced += [_unplaced(row, cell, ("value",)) for cell, _ in found.problems]
    else:
        reading.refused.append(_refused(row, found.refusal()))


def _remarks(row: Row) -> Iterator[Remark]:
    """The cells of a row that hold words where its columns count nothing, if place and day of the
    row are known."""
    cells = [cell for at in row.frame.layout.having("", "note") for cell in row.cells[at : at + 1]]
    told = [cell for cell in cells if _SPOKEN.search(cell.text) and not is_amount(cell.text)]
    if told and not row.frame.layout.unread:
        with suppress(Refusal):
            facts = row.frame.layout.title | row_facts(row)
            if "place" in facts:
                day = facts["date"][0] if "date" in facts else ""
                yield from (Remark(cell.span, facts["place"][0], day) for cell in told)


def _as_refusal(error: Refusal | InvalidFigure) -> Refusal:
    return error if isinstance(error, Refusal) else Refusal(BROKEN_RULE, error)


def _refused(row: Row, refusal: Refusal) -> RefusedRow:
    return RefusedRow(row.position, str(refusal), row.quote)


def _unplaced(row: Row, cell: Cell, lacking: tuple[str, ...]) -> Unplaced:
    start, end = cell.span
    return Unplaced(start, end, row.frame.document.text[start:end], lacking)


def _found(row: Row) -> _Found:
    """The figures of a row. Raises Refusal if the whole row cannot give figures."""
    if filled(row.cells[len(row.frame.layout.columns) :]):
        raise Refusal(TOO_LONG)
    found = _Found()
    numbers = list(_numbers(row, found.problems)) or list(_untold(row))
    facts = row_facts(row) if numbers else {}
    for column, cell, number in numbers:
        try:
            _place(row, number_facts(row, facts, column, cell, number), column, cell, number, found)
        except (Refusal, InvalidFigure) as error:
            found.problems.append((cell, _as_refusal(error)))
    return found


def _place(
    row: Row, facts: Facts, column: Column, cell: Cell, number: Number, found: _Found
) -> None:
    """Adds a number: as a figure, or to `lacking` if it lacks a field."""
    if lacking := lacks(facts, row.frame.published):
        found.lacking.append((cell, lacking))
    else:
        quoted = quoted_from(row, column, cell) if number.is_scaled else row.around(cell)
        found.figures.append(figure(row, facts, cell, number, quoted))


def _numbers(
    row: Row, problems: list[tuple[Cell, Refusal]]
) -> Iterator[tuple[Column, Cell, Number]]:
    """The row's numbers. A cell that holds something else is added to `problems`."""
    layout = row.frame.layout
    for at in layout.having("measure", "value"):
        if at >= len(row.cells):
            continue
        column, cell = layout.columns[at], row.cells[at]
        if cell.is_merged and is_amount(cell.text):
            problems.append((cell, Refusal(MERGED, brief(cell.text))))
            continue
        told = said(layout.title, "both"), said(layout.title, "aside")
        for own, part in numbers_apart(column, cell, *told):
            try:
                scale = int(scale_of(row, own)[0])
                number = number_of(part.text, _in_degrees(row, own), scale)
            except Refusal as refusal:
                named = "indicator" in own.facts or "indicator" in layout.title
                if own.role == "value" or named:
                    problems.append((part, refusal))
                continue
            if number and at in row.frame.broken and not number.is_scaled:
                problems.append((part, Refusal(NOT_WHOLE, brief(part.text))))
            elif number:
                yield own, part, number


def _untold(row: Row) -> Iterator[tuple[Column, Cell, Number]]:
    """What stands in the row for its number, if it says itself that it tells none."""
    cell = row.first("bound")
    if cell and bound_in(cell.text) == UNSTATED and (at := row.frame.layout.having("value")):
        yield row.frame.layout.columns[at[0]], cell, Number(None, bound=UNSTATED)


def _in_degrees(row: Row, column: Column) -> bool:
    stated = column.facts.get("indicator") or indicator(row).get("indicator")
    stated = stated or row.frame.layout.title.get("indicator")
    name = stated[0] if stated else ""
    return name in INDICATORS and INDICATORS[name].units == ("celsius",)
