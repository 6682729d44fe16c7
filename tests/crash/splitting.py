"""Starts working processes within milliseconds: each is split off one that has loaded the program.

python -m tests.crash.splitting SOCKET    the process that is split; `Splitter` starts it

A thousand starts that load Python's packages anew take half an hour of nothing else.
"""

import os
import socket
import subprocess
import sys
import traceback
from pathlib import Path

from etl.reports.opening import sandbox
from tests.crash import working

ROOT = Path(__file__).parents[2]
_MOST = 4096  # bytes of a question: two paths


class Splitter:
    """A process of its own that has loaded everything and stored nothing; one start at a time."""

    def __init__(self) -> None:
        self._asks, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.crash.splitting", str(number)],
                cwd=ROOT,
                pass_fds=[number],
            )

    def start(self, store: Path, files: Path, ends: tuple[int, int, int]) -> int:
        """Splits off a process that works at a store; returns its number.

        ends  what it has as stdin, stdout and stderr
        """
        socket.send_fds(self._asks, [f"{store}\n{files}".encode()], ends)
        return int(self._asks.recv(_MOST))

    def reap(self) -> None:
        """Waits until the process that was split off has ended. Until then its number is nobody
        else's, so that it may be killed by it."""
        self._asks.send(b"reap")
        self._asks.recv(_MOST)

    def end(self) -> None:
        """Ends it."""
        self._asks.close()
        self._process.wait()


def main(number: str) -> None:
    """Splits this process for each question, until nobody asks any more."""
    # What each start would compile anew is compiled here.
    sandbox.open_safely(b"Nothing.", "nothing.txt")
    asked = socket.socket(fileno=int(number))
    while True:
        told, ends, *_ = socket.recv_fds(asked, _MOST, 3)
        if not told:
            return
        child = os.fork()
        if not child:
            asked.close()
            _work(told.decode().split("\n"), ends)
        for end in ends:
            os.close(end)
        asked.send(str(child).encode())
        if not asked.recv(_MOST):
            return
        os.waitpid(child, 0)
        asked.send(b"ended")


def _work(paths: list[str], ends: list[int]) -> None:
    """One start, in the process that was split off; it ends as a kill would end it."""
    for place, end in enumerate(ends):
        os.dup2(end, place)
        os.close(end)
    try:
        working.main(*paths)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
