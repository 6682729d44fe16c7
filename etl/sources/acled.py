"""People killed in events that ACLED counts as aimed at civilians, from an export of one's own.

What     a row is one event: a day, an oblast, a type, and its reported fatalities
Unit     people
Cadence  weekly; older events are changed and taken out without notice

ACLED's terms let nobody pass its data on, so nothing ships. With an account of one's own, export
Ukraine as CSV on acleddata.com and run
    python -m etl load acled --file export.csv

Traps
- Fatalities of other events are soldiers for the most part. Only rows that ACLED marks as civilian
  targeting are read.
- "fatalities" may include attackers and is an estimate of reports, the most cautious one.
- Nought fatalities means that none were reported, not that nobody died: refused.
- Events are parts of a day. Each has its event as its part, so that together they are "at least".
"""

from etl.exports import ELSEWHERE, collect, csv_rows, oblast
from etl.replies import day
from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.language import N_

SOURCE = Source(
    title=N_("Events aimed at civilians, ACLED"),
    publisher="ACLED",
    url="https://acleddata.com/",
    licence=N_("ACLED's terms: for use with an export of one's own, not to be passed on"),
)
COLUMNS = (
    *("event_id_cnty", "event_date", "event_type", "civilian_targeting", "country", "admin1"),
    *("location", "source", "fatalities"),
)

NO_CIVILIANS = "not marked as aimed at civilians"
NONE_REPORTED = "no fatalities reported, which is no nought"


def parse(payload: bytes) -> Parsed:
    """One figure for each event with reported fatalities, or a refusal.

    Raises ValueError with a sentence if the payload is no whole export.
    """
    parsed = Parsed()
    rows = csv_rows(parsed, payload, COLUMNS)
    return collect(parsed, rows, _unfit, _figure, "event")


def _unfit(row: dict[str, str]) -> str:
    if row["country"] != "Ukraine":
        return ELSEWHERE
    if not row["civilian_targeting"]:
        return NO_CIVILIANS
    return "" if int(row["fatalities"]) else NONE_REPORTED


def _figure(row: dict[str, str], position: str) -> Figure:
    return Figure(
        indicator="killed",
        value=float(row["fatalities"]),
        bound="about",
        unit="people",
        part=f"event {row['event_id_cnty']}",
        place=oblast(row["admin1"]).pcode,
        date=day(row["event_date"]),
        attributed_to="ACLED",
        publisher="ACLED",
        url=SOURCE.url,
        position=position,
        note=f"{row['event_type']}, {row['location']}; from {row['source']}",
        language="en",
        verification="estimated",
        source="acled",
        source_key=row["event_id_cnty"],
    )
