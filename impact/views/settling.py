"""What a view leaves open, filled in from a snapshot: place, days, unit."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from impact import queries
from impact.model import dates, periods
from impact.model.indicators import INDICATORS, OUTAGES
from impact.model.places import PLACES, inside
from impact.store.reader import Reader
from impact.views.kind import KINDS
from impact.views.view import View

# What readers mean when they name no place: a city for an outage, the country for a toll.
USUAL_PLACE = {"stock": "UA80", "flow": "UA"}
# Kinds whose numbers may be sums of the places within a place.
ADDED = ("largest",)


def settled(view: View, reader: Reader) -> View:
    """The view with places, first and last day and unit."""
    placed = replace(view, places=view.places or (_place(view, reader),))
    return spanned(placed, reader)


def together(view: View, reader: Reader, place: str, *, grouped: bool = False) -> View:
    """A view of a kind that shows several indicators: with its place, or the usual one, and days;
    of no unit or status, as each indicator has its own.

    grouped  whether the kind can show one group of people
    """
    people = view.people if grouped else "all"
    placed = replace(view, places=view.places or (place,), unit="", status="", people=people)
    first, last = _days(placed, reader)
    return replace(placed, first=first, last=last)


def spanned(view: View, reader: Reader) -> View:
    """The view with first and last day and unit, by what is said of its places."""
    first, last = _days(view, reader)
    units = _units(view, reader, _within(view), first, last)
    return replace(
        view,
        first=first,
        last=last,
        unit=view.unit or usual_unit(view, units),
    )


def usual_unit(view: View, units: Sequence[str]) -> str:
    """The first of the units that are used; the indicator's first where none is."""
    return next(iter(units), INDICATORS[view.indicator].units[0])


def area(pcode: str, indicator: str) -> list[str]:
    """The places whose claims count for a place: of a flow those of its parts too."""
    return with_parts(pcode) if INDICATORS[indicator].adds_up_over_days else [pcode]


def with_parts(pcode: str) -> list[str]:
    """A place and all that lies in it."""
    return [pcode, *(each.pcode for each in inside(PLACES[pcode]))]


def places_of(view: View) -> list[str]:
    """The places whose claims count for a view's places."""
    return [each for pcode in view.places for each in area(pcode, view.indicator)]


def latest(view: View, reader: Reader) -> tuple[date, date] | None:
    """The days that a view with places means where it names none: the latest thirty with figures
    of what it shows, or their winter; None where nothing was ever reported."""
    found = queries.latest_days(reader, view.indicators, _within(view))
    return _whole(view, found) if found else None


def leads(view: View, reader: Reader, within: Collection[str] | None = None) -> pd.DataFrame:
    """The leading claims that a view is about, at its places or those named: wholes, in its unit
    and, if it has one, its status.

    Of a toll and on a map the parts count too: a total may be made of them.
    """
    rows = queries.leads(
        reader,
        [view.indicator],
        *view.period,
        places=places_of(view) if within is None else within,
        people=view.people,
        rule=view.rule,
    )
    wanted = rows["unit"] == view.unit
    if not INDICATORS[view.indicator].adds_up_over_days and view.kind != "map":
        wanted &= rows["part"] == ""
    # A map draws totals, which are of one status: of none where that is what was said.
    if view.status or view.kind == "map":
        wanted &= rows["status"] == view.status
    return rows[wanted].reset_index(drop=True)


def claims(view: View, reader: Reader) -> list[str]:
    """The claims of a view's marks; of an outage also those in other units and in the parts of its
    places, as the foot says where these are more."""
    own = leads(view, reader)["claim"].tolist()
    if view.indicator not in OUTAGES:
        return own
    within = [each for pcode in view.places for each in with_parts(pcode)]
    told = queries.leads(reader, [view.indicator], *view.period, places=within, rule=view.rule)
    return list(dict.fromkeys([*own, *told["claim"]]))


def _units(
    view: View, reader: Reader, within: Collection[str], first: date, last: date
) -> list[str]:
    """Units used, those of most of the view's places first, then the most frequent."""
    used = queries.units_of(reader, view.indicator, within, first, last)
    if len(view.places) < 2:
        return used
    by_place = [
        queries.units_of(reader, view.indicator, area(pcode, view.indicator), first, last)
        for pcode in view.places
    ]
    return sorted(used, key=lambda unit: -sum(unit in units for units in by_place))


def _place(view: View, reader: Reader) -> str:
    known = [place.pcode for place in queries.places_with(reader, [view.indicator])]
    usual = USUAL_PLACE[INDICATORS[view.indicator].kind]
    return usual if usual in known or usual == "UA" or not known else known[0]


def _within(view: View) -> list[str]:
    """The places whose claims a view's kind asks for."""
    kind = KINDS[view.kind]
    if tuple(kind.LEVELS) == ("country",):
        return list(PLACES)
    added = kind.TOGETHER or view.kind in ADDED
    return with_parts(view.places[0]) if added else places_of(view)


def _whole(view: View, days: tuple[date, date]) -> tuple[date, date]:
    return periods.winter_of(days) if KINDS[view.kind].WHOLE_WINTER else days


def _days(view: View, reader: Reader) -> tuple[date, date]:
    """The view's own; else the latest with figures; where nothing was ever reported, the last
    thirty, or their winter."""
    if view.first and view.last:
        return view.first, view.last
    today = dates.to_kyiv(dates.now()).date()
    return latest(view, reader) or _whole(view, (today - timedelta(days=29), today))
