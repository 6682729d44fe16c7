"""What is known, from the summaries of the snapshot (impact/summaries/): totals by day, peaks."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple, TypedDict, Unpack

import pandas as pd

from impact import summaries
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


class Chosen(TypedDict, total=False):
    """What a question may keep to: a group of people (all), a unit or status (any of them), and
    the headline rule (the default one)."""

    people: str
    unit: str
    status: str
    rule: str


# A period of the reader's own, in place of the weeks, months and winters of the table; and the days
# of some areas in place of everybody's. So the one SQL text of the summary serves both.
_CHOSEN = """
    WITH periods AS (SELECT 'chosen' AS kind, '' AS code, $first AS first, $last AS final),
    daily AS (
        FROM main.daily
        WHERE area IN (SELECT unnest($areas)) AND indicator IN (SELECT unnest($indicators))
          AND people = $people AND rule = $rule AND day BETWEEN $first AND $last
          AND ($unit = '' OR unit = $unit) AND ($status = '' OR status = $status)
    ),
    peak AS ({peak})
    FROM peak
"""


def peak(
    reader: Reader,
    indicator: str,
    area: str,
    period: tuple[date, date],
    **chosen: Unpack[Chosen],
) -> pd.DataFrame:
    """The worst and the last day of an area in a period: one row of impact/summaries/peak.sql, or
    none where nobody gave a number. A unit or status keeps to that one."""
    return peaks(reader, [indicator], [area], period, **chosen)


def peaks(
    reader: Reader,
    indicators: Collection[str],
    areas: Collection[str],
    period: tuple[date, date],
    **chosen: Unpack[Chosen],
) -> pd.DataFrame:
    """The worst and the last day of each of several areas for each of several indicators. To plan
    the question takes far longer than to answer it: ask for all at once."""
    asked = {"indicators": sorted(indicators), "areas": sorted(areas), **_asked(period, chosen)}
    return reader.query(_CHOSEN.format(peak=summaries.texts()["peak"]), asked)


def worst_day(
    reader: Reader, indicator: str, area: str, period: tuple[date, date], rule: str = DEFAULT_RULE
) -> date | None:
    """The worst day of an area in a period; None where nobody gave a number."""
    days = peak(reader, indicator, area, period, rule=rule)["day"]
    return None if days.empty or pd.isna(days.iloc[0]) else days.iloc[0].date()


class Course(NamedTuple):
    """The days of an area in one indicator and unit; in one status, or in any where it is empty."""

    indicator: str
    area: str
    unit: str
    status: str


def courses(
    reader: Reader, asked: Sequence[Course], period: tuple[date, date], **chosen: Unpack[Chosen]
) -> pd.DataFrame:
    """Totals by day of several areas and indicators in the order of days: indicator, area, day,
    unit, status, value, value_high and bound, as impact/summaries/daily.sql has them."""
    return reader.query(
        """WITH asked AS (
               SELECT unnest($indicators::VARCHAR[]) AS indicator,
                      unnest($areas::VARCHAR[]) AS area, unnest($units::VARCHAR[]) AS unit,
                      unnest($statuses::VARCHAR[]) AS one
           )
           SELECT indicator, area, day, unit, status, value, value_high, bound
           FROM daily JOIN asked USING (indicator, area, unit)
           WHERE people = $people AND rule = $rule AND day BETWEEN $first AND $last
             AND status <> 'restored' AND (one = '' OR status = one)
           ORDER BY day, unit, status, indicator, area""",
        {
            **columns_of(asked),
            "people": chosen.get("people", "all"),
            "rule": chosen.get("rule", DEFAULT_RULE),
            "first": period[0],
            "last": period[1],
        },
    )


def columns_of(asked: Sequence[Course]) -> dict[str, list[str]]:
    """Courses as parameters of a query: a list for each field."""
    return {
        "indicators": [each.indicator for each in asked],
        "areas": [each.area for each in asked],
        "units": [each.unit for each in asked],
        "statuses": [each.status for each in asked],
    }


def last_day(
    reader: Reader, indicators: Sequence[str], area: str, until: date, rule: str = DEFAULT_RULE
) -> date | None:
    """The last day up to a date on which any of the indicators has a total there; restorations do
    not count."""
    day = reader.query(
        """SELECT max(day) AS day FROM daily
           WHERE indicator IN (SELECT unnest($1)) AND area = $2 AND day <= $3 AND rule = $4
             AND people = 'all' AND status <> 'restored'""",
        [list(indicators), area, until, rule],
    )["day"][0]
    return None if pd.isna(day) else day.date()


def _asked(period: tuple[date, date], chosen: Chosen) -> dict[str, object]:
    return {
        "first": period[0],
        "last": period[1],
        **{"people": "all", "unit": "", "status": "", "rule": DEFAULT_RULE},
        **chosen,
    }
