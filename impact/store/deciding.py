"""Deciding: what a person says is appended, one step whole or not at all.

Every function appends inside a transaction; who decides hands over what they saw, so that nobody
decides about a figure that stands otherwise meanwhile.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from impact.model import dates
from impact.model.figure import Figure
from impact.store import documents, in_force, numbered, reviewers, states
from impact.store.decision import (
    ACCEPT,
    ANSWER,
    CLOCK,
    PROPOSE,
    REJECT,
    Changed,
    Decision,
    VerdictDetail,
    require_sound,
)
from impact.store.states import Change, StateChanged
from impact.store.transaction import Transaction


class SamePerson(ValueError):
    """The second acceptance of a figure came from the person who gave the first."""


class AlreadyCorrected(StateChanged):
    """Another correction of the figure stands, or waits for its second person."""


class OfATable(ValueError):
    """A correction that needs two persons, of a figure of a loaded table. What stands in a table
    counts as a whole, so the first person's figure would be public before the second has seen it.
    Tables are corrected by an amendment (data/figures/README.md)."""


# What a decision may be about: figures and documents, or lines by their number.
SUBJECTS = """
SELECT figure_id AS subject FROM figures UNION ALL SELECT document_id FROM documents
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict in force about a figure."""

    kind: str
    who: str
    decided_by: str
    replaces: str | None
    carries: str | None
    replaced_by: str | None
    changed: str | None
    added: bool


_VERDICT = f"""
SELECT kind, who, decided_by, replaces, carries, replaced_by, changed, added
FROM ({in_force.VERDICTS}) WHERE subject = ?
"""


def correct(
    connection: Transaction,
    figure_id: str,
    corrected: Figure,
    who: str,
    reason: str,
    changed: Changed,
    *,
    second: bool,
    rule: str,
) -> str:
    """Puts a person's figure in the place of another; see Ledger.correct."""
    stated = documents.stating(connection, figure_id)
    if not stated:
        raise LookupError(f"the ledger has no figure {figure_id!r}")
    if second and (table := _table_of(connection, stated)):
        raise OfATable(table)
    at, new = dates.now(), corrected.figure_id
    last = _verdict(connection, figure_id)
    if last and _is_corrected(connection, last) and last.replaced_by != new:
        raise AlreadyCorrected([Change(figure_id, states.CORRECTED, last.who)])
    for document in stated:
        documents.append_figures(connection, document, [corrected], at)
    left: VerdictDetail = {"replaced_by": new}
    if rule:
        left["rule"] = rule
    out = Decision(subject=figure_id, kind=REJECT, reason=reason, detail=left)
    append(connection, out, who, at)
    detail: VerdictDetail = {"replaces": figure_id, "changed": changed}
    _take(connection, new, who, reason, detail, at, second=second)
    return new


def add(
    connection: Transaction, document: str, figure: Figure, who: str, reason: str, *, second: bool
) -> str:
    """Adds a figure that the reader missed to a document; see Ledger.add."""
    if not connection.execute(
        "SELECT 1 FROM documents WHERE document_id = ?", [document]
    ).fetchall():
        raise LookupError(f"the ledger has no document {document!r}")
    last = _verdict(connection, figure.figure_id)
    stated = document in documents.stating(connection, figure.figure_id)
    if stated and last and last.kind in (ACCEPT, PROPOSE):
        raise StateChanged([Change(figure.figure_id, last.kind, last.who)])
    at = dates.now()
    documents.append_figures(connection, document, [figure], at)
    _take(connection, figure.figure_id, who, reason, {"added": True}, at, second=second)
    return figure.figure_id


