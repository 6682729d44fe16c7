"""Figure: one number about impact on civilians, as one source states it for one place and date.

The fields are declared only here. The columns of the ledger and the snapshot, the header of the
export, its HXL row and the data dictionary are made from them. A new field appears in all of them.
"""

import hashlib
import math
from base64 import b32encode
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from inspect import signature
from operator import attrgetter
from typing import Any

from impact.model import dates
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import PLACES
from impact.model.rows import Row

NUMBERED = ("exact", "at_least", "at_most", "about")
# The bound of a statement without a number: "consumers in Sumy Oblast are without power".
UNSTATED = "unstated"
BOUNDS = (*NUMBERED, UNSTATED)
# Only of these can it be said without a number that it happened.
_TOLD_IN_WORDS = ("toll", "supply")
STATUSES = ("", "lost", "without", "restored")
CAUSES = ("", "strike", "weather", "planned", "mixed", "other", "unknown")
# Class of causes -> the causes in it. Figures with causes of one class may be claims about the same
# thing, those of two classes never. A report without a cause, or with several, is in the class of
# strikes, as it does not contradict a report that names a strike.
CAUSE_CLASSES = {
    "strike": ("strike", "mixed", "unknown", ""),
    "weather": ("weather",),
    "planned": ("planned",),
    "other": ("other",),
}
CLASS_OF_CAUSE = {cause: name for name, causes in CAUSE_CLASSES.items() for cause in causes}
PERIODS = ("day", "cumulative", "average", "forecast")
VERIFICATIONS = ("verified", "confirmed", "reported", "estimated", "disputed", "withdrawn")


# Field -> the values that it may have.
CLOSED: Mapping[str, frozenset[str]] = {
    "bound": frozenset(BOUNDS),
    "cause": frozenset(CAUSES),
    "period": frozenset(PERIODS),
    "moment": frozenset(dates.MOMENTS),
    "verification": frozenset(VERIFICATIONS),
}


class InvalidFigure(ValueError):
    """A value breaks a rule of Figure.

    field  the name of the field
    value  its value
    rule   what is wrong, in English
    """

    def __init__(self, field: str, value: object, rule: str):
        super().__init__(f"{field} {value!r}: {rule}")
        self.field, self.value, self.rule = field, value, rule


# The rules in their order: the first that a figure breaks is the one that is told. The parameters
# of a rule are the fields that it looks at, and it looks at nothing else: so whole columns are
# checked by the same rules (impact/model/figures.py). A rule leaves to another one what that one
# refuses.


def _kind(indicator: str, bound: str) -> None:
    if (known := INDICATORS.get(indicator)) is None:
        raise InvalidFigure("indicator", indicator, "no such indicator")
    if bound == UNSTATED and known.group not in _TOLD_IN_WORDS:
        raise InvalidFigure("bound", bound, "no number, and it counts none")


def _unit(indicator: str, bound: str, unit: str) -> None:
    known = INDICATORS.get(indicator)
    if bound != UNSTATED and known and unit not in known.units:
        raise InvalidFigure("unit", unit, f"not a unit of {indicator}")


def _value(bound: str, value: object, value_high: object, unit: str) -> None:
    if bound == UNSTATED:
        for name, told in (("value", value), ("value_high", value_high), ("unit", unit)):
            if told not in (None, ""):
                raise InvalidFigure(name, told, "not empty, though no number is told")
        return
    low = _finite("value", value)
    high = None if value_high is None else _finite("value_high", value_high)
    if low < 0 and unit != "celsius":
        raise InvalidFigure("value", low, "below zero")
    if high is not None and high <= low:
        raise InvalidFigure("value_high", high, "not above the value")


def _finite(name: str, number: object) -> float:
    if not isinstance(number, int | float) or not math.isfinite(number):
        raise InvalidFigure(name, number, "not a number")
    return float(number)


def _status(indicator: str, status: str) -> None:
    known = INDICATORS.get(indicator)
    if status and known and status not in known.statuses:
        raise InvalidFigure("status", status, f"not a status of {indicator}")


