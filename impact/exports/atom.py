"""The feed: documents from which figures are published, the newest first, as Atom (RFC 4287).

Reports and loaded tables stand in one order, so that a store without reports has a feed too and
no entry vanishes when the first report comes.
"""

import re
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from xml.etree import ElementTree as xml

import pandas as pd

from impact import queries
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import records
from impact.store.reader import Reader
from impact.wording import captions

ENTRIES = 50
ATOM = "http://www.w3.org/2005/Atom"
# Names an entry for ever, whatever the server is called.
_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "impact dashboard feed")
_NEVER = datetime(1970, 1, 1)
# Kinds of figures that a summary names.
_NAMED = 4
_NOT_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    reader: Reader, words: Words, *, feed_url: str, page_of: Callable[[str], str], home: str
) -> bytes:
    """The feed in one language.

    page_of  the address of the page that shows a document's figures, by the document's id
    """
    rows = queries.releases(reader, ENTRIES)
    documents = rows["document_id"].tolist()
    counts = queries.counts_of(reader, documents).groupby("document_id")
    grave = queries.gravest(reader, documents).set_index("document_id").to_dict("index")
    root = xml.Element("feed", {"xmlns": ATOM, "xml:lang": words.language})
    _text(root, "id", uuid.uuid5(_OURS, words.language).urn)
    _text(root, "title", words._("Impact: newest reports and tables"))
    _text(root, "updated", _time(rows["latest"].max() if len(rows) else _NEVER))
    _text(xml.SubElement(root, "author"), "name", words._("Impact dashboard"))
    xml.SubElement(root, "link", {"rel": "self", "href": feed_url, "type": "application/atom+xml"})
    xml.SubElement(root, "link", {"rel": "alternate", "href": home, "type": "text/html"})
    for row in rows.to_dict("records"):
        document = row["document_id"]
        told = summary(row, counts.get_group(document), grave.get(document), words)
        _entry(root, row, told, page_of(document), words)
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


def _entry(root: xml.Element, row: dict, told: str, page: str, words: Words) -> None:
    entry = xml.SubElement(root, "entry")
    _text(entry, "id", uuid.uuid5(_OURS, f"{row['document_id']} {words.language}").urn)
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
