"""What stands: the figures that are accepted, what was corrected, and what was said of them."""

from dataclasses import dataclass

import pandas as pd

from impact.store import in_force
from impact.store.transaction import Block, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The ledger at one moment, as a snapshot is built from it.

    figures      the accepted ones, see Ledger.accepted, in no order
    answers      doubts that are answered: subject, rule, who, reason
    disputes     disputes that nobody has ended: subject, who, reason
    written      figures that persons wrote: figure_id, replaces, day_changed, since
                 (in_force.WRITTEN)
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
        figures=connection.table(ACCEPTED),
        documents=table(connection, "documents"),
        decisions=table(connection, "decisions"),
        answers=connection.execute(ANSWERS).df(),
        disputes=connection.execute(DISPUTES).df(),
        written=connection.execute(f"{in_force.WRITTEN} ORDER BY figure_id").df(),
        corrections=connection.execute(CORRECTIONS).df(),
        notes=connection.execute(NOTES).df(),
        store_id=connection.execute(STORE).only(),
    )


def accepted(connection: Block) -> pd.DataFrame:
    """Every accepted figure, sorted by id; see Ledger.accepted."""
    return connection.table(ACCEPTED).sort_values("figure_id", ignore_index=True)


def table(connection: Transaction, name: str) -> pd.DataFrame:
    """A whole table of the ledger."""
    return connection.table(f"SELECT * FROM {name} ORDER BY ALL")


STORE = "SELECT any_value(store_id) FROM store"

# The accepted figures, each with the document that names it; see Ledger.accepted. A document's
# acceptance is none of what a person wrote into it since: that stands by its own.
ACCEPTED = f"""
WITH verdicts AS ({in_force.STANDING}), stated AS (
    SELECT statements.figure_id, statements.document_id, documents.number,
           CASE WHEN written.since >= documents.received_at THEN ''
                ELSE coalesce(verdicts.kind, '') END AS verdict
    FROM statements JOIN documents USING (document_id)
    LEFT JOIN verdicts ON verdicts.subject = statements.document_id
    LEFT JOIN ({in_force.WRITTEN}) AS written USING (figure_id)
), latest AS (
    SELECT figure_id, document_id, number, verdict FROM stated
    QUALIFY row_number() OVER (
        PARTITION BY figure_id ORDER BY (verdict = 'accept') DESC, number DESC) = 1
), editions AS (
    SELECT figures.figure_id, figures.source, figures.source_key, latest.document_id, latest.number,
           coalesce(nullif(own.kind, 'reopen'), latest.verdict) = 'accept' AS stands
    FROM figures JOIN latest USING (figure_id)
    LEFT JOIN verdicts AS own ON own.subject = figures.figure_id
    -- An edition that was public and that a person took out still goes before those it replaced;
    -- one that was corrected has left its place to the correction.
    WHERE stands OR (own.kind IN ('reject', 'withdraw', 'propose') AND own.replaced_by IS NULL
        AND (latest.verdict = 'accept' OR figure_id IN (
            SELECT subject FROM decisions WHERE decisions.kind = 'accept')))
), newest AS (
    SELECT figure_id, document_id, stands FROM editions
    QUALIFY row_number() OVER (
        PARTITION BY source, CASE WHEN source_key = '' THEN figure_id ELSE source_key END
        ORDER BY number DESC, stands DESC, figure_id) = 1
)
SELECT figures.*, newest.document_id
FROM figures JOIN newest USING (figure_id) WHERE stands
"""

ANSWERS = f"""
SELECT subject, rule, decided_by AS who, reason FROM ({in_force.ANSWERS}) ORDER BY subject, rule
"""

DISPUTES = f"SELECT subject, decided_by AS who, reason FROM ({in_force.DISPUTES}) ORDER BY subject"

# A figure is public by its own acceptance or by that of a document which states it. Since when is
# worked out once for each figure: asked anew for each change, it took minutes and 20 GB of a
# million figures. Of the acceptances, which are many more, only those that count here are read.
CORRECTIONS = f"""
WITH changes AS (
    SELECT *, replaced_by AS new_id FROM ({in_force.TOLD})
    WHERE kind IN ('reject', 'withdraw', 'reopen', 'dispute', 'settle') AND NOT waits
), accepts AS (
    SELECT subject, number, detail FROM decisions WHERE kind = 'accept'
), stating AS (
    SELECT figure_id, document_id FROM statements
    WHERE figure_id IN (SELECT subject FROM changes)
), public AS (
    SELECT figure_id, min(number) AS since FROM (
        SELECT subject AS figure_id, number FROM accepts
        WHERE subject IN (SELECT subject FROM changes)
        UNION ALL
        SELECT stating.figure_id, accepts.number
        FROM accepts JOIN stating ON stating.document_id = accepts.subject)
    GROUP BY figure_id
), accepted AS (
    SELECT subject, arg_min(detail, number) AS detail FROM accepts
    WHERE subject IN (SELECT new_id FROM changes) GROUP BY subject
)
SELECT changes.number, changes.decided_at, changes.who, changes.reason,
       CASE WHEN changes.new_id IS NOT NULL THEN 'corrected'
            WHEN changes.kind = 'reopen' THEN 'reopened'
            WHEN changes.kind = 'dispute' THEN 'disputed'
            WHEN changes.kind = 'settle' THEN 'settled' ELSE 'withdrawn' END AS what,
       old.figure_id, coalesce(changes.new_id, '') AS new_id, old.indicator, old.place, old.date,
       old.unit, old.people, old.status, old.url, old.value AS was, new.value AS now,
       coalesce(accepted.detail, '{{}}') AS detail
FROM changes JOIN figures AS old ON old.figure_id = changes.subject
LEFT JOIN figures AS new ON new.figure_id = changes.new_id
LEFT JOIN public ON public.figure_id = changes.subject
LEFT JOIN accepted ON accepted.subject = changes.new_id
WHERE public.since < changes.number
    OR (changes.rule = 'same_event' AND accepted.subject IS NOT NULL)
ORDER BY changes.number
"""

NOTES = f"""
SELECT decision_id, number, subject AS figure_id, who, reason, decided_at
FROM ({in_force.NOTES}) ORDER BY number
"""
