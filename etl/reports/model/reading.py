"""Reading: what a reader of a report returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.reports.model.document import Span
from impact.model.figure import Figure


@dataclass(frozen=True, slots=True)
class Read:
    """A figure and the words that led to it, so that a reviewer can see why.

    trail  field of the record -> the span of the document's text that gave it. A field that is
           missing came from a default (bound "exact", people "all", published day as date …).
    guess  what spoke for a figure that is only a guess from words (weighing/features.py); empty
           for one that the grammar found
    carried  whether the place was told so far before that it may be another figure's
    """

    figure: Figure
    trail: Mapping[str, Span]
    guess: tuple[str, ...] = ()
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A number that looks like impact and lacks something a figure needs.

    lacks  what could not be found, each once: keys of etl/reports/model/left_out.LACKS
    """

    start: int
    end: int
    quote: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number that is no figure, and why: a key of etl/reports/model/left_out.REASONS."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a table that gave no figure. `reason` is a sentence in English (N_)."""

    position: str
    reason: str
    content: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Words in a row of a table: what they count is of the row's place (P-code) and day (ISO). Each
    is empty where only the text above the table may tell it."""

    span: Span
    place: str
    date: str


@dataclass(slots=True)
class Reading:
    """Everything read from one document.

    language   "en", "uk", … of most of its text
    unread     languages of passages that are not read (etl/reports/text/unread.py)
    published  ISO day against which its days were told; empty where none was found
    remarks    words of its tables that are still to be read as sentences
    """

    language: str = ""
    figures: list[Read] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    rows: int = 0  # rows of tables, headers not counted: each gave figures or stands in refused
    published: str = ""
    remarks: list[Remark] = field(default_factory=list)
    unread: tuple[str, ...] = ()

    def add(self, other: "Reading") -> None:
        """Takes in what was read from another part of the same document."""
        self.figures += other.figures
        self.unplaced += other.unplaced
        self.left_out += other.left_out
        self.refused += other.refused
        self.rows += other.rows
        self.remarks += other.remarks
        self.language = self.language or other.language
        self.unread += tuple(each for each in other.unread if each not in self.unread)
