"""The brief: what it says is what is published, with its sources, in the room of two pages."""

import re
from datetime import date
from html import unescape

import pytest

from impact import brief
from impact.brief import changes
from impact.model import vocabulary
from impact.model.language import words
from impact.model.places import PLACES
from impact.queries import summary
from impact.store import snapshot
from impact.store.ledger import WITHDRAW
from impact.wording import captions
from tests.made import ARTICLE, GOVERNOR, KHARKIV, KYIV, MAYOR, MINISTER, figure, toll

pytestmark = [pytest.mark.slow, pytest.mark.asks_much]

DAY = brief.period(date(2026, 1, 24), "day")
EN = words("en")
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
LOST = figure(value=6_000, bound="about", attributed_to=MAYOR, moment="morning")
STILL = figure(value=3_300, status="without", attributed_to=MAYOR, moment="evening")
RIVAL = figure(value=3_200, status="without", attributed_to=MINISTER, moment="evening")
YESTERDAY = figure(
    value=1_200, status="without", attributed_to=MAYOR, date="2026-01-23", published="2026-01-23"
)


@pytest.fixture
def gathered(shown):
    """The brief of figures, of Kyiv on 24 January 2026 unless said otherwise."""

    def gather(*figures, area=KYIV, period=DAY, language="en"):
        return brief.gather(shown(*figures), PLACES[area], period, language)

    return gather


def plain(page: str) -> str:
    """What a reader sees of a page, without its drawings, on one line."""
    body = re.sub(r"<(style|svg).*?</\1>", " ", page.split("<body>")[1], flags=re.S)
    body = re.sub(r'<a class="ref".*?</a>', "", body).replace("<br>", " ")
    return " ".join(unescape(re.sub(r"<[^>]*>", "", body)).split())


def written(told) -> str:
    return brief.write(told, [None] * len(told.pictures))


def test_a_headline_is_the_card_of_the_overview_with_its_speaker_and_status(gathered, shown):
    told = gathered(LOST, STILL, RIVAL)
    (heating,) = told.headlines
    card = summary.card(shown(LOST, STILL, RIVAL), "heating_loss", PLACES[KYIV], DAY)
    assert vocabulary.amount(heating.card.total, EN) == vocabulary.amount(card.total, EN)
    assert heating.rows["figure_id"].tolist() == [card.alone["figure_id"]]
    text = plain(written(told))
    assert "about 6,000 buildings lost heating" in text
    assert captions.via(card.alone, EN) in text
    assert "Latest: 3,300 buildings without heating (24 Jan, Vitali Klitschko, mayor" in text


def test_320000_buildings_stand_under_conflicts_against_the_mayors_numbers(gathered):
    text = plain(written(gathered(ARTICLE, LOST, STILL, RIVAL)))
    conflicts = text.split(" Conflicts ")[1].split(" Charts")[0]
    assert "Kyiv, 24 January 2026: 3,200–320,000 buildings" in conflicts
    assert "Leads: about 6,000 lost heating (Vitali Klitschko, mayor of Kyiv" in conflicts
    assert "In doubt: 320,000 lost heating (Northern Courier, no speaker named" in conflicts
    assert "320,000 buildings is at least ten times what anyone else said." in conflicts
    assert "3,300 without heating (Vitali Klitschko, mayor of Kyiv" in conflicts
    assert "320,000" not in text.split(" Conflicts ")[0]


def test_the_sentence_of_a_figure_stands_with_it_and_is_cut_where_it_is_long(gathered):
    quote = "3,300 apartment buildings remain without heat " + "in the capital " * 30
    said = figure(value=3_300, status="without", quote=quote.strip(), start=0, end=495)
    text = plain(written(gathered(said)))
    assert "3,300 apartment buildings remain without heat in the capital" in text
    assert "…" in text and quote.strip() not in text


def test_each_number_is_compared_with_the_same_of_the_period_before(gathered):
    told = gathered(LOST, STILL, YESTERDAY, toll(1, place=KYIV))
    kinds = {each.now.indicator: each.kind for each in told.changes}
    assert kinds == {"heating_loss": changes.HIGHER, "killed": changes.NEW}
    text = plain(written(told))
    assert "What changed since 23 January 2026" in text
    assert "3,300 buildings (24 Jan), after 1,200 buildings (23 Jan)" in text


