"""Fetches what sources publish: few requests, slowly, never the same twice, with a limit on time.

What came is kept in the store's folder `fetched`. An address is not asked again before FRESH is
over, and then with the marks of what is at hand, so that a server may answer "not changed".
"""

import contextlib
import hashlib
import http
import http.client
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from impact.store import atomic_files

AGENT = "impact-dashboard (humanitarian figures; asks seldom)"
FOLDER = "fetched"
# Seconds.
TIMEOUT, PAUSE, FRESH = 30.0, 1.0, 3600.0
LONGEST_WAIT = 60.0
TRIES = 3
LARGEST = 64 * 2**20  # bytes
# Answers after which the same question may succeed a little later.
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
# What a server tells of an edition -> what it is asked with.
_MARKS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


class Unreachable(OSError):
    """No server was reached: there is no network, or the host does not answer."""


class Refused(OSError):
    """A server answered with something else than data. The message is a sentence."""


@dataclass(slots=True)
class Fetcher:
    """Asks servers, each at most once a PAUSE.

    folder  where editions are kept
    mirror  scheme and host to ask in place of each source's own; "" for the source's own
    pause   seconds between two requests of one host, and before the second try
    fresh   seconds for which an edition is not asked for again
    """

    folder: Path
    mirror: str = ""
    pause: float = PAUSE
    fresh: float = FRESH
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, address: str) -> bytes:
        """What stands at an address. Raises Unreachable, or Refused with a sentence."""
        address = self._mirrored(address)
        kept = self._kept(address)
        marks = _marks_of(kept)
        if marks and time.time() - float(marks["at"]) < self.fresh:
            return kept.read_bytes()
        request = urllib.request.Request(address, headers={"User-Agent": AGENT})
        for told, asked in _MARKS.items():
            if told in marks:
                request.add_header(asked, marks[told])
        body, headers = self._patiently(request)
        if body is None:
            body, headers = kept.read_bytes(), marks
        _keep(kept, body, headers)
        return body

    def forget(self, address: str) -> None:
        """Leaves out what came from an address: it was no data, and is asked for anew."""
        self._kept(self._mirrored(address)).unlink(missing_ok=True)

    def _kept(self, address: str) -> Path:
        return self.folder / hashlib.sha256(address.encode()).hexdigest()

    def _mirrored(self, address: str) -> str:
        if not self.mirror:
            return address
        base = urlsplit(self.mirror)
        return urlunsplit(urlsplit(address)._replace(scheme=base.scheme, netloc=base.netloc))

    def _patiently(self, request: urllib.request.Request) -> tuple[bytes | None, dict[str, str]]:
        """The answer, after some tries: None as its body where nothing has changed."""
        host = urlsplit(request.full_url).netloc
        for number in range(1, TRIES + 1):
            self._wait_for(host)
            try:
                return _asked(request)
            except urllib.error.HTTPError as error:
                error.close()
                if error.code == http.HTTPStatus.NOT_MODIFIED:
                    return None, {}
                if error.code not in _BUSY or number == TRIES:
                    raise Refused(f"{host} answers {error.code} {error.reason}") from None
                time.sleep(self._delay(number, error.headers.get("Retry-After", "")))
            except http.client.HTTPException as error:
                if number == TRIES:
                    raise Refused(f"{host} broke off its answer") from error
                time.sleep(self._delay(number))
            except OSError as error:  # no route, no name, no answer in time
                if number == TRIES or not _is_timeout(error):
                    raise Unreachable(f"{host} cannot be reached") from error
        raise AssertionError("the last try returns or raises")

    def _wait_for(self, host: str) -> None:
        since = time.monotonic() - self._asked.get(host, -self.pause)
        time.sleep(max(self.pause - since, 0))
        self._asked[host] = time.monotonic()

    def _delay(self, number: int, told: str = "") -> float:
        """Seconds before another try: as many as the server says, else twice as many each time."""
        wanted = float(told) if told.isascii() and told.isdigit() else self.pause * 2**number
        return min(wanted, LONGEST_WAIT)


def _is_timeout(error: OSError) -> bool:
    return isinstance(error, TimeoutError) or isinstance(
        getattr(error, "reason", None), TimeoutError
    )


def _asked(request: urllib.request.Request) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:
        body = answer.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise Refused(f"{urlsplit(request.full_url).netloc} sends more than {LARGEST} bytes")
        said = answer.headers.get("Content-Length", "")
        if said.isdigit() and len(body) < int(said):
            raise http.client.IncompleteRead(body, int(said) - len(body))
        return body, {name: answer.headers[name] for name in _MARKS if name in answer.headers}


def _marks_of(kept: Path) -> dict[str, str]:
    """What is known of the edition that is kept; nothing if it is not whole."""
    with contextlib.suppress(OSError, ValueError):
        marks: dict[str, str] = json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))
        if hashlib.sha256(kept.read_bytes()).hexdigest() == marks["sha256"]:
            return marks
    return {}


def _keep(kept: Path, body: bytes, headers: dict[str, str]) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    marks = {name: headers[name] for name in _MARKS if name in headers}
    marks |= {"at": str(time.time()), "sha256": hashlib.sha256(body).hexdigest()}
    with atomic_files.drafted(kept) as draft:
        draft.write_bytes(body)
    with atomic_files.drafted(kept.with_suffix(".json")) as draft:
        draft.write_text(json.dumps(marks), encoding="utf-8")
