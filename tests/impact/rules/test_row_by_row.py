"""The rules over columns give what each rule says of one figure beside all the others."""

from dataclasses import replace
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model import dates
from impact.model.figure import CLAIM, CLASS_OF_CAUSE
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES, contains
from impact.model.speakers import identify
from impact.rules import same_event, twins
from impact.rules.headline import BEHIND, RULES, SAME
from impact.rules.plausibility import SAME_EVENT
from tests.combining import examples
from tests.made import GOVERNOR, KHARKIV, KHARKIV_OBLAST, KYIV, MAYOR, built, figure, toll

DAYS = ("2026-01-23", "2026-01-24", "2026-01-25")
COMMON = {
    "attributed_to": st.sampled_from(["", MAYOR, GOVERNOR, "a passer-by"]),
    "publisher": st.sampled_from(["UNN", "LIGA", "Suspilne"]),
    "bound": st.sampled_from(["exact", "exact", "about", "at_most"]),
    "cause": st.sampled_from(["strike", "", "mixed", "weather"]),
    "url": st.sampled_from(["", "https://a", "https://b"]),
    "moment": st.sampled_from(["", "", "morning"]),
    "date": st.sampled_from(DAYS),
    "published": st.sampled_from([*DAYS, ""]),
    "dubious": st.sampled_from([False, False, False, True]),
    "recalled": st.sampled_from([False, False, True]),
}
TOLLS = st.builds(
    figure,
    indicator=st.sampled_from(["killed", "injured"]),
    unit=st.just("people"),
    status=st.just(""),
    value=st.sampled_from([1.0, 2.0, 3.0, 5.0, 9.0, 150.0, 9_000_000.0]),
    place=st.sampled_from([KHARKIV, KHARKIV_OBLAST, "UA"]),
    people=st.sampled_from(["all", "all", "children"]),
    period=st.sampled_from(["day", "day", "cumulative"]),
    **COMMON,
)
# Totals of one body, and tolls of one place on days beside each other: what few of the others are.
RUNNING = st.builds(
    toll,
    st.sampled_from([3.0, 5.0, 9.0, 12.0]),
    period=st.just("cumulative"),
    attributed_to=st.just(GOVERNOR),
    date=st.sampled_from(DAYS),
    url=st.sampled_from(["", "https://a"]),
)
NEIGHBOURS = st.builds(
    toll,
    st.sampled_from([3.0, 5.0]),
    attributed_to=st.sampled_from(["", GOVERNOR]),
    date=st.sampled_from(DAYS[:2]),
    published=st.sampled_from(DAYS),
    url=st.sampled_from(["", "https://a"]),
)
HEAT = st.builds(
    figure,
    indicator=st.just("heating_loss"),
    unit=st.sampled_from(["buildings", "households", "customers"]),
    status=st.sampled_from(["lost", "without", "restored"]),
    value=st.sampled_from([3.0, 50.0, 300.0, 600.0, 7_000.0, 4_000_000.0]),
    place=st.sampled_from([KYIV, KHARKIV]),
    **COMMON,
)
BASELINES = st.builds(
    lambda kind, value, **changes: figure(
        indicator=kind[0], unit=kind[1], value=value, status="", cause="", **changes
    ),
    st.sampled_from(
        [
            ("apartment_blocks", "buildings"),
            ("customers", "customers"),
            ("households", "households"),
        ]
    ),
    st.sampled_from([100.0, 500.0, 5_000.0]),
    place=st.sampled_from([KYIV, KHARKIV]),
    date=st.sampled_from(["2024", "2025"]),
    publisher=st.sampled_from(["UNN", "LIGA"]),
)
FIGURES = st.lists(
    st.one_of(TOLLS, TOLLS, HEAT, HEAT, BASELINES, RUNNING),
    min_size=1,
    max_size=25,
    unique_by=lambda each: each.figure_id,
)