def test_what_is_counted_in_another_unit_or_status_is_not_called_higher(gathered):
    told = gathered(figure(value=900, date="2026-01-23", published="2026-01-23"), STILL)
    assert [each.kind for each in told.changes] == [changes.OTHERWISE]


def test_what_nobody_reports_any_more_is_said_and_not_taken_for_zero(gathered):
    told = gathered(YESTERDAY)
    assert [each.kind for each in told.changes] == [changes.SILENT]
    text = plain(written(told))
    assert "Heating: no report now in the period before 1,200 buildings" in text
    assert "Nobody reported a figure for this place and period." in text
    assert "No report is not zero." in text
    last = "1,200 buildings without heating (23 January 2026, Vitali Klitschko, mayor of Kyiv)"
    assert f"Heating: last report {last}" in text


def test_a_figure_withdrawn_since_is_listed_with_who_and_why(publish, ledger):
    reader = publish(LOST, STILL)
    (row,) = ledger.accepted().query("value == 6000").to_dict("records")
    ledger.decide(row["figure_id"], WITHDRAW, "Olena", "the page was taken down")
    snapshot.publish(ledger)
    text = plain(written(brief.gather(reader, PLACES[KYIV], DAY, "en")))
    assert "Heating, Kyiv, 24 January 2026: withdrawn 6,000" in text
    assert "Olena: the page was taken down" in text


def test_a_figure_in_doubt_outside_conflicts_is_held_back_with_the_reason(gathered):
    told = gathered(figure(value=5_000, dubious=True), STILL)
    text = plain(written(told))
    assert "marked this figure as doubtful. Kyiv, 24 Jan: 5,000 buildings, lost heating" in text
    assert len(told.headlines) == 1


def test_every_page_that_is_named_is_a_source_with_its_link(gathered):
    page = written(gathered(LOST, figure(value=3_300, status="without", url="https://a.example/1")))
    cited = {int(number) for number in re.findall(r'href="#s(\d+)"', page)}
    listed = {int(number) for number in re.findall(r'<li id="s(\d+)"', page)}
    assert cited == listed != set()
    assert 'href="https://a.example/1"' in page


def test_texts_of_others_are_shown_as_they_are_and_never_become_markup(gathered):
    told = gathered(
        figure(value=3_300, publisher=HOSTILE, url="javascript:alert(3)", attributed_to=HOSTILE)
    )
    page = brief.write(
        told, [None] * len(told.pictures), base="https://x.example", at=told.known_at
    )
    assert "<script" not in page and "<img" not in page and "javascript:" not in page
    assert HOSTILE[:30] in plain(page)


def test_what_finds_no_room_is_counted_and_not_left_out_in_silence(gathered):
    cities = [pcode for pcode, place in PLACES.items() if place.level == "city"][:60]
    many = [
        each
        for pcode in cities
        for each in (
            toll(5, place=pcode, attributed_to=GOVERNOR),
            toll(9, place=pcode, attributed_to="National Police"),
        )
    ]
    told = gathered(*many, area="UA")
    assert len(told.conflicts) == 60
    page = written(told)
    shown = page.count("sources disagree")
    assert 0 < shown < 60
    assert f"and {60 - shown} more." in plain(page).split(" Conflicts ")[1]


def test_links_keep_to_the_moment_and_to_the_language(gathered):
    told = gathered(STILL, language="uk")
    page = unescape(
        brief.write(told, [None] * len(told.pictures), base="https://x.example", at=told.known_at)
    )
    assert '<html lang="uk">' in page
    start = (
        "https://x.example/city?place=UA80&period=days&from=2026-01-24&to=2026-01-24&lang=uk&asof="
    )
    assert start in page
    assert len(re.findall(r"https://x\.example/figure\?[^\"]*asof=", page)) == len(told.pictures)


def test_without_a_browser_tables_stand_in_place_of_pictures_and_the_brief_says_so(gathered):
    page = written(gathered(LOST, STILL, toll(2, place=KHARKIV)))
    assert "<table>" in page and "<svg" not in page
    assert "Tables stand in place of pictures" in plain(page)


