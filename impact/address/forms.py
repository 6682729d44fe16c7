"""Forms: what a parameter of an address may take, from one of some words to a place."""

from collections.abc import Iterable
from datetime import date, datetime

from impact.address.parameters import LONGEST_QUERY, LONGEST_VALUE, Form, WrongParameter, like
from impact.model import dates, periods, places
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import UnknownPlace
from impact.rules import headline
from impact.store import as_of

NOT_OF_ITS_FORM = N_("“{given}” is no value of {parameter}: it takes {form}.")
LEFT_OUT = N_(
    "There was no {given} in Kyiv: the clocks were put forward over it. Take an hour earlier or "
    "later."
)
NOT_RECORDABLE = N_(
    "“{given}” is no value of {parameter}: nothing can be recorded of days outside {allowed}."
)
# First and last day, or the word for a period whose days stand elsewhere.
Period = tuple[date, date] | str
# Places that are named to whoever misspelt one.
_NAMED = 5


def one_of(options: Iterable[str]) -> Form[str]:
    """One of some words."""
    known = tuple(options)

    def find(text: str) -> str:
        if text in known:
            return text
        nearest = like(text, known)
        message = (
            N_("“{given}” is no value of {parameter}. Did you mean “{nearest}”?")
            if nearest
            else N_("“{given}” is no value of {parameter}. See what is allowed.")
        )
        raise WrongParameter(message, nearest=nearest)

    return Form(read=find, options=known)


def flag() -> Form[bool]:
    """Yes or no, as 1 or 0."""
    digit = one_of(("0", "1"))
    return Form(read=lambda text: digit.read(text) == "1", options=digit.options)


