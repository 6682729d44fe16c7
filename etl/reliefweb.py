"""Reports of ReliefWeb, from a reply of its API, as files for the inbox.

What     a reply lists reports: title, text, day, who published it, address
How to get it: ask the API for reports with the fields title, body-html, date.original, source.name,
         url_alias and save the reply, or name its address:
    python -m etl bring reply.json
    python -m etl bring 'https://api.reliefweb.int/v2/reports?appname=…&query[value]=…'

Nothing is published by it: each report is read, and a person decides about every figure on the page
Review. ReliefWeb's texts are their publishers'; figures are facts, cited from them.
"""

import html
from dataclasses import dataclass
from typing import Any

from etl.replies import day, json_of, lacking

NO_TEXT = "it has no text; bring its file from {url}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as a file.

    name                       of the file: ReliefWeb and its number
    content                    its bytes, HTML in UTF-8
    published, publisher, url  as the API says; "" where it does not
    unfit                      why it cannot be brought; "" if it can
    """

    name: str
    content: bytes
    published: str
    publisher: str
    url: str
    unfit: str = ""


def reports(payload: bytes) -> list[Report]:
    """Every report of a reply. Raises ValueError with a sentence if it is none of the API's."""
    reply = json_of(payload)
    if not isinstance(reply, dict) or not isinstance(reply.get("data"), list):
        raise lacking("the reply", "data")
    return [_report(item) for item in reply["data"]]


def _report(item: Any) -> Report:
    if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
        raise lacking("a report", "fields")
    fields = item["fields"]
    if "title" not in fields:
        raise lacking("a report", "title")
    url = str(fields.get("url_alias") or fields.get("url") or item.get("href") or "")
    text = fields.get("body-html") or _paragraphs(str(fields.get("body") or ""))
    return Report(
        name=f"ReliefWeb {item.get('id', '')}.html",
        content=_page(str(fields["title"]), text).encode(),
        published=_day((fields.get("date") or {}).get("original")),
        publisher=", ".join(each["name"] for each in fields.get("source") or () if "name" in each),
        url=url,
        unfit="" if text else NO_TEXT.format(url=url or "its page"),
    )


def _day(told: object) -> str:
    """The ISO day of a time; "" if it is none."""
    try:
        return day(told)
    except ValueError:
        return ""


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(each)}</p>" for each in text.split("\n\n") if each.strip())


def _page(title: str, body: str) -> str:
    told = html.escape(title)
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{told}</title></head>'
        f"<body><h1>{told}</h1>{body}</body></html>\n"
    )
