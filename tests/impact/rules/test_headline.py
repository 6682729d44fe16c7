"""The headline rule class by class, real days of the shipped table, and the laws of totals."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.places import PLACES, UKRAINE, contains
from impact.rules import headline
from impact.rules.headline import RULES, add_up, leading
from tests.combining import examples
from tests.made import (
    BILA_TSERKVA,
    DNIPRO,
    DNIPRO_OBLAST,
    GOVERNOR,
    KHARKIV,
    KHARKIV_OBLAST,
    KYIV,
    KYIV_OBLAST,
    MAYOR,
    MINISTER,
    figure,
    frame,
    ranked,
    toll,
)

RULE = pytest.mark.parametrize("rule", RULES)


def order(*figures, rule="responsible"):
    """The values of rival claims, the leading one first."""
    claims = ranked(*figures)
    assert claims["claim"].nunique() == 1
    return claims.sort_values(f"rank_{rule}")["value"].tolist()


# The classes of the rule

VERIFIED = toll(4.0, attributed_to="HRMMU", verification="verified", published="2026-01-24")
RESPONSIBLE = toll(3.0, attributed_to=GOVERNOR, published="2026-01-25")
ATTRIBUTED = toll(2.0, attributed_to="a passer-by", published="2026-01-26")
UNATTRIBUTED = toll(1.0, published="2026-01-27")
RECALLED = toll(5.0, attributed_to="HRMMU", verification="verified", recalled=True)
DOUBTED = toll(6.0, attributed_to="HRMMU", verification="verified", dubious=True)
CLASSES = [VERIFIED, RESPONSIBLE, ATTRIBUTED, UNATTRIBUTED, RECALLED, DOUBTED]


def test_verified_beats_responsible_beats_attributed_beats_unattributed():
    claims = UNATTRIBUTED, ATTRIBUTED, RESPONSIBLE, VERIFIED
    assert order(*claims) == [4.0, 3.0, 2.0, 1.0]


@pytest.mark.parametrize("better, worse", list(pairwise(CLASSES)))
def test_each_class_beats_the_next_alone(better, worse):
    assert order(worse, better) == [better.value, worse.value]


def test_of_bodies_responsible_the_latest_leads_even_if_it_says_less():
    early = toll(11.0, attributed_to=GOVERNOR, as_of="2026-01-24T12:00")
    late = toll(10.0, attributed_to="Terekhov (mayor)", as_of="2026-01-24T14:00")
    assert order(early, late) == [10.0, 11.0]


def test_a_word_for_the_part_of_the_day_decides_like_a_clock():
    morning = figure(value=600.0, attributed_to=MAYOR, moment="morning")
    evening = figure(value=500.0, attributed_to=MAYOR, moment="evening")
    assert order(morning, evening) == [500.0, 600.0]


def test_a_level_recalled_on_a_later_page_is_not_a_later_count():
    then = figure(value=600.0, attributed_to=MAYOR, moment="evening", published="2026-01-24")
    later = figure(value=500.0, attributed_to=MAYOR, published="2026-01-29")
    assert order(later, then) == [600.0, 500.0]


@pytest.mark.parametrize("published", ["2026-01", "2026"])
def test_a_toll_printed_in_a_month_or_a_year_holds_as_of_its_last_day(published):
    """Yearbooks and monthly reports say no day. It once kept everything from being published."""
    early = toll(11.0, attributed_to=GOVERNOR, published="2026-01-25")
    late = toll(10.0, attributed_to=GOVERNOR, published=published)
    assert order(early, late) == [10.0, 11.0]


def test_at_one_moment_the_body_nearer_to_the_place_leads():
    near = figure(value=3_300.0, attributed_to=MAYOR)
    far = figure(value=3_200.0, attributed_to=MINISTER)
    assert order(far, near) == [3_300.0, 3_200.0]


def test_among_the_unattributed_the_most_cautious_leads_however_old():
    claims = [toll(value, published=f"2026-01-{day}") for value, day in ((9.0, 26), (7.0, 24))]
    assert order(*claims) == [7.0, 9.0]


def test_an_exact_figure_leads_a_rounded_one_of_the_same_moment_and_speaker():
    exact = figure(value=5_635.0, attributed_to=MAYOR)
    rounded = figure(value=5_600.0, bound="at_least", attributed_to=MAYOR)
    assert order(rounded, exact) == [5_635.0, 5_600.0]


def test_the_latest_rule_takes_the_latest_whoever_said_it():
    assert order(VERIFIED, RESPONSIBLE, ATTRIBUTED, UNATTRIBUTED, rule="latest") == [1, 2, 3, 4]


def test_the_cautious_rule_takes_the_lowest_whoever_said_it():
    low, high = toll(2.0), toll(4.0, attributed_to="HRMMU", verification="verified")
    assert order(high, low, rule="cautious") == [2.0, 4.0]


@RULE
def test_a_figure_in_doubt_never_leads_under_any_rule(rule):
    for other in (RECALLED, UNATTRIBUTED):
        assert order(DOUBTED, other, rule=rule)[0] == other.value


@RULE
def test_where_all_is_in_doubt_nothing_leads(rule):
    assert leading(ranked(DOUBTED), rule).empty


@RULE
def test_a_recalled_figure_is_weaker_under_any_rule(rule):
    assert order(RECALLED, UNATTRIBUTED, rule=rule)[0] == UNATTRIBUTED.value


@RULE
def test_what_the_compiler_added_up_never_leads_over_what_somebody_said(rule):
    added = toll(2.0, attributed_to=MAYOR, verification="estimated", published="2026-01-30")
    assert order(added, UNATTRIBUTED, rule=rule)[0] == UNATTRIBUTED.value


@RULE
def test_a_tie_ends_in_the_id(rule):
    twins = [toll(5.0, url=f"https://example.org/{n}") for n in range(9)]
    frame = ranked(*twins).sort_values(f"rank_{rule}")
    assert frame["figure_id"].tolist() == sorted(twin.figure_id for twin in twins)


@pytest.mark.parametrize(
    "claims, why",
    [
        ([VERIFIED, RESPONSIBLE], "verified by an independent recorder"),
        ([RESPONSIBLE, ATTRIBUTED], "latest statement of the body responsible"),
        ([ATTRIBUTED, UNATTRIBUTED], "latest attributed report"),
        ([UNATTRIBUTED, toll(2.0)], "most cautious of the reports that name no speaker"),
        ([UNATTRIBUTED], "the only figure"),
    ],
)
def test_the_leading_claim_says_why_it_leads(claims, why):
    assert ranked(*claims)["why_responsible"].iloc[0] == why


@pytest.mark.parametrize(
    "behind, why",
    [
        (DOUBTED, "in doubt"),
        (RECALLED, "an earlier story's number, only recalled"),
        (ATTRIBUTED, "weaker source"),
        (toll(9.0, attributed_to=GOVERNOR, published="2026-01-24"), "earlier statement"),
        (toll(3.0, attributed_to=GOVERNOR, published="2026-01-24"), "says the same"),
    ],
)
def test_every_other_claim_says_what_it_stands_behind_for(behind, why):
    assert ranked(RESPONSIBLE, behind)["why_responsible"].iloc[1] == why


# What stands beside


def test_corroboration_counts_bodies_and_not_outlets():
    pages = ["UNN", "Ukrinform", "Suspilne", "Liga.net"]
    one_mayor = [figure(attributed_to=MAYOR, publisher=each) for each in pages]
    frame = ranked(*one_mayor, figure(attributed_to="mayor", publisher="TSN"))
    assert frame["bodies"].tolist() == [1] * 5
    assert frame["outlets"].tolist() == [5] * 5
    second = ranked(*one_mayor, figure(attributed_to=MINISTER, publisher="UNN"))
    assert set(second["bodies"]) == {2}


def test_one_and_two_never_give_three():
    frame = ranked(toll(1.0, attributed_to="Red Cross"), toll(2.0, attributed_to="government"))
    lead = leading(frame)
    assert set(frame["value"]) == {1.0, 2.0}
    assert add_up(lead, PLACES[KHARKIV])["value"].item() in {1.0, 2.0}


def test_rivals_are_the_distinct_other_values_not_in_doubt_with_their_range():
    values = [toll(value, published="2026-01-24") for value in (3.0, 5.0, 5.0, 8.0)]
    frame = ranked(RESPONSIBLE, *values, toll(5.0, publisher="TSN"), DOUBTED)
    assert set(frame["rivals"]) == {2}
    assert (frame["rivals_low"].iloc[0], frame["rivals_high"].iloc[0]) == (5.0, 8.0)
    assert set(frame["doubts_beside"]) == {1}


def test_a_range_of_rivals_reaches_to_the_upper_end_of_a_claim():
    frame = ranked(RESPONSIBLE, toll(7.0, value_high=12.0))
    assert (frame["rivals_low"].iloc[0], frame["rivals_high"].iloc[0]) == (7.0, 12.0)


def test_nobody_else_means_no_rivals():
    frame = ranked(RESPONSIBLE, toll(3.0))
    assert set(frame["rivals"]) == {0}
    assert frame["rivals_low"].isna().all()


@pytest.mark.parametrize(
    "changes",
    [
        {"cause": "weather"}, {"period": "cumulative"}, {"part": "schools"}, {"status": "without"},
        {"unit": "households"}, {"place": KYIV_OBLAST}, {"date": "2026-01-25"},
    ],
    ids=str,
)  # fmt: skip
def test_claims_about_different_things_are_no_rivals(changes):
    frame = ranked(figure(), figure(value=700.0, **changes))
    assert set(frame["rank_responsible"]) == set(frame["rivals"]) == {0}


CLAIMS = st.lists(
    st.builds(
        toll,
        st.integers(1, 12).map(float),
        attributed_to=st.sampled_from(["", GOVERNOR, "Terekhov (mayor)", "HRMMU", "a passer-by"]),
        published=st.sampled_from(["2026-01-24", "2026-01-25"]),
        moment=st.sampled_from(["", "morning", "evening"]),
        bound=st.sampled_from(["exact", "about"]),
        place=st.sampled_from([KHARKIV, KHARKIV_OBLAST]),
        recalled=st.booleans(),
        dubious=st.booleans(),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each.figure_id,
)


@examples(4, 8)
@given(CLAIMS, st.randoms(use_true_random=False))
def test_shuffling_the_rows_changes_nothing(claims, random):
    frame = ranked(*claims).set_index("figure_id").sort_index()
    random.shuffle(claims)
    pd.testing.assert_frame_equal(ranked(*claims).set_index("figure_id").sort_index(), frame)


@examples(4, 8)
@given(CLAIMS)
def test_whatever_is_claimed_the_lead_is_one_of_the_claims_and_not_in_doubt(claims):
    frame = ranked(*claims)
    for rule in RULES:
        for _, group in frame.groupby("claim"):
            assert sorted(group[f"rank_{rule}"]) == list(range(len(group)))
            lead = group[group[f"rank_{rule}"] == 0]
            assert lead["doubted"].item() == group["doubted"].all()
            assert lead["figure_id"].item() in {claim.figure_id for claim in claims}


# Real days of the shipped table


def day(shipped, place, indicator, date, unit):
    """Claims about an indicator's whole on a day, by status, the leading one first."""
    return shipped.query(
        "FROM figures WHERE place = $1 AND indicator = $2 AND date = $3 AND unit = $4 "
        "AND part = '' AND period = 'day' AND people = 'all' AND NOT doubted "
        "ORDER BY status, rank_responsible",
        [place, indicator, date, unit],
    )


