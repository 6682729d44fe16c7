"""Days told: the tolls of reports whose day the report's own words give as a date, or a person.

The day of every other toll was taken from the report's day of publication, from a word such as
"overnight", or from a sentence before: right four times in five.
"""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from impact.store import inbox
from impact.store.faults import ReadingDamaged
from impact.store.ledger import Ledger

_DATED = re.compile(r"\d")


def of_reading(reading: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the figures of a reading (inbox.reading) beside which a date stands in the text."""
    trails = reading.get("trails", {})  # the first readings kept none
    spans = {each: trail["date"] for each, trail in trails.items() if "date" in trail}
    return frozenset(
        each for each, (start, end) in spans.items() if _DATED.search(reading["text"][start:end])
    )


def of_store(
    ledger: Ledger, figures: pd.DataFrame, written: pd.DataFrame, indicators: Collection[str]
) -> frozenset[str]:
    """Ids of a store's accepted figures of some indicators whose day is told so.

    written  figures that persons wrote, as State.written. A correction by which a person moved the
             day tells it; any other leaves it as told as it was.
    """
    some = figures[figures["indicator"].isin(indicators) & (figures["source"] == inbox.SOURCE)]
    told = {each for document in some["document_id"].unique() for each in _of(ledger, document)}
    moved = _moved(written)
    return frozenset(each for each in some["figure_id"] if _is_told(each, told, moved))


def _is_told(figure_id: str, told: Collection[str], moved: Mapping[str, tuple[str, bool]]) -> bool:
    while figure_id not in told and figure_id in moved:
        figure_id, day_moved = moved[figure_id]
        if day_moved:
            return True
    return figure_id in told


def _moved(written: pd.DataFrame) -> dict[str, tuple[str, bool]]:
    """Figure -> the one that it corrects, and whether a person moved the day."""
    corrected = written[written["replaces"].notna()]
    pairs = zip(corrected["replaces"], corrected["day_changed"], strict=True)
    return dict(zip(corrected["figure_id"], pairs, strict=True))


def _of(ledger: Ledger, document: str) -> frozenset[str]:
    try:
        written = inbox.reading_path(ledger, document).stat().st_mtime_ns
        return _kept(ledger.folder, document, written)
    except (OSError, ReadingDamaged):
        return frozenset()  # damaged or missing, which `check` tells: then no day is told


@lru_cache(maxsize=10_000)
def _kept(folder: Path, document: str, _written: int) -> frozenset[str]:
    return of_reading(inbox.reading(Ledger(folder), document))
