"""Migrations of a shared ledger, a step at a time, by the numbers of the folder's own.

impact/store/migrations.py says what each number means; the step of a number does here in PostgreSQL
what it does there in DuckDB. All steps run in one transaction in the writer's turn, made by
whichever machine has the newer code first. A change that names no tables follows, upon which every
machine takes a new copy.
Machines whose code is older say so then, store nothing and show the snapshot that they have.
"""

from collections.abc import Callable, Mapping
from typing import Any

import psycopg

from impact.store import schema
from impact.store.faults import StoreUnreadable

# What a change names in place of tables where all of them are to be taken anew.
ANEW = "*"


def number(connection: psycopg.Connection[Any]) -> int:
    """The number of the schema that a shared ledger has; 0 where there are no tables yet."""
    # Of a name that it did not know before, to_regclass says so again after waiting for a lock.
    found = connection.execute(
        "SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'changes'"
    ).fetchall()
    if not found:
        return 0
    [(told,)] = connection.execute("SELECT schema_number FROM store").fetchall()
    return int(told)


def bring_up_to_date(connection: psycopg.Connection[Any], found: int) -> None:
    """Brings the tables from an earlier schema to today's. Whoever calls is in the writer's turn,
    and commits or takes all of it back.

    Raises StoreUnreadable where no step leads on.
    """
    for step in range(found, schema.CURRENT):
        if step not in STEPS:
            raise StoreUnreadable(f"no step leads on from schema {step} of a shared ledger")
        STEPS[step](connection)
    connection.execute("UPDATE store SET schema_number = %s", [schema.CURRENT])


def _to_6(_connection: psycopg.Connection[Any]) -> None:
    """Nothing moves, as in a folder."""


# Schema -> the step to the next. No shared ledger is of an earlier one than the first of these.
STEPS: Mapping[int, Callable[[psycopg.Connection[Any]], None]] = {5: _to_6}
