"""What the values of an address say of a view, and what no view can have."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from impact.address import declared
from impact.address.filters import TOO_LONG
from impact.address.parameters import Parameter, Values, WrongParameter
from impact.charts import SIZES
from impact.model import dates, periods
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.views.kind import KINDS

# The kind that shows a conflict, which a claim names.
OF_CONFLICT = "conflict"
NOT_SHOWN = N_("a day that the picture shows")
# The kind that shows a single number.
OF_NUMBER = "number"
# Kinds whose marks stand on a time axis of days: a note may point at one.
NOTED = ("bars", "line", "multiples", "city", "days", "winter")


@cache
def of_view() -> tuple[Parameter[Any], ...]:
    """Every parameter of a view's address. Asked for when all kinds are there: they know the View,
    and the View reads its address here."""
    most = max(kind.MOST_PLACES for kind in KINDS.values())
    return declared.of_view(kinds=KINDS, sizes=SIZES, most_places=most)


class InvalidView(WrongParameter):
    """Parameters that are right each by itself and make no view.

    parameter  its name as it stands in the address
    given      what was given, "" if nothing was
    allowed    the codes that may stand there; or form and most, a rule to translate
    """

    def __init__(
        self,
        parameter: str,
        given: str,
        allowed: Collection[str] = (),
        form: str = "",
        most: int = 0,
    ):
        message = (
            N_("“{parameter}” cannot be “{given}”. It may be: {allowed}.")
            if given
            else N_("“{parameter}” is missing. It may be: {allowed}.")
        )
        super().__init__(message, parameter, given, allowed=allowed, form=form, most=most)

    def told(self, words: Words) -> dict[str, object]:
        """The sentence and its parts, for programs; a rule in words where there are no codes."""
        rule = [words._(self.form, count=words.number(self.most))]
        return super().told(words) | {"allowed": list(self.allowed) or rule}


def one_of(parameter: str, given: str, allowed: Collection[str]) -> None:
    """Raises InvalidView for a text that is none of those allowed."""
    if given not in allowed:
        raise InvalidView(parameter, given, allowed)


def event(values: Values) -> tuple[str, date, str] | None:
    """Place, day and indicator of the event that is asked for, if one is."""
    if not (named := values.of(declared.EVENT)):
        return None
    place, day, indicator = named.split("|")
    return place, date.fromisoformat(day), indicator


class Claim(NamedTuple):
    """What a claim is about, as far as a view has it."""

    indicator: str
    place: str
    day: date
    unit: str


def claim(named: str) -> Claim:
    """What the claim that an address names is about. Raises InvalidView where that is no day's."""
    indicator, place, day, unit, *_ = *named.split("|"), "", "", ""
    if place in PLACES:
        with suppress(ValueError):
            dates.recordable(day)
            return Claim(indicator, place, date.fromisoformat(day), unit)
    raise InvalidView(declared.CONFLICT.name, named, form=declared.CONFLICT.form.words)


def noted(text: str, first: date | None = None, last: date | None = None) -> tuple[date, str]:
    """The day and the words of a note at a mark. Raises InvalidView where it has none, or where
    the picture's days do not hold it."""
    form = declared.MARK1.form
    try:
        stated, _, words = form.read(text).partition(" ")
    except WrongParameter:
        raise InvalidView(declared.MARK1.name, text, form=form.words, most=form.most) from None
    day = date.fromisoformat(stated)
    if (first and day < first) or (last and day > last):
        raise InvalidView(declared.MARK1.name, text, form=NOT_SHOWN)
    return day, words


def pcodes(values: Values) -> tuple[str, ...]:
    """The places, by either name."""
    alone = values.of(declared.PLACE)
    return values.all_of(declared.PLACES) or ((alone,) if alone else ())


def completed(said: Sequence[tuple[str, str]], usual: Mapping[str, str]) -> list[tuple[str, str]]:
    """What an address says, and of what it leaves out what its page shows then: name and text. A
    place may be named by either name."""
    names = {name for name, _ in said}
    if declared.PLACE.name in names:
        names.add(declared.PLACES.name)
    left = [(name, text) for name, text in usual.items() if text and name not in names]
    return [*said, *left]


def days(values: Values) -> tuple[date | None, date | None]:
    """First and last day of the period; nothing for the latest days."""
    if alone := values.of(declared.DAY):
        return alone, alone
    first, last = values.of(declared.FROM), values.of(declared.TO)
    period = values.of(declared.PERIOD) or (periods.DAYS if first or last else periods.LATEST)
    if isinstance(period, tuple):
        return period
    if period == periods.LATEST:
        return None, None
    if not first or not last:
        missing = declared.TO if first else declared.FROM
        raise InvalidView(missing.name, "", form=missing.form.words)
    if periods.too_long(first, last):
        raise WrongParameter(
            TOO_LONG, declared.FROM.name, first.isoformat(), most=periods.LONGEST.days
        )
    # Whoever gives the later day first means the span between the two.
    return min(first, last), max(first, last)


def period(first: date | None, last: date | None) -> dict[str, object]:
    """The values of a period: the shortest that `days` reads back."""
    if first is None or last is None:
        return {}
    code = periods.code(first, last)
    if code != periods.DAYS:
        return {"period": code}
    return {"period": code, "from": first, "to": last}
