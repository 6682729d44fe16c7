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
from impact.queries.many import Many
from impact.queries.series import MOST_IDS
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader

STATES = ("numbers", "words", "doubted", "silence")


def weeks(
    reader: Reader, indicators: Sequence[str], first: date, last: date
) -> dict[str, pd.DataFrame]:
    """Indicator -> a row for every oblast and every week (from Monday) of a period: area, week,
    state (STATES), numbers, words, doubted and days, as impact/summaries/coverage.sql has them;
    figures, how many there are, and in figure_id their ids with commas, or the mark's key
    (marks.py)."""
    told = reader.query(
        f"""SELECT * EXCLUDE (figure_ids), len(figure_ids) AS figures,
                   CASE WHEN len(figure_ids) <= {MOST_IDS} THEN array_to_string(figure_ids, ',')
                        ELSE concat_ws('|', 'coverage', area, indicator, week) END AS figure_id
            FROM coverage WHERE {_TOLD}""",
        _asked(indicators, first, last),
    )
    every = pd.MultiIndex.from_product(
        [[area.pcode for area in parts(UKRAINE)], pd.date_range(_monday(first), last, freq="7D")],
        names=["area", "week"],
    )
    return {each: _whole(told[told["indicator"] == each], every) for each in indicators}


def _whole(told: pd.DataFrame, every: pd.MultiIndex) -> pd.DataFrame:
    rows = told.drop(columns="indicator").assign(week=pd.to_datetime(told["week"]))
    rows = rows.set_index(["area", "week"]).reindex(every).reset_index()
    rows["state"] = rows["state"].fillna("silence")
    for name in ("numbers", "words", "doubted", "days", "figures"):
        rows[name] = rows[name].fillna(0).astype("int64")
    return rows.assign(figure_id=rows["figure_id"].fillna(""))


def struck(reader: Reader, first: date, last: date) -> pd.DataFrame:
    """The oblasts and weeks of a period in which somebody was killed or injured: area, week and
    struck_id, the ids of the figures with commas, or the mark's key (marks.py)."""
    rows = reader.query(
        f"""SELECT area, week,
                   CASE WHEN sum(len(figure_ids)) <= {MOST_IDS}
                        THEN string_agg(array_to_string(figure_ids, ','), ','
                                        ORDER BY list_position($indicators, indicator))
                        ELSE concat_ws('|', 'struck', area, week) END AS struck_id
            FROM coverage WHERE {_TOLD} AND numbers > 0
            GROUP BY area, week ORDER BY area, week""",
        _asked(TOLLS, first, last),
    )
    return rows.assign(week=pd.to_datetime(rows["week"]))


def behind(
    indicators: Sequence[str], first: date, last: date, area: str = "", *, numbers: bool = False
) -> Many:
    """The figures that a coverage is made of, everywhere or in one oblast; of the weeks that have
    a number, or of all."""
    asked = _asked(indicators, first, last) | {"area": area, "least": int(numbers)}
    here = "($area = '' OR area = $area) AND numbers >= $least"
    return Many.of(f"{_IDS} WHERE {_TOLD} AND {here}", asked)


def behind_silences(indicator: str, first: date, last: date) -> Many:
    """The tolls of the oblasts and weeks in which nobody said anything of an indicator."""
    asked = _asked(TOLLS, first, last) | {"silent": indicator}
    return Many.of(f"{_IDS} AS hit WHERE {_TOLD} AND numbers > 0 AND {_SILENT}", asked)


_IDS = "SELECT unnest(figure_ids) AS figure_id FROM coverage"
_TOLD = """
    indicator IN (SELECT unnest($indicators)) AND week BETWEEN $first AND $last
    AND state <> 'silence'
"""
_SILENT = """
    NOT EXISTS (FROM coverage AS told WHERE told.indicator = $silent AND told.area = hit.area
                AND told.week = hit.week AND told.state <> 'silence')
"""


def _asked(indicators: Sequence[str], first: date, last: date) -> dict[str, object]:
    return {"indicators": list(indicators), "first": _monday(first), "last": last}


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


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


def never(reader: Reader, indicator: str, first: date, last: date) -> list[str]:
    """P-codes of the oblasts of which nobody said anything of an indicator in any week."""
    rows = weeks(reader, [indicator], first, last)[indicator]
    quiet = (rows["state"] == "silence").groupby(rows["area"], sort=False).all()
    return [str(area) for area in quiet[quiet].index]


def claims(reader: Reader, indicators: Sequence[str], first: date, last: date) -> list[str]:
    """The claims that a coverage is made of, those in doubt and those without a number too."""
    return reader.query(
        """SELECT DISTINCT claim FROM figures
           WHERE indicator IN (SELECT unnest($1)) AND day BETWEEN $2 AND $3 AND period = 'day'
             AND length("date") = 10
           ORDER BY claim""",
        [list(indicators), _monday(first), last + timedelta(days=6)],
    )["claim"].tolist()
