"""What pages ask of the snapshot: what is drawn, what is left out, and the way to the evidence."""

from datetime import date

import pandas as pd
import pytest

from impact import queries
from impact.model.places import PLACES
from impact.queries import known
from impact.rules.headline import DEFAULT_RULE, RULES
from impact.store.reader import Reader
from impact.wording import captions
from tests.made import (
    BILA_TSERKVA,
    KHARKIV,
    KHARKIV_OBLAST,
    KYIV,
    KYIV_OBLAST,
    MAYOR,
    MINISTER,
    figure,
    on,
    toll,
)

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
UKRAINE = PLACES["UA"]
DRONES = {"indicator": "drones_launched", "unit": "drones", "status": "", "place": "UA"}
MISSILES = {"indicator": "missiles_launched", "unit": "missiles", "status": "", "place": "UA"}


@pytest.fixture
def reader(shown):
    """Reads some figures."""
    return shown


def drawn(reader: Reader, indicator="heating_loss", **wanted) -> list[float]:
    rows = queries.leads(reader, [indicator], *JANUARY, **wanted)
    claims = queries.leading(reader, [indicator], *JANUARY, **wanted)
    assert sorted(claims) == sorted(rows["claim"])
    return rows["value"].tolist()


# What there is


def test_an_unpublished_store_answers_as_an_empty_one(store):
    empty = Reader(store)
    extent = queries.extent(empty)
    assert (extent.first, extent.last, extent.figures, extent.built_at) == (None, None, 0, None)
    assert queries.months(empty) == queries.places_with(empty, ["killed"]) == []
    assert queries.latest_days(empty, ["killed"]) is None
    assert known.last_day(empty, ["killed"], "UA", date(2026, 1, 31)) is None
    assert drawn(empty) == [] and queries.attacks(empty, *JANUARY).empty
    assert queries.tolls_by_day(empty, UKRAINE, *JANUARY).empty
    assert queries.days_with(empty, "power_outage", *JANUARY) == ([], None)
    assert queries.baseline(empty, "population", KYIV).empty and not queries.norms(empty, UKRAINE)


def test_the_extent_is_of_impact_and_not_of_baselines_or_weather(reader):
    extent = queries.extent(
        reader(
            figure(**on(20)),
            toll(**on(24)),
            figure(indicator="population", unit="people", status="", date="2030"),
            figure(indicator="temperature", unit="celsius", status="", cause="", **on(30)),
            toll(period="cumulative", **on(28)),
        )
    )
    assert (extent.first, extent.last) == (date(2026, 1, 20), date(2026, 1, 24))
    assert (extent.of_impact, extent.figures) == (2, 5)
    assert extent.figures == 5
    assert extent.known_at == pd.Timestamp("2026-01-24 21:59:59")


def test_when_nothing_says_its_hour_of_printing_the_newest_is_unknown(reader):
    extent = queries.extent(reader(figure(**(on(20) | {"published": ""}))))
    assert extent.known_at is None and extent.last == date(2026, 1, 20)


def test_months_are_those_of_days_newest_first(reader):
    found = reader(toll(**on(3)), toll(**on(4)), toll(**on(3, month=3)), toll(date="2026-02"))
    assert queries.months(found) == ["2026-03", "2026-01"]


def test_places_come_with_most_figures_first(reader):
    found = reader(toll(**on(3)), toll(**on(4)), toll(place=KYIV))
    assert [place.pcode for place in queries.places_with(found, ["killed"])] == [KHARKIV, KYIV]


def test_the_latest_thirty_days_end_on_the_last_day_with_a_claim_not_in_doubt(reader):
    found = reader(toll(**on(30)), toll(value=9.0, dubious=True, **on(3, month=2)))
    assert queries.latest_days(found, ["killed"]) == (date(2026, 1, 1), date(2026, 1, 30))
    assert queries.latest_days(found, ["killed"], [KYIV]) is None


# Leading claims


def test_one_lead_a_thing_and_its_rivals_beside_it(reader):
    found = reader(
        figure(value=3300.0, attributed_to=MAYOR),
        figure(value=3200.0, attributed_to=MINISTER),
        figure(value=3500.0),
    )
    rows = queries.leads(found, ["heating_loss"], *JANUARY)
    assert rows["value"].tolist() == [3300]
    rivals = queries.rivals(found, rows["claim"])
    assert rivals["value"].tolist() == [3200, 3500] and not rivals["doubted"].any()


