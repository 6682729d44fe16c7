"""A toll that may be another day's told again: the question in Review and beside the evidence."""

import json

import pytest

from etl.reports.intake import read_upload
from impact.model import language
from impact.rules.plausibility import SAME_EVENT
from impact.store import decisions, inbox, snapshot
from impact.store.ledger import ACCEPT, REJECT, Ledger
from tests.made import KHARKIV, offer, once, toll
from tests.pages import reading
from tests.pages.reviewing import button, press

REVIEW, CASUALTIES = "pages/reports/review.py", "pages/explore/casualties.py"
ARTICLE = b"Rescuers worked all night. In Kharkiv 5 people were killed, the governor said."


@once
def reported(ledger: Ledger) -> str:
    """A report of 25 January that names no day, beside a toll of the 24th; gives its document."""
    offer(ledger, toll(5.0, attributed_to="Syniehubov (governor)"))
    upload, _ = inbox.receive(ledger, ARTICLE, "article.txt", "Taras", published="2026-01-25")
    (part,) = read_upload(ledger, upload)
    snapshot.publish(ledger)
    return inbox.document_id(upload, part)


@pytest.fixture
def document(ledger) -> str:
    return reported(ledger)


def opened(lang: str = "en"):
    test = reading.start(lang)
    test.switch_page(REVIEW).run()
    assert not test.exception
    return test


def named(test):
    return test.text_input(key="reviewer").set_value("Olena").run()


def stood(document: str) -> dict[str, str]:
    """Day -> verdict of the report's figures."""
    rows = inbox.proposed(Ledger(), document)
    return dict(zip(rows["date"], rows["verdict"], strict=True))


@pytest.mark.parametrize("lang", language.languages())
def test_the_question_has_two_answers_once_a_person_has_a_name(document, lang):
    test = opened(lang)
    assert button(test, "same").disabled and button(test, "another").disabled
    named(test)
    assert not button(test, "same").disabled and not button(test, "another").disabled
    assert language.words(lang).stated("2026-01-24") in button(test, "same").label


def test_the_same_event_moves_the_day_and_can_be_taken_back_later(document):
    press(named(opened()), "same")
    assert stood(document) == {"2026-01-25": REJECT, "2026-01-24": ACCEPT}
    snapshot.publish(Ledger())
    test = named(opened())  # another day, another session: nothing is left to undo
    press(test, "reopen")
    assert stood(document) == {"2026-01-25": ""}
    snapshot.publish(Ledger())
    assert button(opened(), "same")


def test_undoing_what_was_taken_back_brings_the_correction_again(document):
    press(named(opened()), "same")
    test = press(named(opened()), "reopen")
    press(test, "undo")
    assert stood(document) == {"2026-01-25": REJECT, "2026-01-24": ACCEPT}
    (moved,) = (row for row in inbox.proposed(Ledger(), document).to_dict("records")
                if row["verdict"] == ACCEPT)  # fmt: skip
    assert json.loads(moved["changed"]) == {"date": ["2026-01-25", "2026-01-24"]}


def test_another_event_is_answered_and_can_be_undone(document):
    test = press(named(opened()), "another")
    (figure_id,) = inbox.proposed(Ledger(), document)["figure_id"]
    assert decisions.answers(Ledger(), [figure_id])[figure_id][SAME_EVENT].who == "Olena"
    assert not any((each.key or "").startswith("same-F-") for each in test.button)
    press(test, "accept")
    assert stood(document) == {"2026-01-25": ACCEPT}
    press(press(test, "undo"), "undo")
    assert stood(document) == {"2026-01-25": ""}
    assert button(test, "same")


@pytest.mark.parametrize("action", ["same", "another"])
def test_a_published_toll_is_answered_beside_the_casualties(publish, action):
    again = toll(5.0, date="2026-01-25", published="2026-01-25", publisher="LIGA")
    publish(toll(5.0), again)
    test = reading.open_page(CASUALTIES, place=KHARKIV, period="2026-01")
    assert any("perhaps the same event" in text for text in reading.everything(test))
    key = f"page-{again.figure_id}"
    press(test, f"contest-{key}")
    test.text_input(key=f"reviewer-{key}").set_value("Olena").run()
    test.segmented_control(key=f"contest-action-{key}").set_value(action).run()
    test.text_input(key=f"contest-reason-{key}").set_value("the mayor says so").run()
    # Stored; the form then runs alone again, as only a browser can.
    yes = f"contest-yes-{key}"  # and the state that is on screen
    next(each for each in test.button if (each.key or "").startswith(yes)).click().run()
    rows = decisions.of(Ledger(), [again.figure_id])
    if action == "same":
        assert rows[again.figure_id]["replaced_by"]
    else:
        assert SAME_EVENT in decisions.answers(Ledger(), [again.figure_id])[again.figure_id]
