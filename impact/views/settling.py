"""What a view leaves open, filled in from a snapshot: place, days, unit."""

from dataclasses import replace
from datetime import timedelta

from impact import dates, queries
from impact.indicators import INDICATORS
from impact.places import PLACES, inside
from impact.published import Reader

# What readers mean when they name no place: a city for an outage, the country for a toll.
_USUAL = {"stock": "UA80", "flow": "UA"}


def settled(view, reader: Reader):
    """The view with places, first and last day and unit."""
    pcodes = view.places or (_place(view, reader),)
    within = [each for pcode in pcodes for each in area(pcode, view.indicator)]
    first, last = (view.first, view.last) if view.first else _days(view, reader, within)
    units = queries.units_of(reader, view.indicator, within, first, last)
    return replace(
        view,
        places=pcodes,
        first=first,
        last=last,
        unit=view.unit or next(iter(units), INDICATORS[view.indicator].units[0]),
    )


def area(pcode: str, indicator: str) -> list[str]:
    """The places whose claims count for a place: of a flow those of its parts too."""
    if not INDICATORS[indicator].adds_up_over_days:
        return [pcode]
    return [pcode, *(each.pcode for each in inside(PLACES[pcode]))]


def claims(view, reader: Reader) -> list[str]:
    """The claim groups whose leading claims the view shows."""
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
    wanted = (rows["unit"] == view.unit) & (rows["part"] == "")
    return rows.loc[wanted, "claim"].tolist()


def _place(view, reader) -> str:
    known = [place.pcode for place in queries.places_with(reader, [view.indicator])]
    usual = _USUAL[INDICATORS[view.indicator].kind]
    return usual if usual in known or usual == "UA" or not known else known[0]


def _days(view, reader, within) -> tuple:
    """The latest thirty with figures; where nothing was ever reported, the last thirty."""
    today = dates.to_kyiv(dates.now()).date()
    found = queries.latest_days(reader, [view.indicator], within)
    return found or (today - timedelta(days=29), today)
