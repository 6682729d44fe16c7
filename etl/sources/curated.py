"""Figures of four winters from public pages, collected by hand. Each row is one claim.

Each claim stands as its page stated it, also if other claims contradict it. data/figures/ has one
file a winter; its README.md describes the columns. The tables are not changed. Where we understand
a field in another way than they do (the day of an event, the hour in a note, a forecast, a part of
a whole), amendments.csv has one line for the field, with a reason.
"""

import codecs
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.csv_rows import Rows
from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.distinct import Distinct, Mask, together
from impact.model.figure import Figure
from impact.model.figures import OWN, sound
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
    parsed, seen = Parsed(), list[Any]()
    amendments = [payload for payload in payloads if _amends(payload)]
    changes = _changes(amendments)
    for table in payloads:
        if table not in amendments:
            _read(table, changes, parsed, seen)
    known = {
        row_id for ids in seen for row_id in ids.filter(_among(ids, list(changes))).to_pylist()
    }
    if unknown := changes.keys() - known:
        raise ValueError(f"amendments.csv speaks of rows that the table lacks: {sorted(unknown)}")
    return parsed


def _amends(payload: bytes) -> bool:
    """Whether the payload has the columns of amendments.csv."""
    head = payload.removeprefix(codecs.BOM_UTF8).partition(b"\n")[0].strip()
    return head == ",".join(CHANGE_COLUMNS).encode()


def _read(
    table: bytes, changes: dict[str, dict[str, str]], parsed: Parsed, seen: list[Any]
) -> None:
    """Adds the rows of one table; `seen` has the ids of each table so far.

    Rows are checked as columns. Those that are no figures, stand twice or are amended are taken one
    by one, which tells the reason.
    """
    rows = parsed.columns(table, ["id", "place", "value", "value_high", *COLUMNS], OWN)
    fields, second = _fields(rows), _second(rows.positions, seen)
    seen.append(rows.positions)
    whole = sound(fields) & ~second & ~_among(rows.positions, list(changes))
    others: dict[int, Figure] = {}
    for number, row_id, row in parsed.one_by_one(rows, ~whole):
        try:
            if second[number]:
                raise ValueError("a second row with the same id, in this table or another")
            others[number] = _figure(row, changes.get(row_id, {}))
        except (ValueError, UnknownPlace) as error:
            parsed.refuse(row_id, error, row)
    parsed.figures.add(fields, whole, others)


def _among(ids: Any, others: Any) -> Mask:
    """Which ids are among others."""
    if not isinstance(others, pa.Array | pa.ChunkedArray):
        others = pa.array(others, pa.string())
    found: Mask = pc.is_in(ids, others).to_numpy(zero_copy_only=False)
    return found


def _second(ids: Any, seen: Sequence[Any]) -> Mask:
    """Which rows have the id of a row before them, in this table or another."""
    second = np.zeros(len(ids), bool)
    if len(pc.unique(ids)) < len(ids):
        second[:] = True
        second[np.unique(Distinct.of(ids).numbers, return_index=True)[1]] = False
    for others in seen:
        second |= _among(ids, others)
    return second


def _changes(amendments: Iterable[bytes]) -> dict[str, dict[str, str]]:
    """Row id -> field -> value. Raises ValueError for another field, or if a reason is missing."""
    changes: dict[str, dict[str, str]] = {}
    for payload in amendments:
        for row_id, line in Parsed().records(payload, CHANGE_COLUMNS):
            if line["field"] not in AMENDABLE | MARKS or not line["reason"]:
                raise ValueError(f"amendments.csv, {row_id}: {line['field']} cannot be amended")
            changes.setdefault(row_id, {})[line["field"]] = line["value"]
    return changes


def _fields(rows: Rows) -> dict[str, Any]:
    """The fields of rows without amendments, as `_figure` takes them from one row. What cannot be
    read is no number and no place: its row is not sound."""
    cells = {ours: rows.distinct(theirs) for theirs, ours in COLUMNS.items() if ours not in OWN}
    place = rows.distinct("place").map(_pcode)
    return cells | {
        "value": rows.distinct("value").map(_number),
        "value_high": rows.distinct("value_high").map(lambda told: _number(told) if told else None),
        "people": cells["people"].map(lambda group: PEOPLE.get(group, group)),
        "place": place,
        "cause": cells["indicator"].map(_cause),
        "verification": together(
            [cells["indicator"], cells["attributed_to"], place], _verification
        ),
        "url": rows.table["url"],
        "note": rows.table["note"],
        "position": rows.table["id"],
        "source": Distinct.always("curated", len(rows)),
        "source_key": rows.table["id"],
    }


def _number(told: str) -> float:
    try:
        return float(told)
    except ValueError:
        return math.nan


def _pcode(told: str) -> str:
    try:
        return find(told).pcode
    except UnknownPlace:
        return ""


def _cause(indicator: str) -> str:
    return "" if indicator in WITHOUT_CAUSE else "strike"


def _verification(indicator: str, attributed_to: str, place: str) -> str:
    role = speakers.identify(attributed_to, place).role if place else ""
    return speakers.verification(indicator, role)


def _figure(row: dict[str, str], change: dict[str, str]) -> Figure:
    fields: dict[str, Any] = {ours: row[theirs] for theirs, ours in COLUMNS.items()}
    fields |= {name: value for name, value in change.items() if name in AMENDABLE - {"group"}}
    if "group" in change:
        fields["people"] = change["group"]
    place = find(fields.get("place") or row["place"])
    return Figure(
        **fields
        | {
            "value": float(row["value"]),
            "value_high": float(row["value_high"]) if row["value_high"] else None,
            "people": PEOPLE.get(fields["people"], fields["people"]),
            "place": place.pcode,
            "moment": change.get("moment") or change.get("sequence", ""),
            "cause": fields.get("cause", _cause(row["indicator"])),
            "verification": change.get("verification")
            or _verification(row["indicator"], fields["attributed_to"], place.pcode),
            "recalled": change.get("scope") == "elsewhere",
            "dubious": change.get("doubt") == "dubious",
            "position": row["id"],
            "source": "curated",
            "source_key": row["id"],
        }
    )
