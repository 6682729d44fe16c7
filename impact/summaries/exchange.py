"""Rows put in place of those that a table has: only what differs is written.

The snapshot's file is attached as `ledger` (impact/store/database.py).
"""

from collections.abc import Sequence
from typing import Any, Protocol


class Connection(Protocol):
    """What runs statements on a snapshot."""

    def execute(self, query: str, /) -> Any: ...


def exchange(connection: Connection, table: str, fresh: str, among: str = "TRUE") -> bool:
    """Makes some rows of a table what they should be; returns whether any row went or came.

    fresh  what should stand there, as a SELECT with the table's columns
    among  which of the table's rows it stands for, as a condition on `own`

    What went and what came stays in the temporary tables gone_<table> and came_<table>. The rows
    of each side must differ from one another.
    """
    rows = laid_by(connection, "fresh", fresh)
    # Laid by, so that the table is looked through once and not for each side.
    own = f"SELECT rowid AS place_in_table, * FROM ledger.{table} AS own WHERE {among}"
    stood = laid_by(connection, "stood", own)
    names = _columns(connection, table)
    same = " AND ".join(f'stood."{name}" IS NOT DISTINCT FROM fresh."{name}"' for name in names)
    gone = laid_by(connection, f"gone_{table}", f"FROM stood ANTI JOIN fresh ON {same}")
    # As rows differ from one another, as many come as are more than those that stay.
    none_came = rows == stood - gone
    new = "FROM fresh LIMIT 0" if none_came else f"FROM fresh ANTI JOIN stood ON {same}"
    came = laid_by(connection, f"came_{table}", new)
    if gone:
        connection.execute(
            f"DELETE FROM ledger.{table} WHERE rowid IN (SELECT place_in_table FROM gone_{table})"
        )
    if came:
        connection.execute(f"INSERT INTO ledger.{table} BY NAME FROM came_{table}")
    return bool(gone or came)


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
