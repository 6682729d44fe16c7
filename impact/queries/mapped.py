"""What maps show: on which day of a period one opens; of a whole period each place's worst day of a
loss, or its tolls added up."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from impact.model.places import UKRAINE
from impact.queries import known
from impact.queries.many import Many
from impact.queries.series import MOST_IDS, days_with
from impact.queries.tolls import of_areas
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


def opening_day(
    reader: Reader, indicator: str, period: tuple[date, date], rule: str = DEFAULT_RULE
) -> tuple[list[date], date | None]:
    """Days of a period with a figure to map, and the one that a map of a day opens on; None where
    there are no such days.

    It is the country's worst day. Where that has nothing to map, it is the day on which most places
    have a figure.
    """
    days, fullest = days_with(reader, indicator, *period, rule)
    worst = known.worst_day(reader, indicator, UKRAINE.pcode, period, rule=rule)
    return days, worst if worst in days else fullest


def worst_days(
    reader: Reader,
    indicator: str,
    areas: Collection[str],
    first: date,
    last: date,
    *,
    unit: str,
    status: str = "",
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """The worst day of each area that has a number, in one unit: of equal days the latest; "up to"
    so many only where nothing else was said.

    status  lost or without; of both where it is empty, never of what was restored
    """
    return reader.query(
        """WITH told AS (
               FROM daily WHERE rule = $rule AND indicator = $indicator AND people = 'all'
                 AND unit = $unit AND day BETWEEN $first AND $last
                 AND area IN (SELECT unnest($areas))
                 AND CASE WHEN $status = '' THEN status <> 'restored' ELSE status = $status END
               QUALIFY row_number() OVER (
                   PARTITION BY area
                   ORDER BY bound = 'at_most', value DESC, day DESC, status) = 1
           )
           SELECT told.area AS place, told.indicator, told.unit, told.status, told.day, told.value,
                  told.value_high, told.bound, told.made_of,
                  CASE WHEN len(told.figure_ids) = 1 THEN lead.claim ELSE '' END AS claim,
                  array_to_string(told.figure_ids, ',') AS figure_id
           FROM told LEFT JOIN figures AS lead ON lead.figure_id = told.figure_ids[1]
           ORDER BY told.value DESC, told.area""",
        {
            "rule": rule,
            "indicator": indicator,
            "unit": unit,
            "status": status,
            "areas": list(areas),
            "first": first,
            "last": last,
        },
    )


def larger_elsewhere(
    reader: Reader,
    indicator: str,
    areas: Collection[str],
    first: date,
    last: date,
    *,
    unit: str,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Areas whose worst day has more people cut off in another unit, by the common scale of
    data/units.csv, than in this one: place, value, value_high, bound, unit, day; the worst first.

    A number in another unit is never put into the map's classes, and never left out.
    """
    return reader.query(
        """WITH told AS (
               SELECT daily.*, value * units.people AS size
               FROM daily JOIN model.units USING (unit)
               WHERE rule = $rule AND indicator = $indicator AND daily.people = 'all'
                 AND status <> 'restored' AND bound <> 'at_most'
                 AND day BETWEEN $first AND $last AND area IN (SELECT unnest($areas))
           ),
           here AS (SELECT area, max(size) AS most FROM told WHERE unit = $unit GROUP BY area)
           SELECT told.area AS place, value, value_high, bound, unit, day
           FROM told LEFT JOIN here USING (area)
           WHERE unit <> $unit AND size > coalesce(most, 0)
           QUALIFY row_number() OVER (
               PARTITION BY told.area ORDER BY size DESC, value DESC, day DESC, unit) = 1
           ORDER BY size DESC, place""",
        {
            "rule": rule,
            "indicator": indicator,
            "unit": unit,
            "areas": list(areas),
            "first": first,
            "last": last,
        },
    )


def told_otherwise(
    reader: Reader,
    indicator: str,
    areas: Collection[str],
    day: date,
    *,
    unit: str,
    status: str,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Areas with no number of a day in a unit and status, but with one in another: place, value,
    value_high, bound, unit, status; of each the most people cut off, the worst first.

    A map of the day hatches them as it does those of which nobody said anything.
    """
    return reader.query(
        """WITH told AS (
               SELECT daily.*, value * units.people AS size
               FROM daily JOIN model.units USING (unit)
               WHERE rule = $rule AND indicator = $indicator AND daily.people = 'all'
                 AND day = $day AND area IN (SELECT unnest($areas))
           )
           SELECT area AS place, value, value_high, bound, unit, status FROM told
           WHERE status <> 'restored' AND value > 0
             AND area NOT IN (SELECT area FROM told WHERE unit = $unit AND status = $status)
           QUALIFY row_number() OVER (
               PARTITION BY area ORDER BY size DESC, value DESC, unit, status) = 1
           ORDER BY size DESC, place""",
        {
            "rule": rule,
            "indicator": indicator,
            "areas": list(areas),
            "day": day,
            "unit": unit,
            "status": status,
        },
    )


def tolls_by_area(
    reader: Reader,
    areas: Collection[str],
    first: date,
    last: date,
    *,
    people: str = "all",
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Killed and injured of each area, its days added up, at least: place, indicator, unit, value,
    value_high, bound, days; leader and figures as in marks_by_day.

    figure_id  the ids of all that is added up, or the mark's key (marks.py)
    """
    return reader.query(
        f"""WITH told AS (FROM daily WHERE {_TOLLS}),
            added AS (
                SELECT rule, area, indicator, people, unit, sum(value) AS value,
                       count(DISTINCT day) AS days, flatten(list(figure_ids ORDER BY day)) AS ids,
                       CASE WHEN count(*) = 1 THEN any_value(bound) ELSE 'at_least' END AS bound,
                       CASE WHEN count(*) = 1 THEN any_value(value_high) END AS value_high
                FROM told GROUP BY ALL
            )
            SELECT area AS place, added.indicator, added.unit, added.value, added.value_high,
                   added.bound, days, ids[1] AS leader, len(ids) AS figures,
                   CASE WHEN len(ids) = 1 THEN lead.claim ELSE '' END AS claim,
                   CASE WHEN len(ids) <= {MOST_IDS} THEN array_to_string(ids, ',')
                        ELSE concat_ws('|', 'daily', added.rule, area, added.indicator,
                                       added.people, $first, $last) END AS figure_id
            FROM added LEFT JOIN figures AS lead ON lead.figure_id = ids[1]
            ORDER BY list_position($indicators, added.indicator), added.value DESC, area""",
        of_areas(areas, first, last, people, rule),
    )


def behind_tolls_by_area(
    areas: Collection[str], first: date, last: date, *, people: str, rule: str
) -> Many:
    """The figures that these tolls are made of."""
    asked = of_areas(areas, first, last, people, rule)
    return Many.of(f"SELECT unnest(figure_ids) AS figure_id FROM daily WHERE {_TOLLS}", asked)


_TOLLS = """
    rule = $rule AND area IN (SELECT unnest($areas)) AND people = $people AND unit = 'people'
    AND indicator IN (SELECT unnest($indicators)) AND bound <> 'at_most'
    AND day BETWEEN $first AND $last
"""
