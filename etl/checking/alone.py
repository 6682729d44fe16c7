"""What a row shows by itself: its id, day, page, speaker, outlet and level of place."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from etl.checking.row import Row
from impact.model import dates, links, outlets, speakers
from impact.model.figure import Figure
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES

ID = re.compile(r"[a-z]\d{3,}")
# What an administration counts from one morning to the next belongs to the day before.
PAST_DAY = re.compile(r"\bpast[- ]day\b", re.IGNORECASE)
# Days. Of 4,000 shipped rows that do not recall an older story none is printed later than this.
LATE = 40
_DAY = len("2026-01-24")


def faults(row: Row, today: date) -> Iterator[str]:
    """Sentences about a row that gives a figure."""
    figure = row.figure
    if figure is None:
        return
    yield from _named(row)
    yield from _page(figure)
    yield from _day(figure, today)
    yield from _place(row, figure)
    yield from _said(figure)
    if INDICATORS[figure.indicator].statuses and not figure.status:
        yield "It does not say whether supply was lost, is still out (without) or is restored."


def _named(row: Row) -> Iterator[str]:
    if not ID.fullmatch(row.cells["id"]):
        yield f"The id “{row.cells['id']}” is no letter with a number, such as x0123."


def _page(figure: Figure) -> Iterator[str]:
    if not links.web(figure.url):
        yield f"“{figure.url}” is no address of a page: a row needs the page that it was read on."
    if not figure.publisher:
        yield "It does not say who printed it."
    if not figure.published:
        yield "It does not say when the page was published."


def _day(figure: Figure, today: date) -> Iterator[str]:
    first, _ = dates.span(figure.date)
    if first > today and figure.period != "forecast":
        yield f"Its day, {figure.date}, is still to come."
    if len(figure.date) != _DAY or len(figure.published) != _DAY or figure.recalled:
        return
    later = (dates.span(figure.published)[0] - first).days
    if later > LATE:
        yield (
            f"It was published on {figure.published}, {later} days after its day, {figure.date}: "
            "is the year right? If the page recalls an older story, amend the scope."
        )
    if not later and PAST_DAY.search(figure.note):
        yield (
            "The note calls it a count of the past day, and its day is that of the page: such a "
            "count belongs to the day before, unless the page names the night."
        )


def _place(row: Row, figure: Figure) -> Iterator[str]:
    place, said = PLACES[figure.place], row.cells.get("admin_level")
    # A settlement that an amendment gives to its oblast keeps its own level in the table.
    if said and said != place.level and not (said == "city" and place.level == "oblast"):
        yield f"{place.name_en} is no {said} but a {place.level}: which of the two does it mean?"


def _said(figure: Figure) -> Iterator[str]:
    speaker = speakers.identify(figure.attributed_to, figure.place)
    if figure.attributed_to and speaker.speaker not in speakers.speakers():
        like = _like(figure.attributed_to, speakers.spellings())
        yield (
            f"No speaker is called “{figure.attributed_to}”{like}"
            ": add the spelling to data/speaker_spellings.csv, a new speaker to data/speakers.csv."
        )
    if figure.publisher and figure.publisher not in outlets.listed():
        yield (
            f"No outlet is called “{figure.publisher}”{_like(figure.publisher, outlets.listed())}: "
            "add it to data/publishers.csv."
        )


def _like(name: str, known: tuple[str, ...]) -> str:
    """The closest of the known names, as an inserted phrase; "" if none is close."""
    close = get_close_matches(name, known, n=1, cutoff=0.75)
    return f" (perhaps “{close[0]}”?)" if close else ""
