"""Files that a browser has brought and nobody has sent yet: how many may be there, how long.

Streamlit holds them in memory as long as the visit lasts, sent or not. Here they count for whoever
brought them, and are let go after a while. What was refused or let go is told on the page.
"""

import threading
import time
import tomllib
import weakref
from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFile

from etl.reports.opening import refusals
from impact.model.language import N_, Words
from pages.parts.shell import access

PATH = Path(__file__).parents[3] / "data" / "uploads.toml"
MEGABYTE = 1024 * 1024
HOUR = 3600.0
# Seconds between two looks at what waits.
LOOK = 2.0
# How many sentences wait for a page that does not come to say them.
MOST_TOLD = 50

MANY, OFTEN, CROWDED, SLOW, WAITED = "many", "often", "crowded", "slow", "waited"
LOST = "lost"
NOT_YOURS = "not_yours"
# What the page says of a file that is not there.
SENTENCES = {
    MANY: N_("Too many files wait at once. Send those that are here, then choose this one again."),
    OFTEN: N_("You have brought very much within an hour. Choose this file again later."),
    CROWDED: N_("Others bring very much just now. Choose this file again in a minute."),
    SLOW: N_("The file took too long to come. Choose it again where the connection is better."),
    WAITED: N_(
        "The file was not sent within a minute and is not kept. Choose it again and send it."
    ),
    LOST: N_(
        "It is no longer here, as after a new start of the server. Choose it again and send it."
    ),
    NOT_YOURS: access.NOT_YOURS,
}


@dataclass(frozen=True, slots=True)
class Quota:
    """How much may come or wait at a time, and come within an hour."""

    files: int
    megabytes: int
    files_an_hour: int
    megabytes_an_hour: int

    def is_full(self, sizes: Iterable[int]) -> bool:
        """Whether files of so many bytes are more than may be there at a time."""
        return _more(sizes, self.files, self.megabytes)

    def is_spent(self, sizes: Iterable[int]) -> bool:
        """Whether files of so many bytes are more than may come within an hour."""
        return _more(sizes, self.files_an_hour, self.megabytes_an_hour)


