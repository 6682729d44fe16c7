"""Loads what may be fetched: every source that names addresses, each on its own; then publishes.

A source that cannot be fetched, or whose reply is not what it was, is told in a sentence and left
as it was. So is one whose new edition has far fewer rows than the last: half a file looks so.
"""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from etl import source
from etl.fetching import Fetcher, Refused, Unreachable
from etl.load import keep
from etl.source import Parsed
from impact.model import dates
from impact.store import snapshot
from impact.store.ledger import Ledger

# An edition with a smaller share of the rows of the last one is taken for a half one.
SHARE = 0.5
LOCK = "update.lock"
NO_NETWORK = "no network: nothing was fetched, and nothing is changed"
NONE_SINCE = "nothing to ask for since {day}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update.

    lines    a line a source, for printing
    failed   whether a source could not be loaded
    changed  whether the ledger has something new
    """

    lines: tuple[str, ...]
    failed: bool
    changed: bool


def fetched_names() -> list[str]:
    """The sources that may be fetched without a key."""
    return [name for name in source.names() if hasattr(source.get(name), "addresses")]


def update(
    ledger: Ledger, fetcher: Fetcher, names: Sequence[str] = (), since: date | None = None
) -> Outcome:
    """Fetches and loads sources, every one that may be fetched if none is named, and publishes.

    since  the first day that is asked for; all days if it is left out. What is known of the days
           before stays as it is.
    Raises LookupError for a source that is not fetched, BlockingIOError while another update runs.
    """
    chosen = list(names) or fetched_names()
    for name in chosen:
        if name not in fetched_names():
            raise LookupError(f"{name} is not fetched; these are: {', '.join(fetched_names())}")
    with _alone(ledger.folder):
        results = [_one(name, ledger, fetcher, since) for name in chosen]
        changed = any(result.new for result in results)
        if changed:
            snapshot.publish(ledger)
    if results and all(result.unreachable for result in results):
        return Outcome((NO_NETWORK,), True, False)
    failed = any(result.failed for result in results)
    return Outcome(tuple(result.line for result in results), failed, changed)


@dataclass(frozen=True, slots=True)
class _Result:
    line: str
    new: bool = False
    failed: bool = False
    unreachable: bool = False


def _one(name: str, ledger: Ledger, fetcher: Fetcher, since: date | None) -> _Result:
    module = source.get(name)
    addresses = module.addresses(_today(), *([since] if since else []))
    if not addresses:
        return _Result(f"{name}: {NONE_SINCE.format(day=since)}", failed=True)
    try:
        payloads = [fetcher.get(each) for each in addresses]
        parsed = module.parse(*payloads)
        _require_whole(parsed, 0 if since else _last_rows(ledger, name))
    except Unreachable as error:
        return _Result(f"{name}: {error}; left as it was", failed=True, unreachable=True)
    except (Refused, ValueError) as error:
        for address in addresses:
            fetcher.forget(address)
        return _Result(f"{name}: {error}; left as it was", failed=True)
    named = f"{name} as fetched" + (f" since {since}" if since else "")
    loaded = keep(name, ledger, payloads, parsed, named)
    return _Result(str(loaded), new=loaded.receipt.new)


def _require_whole(parsed: Parsed, before: int) -> None:
    """Raises ValueError if an edition has no figures, or far fewer rows than the last one."""
    if not parsed.figures:
        raise ValueError(f"none of {parsed.rows} rows gave a figure")
    if parsed.rows < SHARE * before:
        raise ValueError(f"only {parsed.rows} rows came, and {before} the last time")


def _last_rows(ledger: Ledger, name: str) -> int:
    """How many rows the last edition of a source had that was fetched; 0 if there was none."""
    if not ledger.exists:
        return 0
    documents = ledger.table("documents")
    own = documents[(documents["source"] == name) & (documents["name"] == f"{name} as fetched")]
    return int(own.sort_values("number")["rows_in"].iloc[-1]) if len(own) else 0


def _today() -> date:
    return datetime.now(dates.KYIV).date()


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds the lock that one update has at a time. Raises BlockingIOError if it is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout:
        raise BlockingIOError("another update of this store is running") from None
