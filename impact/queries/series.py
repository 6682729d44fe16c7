"""What is said day by day: leading claims, their rivals, totals of areas, days and units.

Every function takes a Reader and returns a small frame; a row of figures always carries its
figure_id and claim, the way back to its evidence.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from impact.model.figure import CAUSE_CLASSES
from impact.model.indicators import BESIDE, INDICATORS, OUTAGES
from impact.model.places import PLACES, Place
from impact.rules import headline
from impact.rules.headline import DEFAULT_RULE
from impact.rules.headline import known as _known
from impact.store.reader import Reader

ATTACKS = ("drones_launched", "missiles_launched")
BY_STRIKES = list(CAUSE_CLASSES["strike"])
# A mark that stands for more figures than this has a key in place of their ids (marks.py); of more
# places the hover box says how many more there are.
MOST_IDS, MOST_NAMED = 80, 20


@dataclass(frozen=True, slots=True)
class Extent:
    """What is published: first and last day with impact, number of figures, the snapshot's age.

    first and last are None when nothing is published. known_at is the latest time (UTC) at which
    an impact figure became known, None where no source says when it was printed; built_at is when
    the snapshot was made. figures counts everything, temperatures and baselines too; of_impact what
    attacks did on single days.
    """

    first: date | None
    last: date | None
    figures: int
    known_at: pd.Timestamp | None
    built_at: pd.Timestamp | None
    of_impact: int = 0


def extent(reader: Reader) -> Extent:
    """Days of the published impact figures; baselines, norms and plain weather do not count."""
    row = reader.query(
        """SELECT min(day) AS first, max(day) AS last, count(*) AS figures,
                  max(known_from) FILTER (published <> '') AS known_at
           FROM figures WHERE indicator IN (SELECT unnest($1)) AND period = 'day'
             AND length("date") = 10""",
        [[*OUTAGES, "killed", "injured", *ATTACKS]],
    ).iloc[0]
    meta = reader.query("SELECT built_at FROM meta")
    built = meta["built_at"][0] if len(meta) else None
    if not row["figures"]:
        return Extent(None, None, 0, None, built)
    first, last = row["first"].date(), row["last"].date()
    known_at = None if pd.isna(row["known_at"]) else row["known_at"]
    return Extent(first, last, reader.count(), known_at, built, int(row["figures"]))


def months(reader: Reader) -> list[str]:
    """Months ("2026-01") with impact figures of single days, newest first."""
    return reader.query(
        """SELECT DISTINCT strftime(day, '%Y-%m') AS month FROM figures
           WHERE indicator IN (SELECT unnest($1)) AND length("date") = 10 AND period = 'day'
           ORDER BY month DESC""",
        [[*OUTAGES, "killed", "injured"]],
    )["month"].tolist()


def leads(
    reader: Reader,
    indicators: Collection[str],
    first: date,
    last: date,
    *,
    places: Collection[str] | None = None,
    people: str = "all",
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Leading claims of single days, ordered by indicator, place, day and status.

    Left out: totals since a start, averages, forecasts, claims dated by month or year only (see
    `periodic`), and losses from weather, accidents and planned cuts. What
    is planned stands under an indicator of its own.
    """
    return reader.query(
        f"""SELECT *, why_{_known(rule)} AS why FROM figures WHERE {_led(rule)}
            ORDER BY indicator, place, day, status, part, unit""",
        _of_leads(indicators, first, last, places, people),
    )


def leading(
    reader: Reader,
    indicators: Collection[str],
    first: date,
    last: date,
    *,
    places: Collection[str] | None = None,
    people: str = "all",
    rule: str = DEFAULT_RULE,
) -> list[str]:
    """The claims that `leads` gives, without their figures."""
    return reader.query(
        f"SELECT claim FROM figures WHERE {_led(rule)}",
        _of_leads(indicators, first, last, places, people),
    )["claim"].tolist()


def _led(rule: str) -> str:
    return f"""indicator IN (SELECT unnest($indicators)) AND day BETWEEN $first AND $last
        AND ($places IS NULL OR place IN (SELECT unnest($places)))
        AND people = $people AND rank_{_known(rule)} = 0 AND NOT doubted
        AND period = 'day' AND length("date") = 10
        AND (cause IN (SELECT unnest($causes)) OR indicator IN (SELECT unnest($beside)))"""


def _of_leads(
    indicators: Collection[str],
    first: date,
    last: date,
    places: Collection[str] | None,
    people: str,
) -> dict[str, object]:
    return {
        "indicators": list(indicators),
        "first": first,
        "last": last,
        "places": None if places is None else list(places),
        "people": people,
        "causes": BY_STRIKES,
        "beside": list(BESIDE),
    }


