"""The feeds as Atom (RFC 4287): documents from which figures are published, and corrections, the
newest first.

Reports and loaded tables stand in one order, so that a store without reports has a feed too and
no entry vanishes when the first report comes.
"""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime
from xml.etree import ElementTree as xml

import pandas as pd

from impact import queries
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import records
from impact.queries import changes
from impact.store.reader import Reader
from impact.wording import captions, change_captions

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
# Names an entry for ever, whatever the server is called.
_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "impact dashboard feed")
_CORRECTIONS = "corrections"
_NEVER = datetime(1970, 1, 1)
# Kinds of figures that a summary names.
_NAMED = 4
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    reader: Reader,
    words: Words,
    *,
    feed_url: str,
    page_of: Callable[[str], str],
    home: str,
    places: Collection[str] = (),
) -> bytes:
    """The feed of documents in one language.

    page_of  the address of the page that shows a document's figures, by the document's id
    places   P-codes: only what is said of these and of what lies in them; empty for everywhere
    """
    within, where = changes.within(places), " ".join(sorted(places))
    rows = queries.releases(reader, ENTRIES, places=within)
    documents = rows["document_id"].tolist()
    counts = queries.counts_of(reader, documents, within).groupby("document_id")
    grave = queries.gravest(reader, documents, within).set_index("document_id").to_dict("index")
    title = _of(words._("Impact: newest reports and tables"), places, words)
    latest = rows["latest"].max() if len(rows) else _NEVER
    root = _root(title, latest, words, where, feed_url=feed_url, home=home)
    for row in rows.to_dict("records"):
        document = row["document_id"]
        told = summary(row, counts.get_group(document), grave.get(document), words)
        _entry(root, row, told, page_of(document), words, where)
    return _written(root)


def corrected(
    reader: Reader,
    words: Words,
    *,
    feed_url: str,
    page_of: Callable[[str], str],
    home: str,
    places: Collection[str] = (),
) -> bytes:
    """The feed of corrections in one language: what was changed, from what to what, by whom, why.

    page_of  the address of the page that tells what has become of a figure, by its id
    """
    found = changes.corrected(reader, places)[:ENTRIES]
    title = _of(words._("Impact: corrections"), places, words)
    latest = found[0].at if found else _NEVER
    root = _root(title, latest, words, _CORRECTIONS, feed_url=feed_url, home=home)
    for change in found:
        log = change.about if change.log is None else change.log
        entry = xml.SubElement(root, "entry")
        named = f"{_CORRECTIONS} {log['number']} {log['figure_id']} {words.language}"
        _text(entry, "id", uuid.uuid5(_OURS, named).urn)
        kind = words._(changes.KINDS[change.kind])
        _text(
            entry,
            "title",
            f"{kind[:1].upper()}{kind[1:]}: {change_captions.sentence(change, words)}",
        )
        _text(entry, "updated", _time(change.at))
        _text(xml.SubElement(entry, "author"), "name", log["who"] or words._("nobody named"))
        page = page_of(log["figure_id"])
        xml.SubElement(entry, "link", {"rel": "alternate", "href": page, "type": "text/html"})
        _text(entry, "summary", words._("By {who}: {reason}", who=log["who"], reason=log["reason"]))
    return _written(root)


def _of(title: str, places: Collection[str], words: Words) -> str:
    """A feed's title with the places that it is about."""
    names = ", ".join(PLACES[pcode].name(words.language) for pcode in places)
    return f"{title}: {names}" if names else title


def _root(
    title: str, latest: datetime, words: Words, named: str, *, feed_url: str, home: str
) -> xml.Element:
    """A feed without entries; `named` tells it from the others of its language."""
    root = xml.Element("feed", {"xmlns": ATOM, "xml:lang": words.language})
    _text(root, "id", uuid.uuid5(_OURS, f"{words.language} {named}".strip()).urn)
    _text(root, "title", title)
    _text(root, "updated", _time(latest))
    _text(xml.SubElement(root, "author"), "name", words._("Impact dashboard"))
    xml.SubElement(root, "link", {"rel": "self", "href": feed_url, "type": "application/atom+xml"})
    xml.SubElement(root, "link", {"rel": "alternate", "href": home, "type": "text/html"})
    return root


def _written(root: xml.Element) -> bytes:
    xml.indent(root, " ")
    return xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def summary(row: dict, counts: pd.DataFrame, gravest: dict | None, words: Words) -> str:
    """What a document gave: how many figures of what and when, and the gravest with its speaker."""
    kinds = [
        f"{INDICATORS[each['indicator']].title[words.language]} {words.number(each['figures'])}"
        for each in records(counts)
    ]
    more = len(kinds) - _NAMED
    named = ", ".join([*kinds[:_NAMED], *(["…"] if more > 0 else [])])
    count = words.plural("{count} figure", "{count} figures", row["figures"])
    days = words.period(row["first_day"].date(), row["last_day"].date())
    told = words._("{count}, {days}: {kinds}.", count=count, days=days, kinds=named)
    if gravest is None:
        return told
    return f"{told} " + words._(
        "Gravest: {what}, {place}, {day}: {amount} ({who}).",
        what=captions.what(gravest, words),
        place=PLACES[gravest["place"]].name(words.language),
        day=words.stated(gravest["date"]),
        amount=vocabulary.amount(gravest, words),
        who=captions.via(gravest, words),
    )


def title(row: dict, words: Words) -> str:
    """What a document is called: its own title, else who printed it or when it came."""
    own, received_at = row["title"], row["received_at"]
    return words._(own) or words._("Report received on {time}", time=words.time(received_at))


def titles(rows: pd.DataFrame, words: Words) -> dict[str, str]:
    """Title by document id; of several alike each says a piece of its id."""
    known = {row["document_id"]: title(row, words) for row in rows.to_dict("records")}
    often = Counter(known.values())
    return {
        document: name if often[name] == 1 else f"{name} · {document[:8]}"
        for document, name in known.items()
    }


def _entry(root: xml.Element, row: dict, told: str, page: str, words: Words, where: str) -> None:
    entry = xml.SubElement(root, "entry")
    _text(
        entry, "id", uuid.uuid5(_OURS, f"{row['document_id']} {words.language} {where}".strip()).urn
    )
    _text(entry, "title", title(row, words))
    _text(entry, "updated", _time(row["latest"]))
    publisher = row["publisher"] or PUBLISHER_UNKNOWN
    _text(xml.SubElement(entry, "author"), "name", words._(publisher))
    xml.SubElement(entry, "link", {"rel": "alternate", "href": page, "type": "text/html"})
    _text(entry, "summary", told)


PUBLISHER_UNKNOWN = N_("publisher not named")


def _text(parent: xml.Element, name: str, text: str) -> None:
    """A child with a text; characters that XML does not have become U+FFFD."""
    xml.SubElement(parent, name).text = _NOT_XML.sub("\ufffd", text)


def _time(time: datetime) -> str:
    return f"{time.isoformat()}Z"
