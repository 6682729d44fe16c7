"""What pages ask of the published snapshot: the only SQL outside ledger and published.

Every function takes a Reader and returns a small frame; a row of figures always carries its
figure_id and claim, the way back to its evidence.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from impact.model.figure import CAUSE_CLASSES
from impact.model.indicators import INDICATORS, OUTAGES
from impact.model.places import PLACES, Place, inside
from impact.rules import headline, hours, plausibility, same_event, twins
from impact.rules.headline import DEFAULT_RULE
from impact.rules.headline import known as _known
from impact.store.snapshot import Reader

ATTACKS = ("drones_launched", "missiles_launched")
_BY_STRIKES = list(CAUSE_CLASSES["strike"])


@dataclass(frozen=True, slots=True)
class Extent:
    """What is published: first and last day with impact, number of figures, the snapshot's age.

    first and last are None when nothing is published. known_at is the latest time (UTC) at which
    an impact figure became known; built_at is when the snapshot was made.
    """

    first: date | None
    last: date | None
    figures: int
    known_at: pd.Timestamp | None
    built_at: pd.Timestamp | None


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
    return Extent(row["first"].date(), row["last"].date(), reader.count(), row["known_at"], built)


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
    `periodic`), and losses from weather, accidents and planned cuts.
    """
    return reader.query(
        f"""SELECT *, why_{_known(rule)} AS why FROM figures
            WHERE indicator IN (SELECT unnest($indicators)) AND day BETWEEN $first AND $last
              AND ($places IS NULL OR place IN (SELECT unnest($places)))
              AND people = $people AND rank_{rule} = 0 AND NOT doubted
              AND period = 'day' AND length("date") = 10
              AND cause IN (SELECT unnest($causes))
            ORDER BY indicator, place, day, status, part, unit""",
        {
            "indicators": list(indicators),
            "first": first,
            "last": last,
            "places": None if places is None else list(places),
            "people": people,
            "causes": _BY_STRIKES,
        },
    )