@pytest.mark.parametrize(
    ("rule", "leads"), [("responsible", 3300), ("latest", 3500), ("cautious", 3200)]
)
def test_the_rule_chooses_who_leads(reader, rule, leads):
    found = reader(
        figure(value=3300.0, attributed_to=MAYOR, moment="morning"),
        figure(value=3200.0, attributed_to=MINISTER, moment="night"),
        figure(value=3500.0, moment="evening"),
    )
    assert drawn(found, rule=rule) == [leads]


@pytest.mark.parametrize("ask", [queries.leads, queries.rivals, queries.evidence])
def test_a_rule_nobody_made_is_an_error_and_never_sql(reader, ask):
    found = reader(figure())
    arguments = {
        queries.leads: (["heating_loss"], *JANUARY),
        queries.rivals: (["a"],),
        queries.evidence: ("a",),
    }[ask]
    with pytest.raises(LookupError):
        ask(found, *arguments, rule="x; DROP TABLE figures")


NO_COUNTS = [
    {"period": "cumulative"},
    {"period": "average"},
    {"period": "forecast"},
    {"date": "2026-01"},
    {"date": "2026"},
    {"dubious": True},
    {"people": "children", "unit": "people"},
    {"cause": "weather"},
    {"cause": "planned"},
    {"cause": "other"},
]


def test_what_is_no_count_of_a_day_by_strikes_is_not_drawn(reader):
    # Each in a place of its own: none stands behind another.
    places = [place.pcode for place in PLACES.values() if place.level == "city"]
    figures = [
        figure(place=place, **changes) for place, changes in zip(places, NO_COUNTS, strict=False)
    ]
    found = reader(*figures, figure(value=1.0))
    assert found.count() == len(NO_COUNTS) + 1
    assert drawn(found) == [1]


def test_who_speaks_decides_and_not_the_cause_they_named(reader):
    for cause in ("mixed", "unknown", ""):
        mixed = figure(value=500.0, cause=cause, attributed_to=MAYOR)
        alone = figure(value=500.0, cause=cause, attributed_to=MAYOR, **on(25))
        assert drawn(reader(mixed, figure(value=300.0), alone)) == [500, 500]


def test_things_apart_have_a_lead_each(reader):
    found = reader(
        figure(value=1.0),
        figure(value=2.0, status="without"),
        figure(value=3.0, unit="households"),
        figure(value=4.0, part="one district"),
        figure(value=5.0, place=KHARKIV),
        figure(value=6.0, **on(25)),
    )
    assert sorted(drawn(found)) == [1, 2, 3, 4, 5, 6]
    assert sorted(drawn(found, places=[KHARKIV])) == [5]
    assert drawn(found, places=[]) == []


def test_evidence_is_every_claim_in_order_with_why(reader):
    found = reader(
        figure(value=3300.0, attributed_to=MAYOR),
        figure(value=320_000.0),
        figure(value=3200.0, attributed_to=MINISTER),
    )
    claim = queries.leads(found, ["heating_loss"], *JANUARY)["claim"].iat[0]
    for rule in RULES:
        rows = queries.evidence(found, claim, rule)
        assert len(rows) == 3 and all(rows["why"])
        assert rows["value"].iat[-1] == 320_000 and rows["doubted"].tolist() == [False, False, True]
    assert queries.evidence(found, "no such claim").empty


def test_what_is_held_back_is_listed_with_its_doubts(reader):
    found = reader(figure(), figure(dubious=True, **on(25)), figure(dubious=True, **on(5, month=3)))
    rows = queries.in_doubt(found, ["heating_loss"], *JANUARY)
    assert rows["date"].tolist() == ["2026-01-25"]
    assert queries.doubts(found, rows["figure_id"])["rule"].tolist() == ["marked_dubious"]


def test_figures_are_found_by_their_ids(reader):
    found = reader(figure(), toll())
    ids = queries.figures(found, [figure().figure_id, "F-NOSUCHTHING2"])["figure_id"].tolist()
    assert ids == [figure().figure_id]


