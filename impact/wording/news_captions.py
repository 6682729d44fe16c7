"""What is new, in words: who said what last, a line for what one speaker said of one place and
day."""

from collections.abc import Sequence

import pandas as pd

from impact.model import vocabulary
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.wording import captions, markup
from impact.wording.markup import Cell, Html, Link


def table(rows: pd.DataFrame, words: Words, link: Link, most: int) -> Html:
    """So many lines, the latest first; each number is a way to its evidence.

    rows  as impact.queries.newest gives them
    """
    head = [words._("Published"), words._("What"), words._("Said by")]
    together: dict[tuple[str, ...], list[Row]] = {}
    for row in records(rows):
        together.setdefault(_told_together(row, words), []).append(row)
    lines = [_line(several, words, link) for several in together.values()]
    return markup.table("harm news", head, lines[:most])


def _told_together(row: Row, words: Words) -> tuple[str, ...]:
    """What is the same of all numbers of a line."""
    return row["place"], row["date"], row["published"], captions.said(row, words)


def _line(rows: Sequence[Row], words: Words, link: Link) -> list[Cell]:
    first = rows[0]
    numbers = markup.joined("; ", (_number(row, words, link) for row in _wholes(rows)))
    told = markup.prose(
        words._("{place}, {day}: {numbers}"),
        place=markup.plain(PLACES[first["place"]].name(words.language)),
        day=markup.plain(words.stated(first["date"])),
        numbers=numbers,
    )
    return [
        Cell((markup.plain(words.stated(first["published"])),)),
        Cell((told,)),
        Cell((markup.plain(captions.said(first, words)),)),
    ]


def _wholes(rows: Sequence[Row]) -> list[Row]:
    """The numbers without those of parts and groups of which the whole is told in the same line."""
    whole = {row["indicator"] for row in rows if _is_whole(row)}
    return [row for row in rows if _is_whole(row) or row["indicator"] not in whole]


def _is_whole(row: Row) -> bool:
    return row["part"] == "" and row["people"] == "all"


def _number(row: Row, words: Words, link: Link) -> Html:
    """ "killed: 5 people"."""
    number = link(vocabulary.amount(row, words), row["claim"])
    return markup.joined(": ", (markup.plain(captions.what(row, words)), number))