def _words(
    place: str, bound: str, cause: str, period: str, moment: str, verification: str, people: str
) -> None:
    if place not in PLACES:
        raise InvalidFigure("place", place, "no such P-code")
    said = (bound, cause, period, moment, verification)
    for (name, allowed), word in zip(CLOSED.items(), said, strict=True):
        if word not in allowed:
            raise InvalidFigure(name, word, f"not one of {sorted(allowed)}")
    if not people:
        raise InvalidFigure("people", people, "empty; 'all' is the default")


def _days(date: str, published: str, as_of: str) -> None:
    _dated("date", date, dates.span)
    if published:
        _dated("published", published, dates.span)
    if as_of:
        _dated("as_of", as_of, dates.local_time)


def _dated(name: str, stated: str, read: Callable[[str], object]) -> None:
    try:
        read(stated)
    except ValueError as error:
        raise InvalidFigure(name, stated, str(error)) from None


def _quoted(quote: str, start: int | None, end: int | None) -> None:
    if start is None and end is None:
        return
    if start is None or end is None or start < 0:
        raise InvalidFigure("start", start, "offsets come in pairs, from 0")
    if end - start != len(quote):
        raise InvalidFigure("end", end, "offsets and quote differ in length")


_CHECKS: tuple[Callable[..., None], ...] = (
    _kind,
    _unit,
    _value,
    _status,
    _words,
    _days,
    _quoted,
)
# Each rule and the fields that it looks at.
RULES = tuple((check, tuple(signature(check).parameters)) for check in _CHECKS)
_TOLD_TO = tuple((check, attrgetter(*names)) for check, names in RULES)


