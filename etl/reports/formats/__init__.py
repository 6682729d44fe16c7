"""One module a format: the folder is the registry. To add a format, add a module.

Each holds
    ENDINGS             the endings of a name that belong to it, in lower case
    knows(content)      whether the bytes themselves say that they are of this format
    documents(file)     yields each Document in it, or a File that lies within; may raise Refused
The module's name is the format's short name, Document.kind. A name with "_" in front is a helper.

Parsers are imported where they are used and not on top: a text need not wait for the PDF parser.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from etl.reports.model.limits import MAX_BYTES, MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS

__all__ = ["MAX_BYTES", "MAX_CELLS", "MAX_CHARACTERS", "MAX_COLUMNS"]


class Refused(Exception):
    """A file that cannot be opened: a code of etl/reports/opening/refusals and a technical word."""

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = str(detail)[:200]


@contextmanager
def damage_refused() -> Iterator[None]:
    """For parsers without an error of their own: whatever they meet in a file is damage to it."""
    try:
        yield
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused("damaged", type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class File:
    """What a format opens. `within`: kinds of the archives and mails around it, outermost first."""

    content: bytes
    name: str
    within: tuple[str, ...] = ()

    def member(self, content: bytes, name: str, kind: str) -> "File":
        """A file found inside this one, which is of the given kind."""
        return File(content, f"{self.name}/{name}", (*self.within, kind))


def patience(size: int) -> float:
    """Seconds of wall time that a file of so many bytes may take: 3 s up to 0.5 MB, at most 20 s.

    A report of a few pages opens in a tenth of a second; only long ones earn more.
    """
    return min(20.0, 3.0 + 3.0 * max(0.0, size / 1_000_000 - 0.5))
