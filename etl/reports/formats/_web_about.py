"""Title, day of publication, publisher and address of a web page, as the page states them."""

import json
from itertools import chain

from etl.reports.formats._about import likely
from etl.reports.formats._web_lines import text_of
from etl.reports.formats._web_tree import Node

_PUBLISHED = {
    *("article:published_time", "datepublished", "pubdate", "publish-date", "publish_date"),
    *("date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued"),
}


def about(page: Node) -> dict[str, str]:
    """Title, published, publisher and url, as the page states them; "" where it does not."""
    metas: dict[str, str] = {}
    headings, times, title, canonical = [], [], "", ""
    linked_data: dict[str, str] = {}
    for node in page.walk():
        get = node.attributes.get
        if node.tag == "meta":
            name = (get("property") or get("name") or get("itemprop") or "").lower()
            metas.setdefault(name, get("content", "").strip())
        elif node.tag == "h1":
            headings.append(text_of(node))
        elif node.tag == "time":
            times.append(get("datetime", ""))
        elif node.tag == "title" and not title:
            title = text_of(node)
        elif node.tag == "link" and get("rel") == "canonical":
            canonical = get("href", "")
        elif node.tag == "script" and get("type") == "application/ld+json":
            linked_data = _linked_data("".join(map(str, node.children))) | linked_data
    headings = [each for each in headings if each]
    dates = chain(
        (metas[name] for name in metas if name in _PUBLISHED and name != "date"),
        [linked_data.get("datePublished", ""), metas.get("date", "")],
        times,
    )
    link = canonical or metas.get("og:url", "")
    heading = headings[0] if len(headings) == 1 else ""
    return {
        "title": heading or metas.get("og:title") or linked_data.get("headline") or title,
        "published": likely(dates),
        "publisher": metas.get("og:site_name") or linked_data.get("publisher", ""),
        "url": link if link.startswith(("http://", "https://")) else "",
    }


def _linked_data(text: str) -> dict[str, str]:
    """The headline, datePublished and publisher of an article in JSON-LD (https://schema.org)."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting.append(each.get("@graph"))
            publisher = each.get("publisher")
            name = publisher.get("name") if isinstance(publisher, dict) else publisher
            facts = {"publisher": name, **{k: each.get(k) for k in ("headline", "datePublished")}}
            if facts["datePublished"]:
                found |= {key: value for key, value in facts.items() if isinstance(value, str)}
    return found
