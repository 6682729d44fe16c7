"""What an address says of a view, read parameter by parameter."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from impact.address.parameters import A_LINE, plain_line
from impact.model import dates, language, periods, places
from impact.model.language import N_, SOURCE_LANGUAGE, Words
from impact.model.places import UnknownPlace

# Every parameter of a view's address; those that pages have too are called as they are there.
PARAMETERS = (
    *("indicator", "kind", "place", "places", "period", "from", "to", "day", "event", "unit"),
    *("status", "people", "rule", "title", "note", "lang", "size", "theme", "asof"),
)

A_PERIOD = N_("latest, a month (2026-01), a winter (winter-2025), or days with from and to")
A_DAY = N_("a day (2026-01-24)")
A_TIME = N_("a day, or a day and time of Kyiv (2026-01-24T18:00)")
AN_EVENT = N_("place, day and indicator of an event (UA63|2026-01-24|killed)")


class InvalidView(ValueError):
    """A parameter that no view can have.

    parameter  its name as it stands in the address
    given      what was given, "" if nothing was
    allowed    what may stand there: codes, or a rule as a message to translate
    """

    def __init__(self, parameter: str, given: str, allowed: Collection[str], **values: object):
        super().__init__(parameter, given, tuple(allowed))
        self.parameter, self.given, self.allowed = parameter, given, tuple(allowed)
        self._values = values

    def __str__(self) -> str:
        return self.says(language.words(SOURCE_LANGUAGE))

    def options(self, words: Words) -> list[str]:
        """What may stand there, in words where it is a rule."""
        return [words._(each, **self._values) for each in self.allowed]

    def says(self, words: Words) -> str:
        """One sentence: what is wrong, and what would be right."""
        told = {
            "parameter": self.parameter,
            "given": self.given[:60],
            "allowed": ", ".join(self.options(words)),
        }
        if not self.given:
            return words._("“{parameter}” is missing. It may be: {allowed}.", **told)
        return words._("“{parameter}” cannot be “{given}”. It may be: {allowed}.", **told)


class Address:
    """The texts of an address by parameter. Raises InvalidView for a name that is no parameter."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]):
        for name in parameters:
            one_of("parameter", name, PARAMETERS)
        self._texts = parameters

    def all(self, name: str) -> list[str]:
        """What is given, blanks left out."""
        given = self._texts.get(name, ())
        return [text for text in ([given] if isinstance(given, str) else given) if text.strip()]

    def last(self, name: str, default: str = "") -> str:
        """Of a single choice given several times the last counts."""
        return (self.all(name) or [default])[-1]


def one_of(parameter: str, given: str, allowed: Collection[str]) -> str:
    """The text, if it is one of those allowed."""
    if given not in allowed:
        raise InvalidView(parameter, given, allowed)
    return given


def line(parameter: str, given: str, longest: int) -> str:
    """A text of one line, however it was typed."""
    plain = plain_line(given)
    if len(plain) > longest or not plain.isprintable():
        raise InvalidView(parameter, given, [A_LINE], count=longest)
    return plain


def pcodes(given: Sequence[str]) -> tuple[str, ...]:
    """Places by P-code or any spelling, each once."""
    return tuple(dict.fromkeys(map(_pcode, given)))


def _pcode(text: str) -> str:
    try:
        return places.find(text).pcode
    except UnknownPlace as error:
        near = [f"{place.pcode} ({place.name_en})" for place in error.suggestions[:3]]
        raise InvalidView("places", text, near) from None


def event(given: str) -> tuple[str, date, str] | None:
    """Place, day and indicator of an event ("UA63|2026-01-24|killed"); None for an empty text."""
    if not given:
        return None
    pieces = given.split("|")
    if len(pieces) != 3:
        raise InvalidView("event", given, [AN_EVENT])
    return _pcode(pieces[0]), day("event", pieces[1]), pieces[2]


def day(parameter: str, given: str) -> date:
    """An ISO day."""
    try:
        first, last = dates.span(given)
    except ValueError:
        first, last = date.min, date.max
    if first != last:
        raise InvalidView(parameter, given, [A_DAY])
    return first


def days(address: Address) -> tuple[date | None, date | None]:
    """First and last day of the period; nothing for the latest days."""
    if alone := address.last("day"):
        return day("day", alone), day("day", alone)
    ends = [name for name in ("from", "to") if address.last(name)]
    code = address.last("period", periods.DAYS if ends else periods.LATEST)
    if code == periods.LATEST:
        return None, None
    if code == periods.DAYS:
        if len(ends) < 2:
            raise InvalidView("to" if "from" in ends else "from", "", [A_DAY])
        found = [day(name, address.last(name)) for name in ends]
        # Whoever gives the later day first means the span between the two.
        return min(found), max(found)
    try:
        return periods.span(code)
    except ValueError:
        raise InvalidView("period", code, [A_PERIOD]) from None


def period(first: date | None, last: date | None) -> dict[str, str]:
    """The parameters of a period: the shortest that `days` reads back."""
    if first is None or last is None:
        return {}
    code = periods.code(first, last)
    if code != periods.DAYS:
        return {"period": code}
    return {"period": code, "from": first.isoformat(), "to": last.isoformat()}


def known_at(given: str) -> str:
    """An ISO day or date-time in Kyiv time."""
    try:
        if given:
            dates.local_time(given)
    except ValueError:
        raise InvalidView("asof", given, [A_TIME]) from None
    return given