def test_units_come_most_frequent_first(reader):
    found = reader(figure(unit="households"), figure(**on(20)), figure(**on(21)))
    assert queries.units_of(found, "heating_loss", [KYIV], *JANUARY) == ["buildings", "households"]


# Totals


def test_a_days_total_is_the_areas_own_or_the_sum_of_its_parts_with_the_way_back(reader):
    found = reader(
        toll(5.0, **on(20)),
        toll(4.0, place=KYIV, **on(20)),
        toll(5.0, **on(21)),
        toll(9.0, place="UA", **on(21)),
        toll(1.0, **on(22)),
    )
    totals = queries.daily_totals(found, "killed", UKRAINE, *JANUARY)
    assert totals["value"].tolist() == [9, 9, 1]
    assert totals["bound"].tolist() == ["at_least", "exact", "at_least"]
    assert totals["day"].dt.day.tolist() == [20, 21, 22]
    assert [len(ids.split(",")) for ids in totals["figure_id"]] == [2, 1, 1]
    assert totals["claim"].map(bool).tolist() == [False, True, True]


def test_an_areas_total_on_the_map_is_its_own_or_its_cities(reader):
    found = reader(
        figure(value=50.0, place=BILA_TSERKVA),
        figure(value=300.0, place=KHARKIV_OBLAST),
        figure(value=200.0, place=KHARKIV),
        figure(value=6000.0),
    )
    areas = [PLACES[each] for each in (KYIV_OBLAST, KHARKIV_OBLAST, KYIV)]
    totals = queries.area_totals(
        found, "heating_loss", areas, date(2026, 1, 24), unit="buildings", status="lost"
    )
    told = {row.place: (row.value, row.bound) for row in totals.itertuples()}
    assert told == {
        KYIV_OBLAST: (50, "at_least"),
        KHARKIV_OBLAST: (300, "exact"),
        KYIV: (6000, "exact"),
    }


def test_months_sum_days_and_keep_every_id(reader):
    found = reader(toll(5.0, **on(20)), toll(3.0, **on(24)), toll(1.0, **on(2, month=2)))
    period = date(2026, 1, 1), date(2026, 2, 28)
    months = queries.marks_by_month(found, "UA", *period, people="all", rule=DEFAULT_RULE)
    assert months["value"].tolist() == [8, 1]
    assert len(queries.ids(months)) == 3


def test_attacks_are_a_row_a_night_with_unknown_as_unknown(reader):
    found = reader(
        figure(value=375.0, **DRONES, **on(24)),
        figure(value=21.0, **MISSILES, **on(24)),
        figure(value=102.0, **DRONES, **on(25)),
    )
    nights = queries.attacks(found, *JANUARY)
    assert nights["drones_launched"].tolist() == [375, 102]
    assert nights["missiles_launched"].iat[0] == 21 and pd.isna(nights["missiles_launched"].iat[1])
    assert [len(ids) for ids in nights["figure_ids"]] == [2, 1]


def test_the_fullest_day_is_the_one_with_most_places_the_later_of_two(reader):
    both = [figure(place=place, **on(day)) for day in (20, 22) for place in (KYIV, KHARKIV)]
    found = reader(*both, figure(**on(24)))
    days, fullest = queries.days_with(found, "heating_loss", *JANUARY)
    assert [day.day for day in days] == [20, 22, 24] and fullest == date(2026, 1, 22)


def test_what_is_used_most_on_a_day_comes_first(reader):
    found = reader(
        figure(),
        figure(unit="households"),
        figure(unit="households", place=KHARKIV),
        figure(status="without"),
    )
    day = date(2026, 1, 24)
    assert queries.units_on(found, "heating_loss", day, "lost") == ["households", "buildings"]
    assert queries.statuses_on(found, "heating_loss", day) == ["lost", "without"]


# Tolls


def test_a_tolls_statements_come_in_their_order(reader):
    governor = {"attributed_to": "Syniehubov (governor)"}
    found = reader(
        toll(7.0, published="2026-01-25", **governor),
        toll(5.0, moment="first", **governor),
        toll(6.0, published="2026-01-26", **governor),
        toll(2.0, people="children"),
        toll(1.0, part="one district"),
    )
    rows = queries.tolls(found, "killed", KHARKIV, date(2026, 1, 24))
    assert rows["value"].tolist() == [5, 7, 6]


