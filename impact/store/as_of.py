"""What was known at a time: the published snapshot as it was then, for `?asof=`.

Since the ledger began it remembers every document and decision with its time, so that the past is
what this dashboard showed, ordered by the rules of today's code. Before that there is nothing to
remember: what is accepted today is cut down to what had been published by then.
"""

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

from impact.model import dates
from impact.store import atomic_files, going_back, snapshot, snapshot_files
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from impact.summaries import Kept

# Snapshots of the past that stay on disk, and open; the files are small and soon made again.
KEPT, OPEN = 20, 8
_FOLDER = "past"
# So many moments are built at a time: two persons who go back do not wait for one another, and one
# who asks for ten moments at once does not take the whole machine.
_BUILDING = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Past:
    """A moment of the past and the reader of what was known at it.

    at        the moment (UTC)
    recorded  whether the ledger was kept by then; if not, the past is put together from what is
              known today
    """

    at: datetime
    recorded: bool
    reader: Reader


class NoSuchTime(ValueError):
    """A time that Kyiv's clocks left out when they were put forward."""


def read(text: str) -> datetime:
    """The moment (UTC) that an address or a person names.

    Kyiv time unless an offset or Z is given: "2026-01-12T08:00", "2026-01-12 08:00:30",
    "2026-01-12T06:00Z". A day alone means its end. Raises NoSuchTime for one that Kyiv's clocks
    left out, ValueError on anything else.
    """
    text = text.strip()
    if len(text) == 10:
        return dates.to_utc(datetime.combine(dates.span(text)[1], time(23, 59, 59)))
    # An address turns the plus of an offset into a space.
    moment = datetime.fromisoformat(text[:16] + text[16:].replace(" ", "+"))
    try:
        if moment.tzinfo is None:
            if dates.is_left_out(moment):
                raise NoSuchTime(text)
            moment = moment.replace(tzinfo=dates.KYIV)
        return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except OverflowError:
        raise ValueError(f"beyond the calendar: {text!r}") from None


def write(at: datetime) -> str:
    """A moment (UTC) as it stands in an address: Kyiv time, to the second where it has any."""
    local = dates.to_kyiv(at).replace(tzinfo=None)
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def known_at(folder: Path, at: datetime) -> Past:
    """What was known at a moment (UTC). Building it takes seconds; asked again, nothing.

    Raises what `Ledger.connect` raises: without its ledger a store does not know its past.
    """
    return _known_at(Path(folder), at, snapshot_files.shown(Path(folder)).name)


@lru_cache(maxsize=OPEN)
def _known_at(folder: Path, at: datetime, _shown: str) -> Past:
    """`_shown` is part of the key: what is accepted later changes what had been said before."""
    source = Ledger(folder)
    if not source.lived:
        return Past(at, False, Reader(folder))
    with _turn(folder, at), _BUILDING:
        began = source.began()
        recorded = began is not None and began <= at
        past = folder / snapshot_files.FOLDER / _FOLDER
        place = functools.partial(_place, past, at)
        path = going_back.gone_back(source, at, place, recorded=recorded)
        if path is None:
            path = _built(source, at, place, recorded=recorded)
        path.touch()
        _remove_old(past)
        reader = Reader(folder, fixed=f"{_FOLDER}/{path.name}")
        reader.count()  # opened now: the file may go, what is open stays
    return Past(at, recorded, reader)


@lru_cache(maxsize=1_000)
def _turn(_folder: Path, _at: datetime) -> threading.Lock:
    """A moment's own lock: who asks for what is being built waits for it."""
    return threading.Lock()


def _place(past: Path, at: datetime, name: str) -> Path:
    return past / f"{at:%Y%m%dT%H%M%S}-{name}"


def _built(source: Ledger, at: datetime, place: Callable[[str], Path], *, recorded: bool) -> Path:
    """Builds the whole snapshot of a moment, unless it is there."""
    state = snapshot.state_of(source, at if recorded else None)
    if not recorded:
        state = going_back.said_by(state, at)
    path = place(snapshot.name_of(state))
    if not snapshot_files.sound(path):
        snapshot.make(state, path, at, Kept.READ)
    return path


def _remove_old(folder: Path) -> None:
    atomic_files.remove_left(folder, atomic_files.ABANDONED)
    old = sorted(folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
    for path in old[:-KEPT]:
        path.unlink(missing_ok=True)
