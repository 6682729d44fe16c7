"""Deciding: what a person says is appended, one step whole or not at all.

Every function appends inside a transaction; who decides hands over what they saw, so that nobody
decides about a figure that stands otherwise meanwhile. Whether a second person must accept is
judged here (second.py): who decides may ask for one, and cannot do without.
"""

import json
import logging
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import cast

from impact.model import dates
from impact.model.figure import Figure
from impact.model.lines import one_line
from impact.store import documents, in_force, numbered, putting_back, reviewers, second, states
from impact.store.decision import (
    ACCEPT,
    ANSWER,
    CLOCK,
    NOTE,
    PROPOSE,
    REJECT,
    AnswerDetail,
    Changed,
    Decision,
    VerdictDetail,
    require_sound,
)
from impact.store.states import Change, StateChanged
from impact.store.transaction import Block

# A line of JSON for each decision that is stored. Who decided and why stands in the ledger, by the
# decision's id: a log names nobody.
_LOG = logging.getLogger("impact.decisions")


class SamePerson(ValueError):
    """The second acceptance of a figure came from the person who gave the first."""


class AlreadyCorrected(StateChanged):
    """Another correction of the figure stands, or waits for its second person."""


# What a decision may be about: figures and documents, or lines by their number.
SUBJECTS = """
SELECT figure_id AS subject FROM figures UNION ALL SELECT document_id FROM documents
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict in force about a figure.

    waits  whether the figure keeps its place until its correction has a second person
    """

    kind: str
    who: str
    decided_by: str
    first: str | None
    replaced_by: str | None
    rule: str | None
    waits: bool

    @property
    def persons(self) -> tuple[str, ...]:
        """Who stands behind it."""
        return (self.decided_by, *filter(None, [self.first]))


_VERDICT = f"""
SELECT kind, who, decided_by, "first", replaced_by, rule, waits
FROM ({in_force.VERDICTS}) AS told WHERE subject = ?
"""


def _last(column: str) -> str:
    """The last that was said in a column, in words of both engines."""
    return f"(array_agg({column} ORDER BY number DESC) FILTER (WHERE {column} IS NOT NULL))[1]"


# For which figure another stands, by whatever was ever recorded of it.
_LINKS = f"""
SELECT {_last("replaces")}, {_last("carries")}, {_last("changed")}, coalesce(bool_or(added), FALSE)
FROM ({in_force.TOLD}) AS told WHERE subject = ?
"""


def correct(
    connection: Block,
    folder: Path,
    figure_id: str,
    corrected: Figure,
    who: str,
    reason: str,
    changed: Changed,
    *,
    needs_second: bool,
    rule: str,
) -> str:
    """Puts a person's figure in the place of another; see Ledger.correct."""
    stated = documents.stating(connection, figure_id)
    if not stated:
        raise LookupError(f"the ledger has no figure {figure_id!r}")
    at, new = dates.now(), corrected.figure_id
    last = _verdict(connection, figure_id)
    if last and _is_corrected(connection, last) and last.replaced_by != new:
        raise AlreadyCorrected([Change(figure_id, states.CORRECTED, last.who)])
    for document in stated:
        documents.append_figures(connection, document, [corrected], at)
    two = needs_second or second.correcting(connection, folder, figure_id, new)
    left: VerdictDetail = {"replaced_by": new}
    if rule:
        left["rule"] = rule
    if two:
        left["waits"] = True
    out = Decision(subject=figure_id, kind=REJECT, reason=reason, detail=left)
    append(connection, out, who, at)
    detail: VerdictDetail = {"replaces": figure_id, "changed": changed}
    _take(connection, new, who, reason, detail, at, two=two)
    return new


