"""Says why a figure is a guess: what around the number spoke for it."""

from collections.abc import Iterable, Iterator

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words

# How many reasons a card names, the strongest first.
_MOST = 4
# What speaks for a guess (etl/reports/weighing/features.py) -> how it is said.
_SAID = {
    "unit": N_("it counts {what}"),
    "people": N_("it counts {what}"),
    "counted": N_("“{what}” is its noun"),
    "nearest": N_("of all kinds of impact, “{what}” is told nearest to it"),
    "line before": N_("the sentence before tells of “{what}”"),
    "list of": N_("its list is about “{what}”"),
    "before": N_("“{what}” stands before it"),
    "right before": N_("“{what}” stands before it"),
    "after": N_("“{what}” stands behind it"),
    "right after": N_("“{what}” stands behind it"),
    "clause": N_("“{what}” stands in its part of the sentence"),
    "sentence": N_("“{what}” stands in its sentence"),
}
_OF_IMPACT = ("nearest", "line before", "list of")


def sentence(guess: Iterable[str], words: Words) -> str:
    """ "A guess from words: it counts buildings; “damage…” stands in its sentence." """
    told = list(dict.fromkeys(_reasons(guess, words)))[:_MOST]
    if not told:
        return words._("A guess from words: read its passage closely.")
    reasons = "; ".join(told)
    return words._("A guess from words: {reasons}. Read its passage closely.", reasons=reasons)


def _reasons(guess: Iterable[str], words: Words) -> Iterator[str]:
    for feature in guess:
        kind, _, value = feature.partition(": ")
        if kind in _SAID and (what := _what(kind, value, words)):
            message = _SAID[kind]
            yield words._(message, what=what)


def _what(kind: str, value: str, words: Words) -> str:
    """The word of the text, or the name of an impact, a unit or people; empty where there is
    none."""
    if kind in _OF_IMPACT:
        indicator = INDICATORS.get(value.partition(" ")[0])
        return indicator.title[words.language] if indicator else ""
    names = {"unit": vocabulary.UNIT_NAMES, "people": vocabulary.PEOPLE}
    if kind in names:
        message = names[kind].get(value)
        return words._(message) if message else ""
    return value if value.islower() else ""  # no mark, and no PLACE, DAY or NUMBER
