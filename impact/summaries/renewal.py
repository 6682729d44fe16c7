"""Summaries made anew where figures changed, and nowhere else.

A summary falls into parts where its head says so:

    -- By:     indicator, day: daily (indicator, day), figures (indicator, day)

A part is all rows with the same values in the columns before the colon. It follows from the rows
of the named tables that have these values in the columns in brackets, and from the whole of every
other table. So where rows of a named table change, their parts are made anew by the summary's own
SQL, from views that hold those parts alone. Where another table changes, or the head names no
parts, the whole summary is made anew. Empty brackets name a table that is read whole and whose
changes touch no other parts than those of the tables beside it. The head's line After names in
brackets the columns that are read of a summary: what changes in others counts for nothing.

The law: a summary that was renewed equals one that is made from nothing
(tests/impact/store/test_stepwise.py).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from impact.summaries import LEADING, after, leading, said, tables, texts
from impact.summaries.exchange import Connection, exchange


class Parts(NamedTuple):
    """By which of its columns a summary falls into parts, and which columns of other tables hold
    the same values."""

    columns: Sequence[str]
    sources: Mapping[str, Sequence[str]]


def parts(text: str) -> Parts | None:
    """Into which parts a summary falls, by its head; None where it is made whole."""
    columns, _, sources = said(text, "By").partition(":")
    if not columns:
        return None
    named = {table: read or () for table, read in tables(sources).items()}
    return Parts([name.strip() for name in columns.split(",")], named)


def renew(connection: Connection) -> None:
    """Renews every summary of a snapshot in which figures changed.

    The temporary tables gone_figures and came_figures hold the figures that changed, as they were
    and as they are, and those whose doubts changed. No baseline may be among them.
    """
    changed = {"figures"}
    for name, text in texts().items():
        within = parts(text)
        if within is None or _beyond(connection, within, after(text), changed):
            some = _made(connection, name, text)
        else:
            some = _made_in_part(connection, name, text, within, changed)
        if some:
            changed.add(name)


def _beyond(
    connection: Connection,
    within: Parts,
    read: Mapping[str, Sequence[str] | None],
    changed: set[str],
) -> bool:
    """Whether anything changed of what a summary reads whole."""
    return any(
        _differs(connection, table, columns)
        for table, columns in read.items()
        if table in changed and table not in within.sources
    )


def _differs(connection: Connection, table: str, columns: Sequence[str] | None) -> bool:
    """Whether a table that changed did so in some columns, of their values taken once."""
    if columns is None:
        return True
    names = ", ".join(columns)
    ((rows,),) = connection.execute(
        f"""SELECT count(*) FROM (
            (SELECT DISTINCT {names} FROM gone_{table} EXCEPT SELECT {names} FROM came_{table})
            UNION ALL
            (SELECT DISTINCT {names} FROM came_{table} EXCEPT SELECT {names} FROM gone_{table}))"""
    ).fetchall()
    return bool(rows)


def _made(connection: Connection, name: str, text: str) -> bool:
    """Makes a whole summary anew."""
    _lead(connection, text, "ledger.figures")
    return exchange(connection, name, text)


def _made_in_part(
    connection: Connection, name: str, text: str, within: Parts, changed: set[str]
) -> bool:
    """Makes anew those parts of a summary whose sources changed."""
    sources = {table: columns for table, columns in within.sources.items() if columns}
    touched = " UNION ".join(
        f"SELECT {_keys(columns)} FROM {side}_{table}"
        for table, columns in sources.items()
        if table in changed
        for side in ("gone", "came")
    )
    if not touched:
        return False
    connection.execute(f"CREATE OR REPLACE TEMP TABLE touched AS {touched}")
    for table, columns in sources.items():
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {table} AS "
            f"SELECT own.* FROM ledger.{table} AS own WHERE {_touched(columns)}"
        )
    _lead(connection, text, "figures")
    some = exchange(connection, name, text, _touched(within.columns))
    for table in sources:
        connection.execute(f"DROP VIEW temp.{table}")
    return some


def _lead(connection: Connection, text: str, figures: str) -> None:
    """Makes the view of the leading claims, where a summary reads it."""
    if LEADING in text:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {LEADING} AS {leading(figures)}")


def _keys(columns: Sequence[str]) -> str:
    return ", ".join(f"{column} AS key{at}" for at, column in enumerate(columns))


def _touched(columns: Sequence[str]) -> str:
    """That a row of `own` belongs to a part that is touched."""
    same = " AND ".join(f"touched.key{at} = own.{name}" for at, name in enumerate(columns))
    return f"EXISTS (FROM touched WHERE {same})"
