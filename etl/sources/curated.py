"""Figures of four winters from public pages, collected by hand. Each row is one claim.

Each claim stands as its page stated it, also if other claims contradict it. data/figures/ has one
file a winter; its README.md describes the columns. The tables are not changed. Where we understand
a field in another way than they do (the day of an event, the hour in a note, a forecast, a part of
a whole), amendments.csv has one line for the field, with a reason.
"""

import codecs
from collections.abc import Iterable
from typing import Any

from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

FOLDER = DATA / "figures"
AMENDMENTS = FOLDER / "amendments.csv"
# The folder is the list of the tables.
TABLES = tuple(path for path in sorted(FOLDER.glob("*.csv")) if path != AMENDMENTS)

SOURCE = Source(
    title=N_("Sourced figures, October 2022 – March 2026"),
    publisher=N_("the pages named in each row"),
    url="",
    licence=N_("facts cited from the pages named; the compilation Apache-2.0"),
    files=(*TABLES, AMENDMENTS),
)

# Column of the table -> field of Figure. _figure reads numbers and flags.
COLUMNS = {
    "date": "date",
    "indicator": "indicator",
    "bound": "bound",
    "unit": "unit",
    "group": "people",
    "status": "status",
    "attributed_to": "attributed_to",
    "publisher": "publisher",
    "published": "published",
    "url": "url",
    "note": "note",
    "report_language": "language",
}
# Group of people in the table -> our name for it.
PEOPLE = {"healthcare workers": "medics", "health workers": "medics"}

# Fields that an amendment may set.
AMENDABLE = {"as_of", "moment", "cause", "period", "part", "place", *COLUMNS}
# Fields of an amendment that stand for something else in a figure, see _figure.
MARKS = {"sequence", "doubt", "scope", "verification"}
CHANGE_COLUMNS = ["id", "field", "value", "reason"]
WITHOUT_CAUSE = {"temperature", "displaced"}


def parse(*payloads: bytes) -> Parsed:
    """One figure for each row of the tables, with its amendments. Other rows are refused.

    A payload with the columns of amendments.csv has amendments; every other one is a table.
    Raises ValueError if a payload is no table or lacks a column, and if an amendment is wrong.
    """
    parsed, seen = Parsed(), set[str]()
    amendments = [payload for payload in payloads if _amends(payload)]
    changes = _changes(amendments)
    for table in payloads:
        if table not in amendments:
            _read(table, changes, parsed, seen)
    if unknown := changes.keys() - seen:
        raise ValueError(f"amendments.csv speaks of rows that the table lacks: {sorted(unknown)}")
    return parsed


def _amends(payload: bytes) -> bool:
    """Whether the payload has the columns of amendments.csv."""
    head = payload.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0].strip()
    return head == ",".join(CHANGE_COLUMNS).encode()


def _read(table: bytes, changes: dict[str, dict[str, str]], parsed: Parsed, seen: set[str]) -> None:
    """Adds the rows of one table; `seen` has the ids of all tables so far."""
    for row_id, row in parsed.records(table, ["id", "place", "value", "value_high", *COLUMNS]):
        try:
            if row_id in seen:
                raise ValueError("a second row with the same id, in this table or another")
            seen.add(row_id)
            parsed.figures.append(_figure(row, changes.get(row_id, {})))
        except (ValueError, UnknownPlace) as error:
            parsed.refuse(row_id, error, row)


def _changes(amendments: Iterable[bytes]) -> dict[str, dict[str, str]]:
    """Row id -> field -> value. Raises ValueError for another field, or if a reason is missing."""
    changes: dict[str, dict[str, str]] = {}
    for payload in amendments:
        for row_id, line in Parsed().records(payload, CHANGE_COLUMNS):
            if line["field"] not in AMENDABLE | MARKS or not line["reason"]:
                raise ValueError(f"amendments.csv, {row_id}: {line['field']} cannot be amended")
            changes.setdefault(row_id, {})[line["field"]] = line["value"]
    return changes


def _figure(row: dict[str, str], change: dict[str, str]) -> Figure:
    fields: dict[str, Any] = {ours: row[theirs] for theirs, ours in COLUMNS.items()}
    fields |= {name: value for name, value in change.items() if name in AMENDABLE - {"group"}}
    if "group" in change:
        fields["people"] = change["group"]
    place = find(fields.get("place") or row["place"])
    speaker = speakers.identify(fields["attributed_to"], place.pcode)
    default_cause = "" if row["indicator"] in WITHOUT_CAUSE else "strike"
    return Figure(
        **fields
        | {
            "value": float(row["value"]),
            "value_high": float(row["value_high"]) if row["value_high"] else None,
            "people": PEOPLE.get(fields["people"], fields["people"]),
            "place": place.pcode,
            "moment": change.get("moment") or change.get("sequence", ""),
            "cause": fields.get("cause", default_cause),
            "verification": change.get("verification")
            or speakers.verification(row["indicator"], speaker.role),
            "recalled": change.get("scope") == "elsewhere",
            "dubious": change.get("doubt") == "dubious",
            "position": row["id"],
            "source": "curated",
            "source_key": row["id"],
        }
    )