def column(meaning: str, *, sql: str = "VARCHAR", hxl: str = "", **options: Any) -> Any:
    """A field with its meaning (for the data dictionary), SQL type and HXL tag.

    options  as for dataclasses.field
    """
    return field(metadata={"meaning": meaning, "sql": sql, "hxl": hxl}, **options)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a source. Each field has its meaning beside it.

    A statement without a number is one too, of bound "unstated": it has no value and no unit.

    Raises InvalidFigure if a value breaks a rule.
    """

    indicator: str = column(N_("what is counted"), hxl="#indicator+name")
    value: float | None = column(
        N_(
            "the number as stated, words turned into digits; the lower end of a range; empty where "
            "the source gives no number"
        ),
        sql="DOUBLE",
        hxl="#indicator+value+num",
    )
    value_high: float | None = column(
        N_("the upper end, only for a range"),
        sql="DOUBLE",
        hxl="#indicator+value+max",
        default=None,
    )
    bound: str = column(
        N_("exact, at_least, at_most or about, as the source puts it; unstated without a number"),
        hxl="#status+bound",
        default="exact",
    )
    unit: str = column(
        N_("unit as printed, never converted; empty where the source gives no number"),
        hxl="#indicator+unit",
    )
    people: str = column(
        N_("who the people are: all, children, women, men or a profession"),
        hxl="#affected+group",
        default="all",
    )
    part: str = column(
        N_("the part of the whole that is counted; empty for the whole"),
        hxl="#indicator+part",
        default="",
    )
    place: str = column(
        N_("P-code of the city, oblast or country; nothing finer is kept"), hxl="#loc+code"
    )
    date: str = column(
        N_("day of the event; for outages the day observed; a month or year for its total"),
        hxl="#date+occurred",
    )
    as_of: str = column(
        N_("when the statement held, Kyiv time, if the source says so"),
        hxl="#date+asof",
        default="",
    )
    moment: str = column(
        N_("part of the day the source names instead of a clock time"),
        hxl="#date+moment",
        default="",
    )
    status: str = column(
        N_("outages only: lost, without (still cut off) or restored"),
        hxl="#status+supply",
        default="",
    )
    cause: str = column(
        N_("strike, weather, planned, mixed, other or unknown"),
        hxl="#cause+type",
        default="strike",
    )
    period: str = column(
        N_("day, cumulative (a total since some start), average or forecast"),
        hxl="#date+period",
        default="day",
    )
    attributed_to: str = column(
        N_("who said it, as printed; not the publisher"), hxl="#meta+speaker", default=""
    )
    publisher: str = column(N_("who printed it"), hxl="#meta+source", default="")
    published: str = column(N_("publication date"), hxl="#date+reported", default="")
    url: str = column(N_("address of the page"), hxl="#meta+url", default="")
    quote: str = column(
        N_("the exact characters that say it, where the text is kept"),
        hxl="#meta+quote",
        default="",
    )
    start: int | None = column(
        N_("offset of the quote in the text, from 0"), sql="INTEGER", default=None
    )
    end: int | None = column(
        N_("offset after the quote's last character"), sql="INTEGER", default=None
    )
    position: str = column(N_("page, or sheet and cell, or row"), default="")
    note: str = column(
        N_("the compiler's remark, not the source's words"), hxl="#description", default=""
    )
    language: str = column(N_("language of the page"), hxl="#meta+language", default="")
    verification: str = column(
        N_("verified by an independent recorder, confirmed by a body responsible, reported, …"),
        hxl="#status+verification",
        default="reported",
    )
    recalled: bool = column(
        N_("an earlier story's number that the page only recalls"), sql="BOOLEAN", default=False
    )
    dubious: bool = column(
        N_("marked as doubtful by whoever compiled the table"), sql="BOOLEAN", default=False
    )
    source: str = column(N_("the loader's or report reader's short name"), default="")
    source_key: str = column(
        N_("the row's key within its source; a later edition of it replaces the figure"),
        default="",
    )

    def __post_init__(self) -> None:
        for check, fields_of in _TOLD_TO:
            check(*fields_of(self))
        for name in ("value", "value_high"):
            # 6000 and 6000.0 are the same number and must give the same id.
            if (number := getattr(self, name)) is not None:
                object.__setattr__(self, name, float(number))

    @classmethod
    def of_row(cls, row: Row) -> "Figure":
        """The figure of a row of a table. NaN may stand for a missing number.

        Raises KeyError if a field is missing, InvalidFigure if a value breaks a rule.
        """
        return cls(**as_record(row))

    @property
    def figure_id(self) -> str:
        """The id: "F-" and the first 12 base32 characters of the SHA-256 of all fields.

        Figures with the same content have the same id. The id has 60 bits. Among ten million
        figures the probability that two different ones share an id is about 1 in 20,000.
        """
        content = repr(_all_fields(self)).encode("utf-8", "surrogatepass")
        return "F-" + b32encode(hashlib.sha256(content).digest())[:12].decode()


COLUMNS = fields(Figure)
NAMES = tuple(each.name for each in COLUMNS)
_all_fields = attrgetter(*NAMES)

# Figures that agree in these fields are claims about the same thing (rivals), whatever the other
# fields say. For the cause, its class must agree. "period" keeps totals since a start apart from
# those of a day.
CLAIM = (
    "indicator",
    "place",
    "date",
    "unit",
    "status",
    "people",
    "part",
    "period",
    "cause",
)


def sql_columns() -> str:
    """The columns of a table of figures, in SQL that DuckDB and DuckLake accept."""
    return ", ".join(f'"{each.name}" {each.metadata["sql"]}' for each in COLUMNS)


def as_record(row: Row) -> dict[str, Any]:
    """The fields of a figure from a row of a table. Missing numbers (None, NaN) become None.

    Raises KeyError if a field is missing.
    """
    fields = {name: row[name] for name in NAMES}
    for name in ("value", "value_high", "start", "end"):
        number = fields[name]
        fields[name] = None if number is None or number != number else number
    for name in ("start", "end"):
        fields[name] = fields[name] if fields[name] is None else int(fields[name])
    return fields


def rows(figures: Iterable[Figure]) -> list[tuple[Any, ...]]:
    """The figures as rows: first the id, then the fields in the order of NAMES."""
    return [(figure.figure_id, *_all_fields(figure)) for figure in figures]
