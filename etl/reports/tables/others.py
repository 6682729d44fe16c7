"""Tables that count something else: "Oblast | Generators sent". Their rows are refused.

Read as sentences, such rows would count again what the sentence above them counts.
"""

from etl.reports.model.reading import Reading, RefusedRow
from etl.reports.tables.cells import Cells, filled
from etl.reports.tables.guessed import role_of_cells
from etl.reports.tables.layout import Grid, language_of
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.reasons import NO_INDICATOR, Refusal
from etl.reports.tables.words import is_missing, not_counted, role_of, stated


def counted_others(grid: Grid, position: str) -> Reading:
    """A reading that refuses every row of such a table; an empty one for any other table.

    position  where the table stands in its document
    """
    numbered = [(at, row) for at, row in enumerate(grid, 1) if len(filled(row)) > 1]
    rows = [row for _, row in numbered]
    if len(rows) < 2 or not all(_counts_other(cell.text) for cell in filled(rows[0])[1:]):
        return Reading()
    names = [filled(row)[0] for row in rows[1:]]
    if not all(map(_has_bare_numbers, rows[1:])) or not role_of_cells(names, None):
        return Reading()
    refused = [
        RefusedRow(
            ", ".join(filter(None, [position, f"row {at}"])),
            str(Refusal(NO_INDICATOR)),
            " | ".join(cell.text for cell in filled(row)),
        )
        for at, row in numbered[1:]
    ]
    written = language_of(cell.text for row in rows for cell in row)
    return Reading(language=written, rows=len(refused), refused=refused)


def _counts_other(header: str) -> bool:
    """Whether no word of a header tells a count that is kept, or a word rules it out."""
    if not any(map(str.isalpha, header)):
        return False
    return "words" in not_counted(header) or not (stated(header) or role_of(header))


def _has_bare_numbers(row: Cells) -> bool:
    """Whether the cells beside the first of a row are numbers without a noun, or say that none is
    known."""
    cells = [cell.text for cell in filled(row)[1:]]
    known = [text for text in cells if not is_missing(text)]
    return all(is_amount(text) and not any(map(str.isalpha, text)) for text in known)
