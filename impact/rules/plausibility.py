"""Doubts: what makes a figure implausible, each a sentence in the reader's language.

A doubt never drops or changes a figure. It keeps the figure from leading until a person answers it.
Each rule looks at all figures at once and yields the doubts that it has. To add a rule, write a
function and put its sentence into SENTENCES under the same name.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any

import pandas as pd

from impact.model import dates
from impact.model.figure import CLASS_OF_CAUSE
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.outlets import called
from impact.model.places import PLACES, contains
from impact.model.rows import NamedRow
from impact.model.speakers import identify
from impact.model.vocabulary import UNITS, amount
from impact.rules import same_event
from impact.rules.headline import joined

# What a doubt's sentence needs to know, in no language.
Facts = Mapping[str, Any]

# A figure this many times its rivals is more likely a slip of scale than a disagreement.
TIMES_RIVALS = 10
# Early tolls of one event grow from 1 to 11 within a morning: below this, tenfold says nothing.
SMALLEST_TENFOLD = 100
# A running total that fell below this share of the one before counts from another start.
SAME_COUNT = 0.5

# A toll that may belong to another day's event. Whoever answers the doubt says that it does not.
SAME_EVENT = "same_event"

SENTENCES = {
    "more_people_than_place": N_(
        "{amount} is more than all {limit} people of {place} ({limit_source})."
    ),
    "more_households_than_place": N_(
        "{amount} is more than all {limit} households of {place} ({limit_source})."
    ),
    "more_buildings_than_blocks": N_(
        "{amount} is more than the {limit} apartment blocks of {place} ({limit_source})."
    ),
    "more_customers_than_customers": N_(
        "{amount} is more than the {limit} power customers of {place} ({limit_source})."
    ),
    "children_above_total": N_(
        "{amount} of one group is more than the total for the same event: {limit} ({limit_source})."
    ),
    "total_that_fell": N_(
        "{amount} in all is fewer than {limit} counted up to {date} already ({limit_source})."
    ),
    "date_after_publication": N_(
        "It is dated {date}, after the day it was published, {published}."
    ),
    "ten_times_rivals": N_("{amount} is at least ten times what anyone else said."),
    "below_its_part": N_("{amount} is less than {part} alone: {limit} ({limit_source})."),
    SAME_EVENT: N_(
        "The same event as that of {date} ({event}; {limit_source})? Until that is answered it is "
        "not added."
    ),
    "marked_dubious": N_("Whoever compiled the table marked this figure as doubtful."),
}
# A person's objection to a published figure: no rule raises it, and a person ends it.
DISPUTED = "disputed"
OBJECTION = N_("Disputed by {by}: “{reason}”.")
# Where the gazetteer's populations come from (data/places/places.csv), as its readers are told.
GAZETTEER = (
    N_("COD-PS (2022 baseline)"),
    N_("sum of COD-PS (2022 baseline)"),
    N_("GeoNames (may mix pre-war and wartime counts)"),
)
OTHERS_SAID = N_("Others said: {rivals}.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One rule's objection to one figure, with what its sentence needs."""

    figure_id: str
    rule: str
    facts: Mapping[str, object]

    @property
    def detail(self) -> str:
        """The facts as stored text."""
        return json.dumps(self.facts, ensure_ascii=False, sort_keys=True)


def doubts(figures: pd.DataFrame) -> list[Doubt]:
    """Every doubt about the figures. Populations and other baselines are among these figures."""
    rows = _rows(figures)
    baselines = _baselines([row for row in rows if _kind(row) == "baseline"])
    impacts = [row for row in rows if _kind(row) != "baseline"]
    beside = _grouped(impacts, attrgetter("claim_scale"))
    found = [
        *_above_baseline(impacts, baselines),
        *_children_above_total(impacts),
        *_totals_that_fell(impacts),
        *_date_after_publication(impacts),
        *_ten_times_rivals(beside.values()),
        *(Doubt(row.figure_id, "marked_dubious", {}) for row in impacts if row.dubious),
        *(_perhaps_again(row, other) for row, other in same_event.asked(impacts)),
    ]
    return _with_rivals(sorted(found, key=lambda doubt: (doubt.figure_id, doubt.rule)), beside)


