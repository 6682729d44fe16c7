"""How tests review a report on a page that is run without a browser."""

import re
from pathlib import Path

from etl.reports.intake import read_upload
from impact.store import inbox
from impact.store.ledger import Ledger
from tests.pages import reading

REVIEW = "pages/reports/review.py"


def open_review(store: Path, content: bytes, name: str, lang: str = "en"):
    """The review of one report of an otherwise empty store: the page, and the report's document."""
    ledger = Ledger(store)
    upload, _ = inbox.receive(ledger, content, name, "Taras")
    (part,) = read_upload(ledger, upload)
    test = reading.start(lang)
    test.switch_page(REVIEW).run()
    assert not test.exception
    return test, inbox.document_id(upload, part)


def button(test, name: str):
    """A button of Review; those that act on figures carry in their key what is on screen."""
    said = re.compile(rf"{name}(-(F-|\d+$|[0-9a-f]{{16}}$).*)?")
    return next(each for each in test.button if said.fullmatch(each.key or ""))


def press(test, name: str):
    button(test, name).click().run()
    assert not test.exception
    return test


def press_late(test, button):
    """Presses a button that was on screen before this page: it was drawn anew in between."""
    states = test._tree.get_widget_states()
    states.widgets.add(id=button.proto.id, trigger_value=True)
    test._run(states)
    assert not test.exception
    return test


def labelled(test, label: str):
    """The last button with a label: that of the form which is open."""
    return [each for each in test.button if each.label == label][-1]


def html(test) -> str:
    return " ".join(each.proto.body for each in reading.elements(test.main.root)
                    if each.type == "html")  # fmt: skip
