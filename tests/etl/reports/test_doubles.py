"""Two parts of one name in one file: each is a document of its own, beside its own words."""

from pathlib import Path

import pytest

from etl.reports import intake, mending
from etl.reports.model.document import Document
from etl.reports.opening.doubles import told_apart
from etl.reports.opening.refusals import Refusal
from impact.store import inbox, snapshot
from tests.made import offer, once, toll

pytestmark = pytest.mark.slow

FILES = Path(__file__).parent / "files" / "doubles"
# File -> the names of its parts that hold a report, and the number in each.
FOUND = {
    "two_attachments.eml": {"report.txt": 3305.0, "report.txt (2)": 3306.0},
    "two_members.zip": {"same.txt": 3303.0, "same.txt (2)": 3304.0},
}


def text(name: str, said: str = "5 killed") -> Document:
    return Document(name=name, kind="text", text=said)


@once
def read(ledger, name: str, older: bool = False, /) -> tuple[inbox.Upload, list[inbox.Part]]:
    """Publishes a figure and reads a file, as an older version did or as this one does."""
    offer(ledger, toll())
    snapshot.publish(ledger)
    upload, _ = inbox.receive(ledger, (FILES / name).read_bytes(), name, "Olena")
    with pytest.MonkeyPatch.context() as patch:
        if older:
            patch.setattr("etl.reports.opening.sandbox.told_apart", tuple)
        return upload, intake.read_upload(ledger, upload)


@pytest.mark.parametrize("name", FOUND)
def test_each_is_a_document_beside_its_own_words(ledger, name):
    upload, read_parts = read(ledger, name)
    parts = {each.name: each for each in read_parts}
    for own, value in FOUND[name].items():
        document = inbox.document_id(upload, parts[f"{name}/{own}"])
        words = inbox.reading(ledger, document)["text"]
        rows = inbox.proposed(ledger, document)
        assert set(rows["value"]) == {value} and f"{value:,.0f}" in words
        assert [words[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)] == [
            *rows["quote"]
        ]
    assert ledger.check() == inbox.check(ledger) == []


@pytest.mark.parametrize("name", FOUND)
def test_what_is_decided_of_them_is_published_again_and_again(ledger, name):
    _, parts = read(ledger, name)
    for figure in {each.figure_id for part in parts for each in part.figures}:
        ledger.accept(figure, "Olha", "read it", answers={}, second=False)
        snapshot.publish(ledger)


@pytest.mark.parametrize("name", FOUND)
def test_an_older_store_that_holds_two_as_one_is_published(ledger, name):
    _, parts = read(ledger, name, True)
    for figure in {each.figure_id for part in parts for each in part.figures}:
        ledger.accept(figure, "Olha", "read it", answers={}, second=False)
        stepped = snapshot.publish(ledger)
        assert stepped == snapshot.publish(ledger, anew=True)


@pytest.mark.parametrize("name", FOUND)
def test_a_rebuild_gives_an_older_store_the_words_that_were_lost(ledger, name):
    upload, _ = read(ledger, name, True)
    assert mending.read_all_again(ledger).written == 1
    for own, value in FOUND[name].items():
        document = inbox.document_id(upload, inbox.Part(name=f"{name}/{own}"))
        assert f"{value:,.0f}" in inbox.reading(ledger, document)["text"]
        assert value in set(inbox.proposed(ledger, document)["value"])
    assert mending.read_all_again(ledger).written == 0
    assert snapshot.publish(ledger)


def test_the_first_keeps_its_name_and_a_free_number_is_taken():
    parts = (text("a"), text("a"), Refusal("a", "empty"), text("a (2)"), text("b"))
    names = [each.name for each in told_apart(parts)]
    assert names == ["a", "a (3)", "a (4)", "a (2)", "b"]


def test_parts_of_different_names_stay_as_they_are():
    parts = (text("a"), Refusal("b", "empty"), text("c"))
    assert told_apart(parts) == parts
