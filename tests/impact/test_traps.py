"""Traps that other systems fell into, as sentences: what leads, what is added, what is accepted.

Each names the case it comes from; the words are ours, the numbers are theirs.
"""

import json
from datetime import date

import pytest

from etl.reports.intake import read_upload
from etl.reports.reader import read
from impact import queries
from impact.model.places import PLACES
from impact.queries import review_order
from impact.rules.headline import RULES
from impact.store import inbox, snapshot
from impact.store.reader import Reader
from tests.made import (
    BILA_TSERKVA,
    GOVERNOR,
    KHARKIV,
    KHARKIV_OBLAST,
    KYIV,
    KYIV_OBLAST,
    built,
    figure,
    toll,
)

DAY = date(2026, 1, 24)
EVERY_RULE = pytest.mark.parametrize("rule", RULES)


def read_figures(text: str, published_on: str = "2026-01-24"):
    return [each.figure for each in read(text, published_on).figures]


def totals(reader: Reader, place: str, rule: str) -> list[tuple[float, str]]:
    """(value, bound) of the killed of a day in an area."""
    found = queries.daily_totals(reader, "killed", PLACES[place], DAY, DAY, rule=rule)
    return list(zip(found["value"], found["bound"], strict=True))


# 1 (Red Cross) and 2 (government) became 3 (IFRCGo/go-api#2591).


@EVERY_RULE
def test_one_by_the_red_cross_and_two_by_the_governor_are_never_three(shown, rule):
    reader = shown(toll(1.0, attributed_to="Red Cross"), toll(2.0, attributed_to=GOVERNOR))
    leads = queries.leads(reader, ["killed"], DAY, DAY, rule=rule)
    (lead,) = leads["value"]
    assert lead == (1 if rule == "cautious" else 2)
    for place in (KHARKIV, KHARKIV_OBLAST, "UA"):
        assert {value for value, _ in totals(reader, place, rule)} == {lead}
    rivals = queries.rivals(reader, leads["claim"].tolist(), rule=rule)["value"]
    assert set(rivals) | {lead} == {1, 2}  # neither is lost


@EVERY_RULE
def test_two_claims_of_one_report_are_never_added(shown, rule):
    text = (
        "In Kharkiv one person was killed on 24 January, the Red Cross said. Two people were "
        "killed in Kharkiv on 24 January, the regional governor said."
    )
    reader = shown(*read_figures(text))
    assert {value for value, _ in totals(reader, "UA", rule)} <= {1, 2}


# The US total counted states and their counties (CSSEGISandData/COVID-19#524).


@EVERY_RULE
def test_an_oblast_and_its_city_are_not_added(shown, rule):
    reader = shown(toll(12.0, place=KHARKIV_OBLAST), toll(5.0, place=KHARKIV))
    assert totals(reader, KHARKIV_OBLAST, rule) == [(12, "exact")]
    assert totals(reader, "UA", rule) == [(12, "at_least")]


@EVERY_RULE
def test_kyiv_and_kyiv_oblast_are_two_areas(shown, rule):
    kyiv, around, inside = (
        toll(value, place=place)
        for value, place in ((4.0, KYIV), (2.0, KYIV_OBLAST), (1.0, BILA_TSERKVA))
    )
    assert totals(shown(kyiv, around, inside), "UA", rule) == [(6, "at_least")]


# 74 thousand cut off, 40 thousand still without: never 114 thousand (unn.ua, January 2026).


def test_those_cut_off_and_those_still_without_are_not_added(shown):
    text = (
        "Унаслідок нічної атаки 24 січня на Дніпропетровщині без світла лишилися 74 тисячі "
        "споживачів, на ранок знеструмленими залишаються понад 40 тисяч, повідомили в ОВА."
    )
    reader = shown(*read_figures(text))
    for status, value in (("lost", 74_000), ("without", 40_000)):
        found = queries.area_totals(
            reader, "power_outage", [PLACES["UA"]], DAY, unit="customers", status=status
        )
        assert found["value"].tolist() == [value]


# Cumulative and daily values in one file (CSSEGISandData/COVID-19#2204), a backlog as a surge
# (dsfsi/covid19za#920), late deaths on the day of their entry (palestine-datasets#522).


@EVERY_RULE
def test_a_running_total_is_no_days_toll(shown, rule):
    text = (
        "Since the start of the year 1,200 people have been killed in Kharkiv Oblast; on 24 "
        "January 5 people were killed."
    )
    assert totals(shown(*read_figures(text)), KHARKIV_OBLAST, rule) == [(5, "exact")]


@EVERY_RULE
def test_deaths_entered_late_are_not_the_days(shown, rule):
    text = (
        "In Kharkiv 61 people were killed on 24 January; another 298 deaths of earlier months "
        "were added to the register on the same day."
    )
    assert totals(shown(*read_figures(text)), KHARKIV, rule) == [(61, "exact")]


# 4,237 was typed as 4,327, and the next total was lower (palestine-datasets, PR #122).


def test_a_total_that_falls_does_not_lead_until_it_is_answered():
    running = {"period": "cumulative", "attributed_to": GOVERNOR}
    before = toll(4_327.0, date="2026-01-22", published="2026-01-22", **running)
    fallen = toll(4_250.0, date="2026-01-23", published="2026-01-23", **running)
    asked = built(before, fallen)
    assert asked["doubts"][["figure_id", "rule"]].values.tolist() == [
        [fallen.figure_id, "total_that_fell"]
    ]
    assert asked["figures"].set_index("figure_id")["doubted"][fallen.figure_id]
    answered = built(before, fallen, answers=[(fallen.figure_id, "total_that_fell")])
    assert not answered["figures"]["doubted"].any()


