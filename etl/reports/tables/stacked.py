"""Key figures set one below the other: a number in a line of its own and what it counts in the
next, "1,207 ⏎ Civilians killed ⏎ 406 ⏎ Civilians injured", or the other way round.

Which of the two comes first, the ends of the list show: a list that begins with a number ends with
a label.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from etl.reports.model.document import Span
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.words import UNCLEAR, stated

_MOST_WORDS = 6  # of a label
_FEWEST = 2  # labels that say what was counted


class _Line(NamedTuple):
    """A line of such a list: its characters, its text, and whether it is a number."""

    span: Span
    text: str
    number: bool

    @property
    def counted(self) -> bool:
        """Whether a label says what was counted."""
        return not self.number and stated(self.text).get("indicator", UNCLEAR) != UNCLEAR


def stacked_tables(text: str) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The rows of each such list: a label and its number."""
    run: list[_Line] = []
    for line in _lines(text):
        if line is None or (run and line.number == run[-1].number):
            yield from _table(run)
            run = []
        if line is not None:
            run.append(line)
    yield from _table(run)


def _lines(text: str) -> Iterator[_Line | None]:
    """The lines that may stand in a list; None for any other. Blank lines are passed over."""
    at = 0
    for written in text.split("\n"):
        line = written.strip()
        start = at + written.find(line)
        at += len(written) + 1
        if not line:
            continue
        if is_amount(line):
            yield _Line((start, start + len(line)), line, True)
        elif any(map(str.isdigit, line)) or len(line.split()) > _MOST_WORDS:
            yield None
        else:
            yield _Line((start, start + len(line)), line, False)


def _table(run: Sequence[_Line]) -> Iterator[tuple[tuple[Span, ...], ...]]:
    """The rows of lines that are labels and numbers by turns; none where it is not clear which
    belong together. A label at one end that counts nothing is a heading."""
    if len(run) < 2 * _FEWEST:
        return
    if len(run) % 2 and not run[0].number and not run[-1].number:
        run = run[1:] if not run[0].counted else run[:-1] if not run[-1].counted else ()
    if len(run) % 2:
        return
    pairs = list(zip(run[::2], run[1::2], strict=True))
    if run and run[0].number:
        pairs = [(label, number) for number, label in pairs]
    if sum(label.counted for label, _ in pairs) >= _FEWEST:
        yield tuple((label.span, number.span) for label, number in pairs)
