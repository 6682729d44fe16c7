"""What a reviewer decides, step by step. Each step goes to the ledger at once and can be undone.

`decided` is a figure's row of in_force.FIGURES with its state, as it was on screen. `answers` are
the figure's answered doubts. Undo puts both back as they stood. If somebody else was quicker,
nothing is decided, and `failure` says who did what.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from impact.access.actions import Action
from impact.access.person import Person
from impact.model.figure import Figure
from impact.model.language import N_
from impact.model.rows import Row
from impact.rules.plausibility import SAME_EVENT
from impact.store import decision, inbox
from impact.store.decision import Detail
from impact.store.decisions import Answer
from impact.store.faults import StoreFault
from impact.store.ledger import (
    ACCEPT,
    ANSWER,
    DISPUTE,
    NOTE,
    NOTE_BACK,
    PROPOSE,
    REJECT,
    REOPEN,
    SETTLE,
    WITHDRAW,
    Decision,
)
from impact.store.states import Change, StateChanged
from pages.parts.review import meanwhile, reports
from pages.parts.shell import access, session
from pages.parts.shell import screen as st

# Reasons that the program gives in a person's name; shown in the reader's language.
READ = N_("read and accepted")
UNQUESTIONED = N_("accepted together: nothing speaks against it")
MISSED = N_("missed by the reader of reports, added by a person")
TAKEN_BACK = N_("taken back")
SAME = N_("the same event, told again: its day is that event's")
ANOTHER = N_("another event")
GONE = N_("no longer in the report, read with its right day")

# Why a step could not be stored.
BUSY = N_("The store is busy or full: nothing was changed. Try again.")

_LOG = logging.getLogger(__name__)
_VISIT = "_steps"
# What puts a figure back to where it stood: the decision that was in force, or none.
_BACK = {"": REOPEN, ACCEPT: ACCEPT, REJECT: REJECT, WITHDRAW: WITHDRAW, PROPOSE: PROPOSE}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of this visit that can be undone.

    back    the decisions that put back what was before
    before  figure -> its state before the step
    after   figure -> its state after it: what somebody has decided since is not undone
    """

    back: Sequence[Decision]
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(slots=True)
class Visit:
    """What somebody has decided in this visit, and what became of their last step.

    A press that comes while a page runs ends that run where it next asks for something of the
    session. So this is fetched before anything is stored and is no more asked for until all that
    belongs to the step is done: else a step pressed twice would be stored, and neither published
    nor to be undone.
    """

    steps: list[Step] = field(default_factory=list)
    notes: dict[tuple[str, str, str], str] = field(default_factory=dict)
    failed: str = ""
    changed: Sequence[Change] = ()
    stored: bool = False


def _visit() -> Visit:
    found: Visit = st.session_state.setdefault(_VISIT, Visit())
    return found


def stored() -> bool:
    """Whether something was stored in this visit."""
    return _visit().stored


def accept(
    decided: Row, who: Person, reason: str, answers: Mapping[str, str], *, second: bool
) -> bool:
    """Accepts a figure and answers its doubts.

    Where two persons are needed, this is one of the two.
    """
    figure_id, seen = decided["figure_id"], decided["state"]

    def act() -> None:
        reports.writing(who, Action.ACCEPT).accept(
            figure_id, who.name, reason, answers=answers, second=second, seen=seen
        )

    return _taken(act, [*_withdrawn(figure_id, answers), _before(decided)], _seen(decided))


def accept_all(decided: Sequence[Row], who: Person) -> bool:
    """Accepts figures to which nothing objects, if they still stand as they were shown."""
    found = [_decision(each["figure_id"], ACCEPT, UNQUESTIONED) for each in decided]
    back = [_before(each) for each in decided]
    return _taken_partly(found, who, Action.ACCEPT, back, _seen(*decided))


