"""Since: what the ledger holds beyond a snapshot, and which figures that touches.

A snapshot says up to which line it was made. Later lines, and for a moment of the past those that
came after it, touch the figures that they decide about,
those that a new document states, and those of a document about which something is decided. They
also touch every other edition of the same row of a source, as one goes before the others.
Whether a figure stands (standing.py) follows from lines about it, about its other editions and
about documents that state them: from nothing else.
"""

from dataclasses import dataclass

import pandas as pd

from impact.store import in_force, numbered, standing
from impact.store.decision import CLOCK
from impact.store.standing import State
from impact.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Up to where a snapshot knows the ledger.

    document   number of the last document
    decision   id of the last decision, empty where there was none
    lines      how many documents and decisions there were
    """

    document: int
    decision: str
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What was stored after a line, or what was not stored yet at a moment of the past.

    touched  ids of the figures that it touches
    state    the ledger's state; of the figures only the touched ones that are accepted, of the
             decisions only those about lines
    last     id of the last decision
    lines    how many documents and decisions there are
    """

    touched: frozenset[str]
    state: State
    last: str
    lines: int


def since(connection: Transaction, line: Line, most: int, *, past: bool = False) -> Since | None:
    """What was stored after a line; None where that cannot be told by its figures.

    That is so where the ledger does not have the line, where a time was named or does not count as
    it stands, and where more than so many figures are touched.
    past  whether the transaction sees a moment of the past: what it does not see counts, too
    """
    last = _number(connection, line)
    if last is None or not numbered.as_stored(connection):
        return None
    if connection.execute(_CLOCKS, [last, CLOCK]).only():
        return None
    touch = _TOUCH.format(**{table: _UNSEEN[table] if past else "" for table in _UNSEEN})
    connection.execute(touch, {"document": line.document, "decision": last})
    touched = connection.execute("FROM touched LIMIT ?", [most + 1]).fetchall()
    if len(touched) > most:
        return None
    return Since(
        touched=frozenset(each for (each,) in touched),
        state=_state(connection),
        last=connection.execute(_LAST).only(),
        lines=connection.execute(_LINES).only(),
    )


def _number(connection: Transaction, line: Line) -> int | None:
    """The number of the line's decision; None where the ledger is not the one the line is of."""
    found = connection.execute(_FOUND, [line.decision]).only()
    if found is None and line.decision:
        return None
    last: int = found or 0
    known = connection.execute(_KNOWN, {"document": line.document, "decision": last}).only()
    return last if known == line.lines else None


def _state(connection: Transaction) -> State:
    """The state of what the transaction sees, with the touched figures that stand."""
    return State(
        figures=_standing(connection),
        documents=standing.table(connection, "documents"),
        decisions=connection.execute(_ALL_CLOCKS, [CLOCK]).df(),
        answers=connection.execute(standing.ANSWERS).df(),
        disputes=connection.execute(standing.DISPUTES).df(),
        written=connection.execute(in_force.WRITTEN).df(),
        corrections=connection.execute(standing.CORRECTIONS).df(),
        notes=connection.execute(standing.NOTES).df(),
        store_id=connection.execute(standing.STORE).only(),
    )


def _standing(connection: Transaction) -> pd.DataFrame:
    """Those of the touched figures that are accepted: as if the ledger held nothing else."""
    for name, some in _SOME.items():
        connection.execute(f"CREATE TEMP TABLE some_{name} AS FROM {name} WHERE {some}")
    among = ", ".join(f"{name} AS (FROM some_{name})" for name in _SOME)
    return connection.table(f"WITH {among} FROM ({standing.ACCEPTED})")


_FOUND = "SELECT max(number) FROM ledger.decisions WHERE decision_id = ?"
_KNOWN = """
SELECT (SELECT count(*) FROM ledger.documents WHERE number <= $document)
     + (SELECT count(*) FROM ledger.decisions WHERE number <= $decision)
"""
_CLOCKS = "SELECT count(*) FROM ledger.decisions WHERE number > ? AND kind = ?"
_ALL_CLOCKS = "SELECT * FROM decisions WHERE kind = ? ORDER BY number"
_LAST = "SELECT coalesce(arg_max(decision_id, number), '') FROM decisions"
_LINES = "SELECT (SELECT count(*) FROM documents) + (SELECT count(*) FROM decisions)"
_TOUCH = """
CREATE TEMP TABLE touched AS
WITH decided AS (
    SELECT DISTINCT subject FROM ledger.decisions WHERE number > $decision {decisions}
), stating AS (
    SELECT document_id FROM ledger.documents WHERE number > $document {documents}
    UNION SELECT subject FROM decided
), own AS (
    SELECT figure_id, source, source_key FROM ledger.figures
    WHERE figure_id IN (FROM decided) OR figure_id IN (
        SELECT figure_id FROM ledger.statements WHERE document_id IN (FROM stating))
)
SELECT figure_id FROM own
UNION
SELECT figures.figure_id FROM own JOIN ledger.figures USING (source, source_key)
WHERE source_key <> ''
"""
# The lines that a transaction of the past does not see.
_UNSEEN = {
    table: f"OR number NOT IN (SELECT number FROM {table})" for table in ("decisions", "documents")
}
# Decisions come first: they are asked which documents state a figure.
_SOME = {
    "decisions": """subject IN (
        FROM touched UNION ALL SELECT document_id FROM statements
        WHERE figure_id IN (FROM touched))""",
    "statements": "figure_id IN (FROM touched)",
    "figures": "figure_id IN (FROM touched)",
}
