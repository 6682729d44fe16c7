"""The feed: valid Atom whatever the documents say, newest first, nothing in doubt up front."""

import re
from datetime import datetime
from xml.etree import ElementTree as xml

import pytest

from impact.exports import atom
from impact.model import language
from impact.store import ledger, snapshot
from impact.store.ledger import WITHDRAW, Document
from impact.store.reader import Reader
from tests.made import figure, offer, toll

ATOM = {"a": atom.ATOM}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
URN = re.compile(r"urn:uuid:[0-9a-f-]{36}")


def made(reader: Reader, lang: str = "en", *, feed=atom.atom, places=()) -> xml.Element:
    """The feed, checked against what RFC 4287 asks of one."""
    written = feed(
        reader,
        language.words(lang),
        feed_url="http://127.0.0.1/feed.xml",
        page_of=lambda document: f"http://127.0.0.1/data?document={document}&lang={lang}",
        home="http://127.0.0.1/",
        places=places,
    )
    root = xml.fromstring(written)
    assert root.tag == f"{{{atom.ATOM}}}feed"
    valid(root)
    assert [each.get("rel") for each in root.findall("a:link", ATOM)] == ["self", "alternate"]
    entries = root.findall("a:entry", ATOM)
    for entry in entries:
        valid(entry)
        assert len(entry.findall("a:summary", ATOM)) == 1
    identities = [each.findtext("a:id", namespaces=ATOM) for each in [root, *entries]]
    assert len(set(identities)) == len(identities)
    return root


def valid(element: xml.Element) -> None:
    """Exactly one id, title and time, and an author with a name."""
    texts = {name: element.findall(f"a:{name}", ATOM) for name in ("id", "title", "updated")}
    assert {name: len(found) for name, found in texts.items()} == dict.fromkeys(texts, 1)
    assert URN.fullmatch(texts["id"][0].text)
    assert texts["title"][0].text.strip()
    assert TIME.fullmatch(texts["updated"][0].text)
    datetime.fromisoformat(texts["updated"][0].text)
    assert element.findtext("a:author/a:name", namespaces=ATOM).strip()


def summaries(root: xml.Element) -> list[str]:
    return [each.text for each in root.findall("a:entry/a:summary", ATOM)]


def test_a_store_without_figures_has_a_valid_feed_without_entries(store):
    assert summaries(made(Reader(store))) == []


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_the_shipped_tables_have_an_entry_each(shipped, lang):
    root = made(shipped, lang)
    assert len(summaries(root)) == len(shipped.query("FROM documents"))
    links = [each.get("href") for each in root.findall("a:entry/a:link", ATOM)]
    for row in shipped.query("FROM documents").itertuples():
        assert any(row.document_id in link for link in links)


def test_an_entry_counts_and_names_the_gravest_figure_with_its_speaker(ledger):
    offer(
        ledger,
        figure(value=6000.0, attributed_to="Klitschko (mayor)"),
        toll(5.0, attributed_to="Syniehubov (governor)"),
        toll(12.0, indicator="injured"),
        toll(900.0, period="cumulative"),
    )
    snapshot.publish(ledger)
    (text,) = summaries(made(Reader(ledger.folder)))
    assert text.startswith("4 figures, 24 January 2026: ")
    assert "Gravest: killed, Kharkiv, 24 January 2026: 5 people (" in text
    assert "Syniehubov" in text and "900" not in text


def test_a_figure_in_doubt_is_never_the_gravest(ledger):
    offer(
        ledger,
        figure(value=12_000.0, indicator="apartment_blocks", status="", date="2026"),
        figure(value=320_000.0),
        figure(value=6000.0, status="without"),
    )
    snapshot.publish(ledger)
    (text,) = summaries(made(Reader(ledger.folder)))
    assert "6,000 buildings" in text and "320,000" not in text


