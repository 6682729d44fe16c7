"""Killed and injured by event and by city, the worst of them, however many there are.

An event is what was said of one city or oblast on one day. An oblast's claim that includes one of
its cities' is an event of its own: events are a list of what was said, never summed over places
(series.daily_totals does that).
"""

from collections.abc import Collection
from datetime import date

import pandas as pd

from impact.queries.many import Many
from impact.queries.series import MOST_IDS
from impact.queries.tolls import EACH, of_areas
from impact.store.reader import Reader


def deadliest(
    reader: Reader,
    places: Collection[str],
    first: date,
    last: date,
    most: int,
    *,
    people: str,
    rule: str,
) -> pd.DataFrame:
    """Killed and injured of so many events, those with most killed; and of all that have as many
    as the last of them. The latest day comes first.

    place, day, indicator, unit, value, value_high, bound, claim, figure_id; leader and figures as
    in marks_by_day; every: how many events there are
    """
    return reader.query(
        f"""WITH said AS (FROM daily WHERE {_SAID} AND made_of = 'claim'),
            worst AS (
                SELECT area, day, count(*) OVER () AS every
                FROM (
                    SELECT area, day,
                           coalesce(max(value) FILTER (indicator = 'killed'), 0) AS killed,
                           coalesce(max(value) FILTER (indicator = 'injured'), 0) AS injured
                    FROM said GROUP BY ALL
                )
                QUALIFY rank() OVER (ORDER BY killed DESC, injured DESC) <= $most
            )
            SELECT said.area AS place, said.day, said.indicator, said.unit, said.value,
                   said.value_high, said.bound, lead.claim, lead.figure_id,
                   lead.figure_id AS leader, 1 AS figures, every
            FROM said JOIN worst USING (area, day)
            JOIN figures AS lead ON lead.figure_id = said.figure_ids[1]
            ORDER BY said.day DESC, place, list_position($indicators, said.indicator)""",
        of_areas(places, first, last, people, rule) | {"most": most},
    )


def sums(
    reader: Reader, places: Collection[str], first: date, last: date, *, people: str, rule: str
) -> pd.DataFrame:
    """The days of each place added up, at least: place, indicator, unit, value, value_high,
    bound, claim; leader and figures as in marks_by_day; every: how many places there are.

    figure_id  the ids of all that is added up, or the mark's key (marks.py)
    """
    return reader.query(
        f"""WITH added AS (
                SELECT rule, area, indicator, people, unit, sum(value) AS value,
                       flatten(list(figure_ids ORDER BY day DESC)) AS ids,
                       CASE WHEN count(*) = 1 THEN any_value(bound) ELSE 'at_least' END AS bound,
                       CASE WHEN count(*) = 1 THEN any_value(value_high) END AS value_high
                FROM daily WHERE {_SAID} AND {_OWN} GROUP BY ALL
            )
            SELECT area AS place, added.indicator, added.unit, added.value, added.value_high,
                   added.bound, ids[1] AS leader, len(ids) AS figures,
                   CASE WHEN len(ids) = 1 THEN lead.claim ELSE '' END AS claim,
                   CASE WHEN len(ids) <= {MOST_IDS} THEN array_to_string(ids, ',')
                        ELSE concat_ws('|', 'events', added.rule, area, added.indicator,
                                       added.people, $first, $last) END AS figure_id,
                   (SELECT count(DISTINCT area) FROM added) AS every
            FROM added JOIN figures AS lead ON lead.figure_id = ids[1]
            ORDER BY area, added.indicator""",
        of_areas(places, first, last, people, rule),
    )


def behind(
    places: Collection[str],
    first: date,
    last: date,
    *,
    people: str,
    rule: str,
    indicators: Collection[str] = EACH,
) -> Many:
    """The figures that the sums of places are made of."""
    asked = of_areas(places, first, last, people, rule) | {"indicators": list(indicators)}
    text = f"SELECT unnest(figure_ids) AS figure_id FROM daily WHERE {_SAID} AND {_OWN}"
    return Many.of(text, asked)


# What is said of the whole country is no event.
_SAID = """
    rule = $rule AND area IN (SELECT unnest($areas)) AND area <> 'UA'
    AND indicator IN (SELECT unnest($indicators)) AND people = $people AND unit = 'people'
    AND day BETWEEN $first AND $last
"""
# Where nobody told a city's own toll of a day, what was told of its parts counts, as everywhere
# that its days are added up; an event of the list is one claim.
_OWN = "made_of <> 'places'"
