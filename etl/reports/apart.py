"""Reads documents in a process apart, so that no text holds up the server or the other uploads.

The reader is our own code and no text can take it over. But a text may be so long, or so dense with
numbers, that reading it takes minutes, and the server's pages would wait. So one child process
reads the documents of one upload, one after another, under the limits of the sandbox
(etl/reports/opening/sandbox.py). Each document has its own time: `patience` says how much.

A document goes to the child as a line of JSON, and its reading comes back as another.
"""

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from threading import Timer
from typing import Any

from etl.reports.formats import Refused
from etl.reports.model.document import Document
from etl.reports.model.reading import LeftOut, Read, Reading, RefusedRow, Unplaced
from etl.reports.opening import sandbox
from etl.reports.weighing.weights import Weights
from impact.model.figure import Figure

# Seconds of processor time for any document, and characters that are read in one more second. The
# densest texts take 50 µs a character (tests/etl/reports/test_apart.py): so twice that is allowed.
LEAST, A_SECOND = 10.0, 10_000
# So many times as long by the clock, because the processor has other work.
SHARED = 8

_START = "from etl.reports import apart; apart.inside()"


def patience(document: Document) -> float:
    """Seconds of processor time for which a document may be read."""
    return LEAST + len(document.text) / A_SECOND


class Apart:
    """A child process that reads documents. It starts with the first of them.

    weights  those of a store; without them, the shipped ones

    Of use in one thread at a time.
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights.lines() if weights else None
        self._child: subprocess.Popen[bytes] | None = None
        self._late = False  # whether the last document took longer than it may by the clock

    def read(self, document: Document, published: str = "") -> Reading:
        """What reader.read_document gives.

        Raises Refused, with a code of etl/reports/opening/refusals.py, where the time or the memory
        was not enough or the reader has a fault; Stopped, if the child was stopped from outside.
        """
        if self._child is None:
            self._child = sandbox.child(_START)
        seconds = patience(document)
        self._late = False
        late = Timer(seconds * SHARED, self._end_late)
        late.start()
        try:
            said = {
                "document": document.told(),
                "day": published,
                "seconds": seconds,
                "weights": self._weights,
            }
            answer = _asked(self._child, _line(said))
        finally:
            late.cancel()
            late.join()
        if not answer.endswith(b"\n"):
            raise self._ended(document)
        told = json.loads(answer)
        if "refused" in told:
            raise Refused(*told["refused"])
        return _reading(told)

    def end(self) -> None:
        """Ends the child process, if there is one."""
        if self._child:
            sandbox.end(self._child)
        self._child = None

    def _end_late(self) -> None:
        self._late = True
        if self._child:
            self._child.kill()

    def _ended(self, document: Document) -> Exception:
        """Why the child did not answer. The next document gets another child."""
        status = self._child.wait() if self._child else 0
        self.end()
        if status in sandbox.STOPS:
            return sandbox.Stopped(f"{document.name} was being read when its process was stopped")
        if self._late:
            return Refused("time")
        if status == -signal.SIGKILL:  # by the system, which does so when memory is short
            return Refused("memory", "killed")
        return Refused("crashed", f"status {status}")


@contextmanager
def reader(weights: Weights | None = None) -> Iterator[Apart]:
    """A process that reads, for the time of the `with` block."""
    apart = Apart(weights)
    try:
        yield apart
    finally:
        apart.end()


def _asked(child: "subprocess.Popen[bytes]", question: bytes) -> bytes:
    """The child's answer to a line. It is cut short where the child ended."""
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the process was started without pipes")
    with contextlib.suppress(BrokenPipeError):
        child.stdin.write(question)
        child.stdin.flush()
    return child.stdout.readline()


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _reading(told: dict[str, Any]) -> Reading:
    """The reading that a child told. Raises InvalidFigure and TypeError where it is none."""
    return Reading(
        language=told["language"],
        published=told["published"],
        rows=told["rows"],
        unread=tuple(told["unread"]),
        figures=[
            Read(Figure(**figure), _trail(trail), tuple(guess))
            for figure, trail, guess in told["figures"]
        ],
        unplaced=[Unplaced(**each | {"lacks": tuple(each["lacks"])}) for each in told["unplaced"]],
        left_out=[LeftOut(**each) for each in told["left_out"]],
        refused=[RefusedRow(**each) for each in told["refused_rows"]],
    )


def _trail(spans: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    return {name: (start, end) for name, (start, end) in spans.items()}


# --- the child's side: everything below runs in the child process ---


class _OutOfTime(Exception):
    """The time for a document has passed."""


def inside() -> None:
    """Answers each line of stdin with a line, until there is none."""
    answers = sandbox.entered(processor=None)
    signal.signal(signal.SIGVTALRM, _out_of_time)
    for line in sys.stdin.buffer:
        answers.write(_line(_answer(json.loads(line))))
        answers.flush()


def _out_of_time(*_: object) -> None:
    raise _OutOfTime


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The reading of a document, or why there is none."""
    from etl.reports.reader import read_document

    signal.setitimer(signal.ITIMER_VIRTUAL, asked["seconds"])
    try:
        weights = Weights.of(asked["weights"]) if asked["weights"] else None
        return _told(read_document(Document.of(asked["document"]), asked["day"], weights))
    except _OutOfTime:
        return {"refused": ("time", "reading")}
    except MemoryError:
        return {"refused": ("memory", "reading")}
    except Exception as error:  # a fault of the reader: the file keeps its place, others are read
        return {"refused": ("unforeseen", sandbox.where(error))}
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _told(reading: Reading) -> dict[str, Any]:
    return {
        "language": reading.language,
        "published": reading.published,
        "rows": reading.rows,
        "unread": reading.unread,
        "figures": [
            (asdict(each.figure), dict(each.trail), each.guess) for each in reading.figures
        ],
        "unplaced": [asdict(each) for each in reading.unplaced],
        "left_out": [asdict(each) for each in reading.left_out],
        "refused_rows": [asdict(each) for each in reading.refused],
    }
