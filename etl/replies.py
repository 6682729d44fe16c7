"""What sources answer: JSON that is whole, or a sentence that says what came instead of it."""

import json
from datetime import date, datetime
from typing import Any

EMPTY = "the reply is empty"
PAGE = "this is a web page and no data: the address may have moved, or it asks to sign in"
BROKEN = "the reply breaks off or is no JSON"
BREAKS_OFF = "the file breaks off in its last row"


def require_data(payload: bytes) -> None:
    """Raises ValueError with a sentence if a payload is empty or a web page."""
    begin = payload.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not begin:
        raise ValueError(EMPTY)
    if begin.startswith((b"<!doctype", b"<html", b"<head", b"<body")):
        raise ValueError(PAGE)


def json_of(payload: bytes) -> Any:
    """What a payload of JSON in UTF-8 holds. Raises ValueError with a sentence if it holds none."""
    require_data(payload)
    try:
        return json.loads(payload.decode("utf-8-sig"))
    except ValueError:
        raise ValueError(BROKEN) from None


def lacking(what: str, column: str) -> ValueError:
    """The error of a reply in whose `what` a column is missing that every reply had."""
    return ValueError(f"{what} has no “{column}” any more: the source has changed its form")


def day(cell: object) -> str:
    """An ISO day of a cell that is a date or begins with one. Raises ValueError for others."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return date.fromisoformat(str(cell)[:10]).isoformat()
