"""Doubts: each rule fires and just does not, says why in words, and keeps a figure from leading."""

import json
import shutil
from functools import cache
from pathlib import Path

import pytest

from etl import __main__ as etl
from impact.model.language import languages, words
from impact.model.places import PLACES
from impact.model.speakers import identify
from impact.rules.headline import RULES
from impact.rules.plausibility import SENTENCES, sentence
from impact.store import snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.made import (
    GOVERNOR,
    KHARKIV,
    KHARKIV_OBLAST,
    KYIV,
    MAYOR,
    MINISTER,
    built,
    figure,
    offer,
    toll,
)

LANGUAGES = pytest.mark.parametrize("language", languages())
CHERNIHIV_OBLAST = PLACES["UA74"]


def baseline(indicator, value, unit, **changes):
    return figure(
        indicator=indicator, value=value, unit=unit, status="", cause="", date="2025",
        attributed_to=MAYOR, **changes,
    )  # fmt: skip


BLOCKS = baseline("apartment_blocks", 12_000.0, "buildings")
CUSTOMERS = baseline("customers", 1_000.0, "customers")
HOUSEHOLDS = baseline("households", 1_000.0, "households")
CUT_OFF = {"indicator": "power_outage"}
EVENING = {"attributed_to": GOVERNOR, "as_of": "2026-01-24T20:00"}

RUNNING = {"period": "cumulative", "attributed_to": GOVERNOR}
DAY_BEFORE = RUNNING | {"date": "2026-01-23", "published": "2026-01-23"}

