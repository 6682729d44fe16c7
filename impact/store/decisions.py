"""Decisions as they are shown: what is in force about a figure, which doubts are answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from impact.model.rows import Row, records
from impact.store import in_force, standing, states
from impact.store.decision import PROPOSE
from impact.store.ledger import Ledger
from impact.store.transaction import Transaction

_ANSWERS = f"""
SELECT subject, rule, decided_by, reason, waits FROM (
    FROM ({in_force.ANSWERS}) UNION ALL FROM ({in_force.ANSWERS_WAITING}))
WHERE list_contains($ids, subject) ORDER BY waits DESC
"""
# Corrections of public figures, and answers to their doubts, that wait for a second person. What
# waits about a figure that is not public yet is asked in Review.
_PROPOSED = f"""
WITH last AS ({in_force.VERDICTS})
SELECT new.replaces AS figure_id, new.subject AS new_id, '' AS rule, new.decided_by AS who,
       new.reason, new.decided_at, new.number
FROM last AS new JOIN last AS old ON old.subject = new.replaces
WHERE new.kind = '{PROPOSE}' AND old.waits AND old.replaced_by = new.subject
UNION ALL
SELECT subject, '', rule, decided_by, reason, decided_at, number FROM ({in_force.ANSWERS_WAITING})
"""
_WAITING = f"""
WITH public AS (SELECT figure_id FROM ({standing.ACCEPTED})), waiting AS ({_PROPOSED})
SELECT waiting.*, figures.indicator, figures.place, figures.date, figures.unit,
       figures.value AS was, new.value AS now
FROM waiting JOIN public USING (figure_id) JOIN figures USING (figure_id)
LEFT JOIN figures AS new ON new.figure_id = waiting.new_id
ORDER BY waiting.number
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a figure is sound in spite of a doubt, and who says so.

    waits  whether it counts only once a second person has answered, or accepted the figure, too
    """

    who: str
    reason: str
    waits: bool = False


def of(ledger: Ledger, figure_ids: Collection[str]) -> dict[str, Row]:
    """Each figure as the ledger has it, with its row of in_force.FIGURES and its state."""
    with ledger.look() as connection:
        rows = connection.execute(
            f"""SELECT figures.*, in_force.* EXCLUDE (figure_id)
                FROM figures JOIN ({in_force.FIGURES}) AS in_force USING (figure_id)
                WHERE list_contains($ids, figures.figure_id)""",
            {"ids": list(figure_ids)},
        ).df()
        with_states(connection, rows)
    return {row["figure_id"]: row for row in records(rows)}


def with_states(connection: Transaction, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of figures with a column `state`: what a decision about each hands over as seen."""
    now = states.states(connection, rows["figure_id"].tolist())
    rows["state"] = rows["figure_id"].map(now).astype(object)
    return rows


def waiting(ledger: Ledger) -> pd.DataFrame:
    """What waits for a second person about figures that are public, the oldest first.

    figure_id, indicator, place, date, unit, was: the public figure; new_id, now: the correction,
    empty of an answer; rule: the doubt that is answered, empty of a correction; who, reason,
    decided_at: whose it is.
    """
    if not ledger.exists:
        return pd.DataFrame(columns=["figure_id"])
    with ledger.look(datetime.max) as connection:
        # Most days nothing waits. What is public is dear to tell: of a million figures, 300 MB.
        if not connection.execute(f"SELECT count(*) FROM ({_PROPOSED})").only():
            return pd.DataFrame(columns=["figure_id"])
        return connection.execute(_WAITING).df()


def answers(ledger: Ledger, figure_ids: Collection[str]) -> dict[str, dict[str, Answer]]:
    """Figure -> rule of a doubt -> its answer, in force or waiting for a second person."""
    with ledger.look() as connection:
        return answered(connection, figure_ids)


def answered(connection: Transaction, figure_ids: Collection[str]) -> dict[str, dict[str, Answer]]:
    """The same within a transaction."""
    found: dict[str, dict[str, Answer]] = {}
    for subject, rule, who, reason, waits in connection.execute(
        _ANSWERS, {"ids": list(figure_ids)}
    ).fetchall():
        found.setdefault(subject, {})[rule] = Answer(who, reason, waits)
    return found
