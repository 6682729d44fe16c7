"""Lines of the log: one line each, whatever a request holds, no address with its query, and so many
from one place of the code that nobody fills a disk with what they send."""

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any

# Of a request uvicorn would write the whole address: a sign-in's holds a code.
_ACCESS = "uvicorn.access"
# Characters of a line, of a line of a trace, and lines of a trace: its last ones say most.
LONGEST, LONGEST_OF_TRACE, LINES_OF_TRACE = 2000, 300, 80
# Of warnings and errors from one place: with a trace, and at all, within so many seconds.
TRACES, MOST, WITHIN = 3, 30, 60.0
# Below what every logger and handler hears.
_UNHEARD = -1
# What stands before each line of a trace: none of them looks like a line of its own.
_BEFORE = "  | "


@dataclass(slots=True)
class _Place:
    """What one place of the code has said since a moment (time.monotonic)."""

    since: float
    said: int = 0
    left_out: int = 0


# Where a line comes from: the file and line that write it, and those that raised what it tells of.
_PLACES: dict[tuple[str, int, str, int], _Place] = {}
_LOCK = threading.Lock()


def tell_decisions() -> None:
    """Writes a line for each decision from now on: `decision` and a JSON object (impact/store/
    deciding.py)."""
    log = logging.getLogger("impact.decisions")
    if not log.handlers:
        told = logging.StreamHandler()
        told.setFormatter(logging.Formatter("decision %(message)s"))
        log.addHandler(told)
        log.setLevel(logging.INFO)


def keep_plain() -> None:
    """Makes every line of this process's log plain from now on."""
    make = logging.getLogRecordFactory()
    if getattr(make, "plain", False):
        return

    def made(*args: Any, **named: Any) -> logging.LogRecord:
        record = make(*args, **named)
        if record.name == _ACCESS and isinstance(record.args, tuple) and len(record.args) > 2:
            _, method, path, *rest = record.args
            record.args = ("-", method, str(path).partition("?")[0], *rest)
        try:
            text = record.getMessage()
        except (TypeError, ValueError):
            return record  # logging itself says that a line cannot be written
        _write(record, text)
        return record

    made.plain = True  # type: ignore[attr-defined]
    logging.setLogRecordFactory(made)


def _write(record: logging.LogRecord, text: str) -> None:
    """Makes the line of a record what is to be written of it."""
    said, left_out = 0, 0
    if record.levelno >= logging.WARNING:
        said, left_out = _count(record)
    if said > MOST:
        record.levelno = _UNHEARD
        return
    more = f" ({left_out} more like this were left out)" if left_out else ""
    error = record.exc_info[1] if record.exc_info else None
    if error is not None and said > TRACES:
        more = f": {type(error).__name__}, as above{more}"
        record.exc_info = None
    elif error is not None:
        record.exc_text = "\n".join(_trace(error))
    line = f"{_plain(text, LONGEST)}{more}"
    if line != text:
        record.msg, record.args = line, ()


def _count(record: logging.LogRecord) -> tuple[int, int]:
    """How often the place of a record has spoken of late, and how many of its lines were left out
    before that."""
    raised = _raised_at(record.exc_info[2] if record.exc_info else None)
    where = record.pathname, record.lineno, *raised
    now = time.monotonic()
    with _LOCK:
        place = _PLACES.setdefault(where, _Place(now))
        left_out = 0
        if now - place.since > WITHIN:
            left_out, _PLACES[where] = place.left_out, (place := _Place(now))
        place.said += 1
        place.left_out += place.said > MOST
        return place.said, left_out


def _raised_at(trace: TracebackType | None) -> tuple[str, int]:
    """File and line that raised what a trace belongs to."""
    found = ("", 0)
    while trace:
        found, trace = (trace.tb_frame.f_code.co_filename, trace.tb_lineno), trace.tb_next
    return found


def _trace(error: BaseException) -> Iterator[str]:
    told = "".join(traceback.format_exception(error)).splitlines()
    if len(told) > LINES_OF_TRACE:
        yield f"{_BEFORE}…"
    for line in told[-LINES_OF_TRACE:]:
        yield f"{_BEFORE}{_plain(line, LONGEST_OF_TRACE)}"


def _plain(text: str, longest: int) -> str:
    """The text as printable characters, not more than so many of its own."""
    cut = text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"
    return cut if cut.isprintable() else "".join(map(_shown, cut))


def _shown(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