def reject(decided: Row, who: Person, reason: str) -> bool:
    """Rejects a figure of a report."""
    return _recorded(decided, [_decision(decided["figure_id"], REJECT, reason)], who, Action.REJECT)


def withdraw(decided: Row, who: Person, reason: str) -> bool:
    """Takes out a published figure."""
    found = [_decision(decided["figure_id"], WITHDRAW, reason)]
    return _recorded(decided, found, who, withdrawal(decided))


def withdrawal(decided: Row) -> Action:
    """What taking out a figure is: one of a report, or one of a loaded table."""
    return Action.WITHDRAW if decided["source"] == inbox.SOURCE else Action.WITHDRAW_TABLE


def reopen(decided: Row, answers: Mapping[str, Answer], who: Person) -> bool:
    """Takes a decision back, with the answers that belonged to it.

    If it was a correction, the corrected figure waits for a decision again.
    """
    if decided["replaces"]:
        return _uncorrect(decided, who)
    figure_id = decided["figure_id"]
    found = [*_withdrawn(figure_id, answers), _decision(figure_id, REOPEN, TAKEN_BACK)]
    back = [
        _decision(figure_id, ANSWER, each.reason, rule=rule, by=each.who)
        for rule, each in answers.items()
    ]
    return _recorded(decided, found, who, Action.REOPEN, [*back, _before(decided)])


def answer(decided: Row, rules: Sequence[str], who: Person, reason: str) -> bool:
    """Answers doubts of a figure that stands."""
    figure_id = decided["figure_id"]
    found = [_decision(figure_id, ANSWER, reason, rule=rule) for rule in rules]
    return _recorded(decided, found, who, Action.ANSWER, _withdrawn(figure_id, rules))


def dispute(decided: Row, who: Person, reason: str) -> bool:
    """Disputes a published figure, which stays and no longer leads."""
    figure_id = decided["figure_id"]
    back = [_decision(figure_id, SETTLE, TAKEN_BACK)]
    found = [_decision(figure_id, DISPUTE, reason)]
    return _recorded(decided, found, who, Action.DISPUTE, back)


def settle(decided: Row, who: Person, reason: str) -> bool:
    """Ends a dispute."""
    figure_id = decided["figure_id"]
    back = [_decision(figure_id, DISPUTE, decided["disputed"], by=decided["disputed_by"])]
    found = [_decision(figure_id, SETTLE, reason)]
    return _recorded(decided, found, who, Action.SETTLE, back)


def correct(
    decided: Row,
    figure: Figure,
    who: Person,
    reason: str,
    changed: decision.Changed,
    *,
    second: bool,
    rule: str = "",
) -> str | None:
    """Puts a corrected figure in the place of another and returns its id.

    `rule` names the doubt that the correction answers.
    """
    old, new, seen = decided["figure_id"], figure.figure_id, decided["state"]

    def act() -> None:
        reports.writing(who, Action.CORRECT).correct(
            old, figure, who.name, reason, changed, second=second, rule=rule, seen=seen
        )

    back = [_decision(new, REJECT, TAKEN_BACK, **decision.TAKEN_BACK), _before(decided)]
    return new if _taken(act, back, _seen(decided)) else None


def same_event(decided: Row, day: str, who: Person, reason: str, *, second: bool) -> str | None:
    """Moves a toll to the day of the event that it tells again, and returns the id of the moved
    toll.

    The move is a correction.
    """
    figure = Figure.of_row({**decided, "date": day})
    changed = {"date": [decided["date"], day]}
    return correct(decided, figure, who, reason, changed, second=second, rule=SAME_EVENT)


def another_event(decided: Row, who: Person, reason: str = ANOTHER) -> bool:
    """Answers that a toll beside another day's is an event of its own, so that it counts."""
    return answer(decided, [SAME_EVENT], who, reason)