def test_an_event_is_revised_when_it_was_stated_more_than_twice(reader):
    found = reader(
        *(toll(each) for each in (5.0, 6.0, 7.0)),
        *(toll(each, **on(25)) for each in (1.0, 2.0)),
        *(toll(each, place="UA") for each in (5.0, 6.0, 7.0)),
    )
    rows = queries.revised(found, PLACES, *JANUARY)
    assert [(row.place, row.statements, row.highest) for row in rows.itertuples()] == [
        (KHARKIV, 3, 7)
    ]


def test_periodic_totals_are_kept_apart_from_days(reader):
    verified = {"verification": "verified", "attributed_to": "HRMMU", "place": "UA"}
    found = reader(
        toll(161.0, date="2026-01", period="cumulative", published="2026-02-10", **verified),
        toll(5.0),
    )
    assert queries.periodic(found, ["killed"], "UA")["value"].tolist() == [161]
    assert queries.daily_totals(found, "killed", UKRAINE, *JANUARY)["value"].tolist() == [5]


# Beside impact


def test_norms_are_by_month(reader):
    norm = {"indicator": "temperature_norm", "unit": "celsius", "status": "", "cause": ""}
    found = reader(
        *(figure(value=value, date=f"2010-{month:02d}", published="2011", **norm)
          for month, value in ((1, -4.7), (2, -3.6)))
    )  # fmt: skip
    assert queries.norms(found, PLACES[KYIV]) == {1: -4.7, 2: -3.6}


def test_a_baseline_is_the_one_most_outlets_carry(reader):
    blocks = {"indicator": "apartment_blocks", "unit": "buildings", "status": "", "date": "2026"}
    found = reader(
        figure(value=12_000.0, publisher="UNN", **blocks),
        figure(value=12_000.0, publisher="Ukrinform", **blocks),
        figure(value=11_000.0, publisher="Suspilne", **blocks),
    )
    assert queries.baseline(found, "apartment_blocks", KYIV)["value"].tolist() == [12_000]


def test_frames_go_together_each_figure_once_and_nothing_is_an_empty_frame():
    one, other = (pd.DataFrame({"indicator": ["killed"], "figure_id": [key]}) for key in "ab")
    assert captions.together([one, None, other.iloc[:0], other, one])["figure_id"].tolist() == [
        "a",
        "b",
    ]
    assert captions.together([]).empty


# The shipped figures


def test_the_shipped_figures_span_four_winters(shipped):
    extent = queries.extent(shipped)
    assert (extent.first.year, extent.last.year) == (2022, 2026)
    assert extent.figures > 20_000
    assert "2026-01" in queries.months(shipped)


def test_the_24_january_leads_with_the_mayors_6000(shipped):
    day = date(2026, 1, 24)
    rows = queries.leads(shipped, ["heating_loss"], day, day, places=[KYIV])
    rows = rows[(rows["unit"] == "buildings") & (rows["part"] == "")].set_index("status")
    assert rows.loc["lost", ["value", "bound", "speaker"]].tolist() == [6000, "about", "klitschko"]
    assert rows.loc["without", "value"] == 3300


def test_no_shipped_claim_leads_twice(shipped):
    rows = queries.leads(shipped, ["killed", "injured", "power_outage", "heating_loss"],
                         date(2025, 10, 1), date(2026, 3, 31))  # fmt: skip
    thing = ["indicator", "place", "date", "unit", "status", "part"]
    assert not rows.duplicated(thing).any() and not rows["doubted"].any()


def test_the_publishers_and_speakers_account_for_their_figures(shipped):
    publishers = queries.publishers(shipped)
    assert publishers["outlet"].is_unique and publishers["figures"].is_monotonic_decreasing
    speakers = queries.speakers(shipped)
    assert speakers["speaker"].is_unique and "klitschko" in set(speakers["speaker"])
    assert queries.counts(shipped)["figures"].sum() == shipped.count()
    assert (queries.documents(shipped).eval("rows_in == rows_kept + rows_refused")).all()
