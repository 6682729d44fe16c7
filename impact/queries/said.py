"""What was said of one day, each thing once, with the hour that its source tells."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from impact.model.rows import Row, record, records
from impact.rules import hours
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader

_OF_DAYS = """
FROM figures
WHERE indicator IN (SELECT unnest($indicators)) AND place IN (SELECT unnest($places))
  AND day BETWEEN $first AND $last AND period = 'day' AND length("date") = 10
"""


def figures(
    reader: Reader,
    indicators: Collection[str],
    places: Collection[str],
    day: date,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Every figure about a day, those in doubt and those without a number included, in sequence
    (hours.in_sequence); rank is that of the rule."""
    rows = reader.query(
        f"SELECT *, rank_{rule} AS rank {_OF_DAYS}", _asked(indicators, places, day, day)
    )
    return hours.in_sequence(rows)


def fullest(
    reader: Reader, indicators: Collection[str], places: Collection[str], first: date, last: date
) -> date | None:
    """The day of a period about which most was said, the latest of several; None without any."""
    rows = reader.query(
        f"SELECT day {_OF_DAYS} GROUP BY day ORDER BY count(*) DESC, day DESC LIMIT 1",
        _asked(indicators, places, first, last),
    )
    return record(rows)["day"].date() if len(rows) else None


def once(rows: pd.DataFrame) -> pd.DataFrame:
    """Figures in sequence, each number once for each hour, with voices: how many bodies give it.

    A page that names no speaker is left out where a body gave its number, for the same hour if
    the page names one. What a body said without an hour is left out where it said it with one.
    """
    said = records(rows)
    spoken = {
        spoke for row in said if row["body"] for spoke in (_told(row), _told(row, hour=False))
    }
    timed = {_by(row) for row in said if row["timed"]}
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, row in enumerate(said):
        printed = not row["body"] and _told(row) in spoken
        if not printed and (row["timed"] or _by(row) not in timed):
            groups.setdefault((*_told(row), row["bound"]), []).append(number)
    first = [min(each, key=lambda number: said[number]["body"] == "") for each in groups.values()]
    voices = [len({said[number]["body"] for number in each}) for each in groups.values()]
    return rows.iloc[first].assign(voices=voices).sort_index().reset_index(drop=True)


def _told(row: Row, *, hour: bool = True) -> tuple[object, ...]:
    """What is said, and for which hour; without it as if none were named."""
    numbers = [None if pd.isna(row[name]) else row[name] for name in ("value", "value_high")]
    at = row["begins"] if hour and row["timed"] else None
    return row["claim"], *numbers, bool(row["doubted"]), at


def _by(row: Row) -> tuple[object, ...]:
    """What is said by whom, whatever the hour."""
    return *_told(row, hour=False), row["bound"], row["body"] or row["outlet"]


def _asked(
    indicators: Collection[str], places: Collection[str], first: date, last: date
) -> dict[str, object]:
    return {
        "indicators": sorted(indicators),
        "places": sorted(places),
        "first": first,
        "last": last,
    }