# The rule, figures of which the first is in doubt by it, figures of which none is.
CASES = [
    (
        "more_people_than_place",
        # nenka.info, a machine translation: "more than 4.5 million people were killed".
        [toll(4_500_000.0, place=CHERNIHIV_OBLAST.pcode)],
        [toll(float(CHERNIHIV_OBLAST.population), place=CHERNIHIV_OBLAST.pcode)],
    ),
    (
        "more_people_than_place",
        [figure(value=4_000_001.0, unit="people"), baseline("population", 4_000_000.0, "people")],
        [
            figure(value=4_000_000.0, unit="people"),
            baseline("population", 4_000_000.0, "people"),
            baseline("population", 2_900_000.0, "people", publisher="TSN"),
        ],
    ),
    (
        "more_households_than_place",
        [figure(value=1_001.0, unit="households"), HOUSEHOLDS],
        [figure(value=1_000.0, unit="households"), HOUSEHOLDS],
    ),
    (
        "more_people_than_place",  # where nobody has counted households
        [figure(value=5_000_000.0, unit="households", place=KHARKIV), HOUSEHOLDS],
        [figure(value=1_001.0, unit="households", place=KHARKIV), HOUSEHOLDS],
    ),
    (
        "more_people_than_place",  # where nobody has counted customers
        [figure(value=5_000_000.0, unit="customers", place=KHARKIV, **CUT_OFF), CUSTOMERS],
        [figure(value=1_001.0, unit="customers", place=KHARKIV, **CUT_OFF), CUSTOMERS],
    ),
    (
        "more_people_than_place",  # displaced of a whole war may outnumber those who stayed
        [figure(value=9e6, unit="people")],
        [figure(indicator="displaced", value=9e6, unit="people", status="", cause="")],
    ),
    (
        "more_customers_than_customers",
        [figure(value=1_001.0, unit="customers", **CUT_OFF), CUSTOMERS],
        [figure(value=1_000.0, unit="customers", **CUT_OFF), CUSTOMERS],
    ),
    (
        "more_buildings_than_blocks",
        [figure(value=12_001.0), BLOCKS],
        [figure(value=12_000.0), BLOCKS],
    ),
    (
        "more_buildings_than_blocks",  # without power may be private houses, too
        [figure(value=12_001.0), BLOCKS],
        [figure(value=12_001.0, **CUT_OFF), BLOCKS],
    ),
    (
        "children_above_total",
        [toll(5.0, people="children"), toll(4.0)],
        [toll(4.0, people="children"), toll(4.0)],
    ),
    (
        "children_above_total",
        [toll(7.0, people="children"), toll(4.0, value_high=6.0)],
        [toll(6.0, people="children"), toll(4.0, value_high=6.0)],
    ),
    (
        "children_above_total",
        [toll(5.0, people="children"), toll(4.0)],
        [toll(5.0, people="children"), toll(4.0, date="2026-01-23")],
    ),
    (
        "total_that_fell",  # 4,237 was typed as 4,327 the day before
        [toll(4_250.0, **RUNNING), toll(4_327.0, **DAY_BEFORE)],
        [toll(4_250.0, **RUNNING), toll(4_237.0, **DAY_BEFORE)],
    ),
    (
        "total_that_fell",  # a new year counts from its own start
        [toll(90.0, **RUNNING), toll(100.0, **DAY_BEFORE)],
        [toll(49.0, **RUNNING), toll(100.0, **DAY_BEFORE)],
    ),
    (
        "total_that_fell",  # "over 4,000" does not say that any were taken back
        [toll(4_000.0, **RUNNING), toll(4_237.0, **DAY_BEFORE)],
        [toll(4_000.0, bound="at_least", **RUNNING), toll(4_237.0, **DAY_BEFORE)],
    ),
    (
        "total_that_fell",  # what others count is another total, a month's too
        [toll(90.0, **RUNNING), toll(100.0, **DAY_BEFORE)],
        [
            toll(90.0, **RUNNING),
            toll(100.0, **DAY_BEFORE | {"attributed_to": MAYOR}),
            toll(120.0, **RUNNING | {"date": "2025-12"}),
        ],
    ),
    (
        "date_after_publication",
        [toll(date="2026-01-25", published="2026-01-24")],
        [toll(date="2026-01-24", published="2026-01-24")],
    ),
    (
        "date_after_publication",
        [toll(date="2026-02", published="2026-01-31")],
        [toll(date="2026-01", published="2026-01-10")],
    ),
    (
        "date_after_publication",
        [toll(date="2026-01-25", published="2026-01-24")],
        [toll(date="2026-01-25", published="2026-01-24", period="forecast")],
    ),
    (
        "ten_times_rivals",
        [figure(value=5_000.0), figure(value=500.0), figure(value=400.0)],
        [figure(value=4_999.0), figure(value=500.0), figure(value=400.0)],
    ),
    (
        "ten_times_rivals",  # lost and without are of one scale
        [figure(value=5_000.0), figure(value=500.0, status="without")],
        [figure(value=5_000.0), figure(value=500.0, status="restored")],
    ),
    (
        "ten_times_rivals",  # early tolls grow from 1 to 11 within a morning
        [figure(value=100.0), figure(value=10.0)],
        [toll(99.0), toll(1.0)],
    ),
    (
        "ten_times_rivals",  # what more bodies state than all rivals together is not the odd one
        [figure(value=5_000.0, attributed_to=MAYOR), figure(value=500.0, attributed_to=MINISTER)],
        [
            figure(value=5_000.0, attributed_to=MAYOR),
            figure(value=5_000.0, attributed_to=MINISTER),
            figure(value=500.0),
        ],
    ),
    (
        "below_its_part",
        [toll(7.0, place=KHARKIV_OBLAST), toll(8.0, **EVENING)],
        [toll(8.0, place=KHARKIV_OBLAST), toll(8.0, **EVENING)],
    ),
    (
        "below_its_part",
        [toll(4.0, value_high=7.0, place=KHARKIV_OBLAST), toll(8.0)],
        [toll(4.0, value_high=8.0, place=KHARKIV_OBLAST), toll(8.0)],
    ),
    (
        "below_its_part",  # Kyiv Oblast does not contain Kyiv
        [toll(7.0, place="UA"), toll(8.0, place=KYIV)],
        [toll(7.0, place="UA32"), toll(8.0, place=KYIV)],
    ),
    (
        "below_its_part",  # levels of one day are of different hours
        [toll(7.0, place=KHARKIV_OBLAST), toll(8.0)],
        [figure(value=7.0, place=KHARKIV_OBLAST), figure(value=8.0, place=KHARKIV)],
    ),
    (
        "same_event",  # tests/impact/rules/test_same_event.py has the rest
        [toll(date="2026-01-25", published="2026-01-25"), toll()],
        [toll(6.0, date="2026-01-25", published="2026-01-26"), toll()],
    ),
    ("marked_dubious", [toll(dubious=True)], [toll()]),
]
EACH = pytest.mark.parametrize("rule, fires, near_miss", CASES, ids=[case[0] for case in CASES])


@cache
def doubts(*figures):
    """(figure, rule, facts) of every doubt about the figures."""
    return [
        (row["figure_id"], row["rule"], json.loads(row["detail"]))
        for row in built(*figures)["doubts"].to_dict("records")
    ]


@EACH
def test_a_rule_doubts_the_figure_it_is_made_for(rule, fires, near_miss):
    assert [doubt[:2] for doubt in doubts(*fires)] == [(fires[0].figure_id, rule)]


@EACH
def test_a_rule_leaves_a_near_miss_alone(rule, fires, near_miss):
    assert doubts(*near_miss) == []


def test_every_rule_has_its_case():
    assert {rule for rule, *_ in CASES} == SENTENCES.keys()


@LANGUAGES
@EACH
def test_a_doubt_is_a_filled_sentence_with_its_numbers(rule, fires, near_miss, language):
    ((_, _, facts),) = doubts(*fires)
    said = sentence(rule, facts, words(language))
    assert len(said.split()) > 4 and said.endswith(".")
    assert not set("{}") & set(said) and "None" not in said and "nan" not in said
    for name in {"value", "limit"} & facts.keys():
        assert words(language).number(facts[name]) in said


@LANGUAGES
def test_a_sentence_names_who_said_otherwise(language):
    told = doubts(
        figure(value=5_000.0), figure(value=500.0, attributed_to=MAYOR, publisher="TSN"),
        figure(value=400.0, attributed_to=MINISTER),
    )  # fmt: skip
    said = sentence(*told[0][1:], words(language))
    mayor, minister = (identify(each, KYIV).name(language) for each in (MAYOR, MINISTER))
    outlet = {"en": "TSN", "uk": "ТСН"}[language]
    assert f"500 ({mayor}, {outlet}" in said and f"400 ({minister}" in said


