"""The readings by which the shipped tables were amended: what a row says, how it is read, and why.

They are the project's own corrections before anything was published; whoever asks for corrections
finds them there, too.
"""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pandas as pd

from impact.model import copies, fields
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.store.reader import Reader

FOLDER = Path(__file__).parents[2] / "data" / "figures"
AMENDMENTS = FOLDER / "amendments.csv"
# The source whose rows they amend, as figures name it.
SOURCE = "curated"
# In which the reasons are written.
LANGUAGE = "en"


def readings(reader: Reader) -> pd.DataFrame:
    """Every amended field of a row that is published, the newest days first: source_key, field,
    printed (what the row has, empty where it has no such column), value, reason, and indicator,
    place, day, figure_id and url of its figure."""
    amended = _amendments()
    rows = reader.query(
        """SELECT source_key, figure_id, indicator, place, "date", url FROM figures
           WHERE source = $1 AND source_key IN (SELECT unnest($2::VARCHAR[]))""",
        [SOURCE, sorted(set(amended["source_key"]))],
    )
    return (
        amended.merge(rows, on="source_key")
        .sort_values(["date", "source_key", "field"], ascending=[False, True, True])
        .reset_index(drop=True)
    )


def table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The same as people read it. Reasons are in English, as whoever compiled the table wrote
    them."""
    told = records(rows)
    return pd.DataFrame(
        {
            words._("Date"): [words.stated(row["date"]) for row in told],
            words._("Place"): [PLACES[row["place"]].name(words.language) for row in told],
            words._("Indicator"): [
                INDICATORS[row["indicator"]].title[words.language] for row in told
            ],
            words._("Field"): [fields.name(row["field"], words) for row in told],
            words._("In the table"): [_shown(row, "printed", words) for row in told],
            words._("Read as"): [_shown(row, "value", words) for row in told],
            words._("Why"): rows["reason"],
            words._("Page"): rows["url"],
            words._("Id"): rows["figure_id"],
        }
    )


def _shown(row: Row, column: str, words: Words) -> str:
    return fields.shown(row["field"], row[column], words)


@cache
def _amendments() -> pd.DataFrame:
    """The lines of amendments.csv with what the amended rows print. Read it only."""
    printed = {row["id"]: row for row in _rows()}
    with AMENDMENTS.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    amendments = pd.DataFrame(
        {
            "source_key": [line["id"] for line in lines],
            "field": [line["field"] for line in lines],
            "printed": [printed.get(line["id"], {}).get(line["field"], "") for line in lines],
            "value": [line["value"] for line in lines],
            "reason": [line["reason"] for line in lines],
        }
    )
    return copies.watched(amendments)


def _rows() -> Iterator[dict[str, str]]:
    """The rows of all shipped tables."""
    for path in sorted(FOLDER.glob("*.csv")):
        if path != AMENDMENTS:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from csv.DictReader(file)
