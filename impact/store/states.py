"""States: what has last happened to a figure, so that a decision can name what was on screen.

A state is a text that changes with every decision about the figure (notes decide nothing) and with
every new reading of its report. Who decides hands over the state they saw; inside the transaction
it is compared with the one in force.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from impact.store import in_force
from impact.store.decision import ANSWER
from impact.store.transaction import Block

# What may have happened beside the kinds of decisions (decision.DECISIONS).
CORRECTED, TAKEN_BACK, ANSWER_BACK, REREAD = "corrected", "taken_back", "answer_back", "reread"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a figure since somebody saw it: the last decision, or a new reading.

    what  a kind of decision, CORRECTED, TAKEN_BACK, ANSWER_BACK or REREAD
    who   whose it was
    """

    figure_id: str
    what: str
    who: str


class StateChanged(RuntimeError):
    """A figure does not stand any more as the person who decides has seen it."""

    def __init__(self, changes: Sequence[Change]) -> None:
        told = ", ".join(f"{each.figure_id}: {each.what} by {each.who}" for each in changes)
        super().__init__(f"changed meanwhile: {told}")
        self.changes = tuple(changes)


def states(connection: Block, figure_ids: Collection[str]) -> dict[str, str]:
    """Figure -> its state now."""
    return {row[0]: _state(row[1], row[4]) for row in _rows(connection, figure_ids)}


def changes(connection: Block, seen: Mapping[str, str]) -> list[Change]:
    """What happened to those figures that do not stand as they were seen.

    seen  figure -> the state that was on screen
    """
    found = []
    for figure_id, decision, what, who, reading, reader in _rows(connection, seen):
        if seen[figure_id] == _state(decision, reading):
            continue
        # A new reading takes decisions along: it is the cause, they are not.
        if not seen[figure_id].endswith(_state("", reading)):
            what, who = REREAD, reader
        found.append(Change(figure_id, what, who))
    return found


def require(connection: Block, seen: Mapping[str, str]) -> None:
    """Raises StateChanged unless every figure stands as it was seen."""
    if changed := changes(connection, seen):
        raise StateChanged(changed)


def _rows(connection: Block, figure_ids: Collection[str]) -> list[tuple[Any, ...]]:
    """Figure, last decision, what it was and whose; last reading, and who asked for it."""
    return connection.execute(_STATES, {"ids": list(figure_ids)}).fetchall()


def _state(decision: str, reading: int) -> str:
    return f"{decision}/{reading}"


_STATES = f"""
WITH last AS (
    SELECT subject, decision_id, who,
           CASE WHEN replaced_by IS NOT NULL THEN '{CORRECTED}'
                WHEN kind = '{ANSWER}' AND taken_back THEN '{ANSWER_BACK}'
                WHEN taken_back THEN '{TAKEN_BACK}' ELSE kind END AS what
    FROM ({in_force.LAST}) AS told WHERE subject = ANY($ids)
), read AS (
    SELECT statements.figure_id, max(later.number) AS number,
           (array_agg(said.who ORDER BY said.number DESC)
               FILTER (WHERE said.number IS NOT NULL))[1] AS who
    FROM statements JOIN readings AS own USING (document_id)
    JOIN readings AS later ON later.upload_id = own.upload_id AND later.part = own.part
    LEFT JOIN said ON said.upload_id = own.upload_id AND said.part = own.part
    WHERE statements.figure_id = ANY($ids) GROUP BY statements.figure_id
)
SELECT asked.figure_id, coalesce(last.decision_id, ''), coalesce(last.what, ''),
       coalesce(last.who, ''), coalesce(read.number, 0), coalesce(read.who, '')
FROM (SELECT DISTINCT unnest($ids) AS figure_id) AS asked
LEFT JOIN last ON last.subject = asked.figure_id
LEFT JOIN read ON read.figure_id = asked.figure_id
"""