KYIV_HEATING = [
    # day, status, leads, rivals beside it
    ("2026-01-19", "without", 16.0, []),
    ("2026-01-20", "lost", 5_635.0, [5_600.0]),
    ("2026-01-20", "without", 4_000.0, [5_600.0]),
    ("2026-01-24", "lost", 6_000.0, []),
    ("2026-01-24", "without", 3_300.0, [3_200.0]),
]


@pytest.mark.parametrize("date, status, leads, rivals", KYIV_HEATING, ids=str)
def test_buildings_without_heat_in_kyiv(shipped, date, status, leads, rivals):
    claims = day(shipped, KYIV, "heating_loss", date, "buildings").query("status == @status")
    assert claims["value"].iloc[0] == leads
    assert set(claims["rivals"]) == {len(rivals)}
    assert set(claims["value"]) - {leads} == set(rivals)


def test_on_25_january_the_evening_count_leads_and_the_morning_stands_beside(shipped):
    claims = day(shipped, KYIV, "heating_loss", "2026-01-25", "buildings")
    claims = claims[claims["status"] == "without"]
    assert (claims["value"].iloc[0], claims["moment"].iloc[0]) == (1_330.0, "evening")
    assert 1_676.0 in set(claims["value"])


def test_a_toll_that_was_revised_down_leads(shipped):
    claims = day(shipped, KHARKIV, "killed", "2026-03-07", "people")
    assert claims["value"].iloc[0] == 10.0
    assert claims["rivals_high"].iloc[0] == claims["value"].max() == 11.0