def whole(least: int, most: int) -> Form[int]:
    """A whole number."""
    limits = f"{least}–{most}"

    def count(text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
            return int(text)
        raise WrongParameter(NOT_OF_ITS_FORM, allowed=[limits])

    schema: dict[str, str | int] = {"type": "integer", "minimum": least, "maximum": most}
    return Form(read=count, words=N_("a whole number"), limits=limits, schema=schema)


def line(most: int) -> Form[str]:
    """One line of so many characters, however it was typed."""

    def read_line(text: str) -> str:
        plain = " ".join(text.split())
        if len(plain) > most or not plain.isprintable():
            raise WrongParameter(NOT_OF_ITS_FORM)
        return plain

    return Form(
        read=read_line,
        words=N_("one line of text, not longer than {count} characters"),
        most=most,
        longest=max(most, LONGEST_VALUE),
        schema={"maxLength": most},
    )


def noted_day(most: int) -> Form[str]:
    """A day and one line of text about it: so many characters together."""

    def read_noted(text: str) -> str:
        stated, _, plain = " ".join(text.split()).partition(" ")
        if not plain or not plain.isprintable() or len(text) > most:
            raise WrongParameter(NOT_OF_ITS_FORM)
        return f"{_day(stated)} {plain}"

    return Form(
        read=read_noted,
        words=N_("a day and a text (2026-01-24 text), not longer than {count} characters"),
        most=most,
        schema={"maxLength": most, "pattern": "^\\d{4}-\\d\\d-\\d\\d "},
    )


def search(most: int) -> Form[str]:
    """So many words."""

    def read_words(text: str) -> str:
        if len(text.split()) > most:
            raise WrongParameter(NOT_OF_ITS_FORM)
        return text

    return Form(read=read_words, words=N_("at most {count} words"), most=most)


def day() -> Form[date]:
    """One day."""
    return Form(read=_day, words=N_("a day such as 2026-01-24"), schema={"format": "date"})


def _day(text: str) -> date:
    try:
        first, last = dates.span(text)
    except ValueError:
        raise WrongParameter(NOT_OF_ITS_FORM) from None
    if first != last:
        raise WrongParameter(NOT_OF_ITS_FORM)
    _check_recordable(first, last)
    return first


def _check_recordable(first: date, last: date) -> None:
    """Raises WrongParameter for days of which nothing can be recorded: no page and no picture has
    to do with them."""
    if not dates.FIRST <= first <= last <= dates.LAST:
        raise WrongParameter(NOT_RECORDABLE, allowed=[f"{dates.FIRST}–{dates.LAST}"])


def period() -> Form[Period]:
    """A stretch of time; DAYS where its first and last day stand beside it."""
    return Form(
        read=_period,
        words=N_("a winter, year, month or day: winter-2025, 2026, 2026-01 or 2026-01-24"),
    )


def period_or_latest() -> Form[Period]:
    """A stretch of time, or the latest days that have figures."""
    return Form(
        read=lambda text: text if text == periods.LATEST else _period(text),
        words=N_("latest, or a winter, year, month or day: winter-2025, 2026, 2026-01, 2026-01-24"),
    )


def _period(text: str) -> Period:
    if text == periods.DAYS:
        return text
    try:
        first, last = periods.span(text)
    except ValueError:
        raise WrongParameter(NOT_OF_ITS_FORM) from None
    _check_recordable(first, last)
    return first, last


def moment() -> Form[datetime]:
    """A moment (UTC) by Kyiv time, not ahead of now."""
    return Form(
        read=_moment, words=N_("a day, which means its end, or a time such as 2026-01-12T08:00")
    )


def _moment(text: str) -> datetime:
    try:
        at = as_of.read(text)
    except as_of.NoSuchTime:
        raise WrongParameter(LEFT_OUT) from None
    except ValueError:
        raise WrongParameter(NOT_OF_ITS_FORM) from None
    if at > dates.now():
        raise WrongParameter(N_("{given} lies ahead. Leave {parameter} out for what is known now."))
    _check_recordable(at.date(), at.date())
    return at


def place() -> Form[str]:
    """The P-code of a place by any spelling."""
    return Form(read=_place, words=N_("a P-code or any spelling of a place"))


def some_places(most: int) -> Form[str]:
    """The P-code of a place by any spelling, of which an address may name so many."""
    return Form(
        read=_place,
        words=N_("a P-code or any spelling of a place, at most {count} of them"),
        most=most,
    )


def _place(text: str) -> str:
    try:
        return places.find(text).pcode
    except UnknownPlace as unknown:
        near = unknown.suggestions[:_NAMED]
        message = N_("No place is called “{given}”. Did you mean {nearest}?")
        if isinstance(unknown, places.AmbiguousPlace):
            message = N_("“{given}” can mean {nearest}. Give the code of the one meant.")
        raise WrongParameter(
            message,
            nearest=[f"{each.pcode} {each.name_en}" for each in near],
            codes=[each.pcode for each in near],
        ) from None


def event() -> Form[str]:
    """Place, day and indicator of an event, the place by its P-code."""
    return Form(
        read=_event, words=N_("place, day and indicator of an event (UA63|2026-01-24|killed)")
    )


def _event(text: str) -> str:
    pieces = text.split("|")
    if len(pieces) != 3 or pieces[2] not in INDICATORS:
        raise WrongParameter(NOT_OF_ITS_FORM)
    where, when, indicator = pieces
    return f"{_place(where)}|{_day(when)}|{indicator}"


def document() -> Form[str]:
    """The id of a document."""
    return Form(
        read=_document,
        words=N_("a document's id, 64 characters from 0 to f"),
        schema={"pattern": "^[0-9a-f]{64}$"},
    )


def _document(text: str) -> str:
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise WrongParameter(NOT_OF_ITS_FORM)
    return text


def claim() -> Form[str]:
    """A claim group, also as older links name it."""
    return Form(
        read=headline.claim_key,
        words=N_("a claim as links to its evidence name it"),
        longest=LONGEST_QUERY,
    )


def figure() -> Form[str]:
    """The id of a figure."""
    return Form(read=str, words=N_("a figure's id"))


def named_elsewhere() -> Form[str]:
    """A name whose list whoever uses the parameter has: `one_of` takes its place there."""
    return Form(read=str)
