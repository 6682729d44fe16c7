"""Drones and missiles launched, from P. Ivaniuk's table of the Air Force's daily reports.

What     a row is one weapon model in one wave of an attack: times, target, number launched
Unit     drones or missiles
Cadence  daily since September 2022

The table states no licence, so it is not shipped. To load it:
    python -m etl load missile_attacks --file missile_attacks_daily.csv

A wave belongs to the day on which it ends, so a night belongs to its morning. Times are taken
as Kyiv time. A row counts only a part of the day's launches. So each figure names its part: the
model, and the hours if the model came twice. The parts together are "at least" so many.

Traps
- Some times have no clock time, some are "3:30" for "03:30", some end with spaces.
- The table also has drones for reconnaissance and for the front line. models.csv says which models
  count. A row may name several models. It counts if all are of one kind.
- "south" is a military direction, and "A and B" are two places. Neither is one place on a map.
- Columns with Python dictionaries (launched_details, affected region …) only divide a number that
  the row has as a whole. They and the columns of losses are not read.
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
# Account of a post -> the speaker. "watch" is part of a video's address and no account.
ACCOUNTS = {"kpszsu": "Air Force", "watch": ""}


class _Refused(Exception):
    """A row gives no figure. The message is the reason."""


def parse(payload: bytes) -> Parsed:
    """One figure for each row, or a refusal.

    Raises ValueError if the payload is no table or lacks a column.
    """
    parsed, launches = Parsed(), []
    for position, row in parsed.records(payload, COLUMNS):
        try:
            launches.append(_launch(row) | {"position": position})
        except _Refused as reason:
            parsed.refuse(position, reason, row)
    parsed.figures += _apart(launches)
    return parsed


def _launch(row: dict[str, str]) -> dict:
    """The fields of a row's figure, and "hours" for the part if two rows agree in all else.

    Raises _Refused.
    """
    start, end = _time(row["time_start"]), _time(row["time_end"])
    # A day without a clock time is the whole day. So only what both times state is compared.
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
    """The figures. Those of one speaker, place and day get different parts, and all get different
    keys (source_key).

    If two speakers report one model, place and day, their figures keep the same part. The Air Force
    and its regional commands count the same missiles, so these figures must not be added.
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
    """Counts a key. Returns "" the first time, " · 2" the second time, and so on."""
    seen[key] += 1
    return f" · {seen[key]}" if seen[key] > 1 else ""


def _time(cell: str) -> str:
    """An ISO time of a cell: "2023-05-16 3:30 " -> "2023-05-16T03:30". Raises _Refused.

    Such texts sort by time.
    """
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
    """The indicator for a model, or for several models of one kind. Raises _Refused."""
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
    """Model -> its indicator, and the reason if it has none."""
    with MODELS.open(encoding="utf-8", newline="") as file:
        return {row["model"]: (row["indicator"], row["reason"]) for row in csv.DictReader(file)}


def _place(target: str) -> tuple[str, str]:
    """The P-code of a target and, if the target is a raion, the name of the raion.

    A raion has the P-code of its oblast. Raises _Refused.
    """
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
    """The speaker and the address of a post. The cell holds a path on Facebook or an address."""
    account = match[1] if (match := POST.fullmatch(cell)) else ""
    url = f"https://www.facebook.com/{cell}" if "/posts/" in cell else ""
    return ACCOUNTS.get(account, account), cell if cell.startswith("https://") else url
