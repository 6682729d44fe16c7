"""Pictures drawn on the server, where a Chromium is found; without one the reader's browser draws.

One browser is started when first needed and reused; it draws one picture at a time on an empty
page, loads nothing (no address resolves) and is ended when it hangs, crashes or has been idle.
We speak to it over a pipe (the DevTools protocol), so that it opens no port.
"""

import atexit
import base64
import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from typing import IO, Any

from impact import charts
from pictures import SCRIPT

NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
FORMATS = ("png", "svg")
# Seconds for one picture, its turn and the browser's start included; until an idle browser ends.
PATIENCE, IDLE = 20, 120
_OPTIONS = (
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
# Chromium reads descriptor 3 and writes 4; what it prints must not get among its answers.
_START = """
import os, sys
os.dup2(0, 3), os.dup2(1, 4)
nothing = os.open(os.devnull, os.O_RDWR)
os.dup2(nothing, 0), os.dup2(nothing, 1)
os.execv(sys.argv[1], sys.argv[1:])
"""


class NoBrowser(Exception):
    """No picture can be drawn on this server now; the message says why."""


def render(
    figure: charts.Chart,
    width: int,
    height: int,
    format: str,
    scale: int = 1,
    *,
    title: str = "",
    alt: str = "",
    shown: str = "",
) -> bytes:
    """A Plotly figure as the bytes of a PNG (scale times the size) or SVG. Any thread may ask.

    title, alt  for an SVG's own title and description
    shown       for a PNG's metadata: the view as an address has it
    Raises NoBrowser when there is no Chromium, it cannot start, or it does not answer in time;
    ValueError for another format.
    """
    if format not in FORMATS:
        raise ValueError(f"not one of {', '.join(FORMATS)}: {format!r}")
    told = [charts.to_save(figure), f"{width}", f"{height}", json.dumps(title), json.dumps(alt)]
    drawing = f"drawn({', '.join(told)})"
    if format == "png":
        told = [f"{width}", f"{height}", f"{int(scale)}", json.dumps(shown)]
        drawing = f"{drawing}.then(svg => bitmap(svg, {', '.join(told)}))"
    answer = _BROWSER.evaluate(drawing)
    return base64.b64decode(answer) if format == "png" else answer.encode()


@cache
def find() -> str | None:
    """The path of this machine's Chromium, or None. CHROMIUM in the environment names one."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """A Chromium with one page that can draw. Started when needed, again after it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._idle: threading.Timer | None = None

    def evaluate(self, expression: str) -> str:
        """What a JavaScript expression comes to on the page. Raises NoBrowser."""
        until = time.monotonic() + PATIENCE
        if not self._lock.acquire(timeout=PATIENCE):
            raise NoBrowser("the server's browser is busy with other pictures")
        try:
            running = self._running
            if running is None or running.process.poll() is not None:
                running = self._started(until)
            return running.run(expression, until)
        except (OSError, ValueError, LookupError) as error:
            self._end()
            raise NoBrowser(f"the server's browser failed: {error}") from error
        except NoBrowser:
            self._end()
            raise
        finally:
            self._end_when_idle()
            self._lock.release()

    def close(self) -> None:
        """Ends the browser; the next picture starts another."""
        with self._lock:
            self._end()

    def _started(self, until: float) -> "_Running":
        self._end()
        path = find()
        if path is None:
            raise NoBrowser("no Chromium is installed on the server")
        self._running = running = _Running(path)
        running.open_page(until)
        return running

    def _end_when_idle(self) -> None:
        if self._idle:
            self._idle.cancel()
        self._idle = threading.Timer(IDLE, self.close)
        self._idle.daemon = True
        self._idle.start()

    def _end(self) -> None:
        """Ends the browser, if one runs."""
        running, self._running = self._running, None
        if running is not None:
            running.end()


class _Running:
    """A Chromium that runs, and what is said to and by it."""

    def __init__(self, path: str) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="pictures-", ignore_cleanup_errors=True)
        options = [*_OPTIONS, f"--user-data-dir={self._profile.name}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium has none for root; it opens no foreign page
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _START, path, *options, "about:blank"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        self._to, self._from = _pipe(self.process.stdin), _pipe(self.process.stdout)
        os.set_blocking(self._to.fileno(), False)
        self._asked, self._heard, self._session = 0, b"", ""

    def open_page(self, until: float) -> None:
        """The page that everything is drawn on, with what draws."""
        page = self._ask("Target.createTarget", {"url": "about:blank"}, until)["targetId"]
        attached = self._ask("Target.attachToTarget", {"targetId": page, "flatten": True}, until)
        self._session = attached["sessionId"]
        for script in (charts.SCRIPT, SCRIPT):
            self.run(f"{script.read_text(encoding='utf-8')}\n;''", until)

    def run(self, expression: str, until: float) -> str:
        """Evaluates on the page and waits for what it promises."""
        told = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = self._ask("Runtime.evaluate", told, until)
        if "exceptionDetails" in answer:
            thrown = answer["exceptionDetails"]
            raise ValueError(thrown.get("exception", thrown).get("description", thrown["text"]))
        value: str = answer["result"]["value"]
        return value

    def end(self) -> None:
        """Kills it with all its processes: it has nothing to save."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._to.close()
        self._from.close()
        self._profile.cleanup()

    def _ask(self, method: str, parameters: dict[str, Any], until: float) -> dict[str, Any]:
        """One command of the DevTools protocol and its answer; events are passed over."""
        self._asked += 1
        told: dict[str, Any] = {"id": self._asked, "method": method, "params": parameters}
        if self._session:
            told["sessionId"] = self._session
        self._send(json.dumps(told).encode() + b"\0", until)
        while True:
            heard = json.loads(self._hear(until))
            if heard.get("id") == self._asked:
                if "error" in heard:
                    raise ValueError(heard["error"]["message"])
                return heard["result"]

    def _send(self, told: bytes, until: float) -> None:
        rest = memoryview(told)
        while rest:
            self._await(until, writing=True)
            rest = rest[os.write(self._to.fileno(), rest) :]

    def _hear(self, until: float) -> bytes:
        """The next message; they end with a zero byte."""
        pieces = [self._heard]
        while b"\0" not in pieces[-1]:
            self._await(until)
            pieces.append(os.read(self._from.fileno(), 1 << 20))
            if not pieces[-1]:
                raise NoBrowser("the server's browser ended unexpectedly")
        message, _, self._heard = b"".join(pieces).partition(b"\0")
        return message

    def _await(self, until: float, *, writing: bool = False) -> None:
        """Waits until the browser can be written to or has written."""
        left = max(0.0, until - time.monotonic())
        ready = (
            select.select([], [self._to], [], left)[1]
            if writing
            else select.select([self._from], [], [], left)[0]
        )
        if not ready:
            raise NoBrowser(f"the server's browser did not answer within {PATIENCE} seconds")


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    """One of the two pipes that a process was started with. Raises ValueError without one."""
    if end is None:
        raise ValueError("started without a pipe")
    return end


_BROWSER = Browser()
atexit.register(_BROWSER.close)
