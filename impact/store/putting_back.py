"""Putting back: decisions that were made before are in force again, in the names of who made them.

Undo makes the decision before once more, by its own person. Nobody else is named: what is put back
in somebody's name must have been decided by them, about that very figure.
"""

import json
from collections.abc import Sequence
from typing import Any, cast

from impact.store import in_force
from impact.store.decision import (
    ACCEPT,
    PROPOSE,
    REJECT,
    REOPEN,
    Decision,
    Detail,
    VerdictDetail,
)
from impact.store.transaction import Block

# A second acceptance names who gave the first.
_ALIKE = {ACCEPT: (ACCEPT, PROPOSE), PROPOSE: (ACCEPT, PROPOSE)}
# What a decision that is put back says as it did before.
_KEPT = ("first", "replaces", "carries", "replaced_by", "rule")


class NotTheirs(ValueError):
    """A decision names somebody who never decided so."""


def require_theirs(connection: Block, decision: Decision) -> None:
    """Raises NotTheirs where a decision names a person, as its own or as the first of two, who has
    not decided so about its figure."""
    named = {decision.detail.get(each) for each in ("by", "first")} - {None}
    if not named:
        return
    kinds = list(_ALIKE.get(decision.kind, (decision.kind,)))
    found = connection.execute(_DECIDED, {"subject": decision.subject, "kinds": kinds}).fetchall()
    if strangers := named - {each for row in found for each in row}:
        raise NotTheirs(f"{', '.join(map(str, strangers))} did not decide {decision.subject} so")


def completed(connection: Block, decisions: Sequence[Decision]) -> list[Decision]:
    """Decisions with what follows for figures whose correction waits for its second person.

    A correction that is refused before, or taken back, leaves the figure as it stood; one whose
    second acceptance is taken back waits again.
    """
    found = list(decisions)
    for each in decisions:
        old = _waiting(connection, each)
        if not old:
            continue
        found = [other for other in found if other.subject != old]
        found.insert(0, _stood(connection, old, each))
        if each.kind == PROPOSE:
            left: VerdictDetail = {"replaced_by": each.subject, "waits": True}
            found.insert(1, Decision(subject=old, kind=REJECT, reason=each.reason, detail=left))
    return found


def _waiting(connection: Block, decision: Decision) -> str:
    """The figure that keeps its place by a decision about its correction; empty where none does."""
    if decision.kind == PROPOSE:
        return str(decision.detail.get("replaces") or "")
    if decision.kind not in (REJECT, REOPEN):
        return ""
    last = connection.execute(_LAST, [decision.subject]).fetchone()
    return str(last[1] or "") if last and last[0] == PROPOSE else ""


def _stood(connection: Block, old: str, about: Decision) -> Decision:
    """The decision by which a figure stood before its correction; none gives it back to review."""
    row = connection.execute(_STOOD, [old, about.subject]).df()
    if row.empty:
        return Decision(subject=old, kind=REOPEN, reason=about.reason)
    (last,) = row.to_dict("records")
    detail: dict[str, Any] = {name: last[name] for name in _KEPT if isinstance(last[name], str)}
    detail["by"] = last["decided_by"]
    if isinstance(last["changed"], str):
        detail["changed"] = json.loads(last["changed"])
    if last["added"]:
        detail["added"] = True
    if last["kind"] == REOPEN:
        return Decision(subject=old, kind=REOPEN, reason=about.reason)
    kept = cast("Detail", detail)
    return Decision(subject=old, kind=last["kind"], reason=last["reason"], detail=kept)


_DECIDED = f"""
SELECT decided_by, "first" FROM ({in_force.TOLD}) AS told
WHERE subject = $subject AND kind = ANY($kinds)
"""
_LAST = f"SELECT kind, replaces FROM ({in_force.VERDICTS}) AS told WHERE subject = ?"
_STOOD = f"""
SELECT * FROM ({in_force.TOLD}) AS told
WHERE subject = ? AND kind IN {("accept", "reject", "withdraw", "reopen")} AND NOT waits
  AND replaced_by IS DISTINCT FROM ?
ORDER BY number DESC LIMIT 1
"""
