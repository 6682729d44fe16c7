"""Rows put in place of those that a table has: only what differs is written.

The snapshot's file is attached as `ledger` (impact/store/database.py).
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any, Protocol


class Connection(Protocol):
    """What runs statements on a snapshot."""

    def execute(self, query: str, /) -> Any: ...


def exchange(connection: Connection, table: str, fresh: str, among: str = "TRUE") -> bool:
    """Makes some rows of a table what they should be; returns whether any row went or came.

    fresh  what should stand there, as a SELECT with the table's columns
    among  which of the table's rows it stands for, as a condition on `own`

    What moved stays in the temporary table moved_<table>: each row with its place in the table, or
    with none if it came. The rows of each side must differ from one another.
    """
    names = ", ".join(f'"{name}"' for name in _columns(connection, table))
    # All in one statement: most of the time goes into planning, and not into a few rows.
    if not laid_by(
        connection,
        f"moved_{table}",
        f"""SELECT max(place_in_table) AS place_in_table, {names} FROM (
                SELECT rowid AS place_in_table, {names} FROM ledger.{table} AS own WHERE {among}
                UNION ALL SELECT NULL, {names} FROM ({fresh})
            ) GROUP BY {names} HAVING count(place_in_table) IN (0, count(*))""",
    ):
        return False
    connection.execute(
        f"""DELETE FROM ledger.{table} WHERE rowid IN (
                SELECT place_in_table FROM moved_{table} WHERE place_in_table IS NOT NULL)"""
    )
    connection.execute(
        f"""INSERT INTO ledger.{table} BY NAME
            SELECT {names} FROM moved_{table} WHERE place_in_table IS NULL"""
    )
    return True


# Table -> its columns, which every snapshot of this code has. To ask for them takes a millisecond.
_COLUMNS: dict[str, Sequence[str]] = {}


def _columns(connection: Connection, table: str) -> Sequence[str]:
    if table not in _COLUMNS:
        described = connection.execute(f"FROM ledger.{table} LIMIT 0").description
        _COLUMNS[table] = [column[0] for column in described]
    return _COLUMNS[table]


def laid_by(connection: Connection, name: str, rows: str) -> int:
    """Keeps rows as a temporary table; returns how many they are."""
    ((count,),) = connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {rows}").fetchall()
    return int(count)


def among(columns: Sequence[str], keys: Iterable[Sequence[Any]]) -> str:
    """That columns have the values of one of several keys, as a condition."""
    *first, last = columns
    found = [
        " AND ".join(
            [
                *(f"{name} = {_literal(value)}" for name, value in zip(first, led, strict=True)),
                f"{last} IN ({', '.join(_literal(key[-1]) for key in some)})",
            ]
        )
        for led, some in groupby(sorted(map(tuple, keys)), lambda key: key[:-1])
    ]
    return " OR ".join(f"({each})" for each in found)


def _literal(value: str | date) -> str:
    """A text or a day, as SQL writes it."""
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"
