"""The fields of a figure, and what they hold, in the reader's words."""

from collections.abc import Mapping
from functools import cache

from impact.model import parts, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import MOMENTS, N_, Words
from impact.model.places import PLACES, Place

# Field -> what it is called.
NAMES = {
    "indicator": N_("Indicator"),
    "value": N_("Number"),
    "value_high": N_("Upper end of a range"),
    "bound": N_("Bound"),
    "unit": N_("Unit"),
    "people": N_("People"),
    "place": N_("Place"),
    "date": N_("Day of the event"),
    "as_of": N_("As of"),
    "status": N_("Status"),
    "cause": N_("Cause"),
    "period": N_("Period counted"),
    "attributed_to": N_("Said by"),
    "quote": N_("Passage of the report"),
    "part": N_("Part counted"),
    "moment": N_("Part of the day"),
    "published": N_("Published"),
    "verification": N_("How sure"),
    # As the shipped tables and their amendments call them.
    "group": N_("People"),
    "sequence": N_("Order of the statements"),
    "doubt": N_("Doubt"),
    "scope": N_("Where it stands"),
}
PERIODS = {
    "day": N_("one day or event"),
    "cumulative": N_("total since some start"),
    "average": N_("average"),
    "forecast": N_("forecast"),
}
EXACTLY = {"exact": N_("exactly")}
# Field -> the words for what it may hold.
_WORDS = {
    "bound": vocabulary.BOUND_NAMES | EXACTLY,
    "unit": vocabulary.UNIT_NAMES,
    "cause": vocabulary.CAUSE_NAMES,
    "period": PERIODS,
    "people": vocabulary.PEOPLE,
    "group": vocabulary.PEOPLE,
    "verification": vocabulary.VERIFICATIONS,
    "moment": MOMENTS,
    "sequence": MOMENTS,
    "doubt": {"dubious": N_("doubtful")},
    "scope": {"elsewhere": N_("beside the article itself")},
}
_NOTHING = "–"


def name(field: str, words: Words) -> str:
    """What a field is called; its own name where it has no other."""
    return words._(NAMES[field]) if field in NAMES else field


def shown(field: str, value: object, words: Words) -> str:
    """What a field holds. Names of people and outlets stay as they were told."""
    if value is None or value == "":
        return _NOTHING
    if isinstance(value, float):
        return words.number(value)
    text = str(value)
    if field == "place":
        return _place(text, words)
    if field == "indicator" and text in INDICATORS:
        return INDICATORS[text].title[words.language]
    if field == "part":
        return parts.called(text, words.language)
    if field in ("date", "as_of", "published"):
        return words.stated(text)
    return words._(_WORDS.get(field, {}).get(text, text))


def _place(text: str, words: Words) -> str:
    """A place by its P-code or by its English name, as the shipped tables have it."""
    place = PLACES.get(text) or _by_english_name().get(text)
    return place.name(words.language) if place else text


@cache
def _by_english_name() -> Mapping[str, Place]:
    return {each.name_en: each for each in PLACES.values()}
