"""How much room the words of a brief take up in print, before anybody has printed it.

Heights in px of 96 to the inch, as page.css sets them; what is measured is rather too high than too
low, as charts.letters measures words in the widest of the fonts that a machine may have.
"""

from collections.abc import Callable, Iterable, Sequence

from impact.brief.sentences import Entry, Line
from impact.charts import letters

# A4 within the margins of page.css, less a line's height for rounding.
WIDTH, HEIGHT = 695, 1024
COLUMN, QUARTER = 338, 164
LINE = 1.3
HEAD, SECTION, LIST, SOURCE = 66, 31, 10, 8
NUMBER, SAID, FIGURE_GAP, ENTRY_GAP = 20, 10, 12, 4
PICTURE, PICTURE_GAP = 254, 8
# Of the widths that letters counts with, running text needs less: measured in DejaVu Sans.
WIDER = 1.1
# What a source's number adds to its line.
_CITED = "00"


def text(words: str, size: float, room: float, *, bold: bool = False) -> float:
    """The height of a paragraph."""
    return max(1, len(letters.lines(words, size, room * WIDER, bold=bold))) * size * LINE


def line(each: Line, size: float, room: float) -> float:
    """The height of a line with its sources."""
    return text(each.text + _CITED * len(each.sources), size, room)


def figure(entry: Entry) -> float:
    """The height of a headline figure in its column."""
    beside = letters.width(f"{entry.bound} {entry.unit}", SAID + 1)
    wide = letters.width(entry.number, NUMBER, bold=True) + beside
    number = NUMBER * LINE + int(wide / COLUMN) * (SAID + 1) * LINE
    heading = text(entry.heading, SAID + 1, COLUMN, bold=True)
    said = sum(line(each, SAID, COLUMN) for each in entry.lines)
    return heading + number + said + FIGURE_GAP


def pairs(heights: Sequence[float]) -> float:
    """The height of things that stand two by two."""
    return sum(max(heights[at : at + 2]) for at in range(0, len(heights), 2))


def change(entry: Entry) -> float:
    """The height of a change, which stands beside another."""
    return text(entry.heading, LIST, COLUMN, bold=True) + _said(entry, COLUMN) + ENTRY_GAP


def conflict(entry: Entry) -> float:
    """The height of a conflict: its name, and its statements as one paragraph."""
    said = " · ".join(each.text + _CITED * len(each.sources) for each in entry.lines)
    return text(entry.heading, LIST, WIDTH, bold=True) + text(said, LIST, WIDTH) + ENTRY_GAP


def held_back(entry: Entry) -> float:
    """The height of figures in doubt for one reason, which leads their paragraph."""
    said = "; ".join(each.text + _CITED * len(each.sources) for each in entry.lines)
    return text(f"{entry.heading} {said}", LIST, WIDTH) + ENTRY_GAP


def sources(told: Iterable[str], columns: int = 4) -> float:
    """The height of the list of sources in its columns, which need not be of one length."""
    heights = [text(f"00. {each}", SOURCE, QUARTER) for each in told]
    return sum(heights) / columns + 2 * SOURCE * LINE


def filled(
    entries: Iterable, height: Callable[[list], float], room: float, most: int = 99
) -> tuple[list, int]:
    """As many entries as fit, and how many are left; `height` is of a list of entries."""
    entries = list(entries)
    count = min(most, len(entries))
    while count and height(entries[:count]) > room:
        count -= 1
    return entries[:count], len(entries) - count


def _said(entry: Entry, room: float) -> float:
    return sum(line(each, LIST, room) for each in entry.lines)
