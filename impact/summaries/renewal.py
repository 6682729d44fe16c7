"""Summaries made anew where figures changed, and nowhere else.

A summary falls into parts where its head says so:

    -- By:     indicator, day: daily (indicator, day), figures (indicator, day)

A part is all rows with the same values in the columns before the colon. It follows from the rows
of the named tables that have these values in the columns in brackets, and from the whole of every
other table. So where rows of a named table change, their parts are made anew by the summary's own
SQL, from views that hold those parts alone. Where another table changes, or the head names no
parts, the whole summary is made anew. Empty brackets name a table that is read whole and whose
changes touch no other parts than those of the tables beside it. The head's line After names in
brackets the columns that are read of a table, of their values taken once: what changes in others
counts for nothing. Its line Of says which figures a summary reads, as a condition on figures and
model.indicators: a change of other figures counts for nothing.

The law: a summary that was renewed equals one that is made from nothing
(tests/impact/store/test_stepwise.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from impact.summaries import FIGURES, LEADING, Kept, after, leading, of, said, tables, texts
from impact.summaries.exchange import Connection, among, exchange, laid_by

# So many parts stand in a statement by their values: the database plans it sooner, and sees at once
# where in a table they are. More are joined to the table.
LISTED = 40

# The columns of figures that are asked of those that changed: by the heads' lines By, After and Of.
ASKED = ("figure_id", "indicator", "place", "day", "date", "period", "status", "doubted")


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


def renew(connection: Connection, kept: Kept = Kept.ALL) -> None:
    """Renews every summary of a snapshot in which figures changed, of those that are kept.

    The temporary table moved_figures holds the figures that changed, as they were and as they are
    (exchange.py), and those whose doubts changed.
    """
    changed = {FIGURES}
    for name, text in texts().items():
        if kept.holds(name) and _renewed(connection, name, text, changed):
            changed.add(name)


def _renewed(connection: Connection, name: str, text: str, changed: set[str]) -> bool:
    """Renews a summary where tables that it reads changed; returns whether it changed itself."""
    within = parts(text)
    if _beyond(connection, text, within, changed):
        return _made(connection, name, text)
    return within is not None and _made_in_part(connection, name, text, within, changed)


def _beyond(connection: Connection, text: str, within: Parts | None, changed: set[str]) -> bool:
    """Whether anything changed of what a summary reads whole."""
    sources = within.sources if within else {}
    read = after(text)
    if of(text) and FIGURES not in {*read, *sources}:
        read = {**read, FIGURES: None}
    return any(
        _differs(connection, text, table, columns)
        for table, columns in read.items()
        if table in changed and table not in sources
    )


def _differs(connection: Connection, text: str, table: str, columns: Sequence[str] | None) -> bool:
    """Whether a table that changed did so in what a summary reads of it: in any row, or in the
    values of some columns, taken once. None of these may be missing."""
    if columns is None:
        return table != FIGURES or _any(connection, _moved(text, table, "1"))
    names = ", ".join(columns)
    moved = _moved(text, table, names)
    stand = _rows(text, table, f"ledger.{table}", names)
    return _any(
        connection,
        f"""SELECT {names} FROM ({moved}) LEFT JOIN (
                SELECT {names}, count(*) AS stand
                FROM ({stand}) SEMI JOIN ({moved}) USING ({names}) GROUP BY ALL
            ) USING ({names})
            GROUP BY {names}, stand
            HAVING (coalesce(stand, 0) > 0)
                <> (coalesce(stand, 0) + count(*) FILTER (NOT came) > count(*) FILTER (came))""",
    )


def _any(connection: Connection, rows: str) -> bool:
    return bool(connection.execute(f"FROM ({rows}) LIMIT 1").fetchall())


def _moved(text: str, table: str, columns: str) -> str:
    """Columns of the rows of a table that went and that came, as far as a summary reads them."""
    return _rows(text, table, f"moved_{table}", f"{columns}, place_in_table IS NULL AS came")


def _rows(text: str, table: str, source: str, columns: str) -> str:
    """Columns of those rows of a source, which has the columns of a table, that a summary reads."""
    if table != FIGURES or not of(text):
        return f"SELECT {columns} FROM {source}"
    return (
        f"SELECT {columns} FROM {source} JOIN model.indicators USING (indicator) WHERE {of(text)}"
    )


def _made(connection: Connection, name: str, text: str) -> bool:
    """Makes a whole summary anew."""
    _lead(connection, text, "ledger.figures")
    return exchange(connection, name, text)


def _made_in_part(
    connection: Connection, name: str, text: str, within: Parts, changed: set[str]
) -> bool:
    """Makes anew those parts of a summary whose sources changed."""
    sources = {table: columns for table, columns in within.sources.items() if columns}
    touched = " UNION ALL ".join(
        _rows(text, table, f"moved_{table}", _keys(columns))
        for table, columns in sources.items()
        if table in changed
    )
    if not touched:
        return False
    keys = connection.execute(f"SELECT DISTINCT * FROM ({touched}) LIMIT {LISTED + 1}").fetchall()
    if not keys:
        return False
    if len(keys) > LISTED:
        laid_by(connection, "touched", f"SELECT DISTINCT * FROM ({touched})")
    for table, columns in sources.items():
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {table} AS "
            f"SELECT own.* FROM ledger.{table} AS own WHERE {_touched(columns, keys)}"
        )
    _lead(connection, text, "figures")
    some = exchange(connection, name, text, _touched(within.columns, keys))
    for table in sources:
        connection.execute(f"DROP VIEW temp.{table}")
    return some


def _lead(connection: Connection, text: str, figures: str) -> None:
    """Makes the view of the leading claims, where a summary reads it."""
    if LEADING in text:
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {LEADING} AS {leading(figures)}")


def _keys(columns: Sequence[str]) -> str:
    return ", ".join(f"{column} AS key{at}" for at, column in enumerate(columns))


def _touched(columns: Sequence[str], keys: Sequence[tuple[Any, ...]]) -> str:
    """That a row of `own` belongs to a part that is touched: to one of the keys, where they are
    not more than may stand in a statement."""
    if len(keys) <= LISTED:
        return among([f"own.{name}" for name in columns], keys)
    same = " AND ".join(f"touched.key{at} = own.{name}" for at, name in enumerate(columns))
    return f"EXISTS (FROM touched WHERE {same})"
