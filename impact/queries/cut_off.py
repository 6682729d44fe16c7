"""How many were cut off from a supply, day by day: of each day the largest number that was said.

Numbers in units that data/units.csv weighs alike (customers, households, properties) may stand on
one axis, each in its own unit. Nothing is converted and nothing is added.
"""

from collections.abc import Collection
from datetime import date

import pandas as pd

from impact.queries.many import Many
from impact.queries.series import MOST_IDS, MOST_NAMED
from impact.store.reader import Reader


def by_day(
    reader: Reader, indicators: Collection[str], area: str, first: date, last: date, rule: str
) -> pd.DataFrame:
    """Of each day and indicator the largest number, newly lost or still without: day, place,
    indicator, unit, status, value, value_high, bound, size (people, to order by).

    scaled     whether it is in a unit of the axis, the one that most days have. A day has a second
               row where more people are cut off by a number in another unit, or no other is known
    pcodes     the places behind it, the largest first, so many; places: how many there are
    leader     the first of its figures; figures: how many they are; claim: that of a single one
    figure_id  their ids with commas, or the mark's key (marks.py)
    """
    return reader.query(
        f"""WITH {_LARGEST},
            told_of AS (
                SELECT indicator, day, scaled, place, max(own.value) AS value, min(claim) AS claim
                FROM (SELECT indicator, day, scaled, unnest(figure_ids) AS figure_id FROM largest)
                JOIN (SELECT figure_id, place, value, claim FROM figures) AS own USING (figure_id)
                GROUP BY ALL
            ),
            whose AS (
                SELECT indicator, day, scaled, min(claim) AS claim,
                       list(place ORDER BY value DESC, place) AS pcodes
                FROM told_of GROUP BY ALL
            )
            SELECT day, area AS place, indicator, unit, status, value, value_high, bound, size,
                   scaled, pcodes[:{MOST_NAMED}] AS pcodes, len(pcodes) AS places,
                   figure_ids[1] AS leader, len(figure_ids) AS figures,
                   CASE WHEN len(figure_ids) = 1 THEN claim ELSE '' END AS claim,
                   CASE WHEN len(figure_ids) <= {MOST_IDS} THEN array_to_string(figure_ids, ',')
                        ELSE concat_ws('|', 'cut_off', $rule, area, indicator, unit, status,
                                       day) END AS figure_id
            FROM largest JOIN whose USING (indicator, day, scaled)
            ORDER BY list_position($indicators, indicator), day, scaled DESC""",
        _asked(indicators, area, first, last, rule),
    )


def behind(indicators: Collection[str], area: str, first: date, last: date, rule: str) -> Many:
    """The figures that `by_day` is made of."""
    asked = _asked(indicators, area, first, last, rule)
    return Many.of(f"WITH {_LARGEST} SELECT unnest(figure_ids) AS figure_id FROM largest", asked)


def on_day(rule: str, area: str, indicator: str, unit: str, status: str, day: date) -> Many:
    """The figures of one of its rows."""
    return Many.of(
        """SELECT unnest(figure_ids) AS figure_id FROM daily
           WHERE rule = $rule AND area = $area AND indicator = $indicator AND people = 'all'
             AND unit = $unit AND status = $status AND day = $day""",
        {
            "rule": rule,
            "area": area,
            "indicator": indicator,
            "unit": unit,
            "status": status,
            "day": day,
        },
    )


def _asked(
    indicators: Collection[str], area: str, first: date, last: date, rule: str
) -> dict[str, object]:
    return {
        "indicators": list(indicators),
        "area": area,
        "first": first,
        "last": last,
        "rule": rule,
    }


# "Up to" so many comes after what is at least so many, as in impact/summaries/peak.sql.
_LARGEST = """
    told AS (
        SELECT daily.*, value * units.people AS size, units.people AS weight
        FROM daily JOIN model.units USING (unit)
        WHERE rule = $rule AND area = $area AND indicator IN (SELECT unnest($indicators))
          AND daily.people = 'all' AND status <> 'restored' AND value > 0
          AND day BETWEEN $first AND $last
    ),
    usual AS (
        SELECT indicator, weight FROM told GROUP BY indicator, weight
        QUALIFY row_number() OVER (
            PARTITION BY indicator ORDER BY count(DISTINCT day) DESC, weight DESC) = 1
    ),
    placed AS (
        SELECT told.*, told.weight = usual.weight AS scaled FROM told JOIN usual USING (indicator)
    ),
    chosen AS (
        FROM placed
        QUALIFY row_number() OVER (PARTITION BY indicator, day, scaled
            ORDER BY bound = 'at_most', size DESC, value DESC, status, unit) = 1
    ),
    largest AS (
        FROM chosen
        QUALIFY scaled OR size > coalesce(
            max(size) FILTER (scaled) OVER (PARTITION BY indicator, day), -1)
    )
"""
