"""File formats: each module of this folder reads one format. To add a format, add a module.

A module holds
    ENDINGS          endings of file names of this format, in lower case, without the dot
    knows(content)   whether the bytes show that a file has this format
    documents(file)  yields each Document of a file, or each File inside it; may raise Refused
The name of the module is the short name of the format, as in Document.kind. A module whose name
begins with "_" is no format; the formats use it.

Modules import their parser inside functions, not at the top. So opening a text does not have to
wait until the PDF parser is loaded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from etl.reports.model.limits import MAX_BYTES, MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS

__all__ = ["MAX_BYTES", "MAX_CELLS", "MAX_CHARACTERS", "MAX_COLUMNS"]


class Refused(Exception):
    """A file cannot be opened.

    code    a key of etl/reports/opening/refusals.REFUSALS
    detail  a technical word for the operator, cut off after 200 characters
    """

    def __init__(self, code: str, detail: object = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = str(detail)[:200]


@contextmanager
def damage_refused() -> Iterator[None]:
    """Raises Refused("damaged") in place of any other exception inside the `with` block.

    For parsers that have no exception class of their own. Refused, MemoryError and RecursionError
    pass through.
    """
    try:
        yield
    except (Refused, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise Refused("damaged", type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class File:
    """A file to open.

    name    as given; a file inside another has the name of that one and a slash before its own
    within  kinds of the archives and mails that it lies in, the outermost first
    """

    content: bytes
    name: str
    within: tuple[str, ...] = ()

    def member(self, content: bytes, name: str, kind: str) -> "File":
        """A file that lies inside this one. `kind` is the format of this one, not of the member."""
        return File(content, f"{self.name}/{name}", (*self.within, kind))


def patience(size: int) -> float:
    """The seconds of wall-clock time that opening a file of so many bytes may take.

    3 s up to 0.5 MB, then 3 s more for each MB, at most 20 s. A report of a few pages takes 0.1 s.
    """
    return min(20.0, 3.0 + 3.0 * max(0.0, size / 1_000_000 - 0.5))