def test_a_toll_that_rose_for_weeks_leads_with_the_last_that_was_verified(shipped):
    claims = day(shipped, "UA6104049001", "killed", "2025-11-19", "people")
    assert (claims["value"].iloc[0], claims["verification"].iloc[0]) == (38.0, "verified")


def test_a_night_and_its_morning_are_two_numbers_and_never_one():
    # Dnipropetrovsk Oblast, 14 January 2026: 74 thousand cut off, more than 40 thousand still.
    told = {
        "indicator": "power_outage", "unit": "customers", "place": DNIPRO_OBLAST,
        "date": "2026-01-14", "published": "2026-01-14", "attributed_to": "Hanzha (governor)",
    }  # fmt: skip
    cut_off = figure(value=74_000.0, status="lost", moment="night", **told)
    still = figure(value=40_000.0, status="without", moment="morning", bound="at_least", **told)
    leads = leading(ranked(cut_off, still))
    assert dict(zip(leads["status"], leads["value"], strict=True)) == {
        "lost": 74_000.0, "without": 40_000.0,
    }  # fmt: skip
    assert set(leads["rivals"]) == {0}
    for status, value in (("lost", 74_000.0), ("without", 40_000.0)):
        total = add_up(leads[leads["status"] == status], UKRAINE)
        assert total["value"].tolist() == [value]


