"""What every module of etl/sources/ holds, and how to find one.

A source is a module with
    SOURCE  a Source: where its table comes from, and its licence
    parse   turns payloads (bytes, one for each file) into a Parsed; it reads nothing else
A source that may be fetched without a key also has
    addresses  a day -> the addresses whose replies are its payloads on that day
The module's name is the short name of the source: in the command, in the column `source`, and in
the recorded payloads of the tests.
"""

import csv
import importlib
import io
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from etl import sources
from etl.replies import BREAKS_OFF, require_data
from impact.model.figure import Figure
from impact.store.ledger import Refusal

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
    figures: list[Figure] = field(default_factory=list)
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
        require_data(payload)
        broken = False
        try:
            lines = csv.DictReader(io.StringIO(payload.decode("utf-8-sig")), strict=True)
            wanted = list(columns)
            if missing := [name for name in wanted if name not in (lines.fieldnames or ())]:
                raise ValueError(
                    f"the table lacks {', '.join(missing)}; wanted are {', '.join(wanted)}"
                )
            for row in lines:
                self.rows += 1
                position = row.get("id") or f"line {lines.line_num}"
                broken = None in row or None in row.values()
                if broken:
                    self.refuse(position, "more or fewer cells than columns", row)
                else:
                    yield position, row
        except UnicodeDecodeError:
            raise ValueError("this is no text in UTF-8: save the table as CSV in UTF-8") from None
        except csv.Error as error:
            if "unexpected end" in str(error):
                raise ValueError(BREAKS_OFF) from None
            raise ValueError(f"this is no CSV table that can be read: {error}") from None
        if broken and not payload.endswith((b"\n", b"\r")):
            raise ValueError(BREAKS_OFF)


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
