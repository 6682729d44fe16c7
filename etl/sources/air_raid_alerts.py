"""Air-raid alerts: for how many hours of a day a whole oblast was under alert.

What     a row of the file is one alert: oblast, raion, hromada, level, beginning and end
Unit     hours of a day in Kyiv time, worked out from beginnings and ends
Cadence  daily; its collector's file of official alerts since 15 March 2022

How to get it: the official alerts in English, of the GitHub repository (MIT)
Vadimkin/ukrainian-air-raid-sirens-dataset. Then
    python -m etl load air_raid_alerts --file official_data_en.csv

Traps
- Since December 2025 most alerts are of raions. A union of raions is no alert of the oblast: only
  alerts of the level "oblast" are read. So each number is "at least", and a day without one is no
  day without alerts. Alerts of raions and communities are refused, counted by oblast and level.
- Times are UTC; an alert over midnight belongs to two days. Alerts that overlap or stand twice are
  one.
- Alerts that are not over have no length: refused. Luhansk Oblast and Crimea have had one since
  2022, which the file does not have.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from etl.exports import NO_PLACE, UNREADABLE
from etl.source import Parsed, Source
from impact.model.dates import KYIV
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("Air-raid alerts of whole oblasts"),
    publisher=N_("Ukrainian air-raid sirens dataset (V. Klymenko)"),
    url="https://github.com/Vadimkin/ukrainian-air-raid-sirens-dataset",
    licence=N_("MIT (Ukrainian air-raid sirens dataset)"),
)
COLUMNS = ("oblast", "raion", "hromada", "level", "started_at", "finished_at")

FINER = "{count} alerts of {level}s: a union of them is no alert of the oblast"
NOT_OVER = "not over, or over before it began: its length is not known"

Span = tuple[datetime, datetime]


def parse(payload: bytes) -> Parsed:
    """One figure for each oblast and day with an alert of the whole oblast.

    A row is such a day, or an alert or kind of alerts that is refused. Raises ValueError with a
    sentence if the payload is no such table.
    """
    parsed = Parsed()
    spans: dict[str, list[Span]] = defaultdict(list)
    finer = Counter[tuple[str, str]]()
    for position, row in parsed.records(payload, COLUMNS):
        if row["level"] != "oblast":
            finer[row["oblast"], row["level"]] += 1
            continue
        try:
            begin, end = (datetime.fromisoformat(row[each]) for each in COLUMNS[-2:])
            place = find(row["oblast"]).pcode
        except UnknownPlace:
            parsed.refuse(position, NO_PLACE, row)
        except ValueError:
            parsed.refuse(position, UNREADABLE if row["finished_at"] else NOT_OVER, row)
        else:
            if end <= begin:
                parsed.refuse(position, NOT_OVER, row)
            else:
                spans[place].append((begin.astimezone(KYIV), end.astimezone(KYIV)))
    for (oblast, level), count in sorted(finer.items()):
        about = {"oblast": oblast, "level": level, "alerts": count}
        parsed.refuse(f"{oblast} by {level}", FINER.format(count=count, level=level), about)
    for place in sorted(spans):
        parsed.figures += _figures(place, _merged(spans[place]))
    parsed.rows = len(parsed.figures) + len(parsed.refused)
    return parsed


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap or touch as one."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def _by_day(spans: Iterable[Span]) -> Iterator[tuple[str, timedelta]]:
    """Each day of each span, with the time of it that the span covers."""
    for begin, end in spans:
        while begin < end:
            midnight = datetime.combine(begin.date() + timedelta(days=1), time(), KYIV)
            until = min(end, midnight)
            # As moments: a day of another length than 24 hours counts as it is.
            length = timedelta(seconds=until.timestamp() - begin.timestamp())
            yield begin.date().isoformat(), length
            begin = until


def _figures(place: str, spans: Iterable[Span]) -> list[Figure]:
    lengths: dict[str, list[timedelta]] = defaultdict(list)
    for day, length in _by_day(spans):
        lengths[day].append(length)
    return [_figure(place, day, lengths[day]) for day in sorted(lengths)]


def _figure(place: str, day: str, lengths: list[timedelta]) -> Figure:
    minutes = sum(lengths, timedelta()) / timedelta(minutes=1)
    return Figure(
        indicator="alert_hours",
        value=round(minutes / 60, 2),
        bound="at_least",
        unit="hours",
        place=place,
        date=day,
        cause="",
        attributed_to="official air-raid alerts",
        publisher="Ukrainian air-raid sirens dataset",
        url=SOURCE.url,
        position=f"{place} {day}",
        note=f"{len(lengths)} alerts of the whole oblast, {minutes:.0f} minutes; none of raions",
        language="en",
        verification="estimated",
        source="air_raid_alerts",
        source_key=f"{place} {day}",
    )
