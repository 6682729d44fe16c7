"""Daily mean outdoor temperature of cities: what an outage meant on that day.

What     24 cities from 2022 to 2024 as the ERA5 reanalysis has them: every regional centre but
         Kropyvnytskyi and Simferopol, and Sevastopol; or a table of one's own for later winters
Unit     degrees Celsius, the mean of the day's hours
Cadence  one row a city and day; the shipped table ends on 30 January 2024

A table of one's own has the columns city, date, t_mean_c and, where known, t_min_c, t_max_c,
n_hours, source (who measured or computed it) and url:
    python -m etl load temperature --file winter.csv

Traps
- A reanalysis is computed, not measured: its values are marked as estimated.
- A day with fewer than 24 hours has a mean of those hours only: "about".
- When the values became public is not known, so they count as known from the day of loading.
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
# Who computed a reanalysis -> who publishes it and where.
REANALYSES = {"Open-Meteo (ERA5)": ("Open-Meteo", "https://open-meteo.com/")}

NO_PLACE = "city is not in the gazetteer"
TWICE = "a second row for the same city and day"
UNREADABLE = "a cell cannot be read as its column says"


def parse(payload: bytes) -> Parsed:
    """One figure a row. Raises ValueError when a required column is missing."""
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
    """The tables repeat a few cities thousands of times."""
    return find(city).pcode


@cache
def _verification(speaker: str, place: str) -> str:
    if speaker in REANALYSES:
        return "estimated"
    return speakers.verification("temperature", speakers.identify(speaker, place).role)


def _note(row: dict[str, str], partial: bool) -> str:
    """What the mean is of: "daily mean; minimum -5.3, maximum 0.5; from 18 of 24 hours"."""
    extremes = (("minimum", row["t_min_c"]), ("maximum", row["t_max_c"]))
    known = ", ".join(f"{name} {value}" for name, value in extremes if value)
    hours = f"from {row['n_hours']} of 24 hours" if partial else ""
    return "; ".join(filter(None, ("daily mean", known, hours)))
