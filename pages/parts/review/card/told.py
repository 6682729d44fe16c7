"""Which words outside of its passage gave a figure's fields, and which fields no words gave."""

from collections.abc import Iterator, Mapping

import pandas as pd

from impact.model import fields
from impact.model.language import N_, Words
from impact.model.rows import Row

# Fields of which a reviewer sees the words, such as the heading above a cell.
_SHOWN = ("indicator", "unit", "status", "people", "place", "date")
_LONGEST = 80  # characters of the words that are shown
# Fields that the text around a number gives if its own words do not.
_GUESSED = {
    "place": N_("Guessed: the place. It is not told beside the number; the text around gave it."),
    "date": N_("Guessed: the day. It is not told beside the number; the text or its date gave it."),
    "unit": N_("Guessed: what is counted in. It is not told beside the number."),
}


def sentences(row: Row, reading: Mapping, words: Words) -> list[str]:
    """The words that gave a field from outside of the passage, such as a column's heading, and the
    fields that are guessed. Nothing for a figure that a person has added or corrected."""
    trail = reading.get("trails", {}).get(row["figure_id"])
    if trail is None or pd.isna(row["start"]):
        return []
    return [*_outside(row, trail, reading["text"], words), *_guessed(trail, words)]


def _outside(row: Row, trail: Mapping, text: str, words: Words) -> Iterator[str]:
    """One line for each passage outside, with all the fields that it gave."""
    given: dict[str, list[str]] = {}
    for name in _SHOWN:
        start, end = trail.get(name, (0, 0))
        if start < end and not (row["start"] <= start and end <= row["end"]):
            given.setdefault(_cut(text[start:end]), []).append(fields.name(name, words))
    for said, names in given.items():
        told = {"fields": ", ".join(names), "passage": said}
        yield words._("{fields}, told elsewhere: “{passage}”", **told)


def _guessed(trail: Mapping, words: Words) -> Iterator[str]:
    for name, message in _GUESSED.items():
        if name not in trail:
            yield words._(message)


def _cut(passage: str) -> str:
    line = " ".join(passage.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
