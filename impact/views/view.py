"""View: what a picture shows, as it stands in an address.

A view knows no store: what it leaves open ("the latest thirty days", "the unit most often used")
is settled when it is drawn, from whichever snapshot the caller reads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from impact.charts import SHEETS, THEMES, Sheet
from impact.model import language
from impact.model.indicators import IMPACTS, INDICATORS, Indicator
from impact.model.language import N_, SOURCE_LANGUAGE, Words
from impact.model.places import PLACES
from impact.model.vocabulary import PEOPLE
from impact.rules import headline
from impact.views import reading
from impact.views.kind import KINDS, kinds_of
from impact.views.reading import Address, InvalidView, one_of

# Characters; more would leave no room for the plot.
LONGEST_TITLE, LONGEST_NOTE = 110, 140
AT_MOST = N_("at most {count} for this kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What a picture shows. An indicator is enough; everything else has a default.

    places       P-codes; none for the place that a reader most likely means
    first, last  days; None for the latest thirty with figures
    unit         empty for the one most often used
    status       lost, without or restored; empty for all that the kind can show
    people       everybody or a group that sources count
    title, note  the publisher's own words; empty for those made from the view
    asof         ISO date or date-time of Kyiv up to which the view knows; carried along and never
                 used here: whoever draws chooses the reader

    Raises InvalidView for what no view can have.
    """

    indicator: str
    kind: str = ""
    places: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    unit: str = ""
    status: str = ""
    people: str = "all"
    rule: str = headline.DEFAULT_RULE
    title: str = ""
    note: str = ""
    language: str = SOURCE_LANGUAGE
    size: str = "article"
    theme: str = "light"
    asof: str = ""

    def __post_init__(self) -> None:
        if self.indicator not in IMPACTS:
            raise InvalidView("indicator", self.indicator, IMPACTS)
        each = INDICATORS[self.indicator]
        if not self.kind:
            object.__setattr__(self, "kind", default_kind(each, len(self.places)))
        for parameter, given, allowed in (
            ("kind", self.kind, kinds_of(each)),
            ("unit", self.unit, ("", *each.units)),
            ("status", self.status, ("", *each.statuses)),
            ("people", self.people, tuple(PEOPLE)),
            ("rule", self.rule, tuple(headline.RULES)),
            ("lang", self.language, language.languages()),
            ("size", self.size, tuple(SHEETS)),
            ("theme", self.theme, THEMES),
        ):
            one_of(parameter, given, allowed)
        kind = KINDS[self.kind]
        if len(self.places) > kind.MOST_PLACES:
            raise InvalidView("places", ", ".join(self.places), [AT_MOST], count=kind.MOST_PLACES)
        within = [pcode for pcode, place in PLACES.items() if place.level in kind.LEVELS]
        for pcode in self.places:
            one_of("places", pcode, within)

    @classmethod
    def read(cls, parameters: Mapping[str, Sequence[str]]) -> "View":
        """The view of an address: name -> texts, as a query string has them."""
        address = Address(parameters)
        event = reading.event(address.last("event"))
        place, day, indicator = event or ("", None, "")
        first, last = (day, day) if day else reading.days(address)
        found = address.all("places") or address.all("place")
        return cls(
            indicator=address.last("indicator", indicator),
            kind=address.last("kind", "toll" if event else ""),
            places=(place,) if place else reading.pcodes(found),
            first=first,
            last=last,
            unit=address.last("unit"),
            status=address.last("status"),
            people=address.last("people", "all"),
            rule=address.last("rule", headline.DEFAULT_RULE),
            title=reading.line("title", address.last("title"), LONGEST_TITLE),
            note=reading.line("note", address.last("note"), LONGEST_NOTE),
            language=address.last("lang", SOURCE_LANGUAGE),
            size=address.last("size", "article"),
            theme=address.last("theme", "light"),
            asof=reading.known_at(address.last("asof")),
        )

    def parameters(self) -> dict[str, list[str]]:
        """The address of the view, from which `read` makes it again. Defaults stay out."""
        usual = default_kind(INDICATORS[self.indicator], len(self.places))
        single = {
            "indicator": self.indicator,
            "kind": self.kind if self.kind != usual else "",
            **reading.period(self.first, self.last),
            "unit": self.unit,
            "status": self.status,
            "people": self.people if self.people != "all" else "",
            "rule": self.rule if self.rule != headline.DEFAULT_RULE else "",
            "title": self.title,
            "note": self.note,
            "lang": self.language if self.language != SOURCE_LANGUAGE else "",
            "size": self.size if self.size != "article" else "",
            "theme": self.theme if self.theme != "light" else "",
            "asof": self.asof,
        }
        found = {name: [text] for name, text in single.items() if text}
        return found | ({"places": list(self.places)} if self.places else {})

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
    def indicators(self) -> tuple[str, ...]:
        """Everything that it shows: its own indicator, or several of which that is one."""
        return KINDS[self.kind].TOGETHER or (self.indicator,)


def default_kind(indicator: Indicator, places: int) -> str:
    """How an indicator is drawn unless the reader says otherwise."""
    usual = ("multiples", "line") if places > 1 else ("bars", "line")
    return next(each for each in usual if each in kinds_of(indicator))