def high(row) -> float:
    return row.value if row.value_high != row.value_high else row.value_high


def kind(row) -> str:
    return INDICATORS[row.indicator].kind


def alike(one, other, *names) -> bool:
    said = [
        tuple(
            CLASS_OF_CAUSE[row.cause] if name == "cause" else getattr(row, name) for name in names
        )
        for row in (one, other)
    ]
    return said[0] == said[1]


# Doubts: whether a rule doubts one row, with all rows at hand


def above_baseline(row, rows) -> str:
    """The rule of the limit that a row is above; empty where it is above none."""
    known = {
        "people": ["population"],
        "households": ["households", "population"],
        "customers": ["customers", "population"],
        "buildings": ["apartment_blocks"],
    }
    if row.unit == "buildings" and row.indicator != "heating_loss":
        return ""
    for name in known[row.unit]:
        stated = [b.value for b in rows if (b.indicator, b.place) == (name, row.place)]
        if name == "population":
            stated = stated or [PLACES[row.place].population]
        if stated:
            what = {"apartment_blocks": "blocks", "population": "place", "households": "place"}
            unit = "people" if name == "population" else row.unit
            return f"more_{unit}_than_{what.get(name, name)}" if row.value > max(stated) else ""
    return ""


def children_above_total(row, rows) -> bool:
    event = ("indicator", "place", "date", "unit", "status", "part", "period", "cause")
    totals = [high(other) for other in rows if other.people == "all" and alike(row, other, *event)]
    return row.people == "children" and bool(totals) and row.value > max(totals)


def total_that_fell(row, rows) -> bool:
    count = ("indicator", "place", "unit", "people", "part", "cause", "body", "period", "bound")
    return (row.period, row.bound) == ("cumulative", "exact") and any(
        other.date < row.date and other.value / 2 <= row.value < other.value
        for other in rows if alike(row, other, *count)
    )  # fmt: skip


def date_after_publication(row, rows) -> bool:
    late = bool(row.published) and dates.span(row.date)[0] > dates.span(row.published)[1]
    return late and row.period != "forecast"


def ten_times_rivals(row, rows) -> bool:
    counted = [
        other for other in rows
        if other.claim_scale == row.claim_scale and other.status != "restored" and not other.dubious
    ]  # fmt: skip
    values = sorted({other.value for other in counted})
    leaps = [more for less, more in pairwise(values) if more >= max(10 * less, 100)]
    if row not in counted or not leaps or row.value < leaps[0]:
        return False
    top, rest = ({o.body for o in counted if (o.value >= leaps[0]) is up} for up in (True, False))
    return len(top) <= len(rest)


RULES_OF_ROWS = (children_above_total, total_that_fell, date_after_publication, ten_times_rivals)


def raised(rows) -> set[tuple[str, str]]:
    impacts = [row for row in rows if kind(row) != "baseline"]
    found = {(row.figure_id, "marked_dubious") for row in impacts if row.dubious}
    for row in impacts:
        found |= {(row.figure_id, r.__name__) for r in RULES_OF_ROWS if r(row, impacts)}
        if rule := above_baseline(row, rows):
            found.add((row.figure_id, rule))
    return found


def below_its_part(row, leads) -> bool:
    same = ("indicator", "date", "unit", "people", "period", "cause")
    return kind(row) == "flow" and any(
        part.value > high(row) and contains(PLACES[row.place], PLACES[part.place])
        for part in leads if alike(row, part, *same)
    )  # fmt: skip


# The order of a claim


def keys(row, figures, doubted) -> dict:
    responsible = INDICATORS[row.indicator].responsible
    role = identify(row.attributed_to, row.place).role
    standing = (0 if row.verification == "verified" else 1 if role in responsible
                else 2 if row.attributed_to else 3)  # fmt: skip
    moment = -row.stated.timestamp()
    return {
        "doubted": row.figure_id in doubted, "recalled": row.recalled, "standing": standing,
        "moment": moment, "recency": 0 if standing == 3 else moment,
        "distance": responsible.index(role) if standing == 1 else 0,
        "rounded": row.bound != "exact", "caution": row.value,
        "estimated": row.verification == "estimated",
    }  # fmt: skip