def rivals(reader: Reader, claims: Collection[str], rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """The claims beside the leading ones: claim, value, value_high, doubted; one row a value."""
    return reader.query(
        f"""SELECT claim, day, place, status, value, value_high, doubted,
                   min(figure_id) AS figure_id
            FROM figures WHERE claim IN (SELECT unnest($1)) AND (rank_{_known(rule)} > 0 OR doubted)
            GROUP BY ALL ORDER BY claim, value""",
        [list(claims)],
    )


def evidence(reader: Reader, claim: str, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """Every figure of one claim group in the order of the rule, with why it stands there; the
    group may be named as older links do."""
    return reader.query(
        f"""SELECT figures.*, rank_{_known(rule)} AS rank, why_{rule} AS why,
                   documents.title AS document, documents.licence
            FROM figures LEFT JOIN documents USING (document_id)
            WHERE claim = $1 ORDER BY rank_{rule}""",
        [headline.claim_key(claim)],
    )


def doubts(reader: Reader, figure_ids: Collection[str]) -> pd.DataFrame:
    """Doubts of figures: figure_id, rule, detail (JSON), answered, answered_by, answer."""
    return reader.query(
        """FROM doubts WHERE figure_id IN (SELECT unnest($1)) ORDER BY figure_id, rule""",
        [list(figure_ids)],
    )


def notes(reader: Reader, figure_ids: Collection[str]) -> pd.DataFrame:
    """Reviewers' notes about figures: decision_id, figure_id, who, reason, decided_at (UTC)."""
    return reader.query(
        "FROM notes WHERE figure_id IN (SELECT unnest($1)) ORDER BY number", [list(figure_ids)]
    )


def in_doubt(reader: Reader, indicators: Collection[str], first: date, last: date) -> pd.DataFrame:
    """Figures with an unanswered doubt in a period, so that a page can say what it holds back."""
    return reader.query(
        """SELECT * FROM figures WHERE doubted AND indicator IN (SELECT unnest($1))
             AND day BETWEEN $2 AND $3 ORDER BY day, figure_id""",
        [list(indicators), first, last],
    )


def not_added(
    reader: Reader,
    area: Place,
    first: date,
    last: date,
    *,
    indicators: Collection[str] = same_event.TOLLS,
    people: str = "all",
) -> pd.DataFrame:
    """Tolls of an area that no sum has while nobody has said whether they are another day's toll
    told again: each amount of a place and day once."""
    here = [area.pcode, *(inner.pcode for inner in inside(area))]
    return reader.query(
        """SELECT figures.* FROM figures JOIN doubts USING (figure_id)
           WHERE rule = $rule AND NOT answered AND indicator IN (SELECT unnest($indicators))
             AND day BETWEEN $first AND $last AND people = $people
             AND place IN (SELECT unnest($places))
           QUALIFY row_number() OVER (
               PARTITION BY claim, value, value_high, bound ORDER BY figure_id) = 1
           ORDER BY day, indicator DESC, place, value, figure_id""",
        {
            "rule": plausibility.SAME_EVENT,
            "indicators": list(indicators),
            "first": first,
            "last": last,
            "people": people,
            "places": here,
        },
    )


def same_event_day(reader: Reader, figure_id: str) -> str:
    """The ISO day of the event that a toll may be told of again; empty where nobody asks."""
    found = reader.query(
        """SELECT json_extract_string(detail, '$.date') AS "date" FROM doubts
           WHERE figure_id = $1 AND rule = $2 AND NOT answered""",
        [figure_id, plausibility.SAME_EVENT],
    )["date"]
    return found[0] if len(found) else ""


def figures(reader: Reader, figure_ids: Collection[str]) -> pd.DataFrame:
    """Figures by their ids, in the order of days and places."""
    return reader.query(
        "FROM figures WHERE figure_id IN (SELECT unnest($1)) ORDER BY day, place, figure_id",
        [list(figure_ids)],
    )


def of_claims(reader: Reader, claims: Collection[str]) -> pd.DataFrame:
    """Every figure of some claim groups and of those that hold their twins, rivals and doubted
    ones too, with its document's title and licence."""
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
    """Every figure that tells some facts, under whichever status (twins.py)."""
    return reader.query(
        """SELECT * FROM figures WHERE fact <> '' AND fact IN (SELECT unnest($1))
           ORDER BY status, published, figure_id""",
        [sorted(facts)],
    )


def places_with(reader: Reader, indicators: Collection[str]) -> list[Place]:
    """Places that have figures of the indicators, those with most first."""
    pcodes = reader.query(
        """SELECT place FROM figures WHERE indicator IN (SELECT unnest($1)) AND period = 'day'
           GROUP BY place ORDER BY count(*) DESC, place""",
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
           GROUP BY unit ORDER BY count(*) DESC, unit""",
        [indicator, list(places), first, last],
    )["unit"].tolist()


def latest_day(
    reader: Reader,
    indicators: Collection[str],
    until: date,
    places: Collection[str],
    *,
    whole: bool = False,
) -> date | None:
    """The last day up to a date on which any of the indicators has a leading claim there, other
    than of a restoration; `whole` leaves out claims about parts."""
    day = reader.query(
        f"""SELECT max(day) AS day FROM figures WHERE indicator IN (SELECT unnest($1))
             AND day <= $2 AND place IN (SELECT unnest($3)) AND people = 'all'
             AND period = 'day' AND NOT doubted AND length("date") = 10
             AND status <> 'restored' AND rank_{DEFAULT_RULE} = 0
             AND cause IN (SELECT unnest($4)) AND (NOT $5 OR part = '')""",
        [list(indicators), until, list(places), _BY_STRIKES, whole],
    )["day"][0]
    return None if pd.isna(day) else day.date()


def latest_days(
    reader: Reader, indicators: Collection[str], places: Collection[str] | None = None
) -> tuple[date, date] | None:
    """The thirty days that end on the last day with a leading claim; None when there is none."""
    last = reader.query(
        """SELECT max(day) AS day FROM figures WHERE indicator IN (SELECT unnest($1))
             AND ($2 IS NULL OR place IN (SELECT unnest($2)))
             AND period = 'day' AND NOT doubted AND length("date") = 10""",
        [list(indicators), None if places is None else list(places)],
    )["day"][0]
    if pd.isna(last):
        return None
    return (last - pd.Timedelta(days=29)).date(), last.date()


def attacks(reader: Reader, first: date, last: date, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """Drones and missiles launched at Ukraine by day, one row a day: day, drones, missiles and
    the ids behind them; NaN where nobody gave a number."""
    return attack_nights(leads(reader, ATTACKS, first, last, rule=rule))


def attack_nights(launched: pd.DataFrame) -> pd.DataFrame:
    """Leading claims about launches as one row a day, as `attacks` gives them."""
    totals = [
        headline.add_up(launched[launched["indicator"] == each], PLACES["UA"]).assign(
            indicator=each
        )
        for each in ATTACKS
    ]
    table = pd.concat(totals)
    if table.empty:
        return pd.DataFrame(columns=["day", *ATTACKS, "figure_ids"])
    wide = table.pivot(index="date", columns="indicator", values="value").reindex(columns=ATTACKS)
    wide["figure_ids"] = table.groupby("date")["figure_ids"].sum()
    return wide.reset_index(names="day").assign(day=lambda frame: pd.to_datetime(frame["day"]))


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
    """An area's total by day for a flow: its own claim, else the sum of its parts, at least."""
    claims = leads(reader, [indicator], first, last, people=people, rule=rule)
    return totals_of(claims, indicator, area, INDICATORS[indicator].units[0])


def totals_of(claims: pd.DataFrame, indicator: str, area: Place, unit: str) -> pd.DataFrame:
    """Leading claims in one unit as totals of an area by day, as `daily_totals` gives them."""
    claims = claims[(claims["indicator"] == indicator) & (claims["unit"] == unit)]
    totals = headline.add_up(claims, area)
    return _traced(totals.assign(place=area.pcode, indicator=indicator, unit=unit), claims)


def _traced(totals: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Totals with `day` and the way to their evidence: the claim of the one figure behind them,
    or figure_id with the ids of all, comma between."""
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
    """What a map of one day draws: totals of areas and claims about cities, under each other."""
    columns = ["place", "indicator", "value", "value_high", "bound", "unit", "figure_id"]
    return pd.concat([areas[columns], cities[columns]])


def spread(
    reader: Reader, indicator: str, first: date, last: date, rule: str = DEFAULT_RULE
) -> pd.DataFrame:
    """Places with a leading claim of a loss by day: day, places (count), pcodes, figure_id."""
    rows = twins.once(leads(reader, [indicator], first, last, rule=rule))
    rows = rows[(rows["status"] != "restored") & (rows["place"] != "UA") & (rows["value"] > 0)]
    return rows.groupby("day", as_index=False).agg(
        places=("place", "nunique"),
        pcodes=("place", lambda each: tuple(dict.fromkeys(each))),
        figure_id=("figure_id", ",".join),
    )


def days_with(
    reader: Reader, indicator: str, first: date, last: date, rule: str = DEFAULT_RULE
) -> tuple[list[date], date | None]:
    """Days of a period with a leading claim, and the one on which most places have one (the
    latest of several such days)."""
    rows = leads(reader, [indicator], first, last, rule=rule)
    if rows.empty:
        return [], None
    places = rows[rows["place"] != "UA"].groupby("day")["place"].nunique()
    fullest = places[places == places.max()].index.max() if len(places) else rows["day"].max()
    return sorted({day.date() for day in rows["day"]}), fullest.date()


def revised(reader: Reader, first: date, last: date, people: str = "all") -> pd.DataFrame:
    """Events whose toll was stated more than twice, most statements first: indicator, place, day,
    statements, highest."""
    return reader.query(
        """SELECT indicator, place, day, count(DISTINCT value) AS statements, max(value) AS highest
           FROM figures WHERE indicator IN ('killed', 'injured') AND day BETWEEN $1 AND $2
             AND people = $3 AND period = 'day' AND part = '' AND length("date") = 10
             AND place <> 'UA' AND cause IN (SELECT unnest($4))
           GROUP BY ALL HAVING statements > 2
           ORDER BY statements DESC, highest DESC, place, indicator""",
        [first, last, people, _BY_STRIKES],
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
    """Everything said of one event's toll, as hours.in_sequence puts it beside each other."""
    said = reader.query(
        """SELECT * FROM figures WHERE indicator = $1 AND place = $2 AND day = $3
             AND people = $4 AND period = 'day' AND part = '' AND length("date") = 10
             AND cause IN (SELECT unnest($5))
           ORDER BY figure_id""",
        [indicator, place, day, people, _BY_STRIKES],
    )
    return hours.in_sequence(said)


def events(
    reader: Reader, first: date, last: date, *, people: str = "all", rule: str = DEFAULT_RULE
) -> pd.DataFrame:
    """Killed and injured by place and day: one row an event in a city or oblast.

    An oblast's claim that includes one of its cities' is a row of its own; rows are a list of
    what was said, not to be summed (daily_totals does that).
    """
    claims = leads(reader, ["killed", "injured"], first, last, people=people, rule=rule)
    claims = claims[(claims["part"] == "") & (claims["place"] != "UA")]
    return claims.sort_values(["day", "place", "indicator"], ascending=[False, True, False])


def norms(reader: Reader, place: Place) -> dict[int, float]:
    """Month (1-12) -> mean temperature in °C by the building-climate norm, or nothing.

    A place without a norm of its own takes its oblast centre's: see captions for the words.
    """
    rows = reader.query(
        f"""SELECT month("day") AS month, value FROM figures
            WHERE indicator = 'temperature_norm' AND place = $1 AND rank_{DEFAULT_RULE} = 0""",
        [place.pcode],
    )
    return dict(zip(rows["month"], rows["value"], strict=True))


def norm_claims(reader: Reader, places: Collection[str]) -> list[str]:
    """The claim groups behind the norms of places."""
    return reader.query(
        """SELECT DISTINCT claim FROM figures
           WHERE indicator = 'temperature_norm' AND place IN (SELECT unnest($1))""",
        [list(places)],
    )["claim"].tolist()


def baseline(reader: Reader, indicator: str, place: str) -> pd.DataFrame:
    """The leading baseline (population, apartment blocks…) of a place: at most one row.

    The value most outlets carry, then the latest: a denominator is not a rival toll.
    """
    return reader.query(
        """SELECT *, count(DISTINCT outlet) OVER (PARTITION BY value) AS carriers FROM figures
           WHERE indicator = $1 AND place = $2 AND part = ''
           ORDER BY carriers DESC, "date" DESC, published DESC, figure_id LIMIT 1""",
        [indicator, place],
    )


def publishers(reader: Reader) -> pd.DataFrame:
    """Outlets with the number of figures, the latest publication and the licence."""
    return reader.query(
        """SELECT outlet, count(*) AS figures, count(DISTINCT figures.url) AS pages,
                  max(nullif(published, '')) AS latest, any_value(documents.licence) AS licence
           FROM figures JOIN documents USING (document_id) WHERE outlet <> ''
           GROUP BY outlet ORDER BY figures DESC, outlet"""
    )


def speakers(reader: Reader) -> pd.DataFrame:
    """Speakers with the number of figures and the latest day they spoke of."""
    return reader.query(
        """SELECT speaker, any_value(attributed_to) AS attributed_to, any_value(place) AS place,
                  any_value(role) AS role, count(*) AS figures, max(day) AS latest
           FROM figures WHERE speaker <> '' GROUP BY speaker ORDER BY figures DESC, speaker"""
    )


def documents(reader: Reader) -> pd.DataFrame:
    """Loaded tables with their rows kept and refused; reports have a page of their own."""
    return reader.query("FROM documents WHERE source <> 'report' ORDER BY received_at DESC, source")


def releases(reader: Reader, limit: int | None = None, offset: int = 0) -> pd.DataFrame:
    """Documents from which figures are published, tables and reports alike, newest first.

    figures counts them, latest is when the last of them came into the store (UTC), first_day and
    last_day are what they speak of. A report that awaits review is not among them.
    """
    return reader.query(
        """SELECT documents.*, count(*) AS figures, max(recorded_at) AS latest,
                  min(day) AS first_day, max(day_end) AS last_day
           FROM documents JOIN figures USING (document_id)
           GROUP BY ALL ORDER BY latest DESC, documents.number DESC LIMIT $1 OFFSET $2""",
        [limit, offset],
    )


def licences(reader: Reader) -> list[tuple[str, int]]:
    """Licences of the documents from which figures are published, and of how many each."""
    rows = reader.query(
        """SELECT licence, count(*) AS documents FROM documents
           WHERE document_id IN (SELECT figures.document_id FROM figures)
           GROUP BY licence ORDER BY documents DESC, licence"""
    )
    return list(rows.itertuples(index=False, name=None))


def counts_of(reader: Reader, documents: Collection[str]) -> pd.DataFrame:
    """How many figures of each indicator documents gave: document_id, indicator, figures."""
    return reader.query(
        """SELECT document_id, indicator, count(*) AS figures FROM figures
           WHERE document_id IN (SELECT unnest($1))
           GROUP BY ALL ORDER BY document_id, figures DESC, indicator""",
        [list(documents)],
    )


def gravest(reader: Reader, documents: Collection[str]) -> pd.DataFrame:
    """The gravest figure of each document that has one, never one in doubt.

    The highest toll of the killed, else of the injured, else the largest loss of supply in the
    unit that the indicator names first. Totals since a start, averages, restorations and losses
    from weather or planned cuts are none.
    """
    indicators = ["killed", "injured", *OUTAGES]
    grave = [f"{name} {unit}" for name in indicators for unit in INDICATORS[name].units]
    return reader.query(
        """SELECT * FROM figures
           WHERE document_id IN (SELECT unnest($documents)) AND NOT doubted
             AND period = 'day' AND status <> 'restored' AND value > 0
             AND cause IN (SELECT unnest($causes))
             AND list_contains($grave, indicator || ' ' || unit)
           QUALIFY row_number() OVER (
               PARTITION BY document_id
               ORDER BY list_position($grave, indicator || ' ' || unit), value DESC, figure_id) = 1
           ORDER BY figure_id""",
        {"documents": list(documents), "grave": grave, "causes": _BY_STRIKES},
    )


def counts(reader: Reader) -> pd.DataFrame:
    """Figures by indicator with their first and last day: the data dictionary's second half."""
    return reader.query(
        """SELECT indicator, count(*) AS figures, min(day) AS first, max(day_end) AS last
           FROM figures GROUP BY indicator ORDER BY figures DESC"""
    )


def behind(reader: Reader, attacks: pd.DataFrame) -> pd.DataFrame:
    """The figures behind a table of attacks."""
    return figures(reader, [each for several in attacks["figure_ids"] for each in several])


def tolls_by_day(
    reader: Reader,
    area: Place,
    first: date,
    last: date,
    *,
    people: str = "all",
    rule: str = DEFAULT_RULE,
) -> pd.DataFrame:
    """Killed and injured of an area by day, under each other."""
    return pd.concat(
        [
            daily_totals(reader, indicator, area, first, last, people=people, rule=rule)
            for indicator in ("killed", "injured")
        ],
        ignore_index=True,
    )


def by_month(daily: pd.DataFrame) -> pd.DataFrame:
    """Daily totals of one flow summed by month, at least: month (its first day), value,
    value_high, bound, unit, figure_id. Raises headline.MixedKinds."""
    headline.single_kind(daily)
    months = daily["day"].dt.to_period("M").dt.to_timestamp()
    return (
        daily.groupby(months)
        .agg(value=("value", "sum"), unit=("unit", "first"), figure_id=("figure_id", ",".join))
        .rename_axis("month")
        .reset_index()
        .assign(value_high=float("nan"), bound="at_least")
    )


def city_sums(events: pd.DataFrame, cities: Collection[Place]) -> pd.DataFrame:
    """Events of each city summed, at least, each kind by itself: place, indicator, unit, people,
    status, value, bound, figure_id, claim."""
    inside = events[events["place"].isin([city.pcode for city in cities])]
    sums = inside.groupby(["place", *headline.KIND], as_index=False).agg(
        value=("value", "sum"),
        value_high=("value_high", "max"),
        bound=("bound", "first"),
        figure_id=("figure_id", ",".join),
        claims=("claim", tuple),
    )
    several = sums["claims"].map(len) > 1
    return sums.assign(
        bound=sums["bound"].where(~several, "at_least"),
        value_high=sums["value_high"].where(~several),
        claim=[claims[0] if len(claims) == 1 else "" for claims in sums["claims"]],
    )


def ids(rows: pd.DataFrame) -> list[str]:
    """The ids of every figure behind rows whose figure_id may hold several."""
    return [each for several in rows["figure_id"] for each in several.split(",")]


def by_unit(rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Claims about wholes apart by unit, the unit most often used first; two units at most."""
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
