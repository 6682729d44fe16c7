"""Vocabulary: the words for bounds, units, groups, statuses and causes, and numbers with them."""

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from impact.model.figure import UNSTATED
from impact.model.language import N_, NN_, Words
from impact.model.rows import Row

BOUNDS = {
    "exact": N_("{amount}"),
    "at_least": N_("at least {amount}"),
    "at_most": N_("up to {amount}"),
    "about": N_("about {amount}"),
    UNSTATED: N_("no number given"),
}
# Words for a bound, where the bound and the number stand in different places.
BOUND_NAMES = {
    "exact": "",
    "at_least": N_("at least"),
    "at_most": N_("up to"),
    "about": N_("about"),
    UNSTATED: N_("no number given"),
}
# For temperatures "at most" is "down to": "frosts of up to 10" are "down to −10 °C".
COLDEST = N_("down to")
UNITS = {
    "people": NN_("{count} person", "{count} people"),
    "households": NN_("{count} household", "{count} households"),
    "customers": NN_("{count} customer", "{count} customers"),
    "properties": NN_("{count} property", "{count} properties"),
    "buildings": NN_("{count} building", "{count} buildings"),
    "settlements": NN_("{count} settlement", "{count} settlements"),
    "facilities": NN_("{count} facility", "{count} facilities"),
    "drones": NN_("{count} drone", "{count} drones"),
    "missiles": NN_("{count} missile", "{count} missiles"),
    "hours": NN_("{count} hour", "{count} hours"),
    "celsius": NN_("{count} °C", "{count} °C"),
}
UNIT_NAMES = {
    "people": N_("people"),
    "households": N_("households"),
    "customers": N_("customers"),
    "properties": N_("properties"),
    "buildings": N_("buildings"),
    "settlements": N_("settlements"),
    "facilities": N_("facilities"),
    "drones": N_("drones"),
    "missiles": N_("missiles"),
    "hours": N_("hours"),
    "celsius": N_("°C"),
}
VERIFICATIONS = {
    "verified": N_("verified"),
    "confirmed": N_("confirmed by a body responsible"),
    "reported": N_("reported"),
    "estimated": N_("estimated"),
    "disputed": N_("disputed"),
    "withdrawn": N_("withdrawn"),
}
PEOPLE = {
    "all": N_("all people"),
    "children": N_("children"),
    "women": N_("women"),
    "men": N_("men"),
    "adults": N_("adults"),
    "medics": N_("medics"),
    "rescuers": N_("rescuers"),
    "miners": N_("miners"),
    "police": N_("police officers"),
}
CAUSE_NAMES = {
    "": N_("cause not stated"),
    "strike": N_("strike"),
    "weather": N_("weather"),
    "planned": N_("planned cut"),
    "mixed": N_("several causes"),
    "other": N_("another cause"),
    "unknown": N_("cause not known"),
}


def amount(row: Row, words: Words, *, unit: bool = True) -> str:
    """A figure's number in words: "at least 6,000 buildings", "8–10 people", "no number given".

    unit  whether to name the unit
    """
    if row["bound"] == UNSTATED:
        return words._(BOUNDS[UNSTATED])
    count = row["value"]
    high = row.get("value_high")
    number = words.number(count)
    if high is not None and not pd.isna(high):
        number, count = f"{number}–{words.number(high)}", high
    if unit:
        number = words.plural(*UNITS[row["unit"]], count).replace(words.number(count), number)
    bound = row["bound"]
    if bound == "at_least" and count == 0 and row["unit"] != "celsius":
        # Noughts added up are at least none: that says no more than none.
        return number
    if row["unit"] == "celsius" and bound == "at_most":
        return words._("down to {amount}", amount=number)
    return words._(BOUNDS[bound], amount=number)


def bound_names(unit: str) -> dict[str, str]:
    """Bound -> its words beside a number in a unit, not yet translated."""
    return BOUND_NAMES | ({"at_most": COLDEST} if unit == "celsius" else {})


def bound_alone(row: Row, words: Words) -> str:
    """The words for the bound of a figure, without its number; "" for an exact one."""
    name = bound_names(row["unit"])[row["bound"]]
    return words._(name)


def unit_alone(row: Row, words: Words) -> str:
    """The unit of a figure without its number, in the right form: person (1), people (4)."""
    high = row["value_high"]
    count = row["value"] if high is None or pd.isna(high) else high
    one, many = UNITS[row["unit"]]
    return words.plural(one, many, count).replace(words.number(count), "").strip()


def between(low: float, high: float, unit: str, words: Words) -> str:
    """The range from the lowest to the highest of several figures: "3,200–320,000 buildings"."""
    if low == high:
        return words.plural(*UNITS[unit], low)
    top = words.number(high)
    return words.plural(*UNITS[unit], high).replace(top, f"{words.number(low)}–{top}", 1)


def group(people: str, words: Words) -> str:
    """The words for a group of people. A group without a translation is shown as printed."""
    return words._(PEOPLE.get(people, people))


def standing(row: Row, words: Words) -> str:
    """The words for a figure's verification: verified, confirmed, reported …"""
    verification = row["verification"]
    return words._(VERIFICATIONS[verification])


def statuses(rows: pd.DataFrame, words: Words) -> str:
    """How many figures have each verification, the most frequent first.

    For example "12 confirmed by a body responsible, 3 reported". Without numbers if there is only
    one kind.
    """
    return status_counts(dict(Counter(rows["verification"]).most_common()), words)


def status_counts(counted: Mapping[str, int], words: Words) -> str:
    """The same, of verification -> how many figures have it, the most frequent first."""
    if len(counted) == 1:
        return words._(VERIFICATIONS[next(iter(counted))])
    return ", ".join(f"{words.number(n)} {words._(VERIFICATIONS[k])}" for k, n in counted.items())
