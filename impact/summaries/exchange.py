"""Rows put in place of those that a table has: only what differs is written.

The snapshot's file is attached as `ledger` (impact/store/database.py).
"""

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
    connection.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS {fresh}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stood AS "
        f"SELECT own.rowid AS place_in_table, own.* FROM ledger.{table} AS own WHERE {among}"
    )
    names = [row[0] for row in connection.execute("DESCRIBE fresh").fetchall()]
    same = " AND ".join(f'stood."{name}" IS NOT DISTINCT FROM fresh."{name}"' for name in names)
    for made, one, other in (("gone", "stood", "fresh"), ("came", "fresh", "stood")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {made}_{table} AS FROM {one} ANTI JOIN {other} ON {same}"
        )
    connection.execute(
        f"DELETE FROM ledger.{table} WHERE rowid IN (SELECT place_in_table FROM gone_{table})"
    )
    connection.execute(f"INSERT INTO ledger.{table} BY NAME FROM came_{table}")
    ((rows,),) = connection.execute(
        f"SELECT (SELECT count(*) FROM gone_{table}) + (SELECT count(*) FROM came_{table})"
    ).fetchall()
    return bool(rows)
