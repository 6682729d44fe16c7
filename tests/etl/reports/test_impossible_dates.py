"""A day that no report can have, as programs write one where none is set: passed over, and told."""

from functools import cache
from pathlib import Path

import pytest

from etl.reports import intake
from impact.model import dates
from impact.queries import changes
from impact.store import inbox, rereading, snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests.made import offer, toll

pytestmark = pytest.mark.slow

FILES = Path(__file__).parent / "files" / "impossible_dates"
# Files whose own properties hold such a date, and those whose text does.
IN_FILES = (
    *("meta0001-01-01.html", "meta9999-12-31.html", "time9999-12-31.html", "c1.docx", "c9.docx"),
    *("d1.pdf", "d9.pdf", "date9.eml"),
)
IN_TEXTS = ("pub1.txt", "pub9.txt", "far.txt")


def read(ledger, name: str) -> inbox.Part:
    upload, _ = inbox.receive(ledger, (FILES / name).read_bytes(), name, "Olena")
    (part,) = intake.read_upload(ledger, upload)
    return part


@pytest.fixture(scope="module")
def part_of(tmp_path_factory):
    """The part of a file, which is read once for all that is asked about it."""
    return cache(lambda name: read(Ledger(tmp_path_factory.mktemp("read") / "store"), name))


@pytest.mark.parametrize("name", [*IN_FILES, *IN_TEXTS])
def test_it_is_passed_over_and_the_report_is_read(part_of, name):
    part = part_of(name)
    assert part.refused == "" and "apartment buildings" in part.text
    assert part.published in ("", "2026-01-24")
    for figure in part.figures:
        first, last = dates.span(figure.date)
        assert dates.FIRST <= first <= last <= dates.LAST


@pytest.mark.parametrize("name", IN_FILES)
def test_a_file_whose_own_date_it_is_is_noted_so(part_of, name):
    notes = part_of(name).notes
    assert "date_impossible" in notes and "date_of_file" not in notes


@pytest.mark.parametrize("name", IN_FILES[:2])
def test_the_note_goes_when_a_person_tells_the_day(ledger, name):
    content = (FILES / name).read_bytes()
    upload, _ = inbox.receive(ledger, content, name, "Olena", published="2026-01-24")
    (part,) = intake.read_upload(ledger, upload)
    assert part.published == "2026-01-24" and "date_impossible" not in part.notes
    assert 3401.0 in {each.value for each in part.figures} or name != IN_FILES[0]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1939-12-31", "2101-01-01"])
def test_nobody_can_tell_such_a_day(ledger, day):
    with pytest.raises(ValueError, match=day):
        inbox.receive(ledger, b"a report", "report.txt", "Olena", published=day)
    assert inbox.uploads(ledger) == []


# Days that were still to come when the report was received


def test_the_date_of_a_file_that_was_still_to_come_gives_way_to_that_of_its_text(ledger):
    part = read(ledger, "file_ahead.html")
    assert "date_ahead" in part.notes
    assert part.published in ("", "2026-01-24")
    assert {each.published for each in part.figures} <= {"", "2026-01-24"}
    assert {(each.value, each.date) for each in part.figures} >= {(5.0, "2026-01-24")}


def test_a_report_that_dates_itself_so_asks_for_its_day_and_is_read_then(ledger):
    name = "text_ahead.txt"
    upload, _ = inbox.receive(ledger, (FILES / name).read_bytes(), name, "Olena")
    (part,) = intake.read_upload(ledger, upload)
    assert (part.published, part.figures) == ("", ()) and "date_ahead" in part.notes
    assert "5 people were killed" in part.text
    rereading.say(ledger, upload.upload_id, name, "Olena", "2026-01-24", "", "")
    ((upload, said),) = rereading.pending(ledger)
    intake.read_again(ledger, upload, said)
    rows = inbox.proposed(ledger, rereading.document_id(said))
    assert set(rows["date"]) == {"2026-01-24"} and 5.0 in set(rows["value"])
    assert "date_ahead" not in inbox.listing(ledger)["notes"][0]


def test_what_changed_opens_on_days_that_have_been(ledger):
    offer(ledger, toll(published="2062-01-24"), toll(3.0, published="2026-01-24"))
    snapshot.publish(ledger)
    usual = changes.usual(Reader(ledger.folder))
    assert usual is not None and usual <= dates.now().date()
