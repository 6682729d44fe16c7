"""The register where machines share a store: tables in their PostgreSQL.

Each question is asked there, so that what another machine has changed counts at once. A connection
is kept for questions and one for changes. Where the database does not answer, whoever asks is told
so at once from then on, and a thread tries to reach it again: nobody's page waits for that.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg.rows import dict_row

from impact.access.register import Away, Found
from impact.access.register_file import Unreadable
from impact.sharing.connecting import PEOPLE, opened, turn

_LOG = logging.getLogger(__name__)
# What the database says where it cannot be asked: it is away, or refuses this user.
_NO_ANSWER = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.errors.InsufficientPrivilege,
)
# Seconds to reach the database, and for another one who changes something.
_REACH, _WAIT = 2, 10
# Seconds after a try that failed from which a thread tries again, and whoever changes something;
# and from which whoever asks does: so late only where nobody has asked meanwhile.
_AGAIN, _QUIET = 1.0, 10.0
_TABLES = b"""
CREATE TABLE IF NOT EXISTS people (
  account TEXT PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, role TEXT NOT NULL,
  subject TEXT UNIQUE);
CREATE TABLE IF NOT EXISTS logins (
  digest TEXT PRIMARY KEY, account TEXT NOT NULL, issuer TEXT NOT NULL, subject TEXT NOT NULL,
  session TEXT NOT NULL, began DOUBLE PRECISION NOT NULL, seen DOUBLE PRECISION NOT NULL,
  ended DOUBLE PRECISION);
CREATE TABLE IF NOT EXISTS ended (word TEXT PRIMARY KEY, at DOUBLE PRECISION NOT NULL);
"""


class Shared:
    """The register of one database; see register.py."""

    def __init__(self, address: str) -> None:
        self._reading = _Kept(address, _QUIET)
        self._writing = _Kept(address, _AGAIN)

    @contextlib.contextmanager
    def opened(self) -> Iterator["_Reader"]:
        """To read. Raises Unreadable, Away."""
        yield _Reader(self._reading)

    @contextlib.contextmanager
    def writing(self) -> Iterator["_Writer"]:
        """To change, whole or not at all, while nobody else does. Raises Unreadable, Away."""
        with self._writing.used() as connection, _told(), connection.transaction():
            connection.execute(turn(PEOPLE))
            yield _Writer(connection)


class _Kept:
    """A connection that is kept, for one thread at a time."""

    def __init__(self, address: str, quiet: float) -> None:
        """
        quiet  seconds after a try that failed for which nobody is made to wait for another one
        """
        self._address, self._quiet = address, quiet
        self._turn = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._away = ""  # what was said when it could not be reached
        self._tried, self._trying = 0.0, False

    @contextlib.contextmanager
    def used(self) -> Iterator[psycopg.Connection[Any]]:
        """The connection, looked at first: one that has died is opened anew. Raises Away."""
        with self._turn:
            yield self._sound()

    def asked(self, question: Callable[[psycopg.Connection[Any]], Found]) -> Found:
        """The answer to a question that may be asked twice. Raises Unreadable, Away."""
        with self._turn, _told():
            try:
                return question(self._sound(looks=False))
            except (psycopg.OperationalError, psycopg.InterfaceError):
                self._close()
                return question(self._sound(looks=False))

    def _sound(self, *, looks: bool = True) -> psycopg.Connection[Any]:
        if self._connection is not None and looks:
            try:
                self._connection.execute(b"SELECT 1")
            except (psycopg.OperationalError, psycopg.InterfaceError):
                self._close()
        if self._connection is None:
            since = time.monotonic() - self._tried
            if self._away and since < self._quiet:
                if since > _AGAIN and not self._trying:
                    self._trying = True
                    threading.Thread(target=self._try, name="register", daemon=True).start()
                raise Away(f"the register of people cannot be reached: {self._away}")
            self._reach()
        if self._connection is None:
            raise Away(f"the register of people cannot be reached: {self._away}")
        return self._connection

    def _reach(self) -> None:
        """Opens the connection, or notes what was said."""
        try:
            connection = opened(self._address, reach=_REACH, wait=_WAIT)
            connection.row_factory = dict_row
            with connection.transaction():
                connection.execute(turn(PEOPLE))
                connection.execute(_TABLES)
        except _NO_ANSWER as error:
            if not self._away:
                _LOG.warning("the register of people cannot be reached: %s", error)
            self._away, self._tried = str(error), time.monotonic()
            return
        if self._away:
            _LOG.warning("the register of people is reached again")
        self._connection, self._away = connection, ""

    def _try(self) -> None:
        self._reach()
        self._trying = False

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class _Reader:
    """Questions, each in a transaction of its own."""

    def __init__(self, kept: _Kept) -> None:
        self._kept = kept

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Found:
        return self._kept.asked(lambda connection: _executed(connection, statement, values))


class _Writer:
    """Statements of one transaction."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Found:
        return _executed(self._connection, statement, values)


def _executed(connection: psycopg.Connection[Any], statement: str, values: Sequence[Any]) -> Found:
    """A statement that is written as SQLite takes it."""
    told = statement.replace("%", "%%").replace("?", "%s")
    return connection.execute(told.encode(), values)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _NO_ANSWER as error:
        raise Away(f"the register of people cannot be reached: {error}") from error
    except psycopg.Error as error:
        raise Unreadable(str(error)) from error