def ordered(claim, figures, doubted, rule) -> list:
    def key(row):
        own = replace(figures[row.figure_id], cause=CLASS_OF_CAUSE[row.cause]).figure_id
        said = keys(row, figures, doubted)
        return (*(said[name] for name in RULES[rule]), own, row.figure_id)

    return sorted(claim, key=key)


def behind(row, lead, figures, doubted, rule) -> str:
    """What a row that does not lead stands behind for."""
    mine, first = (keys(each, figures, doubted) for each in (row, lead))
    if mine["doubted"]:
        return BEHIND["doubted"]
    if (row.value, high(row), row.bound) == (lead.value, high(lead), lead.bound):
        return SAME
    names = [name for name in RULES[rule] if mine[name] != first[name]]
    return BEHIND.get(names[0], BEHIND["recency"]) if names else SAME


def claims_of(rows) -> list[list]:
    in_claims = sorted(rows, key=lambda row: row.claim)
    return [list(claim) for _, claim in groupby(in_claims, key=lambda row: row.claim)]


@examples(10)
@given(FIGURES)
def test_each_row_is_doubted_ordered_and_explained_as_it_would_be_alone(said):
    figures = {each.figure_id: each for each in said}
    table = built(*said)
    rows = list(table["figures"].astype(object).itertuples(index=False))
    found = set(table["doubts"][["figure_id", "rule"]].itertuples(index=False, name=None))
    again = {doubt for doubt in found if doubt[1] == SAME_EVENT}
    expected = raised(rows) | again
    doubted = {figure_id for figure_id, _ in expected}
    leads = [ordered(claim, figures, doubted, "responsible")[0] for claim in claims_of(rows)]
    leads = [lead for lead in leads if lead.figure_id not in doubted]
    outgrown = {(r.figure_id, "below_its_part") for r in rows if below_its_part(r, leads)}
    assert found == expected | outgrown
    doubted |= {figure_id for figure_id, _ in outgrown}
    assert doubted == {row.figure_id for row in rows if row.doubted}
    for claim in claims_of(rows):
        for rule in RULES:
            lead, *others = ordered(claim, figures, doubted, rule)
            ranks = [getattr(row, f"rank_{rule}") for row in (lead, *others)]
            assert ranks == list(range(len(claim)))
            for row in others:
                why = getattr(row, f"why_{rule}")
                assert why == behind(row, lead, figures, doubted, rule)


@examples(8, 40)
@given(st.lists(NEIGHBOURS, min_size=2, max_size=5, unique_by=lambda each: each.figure_id))
def test_what_is_left_out_beforehand_is_never_asked_about(said):
    whole = built(*said)["doubts"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(same_event, "_may_be_again", lambda tolls: tolls["value"] > 0)
        assert built(*said)["doubts"].equals(whole)


@examples(8)
@given(st.lists(HEAT, min_size=2, max_size=12, unique_by=lambda each: each.figure_id))
def test_a_fact_is_what_a_chain_of_twins_tells(said):
    rows = list(built(*said)["figures"].astype(object).itertuples(index=False))
    thing = [name for name in CLAIM if name != "status"] + ["value"]
    fact = {row.figure_id: {row.figure_id} for row in rows}
    for one in rows:
        for other in rows:
            statuses = (one.status, other.status)
            if (
                statuses == twins.STATUSES
                and alike(one, other, *thing)
                and twins._twins(one, other)
            ):
                chain = fact[one.figure_id] | fact[other.figure_id]
                fact |= dict.fromkeys(chain, chain)
    for row in rows:
        chain = fact[row.figure_id]
        assert row.fact == (min(chain) if len(chain) > 1 else "")