def outgrown(figures: pd.DataFrame, leads: pd.DataFrame) -> list[Doubt]:
    """Tolls of a wider area that are lower than the leading toll of one of its parts on that day.

    Both may have been true, but then the wider one is older. An oblast's 7 from the morning must
    not stand as its total once its city's toll has reached 10.
    """
    tolls = [row for row in _rows(figures) if _kind(row) == "flow" and not row.part]
    by_day = _grouped((row for row in _rows(leads) if not row.part), _SAME_DAY)
    found = []
    for row in tolls:
        larger = [
            part
            for part in by_day.get(_SAME_DAY(row), ())
            if part.value > _high(row) and contains(PLACES[row.place], PLACES[part.place])
        ]
        if larger:
            part = max(larger, key=lambda each: (each.value, each.figure_id))
            facts = {
                "value": row.value,
                "unit": row.unit,
                "part": part.place,
                "limit": part.value,
                "limit_source": _who(part),
            }
            found.append(Doubt(row.figure_id, "below_its_part", facts))
    return sorted(found, key=lambda doubt: doubt.figure_id)


def _rows(figures: pd.DataFrame) -> list[NamedRow]:
    """The figures with what the rules look at; the class of the cause stands for the cause."""
    classes = figures["cause"].map(CLASS_OF_CAUSE)
    return list(figures[list(_COLUMNS)].assign(cause=classes).itertuples(index=False))


def sentence(rule: str, facts: Facts, words: Words) -> str:
    """The doubt in words, and what others said about the same thing, if anyone did."""
    if rule == DISPUTED:
        return words._(OBJECTION, by=facts["by"], reason=facts["reason"])
    place = PLACES.get(facts.get("place", ""))
    text = words._(
        SENTENCES[rule],
        amount=_amount(facts, words),
        limit=words.number(facts["limit"]) if "limit" in facts else "",
        limit_source=_source(facts.get("limit_source", {}), words),
        event=_toll(facts["event"], words) if "event" in facts else "",
        place=place.name(words.language) if place else "",
        part=PLACES[facts["part"]].name(words.language) if facts.get("part") else "",
        date=words.stated(facts["date"]) if facts.get("date") else "",
        published=words.stated(facts["published"]) if facts.get("published") else "",
    )
    rivals = "; ".join(
        f"{words.number(rival['value'])} ({_source(rival['who'], words)})"
        for rival in facts.get("rivals", ())
    )
    return f"{text} {words._(OTHERS_SAID, rivals=rivals)}" if rivals else text


def _amount(facts: Facts, words: Words) -> str:
    if "value" not in facts:
        return ""
    one, many = UNITS[facts["unit"]]
    return words.plural(one, many, facts["value"])


def _toll(event: Facts, words: Words) -> str:
    """What was said of an event: "killed: 1 person"."""
    indicator = INDICATORS[event["indicator"]]
    return f"{indicator.says('', words.language)}: {amount(event, words)}"


def _source(who: Facts, words: Words) -> str:
    """Speaker, outlet and date; a baseline of the gazetteer has only its source."""
    speaker = identify(who.get("attributed_to", ""), who.get("place", "UA"))
    published = who.get("published")
    pieces = (
        speaker.name(words.language),
        words._(called(who.get("outlet", ""), words.language)),
        words.stated(published) if published else "",
    )
    return ", ".join(piece for piece in pieces if piece)


def _kind(row: NamedRow) -> str:
    return INDICATORS[row.indicator].kind