# "More than 4.5 million people were killed" in Chernihiv: a notice about outages, translated
# by a machine (nenka.info).


@pytest.mark.parametrize(
    "text",
    [
        "More than 4.5 million people were killed in Chernihiv on 24 January as planned outages "
        "go on.",
        "У Чернігові 24 січня загинули понад 4,5 млн людей.",
    ],
)
def test_more_dead_than_people_never_lead(text):
    (slip,) = read_figures(text)
    assert (slip.indicator, slip.value, slip.bound) == ("killed", 4_500_000, "at_least")
    true = toll(2.0, place=slip.place)
    tables = built(slip, true)
    doubts = tables["doubts"].set_index("rule")
    assert set(doubts["figure_id"]) == {slip.figure_id}
    detail = json.loads(doubts["detail"]["more_people_than_place"])
    assert detail["limit"] == PLACES[slip.place].population
    figures = tables["figures"].set_index("figure_id")
    for rule in RULES:
        assert figures[f"rank_{rule}"][true.figure_id] == 0
    assert built(slip)["figures"]["doubted"].all()  # nor where nobody else has counted


# 4,460 dead in one briefing, 4,460 evacuation shelters on another page (AP, typhoon of 2013);
# a quote that was really there and said something else (monarch-initiative/dismech#9286).


def reviewed(ledger, text: str, published_on: str = "2026-01-24") -> list[review_order.Question]:
    """A report's figures as a reviewer gets them."""
    upload, _ = inbox.receive(ledger, text.encode(), "report.txt", "Olena", published=published_on)
    (part,) = read_upload(ledger, upload)
    document = inbox.document_id(upload, part)
    snapshot.publish(ledger)
    reading = inbox.reading(ledger, document)
    return review_order.questions(Reader(ledger.folder), inbox.proposed(ledger, document), reading)


@pytest.mark.parametrize(
    "text, again",
    [
        (
            "In Kharkiv 4,460 people were killed on 23 January. "
            "There are 4,460 evacuation shelters in Kharkiv.",
            ("4,460 evacuation shelters",),
        ),
        (
            "У Харкові 23 січня загинули 4460 людей. У місті працюють 4460 укриттів.",
            ("4460 укриттів",),
        ),
    ],
)
def test_the_same_number_of_something_else_is_shown_to_the_reviewer(ledger, text, again):
    (found,) = reviewed(ledger, text)
    assert found.row["indicator"] == "killed" and found.elsewhere == again
    assert not found.unquestioned


def test_a_number_of_two_indicators_is_questioned_on_both_sides(ledger):
    first, second = reviewed(
        ledger,
        "In Kharkiv 4,460 people were injured on 23 January. "
        "In Kharkiv 4,460 buildings were damaged on 23 January.",
    )
    assert {first.risk, second.risk} == {review_order.TWICE}
    assert "4,460" in first.elsewhere[0] and "4,460" in second.elsewhere[0]


@pytest.mark.parametrize(
    "text",
    [
        # One number of two services, a round one, and a small one.
        "In Kharkiv 4,460 households were left without light and water on 23 January.",
        "In Kharkiv 3,000 buildings were damaged on 23 January. 3,000 shelters are open.",
        "In Kharkiv 44 people were injured on 23 January. 44 generators were delivered.",
    ],
)
def test_numbers_that_coincide_are_no_reason_to_ask(ledger, text):
    found = reviewed(ledger, text)
    assert found and all(each.elsewhere == () for each in found)


def test_a_number_counted_by_words_of_another_sentence_is_not_accepted_unseen(ledger):
    found = reviewed(
        ledger,
        "The attack of 24 January left without electricity:\n"
        "- 8,145 customers in Odesa;\n- 5,217 customers in Kherson.\n",
    )
    assert [each.row["value"] for each in found] == [8_145, 5_217]
    assert {each.risk for each in found} == {review_order.UNSAID}


def test_a_number_that_its_quote_does_not_contain_cannot_be_accepted(ledger):
    # watchboard PR #248: 6,438 dead, citing a report without any toll.
    cited = {"quote": "The toll is not known yet.", "start": 0, "end": 26, "bound": "exact"}
    assert not review_order.supported({"value": 6_438.0, "value_high": None} | cited)


# An empty schedule is the worst day (ha-svitlo-yeah#41); 0 beside 900,000 (go-frontend#518).


@EVERY_RULE
def test_a_day_of_which_nobody_spoke_has_no_row(shown, rule):
    reader = shown(toll(3.0, date="2026-01-23"))
    assert totals(reader, KHARKIV, rule) == []


def test_a_place_of_which_nobody_spoke_adds_no_zero(shown):
    reader = shown(figure(value=500.0, status="without"))
    areas = [PLACES[KYIV], PLACES[KHARKIV_OBLAST]]
    found = queries.area_totals(
        reader, "heating_loss", areas, DAY, unit="buildings", status="without"
    )
    assert found[["place", "value"]].values.tolist() == [[KYIV, 500.0]]