def test_what_was_restored_or_lost_to_weather_is_not_grave(ledger):
    offer(ledger, figure(status="restored"), figure(cause="weather", value=700.0))
    snapshot.publish(ledger)
    (text,) = summaries(made(Reader(ledger.folder)))
    assert "Gravest" not in text


def test_what_stands_in_a_title_is_never_markup(ledger):
    nasty = '<script>alert("1")</script> & \x00\x0b\ufffe ]]> 🙂'
    document = Document(
        document_id=ledger_id("nasty"), source="report", name="secret name.pdf", size=5,
        title=nasty, publisher=nasty,
    )  # fmt: skip
    ledger.store(document, [b"nasty"], [toll()], accepted_by="the tests")
    snapshot.publish(ledger)
    root = made(Reader(ledger.folder))
    title = root.findtext("a:entry/a:title", namespaces=ATOM)
    assert title == '<script>alert("1")</script> & \ufffd\ufffd\ufffd ]]> 🙂'
    assert "secret name" not in xml.tostring(root, encoding="unicode")


def test_a_report_without_title_says_when_it_came(ledger):
    offer(ledger, toll())
    snapshot.publish(ledger)
    root = made(Reader(ledger.folder))
    title = root.findtext("a:entry/a:title", namespaces=ATOM)
    assert title.startswith("Report received on ")


def test_the_newest_document_comes_first_and_the_next_one_moves_nothing(ledger):
    offer(ledger, toll(3.0), name="first")
    snapshot.publish(ledger)
    before = made(Reader(ledger.folder)).find("a:entry", ATOM)
    offer(ledger, toll(4.0), name="second")
    snapshot.publish(ledger)
    entries = made(Reader(ledger.folder)).findall("a:entry", ATOM)
    assert summaries_of(entries)[0].split(": ")[-1].startswith("4 people")
    assert xml.tostring(entries[1]).strip() == xml.tostring(before).strip()


def summaries_of(entries: list[xml.Element]) -> list[str]:
    return [each.findtext("a:summary", namespaces=ATOM) for each in entries]


def ledger_id(name: str) -> str:
    return ledger.document_id(name.encode())


def test_a_feed_of_a_place_tells_of_it_and_of_what_lies_in_it_alone(ledger):
    offer(ledger, figure(value=6000.0), name="kyiv")
    offer(ledger, toll(5.0), figure(value=7.0), name="kharkiv")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    root = made(reader, places=["UA63"])
    assert [text.split(",")[0] for text in summaries(root)] == ["1 figure"]
    assert root.findtext("a:title", namespaces=ATOM).endswith(": Kharkiv Oblast")
    assert made(reader).findtext("a:id", namespaces=ATOM) != root.findtext("a:id", namespaces=ATOM)


def test_the_feed_of_corrections_tells_old_and_new_and_who_and_why(ledger):
    wrong, gone = figure(value=320_000.0), toll(7.0)
    offer(ledger, wrong, gone)
    ledger.correct(wrong.figure_id, figure(value=6_000.0), "Petro", "a slip", {})
    ledger.decide(gone.figure_id, WITHDRAW, "Olha", "taken back")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    root = made(reader, feed=atom.corrected)
    titles = [each.text for each in root.findall("a:entry/a:title", ATOM)]
    assert titles == [
        "Withdrawn: Kharkiv, 24 January 2026, killed: 7 people",
        "Corrected: Kyiv, 24 January 2026, lost heating: 320,000 buildings → 6,000 buildings",
    ]
    assert summaries(root) == ["By Olha: taken back", "By Petro: a slip"]
    links = [each.get("href") for each in root.findall("a:entry/a:link", ATOM)]
    # Each leads to what has become of the figure, also of one that is gone.
    assert gone.figure_id in links[0] and wrong.figure_id in links[1]
    assert len(summaries(made(reader, feed=atom.corrected, places=["UA63"]))) == 1


def test_a_store_without_corrections_has_a_valid_feed_of_them(store):
    assert summaries(made(Reader(store), feed=atom.corrected)) == []
