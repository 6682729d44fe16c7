"""What a chart shows, in words: its title and, under it, unit, place, period and rule."""

from collections.abc import Collection, Sequence
from datetime import date

import pandas as pd

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.rules import headline

Period = tuple[date, date]
MOST_NAMES = 3

# A city's name may stand before what is counted; an oblast's or several names stand behind.
_CUT_OFF = {
    "without": N_("{place} {unit} {without}, {period}"),
    "lost": N_("{place} {unit} that {lost}, {period}"),
    "restored": N_("{restored}: {place}, {unit}, {period}"),
}
_CUT_OFF_IN = {
    "without": N_("{unit} {without}: {place}, {period}"),
    "lost": N_("{unit} that {lost}: {place}, {period}"),
    "restored": N_("{restored}: {place}, {unit}, {period}"),
}


def title(
    indicator: str,
    places: Sequence[str],
    period: Period,
    words: Words,
    *,
    unit: str = "",
    status: str = "",
    people: str = "all",
) -> str:
    """ "Kyiv buildings without heating, January 2026"; "Children killed in Ukraine, …".

    status  of an outage, the one that the chart is mostly about; empty for a toll or count
    """
    each = INDICATORS[indicator]
    told = {"place": named(places, words), "period": words.period(*period)}
    if status:
        city = len(places) == 1 and PLACES[places[0]].level == "city"
        text = words._(
            (_CUT_OFF if city else _CUT_OFF_IN)[status],
            unit=words._(vocabulary.UNIT_NAMES[unit]),
            **{status: each.says(status, words.language)},
            **told,
        )
    elif people != "all":
        text = words._(
            "{group} {what} in {place}, {period}",
            group=vocabulary.group(people, words),
            what=each.says("", words.language),
            **told,
        )
    elif unit == "people":
        text = words._(
            "People {what} in {place}, {period}", what=each.says("", words.language), **told
        )
    else:
        name = each.title[words.language]
        text = words._("{what}: {place}, {period}", what=name, **told)
    return text[:1].upper() + text[1:]


def telling(indicator: str, statuses: Collection[str]) -> str:
    """The status of an outage that a chart is mostly about, of those that it shows."""
    if not INDICATORS[indicator].statuses:
        return ""
    return next((each for each in _CUT_OFF if each in statuses), "without")


def subtitle(
    counted: str, places: Sequence[str], period: Period, words: Words, *, how: str = ""
) -> str:
    """ "Buildings · Kyiv · 1–31 January 2026 · body responsible first".

    counted  the unit, or who is counted, in words
    how      what else a reader must know: how the leading claim is chosen, how days add up
    """
    pieces = [counted[:1].upper() + counted[1:], named(places, words), words.days(*period), how]
    return " · ".join(piece for piece in pieces if piece)


def leading(rule: str, words: Words) -> str:
    """How the leading claim is chosen, as part of a line."""
    text = words._(headline.RULE_TITLES[rule])
    return text[:1].lower() + text[1:]


def over_time(rows: pd.DataFrame, words: Words) -> str:
    """How the statements of a toll stand beside each other (hours.in_sequence), as part of a
    line."""
    if rows.empty:
        return ""
    if not rows["timed"].any():
        return words._("no hour told, in the order published")
    if rows["timed"].all():
        return words._("at the hour told; the line follows the body responsible")
    return words._(
        "at the hour told, else in the order published; the line follows the body responsible"
    )


def named(places: Sequence[str], words: Words) -> str:
    """Names of places with commas between, or how many places, if a line would not hold the
    names."""
    if len(places) > MOST_NAMES:
        return words.plural("{count} place", "{count} places", len(places))
    return ", ".join(PLACES[pcode].name(words.language) for pcode in places)