def add(
    connection: Block,
    folder: Path,
    document: str,
    figure: Figure,
    who: str,
    reason: str,
    *,
    needs_second: bool,
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
    two = needs_second or bool(second.needing(connection, folder, [figure.figure_id]))
    _take(connection, figure.figure_id, who, reason, {"added": True}, at, two=two)
    return figure.figure_id


def accept(
    connection: Block,
    folder: Path,
    figure_id: str,
    who: str,
    reason: str,
    answers: Mapping[str, str],
    *,
    needs_second: bool,
) -> str:
    """Accepts a figure and answers its doubts; see Ledger.accept."""
    at = dates.now()
    require_subject(connection, figure_id)
    two = needs_second or bool(second.needing(connection, folder, [figure_id]))
    taken = _acceptance(connection, figure_id, who, reason, two=two)
    kind = taken[-1].kind
    said = [
        Decision(
            subject=figure_id, kind=ANSWER, reason=answer, detail=_said(rule, waits=kind == PROPOSE)
        )
        for rule, answer in answers.items()
    ]
    if kind == ACCEPT:
        said += _agreed(connection, figure_id, without=answers)
    for each in [*said, *taken]:
        append(connection, each, who, at)
    return kind


def record(connection: Block, folder: Path, who: str, decisions: Sequence[Decision]) -> list[str]:
    """Appends what a person decides in one step; returns the decisions' ids.

    An acceptance of a figure that needs two persons is the first or the second of these, and so is
    the answer to a doubt. What is put back in another's name must have been theirs.
    """
    at = dates.now()
    for each in decisions:
        require_subject(connection, each.subject, each.kind)
        putting_back.require_theirs(connection, each)
    needing = second.needing(connection, folder, fresh(decisions))
    asked_for = (
        second.asked_for(folder) if any(each.kind == ANSWER for each in decisions) else False
    )
    found: list[Decision] = []
    for each in putting_back.completed(connection, decisions):
        if (
            each.kind == ACCEPT
            and not _put_back(each)
            and (each.subject in needing or not each.detail)
        ):
            two = each.subject in needing
            found += _acceptance(connection, each.subject, who, each.reason, two=two)
        elif each.kind == ANSWER and asked_for:
            found.append(_answer(connection, each, who))
        else:
            found.append(each)
    return [append(connection, each, who, at) for each in found]


def fresh(decisions: Sequence[Decision]) -> list[str]:
    """The figures that are accepted, and not put back as they were."""
    return [each.subject for each in decisions if each.kind == ACCEPT and not _put_back(each)]


def require_sound_all(who: str, decisions: Sequence[Decision]) -> None:
    """Raises ValueError where one of several decisions is not sound."""
    for each in decisions:
        require_sound(who, each)


def append(connection: Block, decision: Decision, who: str, at: datetime) -> str:
    """Appends a person's decision; returns its id."""
    require_sound(who, decision)
    decision_id = f"D-{uuid.uuid4().hex[:16]}"
    columns = {
        "decision_id": decision_id,
        "subject": decision.subject,
        "kind": decision.kind,
        "who": one_line(who),
        "reason": _said_why(decision),
        "detail": json.dumps(decision.detail),
        "decided_at": at,
    }
    connection.append_numbered("decisions", columns)
    said = {"decision": decision_id, "kind": decision.kind, "subject": decision.subject}
    line = json.dumps(said | {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}"})
    connection.then(lambda: _LOG.info("%s", line))
    return decision_id


def _said_why(decision: Decision) -> str:
    """A reason as it is kept: as it reads, without marks that act unseen; a note's lines stay."""
    if decision.kind != NOTE:
        return one_line(decision.reason)
    return "\n".join(map(one_line, decision.reason.splitlines()))


def require_subject(connection: Block, subject: str, kind: str = "") -> None:
    """Raises LookupError where the ledger has nothing of which a decision speaks."""
    known = numbered.LINES if kind == CLOCK else SUBJECTS
    if not connection.execute(
        f"SELECT 1 FROM ({known}) AS known WHERE subject = ?", [subject]
    ).fetchone():
        sought = "line" if kind == CLOCK else "figure or document"
        raise LookupError(f"the ledger has no {sought} {subject!r}")


def _take(
    connection: Block,
    figure_id: str,
    who: str,
    reason: str,
    detail: VerdictDetail,
    at: datetime,
    *,
    two: bool,
) -> None:
    """Accepts a figure that a person wrote; where it needs a second person, proposes it."""
    kind = PROPOSE if two else ACCEPT
    taken = Decision(subject=figure_id, kind=kind, reason=reason, detail=detail)
    append(connection, taken, who, at)


def _acceptance(
    connection: Block, figure_id: str, who: str, reason: str, *, two: bool
) -> list[Decision]:
    """What an acceptance appends: the first or the only one, or the second with what it takes out.

    two  whether two persons must agree
    """
    last, detail = _verdict(connection, figure_id), _links(connection, figure_id)
    kind = PROPOSE if two else ACCEPT
    if last and last.kind == PROPOSE:
        kind, same = ACCEPT, reviewers.same(last.decided_by, who)
        if two and same:
            raise SamePerson(f"{who} has accepted {figure_id} already")
        if not same:
            detail["first"] = last.decided_by
    taken = Decision(subject=figure_id, kind=kind, reason=reason, detail=detail)
    return [*(_left(connection, taken) if kind == ACCEPT else ()), taken]


def _left(connection: Block, taken: Decision) -> list[Decision]:
    """The figures that leave their place to one that is accepted: the one that it corrects, the one
    that said the same in a former reading, and what these were waiting to take the place of."""
    found: list[Decision] = []
    asked, seen = [cast("VerdictDetail", taken.detail)], {taken.subject}
    while asked:
        link = asked.pop()
        for old in {link.get("replaces", ""), link.get("carries", "")} - {"", *seen}:
            seen.add(old)
            last = _verdict(connection, old)
            if last and (last.kind in (ACCEPT, PROPOSE) or last.waits):
                found.append(_leaves(old, last, taken))
                asked.append(_links(connection, old))
    return found


def _leaves(old: str, last: Verdict, taken: Decision) -> Decision:
    """That a figure leaves its place to one that is accepted."""
    detail: VerdictDetail = {"replaced_by": taken.subject}
    if first := cast("VerdictDetail", taken.detail).get("first"):
        detail["first"] = first
    if last.rule:
        detail["rule"] = last.rule
    return Decision(subject=old, kind=REJECT, reason=taken.reason, detail=detail)


def _answer(connection: Block, said: Decision, who: str) -> Decision:
    """An answer to a doubt, as the first of two where nobody else stands behind a public figure.

    One that is put back counts if it did.
    """
    detail = cast("AnswerDetail", said.detail)
    rule, by = detail["rule"], detail.get("by")
    if detail.get("taken_back"):
        return said
    if by:
        counted = connection.execute(_COUNTED, [said.subject, rule, by]).fetchall()
        return said if counted else replace(said, detail={**detail, "waits": True})
    first = [row[1] for row in _waiting(connection, said.subject) if row[0] == rule]
    last = _verdict(connection, said.subject)
    behind = [*first, *(last.persons if last and last.kind in (ACCEPT, PROPOSE) else ())]
    if all(reviewers.same(each, who) for each in behind):
        return replace(said, detail=_said(rule, waits=True))
    found = _said(rule, waits=False)
    if first:
        found["first"] = first[0]
    return replace(said, detail=found)


def _said(rule: str, *, waits: bool) -> AnswerDetail:
    return {"rule": rule, "waits": True} if waits else {"rule": rule}


def _agreed(connection: Block, figure_id: str, *, without: Collection[str]) -> list[Decision]:
    """The answers that waited for a figure's second acceptance, as of now in force."""
    return [
        Decision(subject=figure_id, kind=ANSWER, reason=reason, detail={"rule": rule, "by": by})
        for rule, by, reason in _waiting(connection, figure_id)
        if rule not in without
    ]


def _waiting(connection: Block, figure_id: str) -> list[tuple[str, str, str]]:
    """Rule, person and reason of each answer that waits for a second person."""
    return connection.execute(_ANSWERED, [figure_id]).fetchall()


_ANSWERED = f"""
SELECT rule, decided_by, reason FROM ({in_force.ANSWERS_WAITING}) AS told
WHERE subject = ? ORDER BY rule
"""
_COUNTED = f"""
SELECT 1 FROM ({in_force.TOLD}) AS told
WHERE kind = '{ANSWER}' AND subject = ? AND rule = ? AND decided_by = ?
  AND NOT waits AND NOT taken_back
"""


def _put_back(decision: Decision) -> bool:
    """Whether a decision says that it is another's, made before."""
    return bool(decision.detail.get("by"))


def _links(connection: Block, figure_id: str) -> VerdictDetail:
    """For which figures one stands, as an acceptance says it again."""
    replaces, carries, changed, added = connection.execute(_LINKS, [figure_id]).fetchall()[0]
    detail: VerdictDetail = {}
    if replaces:
        detail["replaces"] = replaces
    if carries:
        detail["carries"] = carries
    if changed:
        detail["changed"] = json.loads(changed)
    if added:
        detail["added"] = True
    return detail


def _verdict(connection: Block, figure_id: str) -> Verdict | None:
    """The verdict in force about a figure; None where nobody has decided."""
    found = connection.execute(_VERDICT, [figure_id]).fetchone()
    return Verdict(*found) if found else None


def _is_corrected(connection: Block, verdict: Verdict) -> bool:
    """Whether a figure stands, or is proposed, in the place of the one that was rejected."""
    if not verdict.replaced_by:
        return False
    new = _verdict(connection, verdict.replaced_by)
    return new is not None and new.kind in (ACCEPT, PROPOSE)