def _uncorrect(decided: Row, who: Person) -> bool:
    """Takes a correction back: the correction goes, and the corrected figure waits for a
    decision."""
    new, old = decided["figure_id"], decided["replaces"]
    found = [
        _decision(new, REJECT, TAKEN_BACK, **decision.TAKEN_BACK),
        _decision(old, REOPEN, TAKEN_BACK),
    ]
    kept = _before(decided)
    changed = decision.changed(decided)
    waits = {"waits": True} if kept.kind == PROPOSE else {}
    back = [
        _decision(old, REJECT, TAKEN_BACK, replaced_by=new, **waits),
        _decision(new, kept.kind, kept.reason, **kept.detail, changed=changed),
    ]
    return _recorded(decided, found, who, Action.REOPEN, back)


def add(document: str, figure: Figure, who: Person, reason: str, *, second: bool) -> str | None:
    """Adds a figure that the reader missed; returns its id."""

    def act() -> None:
        reports.writing(who, Action.ADD).add(document, figure, who.name, reason, second=second)

    back = [_decision(figure.figure_id, REJECT, TAKEN_BACK, **decision.TAKEN_BACK)]
    return figure.figure_id if _taken(act, back, {}) else None


def note(figure_id: str, who: Person, reason: str) -> str | None:
    """Stores a person's reason to believe a figure and returns the note's id.

    A note is no step of a review. It is taken back by `note_back`, where it is shown. The same note
    again is a button that was pressed twice.
    """
    notes, same = _visit().notes, (figure_id, who.name, reason)

    def act() -> None:
        ledger = reports.writing(who, Action.NOTE)
        notes[same] = ledger.decide(figure_id, NOTE, who.name, reason)

    if same not in notes:
        _taken(act, [], {})
    return notes.get(same)


def note_back(figure_id: str, note: str, who: Person) -> bool:
    """Takes a note back. The ledger keeps it."""

    notes = _visit().notes

    def act() -> None:
        ledger = reports.writing(who, Action.NOTE_BACK)
        ledger.decide(figure_id, NOTE_BACK, who.name, TAKEN_BACK, {"note": note})
        for same in [each for each, kept in notes.items() if kept == note]:
            del notes[same]

    return _taken(act, [], {})


def undo(who: Person) -> str | None:
    """Takes the last step back, in the ledger too, and returns the figure it was about.

    What somebody else has decided about one of its figures since stays. Such a step is dropped;
    otherwise no button would ever reach the steps before it.
    """
    if not any_left():
        return None
    visit = _visit()
    step = visit.steps[-1]
    if not _taken_partly(step.back, who, Action.UNDO, [], step.after, undone=step):
        if not visit.changed:
            return None
        _drop(visit, step)
    return step.back[-1].subject


def any_left() -> bool:
    """Whether there is a step to undo."""
    return bool(count())


def count() -> int:
    """How many steps can be undone."""
    return len(_visit().steps)


def failure() -> str:
    """Why the last step could not be stored; empty if it was."""
    words = session.words()
    if changes := changed():
        return meanwhile.nothing_decided(changes, words)
    return words._(_visit().failed)


def changed() -> Sequence[Change]:
    """What others have done to figures of the last step, so that nothing was decided about
    these."""
    return _visit().changed


def overtaken(seen: Mapping[str, str]) -> None:
    """Says what happened to a figure that is no longer as it was on screen."""
    forget_failure()
    _note(_visit(), reports.store().changes(seen))


def forget_failure() -> None:
    """Stops saying why the last step was not stored."""
    visit = _visit()
    visit.failed, visit.changed = "", ()


def _decision(figure_id: str, kind: str, reason: str, **detail: Any) -> Decision:
    """A decision; whoever records it checks that the detail is its kind's."""
    return Decision(subject=figure_id, kind=kind, reason=reason, detail=cast("Detail", detail))


def _before(decided: Row) -> Decision:
    """The decision in force, to be made once more in the name of who made it."""
    verdict, detail = decided["verdict"], {}
    if verdict:
        kept = ("replaces", "carries", "replaced_by", "first", "added")
        detail = {name: decided[name] for name in kept if decided[name]}
        detail["by"] = decided["decided_by"]
    return _decision(decided["figure_id"], _BACK[verdict], TAKEN_BACK, **detail)


