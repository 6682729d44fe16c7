"""Displaced people by oblast, from the humanitarian API of HDX (HAPI).

What     a row is one area in one round: its internally displaced people, with the area's P-code
Unit     people
Cadence  as the provider's rounds, every three to four months

How to get it: the resource "affected-people/idps" for UKR as CSV, by the API with an app identifier
of one's own, or the file on HDX. Then
    python -m etl load hapi_idps --file hdx_hapi_idps_ukr.csv

Traps
- Rows of the country, of oblasts and of raions stand in one table; they are never added. Only those
  of the country and of oblasts are read.
- A row with an error of HDX's own checks is refused, and its error is the reason.
- The period is that of the survey; the figure is of its last day.
"""

from etl.exports import ELSEWHERE, collect, csv_rows
from etl.replies import day
from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import PLACES

SOURCE = Source(
    title=N_("Internally displaced people, HDX HAPI"),
    publisher="HDX HAPI (OCHA)",
    url="https://hapi.humdata.org/",
    licence=N_("as the dataset that a row names on HDX; for use with a copy of one's own"),
)
COLUMNS = (
    *("location_code", "admin1_code", "admin_level", "reporting_round", "operation", "population"),
    *("reference_period_start", "reference_period_end", "dataset_hdx_id", "error"),
)

FINER = "finer than an oblast"
NO_CODE = "no P-code of ours"


def parse(payload: bytes) -> Parsed:
    """One figure for each row of the country or of an oblast, or a refusal.

    Raises ValueError with a sentence if the payload is no whole table of HAPI.
    """
    parsed = Parsed()
    rows = csv_rows(parsed, payload, COLUMNS)
    return collect(parsed, rows, _unfit, _figure, "area and day")


def _unfit(row: dict[str, str]) -> str:
    if row["location_code"] != "UKR":
        return ELSEWHERE
    if row["error"]:
        return row["error"]
    if row["admin_level"] not in ("0", "1"):
        return FINER
    return "" if _place(row) in PLACES else NO_CODE


def _place(row: dict[str, str]) -> str:
    return "UA" if row["admin_level"] == "0" else row["admin1_code"]


def _figure(row: dict[str, str], position: str) -> Figure:
    place, last = _place(row), day(row["reference_period_end"])
    return Figure(
        indicator="displaced",
        value=float(row["population"]),
        bound="about",
        unit="people",
        place=place,
        date=last,
        cause="",
        attributed_to="IOM",
        publisher="HDX HAPI",
        url=f"https://data.humdata.org/dataset/{row['dataset_hdx_id']}",
        position=position,
        note=f"round {row['reporting_round']}, from {row['reference_period_start'][:10]}",
        language="en",
        verification="estimated",
        source="hapi_idps",
        source_key=f"{place}, {last}, {row['operation']}",
    )
