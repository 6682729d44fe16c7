"""datapackage.json: what a CSV of figures is, for programs that read Frictionless Data packages.

It says which columns there are, of what type and meaning, and where the figures come from under
which licence. The form is that of https://specs.frictionlessdata.io/ (tabular data package, 1.0).
"""

import hashlib
import json
import re
from typing import Any

import pandas as pd

from impact.exports import tables
from impact.exports.zipped import zipped
from impact.model import links
from impact.model.language import Words

NAME = "datapackage.json"
# Kind of a column of the export -> type and format of a field.
_TYPES: dict[str, dict[str, str]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "day": {"type": "date"},
    "time": {"type": "datetime"},
}


def descriptor(
    exported: pd.DataFrame, written: bytes, path: str, title: str, words: Words
) -> bytes:
    """The text of datapackage.json beside a CSV.

    exported  figures with at least the export's columns document, licence, publisher and url
    written   the CSV, without HXL tags
    path      its name, as it lies beside datapackage.json
    title     what the figures are, in the reader's language
    """
    stem = path.rpartition(".")[0]
    told = {
        "profile": "tabular-data-package",
        "name": _slug(stem),
        "title": title,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": _slug(stem),
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(written),
                "hash": f"sha256:{hashlib.sha256(written).hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
                "schema": _schema(words),
                "sources": _sources(exported),
            }
        ],
        "licenses": _licences(exported, words),
    }
    # A package without licences or sources says nothing of them rather than an empty list.
    if not told["licenses"]:
        del told["licenses"]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def pack(exported: pd.DataFrame, title: str, words: Words) -> bytes:
    """A ZIP of figures.csv and its datapackage.json."""
    written = tables.to_csv(exported, words)
    about = descriptor(exported, written, "figures.csv", title, words)
    return zipped("figures", {"figures.csv": written, NAME: about})


def _schema(words: Words) -> dict[str, Any]:
    return {
        "fields": [_field(each, words) for each in tables.COLUMNS],
        "primaryKey": tables.KEY,
        "missingValues": [""],
    }


def _field(column: tables.Column, words: Words) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, **_TYPES[column.kind]}
    field["description"] = words._(column.meaning)
    if column.name in tables.REQUIRED:
        field["constraints"] = {"required": True} | (
            {"unique": True} if column.name == tables.KEY else {}
        )
    if column.hxl:
        field["hxl"] = column.hxl  # a property of our own, as the form allows
    return field


def _sources(exported: pd.DataFrame) -> list[dict[str, str]]:
    """The pages that the figures were read on, each once."""
    pages = exported[["publisher", "url"]].drop_duplicates().sort_values(["publisher", "url"])
    return [
        {"title": publisher or url} | ({"path": url} if links.web(url) else {})
        for publisher, url in pages.itertuples(index=False)
        if publisher or url
    ]


def _licences(exported: pd.DataFrame, words: Words) -> list[dict[str, str]]:
    """The licences of the tables and reports, in words; none of them has one name for all."""
    named = sorted(set(exported["licence"].dropna()) - {""})
    return [{"name": "other", "title": words._(licence)} for licence in named]


def _slug(text: str) -> str:
    """A name as the form asks for: small letters, digits, dots, dashes and underscores."""
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-") or "figures"
