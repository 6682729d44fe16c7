"""View: what a picture shows, as it stands in an address.

A view knows no store: what it leaves open ("the latest thirty days", "the unit most often used")
is settled when it is drawn, from whichever snapshot the caller reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from impact.address import declared, filters, parameters
from impact.address.parameters import Values
from impact.charts import SHEETS, Sheet
from impact.model import language
from impact.model.indicators import IMPACTS, INDICATORS, Indicator
from impact.model.language import N_, Words
from impact.model.places import PLACES, UKRAINE
from impact.store import as_of
from impact.views import reading
from impact.views.kind import KINDS, kinds_of, sizes_of, usual_size
from impact.views.reading import InvalidView, one_of

AT_MOST = N_("at most {count} for this kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a picture shows. An indicator is enough; everything else has a default.

    places       P-codes; none for the place that a reader most likely means
    first, last  days; None for the latest thirty with figures
    unit         empty for the one most often used
    status       lost, without or restored; empty for all that the kind can show
    people       everybody or a group that sources count
    conflict     of the kind that shows one, its claim; empty for the gravest
    number       of the kind that shows one, which: worst, latest or total; empty for the usual one
    title, note  the publisher's own words; empty for those made from the view
    mark1, mark2 the publisher's notes that point at the mark of a day: "2026-01-24 text"
    size         one that the kind fills; empty for its usual one
    asof         ISO date-time of Kyiv up to which the view knows; carried along and never used
                 here: whoever draws chooses the reader

    Raises WrongParameter for what no view can have.
    """

    indicator: str
    kind: str = ""
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    unit: str = ""
    status: str = ""
    people: str = declared.PEOPLE.default
    conflict: str = declared.CONFLICT.default
    number: str = declared.NUMBER.default
    rule: str = declared.RULE.default
    title: str = ""
    note: str = ""
    mark1: str = declared.MARK1.default
    mark2: str = declared.MARK2.default
    language: str = declared.LANG.default
    size: str = ""
    theme: str = declared.THEME.default
    asof: str = ""

    def __post_init__(self) -> None:
        if self.indicator not in IMPACTS:
            raise InvalidView("indicator", self.indicator, IMPACTS)
        each = INDICATORS[self.indicator]
        if not self.kind:
            object.__setattr__(self, "kind", default_kind(each, self.places))
        one_of("kind", self.kind, kinds_of(each))
        if not self.size:
            object.__setattr__(self, "size", usual_size(self.kind))
        if self.size not in KINDS[self.kind].SHEETS:
            raise InvalidView("size", self.size, sizes_of(self.kind))
        for parameter, given in (
            (declared.PEOPLE, self.people),
            (declared.RULE, self.rule),
            (declared.LANG, self.language),
            (declared.THEME, self.theme),
        ):
            one_of(parameter.name, given, parameter.form.options)
        filters.check_of(each, self.status, self.unit)
        if self.conflict:
            one_of("kind", self.kind, (reading.OF_CONFLICT,))
            one_of("indicator", self.indicator, (reading.claim(self.conflict).indicator,))
        if self.number:
            one_of("kind", self.kind, (reading.OF_NUMBER,))
            one_of("number", self.number, numbers_of(each))
        for text in filter(None, (self.mark1, self.mark2)):
            one_of("kind", self.kind, reading.NOTED)
            reading.noted(text, self.first, self.last)
        kind = KINDS[self.kind]
        if len(self.places) > kind.MOST_PLACES:
            given = ", ".join(self.places)
            raise InvalidView("places", given, form=AT_MOST, most=kind.MOST_PLACES)
        within = [pcode for pcode, place in PLACES.items() if place.level in kind.LEVELS]
        for pcode in self.places:
            one_of("places", pcode, within)

    @classmethod
    def read(cls, texts: Mapping[str, Sequence[str]]) -> "View":
        """The view of an address: name -> texts, as a query string has them."""
        given = [
            (name, text)
            for name, several in texts.items()
            for text in ([several] if isinstance(several, str) else several)
        ]
        return cls.of(parameters.read_pairs(given, reading.of_view()))

    @classmethod
    def of(cls, values: Values) -> "View":
        """The view that the values of an address ask for."""
        event = reading.event(values)
        place, day, indicator = event or ("", None, "")
        conflict = values.of(declared.CONFLICT)
        kind = "toll" if event else reading.OF_CONFLICT if conflict else ""
        first, last = (day, day) if day else reading.days(values)
        moment = values.of(declared.ASOF)
        return cls(
            indicator=values.of(declared.INDICATOR)
            or indicator
            or (reading.claim(conflict).indicator if conflict else ""),
            kind=values.of(declared.KIND) or kind,
            places=(place,) if place else reading.pcodes(values),
            first=first,
            last=last,
            unit=values.of(declared.UNIT),
            status=values.of(declared.STATUS),
            people=values.of(declared.PEOPLE),
            conflict=conflict,
            number=values.of(declared.NUMBER),
            rule=values.of(declared.RULE),
            title=values.of(declared.TITLE),
            note=values.of(declared.NOTE),
            mark1=values.of(declared.MARK1),
            mark2=values.of(declared.MARK2),
            language=values.of(declared.LANG),
            size=values.of(declared.SIZE),
            theme=values.of(declared.THEME),
            asof=as_of.write(moment) if moment else "",
        )

    def parameters(self) -> dict[str, list[str]]:
        """The address of the view, from which `read` makes it again. Defaults stay out."""
        usual = default_kind(INDICATORS[self.indicator], self.places)
        said = {
            "indicator": self.indicator,
            "kind": self.kind if self.kind != usual else "",
            **reading.period(self.first, self.last),
            "unit": self.unit,
            "status": self.status,
            "people": self.people,
            "conflict": self.conflict,
            "number": self.number,
            "rule": self.rule,
            "title": self.title,
            "note": self.note,
            "mark1": self.mark1,
            "mark2": self.mark2,
            "lang": self.language,
            "size": self.size if self.size != usual_size(self.kind) else "",
            "theme": self.theme,
            "asof": self.asof or None,
            "places": self.places,
        }
        return parameters.texts(said, reading.of_view())

    @property
    def words(self) -> Words:
        """The words of its language."""
        return language.words(self.language)

    @property
    def sheet(self) -> Sheet:
        """What a file of its size is drawn on; pages draw on sheets of their own."""
        return SHEETS[self.size]

    @property
    def period(self) -> tuple[date, date]:
        """First and last day of a view that is settled; ValueError of one that leaves them open."""
        if self.first is None or self.last is None:
            raise ValueError("the view's days are not settled")
        return self.first, self.last

    @property
    def noted(self) -> tuple[tuple[date, str], ...]:
        """The publisher's notes at marks, with their days."""
        return tuple(reading.noted(text) for text in (self.mark1, self.mark2) if text)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Everything that it shows: its own indicator, or several of which that is one."""
        return KINDS[self.kind].TOGETHER or (self.indicator,)


def numbers_of(indicator: Indicator) -> tuple[str, ...]:
    """Which single numbers an indicator has: levels are never added up over days."""
    every = declared.NUMBER.form.options
    return every if indicator.adds_up_over_days else tuple(x for x in every if x != "total")


def default_kind(indicator: Indicator, places: Sequence[str]) -> str:
    """How an indicator is drawn unless the reader says otherwise. Of the country itself little is
    said; of a supply its numbers are mostly sums of its places."""
    if len(places) > 1:
        usual: tuple[str, ...] = ("multiples", "line")
    elif tuple(places) == (UKRAINE.pcode,):
        usual = ("largest", "bars", "line")
    else:
        usual = ("bars", "line")
    return next(each for each in usual if each in kinds_of(indicator))
