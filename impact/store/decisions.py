"""Verdicts: which decision about each figure is in force, and which of its doubts are answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from impact.store import states
from impact.store.ledger import Ledger

# A figure a row. verdict: "", accept, reject, withdraw, or propose for a first acceptance that
# waits for a second person's; decided_by, reason: whose and why; first: who accepted it before
# them; replaced_by, replaces, changed: a correction; added: missed by the reader; disputed,
# disputed_by: a dispute that nobody has ended.
IN_FORCE = """
SELECT figures.figure_id,
       CASE WHEN last.kind = 'reopen' THEN '' ELSE coalesce(last.kind, '') END AS verdict,
       coalesce(json_extract_string(last.detail, '$.by'), last.who, '') AS decided_by,
       coalesce(last.reason, '') AS reason,
       coalesce(json_extract_string(last.detail, '$.first'), '') AS first,
       coalesce(json_extract_string(last.detail, '$.replaced_by'), '') AS replaced_by,
       coalesce(json_extract_string(last.detail, '$.replaces'), '') AS replaces,
       coalesce(CAST(json_extract(last.detail, '$.changed') AS VARCHAR), '') AS changed,
       coalesce(contains(last.detail, '"added"'), FALSE) AS added,
       coalesce(contains(last.detail, '"taken_back"'), FALSE) AS taken_back,
       CASE WHEN contest.kind = 'dispute' THEN contest.reason ELSE '' END AS disputed,
       CASE WHEN contest.kind = 'dispute' THEN contest.who ELSE '' END AS disputed_by
FROM figures
LEFT JOIN (
    SELECT subject, kind, who, reason, detail FROM decisions
    WHERE kind IN ('accept', 'reject', 'withdraw', 'reopen', 'propose')
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY number DESC) = 1
) AS last ON last.subject = figures.figure_id
LEFT JOIN (
    SELECT subject, kind, who, reason FROM decisions WHERE kind IN ('dispute', 'settle')
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY number DESC) = 1
) AS contest ON contest.subject = figures.figure_id
"""

_ANSWERS = """
SELECT subject, rule, coalesce(json_extract_string(detail, '$.by'), who), reason FROM (
    SELECT *, json_extract_string(detail, '$.rule') AS rule FROM decisions WHERE kind = 'answer'
    QUALIFY row_number() OVER (PARTITION BY subject, rule ORDER BY number DESC) = 1)
WHERE list_contains($ids, subject) AND NOT contains(detail, '"taken_back"')
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a figure is sound in spite of a doubt, and who says so."""

    who: str
    reason: str


def of(ledger: Ledger, figure_ids: Collection[str]) -> dict[str, Mapping]:
    """Each figure as the ledger has it, with its row of IN_FORCE and its state."""
    with ledger.connect() as connection:
        rows = connection.execute(
            f"""SELECT figures.*, in_force.* EXCLUDE (figure_id)
                FROM figures JOIN ({IN_FORCE}) AS in_force USING (figure_id)
                WHERE list_contains($ids, figures.figure_id)""",
            {"ids": list(figure_ids)},
        ).df()
        with_states(connection, rows)
    return {row["figure_id"]: row for row in rows.to_dict("records")}


def with_states(connection, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of figures with a column `state`: what a decision about each hands over as seen."""
    now = states.states(connection, rows["figure_id"].tolist())
    rows["state"] = rows["figure_id"].map(now).astype(object)
    return rows


def answers(ledger: Ledger, figure_ids: Collection[str]) -> dict[str, dict[str, Answer]]:
    """Figure -> rule of a doubt -> its answer in force."""
    with ledger.connect() as connection:
        return answered(connection, figure_ids)


def answered(connection, figure_ids: Collection[str]) -> dict[str, dict[str, Answer]]:
    """The same within a transaction."""
    found: dict[str, dict[str, Answer]] = {}
    for subject, rule, who, reason in connection.execute(
        _ANSWERS, {"ids": list(figure_ids)}
    ).fetchall():
        found.setdefault(subject, {})[rule] = Answer(who, reason)
    return found
