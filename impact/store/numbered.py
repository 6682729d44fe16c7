"""Numbered lines: the tables whose lines are in order, and what they held at a moment of the past.

The order is a line's number. Its time counts as clock.py judges it, or as a person has named it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from impact.model import dates
from impact.store import clock, in_force
from impact.store.database import Connection
from impact.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Numbered:
    """A table whose lines are numbered: its column of times, and what a line is about, as SQL."""

    time: str
    about: str


TABLES = {
    "documents": Numbered("received_at", "name"),
    "decisions": Numbered("decided_at", "kind || ' of ' || subject"),
    "uploads": Numbered("received_at", "name"),
    "readings": Numbered("read_at", "part"),
    "said": Numbered("said_at", "part"),
}
# Statements and refusals came with their document.
_WITH_DOCUMENT = ("statements", "refusals")

# Every line by its name ("documents 3"), and what it is about.
LINES = " UNION ALL ".join(
    f"SELECT '{table} ' || number AS subject, {each.about} AS about FROM {table}"
    for table, each in TABLES.items()
)

# Figures that came with a line whose time does not count: in its document, or by the decision that
# put them there. They were dated by the same clock at the same moment.
_CAME = """
SELECT stored.figure_id, min(coalesce(counted.time, lines.time)) AS time
FROM ledger.figures AS stored JOIN (
    SELECT statements.figure_id, 'documents' AS stored_in, documents.number,
           documents.received_at AS time
    FROM ledger.statements AS statements
    JOIN ledger.documents AS documents ON documents.document_id = statements.document_id
    UNION ALL
    SELECT subject, 'decisions', number, decided_at FROM ledger.decisions
) AS lines ON lines.figure_id = stored.figure_id AND lines.time = stored.recorded_at
LEFT JOIN counted ON counted.stored_in = lines.stored_in AND counted.number = lines.number
WHERE stored.recorded_at IN (SELECT counted.said FROM counted)
GROUP BY stored.figure_id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered line, the time that was stored with it (UTC), and what is thought of it."""

    table: str
    number: int
    stored: datetime
    judged: clock.Judged

    @property
    def name(self) -> str:
        """How a decision about its time names it."""
        return f"{self.table} {self.number}"


def lines(
    connection: Connection | Transaction, named: Mapping[str, datetime] | None = None
) -> list[Line]:
    """Every numbered line with its time as it counts now.

    named  true times that nobody has decided yet, beside those that somebody has
    """
    true = _true_times(connection) | dict(named or {})
    return [line for table in TABLES for line in _judged(table, _stored(connection, table), true)]


def wrong(connection: Transaction, table: str) -> set[int]:
    """The numbers of a table's lines whose time does not count, as a clock stood wrong."""
    judged = _judged(table, _stored(connection, table), _true_times(connection))
    return {each.number for each in judged if each.judged.fault}


_Stored = Sequence[tuple[int, datetime]]


def _true_times(connection: Connection | Transaction) -> dict[str, datetime]:
    """The true times that persons have named, by their line."""
    return {line: time for line, time in connection.execute(_NAMED).fetchall() if time}


def _stored(connection: Connection | Transaction, table: str) -> _Stored:
    """The numbers of a table's lines, in order, and the times stored with them."""
    found: _Stored = connection.execute(
        f"SELECT number, {TABLES[table].time} FROM ledger.{table} ORDER BY number"
    ).fetchall()
    return found


def _judged(table: str, stored: _Stored, true: Mapping[str, datetime]) -> Iterator[Line]:
    times = [true.get(f"{table} {number}") or time for number, time in stored]
    judged = clock.judge(times, dates.now())
    for (number, time), each in zip(stored, judged, strict=True):
        yield Line(table, number, time, each)


_NAMED = f"SELECT subject, TRY_CAST(time AS TIMESTAMP) FROM ({in_force.TIMES})"


def wrong_clocks(connection: Transaction) -> list[str]:
    """Which lines a wrong clock dated and what counts in its place, a sentence each."""
    wrong = [line for line in lines(connection) if line.judged.fault]
    about = dict(connection.execute(LINES).fetchall()) if wrong else {}
    return [
        f"the clock stood wrong: {line.name} ({about[line.name]}) says {line.judged.said} UTC, "
        f"{line.judged.fault}; {line.judged.counts} UTC counts until somebody names the true "
        f"time: `python -m etl clock {line.name} TIME --who WHO --reason REASON`"
        for line in wrong
    ]


def go_back(connection: Connection, at: datetime) -> None:
    """Lays views over the tables, which show what had been stored by a moment (UTC), each line
    with the time that counts. Where all that is stored counts as it stands, none are needed."""
    counted = _counted(connection)
    if counted.empty and at == datetime.max:
        return
    connection.register("counted", counted)
    moment = f"TIMESTAMP '{at.isoformat(' ')}'"
    for table, numbered in TABLES.items():
        time = f"coalesce(counted.time, stored.{numbered.time})"
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT stored.* REPLACE ({time} AS {numbered.time}) "
            f"FROM ledger.{table} AS stored LEFT JOIN counted "
            f"ON counted.stored_in = '{table}' AND counted.number = stored.number "
            f"WHERE {time} <= {moment}"
        )
    connection.execute(
        "CREATE TEMP VIEW figures AS SELECT stored.* REPLACE ("
        "coalesce(came.time, stored.recorded_at) AS recorded_at, "
        # Where no day of publication is told, a figure is known from the moment it came.
        "CASE WHEN stored.published = '' THEN coalesce(came.time, stored.known_from) "
        "ELSE stored.known_from END AS known_from) "
        f"FROM ledger.figures AS stored LEFT JOIN ({_CAME}) AS came "
        "ON came.figure_id = stored.figure_id "
        f"WHERE coalesce(came.time, stored.recorded_at) <= {moment}"
    )
    for table in _WITH_DOCUMENT:
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM ledger.{table} "
            "WHERE document_id IN (SELECT documents.document_id FROM documents)"
        )


def as_stored(connection: Connection | Transaction) -> bool:
    """Whether the time of every line counts as it was stored."""
    return _counted(connection).empty


def _all_right(connection: Connection | Transaction, table: str) -> bool:
    times = connection.execute(
        f"SELECT {TABLES[table].time} FROM ledger.{table} ORDER BY number"
    ).df()
    return clock.all_right(times.iloc[:, 0].to_numpy("datetime64[us]"), dates.now())


def _counted(connection: Connection | Transaction) -> pd.DataFrame:
    """The lines whose stored time does not count: what was said, and the time that does."""
    true, rows = _true_times(connection), []
    for table in TABLES:
        if not true and _all_right(connection, table):
            continue  # a million lines need no judge each
        rows += [
            (line.table, line.number, line.stored, line.judged.counts)
            for line in _judged(table, _stored(connection, table), true)
            if line.judged.counts != line.stored
        ]
    frame = pd.DataFrame(rows, columns=["stored_in", "number", "said", "time"])
    times = dict.fromkeys(["said", "time"], "datetime64[us]")
    return frame.astype({"stored_in": "str", "number": "int64", **times})
