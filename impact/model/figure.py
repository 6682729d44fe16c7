"""Figure: one number about impact on civilians, as one source states it for one place and date.

The fields are declared only here. The columns of the ledger and the snapshot, the header of the
export, its HXL row and the data dictionary are made from them. A new field appears in all of them.
"""

import hashlib
import math
from base64 import b32encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
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


class InvalidFigure(ValueError):
    """A value breaks a rule of Figure.

    field  the name of the field
    value  its value
    rule   what is wrong, in English
    """

    def __init__(self, field: str, value: object, rule: str):
        super().__init__(f"{field} {value!r}: {rule}")
        self.field, self.value, self.rule = field, value, rule


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
        indicator = INDICATORS.get(self.indicator)
        if indicator is None:
            raise InvalidFigure("indicator", self.indicator, "no such indicator")
        if self.bound == UNSTATED:
            self._check_unstated(indicator.group)
        elif self.unit not in indicator.units:
            raise InvalidFigure("unit", self.unit, f"not a unit of {self.indicator}")
        else:
            self._check_value()
        if self.status and self.status not in indicator.statuses:
            raise InvalidFigure("status", self.status, f"not a status of {self.indicator}")
        if self.place not in PLACES:
            raise InvalidFigure("place", self.place, "no such P-code")
        self._check_words()
        self._check_dates()
        self._check_quote()

    def _check_unstated(self, group: str) -> None:
        if group not in _TOLD_IN_WORDS:
            raise InvalidFigure("bound", self.bound, "no number, and it counts none")
        for name in ("value", "value_high", "unit"):
            if (told := getattr(self, name)) not in (None, ""):
                raise InvalidFigure(name, told, "not empty, though no number is told")

    def _check_value(self) -> None:
        value, high = self._number("value"), None
        if self.value_high is not None:
            high = self._number("value_high")
        if value < 0 and self.unit != "celsius":
            raise InvalidFigure("value", value, "below zero")
        if high is not None and high <= value:
            raise InvalidFigure("value_high", high, "not above the value")

    def _number(self, name: str) -> float:
        """The field as a number. 6000 and 6000.0 are the same number, so both become 6000.0: they
        must give the same id."""
        number = getattr(self, name)
        if not isinstance(number, int | float) or not math.isfinite(number):
            raise InvalidFigure(name, number, "not a number")
        object.__setattr__(self, name, float(number))
        return float(number)

    def _check_words(self) -> None:
        for name, allowed in CLOSED.items():
            if getattr(self, name) not in allowed:
                raise InvalidFigure(name, getattr(self, name), f"not one of {sorted(allowed)}")
        if not self.people:
            raise InvalidFigure("people", self.people, "empty; 'all' is the default")

    def _check_dates(self) -> None:
        for name, reader in _DATED:
            stated = getattr(self, name)
            if not stated and name != "date":
                continue
            try:
                reader(stated)
            except ValueError as error:
                raise InvalidFigure(name, stated, str(error)) from None

    def _check_quote(self) -> None:
        if self.start is None and self.end is None:
            return
        if self.start is None or self.end is None or self.start < 0:
            raise InvalidFigure("start", self.start, "offsets come in pairs, from 0")
        if self.end - self.start != len(self.quote):
            raise InvalidFigure("end", self.end, "offsets and quote differ in length")

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


# Field -> the values that it may have.
CLOSED: Mapping[str, frozenset[str]] = {
    "bound": frozenset(BOUNDS),
    "cause": frozenset(CAUSES),
    "period": frozenset(PERIODS),
    "moment": frozenset(dates.MOMENTS),
    "verification": frozenset(VERIFICATIONS),
}
_DATED = (("date", dates.span), ("published", dates.span), ("as_of", dates.local_time))

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
