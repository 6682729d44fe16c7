"""Displaced people present in each oblast, from IOM's survey of the whole country.

What     a row is one oblast in one round: estimated internally displaced people, and returnees
Unit     people
Cadence  about every three to four months

How to get it: the IOM DTM page of Ukraine on HDX, the workbook of a round. Then
    python -m etl load iom_dtm --file idp-estimates.xlsx

Traps
- A second row holds tags (HXL). Names carry stars and the table has footnotes at its side.
- "n/a" is not known: the survey did not reach that oblast. It is refused and is no nought.
- "Residence location unknown" is no oblast.
- Returnees are not displaced any more. Only the displaced are read.
- Each number is an estimate of a survey, in thousands.
"""

from typing import Any

from etl.exports import collect, oblast, sheet_rows
from etl.replies import day
from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.language import N_

SOURCE = Source(
    title=N_("Internally displaced people by oblast, IOM DTM"),
    publisher="International Organization for Migration (IOM)",
    url="https://data.humdata.org/organization/international-organization-for-migration",
    licence=N_("CC BY-IGO, as HDX states it: for use with a copy of one's own"),
)
DISPLACED = "Estimated de facto IDPs present"
COLUMNS = ("Round", "Reported Date", "Oblast", DISPLACED)

NOT_KNOWN = "not known"


def parse(payload: bytes) -> Parsed:
    """One figure for each oblast with a number, or a refusal.

    Raises ValueError with a sentence if the payload is no such workbook.
    """
    parsed = Parsed()
    rows = sheet_rows(parsed, payload, COLUMNS)
    return collect(parsed, rows, _unfit, _figure, "oblast and round")


def _unfit(row: dict[str, Any]) -> str:
    return NOT_KNOWN if isinstance(row[DISPLACED], str) or row[DISPLACED] is None else ""


def _figure(row: dict[str, Any], position: str) -> Figure:
    place, reported = oblast(str(row["Oblast"])), day(row["Reported Date"])
    return Figure(
        indicator="displaced",
        value=float(row[DISPLACED]),
        bound="about",
        unit="people",
        place=place.pcode,
        date=reported,
        cause="",
        attributed_to="IOM",
        publisher="IOM DTM",
        published=reported,
        url=SOURCE.url,
        position=position,
        note=f"round {row['Round']}; estimate of a survey",
        language="en",
        verification="estimated",
        source="iom_dtm",
        source_key=f"round {row['Round']}, {place.pcode}",
    )
