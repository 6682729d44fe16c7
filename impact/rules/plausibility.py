"""Doubts: what makes a figure implausible, each a sentence in the reader's language.

A doubt never drops or changes a figure. It keeps the figure from leading until a person answers it.
Each rule looks at all figures at once and yields the doubts that it has: impact/rules/implausible/
has one module a rule. To add a rule, write such a module, call it in `doubts` below, and put its
sentence into SENTENCES under the rule's name.
"""

import pandas as pd

from impact.model.figure import UNSTATED
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.outlets import called
from impact.model.places import PLACES
from impact.model.rows import NamedRow
from impact.model.speakers import identify
from impact.model.vocabulary import UNITS, amount
from impact.rules import same_event
from impact.rules.headline import joined
from impact.rules.implausible import (
    above_baseline,
    beside,
    children,
    fallen_totals,
    late_dates,
    tenfold,
)
from impact.rules.implausible import outgrown as outgrown_tolls
from impact.rules.implausible.doubt import Doubt, Facts, looked_at, who

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


def doubts(figures: pd.DataFrame) -> list[Doubt]:
    """Every doubt about the figures. Populations and other baselines are among these figures."""
    found = looked_at(figures)
    is_baseline = found["kind"] == "baseline"
    told, baselines = found[~is_baseline], found[is_baseline]
    impacts = told[told["bound"] != UNSTATED]
    raised = [
        *above_baseline.doubts(impacts, baselines),
        *children.doubts(impacts),
        *fallen_totals.doubts(impacts),
        *late_dates.doubts(told),
        *tenfold.doubts(impacts),
        *(Doubt(each, "marked_dubious", {}) for each in told["figure_id"][told["dubious"]]),
        *(_perhaps_again(row, other) for row, other in same_event.asked(impacts)),
    ]
    raised.sort(key=lambda doubt: (doubt.figure_id, doubt.rule))
    beside.add_rivals(raised, impacts)
    return raised


def outgrown(figures: pd.DataFrame, leads: pd.DataFrame) -> list[Doubt]:
    """Tolls of a wider area that are lower than the leading toll of one of its parts on that day;
    see impact/rules/implausible/outgrown.py."""
    wholes, parts = (
        each[(each["part"] == "") & each["indicator"].isin(_FLOWS)] for each in (figures, leads)
    )
    wholes = wholes[wholes["place"].isin(outgrown_tolls.AREAS)]
    if wholes.empty or parts.empty:
        return []
    found = outgrown_tolls.doubts(looked_at(wholes), looked_at(parts))
    return sorted(found, key=lambda doubt: doubt.figure_id)


_FLOWS = [each.name for each in INDICATORS.values() if each.kind == "flow"]


def _perhaps_again(row: NamedRow, other: NamedRow) -> Doubt:
    """The doubt about a toll that may be another day's: what was said of that day, and
    which it is."""
    event = {name: getattr(other, name) for name in ("indicator", "value", "unit", "bound")}
    event["value_high"] = None if pd.isna(other.value_high) else other.value_high
    facts = {"event": event, "event_id": other.figure_id, "limit_source": who(other)}
    return Doubt(row.figure_id, SAME_EVENT, facts | {"date": other.date})


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


def scale_keys(figures: pd.DataFrame) -> pd.Series:
    """The group within which a figure's size is compared: its claim without the status.

    What was lost and what is still without supply on one day are of one scale.
    """
    return joined(figures, _SCALE)


_SCALE = ("indicator", "place", "date", "unit", "people", "part", "period", "cause")