# The laws of totals

AREAS = [UKRAINE, PLACES[KYIV], PLACES[KYIV_OBLAST], PLACES[KHARKIV_OBLAST], PLACES[DNIPRO_OBLAST]]
WHERE = ["UA", KYIV, KYIV_OBLAST, BILA_TSERKVA, KHARKIV_OBLAST, KHARKIV, DNIPRO]
DATES = ["2026-01-24", "2026-01-25"]
LEADS = st.lists(
    st.builds(
        lambda value, spread, **changes: figure(
            value=value, value_high=value + spread if spread else None,
            indicator="power_outage", unit="customers", **changes,
        ),
        value=st.integers(1, 9).map(float),
        spread=st.sampled_from([0, 0, 0, 5]),
        place=st.sampled_from(WHERE),
        date=st.sampled_from(DATES),
        part=st.sampled_from(["", "", "left bank", "right bank"]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: (each.place, each.date, each.part),
).map(frame)  # fmt: skip
AREA = st.sampled_from(AREAS)


def by_date(totals):
    """Totals that can be compared: no number is not equal to itself."""
    columns = totals.set_index("date").astype(object)
    columns["figure_ids"] = columns["figure_ids"].map(frozenset)
    return columns.where(columns.notna(), None).to_dict("index")


def claims_in(area, leads):
    """The claims about an area and what lies in it."""
    return leads[[p == area.pcode or contains(area, PLACES[p]) for p in leads["place"]]]


def uncovered(claims):
    """Values about whole places on one day that no claim about a wider place covers."""
    whole = claims[claims["part"] == ""]
    spoken = {PLACES[row.place]: row.value for row in whole.itertuples()}
    return [
        value for place, value in spoken.items()
        if not any(contains(wider, place) for wider in spoken)
    ]  # fmt: skip


@given(LEADS, AREA)
def test_an_own_claim_is_never_added_to_its_parts(leads, area):
    own = leads[(leads["place"] == area.pcode) & (leads["part"] == "")]
    totals = by_date(add_up(leads, area))
    for claim in own.to_dict("records"):
        total = totals[claim["date"]]
        assert (total["value"], total["bound"]) == (claim["value"], claim["bound"])
        assert total["figure_ids"] == {claim["figure_id"]}


@given(LEADS)
def test_a_city_under_an_oblast_with_its_own_claim_changes_nothing(leads):
    whole = leads[(leads["place"] == KHARKIV_OBLAST) & (leads["part"] == "")]
    covered = (leads["place"] == KHARKIV) & leads["date"].isin(whole["date"])
    for area in (UKRAINE, PLACES[KHARKIV_OBLAST]):
        assert by_date(add_up(leads, area)) == by_date(add_up(leads[~covered], area))


@given(LEADS, AREA)
def test_a_sum_is_marked_at_least(leads, area):
    values = leads.set_index("figure_id")["value"]
    for total in add_up(leads, area).to_dict("records"):
        assert total["value"] == values[list(total["figure_ids"])].sum()
        assert total["bound"] == "at_least" or len(total["figure_ids"]) == 1


@given(LEADS, AREA)
def test_a_total_is_never_more_than_all_claims_and_never_less_than_the_largest_uncovered(
    leads, area
):
    totals = add_up(leads, area).set_index("date")["value"]
    claimed = claims_in(area, leads)
    assert set(totals.index) == set(claimed["date"])
    for date, claims in claimed.groupby("date"):
        assert totals[date] <= claims["value"].sum()
        assert totals[date] >= max(uncovered(claims), default=0)


@given(LEADS)
def test_a_day_of_one_area_never_mixes_with_another_day(leads):
    both = by_date(add_up(leads, UKRAINE))
    for date in DATES:
        alone = by_date(add_up(leads[leads["date"] == date], UKRAINE))
        assert alone == {each: total for each, total in both.items() if each == date}


@given(LEADS, AREA, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_to_a_total(leads, area, random):
    rows = list(range(len(leads)))
    random.shuffle(rows)
    totals = by_date(add_up(leads, area))
    shuffled = by_date(add_up(leads.iloc[rows], area))
    assert shuffled == totals


def test_kyiv_and_kyiv_oblast_are_separate_units():
    city, oblast = figure(value=5.0), figure(value=7.0, place=KYIV_OBLAST)
    leads = leading(ranked(city, oblast, figure(value=2.0, place=BILA_TSERKVA)))
    totals = {area: add_up(leads, PLACES[area]) for area in (KYIV, KYIV_OBLAST, "UA")}
    assert [total["value"].item() for total in totals.values()] == [5.0, 7.0, 12.0]
    assert set(totals["UA"]["figure_ids"].item()) == {city.figure_id, oblast.figure_id}


def test_a_sum_with_a_range_in_it_is_a_range():
    leads = leading(ranked(figure(value=5.0), figure(value=7.0, value_high=9.0, place=KHARKIV)))
    total = add_up(leads, UKRAINE)
    assert (total["value"].item(), total["value_high"].item()) == (12.0, 14.0)


@pytest.mark.parametrize("area", AREAS[1:], ids=lambda area: area.name_en)
def test_an_area_nobody_spoke_of_has_no_total_and_not_zero(area):
    assert add_up(leading(ranked(figure(place="UA51"))), area).empty


def test_claims_of_two_causes_on_one_day_give_one_total():
    # Pages ask for strike, mixed and unknown causes together.
    leads = leading(ranked(figure(value=5.0), figure(value=7.0, cause="mixed")))
    assert add_up(leads, PLACES[KYIV])["date"].is_unique
    assert add_up(leads, UKRAINE)["date"].is_unique


def test_a_claim_about_a_part_never_stands_for_less_than_the_places_in_it():
    # Two killed in "several oblasts" of Ukraine on a day on which Kyiv alone counted nine.
    part = toll(2.0, place="UA", part="several oblasts")
    leads = leading(ranked(part, toll(9.0, place=KYIV)))
    assert add_up(leads, UKRAINE)["value"].item() >= 9.0


def test_rival_claims_of_two_causes_about_one_part_are_not_added():
    left = [figure(value=value, part="left bank", cause=cause)
            for value, cause in ((5.0, "strike"), (7.0, "mixed"))]  # fmt: skip
    assert add_up(leading(ranked(*left)), PLACES[KYIV])["value"].item() in {5.0, 7.0}


def test_every_rule_has_its_title_and_every_place_in_the_order_its_words():
    assert headline.RULE_TITLES.keys() == RULES.keys()
    named = {name for names in RULES.values() for name in names}
    assert named - headline.BEHIND.keys() <= {"moment"}


# Numbers of different things are no sum


KINDS = st.sampled_from(
    [
        {"indicator": "drones_launched", "unit": "drones", "status": ""},
        {"indicator": "missiles_launched", "unit": "missiles", "status": ""},
        {"indicator": "heating_loss", "unit": "buildings", "status": "lost"},
        {"indicator": "heating_loss", "unit": "buildings", "status": "without"},
        {"indicator": "heating_loss", "unit": "households", "status": "lost"},
        {"indicator": "injured", "unit": "people", "status": ""},
        {"indicator": "injured", "unit": "people", "status": "", "people": "children"},
    ]
)
MIXED = st.lists(
    st.builds(
        lambda kind, **changes: figure(**(kind | changes)),
        KINDS,
        value=st.integers(0, 400),
        bound=st.sampled_from(["exact", "at_least", "at_most", "about"]),
        date=st.sampled_from(["2026-01-23", "2026-01-24"]),
        place=st.sampled_from([KYIV, KHARKIV, DNIPRO]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each.figure_id,
)


def kinds(rows) -> int:
    return len(rows[list(headline.KIND)].drop_duplicates())


@examples(6)
@given(MIXED)
def test_the_total_of_a_mixed_list_is_the_list_of_totals_by_kind(figures):
    rows = ranked(*figures)
    apart = headline.by_kind(rows)
    assert [kinds(some) for some in apart] == [1] * kinds(rows)
    assert sorted(pd.concat(apart)["figure_id"]) == sorted(rows["figure_id"])
    assert repr(headline.totals(rows)) == repr([headline.total(some) for some in apart])
    for some, total in zip(apart, headline.totals(rows), strict=True):
        summed = some if len(some) == 1 else some[some["bound"] != "at_most"]
        assert (total.value if total else 0) == summed["value"].sum()


@examples(6)
@given(MIXED)
def test_what_adds_refuses_numbers_of_different_things(figures):
    rows = ranked(*figures)
    for adds in (headline.total, lambda each: add_up(each, PLACES["UA"])):
        if kinds(rows) > 1:
            with pytest.raises(headline.MixedKinds):
                adds(rows)
        else:
            adds(rows)


def test_375_drones_and_21_missiles_are_two_numbers():
    rows = ranked(
        figure(indicator="drones_launched", unit="drones", status="", place="UA", value=375),
        figure(indicator="missiles_launched", unit="missiles", status="", place="UA", value=21),
    )
    assert [total.value for total in headline.totals(rows)] == [375, 21]
    with pytest.raises(headline.MixedKinds):
        headline.total(rows)
