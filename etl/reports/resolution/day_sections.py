"""Lines that are only a day and head what follows: a log of several days."""

from collections.abc import Iterable
from datetime import date

from etl.reports.mentions.day import WHOLE
from etl.reports.mentions.days import days
from etl.reports.text.lexicon import Language
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import NUMBER, WORD, Sentence

_LONGEST = 6  # tokens of a line that is only a day: "20 січня 2026 року:"


def heads_of_days(
    sentences: Iterable[tuple[Sentence, Language]], published: date | None
) -> frozenset[int]:
    """The blocks that are only a day, if they name at least two days; else none.

    One such line near the top may be the day on which the report came out. Two are of a log.
    """
    found = {
        sentence.block: day
        for sentence, language in sentences
        if len(sentence.tokens) <= _LONGEST
        and (day := _only_day(Scan(sentence, language), published))
    }
    return frozenset(found) if len({*found.values()}) > 1 else frozenset()


def _only_day(scan: Scan, published: date | None) -> str:
    """The ISO day of a line that says nothing else, no clock time either, as the lines above a
    page's other news do; empty for any other line."""
    told = days(scan, published)
    if len(told) != 1 or len(told[0].stated) != WHOLE or told[0].relative or told[0].clock:
        return ""
    [day] = told
    beside = [*scan.tokens[: day.start], *scan.tokens[day.end :]]
    return "" if any(token.kind in (WORD, NUMBER) for token in beside) else day.stated
