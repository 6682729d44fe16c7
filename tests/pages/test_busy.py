"""A page that needs the ledger while another process holds it: a sentence and a way on."""

import pytest

from impact.model import language
from impact.store import ledger_file
from tests.made import figure, publish
from tests.pages import reading

REVIEW = "pages/reports/review.py"


@pytest.mark.parametrize("lang", language.languages())
def test_who_reviews_is_told_that_the_store_is_written_to_and_may_try_again(
    ledger, monkeypatch, lang
):
    publish(ledger, figure())
    monkeypatch.setattr(ledger_file, "LOCK_SECONDS", 0.1)
    words = language.words(lang)
    with ledger.lock():
        page = reading.open_page(REVIEW, lang=lang)
    assert not page.exception
    told = words._("The store is being written to, and this page needs it. Nothing is lost.")
    assert told in [each.value for each in page.warning]
    again = next(each for each in page.button if each.label == words._("Try again"))
    page = again.click().run()
    assert told not in [each.value for each in page.warning]
