"""Opening: whether a file that somebody brings can be opened in its process with limits."""

from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import FINE, WRONG, Finding
from etl.reports.opening.refusals import Refusal
from etl.reports.opening.sandbox import open_safely

_TRIED = b"In Kharkiv 5 people were injured on 24 January 2026."


def examine(store: Path) -> Iterator[Finding]:
    """Opens a short text as any report is opened."""
    (opened,) = open_safely(_TRIED, "tried.txt")
    if isinstance(opened, Refusal):
        yield Finding(
            WRONG,
            "opening",
            f"a plain text is refused ({opened.code}): the process that opens files cannot run "
            "here, so no report can be read; look into the log of this system",
        )
    else:
        yield Finding(FINE, "opening", "files are opened in a process of their own, with limits")
