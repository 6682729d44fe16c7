"""Civilians killed in events of the Uppsala Conflict Data Program, from an export of one's own.

What     a row is one event (GED): its days, an oblast, and deaths by whose they were
Unit     people
Cadence  yearly, and candidate events every month

How to get it: on ucdp.uu.se, the event dataset (GED or its candidate) as CSV. Then
    python -m etl load ucdp --file gedevent.csv

Traps
- "best" counts soldiers too. Only "deaths_civilians" is read. An event with none is refused: the
  deaths of unknown people may have been civilians.
- An event may last for days. Only those whose day is known are read.
- Events are parts of a day. Each has its event as its part, so that together they are "at least".
"""

from etl.exports import ELSEWHERE, collect, csv_rows, oblast
from etl.replies import day
from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.language import N_

SOURCE = Source(
    title=N_("Civilians killed by event, UCDP"),
    publisher="Uppsala Conflict Data Program",
    url="https://ucdp.uu.se/",
    licence=N_("CC BY 4.0, Uppsala Conflict Data Program"),
)
COLUMNS = (
    *("id", "country", "date_start", "date_end", "date_prec", "adm_1", "where_prec"),
    *("deaths_civilians", "source_headline"),
)
# date_prec of an event whose day is known.
KNOWN_DAY = "1"

SOME_DAYS = "its day is not known"
NO_CIVILIANS = "no deaths of civilians are told apart"


def parse(payload: bytes) -> Parsed:
    """One figure for each event with civilians killed on a known day, or a refusal.

    Raises ValueError with a sentence if the payload is no whole export.
    """
    parsed = Parsed()
    rows = csv_rows(parsed, payload, COLUMNS)
    return collect(parsed, rows, _unfit, _figure, "event")


def _unfit(row: dict[str, str]) -> str:
    if row["country"] != "Ukraine":
        return ELSEWHERE
    if row["date_prec"] != KNOWN_DAY or row["date_start"][:10] != row["date_end"][:10]:
        return SOME_DAYS
    return "" if int(row["deaths_civilians"]) else NO_CIVILIANS


def _figure(row: dict[str, str], position: str) -> Figure:
    return Figure(
        indicator="killed",
        value=float(row["deaths_civilians"]),
        bound="about",
        unit="people",
        part=f"event {row['id']}",
        place=oblast(row["adm_1"]).pcode,
        date=day(row["date_start"]),
        attributed_to="UCDP",
        publisher="UCDP",
        url=SOURCE.url,
        position=position,
        note=row["source_headline"],
        language="en",
        verification="estimated",
        source="ucdp",
        source_key=row["id"],
    )
