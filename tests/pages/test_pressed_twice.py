"""A step whose button is pressed twice is stored once, is published, and can be undone.

A second press ends the run of the first one where that run next asks for something of the session.
Here it comes while the first step is being stored, by the request that Streamlit makes of it.
"""

import pytest
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

from impact.store import inbox
from impact.store.ledger import Ledger
from pages.parts.review import reports
from tests.pages.reviewing import button, labelled, open_review, press, press_late

REPORT = (
    "Situation report, 20 November 2025\n\n"
    "In Dnipro 7 people were injured on 20 November 2025, said the mayor.\n\n"
    "In Odesa 9 people were injured on 20 November 2025, said the mayor.\n"
)


@pytest.fixture
def pressed_again(monkeypatch):
    """Has a second press come each time that the ledger has stored something in a page's run."""
    for name in ("accept", "record", "record_unchanged"):
        store = getattr(Ledger, name)

        def stored(*given, _store=store, **named):
            answer = _store(*given, **named)
            get_script_run_ctx().script_requests.request_rerun(RerunData())
            return answer

        monkeypatch.setattr(Ledger, name, stored)


@pytest.fixture
def review(store, pressed_again):
    test, document = open_review(store, REPORT.encode(), "report.txt")
    test.text_input(key="reviewer").set_value("Olena").run()
    return test, document


def verdicts(document: str) -> list[str]:
    return sorted(inbox.proposed(Ledger(), document)["verdict"])


def asked() -> int:
    """How often something was given to publish."""
    return reports.publishing_thread()._asked


def test_an_acceptance_is_published_and_can_be_undone(review):
    test, document = review
    before = asked()
    press(test, "accept")
    assert verdicts(document) == ["", "accept"]
    assert asked() == before + 1
    test.run()
    assert not button(test, "undo").disabled
    press(test, "undo")
    assert verdicts(document) == ["", ""]
    assert asked() == before + 2
    test.run()
    assert button(test, "undo").disabled


def test_a_rejection_is_published_and_can_be_undone(review):
    test, document = review
    before = asked()
    press(test, "reject")
    reason = next(each for each in test.text_input if each.label == "Why is it rejected?")
    reason.set_value("a slip")
    labelled(test, "Reject with this reason").click().run()
    assert verdicts(document) == ["", "reject"]
    assert asked() == before + 1
    test.run()
    assert not button(test, "undo").disabled


def test_nobody_is_told_that_they_have_decided_themselves_meanwhile(review):
    test, _ = review
    first = button(test, "accept")
    press(test, "accept")
    press_late(test, first)
    assert not [each.value for each in test.error]
