"""Filters: the parameters by which an address asks for figures, and the search they make.

They have the names and values that the pages write into their own addresses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from impact.address.parameters import (
    DAY,
    FLAG,
    NOT_OF_ITS_FORM,
    Parameter,
    WrongParameter,
    one_of,
    whole,
)
from impact.model import dates, figure, language, periods, places, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import UnknownPlace
from impact.queries.search import MOST_WORDS, Search
from impact.rules import headline
from impact.store import as_of

# Rows of one answer, unless the address says otherwise, and at most.
ROWS, MOST_ROWS = 1000, 10_000
MOST_PLACES = 50
TWO_PERIODS = N_("Give either period or from and to, not both.")
WRONG_ORDER = N_("from is after to.")
_FARTHEST = 10_000_000


def _place(text: str) -> str:
    """The P-code of a place by any spelling."""
    try:
        return places.find(text).pcode
    except UnknownPlace as unknown:
        near = unknown.suggestions[:5]
        names = [f"{each.pcode} {each.name_en}" for each in near]
        message = N_("No place is called “{given}”. Did you mean {nearest}?")
        if isinstance(unknown, places.AmbiguousPlace):
            message = N_("“{given}” can mean {nearest}. Give the code of the one meant.")
        codes = [each.pcode for each in near]
        raise WrongParameter(message, nearest=names, codes=codes) from None


def period(text: str) -> tuple[date, date] | str:
    """First and last day of a winter, year, month or day; DAYS where they stand beside it."""
    try:
        return text if text == periods.DAYS else periods.span(text)
    except ValueError:
        raise WrongParameter(NOT_OF_ITS_FORM) from None


def _period_of_view(text: str) -> tuple[date, date] | str:
    return text if text == periods.LATEST else period(text)


def _event(text: str) -> str:
    """Place, day and indicator of an event, the place by its P-code."""
    pieces = text.split("|")
    if len(pieces) != 3 or pieces[2] not in INDICATORS:
        raise WrongParameter(NOT_OF_ITS_FORM)
    place, day, indicator = pieces
    return f"{_place(place)}|{DAY['read'](day)}|{indicator}"


def _words(text: str) -> str:
    if len(text.split()) > MOST_WORDS:
        raise WrongParameter(NOT_OF_ITS_FORM)
    return text


def _document(text: str) -> str:
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise WrongParameter(NOT_OF_ITS_FORM)
    return text


def _moment(text: str) -> datetime:
    """A moment (UTC) by Kyiv time, not ahead of now."""
    try:
        at = as_of.read(text)
    except ValueError:
        raise WrongParameter(NOT_OF_ITS_FORM) from None
    if at > dates.now():
        raise WrongParameter(N_("{given} lies ahead. Leave {parameter} out for what is known now."))
    return at


UNITS = tuple(dict.fromkeys(unit for each in INDICATORS.values() for unit in each.units))

LANG = Parameter(
    name="lang",
    meaning=N_("language of words and of errors"),
    default=language.SOURCE_LANGUAGE,
    **one_of(language.languages()),
)
RULE = Parameter(
    name="rule",
    meaning=N_("which claim leads when several stand side by side"),
    default=headline.DEFAULT_RULE,
    **one_of(headline.RULES),
)
ASOF = Parameter(
    name="asof",
    meaning=N_("what was known at a moment, in Kyiv time; what is known now when left out"),
    form=N_("a day, which means its end, or a time such as 2026-01-12T08:00"),
    read=_moment,
)
HXL = Parameter(name="hxl", meaning=N_("1 puts HXL tags under the header"), default=False, **FLAG)
LIMIT = Parameter(
    name="limit",
    meaning=N_("most rows of one answer; 1,000 unless given"),
    default=ROWS,
    **whole(1, MOST_ROWS),
)
OFFSET = Parameter(
    name="offset", meaning=N_("rows to leave out at the start"), default=0, **whole(0, _FARTHEST)
)
FILTERS = (
    Parameter(
        name="indicator", meaning=N_("what is counted; all when left out"), **one_of(INDICATORS)
    ),
    Parameter(
        name="places",
        meaning=N_(
            "may stand several times; an oblast includes its cities, Ukraine is the figures of "
            "the whole country"
        ),
        form=N_("a P-code or any spelling of a place, at most {count} of them"),
        most=MOST_PLACES,
        read=_place,
        several=True,
    ),
    Parameter(
        name="period",
        meaning=N_("a stretch of time; all time when left out"),
        form=N_("a winter, year, month or day: winter-2025, 2026, 2026-01 or 2026-01-24"),
        read=period,
    ),
    Parameter(name="from", meaning=N_("first day, instead of period"), **DAY),
    Parameter(name="to", meaning=N_("last day, instead of period"), **DAY),
    Parameter(
        name="status",
        meaning=N_("outages only: lost, without (still cut off) or restored"),
        **one_of(each for each in figure.STATUSES if each),
    ),
    Parameter(name="unit", meaning=N_("unit as printed, never converted"), **one_of(UNITS)),
    Parameter(
        name="people",
        meaning=N_("whose toll; all groups when left out"),
        **one_of(vocabulary.PEOPLE),
    ),
    Parameter(
        name="verification", meaning=N_("how sure a figure is"), **one_of(figure.VERIFICATIONS)
    ),
    RULE,
    Parameter(
        name="leads",
        meaning=N_("1 leaves out rivals and figures in doubt: only claims that lead by the rule"),
        default=False,
        **FLAG,
    ),
    Parameter(
        name="document",
        meaning=N_("figures read from one document of /api/sources.json"),
        form=N_("a document's id, 64 characters from 0 to f"),
        read=_document,
    ),
    Parameter(
        name="words",
        meaning=N_("words of the quote, note, speaker, publisher or place; or a figure's id"),
        form=N_("at most {count} words"),
        most=MOST_WORDS,
        read=_words,
    ),
)
_BY_NAME = {each.name: each for each in FILTERS}
# Those of a view: pages and pictures have them, tables of figures do not.
PLACE = replace(
    _BY_NAME["places"],
    name="place",
    meaning=N_("one place"),
    form=N_("a P-code or any spelling of a place"),
    most=0,
    several=False,
)
PERIOD_OF_VIEW = replace(
    _BY_NAME["period"],
    meaning=N_("a stretch of time; the latest thirty days with figures when left out"),
    form=N_("latest, or a winter, year, month or day: winter-2025, 2026, 2026-01, 2026-01-24"),
    read=_period_of_view,
)
ONE_DAY = Parameter(name="day", meaning=N_("one day, instead of period"), **DAY)
EVENT = Parameter(
    name="event",
    meaning=N_("one event and how its toll was told"),
    form=N_("place, day and indicator of an event (UA63|2026-01-24|killed)"),
    read=_event,
)
# How whatever pages and addresses for programs have in common is read, by name.
SHARED: Mapping[str, Parameter] = MappingProxyType(
    _BY_NAME | {each.name: each for each in (PLACE, PERIOD_OF_VIEW, ONE_DAY, EVENT, ASOF, LANG)}
)


def search(values: Mapping[str, object]) -> Search:
    """The search that the values of FILTERS ask for.

    Raises WrongParameter for values that contradict each other.
    """
    indicator, pcodes = values["indicator"], values["places"]
    if len(pcodes) > MOST_PLACES:
        raise WrongParameter(
            N_("One address may name {count} places."),
            "places",
            str(len(pcodes)),
            most=MOST_PLACES,
        )
    if indicator:
        _fits("status", values["status"], INDICATORS[indicator].statuses)
        _fits("unit", values["unit"], INDICATORS[indicator].units)
    check_days(values)
    first, last = values["from"], values["to"]
    if values["period"] not in (None, periods.DAYS):
        first, last = values["period"]
    return Search(
        places=pcodes,
        first=first,
        last=last,
        indicator=indicator or "",
        status=values["status"] or "",
        unit=values["unit"] or "",
        people=values["people"] or "",
        verification=values["verification"] or "",
        leads_by=values["rule"] if values["leads"] else "",
        document=values["document"] or "",
        text=values["words"] or "",
    )


def _fits(parameter: str, value: str | None, known: Sequence[str]) -> None:
    """An indicator without such a status or unit has no figure of it: a mistake, not a zero."""
    if value and value not in known:
        raise WrongParameter(
            N_("The indicator has no {parameter} “{given}”."), parameter, value, allowed=known
        )


def check_days(values: Mapping[str, object]) -> None:
    """Raises WrongParameter for a period beside days of one's own, and for days in the wrong
    order."""
    first, last = values["from"], values["to"]
    if values["period"] not in (None, periods.DAYS) and (first or last):
        raise WrongParameter(TWO_PERIODS, "period", allowed=[periods.DAYS])
    if first and last and first > last:
        raise WrongParameter(WRONG_ORDER, "from", first.isoformat())
