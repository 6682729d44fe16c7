"""Health workers killed and injured in attacks, from Insecurity Insight's table of incidents.

What     a row is one incident that harmed health care: its day, country, and who was harmed
Unit     people
Cadence  monthly; one workbook a year

How to get it: "Attacks on health care" of Insecurity Insight on HDX, as XLSX. Then
    python -m etl load insecurity_insight --file incidents.xlsx

Traps
- A second row holds tags (HXL), a second sheet the citation. Two columns may have one name: the
  first is the whole, the second a part of its own.
- Where a report gives no number, one is counted. So each number is "at least".
- Only the country is told, at most an oblast. Incidents are parts of it: each has its own as its
  part, so that they are added and are no rivals.
- Incidents that harmed nobody's body (damage, looting, threats) are refused.
"""

from typing import Any

from etl.exports import ELSEWHERE, UNREADABLE, sheet_rows
from etl.replies import day
from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.language import N_

SOURCE = Source(
    title=N_("Health workers killed and injured, Insecurity Insight"),
    publisher="Insecurity Insight",
    url="https://data.humdata.org/organization/insecurity-insight",
    licence=N_("CC BY-SA, as its workbook states it: for use with a copy of one's own"),
)
# Column -> indicator.
COUNTED = {"Health Workers Killed": "killed", "Health Workers Injured": "injured"}
EVENT = "SiND Event ID"
COLUMNS = ("Date", "Country ISO", "Weapon Carried/Used", *COUNTED, EVENT)

UNHARMED = "no health worker killed or injured"
TWICE = "a second row of the same incident"


def parse(payload: bytes) -> Parsed:
    """A figure for the killed and one for the injured of each incident in Ukraine, or a refusal.

    Raises ValueError with a sentence if the payload is no such workbook.
    """
    parsed, seen = Parsed(), set[str]()
    for position, row in sheet_rows(parsed, payload, COLUMNS):
        event = str(row[EVENT] or "").strip()
        try:
            figures = [_figure(row, each, event, position) for each in COUNTED if _count(row[each])]
        except (ValueError, TypeError):
            parsed.refuse(position, UNREADABLE, row)
            continue
        if reason := _unfit(row, event, figures, seen):
            parsed.refuse(position, reason, row)
            continue
        seen.add(event)
        parsed.figures += figures
    return parsed


def _unfit(row: dict[str, Any], event: str, figures: list[Figure], seen: set[str]) -> str:
    """Why an incident gives no figure; "" if it gives one."""
    if row["Country ISO"] != "UKR":
        return ELSEWHERE
    if not figures:
        return UNHARMED
    return TWICE if event in seen else ""


def _count(cell: object) -> float:
    return float(str(cell)) if cell is not None else 0


def _figure(row: dict[str, Any], column: str, event: str, position: str) -> Figure:
    return Figure(
        indicator=COUNTED[column],
        value=_count(row[column]),
        bound="at_least",
        unit="people",
        people="medics",
        part=f"incident {event}",
        place="UA",
        date=day(row["Date"]),
        attributed_to="Insecurity Insight",
        publisher="Insecurity Insight",
        url=SOURCE.url,
        position=f"{position}, {COUNTED[column]}",
        note=str(row["Weapon Carried/Used"] or "").strip(),
        language="en",
        verification="reported",
        source="insecurity_insight",
        source_key=f"{event}, {COUNTED[column]}",
    )
