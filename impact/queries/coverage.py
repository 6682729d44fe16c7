"""Coverage: of which oblast somebody said something in which week, and of which nobody did.

Silence is no statement that all was well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from impact.model.indicators import TOLLS
from impact.model.places import UKRAINE, Place, inside, parts
from impact.model.rows import record
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader

STATES = ("numbers", "words", "doubted", "silence")


def weeks(
    reader: Reader, indicators: Sequence[str], first: date, last: date
) -> dict[str, pd.DataFrame]:
    """Indicator -> a row for every oblast and every week (from Monday) of a period: area, week,
    state (STATES), numbers, words, doubted, days and figure_ids, as impact/summaries/coverage.sql
    has them."""
    begins = first - timedelta(days=first.weekday())
    told = reader.query(
        """FROM coverage WHERE indicator IN (SELECT unnest($1)) AND week BETWEEN $2 AND $3
             AND state <> 'silence'""",
        [list(indicators), begins, last],
    )
    every = pd.MultiIndex.from_product(
        [[area.pcode for area in parts(UKRAINE)], pd.date_range(begins, last, freq="7D")],
        names=["area", "week"],
    )
    return {each: _whole(told[told["indicator"] == each], every) for each in indicators}


def _whole(told: pd.DataFrame, every: pd.MultiIndex) -> pd.DataFrame:
    rows = told.drop(columns="indicator").assign(week=pd.to_datetime(told["week"]))
    rows = rows.set_index(["area", "week"]).reindex(every).reset_index()
    rows["state"] = rows["state"].fillna("silence")
    for name in ("numbers", "words", "doubted", "days"):
        rows[name] = rows[name].fillna(0).astype("int64")
    rows["figure_ids"] = [
        [] if isinstance(each, float) else list(each) for each in rows["figure_ids"]
    ]
    return rows


def struck(reader: Reader, first: date, last: date) -> pd.DataFrame:
    """The oblasts and weeks of a period in which somebody was killed or injured: area, week and
    figure_ids."""
    tolls = pd.concat(weeks(reader, TOLLS, first, last).values())
    by_week = tolls[tolls["numbers"] > 0].groupby(["area", "week"])["figure_ids"]
    found = [(*key, [id_ for ids in several for id_ in ids]) for key, several in by_week]
    return pd.DataFrame(found, columns=["area", "week", "figure_ids"])


@dataclass(frozen=True, slots=True)
class Reported:
    """How much of a period has a number: days of all days, oblast-level units of all in an area."""

    days: int
    of_days: int
    areas: int
    of_areas: int


def reported(
    reader: Reader,
    indicators: Sequence[str],
    area: Place,
    period: tuple[date, date],
    rule: str = DEFAULT_RULE,
) -> Reported:
    """On how many days of a period somebody gave a number of an area or of a place in it; and of
    how many oblast-level units, for the country (of the area itself, for any other)."""
    first, last = period
    units = [each.pcode for each in parts(area)] if area == UKRAINE else [area.pcode]
    found = record(
        reader.query(
            """SELECT count(DISTINCT day) AS days,
                      count(DISTINCT area) FILTER (area IN (SELECT unnest($units))) AS areas
               FROM daily
               WHERE rule = $rule AND indicator IN (SELECT unnest($indicators))
                 AND area IN (SELECT unnest($places)) AND day BETWEEN $first AND $last""",
            {
                "units": units,
                "rule": rule,
                "indicators": list(indicators),
                "places": [each.pcode for each in (area, *inside(area))],
                "first": first,
                "last": last,
            },
        )
    )
    return Reported(found["days"], (last - first).days + 1, found["areas"], len(units))


def silences(reader: Reader, indicator: str, first: date, last: date) -> pd.DataFrame:
    """The oblasts in which people were killed or injured and nobody said anything of the indicator
    in the same week: area, weeks (their Mondays, in order), those with most weeks first."""
    rows = weeks(reader, [indicator], first, last)[indicator]
    hit = struck(reader, first, last)[["area", "week"]]
    quiet = rows[rows["state"] == "silence"].merge(hit, on=["area", "week"])
    found = quiet.groupby("area")["week"].agg(list).reset_index(name="weeks")
    found["count"] = found["weeks"].map(len)
    return found.sort_values(["count", "area"], ascending=[False, True], ignore_index=True)


def claims(reader: Reader, indicators: Sequence[str], first: date, last: date) -> list[str]:
    """The claims that a coverage is made of, those in doubt and those without a number too."""
    begins = first - timedelta(days=first.weekday())
    return reader.query(
        """SELECT DISTINCT claim FROM figures
           WHERE indicator IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3 AND period = 'day'
             AND length("date") = 10
           ORDER BY claim""",
        [list(indicators), begins, last + timedelta(days=6)],
    )["claim"].tolist()
