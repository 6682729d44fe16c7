"""Daily mean temperature of the oblast centres from 31 January 2024 on, as Open-Meteo computes it.

What     mean, lowest and highest temperature of each day, from the ERA5 reanalysis
Unit     degrees Celsius
Cadence  daily; the last days before today have no value yet

The archive's service needs no key. Its figures may be passed on (CC BY 4.0); asking it without a
key is for uses that are not commercial. One request a year of days has all cities. A reply that
was saved can be loaded, too: `python -m etl load open_meteo --file reply.json`.

Traps
- A reply names no city, only the centre of a cell of its grid. Each is the nearest of the cities
  that are asked for; a cell that is far from all of them is refused.
- A reanalysis is computed and not measured: estimated. Its last days are made anew for months, so a
  later edition may differ.
- Days that are not computed yet are null. They are refused, and nothing stands for them.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from math import cos, hypot, radians
from typing import Any
from urllib.parse import urlencode

from etl.replies import json_of, lacking
from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import PLACES, Place, find

SOURCE = Source(
    title=N_("Daily mean temperature of oblast centres since February 2024"),
    publisher="Open-Meteo",
    url="https://open-meteo.com/",
    licence=N_("CC BY 4.0 (Open-Meteo; contains modified Copernicus ERA5 data)"),
)
SERVICE = "https://archive-api.open-meteo.com/v1/archive"
# The shipped table ends a day before (etl/sources/temperature.py).
FIRST = date(2024, 1, 31)
MEAN, LOWEST, HIGHEST = "temperature_2m_mean", "temperature_2m_min", "temperature_2m_max"
CITIES = (
    *("Vinnytsia", "Lutsk", "Dnipro", "Donetsk", "Zhytomyr", "Uzhhorod", "Zaporizhzhia"),
    *("Ivano-Frankivsk", "Kyiv", "Kropyvnytskyi", "Luhansk", "Lviv", "Mykolaiv", "Odesa"),
    *("Poltava", "Rivne", "Sumy", "Ternopil", "Kharkiv", "Kherson", "Khmelnytskyi", "Cherkasy"),
    *("Chernivtsi", "Chernihiv"),
)
# Degrees. A cell of the grid is at most a quarter of a degree wide.
NEAR = 0.3

FAR = "no city that is asked for lies near the place of this series"
NOT_YET = "no value yet"
UNREADABLE = "a day or temperature cannot be read"


def addresses(today: date, since: date = FIRST) -> list[str]:
    """The requests from a day up to yesterday, one a calendar year; none if the day is later."""
    cities = [PLACES[pcode] for pcode in _cities()]
    every = {
        "latitude": ",".join(f"{city.lat:.4f}" for city in cities),
        "longitude": ",".join(f"{city.lon:.4f}" for city in cities),
        "daily": ",".join((MEAN, LOWEST, HIGHEST)),
        "timezone": "Europe/Kyiv",
    }
    found, first, last = [], max(FIRST, since), today - timedelta(days=1)
    for year in range(first.year, last.year + 1) if first <= last else ():
        days = {
            "start_date": max(first, date(year, 1, 1)).isoformat(),
            "end_date": min(last, date(year, 12, 31)).isoformat(),
        }
        found.append(f"{SERVICE}?{urlencode(every | days, safe=',')}")
    return found


def parse(*payloads: bytes) -> Parsed:
    """One figure for each city and day with a value, or a refusal.

    Raises ValueError with a sentence if a payload is no reply of the service.
    """
    parsed, seen = Parsed(), set[str]()
    for payload in payloads:
        reply = json_of(payload)
        for series in reply if isinstance(reply, list) else [reply]:
            _read(series, parsed, seen)
    return parsed


def _read(series: Any, parsed: Parsed, seen: set[str]) -> None:
    """Adds the days of one city. `seen` has the keys so far."""
    place = _nearest(series)
    for day, values in _days(series):
        parsed.rows += 1
        key = f"{place.name_en if place else _where(series)} {day}"
        if reason := _unfit(place, key, values, seen):
            parsed.refuse(f"{key} ({parsed.rows})", reason, values)
            continue
        assert place is not None
        try:
            parsed.figures.append(_figure(place, day, values, key))
            seen.add(key)
        except (ValueError, TypeError):
            parsed.refuse(key, UNREADABLE, values)


def _unfit(place: Place | None, key: str, values: Mapping[str, Any], seen: set[str]) -> str:
    """Why a day gives no figure; "" if it may give one."""
    if place is None:
        return FAR
    if values[MEAN] is None:
        return NOT_YET
    return "a second value for the same city and day" if key in seen else ""


def _days(series: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each day of a series with its values. Raises ValueError if the reply has another form."""
    daily = series.get("daily") if isinstance(series, dict) else None
    if not isinstance(daily, dict):
        raise lacking("the reply", "daily")
    for column in ("time", MEAN, LOWEST, HIGHEST):
        if not isinstance(daily.get(column), list):
            raise lacking("the reply", column)
    columns = [daily[column] for column in (MEAN, LOWEST, HIGHEST)]
    if any(len(column) != len(daily["time"]) for column in columns):
        raise ValueError("the reply breaks off: its columns differ in length")
    for day, *values in zip(daily["time"], *columns, strict=True):
        yield str(day), dict(zip((MEAN, LOWEST, HIGHEST), values, strict=True))


def _nearest(series: Any) -> Place | None:
    """The city of a series; None if none lies near."""
    try:
        lat, lon = float(series["latitude"]), float(series["longitude"])
    except (KeyError, TypeError, ValueError):
        raise lacking("the reply", "latitude") from None

    def distance(pcode: str) -> float:
        city = PLACES[pcode]
        return hypot(city.lat - lat, (city.lon - lon) * cos(radians(lat)))

    pcode = min(_cities(), key=distance)
    return PLACES[pcode] if distance(pcode) <= NEAR else None


def _where(series: Mapping[str, Any]) -> str:
    return f"{series['latitude']}, {series['longitude']}"


@cache
def _cities() -> tuple[str, ...]:
    return tuple(find(city).pcode for city in CITIES)


def _figure(place: Place, day: str, values: Mapping[str, Any], key: str) -> Figure:
    extremes = (("minimum", values[LOWEST]), ("maximum", values[HIGHEST]))
    told = [f"{name} {value}" for name, value in extremes if value is not None]
    return Figure(
        indicator="temperature",
        value=values[MEAN],
        unit="celsius",
        place=place.pcode,
        date=day,
        cause="",
        attributed_to="Open-Meteo (ERA5)",
        publisher="Open-Meteo",
        url=SOURCE.url,
        position=key,
        note="; ".join(["daily mean", ", ".join(told)] if told else ["daily mean"]),
        verification="estimated",
        source="open_meteo",
        source_key=key,
    )
