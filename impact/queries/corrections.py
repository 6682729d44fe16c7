"""The public log of corrections: what was published and then changed or disputed, by whom, why."""

import json
from collections.abc import Sequence

import pandas as pd

from impact.model import fields, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.store.reader import Reader

WHAT = {
    "corrected": N_("corrected"),
    "withdrawn": N_("withdrawn"),
    "reopened": N_("taken back for review"),
    "disputed": N_("disputed"),
    "settled": N_("dispute ended"),
}


# What may wait for a second person.
CORRECTION, ANSWER = N_("correction"), N_("answer to a doubt")


def log(reader: Reader) -> pd.DataFrame:
    """Every correction of a published figure, the newest first."""
    return reader.query("FROM corrections ORDER BY number DESC")


def table(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The log as people read it; times are Kyiv's."""
    told = records(rows)
    return pd.DataFrame(
        _about(told, [WHAT[row["what"]] for row in told], words)
        | {
            words._("Was"): [_number(row["was"], words) for row in told],
            words._("Is"): [_number(row["now"], words) for row in told],
            words._("Unit"): [_unit(row["unit"], words) for row in told],
            words._("Also changed"): [_changed(row["detail"], words) for row in told],
            words._("By"): rows["who"],
            words._("Why"): rows["reason"],
            words._("Page"): rows["url"],
        }
    )


def waiting(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """What waits for a second person (decisions.waiting), as people read it; times are Kyiv's."""
    told = records(rows)
    return pd.DataFrame(
        _about(told, [ANSWER if row["rule"] else CORRECTION for row in told], words)
        | {
            words._("Is"): [_number(row["was"], words) for row in told],
            words._("Proposed"): [_number(row["now"], words) for row in told],
            words._("Unit"): [_unit(row["unit"], words) for row in told],
            words._("By"): rows["who"],
            words._("Why"): rows["reason"],
            words._("Id"): rows["figure_id"],
        }
    )


def _about(told: Sequence[Row], what: Sequence[str], words: Words) -> dict[str, object]:
    """The first columns: when what was decided, and of which figure."""
    return {
        words._("When"): [words.time(row["decided_at"]) for row in told],
        words._("What"): [words._(each) for each in what],
        words._("Indicator"): [INDICATORS[row["indicator"]].title[words.language] for row in told],
        words._("Place"): [PLACES[row["place"]].name(words.language) for row in told],
        words._("Date"): [words.stated(row["date"]) for row in told],
    }


def _number(value: float, words: Words) -> str:
    """A value; empty where a figure is gone or never told a number."""
    return "" if pd.isna(value) else words.number(value)


def _unit(unit: str, words: Words) -> str:
    return words._(vocabulary.UNIT_NAMES[unit]) if unit else ""


def _changed(detail: str, words: Words) -> str:
    """The fields a person altered besides the value: "Place: Kharkiv Oblast → Kharkiv"."""
    changed = json.loads(detail).get("changed", {})
    return "; ".join(
        f"{fields.name(field, words)}: {fields.shown(field, was, words)} → "
        f"{fields.shown(field, now, words)}"
        for field, (was, now) in changed.items()
        if field != "value"
    )
