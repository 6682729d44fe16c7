"""Sourced figures of winter 2025/26, gathered by hand from public pages: one row, one claim.

Every claim as its page stated it, rival claims side by side. data/figures/README.md has the
columns. The table is loaded as it stands; what we read differently than its columns say (the day
of an event, the hour in a note, a forecast, a part of a whole) is in amendments.csv, one reasoned
line for each field, and nowhere else.
"""

from typing import Any

from etl.source import DATA, Parsed, Source
from impact.model import speakers
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.places import UnknownPlace, find

SOURCE = Source(
    title=N_("Sourced figures, October 2025 – March 2026"),
    publisher=N_("the pages named in each row"),
    url="",
    licence=N_("facts cited from the pages named; the compilation Apache-2.0"),
    files=(DATA / "figures" / "curated.csv", DATA / "figures" / "amendments.csv"),
)

# Their column -> our field. Numbers and flags are read apart below.
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
# Their spelling -> ours: three words that the pages use for one group.
PEOPLE = {"healthcare workers": "medics", "health workers": "medics"}

# Fields that an amendment may set besides the columns above.
AMENDABLE = {"as_of", "moment", "cause", "period", "part", "place", *COLUMNS}
WITHOUT_CAUSE = {"temperature", "displaced"}


def parse(table: bytes, amendments: bytes = b"") -> Parsed:
    """Figures of the table, each amended; a row that cannot be one is refused with its reason."""
    parsed, seen = Parsed(), set()
    changes = _changes(amendments)
    for row_id, row in parsed.records(table, ["id", "place", "value", "value_high", *COLUMNS]):
        try:
            if row_id in seen:
                raise ValueError("a second row with the same id")
            seen.add(row_id)
            parsed.figures.append(_figure(row, changes.get(row_id, {})))
        except (ValueError, UnknownPlace) as error:
            parsed.refuse(row_id, error, row)
    if unknown := changes.keys() - seen:
        raise ValueError(f"amendments.csv speaks of rows that the table lacks: {sorted(unknown)}")
    return parsed


def _changes(amendments: bytes) -> dict[str, dict[str, str]]:
    """Row id -> field -> value. An amendment without a reason, or of another field, is an error."""
    changes: dict[str, dict[str, str]] = {}
    if not amendments:
        return changes
    for row_id, line in Parsed().records(amendments, ["id", "field", "value", "reason"]):
        if line["field"] not in {*AMENDABLE, "sequence", "doubt", "scope"} or not line["reason"]:
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
            "verification": speakers.verification(row["indicator"], speaker.role),
            "recalled": change.get("scope") == "elsewhere",
            "dubious": change.get("doubt") == "dubious",
            "position": row["id"],
            "source": "curated",
            "source_key": row["id"],
        }
    )