def rivals(reader: Reader, claims: Collection[str], rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """The rivals of leading figures: claim, value, value_high, doubted; one row for each value."""
    return reader.query(
        f"""SELECT claim, day, place, status, value, value_high, doubted,
                   min(figure_id) AS figure_id
            FROM figures WHERE claim IN (SELECT unnest($1)) AND (rank_{_known(rule)} > 0 OR doubted)
            GROUP BY ALL ORDER BY claim, value""",
        [list(claims)],
    )


def figures(reader: Reader, figure_ids: Collection[str]) -> pd.DataFrame:
    """Figures by their ids, in the order of days and places."""
    return reader.query(
        "FROM figures WHERE figure_id IN (SELECT unnest($1)) ORDER BY day, place, figure_id",
        [list(figure_ids)],
    )


def claims_by_id(reader: Reader, figure_ids: Collection[str]) -> dict[str, str]:
    """Figure id -> its claim."""
    found = reader.query(
        "SELECT figure_id, claim FROM figures WHERE figure_id IN (SELECT unnest($1))",
        [sorted(figure_ids)],
    )
    return dict(zip(found["figure_id"], found["claim"], strict=True))


def of_claims(reader: Reader, claims: Collection[str]) -> pd.DataFrame:
    """Every figure of some claims and of their twins' claims, with the document's title and
    licence.

    Rivals and figures in doubt are among them.
    """
    return reader.query(
        """SELECT figures.*, documents.title AS document, documents.licence
           FROM figures LEFT JOIN documents USING (document_id)
           WHERE claim IN (SELECT unnest($1)) OR claim IN (
               SELECT claim FROM figures WHERE fact IN (
                   SELECT fact FROM figures WHERE fact <> '' AND claim IN (SELECT unnest($1))))
           ORDER BY indicator, place, day, claim, figure_id""",
        [list(claims)],
    )


def of_facts(reader: Reader, facts: Collection[str]) -> pd.DataFrame:
    """Every figure that tells one of some facts, under either status (twins.py)."""
    return reader.query(
        """SELECT * FROM figures WHERE fact <> '' AND fact IN (SELECT unnest($1))
           ORDER BY status, published, figure_id""",
        [sorted(facts)],
    )


def places_with(reader: Reader, indicators: Collection[str]) -> list[Place]:
    """Places that have numbers of the indicators, those with most first."""
    pcodes = reader.query(
        """SELECT place FROM figures WHERE indicator IN (SELECT unnest($1)) AND period = 'day'
             AND bound <> 'unstated' GROUP BY place ORDER BY count(*) DESC, place""",
        [list(indicators)],
    )["place"]
    return [PLACES[pcode] for pcode in pcodes]


def units_of(
    reader: Reader, indicator: str, places: Collection[str], first: date, last: date
) -> list[str]:
    """Units in which an indicator is reported for places and days, most frequent first."""
    return reader.query(
        """SELECT unit FROM figures WHERE indicator = $1 AND place IN (SELECT unnest($2))
             AND day BETWEEN $3 AND $4 AND period = 'day' AND people = 'all'
             AND bound <> 'unstated'
           GROUP BY unit ORDER BY count(*) DESC, unit""",
        [indicator, list(places), first, last],
    )["unit"].tolist()


def latest_days(
    reader: Reader, indicators: Collection[str], places: Collection[str] | None = None
) -> tuple[date, date] | None:
    """The thirty days that end on the last day with a leading claim; None when there is none."""
    last = reader.query(
        """SELECT max(day) AS day FROM figures WHERE indicator IN (SELECT unnest($1))
             AND ($2 IS NULL OR place IN (SELECT unnest($2)))
             AND period = 'day' AND NOT doubted AND length("date") = 10
             AND bound <> 'unstated'""",
        [list(indicators), None if places is None else list(places)],
    )["day"][0]
    if pd.isna(last):
        return None
    return (last - pd.Timedelta(days=29)).date(), last.date()


def daily_totals(
    reader: Reader,
    indicator: str,
    area: Place,
    first: date,
    last: date,
    *,
    people: str = "all",
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """An area's total by day for a flow: its own claim, else the sum of its parts, at least; as
    impact/summaries/daily.sql has it. `_traced` says what leads to the evidence."""
    rows = reader.query(
        """WITH told AS (
               FROM daily WHERE area = $area AND indicator = $indicator AND people = $people
                 AND unit = $unit AND rule = $rule AND day BETWEEN $first AND $last
           )
           SELECT strftime(told.day, '%Y-%m-%d') AS "date", told.value, told.value_high, told.bound,
                  told.figure_ids, told.area AS place, told.indicator, told.unit, told.day,
                  CASE WHEN len(told.figure_ids) = 1 THEN lead.claim ELSE '' END AS claim,
                  array_to_string(told.figure_ids, ',') AS figure_id
           FROM told LEFT JOIN figures AS lead ON lead.figure_id = told.figure_ids[1]
           ORDER BY told.day""",
        {
            "area": area.pcode,
            "indicator": indicator,
            "people": people,
            "unit": INDICATORS[indicator].units[0],
            "rule": rule,
            "first": first,
            "last": last,
        },
    )
    return rows.assign(figure_ids=rows["figure_ids"].map(tuple))


def totals_of(claims: pd.DataFrame, indicator: str, area: Place, unit: str) -> pd.DataFrame:
    """Leading claims in one unit as totals of an area by day, as `daily_totals` gives them."""
    claims = claims[(claims["indicator"] == indicator) & (claims["unit"] == unit)]
    totals = headline.add_up(claims, area)
    return _traced(totals.assign(place=area.pcode, indicator=indicator, unit=unit), claims)


def _traced(totals: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Totals with `day` and the way to their evidence.

    That is the claim, if one figure stands behind the total; else figure_id, the ids of all with
    commas.
    """
    claim_of = claims.set_index("figure_id")["claim"]
    return totals.assign(
        day=pd.to_datetime(totals["date"]),
        claim=[claim_of[ids[0]] if len(ids) == 1 else "" for ids in totals["figure_ids"]],
        figure_id=[",".join(ids) for ids in totals["figure_ids"]],
    )


def area_totals(
    reader: Reader,
    indicator: str,
    areas: Collection[Place],
    day: date,
    *,
    unit: str,
    status: str,
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Each area's total on one day: its own claim, else the sum of its parts, at least."""
    claims = leads(reader, [indicator], day, day, rule=rule)
    claims = claims[(claims["unit"] == unit) & (claims["status"] == status)]
    return totals_by_area(claims, indicator, areas, unit)


def totals_by_area(
    claims: pd.DataFrame, indicator: str, areas: Collection[Place], unit: str
) -> pd.DataFrame:
    """Leading claims of one day, unit and status as totals, as `area_totals` gives them."""
    totals = [headline.add_up(claims, area).assign(place=area.pcode) for area in areas]
    return _traced(pd.concat(totals).assign(indicator=indicator, unit=unit), claims)


def marks_of_map(areas: pd.DataFrame, cities: pd.DataFrame) -> pd.DataFrame:
    """The rows that a map of one day draws: totals of areas, then leading figures of cities."""
    columns = ["place", "indicator", "value", "value_high", "bound", "unit", "figure_id"]
    return pd.concat([areas[columns], cities[columns]])


def days_with(
    reader: Reader, indicator: str, first: date, last: date, rule: str = DEFAULT_RULE
) -> tuple[list[date], date | None]:
    """Days of a period with a leading figure, and the day on which most places have one.

    Of several such days it is the latest.
    """
    rows = reader.query(
        f"""SELECT day, count(DISTINCT place) FILTER (place <> 'UA') AS places FROM figures
            WHERE indicator = $indicator AND day BETWEEN $first AND $last AND {_leading(rule)}
            GROUP BY day ORDER BY day""",
        {"indicator": indicator, "first": first, "last": last, "causes": BY_STRIKES},
    )
    if rows.empty:
        return [], None
    fullest = rows.loc[rows["places"] == rows["places"].max(), "day"].max()
    return [day.date() for day in rows["day"]], fullest.date()


def _leading(rule: str) -> str:
    """The condition of a figure of all people that it leads its claim about a single day, by one of
    $causes."""
    return f"""people = 'all' AND rank_{_known(rule)} = 0 AND NOT doubted AND period = 'day'
        AND length("date") = 10 AND cause IN (SELECT unnest($causes))"""


def ids(rows: pd.DataFrame) -> list[str]:
    """The ids of every figure behind rows whose figure_id may hold several."""
    return [each for several in rows["figure_id"] for each in several.split(",")]


def by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Figures about wholes grouped by unit, the most frequent unit first; at most two units."""
    whole = rows[rows["part"] == ""]
    return [(unit, whole[whole["unit"] == unit]) for unit in whole["unit"].value_counts().index[:2]]


def units_on(
    reader: Reader, indicator: str, day: date, status: str, rule: str = DEFAULT_RULE
) -> list[str]:
    """Units used on one day for one status, most claims first."""
    rows = leads(reader, [indicator], day, day, rule=rule)
    return _most_used(rows.loc[rows["status"] == status, "unit"], INDICATORS[indicator].units)


def statuses_on(reader: Reader, indicator: str, day: date, rule: str = DEFAULT_RULE) -> list[str]:
    """Statuses used on one day, most claims first."""
    rows = leads(reader, [indicator], day, day, rule=rule)
    return _most_used(rows["status"], INDICATORS[indicator].statuses or ("",))


def _most_used(values: pd.Series, order: Collection[str]) -> list[str]:
    """The values by how often they occur; equally frequent ones in the order given."""
    counts = values.value_counts()
    known = list(order)
    return sorted(
        counts.index,
        key=lambda each: (-counts[each], known.index(each) if each in known else len(known)),
    )