def _withdrawn(figure_id: str, rules: Iterable[str]) -> list[Decision]:
    return [_decision(figure_id, ANSWER, TAKEN_BACK, rule=each, taken_back=True) for each in rules]


def _seen(*decided: Row) -> dict[str, str]:
    """Each figure with its state as it was on screen."""
    return {each["figure_id"]: each["state"] for each in decided}


def _recorded(
    decided: Row,
    decisions: Sequence[Decision],
    who: Person,
    action: Action,
    back: Sequence[Decision] | None = None,
) -> bool:
    """Records decisions about one figure.

    Without `back`, undo restores the decision now in force.
    """
    seen = _seen(decided)

    def act() -> None:
        reports.writing(who, action).record(who.name, decisions, seen=seen)

    return _taken(act, [_before(decided)] if back is None else back, seen)


def _taken_partly(
    decisions: Sequence[Decision],
    who: Person,
    action: Action,
    back: Sequence[Decision],
    seen: Mapping[str, str],
    undone: Step | None = None,
) -> bool:
    """Records decisions about those figures that still stand as they were seen."""

    def act() -> Sequence[Change]:
        return reports.writing(who, action).record_unchanged(who.name, decisions, seen)

    return _taken(act, back, seen, undone)


def _taken(
    act: Callable[[], Sequence[Change] | None],
    back: Sequence[Decision],
    before: Mapping[str, str],
    undone: Step | None = None,
) -> bool:
    """Runs `act` and keeps how to undo what was stored. Returns whether anything was.

    act     returns what happened to figures about which it therefore decided nothing
    before  figure -> the state that was on screen
    undone  the step that `act` takes back
    """
    forget_failure()
    visit, publishing = _visit(), reports.publishing_thread()
    try:
        # Nobody else can decide between the step and the look at the states after it.
        with reports.store().lock():
            changes = act() or ()
            _keep(visit, back, before, {each.figure_id for each in changes})
    except access.Closed as closed:
        visit.failed = closed.reason
        return False
    except StateChanged as error:
        _note(visit, error.changes)
        return False
    except StoreFault as fault:
        visit.failed = fault.told(session.words())
        return False
    except Exception:  # busy: the reviewer is told, the log has the rest
        _LOG.exception("a decision could not be stored")
        visit.failed = BUSY
        return False
    _note(visit, changes)
    if changes and len(changes) == len(before):
        return False
    visit.stored = True
    publishing.wake()
    if undone:
        _drop(visit, undone)
    return True


def _keep(
    visit: Visit,
    back: Sequence[Decision],
    before: Mapping[str, str],
    without: Collection[str],
) -> None:
    back = [each for each in back if each.subject not in without]
    if back:
        after = reports.store().states({each.subject for each in back})
        visit.steps.append(Step(back, before, after))


def _note(visit: Visit, changes: Sequence[Change]) -> None:
    """Notes what others have done. A button that was pressed twice is nobody's doing."""
    now = reports.store().states(each.figure_id for each in changes) if changes else {}
    own = {item for step in visit.steps for item in step.after.items()}
    visit.changed = tuple(
        each for each in changes if (each.figure_id, now[each.figure_id]) not in own
    )


def _drop(visit: Visit, undone: Step) -> None:
    """Forgets a step that was undone, and gives its figures their new states in the steps before
    it: undo adds newer decisions, so the states that those steps remember are out of date."""
    visit.steps.remove(undone)
    now = reports.store().states(undone.after)
    for number, step in enumerate(visit.steps):
        again = {
            figure_id: now[figure_id]
            for figure_id, state in step.after.items()
            if state == undone.before.get(figure_id)
        }
        visit.steps[number] = Step(step.back, step.before, {**step.after, **again})
