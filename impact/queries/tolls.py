"""Killed and injured: by day and month, what no sum contains, and how one toll moved."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from impact.model.indicators import TOLLS
from impact.model.places import Place, inside
from impact.queries.many import Many
from impact.queries.series import BY_STRIKES, MOST_IDS, daily_totals
from impact.rules import hours, plausibility
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader

# Tolls that are shown beside each other.
EACH = ("killed", "injured")


def not_added(
    reader: Reader,
    area: Place,
    first: date,
    last: date,
    *,
    indicators: Collection[str] = TOLLS,
    people: str = "all",
    most: int | None = None,
) -> pd.DataFrame:
    """Tolls of an area that no sum contains yet, because they may be another day's toll told again.

    They wait for a person's answer. Each amount of a place and day stands once.

    most     so many of them, the first; all where it is None
    Returns figures, and in `waiting` how many there are altogether.
    """
    return reader.query(
        f"""WITH held AS ({_HELD})
            SELECT figures.*, (SELECT count(*) FROM held) AS waiting
            FROM figures JOIN held USING (figure_id)
            ORDER BY day, indicator DESC, place, value, figure_id LIMIT $most""",
        _waiting(area, first, last, indicators, people) | {"most": most},
    )


def claims_not_added(
    reader: Reader, area: Place, first: date, last: date, people: str = "all"
) -> list[str]:
    """The claims of these tolls."""
    found = reader.query(
        f"SELECT DISTINCT claim FROM figures JOIN ({_HELD}) USING (figure_id) ORDER BY claim",
        _waiting(area, first, last, TOLLS, people),
    )
    return found["claim"].tolist()


def _waiting(
    area: Place, first: date, last: date, indicators: Collection[str], people: str
) -> dict[str, object]:
    return {
        "rule": plausibility.SAME_EVENT,
        "indicators": list(indicators),
        "first": first,
        "last": last,
        "people": people,
        "places": [area.pcode, *(inner.pcode for inner in inside(area))],
    }


_HELD = """
    SELECT figure_id FROM figures JOIN doubts USING (figure_id)
    WHERE rule = $rule AND NOT answered AND indicator IN (SELECT unnest($indicators))
      AND day BETWEEN $first AND $last AND people = $people
      AND place IN (SELECT unnest($places))
    QUALIFY row_number() OVER (
        PARTITION BY claim, value, value_high, bound ORDER BY figure_id) = 1
"""


def same_event_day(reader: Reader, figure_id: str) -> str:
    """The ISO day of the event that a toll may tell again; empty if nobody asks about it."""
    found = reader.query(
        """SELECT json_extract_string(detail, '$.date') AS "date" FROM doubts
           WHERE figure_id = $1 AND rule = $2 AND NOT answered""",
        [figure_id, plausibility.SAME_EVENT],
    )["date"]
    return found[0] if len(found) else ""


def revised(
    reader: Reader, places: Collection[str], first: date, last: date, people: str = "all"
) -> pd.DataFrame:
    """Events in places whose toll was stated more than twice, most statements first: indicator,
    place, day, statements, highest. What is said of the whole country is no event."""
    return reader.query(
        """SELECT indicator, place, day, count(DISTINCT value) AS statements, max(value) AS highest
           FROM figures WHERE indicator IN ('killed', 'injured') AND day BETWEEN $1 AND $2
             AND people = $3 AND period = 'day' AND part = '' AND length("date") = 10
             AND place <> 'UA' AND place IN (SELECT unnest($5::VARCHAR[]))
             AND cause IN (SELECT unnest($4))
           GROUP BY ALL HAVING statements > 2
           ORDER BY statements DESC, highest DESC, place, indicator""",
        [first, last, people, BY_STRIKES, sorted(places)],
    )


def periodic(reader: Reader, indicators: Collection[str], place: str) -> pd.DataFrame:
    """Leading claims for whole months and years (totals, averages), e.g. the UN's verified."""
    return reader.query(
        f"""SELECT *, why_{DEFAULT_RULE} AS why FROM figures
            WHERE indicator IN (SELECT unnest($1)) AND place = $2 AND people = 'all'
              AND period = 'cumulative' AND length("date") = 7 AND part = ''
              AND rank_{DEFAULT_RULE} = 0 AND NOT doubted
            ORDER BY indicator, day""",
        [list(indicators), place],
    )


