"""Whether a report gives the number of a figure for something else, too.

A report that says 4,460 deaths and 4,460 evacuation shelters is hardly right about both: one of the
two numbers was taken from the other's place.
"""

from collections.abc import Iterable, Iterator, Mapping

from impact.model import number_words
from impact.model.figure import UNSTATED

# Rounder or smaller numbers are often equal by chance.
SMALLEST, DIGITS = 100, 3
# Numbers that were left out because they count other things (etl/reports/model/left_out.py).
OTHER_THINGS = frozenset(
    {
        *("noun", "response", "vehicles", "attacks", "areas", "weapons", "military", "other"),
        *("unit", "present", "area", "power", "money", "length", "duration", "foreign", "past"),
    }
)


def passages(row: Mapping, rows: Iterable[Mapping], reading: Mapping) -> list[str]:
    """The passages in which a report gives a figure's number for another thing, in their order.

    rows     all figures of the report
    reading  what else was read from it, as inbox.reading gives it
    """
    if row["bound"] == UNSTATED or not _is_telling(row["value"]):
        return []
    others = [*_left_out(row["value"], reading), *_counted(row, rows)]
    return list(dict.fromkeys(words for _, words in sorted(others)))


def _is_telling(value: float) -> bool:
    """Whether a number is so particular that it hardly stands twice by chance."""
    return value >= SMALLEST and value % 1 == 0 and len(f"{value:.0f}".rstrip("0")) >= DIGITS


def _left_out(value: float, reading: Mapping) -> Iterator[tuple[int, str]]:
    for number in reading.get("left_out", ()):
        words = reading["text"][number["start"] : number["end"]]
        if number["reason"] in OTHER_THINGS and number_words.contains(words, value):
            yield number["start"], words


def _counted(row: Mapping, rows: Iterable[Mapping]) -> Iterator[tuple[int, str]]:
    """Figures of another indicator or unit that have the number.

    "Without light and water" is not among them: there one number counts two things.
    """
    for other in rows:
        same = other["indicator"] == row["indicator"] and other["unit"] == row["unit"]
        apart = other["start"] >= row["end"] or other["end"] <= row["start"]
        if other["value"] == row["value"] and apart and not same:
            yield int(other["start"]), other["quote"]
