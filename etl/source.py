"""What every module of etl/sources/ holds, and how to find one.

A source is a module with
    SOURCE  a Source: where its table comes from, and its licence
    parse   turns payloads (bytes, one for each file) into a Parsed; it reads nothing else
A source that may be fetched without a key also has
    addresses  today, and the first day that is wanted if not all are -> the addresses whose
               replies are its payloads
The module's name is the short name of the source: in the command, in the column `source`, and in
the recorded payloads of the tests.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from etl import csv_rows, sources
from etl.csv_rows import Rows
from impact.model.distinct import Mask
from impact.model.figures import Figures
from impact.store.ledger import Refusal

BROKEN = "more or fewer cells than columns"
DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a table comes from.

    files    shipped files, in the order in which parse takes them; empty if none may be shipped
    licence  the licence under which figures may be passed on, in words
    """

    title: str
    publisher: str
    url: str
    licence: str
    files: tuple[Path, ...] = ()


@dataclass(slots=True)
class Parsed:
    """What was found in a payload. Each of its rows gave figures or is among the refused.

    rows  number of all rows; not that of the figures, because one row may give several
    """

    rows: int = 0
    figures: Figures = field(default_factory=Figures)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, position: object, reason: object, content: object = "") -> None:
        """Adds a row that gave no figure, with its place in the file and the reason."""
        self.refused.append(Refusal(str(position), str(reason), str(content)))

    def records(
        self, payload: bytes, columns: Iterable[str]
    ) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows of a CSV table in UTF-8, each with its position. Counts them in `rows`.

        The position is the row's id or its line number. A row with more or fewer cells than the
        header is refused here. Raises ValueError, with a sentence for the user, if the payload is
        empty, a web page, no such table, lacks one of the columns or breaks off in its last row.
        """
        for line in csv_rows.lines(payload, list(columns)):
            self.rows += 1
            if line.broken:
                self.refuse(line.position, BROKEN, line.row)
            else:
                yield line.position, line.row

    def columns(self, payload: bytes, columns: Iterable[str], own: Iterable[str]) -> Rows:
        """The rows of a CSV table as columns, which takes a fraction of the time that `records`
        takes. Counts them in `rows`; raises as `records` does.

        own  columns of which each row has a text of its own
        """
        read = csv_rows.read(payload, list(columns), list(own))
        self.rows += read.count
        return read

    def one_by_one(self, rows: Rows, which: Mask) -> Iterator[tuple[int, str, dict[str, str]]]:
        """The rows of a mask, in order: number, position, cells. A row with more or fewer cells
        than the header is refused when its turn comes."""
        for number, line in rows.one_by_one(which):
            if line.broken:
                self.refuse(line.position, BROKEN, line.row)
            else:
                yield number, line.position, line.row


def names() -> list[str]:
    """Every source's short name, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(sources.__path__))


def get(name: str) -> ModuleType:
    """The module of a source. Raises LookupError with a list of all sources if there is none."""
    if name not in names():
        raise LookupError(f"no source {name!r}; there are: {', '.join(names())}")
    return importlib.import_module(f"etl.sources.{name}")


def shipped(name: str) -> list[bytes]:
    """The files that a source ships, in the order in which its parse takes them."""
    return [path.read_bytes() for path in get(name).SOURCE.files]