def tolls(
    reader: Reader, indicator: str, place: str, day: date, people: str = "all"
) -> pd.DataFrame:
    """Everything said of one event's toll, in the order of hours.in_sequence."""
    said = reader.query(
        """SELECT * FROM figures WHERE indicator = $1 AND place = $2 AND day = $3
             AND people = $4 AND period = 'day' AND part = '' AND length("date") = 10
             AND cause IN (SELECT unnest($5))
           ORDER BY figure_id""",
        [indicator, place, day, people, BY_STRIKES],
    )
    return hours.in_sequence(said)


def tolls_by_day(
    reader: Reader,
    area: Place,
    first: date,
    last: date,
    *,
    people: str = "all",
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Killed and injured of an area by day, one below the other."""
    return pd.concat(
        [
            daily_totals(reader, indicator, area, first, last, people=people, rule=rule)
            for indicator in EACH
        ],
        ignore_index=True,
    )


def marks_by_day(
    reader: Reader, area: str, first: date, last: date, *, people: str, rule: str
) -> pd.DataFrame:
    """What tolls_by_day adds up, for marks of a chart, however many figures there are.

    figures    how many are added up; leader: the first of them
    figure_id  their ids with commas, or the mark's key (marks.py)
    """
    return reader.query(
        f"""WITH told AS (FROM daily WHERE {_DAILY})
            SELECT told.day, told.area AS place, told.indicator, told.unit, told.value,
                   told.value_high, told.bound, told.figure_ids[1] AS leader,
                   len(told.figure_ids) AS figures,
                   CASE WHEN len(told.figure_ids) = 1 THEN lead.claim ELSE '' END AS claim,
                   CASE WHEN len(told.figure_ids) <= {MOST_IDS}
                        THEN array_to_string(told.figure_ids, ',')
                        ELSE concat_ws('|', 'daily', told.rule, told.area, told.indicator,
                                       told.people, told.day) END AS figure_id
            FROM told LEFT JOIN figures AS lead ON lead.figure_id = told.figure_ids[1]
            ORDER BY list_position($indicators, told.indicator), told.day""",
        _asked(rule, area, EACH, people, first, last),
    )


def marks_by_month(
    reader: Reader, area: str, first: date, last: date, *, people: str, rule: str
) -> pd.DataFrame:
    """These days added up by month, at least: month (its first day), place, indicator, unit, value,
    value_high, bound; leader, figures and figure_id as in marks_by_day."""
    return reader.query(
        f"""WITH added AS (
                SELECT date_trunc('month', day) AS month, rule, area, indicator, people, unit,
                       sum(value) AS value, flatten(list(figure_ids ORDER BY day)) AS ids
                FROM daily WHERE {_DAILY} GROUP BY ALL
            )
            SELECT month, area AS place, indicator, unit, value, NULL::DOUBLE AS value_high,
                   'at_least' AS bound, ids[1] AS leader, len(ids) AS figures,
                   CASE WHEN len(ids) <= {MOST_IDS} THEN array_to_string(ids, ',')
                        ELSE concat_ws('|', 'daily', rule, area, indicator, people,
                                       greatest(month::DATE, $first::DATE),
                                       least(last_day(month), $last::DATE)) END AS figure_id
            FROM added ORDER BY list_position($indicators, indicator), month""",
        _asked(rule, area, EACH, people, first, last),
    )


def behind_tolls(
    rule: str, area: str, indicators: Collection[str], people: str, first: date, last: date
) -> Many:
    """The figures that tolls of an area by day are made of."""
    asked = _asked(rule, area, indicators, people, first, last)
    return Many.of(f"SELECT unnest(figure_ids) AS figure_id FROM daily WHERE {_DAILY}", asked)


def _asked(
    rule: str, area: str, indicators: Collection[str], people: str, first: date, last: date
) -> dict[str, object]:
    return {
        "rule": rule,
        "area": area,
        "indicators": list(indicators),
        "people": people,
        "first": first,
        "last": last,
    }


_DAILY = """
    rule = $rule AND area = $area AND indicator IN (SELECT unnest($indicators))
    AND people = $people AND unit = 'people' AND day BETWEEN $first AND $last
"""


def of_areas(
    areas: Collection[str], first: date, last: date, people: str, rule: str
) -> dict[str, object]:
    """What a query of the tolls of areas by day takes: the parameters of `daily` by name."""
    return {
        "rule": rule,
        "areas": list(areas),
        "indicators": list(EACH),
        "people": people,
        "first": first,
        "last": last,
    }
