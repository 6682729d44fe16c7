"""Drones and missiles launched, from P. Ivaniuk's table of the Air Force's daily reports.

What     one row is one weapon model of one wave: when, at what, how many were launched
Unit     drones or missiles
Cadence  daily since September 2022; no licence is stated, so bring the file:
             python -m etl load missile_attacks --file missile_attacks_daily.csv

A wave belongs to the day it ends on, a night to its morning. A row counts a part of the day's
launches, so every figure names its part (model, and the hours where a model came twice); parts
make up "at least" so many.

Traps
- Times come with and without a clock, with "3:30" for "03:30" and with blanks behind them.
- Reconnaissance and front-line drones stand among those sent against cities: models.csv says
  which count. One row can name several models; it counts if they are all of one kind.
- "south" is a military direction and "A and B" two places: neither can be put on a map.
- The columns that hold Python dictionaries (launched_details, affected region …) only split up a
  number that the row states whole. They and the columns of losses are not read.
"""

import csv
import re
from collections import Counter
from functools import cache
from typing import Any

from etl.source import DATA, Parsed, Source
from impact.model import dates, speakers
from impact.model.figure import Figure
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("Massive missile attacks on Ukraine"),
    publisher="missile_attacks_daily (P. Ivaniuk)",
    url="https://www.kaggle.com/datasets/piterfm/massive-missile-attacks-on-ukraine",
    licence=N_("none stated: for use with a copy of one's own"),
)
MODELS = DATA / "missile_attacks" / "models.csv"

COLUMNS = ("time_start", "time_end", "model", "target", "launched", "source")
TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?: (\d{1,2}):(\d\d))?")
COUNT = re.compile(r"\d+(?:\.0)?")
DIRECTION = re.compile(r"(?:north|south|east|west|center|front line)(?:-(?:east|west))?")
RAION = re.compile(r"(.+ oblast), (.+ Raion)")
POST = re.compile(r"(?:https://t\.me/)?([\w.]+)/.+")
# Account that posted -> who spoke. "watch" is the address of a film, not an account.
ACCOUNTS = {"kpszsu": "Air Force", "watch": ""}


class _Refused(Exception):
    """A row that cannot be a figure; the message is the reason."""


def parse(payload: bytes) -> Parsed:
    """One figure a row. Raises ValueError when a column is missing."""
    parsed, launches = Parsed(), []
    for position, row in parsed.records(payload, COLUMNS):
        try:
            launches.append(_launch(row) | {"position": position})
        except _Refused as reason:
            parsed.refuse(position, reason, row)
    parsed.figures = _apart(launches)
    return parsed


def _launch(row: dict[str, str]) -> dict:
    """A row as fields of a figure, and the hours that may have to tell it from another."""
    start, end = _time(row["time_start"]), _time(row["time_end"])
    # A day without a clock is the whole day, so only what both times state is compared.
    stated = min(len(start), len(end))
    if end[:stated] < start[:stated]:
        raise _Refused("ends before it begins")
    indicator = _indicator(row["model"])
    place, raion = _place(row["target"])
    speaker, url = _post(row["source"].strip())
    return {
        "indicator": indicator,
        "value": _count(row["launched"].strip()),
        "unit": INDICATORS[indicator].units[0],
        "part": f"{row['model']} in {raion}" if raion else row["model"],
        "hours": "" if start == end else f"{start[11:] or start}–{end[11:] or end}",
        "place": place,
        "date": end[:10],
        "as_of": end if "T" in end else "",
        "attributed_to": speaker,
        "published": end[:10],
        "url": url,
        "verification": speakers.verification(indicator, speakers.identify(speaker, place).role),
        "source_key": f"{row['target']}, {row['model']}, {start}/{end}",
    }


def _apart(launches: list[dict[str, Any]]) -> list[Figure]:
    """The figures, each with a part of its place's day and a key that no other has.

    What two accounts report of one model, place and day keeps one part: they are rivals, as the
    Air Force and its regional commands count the same missiles, and rivals are never added.
    """
    waves = Counter(map(_part, launches))
    parts: Counter[Any] = Counter()
    keys: Counter[str] = Counter()
    figures = []
    for fields in launches:
        repeated = waves[_part(fields)] > 1
        if (hours := fields.pop("hours")) and repeated:
            fields["part"] += f" · {hours}"
        fields["part"] += _again(parts, _part(fields))
        fields["source_key"] += _again(keys, fields["source_key"])
        constant: dict[str, Any] = {
            "publisher": SOURCE.publisher,
            "language": "uk",
            "source": "missile_attacks",
        }
        figures.append(Figure(**fields, **constant))
    return figures


def _part(fields: dict[str, Any]) -> tuple[str, ...]:
    names = ("indicator", "place", "date", "part", "attributed_to")
    return tuple(fields[name] for name in names)


def _again(seen: Counter, key: object) -> str:
    """Nothing for the first of its kind, " · 2" for the second and so on."""
    seen[key] += 1
    return f" · {seen[key]}" if seen[key] > 1 else ""


def _time(cell: str) -> str:
    """ "2023-05-16 3:30 " -> "2023-05-16T03:30", which sorts as text."""
    if not (match := TIME.fullmatch(cell.strip())):
        raise _Refused("a time cannot be read")
    day, hour, minute = match.groups()
    stated = f"{day}T{int(hour):02}:{minute}" if hour else day
    try:
        dates.local_time(stated)
    except ValueError:
        raise _Refused("a time cannot be read") from None
    return stated


def _indicator(models: str) -> str:
    """The indicator that counts a model, or several models of one kind."""
    try:
        kinds = [_models()[name] for name in models.split(" and ")]
    except KeyError:
        raise _Refused("a model that models.csv does not list") from None
    indicator, reason = kinds[0]
    if any(other != indicator for other, _ in kinds):
        raise _Refused("one number for weapons of two kinds")
    if reason:
        raise _Refused(reason)
    return indicator


@cache
def _models() -> dict[str, tuple[str, str]]:
    """Model -> the indicator that counts it, and why if none does."""
    with MODELS.open(encoding="utf-8", newline="") as file:
        return {row["model"]: (row["indicator"], row["reason"]) for row in csv.DictReader(file)}


def _place(target: str) -> tuple[str, str]:
    """A target's P-code and its raion, if it is one: a raion's figure is a part of its oblast's."""
    if not target:
        raise _Refused("names no target")
    if " and " in target:
        raise _Refused("one number for several places")
    if DIRECTION.fullmatch(target):
        raise _Refused("a military direction, not a place")
    raion = RAION.fullmatch(target)
    area, within = raion.groups() if raion else (target, "")
    try:
        return find(area).pcode, within
    except UnknownPlace:
        raise _Refused("target is not in the gazetteer of Ukraine") from None


def _count(cell: str) -> float:
    if not cell:
        raise _Refused("no number launched")
    if not COUNT.fullmatch(cell):
        raise _Refused("launched is not a whole number")
    return float(cell)


def _post(cell: str) -> tuple[str, str]:
    """Who spoke, and the post's address: the cell is a path on Facebook or a whole address."""
    account = match[1] if (match := POST.fullmatch(cell)) else ""
    url = f"https://www.facebook.com/{cell}" if "/posts/" in cell else ""
    return ACCOUNTS.get(account, account), cell if cell.startswith("https://") else url
