"""The first lines of Overview say the worst day first, and how little or much is known."""

import re
from datetime import date

import pytest

from impact import queries
from impact.model import language
from impact.model.places import PLACES, UKRAINE
from impact.queries import coverage, summary
from impact.wording import headlines, markup
from tests.made import DNIPRO, KYIV, figure, on, toll

EN, UK = language.words("en"), language.words("uk")
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
IMPACTS = ("killed", "injured", "power_outage", "heating_loss", "water_outage", "gas_outage")


def power(value, **changes):
    """Customers of Kyiv without power, save for changes."""
    said = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    return figure(value=value, **(said | changes))


def cards(reader, area=UKRAINE):
    return [summary.card(reader, each, area, JANUARY) for each in summary.CARDS]


def test_the_worst_day_is_said_and_not_the_last(shown):
    reader = shown(power(800_000, **on(24)), power(9_000, **on(28)))
    title = headlines.title(UKRAINE, JANUARY, cards(reader), EN)
    assert (
        title
        == "Ukraine, January 2026: at least 800,000 customers without power on 24 January 2026"
    )


def test_where_nobody_counted_power_the_next_supply_leads(shown):
    reader = shown(figure(value=6_000, **on(24)))
    title = headlines.title(PLACES[KYIV], JANUARY, cards(reader, PLACES[KYIV]), EN)
    assert title == "Kyiv, January 2026: 6,000 buildings lost heating on 24 January 2026"


def test_without_any_number_only_place_and_period_are_said(shown):
    assert headlines.title(UKRAINE, JANUARY, cards(shown()), EN) == "Ukraine, January 2026"


def link(text, where):
    """A way to a claim or a page, as a test sees it."""
    return markup.plain(f"[{text}]({where.split('|')[0]})")


def test_the_sentences_tell_attacks_the_other_supplies_and_the_tolls(shown):
    several = cards(shown(power(800_000), figure(value=6_000), toll(2), toll(3, place=DNIPRO)))
    told = headlines.sentences(7, several, EN, link, link)
    assert told[0].startswith("Power: [at least 800,000 customers without power](power_outage) (24")
    assert told[1] == "[Attacks on 7 days](attack)."
    assert told[2].startswith("Heating: [at least 6,000 buildings lost heating](heating_loss) (24")
    assert told[3] == "Killed: [at least 5 people](casualties) (sum of 2 claims)."
    assert len(told) == 4


def test_a_sum_names_its_places_the_largest_first_each_with_its_speaker(shown):
    reader = shown(power(800_000), power(900_000, place=DNIPRO, attributed_to=""))
    told = headlines.sentences(0, cards(reader), EN, link, link)
    assert re.sub(r" \([A-Z][^()]+\)(?=[;.])", "", told[0]) == (
        "Dnipro: [900,000](power_outage); Kyiv: [800,000](power_outage)."
    )


def test_a_place_tells_its_worst_day_and_what_stands_beside_it(shown):
    reader = shown(power(800_000), power(9_000, **on(28)), power(90_000, unit="households"))
    card = summary.card(reader, "power_outage", PLACES[KYIV], JANUARY)
    head, *beside = headlines.worst(card, EN, link)
    assert head.startswith("Kyiv: [800,000 customers without power](power_outage) (24 Jan")
    assert beside[0].startswith("Latest: 9,000 customers without power (28 Jan")
    assert beside[1].startswith("Also: 90,000 households without power (24 Jan")


@pytest.mark.parametrize("words", [EN, UK])
def test_each_thing_beside_the_worst_day_is_a_sentence_of_its_own(shown, words):
    said = [
        power(800_000, unit=unit, status=status)
        for unit in ("customers", "households", "people", "buildings")
        for status in ("lost", "without")
    ]
    card = summary.card(shown(*said), "power_outage", PLACES[KYIV], JANUARY)
    beside = headlines.worst(card, words, link)[1:]
    assert len(beside) > 2
    assert all(not each[0].islower() and each.endswith(".") for each in beside)


def test_a_toll_tells_its_sum_and_the_worst_day(shown):
    reader = shown(toll(2), toll(3, place=DNIPRO, **on(9)))
    card = summary.card(reader, "killed", UKRAINE, JANUARY)
    assert headlines.toll(card, EN) == ["Killed: at least 5 people (sum of 2 claims)."]
    (worst,) = headlines.worst_toll(card, EN, link)
    assert worst.startswith("Killed, worst day: [at least 3 people](killed) (9 Jan")


def test_a_toll_of_one_claim_says_whose_it_is_and_of_which_day(shown):
    reader = shown(toll(3, place=DNIPRO, attributed_to="State Emergency Service", **on(9)))
    card = summary.card(reader, "killed", UKRAINE, JANUARY)
    assert headlines.toll(card, EN) == [
        "Killed: at least 3 people (9 Jan, State Emergency Service of Ukraine)."
    ]


@pytest.mark.parametrize("words", [EN, UK])
def test_how_much_is_covered_is_said_and_silence_is_no_zero(shown, words):
    reader = shown(power(5, **on(3)), toll(2, place=DNIPRO, **on(3)), toll(1, **on(9)))
    country = coverage.reported(reader, IMPACTS, UKRAINE, JANUARY)
    assert country == coverage.Reported(2, 31, 3, 27)
    city = coverage.reported(reader, IMPACTS, PLACES[KYIV], JANUARY)
    assert city == coverage.Reported(1, 31, 1, 1)
    assert "27" in headlines.covered(country, words)
    assert "27" not in headlines.covered(city, words)


def test_of_the_month_with_most_it_is_said_what_was_verified(shown):
    month = {"period": "cumulative", "verification": "verified", "place": "UA"}
    reader = shown(
        toll(148, date="2025-10", **month),
        toll(161, date="2026-01", **month),
        toll(757, indicator="injured", date="2026-01", **month),
        toll(929, indicator="injured", date="2025-10", **month),
        toll(90, date="2026-01", **(month | {"place": KYIV, "verification": "reported"})),
    )
    rows = queries.periodic(reader, ("killed", "injured"), "UA")
    (told,) = headlines.verified(rows, EN, link)
    assert told.startswith(
        "no speaker named: verified for January 2026 alone – killed: [161 people](killed); "
        "injured: [757 people]("
    )
    assert headlines.verified(queries.periodic(reader, ("killed",), KYIV), EN, link) == []
