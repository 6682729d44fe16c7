"""Lets a person dispute, correct or withdraw a published figure where they see it."""

from collections.abc import Mapping, Sequence

from impact import queries
from impact.access.actions import Action
from impact.access.person import Person
from impact.model.figure import as_record
from impact.model.language import N_
from impact.model.rows import Row
from impact.store import decisions, inbox, reviewers
from impact.store.ledger import PROPOSE
from impact.wording import captions
from pages.parts.review import figure_form, publishing, reports, seconding, steps
from pages.parts.shell import access, alone, session
from pages.parts.shell import screen as st

DISPUTE, SETTLE, CORRECT, WITHDRAW = "dispute", "settle", "correct", "withdraw"
SAME, ANOTHER = "same", "another"
ACTIONS = {
    DISPUTE: N_("Dispute"),
    SETTLE: N_("End the dispute"),
    CORRECT: N_("Correct"),
    WITHDRAW: N_("Withdraw"),
    SAME: N_("The same event"),
    ANOTHER: N_("Another event"),
}
MEANINGS = {
    SAME: N_("Its day becomes that of the event; both stay in the log of corrections."),
    ANOTHER: N_("It counts as an event of its own."),
    DISPUTE: N_("It stays listed with this reason, marked as disputed, and never leads a chart."),
    SETTLE: N_("It counts again as before."),
    CORRECT: N_("The corrected figure takes its place; both stay in the log of corrections."),
    WITHDRAW: N_("It leaves the charts and tables; the log of corrections keeps it."),
}
_OPEN = "_contested"


@alone.part
def offer(statement: Sequence[Row], place: str) -> None:
    """A quiet button beside a published statement, and its form once pressed.

    Shows nothing where nobody decides.

    The ledger is asked only after the press, so that a look at the evidence never waits for a
    writer. `place` tells the page's button from that of a drawer over the page.
    """
    if access.closed(Action.DISPUTE):
        return
    keys = {f"{place}-{row['figure_id']}": row for row in statement}
    first = next(iter(keys))
    if st.session_state.get(_OPEN) == first:
        with st.container(border=True):
            key = _which(keys)
            _form(keys[key], key)
        return
    st.button(
        session.words()._("Something wrong?"),
        key=f"contest-{first}",
        type="tertiary",
        on_click=_open,
        args=(first, tuple(keys)),
    )


def _which(keys: Mapping[str, Row]) -> str:
    """The page that printed it wrongly, where several did; as its key."""
    if len(keys) == 1:
        return next(iter(keys))
    words = session.words()
    return st.selectbox(
        words._("Which page"),
        list(keys),
        key=f"contest-which-{next(iter(keys))}",
        format_func=lambda key: f"{captions.via(keys[key], words)} · {keys[key]['figure_id']}",
    )


def close() -> None:
    """Forgets an open form."""
    st.session_state.pop(_OPEN, None)


def _open(key: str, keys: Sequence[str]) -> None:
    st.session_state[_OPEN] = key
    for each in keys:
        st.session_state.pop(_done(each), None)
        st.session_state.pop(_seen(each), None)
    steps.forget_failure()


def _done(key: str) -> str:
    return f"_contested-{key}"


def _seen(key: str) -> str:
    return f"_contested-seen-{key}"


def _decided(figure_id: str, key: str) -> Mapping:
    """How the figure stands, with a note if that is not what this form has shown."""
    decided = decisions.of(reports.store(), [figure_id])[figure_id]
    seen = st.session_state.setdefault(_seen(key), decided["state"])
    if seen != decided["state"]:
        steps.overtaken({figure_id: seen})
        st.session_state[_seen(key)] = decided["state"]
    return decided


