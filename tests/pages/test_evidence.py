"""The drawer of a mark behind which there are very many claims."""

import pytest
from playwright.sync_api import expect

from impact.model.places import PLACES
from impact.queries.many import Many
from impact.queries.series import MOST_IDS
from impact.store.reader import Reader
from pages.parts.explore.evidence import MOST_LISTED
from tests.made import DNIPRO_OBLAST, figure, on, toll
from tests.made import publish as put
from tests.pages import reading
from tests.pages.driving import OVERVIEW, click_mark, drawer, visit


def test_it_adds_up_all_lists_some_and_leads_to_the_rest(ledger):
    places = [each.pcode for each in PLACES.values() if each.level == "city"][: MOST_LISTED + 7]
    put(ledger, *(toll(2.0, place=each) for each in places))
    ids = Reader(ledger.folder).query("SELECT figure_id FROM figures")["figure_id"]
    test = reading.open_page(OVERVIEW)
    # As a mark leaves it that somebody has selected.
    test.session_state["_evidence"] = ((), Many.named(ids), True, ())
    test.run()
    drawers = [each for each in reading.elements(test._tree) if each.type == "dialog"]
    told = [text for each in drawers for text in reading.texts(each)]
    assert not test.exception
    assert any(f"at least {2 * len(places)} people" in text for text in told)
    assert sum("F-" in text for text in told) == MOST_LISTED
    assert "7 more claims are not listed here." in told and "See them" in told


@pytest.mark.browser
def test_a_click_on_a_mark_of_many_figures_opens_them_all(ledger, served, open_page):
    cities = [each.pcode for each in PLACES.values() if each.oblast == DNIPRO_OBLAST]
    lost = {"indicator": "power_outage", "unit": "customers", "status": "without"}
    days = range(12, 19)
    figures = [
        figure(place=each, value=500.0, **lost, **on(day)) for each in cities for day in days
    ]
    assert len(figures) > MOST_IDS
    put(ledger, *figures)
    page = open_page()
    visit(page, f"{served(ledger.folder).url}/coverage?indicator=power_outage&period=2026-01")
    # Of the first square, which has no claim: all figures of the oblast and week.
    click_mark(page, "")
    expect(drawer(page)).to_contain_text(f"{len(figures)} claims")
    expect(drawer(page)).to_contain_text("500 customers")
