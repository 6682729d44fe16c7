"""Connections to the database that machines share, and the locks that they take there.

What fails says nothing of a password: it never stands in an address (place.py).
"""

from typing import Any

import psycopg

from impact.sharing.place import PlaceWrong

# Names of locks: the writer's turn, the publisher's, that of whoever changes the register.
WRITER, PUBLISHER, PEOPLE = 1, 2, 3
# Seconds to reach the database, and to wait for a turn.
_REACH, _WAIT = 5, 120
# Each store of a database has locks of its own.
_OWN = "hashtext(current_schema())"
# A machine that was cut off in its turn is given up after so many seconds as keepalives say.
_SETTINGS = {
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "timezone": "UTC",
    "datestyle": "ISO",
    "application_name": "impact",
}


def opened(address: str, *, reach: int = _REACH, wait: int = _WAIT) -> psycopg.Connection[Any]:
    """A connection on which a transaction begins where BEGIN is said.

    reach  seconds to reach the database; an answer is waited for four times as long
    wait   seconds to wait for a lock

    Raises PlaceWrong, psycopg.OperationalError.
    """
    try:
        connection = psycopg.connect(
            address, autocommit=True, connect_timeout=reach, tcp_user_timeout=reach * 4_000
        )
    except psycopg.ProgrammingError as error:
        raise PlaceWrong(f"IMPACT_STORE is no address of a database: {error}") from None
    settings = {**_SETTINGS, "lock_timeout": f"{wait}s"}
    told = "".join(f"SET {name} = '{each}';" for name, each in settings.items())
    connection.execute(told.encode())
    return connection


def turn(name: int) -> bytes:
    """The statement that takes a lock until the transaction ends."""
    return f"SELECT pg_advisory_xact_lock({_OWN}, {name:d})".encode()


def lock(connection: psycopg.Connection[Any], name: int) -> None:
    """Takes a lock that lasts as long as the connection."""
    connection.execute(f"SELECT pg_advisory_lock({_OWN}, {name:d})".encode())
