"""Shares in words, and what stands in their place where a number exceeds its whole."""

from impact.model import vocabulary
from impact.model.language import N_, Words
from impact.queries.comparing import Whole
from impact.rules import shares
from impact.wording import captions

_HOUSEHOLDS = N_("{share} of households")
_OF = {"people": N_("{share} of people"), "buildings": N_("{share} of apartment blocks")}


def told(ends: tuple[float, float], unit: str, whole: Whole | None, words: Words) -> str:
    """ "22–27 % of households"; of more than all of them which base counts fewer.

    whole  the base, of a number that exceeds it
    """
    if whole:
        return beyond(whole, words)
    low, high = (words.percent(each) for each in ends)
    if not shares.fit(ends):
        text = words._("{share} or more", share=low)
    else:
        text = low if low == high else f"{low}–{high}"
    return words._(_OF.get(unit, _HOUSEHOLDS), share=text)


def beyond(whole: Whole, words: Words) -> str:
    """ "more than the base counts: 1,010,888 households, base of 2021 from Ukrstat"."""
    most = {"value": round(whole.most), "value_high": None, "bound": "exact", "unit": whole.unit}
    names = [captions.said_by(row, words) for row in whole.statements]
    if whole.of_gazetteer:
        names.append(words._("the gazetteer of places"))
    sources = "; ".join(dict.fromkeys(names))
    amount = vocabulary.amount(most, words)
    if whole.years is None:
        return words._(
            "more than the base counts: {amount}, base from {sources}",
            amount=amount,
            sources=sources,
        )
    return words._(
        "more than the base counts: {amount}, base of {years} from {sources}",
        amount=amount,
        years="–".join(dict.fromkeys(map(str, whole.years))),
        sources=sources,
    )
