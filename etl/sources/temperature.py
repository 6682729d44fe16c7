"""Daily mean outdoor temperature of cities. It shows how hard an outage was on that day.

What     24 cities from 2022 to 2024 from the ERA5 reanalysis: every regional centre except
         Kropyvnytskyi and Simferopol, and Sevastopol; or your own table for later winters
Unit     degrees Celsius, the mean of the day's hours
Cadence  one row for each city and day; the shipped table ends on 30 January 2024

Your own table needs the columns city, date and t_mean_c. It may have t_min_c, t_max_c, n_hours,
source (who measured or computed it) and url, too. To load it:
    python -m etl load temperature --file winter.csv

Traps
- A reanalysis is computed and not measured. Its values are marked as estimated.
- If a day has values for fewer than 24 hours, the mean is of these hours only: "about".
- Nobody knows when the values became public. They count as known from the day of loading.
"""

from datetime import date
from functools import cache

from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("Daily mean temperature of cities"),
    publisher="Open-Meteo",
    url="https://open-meteo.com/",
    licence=N_("CC BY 4.0 (Open-Meteo; contains modified Copernicus ERA5 data)"),
    files=(DATA / "weather" / "daily_tmean.csv",),
)

REQUIRED = ("city", "date", "t_mean_c")
OPTIONAL = ("t_min_c", "t_max_c", "n_hours", "source", "url")
# Reanalysis, as in the column source -> its publisher and address.
REANALYSES = {"Open-Meteo (ERA5)": ("Open-Meteo", "https://open-meteo.com/")}

NO_PLACE = "city is not in the gazetteer"
TWICE = "a second row for the same city and day"
UNREADABLE = "a cell cannot be read as its column says"


def parse(payload: bytes) -> Parsed:
    """One figure for each row, or a refusal.

    Raises ValueError if the payload is no table or lacks a required column.
    """
    parsed, seen = Parsed(), set()
    for position, row in parsed.records(payload, REQUIRED):
        try:
            figure = _figure(dict.fromkeys(OPTIONAL, "") | row, position)
        except UnknownPlace:
            parsed.refuse(position, NO_PLACE, row)
        except ValueError:
            parsed.refuse(position, UNREADABLE, row)
        else:
            if figure.source_key in seen:
                parsed.refuse(position, TWICE, row)
                continue
            seen.add(figure.source_key)
            parsed.figures.append(figure)
    return parsed


def _figure(row: dict[str, str], position: str) -> Figure:
    speaker = row["source"]
    publisher, url = REANALYSES.get(speaker, (speaker, ""))
    place = _place(row["city"])
    day = date.fromisoformat(row["date"]).isoformat()
    partial = bool(row["n_hours"]) and float(row["n_hours"]) < 24
    return Figure(
        indicator="temperature",
        value=float(row["t_mean_c"]),
        bound="about" if partial else "exact",
        unit="celsius",
        place=place,
        date=day,
        cause="",
        attributed_to=speaker,
        publisher=publisher,
        url=row["url"] or url,
        position=position,
        note=_note(row, partial),
        verification=_verification(speaker, place),
        source="temperature",
        source_key=f"{row['city']}:{day}",
    )


@cache
def _place(city: str) -> str:
    """The P-code of a city. Kept, because a table repeats each city for thousands of days."""
    return find(city).pcode


@cache
def _verification(speaker: str, place: str) -> str:
    if speaker in REANALYSES:
        return "estimated"
    return speakers.verification("temperature", speakers.identify(speaker, place).role)


def _note(row: dict[str, str], partial: bool) -> str:
    """The note of a figure: "daily mean; minimum -5.3, maximum 0.5; from 18 of 24 hours"."""
    extremes = (("minimum", row["t_min_c"]), ("maximum", row["t_max_c"]))
    known = ", ".join(f"{name} {value}" for name, value in extremes if value)
    hours = f"from {row['n_hours']} of 24 hours" if partial else ""
    return "; ".join(filter(None, ("daily mean", known, hours)))
