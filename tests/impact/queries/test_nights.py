"""Attacks as pages ask for them: all, the worst, and one with its places, hours and differences."""

import re
from datetime import date

import pandas as pd
import pytest

from impact.model import language
from impact.model.rows import records
from impact.queries import nights
from impact.wording import attack_captions, markup, reconciliation
from tests import combining
from tests.made import DNIPRO, KHARKIV, KYIV, figure, on, toll

pytestmark = pytest.mark.asks_much

NIGHT = date(2026, 1, 24)


def launched(value, indicator="drones_launched", **changes):
    unit = indicator.removesuffix("_launched")
    stated = {"indicator": indicator, "unit": unit, "status": "", "place": "UA"}
    return figure(value=value, **(stated | changes))


def power(value, status="lost", **changes):
    stated = {"indicator": "power_outage", "unit": "customers", "status": status}
    return figure(value=value, **(stated | changes))


@pytest.fixture
def winter(shown):
    """Three attacks; the one of 24 January in two places, followed for two days."""
    return shown(
        launched(375, **on(24)),
        launched(21, "missiles_launched", **on(24)),
        toll(1, place=KYIV, attributed_to="Klitschko (mayor)", **on(24)),
        toll(19, indicator="injured", place=KHARKIV, as_of="2026-01-24T03:15", **on(24)),
        figure(value=6000, bound="about", moment="morning", **on(24)),
        figure(value=3300, status="without", moment="evening", **on(24)),
        figure(value=1330, status="without", **on(25)),
        figure(value=320_000, dubious=True, publisher="Northern Courier", **on(24)),
        power(800_000, "without", bound="at_least", place=KYIV, **on(24)),
        toll(31, indicator="injured", place="UA", **on(24)),
        power(2_100_000, "without", place="UA", **on(20)),
        launched(50, **on(20)),
        toll(11, place=DNIPRO, **on(27)),
    )


def told(html: markup.Html) -> str:
    """The text of HTML, without its tags."""
    return re.sub("<[^>]+>", "", html)


def link(text: str, claim: str) -> markup.Html:
    return markup.anchor(text, claim)


def test_a_night_has_its_neighbours_launches_places_and_what_is_in_doubt(winter):
    night = nights.night(winter, NIGHT)
    assert (night.previous, night.next) == (date(2026, 1, 20), date(2026, 1, 27))
    assert [each.total["value"] for each in night.launches] == [375, 21]
    assert [struck.place.pcode for struck in night.places] == [KYIV, KHARKIV]
    assert [row["value"] for row in night.doubted] == [320_000]
    assert [each.total["value"] for each in night.country] == [31]


def test_of_a_supply_the_loss_the_first_and_the_last_count_stand_apart(winter):
    kyiv = nights.night(winter, NIGHT).places[0]
    (heating,) = kyiv.of("heating_loss")
    assert (heating.told.total["value"], heating.still.total["value"]) == (6000, 3300)
    assert heating.last.total["value"] == 1330
    assert heating.last.total["day"].date() == date(2026, 1, 25)
    (cut_off,) = kyiv.of("power_outage")
    assert cut_off.told is None and cut_off.last is None


def test_a_day_without_an_attack_is_none(winter):
    assert nights.night(winter, date(2026, 1, 22)) is None


def test_the_last_attack_on_a_place_is_the_last_day_that_harmed_it(winter):
    january = date(2026, 1, 1), date(2026, 1, 31)
    # On the 25th Kyiv only counted who was still without heat.
    assert nights.last_in(winter, KYIV, *january) == NIGHT
    assert nights.last_in(winter, DNIPRO, *january) == date(2026, 1, 27)
    assert nights.last_in(winter, KYIV, date(2026, 1, 26), january[1]) is None


def test_the_worst_nights_are_those_of_each_harm_in_the_order_of_days(winter):
    rows = nights.worst(winter, date(2026, 1, 1), date(2026, 1, 31))
    assert rows["day"].dt.day.tolist() == [20, 24, 27]
    words = language.words("en")
    assert "2.1 million customers without power" in attack_captions.in_short(
        rows.iloc[0].to_dict(), words
    )
    assert len(nights.worst(winter, date(2026, 1, 1), date(2026, 1, 31), most=1)) == 1
    assert nights.worst(winter, date(2025, 1, 1), date(2025, 1, 31)).empty


def test_statements_with_an_hour_come_in_its_order_and_those_without_last(winter):
    rows = nights.statements(winter, NIGHT)
    timed = rows[rows["timed"]]
    assert timed["value"].tolist() == [19, 6000, 3300]
    assert rows["timed"].tolist() == sorted(rows["timed"], reverse=True)


def test_the_country_beside_the_sum_of_its_places_is_said_where_they_differ(winter):
    (row,) = records(nights.reconciled(winter, NIGHT, NIGHT))
    assert (row["said"], row["places"], row["difference"]) == (31, 19, 12)
    sentence = reconciliation.sentence(row, language.words("en"), link)
    assert told(sentence).startswith(
        "Injured: 31 said of the whole country (UNN, no speaker named), 19 added up from 1 place."
    )
    assert "some places may not have reported" in sentence
    assert f'href="?{row["claim"]}"' in sentence