def test_a_week_runs_from_monday_to_sunday():
    assert brief.period(date(2026, 1, 24), "week") == (date(2026, 1, 19), date(2026, 1, 25))


def test_a_file_is_named_by_place_days_and_language(gathered):
    assert brief.file_name(gathered(STILL)) == "brief_kyiv_2026-01-24_en.html"
    week = brief.period(date(2026, 1, 24), "week")
    told = gathered(area="UA", period=week, language="uk")
    assert brief.file_name(told) == "brief_ukraine_2026-01-19_2026-01-25_uk.html"


def test_the_map_is_that_of_the_worst_day_and_not_of_the_day_with_most_places(gathered):
    power = {"indicator": "power_outage", "unit": "customers"}
    worst = figure(value=1_000_000, date="2026-01-20", published="2026-01-20", **power)
    many = [
        figure(value=900, place=place, date="2026-01-22", published="2026-01-22", **power)
        for place in (KYIV, KHARKIV, "UA12")
    ]
    told = gathered(worst, *many, area="UA", period=brief.period(date(2026, 1, 20), "week"))
    (shown_on_map,) = [each.view for each in told.pictures if each.view.kind == "map"]
    assert shown_on_map.first == shown_on_map.last == date(2026, 1, 20)


def test_a_supply_of_the_country_is_drawn_by_its_largest_number_of_each_day(gathered):
    power = {"indicator": "power_outage", "unit": "customers", "attributed_to": GOVERNOR}
    told = gathered(figure(value=1_100_000, place="UA63", **power), area="UA")
    first = told.pictures[0]
    assert (first.view.kind, first.view.places) == ("largest", ("UA",))
    assert first.shown["value"].tolist() == [1_100_000]


def cut_off(value: float, day: str, **fields):
    """So many customers without power on a day, told on that day."""
    power = {"indicator": "power_outage", "unit": "customers"}
    return figure(value=value, date=day, published=day, **power, **fields)


WORST = cut_off(1_000_000, "2026-01-20", attributed_to=MAYOR)
LAST = cut_off(47_000, "2026-03-21", attributed_to=MAYOR)


def test_it_opens_on_the_worst_day_of_the_latest_winter_and_not_on_the_last(shown):
    old = cut_off(3_000_000, "2024-12-13")
    reader = shown(old, WORST, LAST, toll(2, place=KYIV))
    assert brief.opening(reader, PLACES[KYIV]) == date(2026, 1, 20)
    assert brief.latest(reader, PLACES[KYIV]) == date(2026, 3, 21)
    assert brief.opening(reader, PLACES[KHARKIV]) is None


def test_where_no_supply_was_counted_it_opens_on_the_day_with_most_killed(shown):
    reader = shown(toll(7, place=KYIV, date="2026-01-10"), toll(2, place=KYIV, date="2026-02-10"))
    assert brief.opening(reader, PLACES[KYIV]) == date(2026, 1, 10)


def test_after_the_winter_it_opens_on_the_last_day(shown):
    summer = toll(2, place=KYIV, date="2026-06-10", published="2026-06-10")
    assert brief.opening(shown(WORST, summer), PLACES[KYIV]) == date(2026, 6, 10)


@pytest.mark.parametrize("day", ["2026-01-20", "2026-01-24", "2026-03-21"])
def test_a_brief_of_any_day_tells_the_winters_worst_day_and_the_last_number(gathered, day):
    period = brief.period(date.fromisoformat(day), "day")
    text = plain(written(gathered(WORST, STILL, LAST, period=period)))
    head = text.split(" Headline figures ")[0]
    assert (
        "Power, worst day of winter 2025/26: 1 million customers lost power (20 Jan, Vitali "
        "Klitschko, mayor of Kyiv). Latest: 47,000 customers lost power (21 Mar, Vitali "
        "Klitschko, mayor of Kyiv)." in head
    )


def test_a_brief_of_a_summer_day_tells_no_winter(gathered):
    told = gathered(WORST, toll(2, place=KYIV, date="2026-06-10"), period=(date(2026, 6, 10),) * 2)
    assert told.winter is None
    assert "worst day" not in plain(written(told)).split(" Headline figures ")[0]
