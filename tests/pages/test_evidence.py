"""The drawer of a mark behind which there are very many claims."""

from impact.model.places import PLACES
from impact.store.reader import Reader
from pages.parts.explore.evidence import MOST_LISTED
from tests.made import publish as put
from tests.made import toll
from tests.pages import reading
from tests.pages.driving import OVERVIEW


def test_it_adds_up_all_lists_some_and_leads_to_the_rest(ledger):
    places = [each.pcode for each in PLACES.values() if each.level == "city"][: MOST_LISTED + 7]
    put(ledger, *(toll(2.0, place=each) for each in places))
    ids = Reader(ledger.folder).query("SELECT figure_id FROM figures")["figure_id"]
    test = reading.open_page(OVERVIEW)
    # As a mark leaves it that somebody has selected.
    test.session_state["_evidence"] = ((), tuple(ids), True, ())
    test.run()
    drawers = [each for each in reading.elements(test._tree) if each.type == "dialog"]
    told = [text for each in drawers for text in reading.texts(each)]
    assert not test.exception
    assert any(f"at least {2 * len(places)} people" in text for text in told)
    assert sum("F-" in text for text in told) == MOST_LISTED
    assert "and 7 more claims" in told and "See them" in told
