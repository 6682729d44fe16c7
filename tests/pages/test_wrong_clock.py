"""A report that came while a clock stood wrong says so where its time is shown."""

from datetime import datetime, timedelta

import pytest

from impact.model import dates
from impact.store import inbox
from impact.store.ledger import Ledger
from tests.pages import reading


@pytest.fixture
def received(ledger, monkeypatch) -> Ledger:
    """Three reports: by the right clock, by one that stands a year ahead, by the right one."""
    now = dates.now()
    for name, ahead in (("before", 0), ("ahead", 366), ("after", 0)):
        at: datetime = now + timedelta(days=ahead)
        with monkeypatch.context() as patch:
            patch.setattr(dates, "now", lambda at=at: at)
            inbox.receive(ledger, f"{name}: nothing".encode(), f"{name}.txt", "Olena")
    return ledger


def test_its_time_is_known_to_be_none(received):
    rows = inbox.listing(received)
    assert dict(zip(rows["name"], rows["wrong_clock"], strict=True)) == {
        "before.txt": False,
        "ahead.txt": True,
        "after.txt": False,
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "This time is that of a clock that stood wrong."),
        ("uk", "Це час годинника, який показував його неправильно."),
    ],
)
def test_upload_says_so_beside_it_alone(received, lang, said):
    test = reading.open_page("pages/reports/upload.py", lang)
    assert not test.exception
    captions = [each.value for each in test.caption]
    at = captions.index(said)
    assert captions.count(said) == 1
    assert str(dates.now().year + 1) in captions[at - 1]