def _grouped(rows: Iterable[NamedRow], key: Callable[[NamedRow], Any]) -> dict[Any, list[NamedRow]]:
    groups: dict[Any, list[NamedRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


# (indicator, place) -> the limit, the baseline to name, who stated it.
_Baselines = dict[tuple[str, str], tuple[float, float, Facts]]


def _baselines(rows: Sequence[NamedRow]) -> _Baselines:
    """(indicator, place) -> the highest baseline, the baseline to name, and who stated that.

    The highest is the limit, so that no figure is doubted unfairly. The sentence names the baseline
    that most outlets have printed, and of equals the latest. The gazetteer's populations fill the
    gaps.
    """
    found: _Baselines = {
        ("population", place.pcode): (
            place.population,
            place.population,
            {"outlet": place.population_source},
        )
        for place in PLACES.values()
        if place.population
    }
    stated = [row for row in rows if not row.part and row.unit != "celsius"]
    for key, group in _grouped(stated, attrgetter("indicator", "place")).items():
        carriers = Counter({row.value: 0 for row in group})
        carriers.update(value for value, _ in {(row.value, row.outlet) for row in group})
        named = max(group, key=lambda row: (carriers[row.value], row.date, row.figure_id))
        found[key] = (max(row.value for row in group), named.value, _who(named))
    return found


def _who(row: NamedRow) -> Facts:
    """The values with which a sentence says who stated a figure, in any language."""
    return {name: getattr(row, name) for name in ("attributed_to", "place", "outlet", "published")}


_DAY = len("2026-01-24")
_SCALE = ("indicator", "place", "date", "unit", "people", "part", "period", "cause")
_COLUMNS = (
    "figure_id",
    "indicator",
    "value",
    "value_high",
    "bound",
    "unit",
    "people",
    "part",
    "place",
    "date",
    "status",
    "cause",
    "period",
    "attributed_to",
    "published",
    "url",
    "day_told",
    "recalled",
    "dubious",
    "body",
    "outlet",
    "claim_scale",
)

# What a value may not exceed: unit of the figure -> baseline, rule. Population stands in for
# customers and households where neither is known: a place has fewer of both than people.
_LIMITS = {
    "people": (("population", "more_people_than_place"),),
    "households": (
        ("households", "more_households_than_place"),
        ("population", "more_people_than_place"),
    ),
    "customers": (
        ("customers", "more_customers_than_customers"),
        ("population", "more_people_than_place"),
    ),
    "buildings": (("apartment_blocks", "more_buildings_than_blocks"),),
}
# Refugees and displaced people of a whole war may outnumber those who stayed; damaged or
# blacked-out buildings include private houses. Only heat is known to be counted in blocks.
_UNLIMITED = {"displaced", "evacuated"}
_IN_BLOCKS = {"heating_loss"}


def _above_baseline(rows: Iterable[NamedRow], baselines: _Baselines) -> Iterator[Doubt]:
    for row in rows:
        if row.indicator in _UNLIMITED or (
            row.unit == "buildings" and row.indicator not in _IN_BLOCKS
        ):
            continue
        for indicator, rule in _LIMITS.get(row.unit, ()):
            if (limit := baselines.get((indicator, row.place))) is None:
                continue
            highest, named, source = limit
            if row.value > highest:
                yield Doubt(
                    row.figure_id,
                    rule,
                    {
                        "value": row.value,
                        "unit": row.unit,
                        "place": row.place,
                        "limit": named,
                        "limit_source": source,
                    },
                )
            break


_EVENT = attrgetter("indicator", "place", "date", "unit", "status", "part", "period", "cause")


def _children_above_total(rows: Sequence[NamedRow]) -> Iterator[Doubt]:
    totals = _grouped((row for row in rows if row.people == "all"), _EVENT)
    for row in rows:
        if row.people != "children" or not (event := totals.get(_EVENT(row))):
            continue
        total = max(event, key=lambda each: (_high(each), each.figure_id))
        if row.value > _high(total):
            yield Doubt(
                row.figure_id,
                "children_above_total",
                {
                    "value": row.value,
                    "unit": row.unit,
                    "limit": total.value,
                    "limit_source": _who(total),
                },
            )


def _high(row: NamedRow) -> float:
    return float(row.value if pd.isna(row.value_high) else row.value_high)


_RUNNING = attrgetter("indicator", "place", "unit", "people", "part", "cause", "body")


def _totals_that_fell(rows: Sequence[NamedRow]) -> Iterator[Doubt]:
    """Running totals of a body that are lower than its own total of an earlier day.

    Either digits changed places or something was taken back. Totals of months and years are apart.
    """
    running = [
        row
        for row in rows
        if row.period == "cumulative"
        and _kind(row) == "flow"
        and row.bound == "exact"
        and len(row.date) == _DAY
    ]
    for group in _grouped(running, _RUNNING).values():
        for row in group:
            above = [
                other
                for other in group
                if other.date < row.date and SAME_COUNT * other.value <= row.value < other.value
            ]
            if above:
                last = max(above, key=lambda each: (each.date, each.value, each.figure_id))
                facts = {
                    "value": row.value,
                    "unit": row.unit,
                    "limit": last.value,
                    "limit_source": _who(last),
                    "date": last.date,
                }
                yield Doubt(row.figure_id, "total_that_fell", facts)


def _perhaps_again(row: NamedRow, other: NamedRow) -> Doubt:
    """The doubt about a toll that may be another day's: what was said of that day, and
    which it is."""
    event = {name: getattr(other, name) for name in ("indicator", "value", "unit", "bound")}
    event["value_high"] = None if pd.isna(other.value_high) else other.value_high
    facts = {"event": event, "event_id": other.figure_id, "limit_source": _who(other)}
    return Doubt(row.figure_id, SAME_EVENT, facts | {"date": other.date})


def _date_after_publication(rows: Iterable[NamedRow]) -> Iterator[Doubt]:
    for row in rows:
        if not row.published or row.period == "forecast":
            continue
        if dates.span(row.date)[0] > dates.span(row.published)[1]:
            yield Doubt(
                row.figure_id,
                "date_after_publication",
                {
                    "date": row.date,
                    "published": row.published,
                },
            )


def _ten_times_rivals(groups: Iterable[Sequence[NamedRow]]) -> Iterator[Doubt]:
    for group in groups:
        counted = [
            row
            for row in group
            if row.unit != "celsius" and row.status != "restored" and not row.dubious
        ]
        values = sorted({row.value for row in counted})
        # The smallest gap counts: two outlets that repeat one slip must not protect each other.
        limit = next(
            (
                high
                for low, high in pairwise(values)
                if high >= max(TIMES_RIVALS * low, SMALLEST_TENFOLD)
            ),
            None,
        )
        if limit is None:
            continue
        top = [row for row in counted if row.value >= limit]
        rest = [row for row in counted if row.value < limit]
        # A figure that more bodies state than all its rivals together is not the odd one out.
        if len({row.body for row in top}) > len({row.body for row in rest}):
            continue
        for row in top:
            facts = {"value": row.value, "unit": row.unit}
            yield Doubt(row.figure_id, "ten_times_rivals", facts)


_SAME_DAY = attrgetter("indicator", "date", "unit", "people", "period", "cause")


def _with_rivals(found: list[Doubt], beside: Mapping[str, Sequence[NamedRow]]) -> list[Doubt]:
    """The doubts about size, each with what others said about the same thing."""
    sized = {doubt.figure_id for doubt in found if "value" in doubt.facts}
    scale = {
        row.figure_id: name
        for name, group in beside.items()
        for row in group
        if row.figure_id in sized
    }
    return [
        Doubt(
            doubt.figure_id,
            doubt.rule,
            {
                **doubt.facts,
                "rivals": _rivals(
                    row for row in beside[scale[doubt.figure_id]] if row.figure_id not in sized
                ),
            },
        )
        if doubt.figure_id in sized
        else doubt
        for doubt in found
    ]


def _rivals(rows: Iterable[NamedRow]) -> list[Facts]:
    """The distinct values, at most five, largest first, each with one who said it: a named
    speaker before none, the earliest page before later ones."""
    said: dict[float, Facts] = {}
    for row in sorted(
        rows, key=lambda row: (-row.value, row.attributed_to == "", row.published, row.figure_id)
    ):
        said.setdefault(row.value, _who(row))
    return [{"value": value, "who": who} for value, who in list(said.items())[:5]]


def scale_keys(figures: pd.DataFrame) -> pd.Series:
    """The group within which a figure's size is compared: its claim without the status.

    What was lost and what is still without supply on one day are of one scale.
    """
    return joined(figures, _SCALE)
