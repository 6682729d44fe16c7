"""How far the change of a figure reaches: what the rules may order or doubt anew because of it.

Each rule compares figures that are alike: of one indicator, unit, period and class of cause. Every
key by which a rule groups figures holds these four (CLAIM, and the keys of twins.py, same_event.py
and implausible/). Among those that are alike

- running totals are compared over all days (implausible/fallen_totals.py);
- all others with those of the same date, in every place: rivals, twins, children, and the parts
  of a wider area (implausible/outgrown.py);
- tolls also with those of the day before and the day after (same_event.py).

A doubt changes the order in its claim, which has the doubted figure's date, and the leading claim
may put a wider area's of that date in doubt. Nothing goes further: no rule of doubts looks at
order, but for the last, and that one looks at dates that are equal. So a change on one day alters
figures from the day before to the day after, and these follow from two days before to two after.

Baselines bound figures of every indicator and day in their place. Those whose doubts may change
with a baseline (implausible/above_baseline.py) count as changed themselves.
"""

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from impact.model.figure import CAUSE_CLASSES
from impact.model.indicators import BASELINES, INDICATORS
from impact.rules.headline import classed

# Figures that differ in one of these are never compared.
ALIKE = ("indicator", "unit", "period", "cause")
# The baselines that bound other figures: a norm of temperature bounds none.
BOUNDING = tuple(name for name in BASELINES if INDICATORS[name].units != ("celsius",))
# Of this period, figures of all dates are compared.
RUNNING = "cumulative"
_DAY = len("2026-01-24")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What a change of some figures that are alike may alter, and what that follows from.

    causes   the causes of one class
    altered  dates of the figures that may be ordered or doubted anew; None for every date
    read     dates of the figures from which these follow; None for every date
    """

    indicator: str
    unit: str
    period: str
    causes: tuple[str, ...]
    altered: frozenset[str] | None
    read: frozenset[str] | None


def reaches(changed: pd.DataFrame) -> list[Reach]:
    """How far the change of figures reaches, as they were and as they are."""
    alike = classed(changed).groupby(list(ALIKE), sort=True)["date"]
    return [_reach([str(each) for each in key], dates.unique()) for key, dates in alike]


def _reach(alike: Sequence[str], dates: Iterable[str]) -> Reach:
    indicator, unit, period, cause = alike
    altered = None if period == RUNNING else _with_neighbours(dates)
    return Reach(
        indicator=indicator,
        unit=unit,
        period=period,
        causes=CAUSE_CLASSES[cause],
        altered=altered,
        read=None if altered is None else _with_neighbours(altered),
    )


def _with_neighbours(dates: Iterable[str]) -> frozenset[str]:
    """Dates, and of each that is a day the days beside it."""
    found = set(dates)
    for each in [date.fromisoformat(day) for day in found if len(day) == _DAY]:
        for step in (-1, 1):
            with contextlib.suppress(OverflowError):  # the first and the last day there is
                found.add((each + timedelta(days=step)).isoformat())
    return frozenset(found)
