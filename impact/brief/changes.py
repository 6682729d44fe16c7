"""What changed since the brief before: each number against the one of the period before.

Compared is what was reported, like with like: the same unit and the same status. Whether more was
reported or more happened nobody can tell from the numbers, and the brief says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

import pandas as pd

from impact.model.language import N_
from impact.model.places import Place, inside
from impact.model.rows import Row, records
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
class New:
    """A number of the period where there was none in the period before."""

    kind: ClassVar[str] = NEW
    now: Card


@dataclass(frozen=True, slots=True)
class Moved:
    """A number of the period and that of the period before; the kind says how they compare.

    source  the first figure of that before
    """

    kind: str
    now: Card
    before: Card
    source: Row


@dataclass(frozen=True, slots=True)
class Silent:
    """A number of the period before where there is none now, and its first figure."""

    kind: ClassVar[str] = SILENT
    before: Card
    source: Row


@dataclass(frozen=True, slots=True)
class Corrected:
    """A published figure that was corrected or withdrawn: its row of the log."""

    kind: ClassVar[str] = CORRECTED
    row: Row


# What became of one indicator.
Course = New | Moved | Silent
Change = Course | Corrected


def since(
    reader: Reader,
    area: Place,
    cards: Sequence[Card],
    before: tuple[date, date],
    period: tuple[date, date],
) -> list[Change]:
    """Corrections of what either brief says, then the numbers that moved, the gravest first."""
    wide = [card.place if card.indicator == "temperature" else area for card in cards]
    about = [(card.indicator, each) for card, each in zip(cards, wide, strict=True)]
    then = summary.cards(reader, about, before)
    moved = [
        change
        for card, former, each in zip(cards, then, wide, strict=True)
        if (change := _moved(reader, each, card, former, before, period))
    ]
    moved.sort(key=lambda change: _ORDER.index(change.kind))
    return [*_corrected(reader, area, before[0], period[1]), *moved]


def total(card: Card) -> Row:
    """The number of a card, which one made of claims has. Raises ValueError for another."""
    if card.total is None:
        raise ValueError(f"a card of no claim has no number: {card.indicator}")
    return card.total


def _moved(
    reader: Reader,
    wide: Place,
    card: Card,
    then: Card,
    before: tuple[date, date],
    period: tuple[date, date],
) -> Course | None:
    """What became of a card's number since the card of the period before."""
    if then.total is None:
        return New(card) if card.total else None
    if card.total is None:
        return Silent(then, then.behind.leader(reader))
    # Like with like: the worst, else the latest, else whatever else was said now.
    said = (card.worst, card.latest, *card.also)
    for unit, status in dict.fromkeys(
        (each.total["unit"], each.total["status"]) for each in said if each
    ):
        alike = summary.card(reader, card.indicator, wide, before, unit=unit, status=status)
        if alike.total is None:
            continue
        now = summary.card(reader, card.indicator, wide, period, unit=unit, status=status)
        source = alike.behind.leader(reader)
        return Moved(_kind(total(now), alike.total), now, alike, source)
    return Moved(OTHERWISE, card, then, then.behind.leader(reader))


def _kind(now: Row, then: Row) -> str:
    """By the numbers as stated; of ranges by both ends."""
    now_ends, then_ends = _ends(now), _ends(then)
    if now_ends == then_ends:
        return SAME
    return HIGHER if now_ends > then_ends else LOWER


def _ends(number: Row) -> tuple[float, float]:
    high = number["value_high"]
    return number["value"], number["value"] if high is None or pd.isna(high) else high


def _corrected(reader: Reader, area: Place, first: date, last: date) -> list[Corrected]:
    """Figures of the area and of both periods that were public and are no longer what they were."""
    log = corrections.log(reader)
    here = {area.pcode, *(each.pcode for each in inside(area))}
    days = (first.isoformat(), last.isoformat())
    rows = log[log["place"].isin(here) & log["date"].between(*days)]
    return [Corrected(row) for row in records(rows)]
