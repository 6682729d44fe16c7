"""The words of silence: of which oblasts nobody said anything, and that while people were hit."""

from collections.abc import Sequence

import pandas as pd

from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import records

# Oblasts with most silent weeks that a sentence names; the list has all.
MOST_NAMED = 4


def silent(indicator: str, never: Sequence[str], struck: pd.DataFrame, words: Words) -> list[str]:
    """Sentences: of which oblasts nobody said anything, and which were silent most often in weeks
    with people killed or injured.

    never   P-codes of oblasts without a word in the whole period
    struck  area and count of such weeks, most first (queries.coverage.silences)
    """
    title, told = INDICATORS[indicator].title[words.language], []
    if never:
        told.append(
            words._(
                "{what}: no report in the whole period on {places}.",
                what=title,
                places=", ".join(_name(pcode, words) for pcode in never),
            )
        )
    if len(struck):
        often = [
            words.plural("{place} ({count} week)", "{place} ({count} weeks)", row["count"],
                         place=_name(row["area"], words))
            for row in records(struck.head(MOST_NAMED))
        ]  # fmt: skip
        told.append(
            words._(
                "Silent although people were killed or injured, most often: {places}.",
                places=", ".join(often),
            )
        )
    return told


def _name(pcode: str, words: Words) -> str:
    return PLACES[pcode].name(words.language)