def accept(
    connection: Transaction,
    figure_id: str,
    who: str,
    reason: str,
    answers: Mapping[str, str],
    *,
    second: bool,
) -> str:
    """Accepts a figure and answers its doubts; see Ledger.accept."""
    at = dates.now()
    require_subject(connection, figure_id)
    kind, detail = PROPOSE if second else ACCEPT, VerdictDetail()
    last = _verdict(connection, figure_id)
    if last and last.kind == PROPOSE:
        if second and reviewers.same(last.decided_by, who):
            raise SamePerson(f"{who} has accepted {figure_id} already")
        kind, detail = ACCEPT, _seconded(last)
    for rule, answer in answers.items():
        said = Decision(subject=figure_id, kind=ANSWER, reason=answer, detail={"rule": rule})
        append(connection, said, who, at)
    taken = Decision(subject=figure_id, kind=kind, reason=reason, detail=detail)
    append(connection, taken, who, at)
    return kind


def record(connection: Transaction, who: str, decisions: Sequence[Decision]) -> list[str]:
    """Appends what a person decides in one step; returns the decisions' ids."""
    at = dates.now()
    for each in decisions:
        require_subject(connection, each.subject, each.kind)
    return [append(connection, each, who, at) for each in decisions]


def require_sound_all(who: str, decisions: Sequence[Decision]) -> None:
    """Raises ValueError where one of several decisions is not sound."""
    for each in decisions:
        require_sound(who, each)


def append(connection: Transaction, decision: Decision, who: str, at: datetime) -> str:
    """Appends a person's decision; returns its id."""
    require_sound(who, decision)
    decision_id = f"D-{uuid.uuid4().hex[:16]}"
    columns = {
        "decision_id": decision_id,
        "subject": decision.subject,
        "kind": decision.kind,
        "who": who,
        "reason": decision.reason,
        "detail": json.dumps(decision.detail),
        "decided_at": at,
    }
    numbered.append(connection, "decisions", columns)
    return decision_id


def require_subject(connection: Transaction, subject: str, kind: str = "") -> None:
    """Raises LookupError where the ledger has nothing of which a decision speaks."""
    known = numbered.LINES if kind == CLOCK else SUBJECTS
    if not connection.execute(
        f"SELECT 1 FROM ({known}) AS known WHERE subject = ?", [subject]
    ).fetchone():
        sought = "line" if kind == CLOCK else "figure or document"
        raise LookupError(f"the ledger has no {sought} {subject!r}")


def _take(
    connection: Transaction,
    figure_id: str,
    who: str,
    reason: str,
    detail: VerdictDetail,
    at: datetime,
    *,
    second: bool,
) -> None:
    """Accepts a figure that a person wrote; where it needs a second person, proposes it."""
    kind = PROPOSE if second else ACCEPT
    taken = Decision(subject=figure_id, kind=kind, reason=reason, detail=detail)
    append(connection, taken, who, at)


def _seconded(first: Verdict) -> VerdictDetail:
    """The detail of a second acceptance: that of the first, and whose the first was."""
    detail: VerdictDetail = {"first": first.decided_by}
    if first.replaces:
        detail["replaces"] = first.replaces
    if first.carries:
        detail["carries"] = first.carries
    if first.changed:
        detail["changed"] = json.loads(first.changed)
    if first.added:
        detail["added"] = True
    return detail


def _table_of(connection: Transaction, stated: Sequence[str]) -> str:
    """The first of some documents that is accepted as a whole; empty where none is."""
    for document in stated:
        last = _verdict(connection, document)
        if last and last.kind == ACCEPT:
            return document
    return ""


def _verdict(connection: Transaction, figure_id: str) -> Verdict | None:
    """The verdict in force about a figure; None where nobody has decided."""
    found = connection.execute(_VERDICT, [figure_id]).fetchone()
    return Verdict(*found) if found else None


def _is_corrected(connection: Transaction, verdict: Verdict) -> bool:
    """Whether a figure stands, or is proposed, in the place of the one that was rejected."""
    if not verdict.replaced_by:
        return False
    new = _verdict(connection, verdict.replaced_by)
    return new is not None and new.kind in (ACCEPT, PROPOSE)