def test_a_doubt_changes_no_figure_and_drops_none():
    said = figure(value=12_001.0)
    table = built(said, BLOCKS)["figures"].set_index("figure_id")
    assert set(table.index) == {said.figure_id, BLOCKS.figure_id}
    assert table.loc[said.figure_id, "value"] == 12_001.0
    assert table.loc[said.figure_id, "doubted"]


def test_a_doubted_toll_of_a_part_puts_no_doubt_on_the_whole():
    told = doubts(toll(7.0, place=KHARKIV_OBLAST), toll(8.0, dubious=True), toll(6.0))
    assert [rule for _, rule, _ in told] == ["marked_dubious"]


def test_an_answered_doubt_lets_the_figure_lead(ledger):
    verified = toll(38.0, attributed_to="HRMMU", verification="verified", dubious=True)
    offer(ledger, verified, toll(12.0))
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    lead = "SELECT value FROM figures WHERE rank_responsible = 0"
    assert reader.query(lead)["value"].item() == 12.0
    ledger.decide(verified.figure_id, "answer", "a reviewer", "read it", {"rule": "marked_dubious"})
    snapshot.publish(ledger)
    assert reader.query(lead)["value"].item() == 38.0
    assert reader.query("SELECT answered FROM doubts")["answered"].tolist() == [True]


def test_one_answer_of_two_is_not_enough(ledger):
    slip = figure(value=320_000.0, attributed_to=MAYOR)
    offer(ledger, slip, BLOCKS, figure(value=6_000.0, attributed_to=MINISTER))
    ledger.decide(slip.figure_id, "answer", "a reviewer", "read it", {"rule": "ten_times_rivals"})
    snapshot.publish(ledger)
    doubted = Reader(ledger.folder).query("SELECT value FROM figures WHERE doubted")
    assert doubted["value"].tolist() == [320_000.0]


# A slip of scale beside the shipped figures


@pytest.fixture(scope="module")
def slipped(shipped_store, tmp_path_factory):
    """A copy of the shipped store into which a page's slip was loaded."""
    folder = tmp_path_factory.mktemp("slipped") / "store"
    shutil.copytree(shipped_store, folder)
    table = Path(__file__).with_name("scale.csv")
    assert etl.main(["--store", str(folder), "load", "curated", "--file", str(table)]) == 0
    return folder


# The example that ships has the number too.
SLIP = (
    "FROM figures WHERE value = 320000 AND place = 'UA80' AND indicator = 'heating_loss' "
    "AND source <> 'example'"
)


def test_320_000_buildings_are_kept_as_they_were_stated(slipped):
    figures = Ledger(slipped).table("figures")
    said = figures[(figures["value"] == 320_000) & (figures["place"] == KYIV)]
    assert sorted(said["source"]) == ["curated", "example"]


@LANGUAGES
def test_320_000_buildings_are_doubted_with_the_blocks_and_what_others_said(slipped, language):
    told = Reader(slipped).query(
        f"FROM doubts WHERE figure_id IN (SELECT figure_id {SLIP}) ORDER BY rule"
    )
    assert told["rule"].tolist() == ["more_buildings_than_blocks", "ten_times_rivals"]
    said = [
        sentence(row["rule"], json.loads(row["detail"]), words(language))
        for row in told.to_dict("records")
    ]
    number = words(language).number
    assert number(12_000) in said[0]
    for each in said:
        assert number(320_000) in each
        assert f"{number(6_000)} ({identify(MAYOR, KYIV).name(language)}, " in each


@pytest.mark.parametrize("rule", RULES)
def test_320_000_buildings_lead_under_no_rule(slipped, rule):
    assert Reader(slipped).query(f"SELECT rank_{rule} AS rank {SLIP}")["rank"].item() > 0


def test_320_000_buildings_put_no_doubt_on_the_others_and_change_no_lead(slipped, shipped):
    after = Reader(slipped)
    asked = "SELECT figure_id, rule FROM doubts ORDER BY ALL"
    before = set(shipped.query(asked).itertuples(index=False, name=None))
    new = set(after.query(asked).itertuples(index=False, name=None)) - before
    assert {figure_id for figure_id, _ in new} == set(after.query(SLIP)["figure_id"])
    leads = "SELECT figure_id FROM figures WHERE rank_responsible = 0 ORDER BY figure_id"
    assert after.query(leads).equals(shipped.query(leads))


def test_no_doubt_is_raised_about_the_undisputed_figures_of_kyiv(shipped):
    doubted = shipped.query(
        "SELECT DISTINCT rule FROM doubts JOIN figures USING (figure_id) "
        "WHERE place = 'UA80' AND indicator = 'heating_loss' AND rule <> 'marked_dubious' "
        "AND source <> 'example'"
    )
    assert doubted.empty
