"""What stands: the figures that are accepted, what was corrected, and what was said of them."""

from dataclasses import dataclass

import pandas as pd

from impact.store import in_force
from impact.store.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The ledger at one moment, as a snapshot is built from it.

    figures      the accepted ones, see Ledger.accepted
    answers      doubts that are answered: subject, rule, who, reason
    disputes     disputes that nobody has ended: subject, who, reason
    written      figures that persons wrote: figure_id, replaces, day_changed (in_force.WRITTEN)
    corrections  every figure that was public and then corrected, withdrawn or reopened, and every
                 toll that went to another event's day, in order:
                 was and now are the values before and after; detail is the JSON of the decision,
                 whose "changed" holds the fields that a person altered as {field: [from, to]}
    notes        every note about a figure that nobody has taken back, in order
    store_id     which store's ledger it is
    told         ids of tolls whose day their report tells by a date (days_told); the ledger
                 itself does not know them
    """

    figures: pd.DataFrame
    documents: pd.DataFrame
    decisions: pd.DataFrame
    answers: pd.DataFrame
    disputes: pd.DataFrame
    written: pd.DataFrame
    corrections: pd.DataFrame
    notes: pd.DataFrame
    store_id: str
    told: frozenset[str] = frozenset()


def state(connection: Transaction) -> State:
    """The state of what a transaction sees."""
    return State(
        figures=accepted(connection),
        documents=table(connection, "documents"),
        decisions=table(connection, "decisions"),
        answers=connection.execute(_ANSWERS).df(),
        disputes=connection.execute(_DISPUTES).df(),
        written=connection.execute(f"{in_force.WRITTEN} ORDER BY figure_id").df(),
        corrections=connection.execute(_CORRECTIONS).df(),
        notes=connection.execute(_NOTES).df(),
        store_id=connection.execute("SELECT any_value(store_id) FROM store").only(),
    )


def accepted(connection: Transaction) -> pd.DataFrame:
    """Every accepted figure; see Ledger.accepted."""
    return connection.execute(_ACCEPTED).df()


def table(connection: Transaction, name: str) -> pd.DataFrame:
    """A whole table of the ledger."""
    return connection.execute(f"SELECT * FROM {name} ORDER BY ALL").df()


_ACCEPTED = f"""
WITH verdicts AS ({in_force.STANDING}), stated AS (
    SELECT statements.figure_id, statements.document_id, documents.number,
           coalesce(verdicts.kind, '') AS verdict
    FROM statements JOIN documents USING (document_id)
    LEFT JOIN verdicts ON verdicts.subject = statements.document_id
), latest AS (
    SELECT figure_id, document_id, number, verdict FROM stated
    QUALIFY row_number() OVER (
        PARTITION BY figure_id ORDER BY (verdict = 'accept') DESC, number DESC) = 1
), editions AS (
    SELECT figures.*, latest.document_id, latest.number,
           coalesce(nullif(own.kind, 'reopen'), latest.verdict) = 'accept' AS stands
    FROM figures JOIN latest USING (figure_id)
    LEFT JOIN verdicts AS own ON own.subject = figures.figure_id
    -- An edition that was public and that a person took out still goes before those it replaced;
    -- one that was corrected has left its place to the correction.
    WHERE stands OR (own.kind IN ('reject', 'withdraw', 'propose') AND own.replaced_by IS NULL
        AND (latest.verdict = 'accept' OR figure_id IN (
            SELECT subject FROM decisions WHERE decisions.kind = 'accept')))
), newest AS (
    SELECT * FROM editions
    QUALIFY row_number() OVER (
        PARTITION BY source, CASE WHEN source_key = '' THEN figure_id ELSE source_key END
        ORDER BY number DESC, stands DESC, figure_id) = 1
)
SELECT * EXCLUDE (number, stands) FROM newest WHERE stands ORDER BY figure_id
"""

_ANSWERS = f"""
SELECT subject, rule, decided_by AS who, reason FROM ({in_force.ANSWERS}) ORDER BY subject, rule
"""

_DISPUTES = f"SELECT subject, who, reason FROM ({in_force.DISPUTES}) ORDER BY subject"

_CORRECTIONS = f"""
WITH changes AS (
    SELECT *, replaced_by AS new_id FROM ({in_force.TOLD})
    WHERE kind IN ('reject', 'withdraw', 'reopen', 'dispute', 'settle')
)
SELECT changes.number, changes.decided_at, changes.who, changes.reason,
       CASE WHEN changes.new_id IS NOT NULL THEN 'corrected'
            WHEN changes.kind = 'reopen' THEN 'reopened'
            WHEN changes.kind = 'dispute' THEN 'disputed'
            WHEN changes.kind = 'settle' THEN 'settled' ELSE 'withdrawn' END AS what,
       old.figure_id, coalesce(changes.new_id, '') AS new_id, old.indicator, old.place, old.date,
       old.unit, old.people, old.status, old.url, old.value AS was, new.value AS now,
       coalesce((SELECT any_value(accepted.detail) FROM decisions AS accepted
                 WHERE accepted.subject = changes.new_id AND accepted.kind = 'accept'), '{{}}')
           AS detail
FROM changes JOIN figures AS old ON old.figure_id = changes.subject
LEFT JOIN figures AS new ON new.figure_id = changes.new_id
WHERE EXISTS (
    SELECT 1 FROM decisions AS earlier
    WHERE earlier.kind = 'accept' AND earlier.number < changes.number
      AND (earlier.subject = changes.subject OR earlier.subject IN (
          SELECT document_id FROM statements WHERE figure_id = changes.subject)))
    OR (changes.rule = 'same_event' AND changes.new_id IN (
        SELECT subject FROM decisions AS moved WHERE moved.kind = 'accept'))
ORDER BY changes.number
"""

_NOTES = f"""
SELECT decision_id, number, subject AS figure_id, who, reason, decided_at
FROM ({in_force.NOTES}) ORDER BY number
"""