def _form(row: Mapping, key: str) -> None:
    words, figure_id = session.words(), row["figure_id"]
    if st.session_state.get(_done(key)):
        now = decisions.of(reports.store(), [figure_id])[figure_id]
        _stored(key, proposed=_proposed(now) is not None)
        return
    named, who = reports.named(), reports.person_beside(key)
    decided = _decided(figure_id, key)
    if failure := steps.failure():
        st.error(failure)
    if _waits(decided, who, named, key):
        return
    event = queries.same_event_day(session.reader(), figure_id)
    contest = SETTLE if decided["disputed"] else DISPUTE
    out = () if access.closed(steps.withdrawal(row)) else (WITHDRAW,)
    actions = [*((SAME, ANOTHER) if event else ()), contest, CORRECT, *out]
    action = st.segmented_control(
        words._("What to do"),
        actions,
        default=actions[0],
        key=f"contest-action-{key}",
        format_func=lambda each: words._(ACTIONS[each]),
        required=True,
    )
    meaning = MEANINGS[action]
    st.caption(words._(meaning))
    may = bool(who.name) and reviewers.among(who.name, named)
    if not may:
        st.caption(reports.may_not(who, named))
    if action == CORRECT and row["source"] == inbox.SOURCE:
        st.page_link(
            reports.REVIEW,
            label=words._("Correct it beside its report's text"),
            query_params={"document": row["document_id"], "figure": figure_id} | session.along(),
        )
        return
    fields = {"date": event} if action == SAME else {}
    if action == CORRECT:
        base = as_record(decided)
        fields = figure_form.fill(base, f"contest-{key}", quoted=False)
    reason = st.text_input(words._("Reason"), key=f"contest-reason-{key}", max_chars=300).strip()
    with st.container(horizontal=True):
        label = ACTIONS[action]
        # The key names the state that is shown: a press belongs to no other.
        shown = f"contest-yes-{key}-{decided['state']}"
        pressed = st.button(words._(label), key=shown, type="primary", disabled=not may)
        if st.button(words._("Cancel"), key=f"contest-no-{key}"):
            close()
            st.rerun(scope="fragment")
    if not pressed:
        return
    if not reason:
        st.warning(words._("Write a reason: it is kept beside the figure."))
    elif _act(action, row, decided, fields, who, reason, named):
        st.session_state[_done(key)] = True
        st.rerun(scope="fragment")
    elif failure := steps.failure():
        st.error(failure)


def _proposed(decided: Row) -> Row | None:
    """The correction of a figure that waits for a second person."""
    new = decided["replaced_by"]
    found = decisions.of(reports.store(), [new]).get(new) if new else None
    return found if found and found["verdict"] == PROPOSE else None


def _waits(decided: Row, who: Person, named: Sequence[str], key: str) -> bool:
    """Shows a correction that waits for a second person, with its two ways.

    Returns whether there is one: until it is decided, nothing else is.
    """
    found = _proposed(decided)
    if found is None:
        return False
    if seconding.proposal(found, who, named, key):
        st.session_state[_done(key)] = True
        st.rerun(scope="fragment")
    elif failure := steps.failure():
        st.error(failure)
    return True


def _act(
    action: str,
    row: Row,
    decided: Row,
    fields: dict,
    who: Person,
    reason: str,
    named: Sequence[str],
) -> bool:
    """Stores what was decided, or says why it could not be stored."""
    words = session.words()
    if action == CORRECT:
        base = as_record(decided)
        figure = figure_form.made(base, fields, None)
        if isinstance(figure, str):
            st.warning(figure)
            return False
        changed = figure_form.changes(base, figure)
        if not changed:
            st.warning(words._("Nothing was changed."))
            return False
        second = reviewers.second_needed(figure.indicator, bool(row["doubted"]), bool(named))
        stored = bool(steps.correct(decided, figure, who, reason, changed, second=second))
    elif action == SAME:
        second = reviewers.second_needed(row["indicator"], True, bool(named))
        stored = bool(steps.same_event(decided, fields["date"], who, reason, second=second))
    elif action == ANOTHER:
        stored = steps.another_event(decided, who, reason)
    elif action == WITHDRAW:
        stored = steps.withdraw(decided, who, reason)
    elif action == SETTLE:
        stored = steps.settle(decided, who, reason)
    else:
        stored = steps.dispute(decided, who, reason)
    return stored


def _undoes() -> Person:
    """Who takes a step back, though they may have taken their name away since."""
    who = reports.who()
    return who if who.name else Person("–")


def _stored(key: str, *, proposed: bool) -> None:
    """Says that what was stored will soon be on the pages, and offers to take it back."""
    words = session.words()
    if proposed:
        st.markdown(
            words._("It counts once two persons have accepted it. Until then nothing changes.")
        )
    else:
        st.markdown(words._("Recorded in the log of corrections."))
        publishing.status(reports.publishing_thread(), decided=steps.stored())
    if failure := steps.failure():
        st.error(failure)
    undo = f"contest-undo-{key}-{steps.count()}"
    if steps.any_left() and st.button(words._("Undo the last step"), key=undo):
        if steps.undo(_undoes()) and not steps.failure():
            close()
        st.rerun(scope="fragment")