def test_days_on_which_country_and_places_differ_come_with_the_largest_difference_first(shown):
    reader = shown(
        *(toll(value, place="UA", **on(day)) for day, value in ((8, 5), (20, 9), (24, 4))),
        *(toll(value, place=KYIV, **on(day)) for day, value in ((8, 4), (20, 2), (24, 4))),
        toll(3, place="UA", **on(27)),
    )
    rows = nights.reconciled(reader, date(2026, 1, 1), date(2026, 1, 31))
    assert rows["day"].dt.day.tolist() == [20, 8, 24]
    assert rows["difference"].tolist() == [7, 1, 0]
    assert reconciliation.counted(2, 3, language.words("en")).startswith("On 2 of 3 days with both")
    assert nights.reconciled(reader, date(2026, 1, 9), date(2026, 1, 9)).empty


@pytest.mark.parametrize("spoken", ["en", "uk"])
def test_the_paragraph_says_every_number_with_its_bound_and_the_doubted_one_apart(winter, spoken):
    words = language.words(spoken)
    night = nights.night(winter, NIGHT)
    lines = [told(each) for each in attack_captions.paragraphs(night, words, link)]
    paragraph = " ".join(lines)
    for number in (375, 21, 19, 31, 6000, 1330, 800_000):
        assert words.number(number) in paragraph, number
    (doubted,) = [line for line in lines if words.number(320_000) in line]
    assert doubted.startswith(words._("In doubt and not counted"))


def test_the_table_says_no_report_where_nobody_spoke_and_links_each_number(winter):
    words = language.words("en")
    table = attack_captions.table(nights.night(winter, NIGHT), words, link)
    assert "no report" in told(table) and ">0<" not in table
    assert 'href="?heating_loss|UA80|2026-01-24|buildings|lost|all||day|strike"' in table
    assert "hatched" in table and "outlined" in table


def test_a_name_in_a_table_is_shown_as_typed(shown):
    reader = shown(toll(1, attributed_to="<b>Klitschko</b>", **on(24)))
    rows = nights.statements(reader, NIGHT)
    _, untimed = attack_captions.hours(rows, language.words("en"), link)
    table = markup.table("harm", attack_captions.hours_head(language.words("en")), untimed)
    assert "<b>Klitschko" not in table and "Klitschko" in table


def test_what_several_pages_print_of_one_body_is_one_statement(shown):
    said = [
        toll(1, attributed_to="Klitschko (mayor)", place=KYIV, publisher=publisher, **on(24))
        for publisher in ("UNN", "Ukrinform")
    ]
    rows = nights.statements(shown(*said), NIGHT)
    assert len(rows) == 2
    _, untimed = attack_captions.hours(rows, language.words("en"), link)
    assert len(untimed) == 1


def test_every_attack_is_listed_the_latest_first(winter):
    rows = nights.every(winter)
    # Of a list nobody asks for them: kept, they would be most of what a server holds.
    assert "figure_ids" not in rows
    assert rows["day"].dt.day.tolist() == [27, 24, 20]
    assert rows["power_status"].tolist()[1:] == ["without", "without"]
    assert pd.isna(rows["power"].iloc[0])


def test_a_place_is_followed_after_each_attack_after_which_somebody_counted_again(shipped):
    rows = nights.recoveries(shipped, "UA80", date(2025, 10, 1), date(2026, 3, 31))
    attacks = rows.groupby(["indicator", "day", "unit"])
    assert len(attacks) > 3 and (attacks["after"].nunique() > 1).all()
    # What was still cut off on the day after is no attack of its own.
    assert "2026-01-25" not in rows["day"].dt.date.map(str).tolist()
    heating = rows[(rows["indicator"] == "heating_loss") & (rows["day"] == "2026-01-24")]
    assert heating["after"].tolist() == [0, 1, 2, 3, 4, 5, 6]
    table = attack_captions.recoveries(rows, language.words("en"))
    assert "24 January 2026" in table and "about 6,000 buildings" in table


def test_a_first_count_that_was_not_of_all_gives_no_shares_and_says_so(shown):
    """2,600 lost heating on the 12th; that evening 3,700 were without, two days later 1,100."""
    reader = shown(
        figure(value=2_600, **on(12)),
        figure(value=3_700, status="without", moment="evening", **on(12)),
        figure(value=1_100, status="without", bound="at_least", **on(14)),
    )
    rows = nights.recoveries(reader, KYIV, date(2026, 1, 1), date(2026, 1, 31))
    for lang, why in (("en", "the first count was not of all"), ("uk", "перший підрахунок")):
        words = language.words(lang)
        table = attack_captions.recoveries(rows, words)
        assert "%" not in table and words.number(3_700) in table
        assert why in attack_captions.how_followed(rows, words)
    assert "at least 1,100" in attack_captions.recoveries(rows, language.words("en"))


def test_what_is_still_cut_off_of_all_is_a_share_with_its_number(shown):
    reader = shown(
        figure(value=6_000, bound="about", **on(24)),
        figure(value=3_300, status="without", **on(24)),
        figure(value=1_200, status="without", **on(26)),
    )
    rows = nights.recoveries(reader, KYIV, date(2026, 1, 1), date(2026, 1, 31))
    words = language.words("en")
    assert "55%" in attack_captions.recoveries(rows, words)
    assert attack_captions.how_followed(rows, words).endswith("An open day was not counted.")


def test_every_night_of_the_list_can_be_opened(shipped):
    days = [day.date() for day in nights.every(shipped)["day"]]
    assert len(days) > 200
    days = combining.thinned(days, 3)
    told = [nights.night(shipped, day) for day in days]
    assert [night.day for night in told if night] == days
    # Where figures of the day are in doubt, but none of a number of the day itself.
    assert any(not night.doubted for night in told if night)