def _more(sizes: Iterable[int], files: int, megabytes: int) -> bool:
    found = list(sizes)
    return len(found) > files or sum(found) > megabytes * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What data/uploads.toml says; waits and comes in seconds."""

    waits: float
    comes: float
    person: Quota
    everybody: Quota


@cache
def limits() -> Limits:
    """The limits of this server."""
    told = tomllib.loads(PATH.read_text(encoding="utf-8"))
    person, everybody = (Quota(**told[name]) for name in ("person", "everybody"))
    return Limits(told["waits"], told["comes"], person, everybody)


@dataclass(frozen=True, slots=True)
class Told:
    """A file that is not there, for the page to say: its name and a key of `SENTENCES`, or the
    code of a refusal (etl/reports/opening/refusals.py)."""

    name: str
    code: str


@dataclass(slots=True)
class _File:
    """A file that comes or waits. used: when the page last showed it (time.monotonic)."""

    account: str
    size: int
    name: str = ""
    used: float = field(default_factory=time.monotonic)
    has_come: bool = False
    shown: list["weakref.ref[UploadedFile]"] = field(default_factory=list)


# What a file that comes is known by: its visit and its own name there, a random one.
Ticket = tuple[str, str]


def sentence(code: str, words: Words) -> str:
    """Why a file is not there."""
    if code in SENTENCES:
        said = SENTENCES[code]
        return words._(said)
    return refusals.refused(code, words)


class Waiting:
    """All files of one server that come or wait. May be asked from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[Ticket, _File] = {}
        self._hour: deque[tuple[float, str, int]] = deque()  # when, account, bytes
        self._told: defaultdict[str, list[Told]] = defaultdict(list)

    def begin(self, visit: str, file: str, account: str, size: int) -> Ticket | str:
        """Makes room for a file that begins to come; else says why not, as a key of SENTENCES.

        A browser names no two files alike. What comes by the name of another would take its place
        here, and one of the two would be held and count for nobody.
        """
        with self._lock:
            self._tidy()
            if (visit, file) in self._files:
                return MANY
            mine = [each.size for each in self._files.values() if each.account == account]
            every = [each.size for each in self._files.values()]
            lately = [bytes_ for _, whose, bytes_ in self._hour if whose == account]
            if limits().person.is_full([*mine, size]):
                return MANY
            if limits().person.is_spent([*lately, size]):
                return OFTEN
            hour = [bytes_ for _, _, bytes_ in self._hour]
            if limits().everybody.is_full([*every, size]) or limits().everybody.is_spent(
                [*hour, size]
            ):
                return CROWDED
            self._files[visit, file] = _File(account, size)
            self._hour.append((time.monotonic(), account, size))
        return visit, file

    def came(self, ticket: Ticket, name: str) -> bytes:
        """Notes that a file is whole: from now on it waits. Returns what is held of it."""
        manager = _manager()
        held = manager.get_files(ticket[0], [ticket[1]]) if manager else []
        with self._lock:
            if found := self._files.get(ticket):
                found.name, found.used, found.has_come = name, time.monotonic(), True
                if held:
                    found.size = len(held[0].data)
        return held[0].data if held else b""

    def broke_off(self, ticket: Ticket) -> None:
        """Gives back the room of a file that did not come."""
        with self._lock:
            found = self._files.get(ticket)
            if found and not found.has_come:
                del self._files[ticket]

    def drop(self, ticket: Ticket) -> None:
        """Lets go a file that is not to be kept."""
        with self._lock:
            self._free(ticket)

    def show(self, visit: str, files: Iterable[UploadedFile]) -> None:
        """Notes that a visit's page is in use and has these files in its hands."""
        held = {each.file_id: each for each in files}
        with self._lock:
            for (whose, file), found in self._files.items():
                if whose != visit or not found.has_come:
                    continue
                found.used = time.monotonic()
                if file in held:
                    # Each run of a page has objects of its own; those of former runs are gone.
                    alive = [each for each in found.shown if each() is not None]
                    found.shown = [*alive, weakref.ref(held[file])]

    def let_go(self, visit: str, files: Iterable[UploadedFile]) -> None:
        """Frees the memory of files that the store has, or that nobody needs any more."""
        with self._lock:
            for each in files:
                self._free((visit, each.file_id))
                each.truncate(0)

    def sweep(self) -> set[str]:
        """Lets go what has waited too long; returns the visits that are to be told."""
        until = time.monotonic() - limits().waits
        with self._lock:
            self._tidy()
            late = [key for key, each in self._files.items() if each.has_come and each.used < until]
            for key in late:
                self._tell(key[0], self._files[key].name, WAITED)
                self._free(key)
        return {visit for visit, _ in late}

    def tell(self, visit: str, name: str, code: str) -> None:
        """Keeps for a visit's page why a file is not there."""
        with self._lock:
            self._tell(visit, name, code)

    def told(self, visit: str) -> list[Told]:
        """What the page of a visit has to say; each is said once."""
        with self._lock:
            return self._told.pop(visit, [])

    def _tell(self, visit: str, name: str, code: str) -> None:
        if len(self._told[visit]) < MOST_TOLD:
            self._told[visit].append(Told(name, code))

    def _free(self, key: Ticket) -> None:
        found = self._files.pop(key, None)
        for each in found.shown if found else ():
            if file := each():
                file.truncate(0)
        if manager := _manager():
            manager.remove_file(*key)

    def _tidy(self) -> None:
        """Forgets what Streamlit has let go by itself, what is an hour old, and who has left."""
        while self._hour and self._hour[0][0] < time.monotonic() - HOUR:
            self._hour.popleft()
        if manager := _manager():
            for key, each in list(self._files.items()):
                if each.has_come and not manager.get_files(key[0], [key[1]]):
                    del self._files[key]
            instance = runtime.get_instance()
            for visit in [each for each in self._told if not instance.is_active_session(each)]:
                del self._told[visit]


def _manager() -> MemoryUploadedFileManager | None:
    """What holds files in this server; None where none runs."""
    found = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return found if isinstance(found, MemoryUploadedFileManager) else None


WAITING = Waiting()
