"""A decision: what a person says of a figure, a document or a line of the ledger.

The kinds, and the detail that each of them carries. Which of several decisions is in force is told
by in_force.py alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NotRequired, TypedDict

from impact.model.lines import one_line

ACCEPT, REJECT, WITHDRAW, ANSWER = "accept", "reject", "withdraw", "answer"
REOPEN = "reopen"  # takes back the decision before: the figure stands as if nobody had decided
# Why a figure is to be believed, in a person's words, and such words taken back: neither changes
# whether it stands or leads.
NOTE, NOTE_BACK = "note", "note_back"
PROPOSE = "propose"  # the first acceptance of a figure that needs a second person's
DISPUTE, SETTLE = "dispute", "settle"  # contests a figure that goes on standing; ends that
CLOCK = "clock"  # names the true time of a line that was written while the clock stood wrong

# Field of a figure -> its values before and after a correction.
Changed = Mapping[str, list[Any]]


class VerdictDetail(TypedDict, total=False):
    """Detail of an acceptance, a proposal, a rejection or a withdrawal.

    by           whose verdict it is, where another person puts it back or carries it over
    first        who accepted before, where two persons must agree
    replaces     id of the figure in whose place this one stands; `changed` says what differs
    carries      id of the same figure in a former reading of the report
    replaced_by  id of the figure that stands in this one's place
    rule         name of the doubt that the correction answers
    added        true for a figure that the reader missed and a person added
    taken_back   true for a figure that a person wrote and took back: it is listed no longer
    waits        true for a figure that keeps its place until a second person has accepted the
                 correction that `replaced_by` names
    """

    by: str
    first: str
    replaces: str
    carries: str
    changed: Changed
    replaced_by: str
    rule: str
    added: bool
    taken_back: bool
    waits: bool


class AnswerDetail(TypedDict):
    """Detail of an answered doubt.

    rule        name of the doubt
    by          whose answer it is, where another person puts it back or carries it over
    taken_back  true where the answer no longer holds
    waits       true where it counts only once a second person has answered too
    first       who answered before, where two persons must
    """

    rule: str
    by: NotRequired[str]
    taken_back: NotRequired[bool]
    waits: NotRequired[bool]
    first: NotRequired[str]


class LinkDetail(TypedDict, total=False):
    """Detail of a figure that waits for a decision: for which figure of a former reading of its
    report it stands, and in what it differs. That one keeps its place until this one is accepted.

    Each field is that of a verdict.
    """

    carries: str
    replaces: str
    added: bool
    changed: Changed


class DisputeDetail(TypedDict, total=False):
    """Detail of a dispute: whose it is, where another person puts it back or carries it over."""

    by: str


class NoteBackDetail(TypedDict):
    """Detail of a note that is taken back: the id of the decision that wrote it."""

    note: str


class ClockDetail(TypedDict):
    """Detail of a true time: the time (ISO, UTC)."""

    time: str


class NoDetail(TypedDict):
    """Detail of a decision that says everything by its kind and its reason."""


Detail = (
    VerdictDetail
    | LinkDetail
    | AnswerDetail
    | DisputeDetail
    | NoteBackDetail
    | ClockDetail
    | NoDetail
)
# Kind of decision -> what its detail may hold.
DETAILS: Mapping[str, Any] = {
    **dict.fromkeys((ACCEPT, REJECT, WITHDRAW, PROPOSE), VerdictDetail),
    **dict.fromkeys((NOTE, SETTLE), NoDetail),
    REOPEN: LinkDetail,
    DISPUTE: DisputeDetail,
    ANSWER: AnswerDetail,
    NOTE_BACK: NoteBackDetail,
    CLOCK: ClockDetail,
}
DECISIONS = tuple(DETAILS)

# Of a figure that a person wrote and took back.
TAKEN_BACK: VerdictDetail = {"taken_back": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decides about a subject: a figure, a document, or a line by its number."""

    subject: str
    kind: str
    reason: str
    detail: Detail = field(default_factory=NoDetail)


def require_sound(who: str, decision: Decision) -> None:
    """Raises ValueError where a decision is of no known kind, lacks person or reason, or has a
    detail that its kind does not know."""
    if decision.kind not in DETAILS:
        raise ValueError(f"no such decision: {decision.kind!r}")
    require_reason(who, decision.reason)
    record, names = DETAILS[decision.kind], decision.detail.keys()
    if not record.__required_keys__ <= names <= record.__annotations__.keys():
        raise ValueError(f"no such detail of a decision {decision.kind!r}: {sorted(names)}")


def require_reason(who: str, reason: str) -> None:
    """Raises ValueError where a decision has no person or no reason."""
    if not who.strip() or not one_line(reason):
        raise ValueError("a decision needs a person and a reason")


def changed(row: Mapping[str, Any]) -> Changed:
    """What a correction changed, from a figure's row of in_force.FIGURES."""
    found: Changed = json.loads(row["changed"] or "{}")
    return found
