"""Civilians killed and injured by month, as the UN verified them, with every revision.

What     national counts of the UN Human Rights Monitoring Mission (HRMMU, part of OHCHR), taken
         by hand from press pages: months, one monthly average, and totals since 24 February 2022
Unit     people; killed and injured are separate figures
Cadence  an update every month, about ten days after the month; older months change without notice

Traps
- The UN revises its counts: March 2022 was 3,298 in November 2022, 3,951 in March 2023 and 4,289 in
  February 2024. Each is kept. The day of publication shows which was known on a given day.
- Not every case can be verified, so the real number is higher. Months and totals are "at least".
- A total since a day has the same date as the month in which it ends. So that they are not taken
  for two claims about one thing, the total names its first day in `part`.
- Some pages print one number for killed and injured together. It is neither of the two.
"""

import csv
from typing import Any
from urllib.parse import urlsplit

from etl.source import DATA, Parsed, Source
from impact.model import dates
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("UN-verified civilian casualties in Ukraine by month"),
    publisher=N_("UN Human Rights Monitoring Mission in Ukraine (OHCHR)"),
    url="https://ukraine.ohchr.org/",
    licence=N_("facts, cited from OHCHR/HRMMU through the pages named in each row"),
    files=(DATA / "hrmmu" / "monthly.csv",),
)

# Column -> indicator.
COUNTED = {"killed": "killed", "injured": "injured", "total": "casualties"}
# Word of the table -> our bound. The word "total" stands in rows of one number for both.
BOUNDS = {
    "at least": "at_least",
    "cumulative": "at_least",
    "total": "at_least",
    "average": "about",
}
AVERAGE = " (monthly average)"
# Host of the page -> its publisher and its language.
with (DATA / "hrmmu" / "hosts.csv").open(encoding="utf-8", newline="") as _hosts:
    PAGES = {row["host"]: (row["publisher"], row["language"]) for row in csv.DictReader(_hosts)}
# Hosts that copy messenger channels unchecked. What they print is a report, not verified by the UN.
REPOSTS = {"italy.news-pravda.com"}

NO_NUMBER = "no number"
NO_PLACE = "place is not in the gazetteer"
UNREADABLE = "a cell cannot be read as its column says"


def parse(payload: bytes) -> Parsed:
    """One figure for each number that a row states: killed, injured, both together.

    Raises ValueError if the payload is no table or lacks a column.
    """
    parsed = Parsed()
    for position, row in parsed.records(payload, ["period", "bound", "as_of", *COUNTED]):
        try:
            figures = [_figure(row, each, position) for each in COUNTED if row[each]]
        except UnknownPlace:
            parsed.refuse(position, NO_PLACE, row)
        except (ValueError, KeyError):
            parsed.refuse(position, UNREADABLE, row)
        else:
            parsed.figures += figures
            if not figures:
                parsed.refuse(position, NO_NUMBER, row)
    return parsed


def _figure(row: dict[str, str], column: str, position: str) -> Figure:
    indicator = COUNTED[column]
    host = urlsplit(row["url"]).hostname or ""
    publisher, language = PAGES.get(host, (host, ""))
    return Figure(
        **_period(row["period"]),
        indicator=indicator,
        value=float(row[column]),
        bound=BOUNDS[row["bound"]],
        unit="people",
        place=find(row["scope"]).pcode,
        as_of=row["as_of"],
        attributed_to="HRMMU",
        publisher=publisher,
        published=row["as_of"],
        url=row["url"],
        position=position,
        note=row["note"],
        language=language,
        verification="reported" if host in REPOSTS else "verified",
        dubious=host in REPOSTS or _derived(indicator, row["note"]),
        source="hrmmu",
        source_key=f"{row['period']}, {indicator}, as of {row['as_of']}",
    )


def _period(stated: str) -> dict[str, Any]:
    """The fields date, period and part of a month, a year's monthly average, or a span of days.

    A span ("2022-02-24/2023-02") gets its last day as the date. Raises ValueError for a wrong end.
    """
    if stated.endswith(AVERAGE):
        return {"date": stated.removesuffix(AVERAGE), "period": "average"}
    start, _, end = stated.partition("/")
    if not end:
        return {"date": start, "period": "cumulative"}
    closing_day = dates.span(end)[1].isoformat()
    return {"date": closing_day, "period": "cumulative", "part": f"since {start}"}


def _derived(indicator: str, note: str) -> bool:
    """Whether the number was computed by the table's author ("injured = a - b (derived)")."""
    return note.startswith(f"{indicator} =") and "(derived)" in note
