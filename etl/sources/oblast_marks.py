"""Oblasts without power or heat in winter 2025/26, as somebody said it without a number.

What     one row is one statement that customers of an oblast, or of Kyiv, lost power or heat, are
         still without it or have it back. The page gives no number, or none for this oblast.
Bound    unstated: no value and no unit. Such a statement fills days and weeks of which no number is
         known. It never leads, and nothing is added up from it.

Traps
- Most rows come from the morning lists of the energy ministry and the grid operator. One page that
  lists five oblasts gives five rows with one note; a remark in it may be about one of them only.
- A blank cause means that the page told none. Rows of cuts on order are "planned".
- Some statements are about a district or a city only: their part is "part of the oblast", and the
  note names it.
"""

from typing import Any

from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.figure import UNSTATED, Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("Oblasts without power or heat, said without a number, October 2025 – March 2026"),
    publisher=N_("the pages named in each row"),
    url="",
    licence=N_("facts cited from the pages named; the compilation Apache-2.0"),
    files=(DATA / "oblast_marks" / "marks.csv",),
)

# Columns that stand in a figure under their own name.
SAME = (
    *("date", "indicator", "status", "cause", "part", "moment", "as_of", "attributed_to"),
    *("publisher", "published", "url", "note"),
)


def parse(table: bytes) -> Parsed:
    """One statement for each row. Other rows are refused with a reason.

    Raises ValueError if the payload is no table or lacks a column.
    """
    parsed, seen = Parsed(), set[str]()
    columns = ["id", "place", "adm1_pcode", "doubt", "scope", "report_language", *SAME]
    for row_id, row in parsed.records(table, columns):
        try:
            if row_id in seen:
                raise ValueError("a second row with the same id")
            seen.add(row_id)
            parsed.figures.append(_statement(row))
        except (ValueError, UnknownPlace) as error:
            parsed.refuse(row_id, error, row)
    return parsed


def _statement(row: dict[str, str]) -> Figure:
    place = find(row["place"])
    if place.pcode != row["adm1_pcode"]:
        raise ValueError(f"{row['place']} has the P-code {place.pcode}, not {row['adm1_pcode']}")
    speaker = speakers.identify(row["attributed_to"], place.pcode)
    fields: dict[str, Any] = {name: row[name] for name in SAME}
    return Figure(
        **fields,
        value=None,
        unit="",
        bound=UNSTATED,
        place=place.pcode,
        language=row["report_language"],
        verification=speakers.verification(row["indicator"], speaker.role),
        recalled=row["scope"] == "elsewhere",
        dubious=row["doubt"] == "dubious",
        position=row["id"],
        source="oblast_marks",
        source_key=row["id"],
    )
