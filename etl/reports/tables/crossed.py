"""Crossed tables: the rows say what is counted, and each column is a place or a day."""

from collections.abc import Sequence
from contextlib import suppress

from etl.reports.tables.cells import Cell, Cells, Facts
from etl.reports.tables.columns import Column, place_and_day
from etl.reports.tables.places import Places
from etl.reports.tables.reasons import Refusal
from etl.reports.tables.words import stated

_FEWEST = 2  # places or days that make a row of them


def crossed(
    columns: Sequence[Column],
    heads: Sequence[Sequence[Cell]],
    below: Sequence[Cells],
    title: Facts,
    known: str,
) -> Sequence[Column]:
    """The columns of a crossed table; of any other table the columns as they are.

    heads  for each column its header cells
    below  the rows below the header
    title  what the rows above the header say
    known  ISO date of the publication, or ""
    """
    if len(heads) <= _FEWEST or not _count_by_rows(below, "supply" in title):
        return columns
    role = "oblast" if "by_oblast" in title or columns[0].role == "oblast" else "place"
    facts = [_facts(head, role, known) for head in heads[1:]]
    if not all(facts):
        return columns
    values = (Column("value", each, columns[at].text) for at, each in enumerate(facts, 1))
    return [Column("indicator", {}, columns[0].text), *values]


def _count_by_rows(rows: Sequence[Cells], of_supply: bool) -> bool:
    """Whether the first cells of most rows name what the row counts; of a supply that the title
    names they need only say how it stands ("Restored")."""
    labels = [row[0].text for row in rows if row and row[0].text]
    telling = {"indicator", "status"} if of_supply else {"indicator"}
    counting = sum(bool(stated(label).keys() & telling) for label in labels)
    return counting > 0 and 2 * counting >= len(labels)


def _facts(head: Sequence[Cell], role: str, known: str) -> Facts:
    """The place and the day that a column's header names; empty for any other header.

    role  the kind of area of all headers that name one: "place" or "oblast"
    """
    facts = place_and_day(head, known)
    if len(head) == 1 and ("place" not in facts or role == "oblast"):
        with suppress(Refusal):
            facts |= Places().locate({role: head})
    return facts
