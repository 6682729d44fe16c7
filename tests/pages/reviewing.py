"""How tests review a report on a page that is run without a browser."""

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

from etl.reports.intake import read_upload
from impact.store import inbox
from impact.store.ledger import Ledger
from tests.pages import reading

REVIEW = "pages/reports/review.py"
_SHELF = tempfile.TemporaryDirectory(prefix="reports")


@cache
def _read(content: bytes, name: str) -> tuple[Path, str]:
    """A store in which one report was read, and the report's document. A report is read once."""
    ledger = Ledger(Path(tempfile.mkdtemp(dir=_SHELF.name)) / "store")
    upload, _ = inbox.receive(ledger, content, name, "Taras")
    (part,) = read_upload(ledger, upload)
    return ledger.folder, inbox.document_id(upload, part)


def read(store: Path, content: bytes, name: str) -> str:
    """Makes a store with one report that was read; returns the report's document."""
    folder, document = _read(content, name)
    shutil.copytree(folder, store)
    return document


def open_review(store: Path, content: bytes, name: str, lang: str = "en"):
    """The review of one report of an otherwise empty store: the page, and the report's document."""
    document = read(store, content, name)
    test = reading.open_page(REVIEW, lang)
    assert not test.exception
    return test, document


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
