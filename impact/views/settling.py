"""What a view leaves open, filled in from a snapshot: place, days, unit."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

import pandas as pd

from impact import queries
from impact.model import dates
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES, inside
from impact.store.reader import Reader

# What readers mean when they name no place: a city for an outage, the country for a toll.
_USUAL = {"stock": "UA80", "flow": "UA"}


def settled(view, reader: Reader):
    """The view with places, first and last day and unit."""
    pcodes = view.places or (_place(view, reader),)
    within = [each for pcode in pcodes for each in area(pcode, view.indicator)]
    return spanned(replace(view, places=pcodes), reader, within)


def spanned(view, reader: Reader, within: Collection[str]):
    """The view with first and last day and unit, by what is said of the places `within`."""
    first, last = (view.first, view.last) if view.first else _days(view, reader, within)
    units = _units(view, reader, within, first, last)
    return replace(
        view,
        first=first,
        last=last,
        unit=view.unit or usual_unit(view, units),
    )


def usual_unit(view, units: Sequence[str]) -> str:
    """The first of the units that are used; the indicator's first where none is."""
    return next(iter(units), INDICATORS[view.indicator].units[0])


def area(pcode: str, indicator: str) -> list[str]:
    """The places whose claims count for a place: of a flow those of its parts too."""
    if not INDICATORS[indicator].adds_up_over_days:
        return [pcode]
    return [pcode, *(each.pcode for each in inside(PLACES[pcode]))]


def leads(view, reader: Reader, within: Collection[str] | None = None) -> pd.DataFrame:
    """The leading claims that a view is about, at its places or those named: wholes, in its unit
    and, if it has one, its status."""
    if within is None:
        within = [each for pcode in view.places for each in area(pcode, view.indicator)]
    rows = queries.leads(
        reader,
        [view.indicator],
        view.first,
        view.last,
        places=within,
        people=view.people,
        rule=view.rule,
    )
    return of_view(view, rows)


def of_view(view, rows: pd.DataFrame) -> pd.DataFrame:
    """Of leading claims those in the view's unit and status that count a whole.

    Of a toll and on a map the parts count too: a total may be made of them.
    """
    wanted = rows["unit"] == view.unit
    if not INDICATORS[view.indicator].adds_up_over_days and view.kind != "map":
        wanted &= rows["part"] == ""
    # A map draws totals, which are of one status: of none where that is what was said.
    if view.status or view.kind == "map":
        wanted &= rows["status"] == view.status
    return rows[wanted].reset_index(drop=True)


def _units(view, reader, within, first, last) -> list[str]:
    """Units used, those of most of the view's places first, then the most frequent."""
    used = queries.units_of(reader, view.indicator, within, first, last)
    if len(view.places) < 2:
        return used
    by_place = [
        queries.units_of(reader, view.indicator, area(pcode, view.indicator), first, last)
        for pcode in view.places
    ]
    return sorted(used, key=lambda unit: -sum(unit in units for units in by_place))


def _place(view, reader) -> str:
    known = [place.pcode for place in queries.places_with(reader, [view.indicator])]
    usual = _USUAL[INDICATORS[view.indicator].kind]
    return usual if usual in known or usual == "UA" or not known else known[0]


def _days(view, reader, within) -> tuple:
    """The latest thirty with figures; where nothing was ever reported, the last thirty."""
    today = dates.to_kyiv(dates.now()).date()
    found = queries.latest_days(reader, [view.indicator], within)
    return found or (today - timedelta(days=29), today)
