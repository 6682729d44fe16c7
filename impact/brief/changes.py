"""What changed since the brief before: each number against the one of the period before.

Compared is what was reported, like with like: the same unit and the same status. Whether more was
reported or more happened nobody can tell from the numbers, and the brief says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from impact.model.language import N_
from impact.model.places import Place, inside
from impact.model.rows import Row
from impact.queries import corrections, summary
from impact.queries.summary import Card
from impact.store.reader import Reader

NEW, HIGHER, LOWER, SAME, OTHERWISE, SILENT = (
    *("new", "higher", "lower", "same", "otherwise", "silent"),
)
CORRECTED = "corrected"
KINDS = {
    NEW: N_("new"),
    HIGHER: N_("higher"),
    LOWER: N_("lower"),
    SAME: N_("the same"),
    OTHERWISE: N_("counted otherwise"),
    SILENT: N_("no report now"),
}
# What a reader looks for first.
_ORDER = (HIGHER, NEW, LOWER, OTHERWISE, SILENT, SAME)


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one indicator, or of one published figure.

    kind        of KINDS, or CORRECTED
    now, before the cards compared; None where there was no report
    correction  the row of the log, of a figure that was corrected or withdrawn
    """

    kind: str
    now: Card | None = None
    before: Card | None = None
    correction: dict | None = None


def since(
    reader: Reader,
    area: Place,
    cards: Sequence[Card],
    before: tuple[date, date],
    period: tuple[date, date],
) -> list[Change]:
    """Corrections of what either brief says, then the numbers that moved, the gravest first."""
    moved = [change for card in cards if (change := _moved(reader, area, card, before))]
    moved.sort(key=lambda change: _ORDER.index(change.kind))
    return [*_corrected(reader, area, before[0], period[1]), *moved]


def _moved(reader: Reader, area: Place, card: Card, before: tuple[date, date]) -> Change | None:
    wide = card.place if card.indicator == "temperature" else area
    then = summary.card(reader, card.indicator, wide, before)
    if then.total is None:
        return Change(NEW, card) if card.total else None
    if card.total is None:
        return Change(SILENT, None, then)
    unit, status = card.total["unit"], card.total["status"]
    alike = summary.card(reader, card.indicator, wide, before, unit=unit, status=status)
    if alike.total is None:
        return Change(OTHERWISE, card, then)
    return Change(_kind(card.total, alike.total), card, alike)


def _kind(now: Row, then: Row) -> str:
    """By the numbers as stated; of ranges by both ends."""
    now_ends, then_ends = _ends(now), _ends(then)
    if now_ends == then_ends:
        return SAME
    return HIGHER if now_ends > then_ends else LOWER


def _ends(total: Row) -> tuple[float, float]:
    high = total["value_high"]
    return total["value"], total["value"] if high is None or pd.isna(high) else high


def _corrected(reader: Reader, area: Place, first: date, last: date) -> list[Change]:
    """Figures of the area and of both periods that were public and are no longer what they were."""
    log = corrections.log(reader)
    here = {area.pcode, *(each.pcode for each in inside(area))}
    days = (first.isoformat(), last.isoformat())
    rows = log[log["place"].isin(here) & log["date"].between(*days)]
    return [Change(CORRECTED, correction=row) for row in rows.to_dict("records")]
