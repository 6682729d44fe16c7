"""What can be decided about the figure that is looked at: buttons, and forms for the reasons."""

from collections.abc import Mapping

from impact.model.figure import as_record
from impact.model.indicators import INDICATORS
from impact.model.rows import Row
from impact.queries import review_order
from impact.queries.review_order import Question
from impact.store import reviewers
from impact.store.ledger import ACCEPT, PROPOSE, REJECT, WITHDRAW
from pages.parts.review import figure_form, reports, steps
from pages.parts.review.card import asking
from pages.parts.review.card.cases import FORM, Case, form_round, mode, turn
from pages.parts.shell import screen as st
from pages.parts.shell import session

PAGES_OF = {
    "killed": "pages/explore/casualties.py",
    "injured": "pages/explore/casualties.py",
    "power_outage": "pages/explore/power.py",
    "heating_loss": "pages/explore/heating.py",
}


def ways(case: Case, question: Question, decided: Mapping) -> None:
    """The form that was asked for; without one, the buttons."""
    form = FORMS.get(mode())
    if form and case.may:
        with st.container(key=f"{FORM}-{form_round()}"):
            form(case, question, decided)
    else:
        _buttons(case, question, decided)


def _buttons(case: Case, question: Question, decided: Mapping) -> None:
    """What can be decided now, and the ways to the neighbours."""
    words = session.words()
    row, verdict = question.row, decided["verdict"]
    _who_may(case, question, decided)
    asking.same_event(case, question, decided)
    accepted = verdict == ACCEPT
    mine = verdict == PROPOSE and not case.waits(question)
    with st.container(horizontal=True, key="decide"):
        st.button(
            words._("Accept"),
            key=f"accept-{case.shown(question)}",
            type="primary",
            shortcut="a",
            disabled=not case.may or accepted or mine or question.risk == review_order.UNSUPPORTED,
            on_click=_accept,
            args=(case, question),
        )
        offered: list[tuple[str, str, str | None, bool]]
        offered = [("correct", words._("Correct"), "e", True)]
        label = words._("Withdraw") if accepted else words._("Reject")
        offered.append(("reject", label, "x", verdict not in (REJECT, WITHDRAW)))
        if accepted and case.unanswered(question):
            offered.append(("answer", words._("Answer the doubt"), None, True))
        if decided["disputed"]:
            offered.append(("settle", words._("End the dispute"), None, True))
        elif accepted:
            offered.append(("dispute", words._("Dispute"), None, True))
        for name, label, key, possible in offered:
            st.button(
                label,
                key=f"{name}-{case.shown(question)}",
                shortcut=key,
                disabled=not (case.may and possible),
                on_click=case.begin,
                args=(name, row["figure_id"], decided["state"]),
            )
        if verdict:
            st.button(
                words._("Take the decision back"),
                key=f"reopen-{case.shown(question)}",
                disabled=not case.may,
                on_click=_reopen,
                args=(case, question),
            )
    if len(case.questions) > 1:
        with st.container(horizontal=True, key="turn"):
            st.button(
                words._("Previous"), key="previous", shortcut="p", on_click=case.step, args=(-1,)
            )
            st.button(words._("Next"), key="next", shortcut="n", on_click=case.step, args=(1,))
    if accepted and row["indicator"] in PAGES_OF:
        _way_to_page(row)


def _who_may(case: Case, question: Question, decided: Mapping) -> None:
    """Why this person cannot decide, or whose acceptance is still needed."""
    words = session.words()
    if not case.may:
        st.caption(reports.may_not(case.who, case.named))
    elif decided["verdict"] == PROPOSE and not case.waits(question):
        st.caption(words._("You have accepted it: the second acceptance must be another person's."))
    elif not decided["verdict"] and case.needs_second(question):
        st.caption(words._("It counts once two persons have accepted it."))


def _way_to_page(row: Row) -> None:
    words = session.words()
    indicator = INDICATORS[row["indicator"]]
    where = {"place" if indicator.adds_up_over_days else "places": row["place"]}
    month = {"period": row["date"][:7]} if len(row["date"]) >= 7 else {}
    st.page_link(
        PAGES_OF[row["indicator"]],
        label=words._("See it on the page: {title}", title=indicator.title[words.language]),
        query_params=where | month | session.along(),
    )


def _reopen(case: Case, question: Question) -> None:
    """Takes a decision back. The figure then waits for another one."""
    figure_id = question.row["figure_id"]
    steps.reopen(case.decided[figure_id], case.answered(question), case.who)
    case.look_at(figure_id)


def _accept(case: Case, question: Question) -> None:
    """Accepts a figure, or asks for an answer first where it is in doubt."""
    figure_id = question.row["figure_id"]
    if case.unanswered(question):
        case.begin("accept", figure_id, case.state(figure_id))
    elif _accepted(case, question, {}):
        case.go_on()
    elif steps.failure():
        case.look_at(figure_id)  # where it is said, in view


def _accepted(case: Case, question: Question, answers: Mapping[str, str]) -> bool:
    decided = case.decided[question.row["figure_id"]]
    second = case.needs_second(question)
    return steps.accept(decided, case.who, steps.READ, answers, second=second)


def _acceptance(case: Case, question: Question, decided: Mapping) -> None:
    """Accepts a figure in doubt, with or without an answer."""
    words = session.words()
    st.markdown(
        words._(
            "With an answer it may lead charts. Without one it is kept, listed with its doubt, and "
            "never leads."
        )
    )
    pressed, reason = _asked(
        words._("Why is it sound in spite of the doubt?"),
        words._("Accept with this answer"),
        words._("Accept, leave it in doubt"),
    )
    if pressed == 0 and not reason:
        _no_reason()
    elif pressed is not None:
        rules = case.unanswered(question) if pressed == 0 else []
        _leave(case, _accepted(case, question, dict.fromkeys(rules, reason)), on=True)


def _answer(case: Case, question: Question, decided: Mapping) -> None:
    """Answers the doubts of a figure that was accepted without answers."""
    words = session.words()
    label = words._("Why is it sound in spite of the doubt?")
    if reason := _reason(label, words._("Save the answer")):
        rules = case.unanswered(question)
        _leave(case, steps.answer(decided, rules, case.who, reason))


def _rejection(case: Case, question: Question, decided: Mapping) -> None:
    """Rejects a figure, or withdraws one that stands, with the reason."""
    words = session.words()
    if decided["verdict"] == ACCEPT:
        label, button = words._("Why is it withdrawn?"), words._("Withdraw with this reason")
        act = steps.withdraw
    else:
        label, button = words._("Why is it rejected?"), words._("Reject with this reason")
        act = steps.reject
    if reason := _reason(label, button):
        _leave(case, act(decided, case.who, reason), on=True)


def _dispute(case: Case, question: Question, decided: Mapping) -> None:
    """Disputes a figure: it stays and is marked, and it does not lead."""
    words = session.words()
    st.caption(words._("A disputed figure stays listed with this reason and never leads a chart."))
    if reason := _reason(words._("Why is it disputed?"), words._("Dispute with this reason")):
        _leave(case, steps.dispute(decided, case.who, reason))


def _settlement(case: Case, question: Question, decided: Mapping) -> None:
    """Ends a dispute."""
    words = session.words()
    label = words._("Why is it no longer disputed?")
    if reason := _reason(label, words._("End the dispute with this reason")):
        _leave(case, steps.settle(decided, case.who, reason))


def _reason(label: str, button: str) -> str:
    """The reason, once the button was pressed and a reason is written; "" until then."""
    pressed, reason = _asked(label, button)
    if pressed is not None and not reason:
        _no_reason()
    return reason if pressed is not None else ""


def _asked(label: str, *buttons: str) -> tuple[int | None, str]:
    """A form that asks for a reason.

    Returns which button was pressed (None for none) and the reason.
    """
    words = session.words()
    with st.form(f"reason-{form_round()}", border=False):
        reason = st.text_input(label, max_chars=300)
        with st.container(horizontal=True):
            pressed = [
                st.form_submit_button(each, type="secondary" if number else "primary")
                for number, each in enumerate(buttons)
            ]
            away = st.form_submit_button(words._("Cancel"))
    if away:
        turn("")
        st.rerun()
    return next((number for number, each in enumerate(pressed) if each), None), reason.strip()


def _no_reason() -> None:
    st.warning(session.words()._("Write a reason: it is kept beside the figure."))


def _leave(case: Case, stored: bool, *, on: bool = False) -> None:
    """Closes a form whose decision was stored; with `on`, turns to the next figure.

    A form whose figure has changed meanwhile is closed too: it asks about something that is over.
    """
    if stored and on:
        case.go_on()
    elif stored or steps.changed():
        turn("")
    else:
        return
    st.rerun()


def _correction(case: Case, question: Question, decided: Mapping) -> None:
    words, row = session.words(), question.row
    base = as_record(row)
    key = f"correct-{form_round()}"
    chosen = figure_form.fill(base, key)
    reason = st.text_input(words._("Why is it corrected?"), key=f"{key}-reason", max_chars=300)
    if not _sent(words._("Save the correction"), key):
        return
    figure = figure_form.made(base, chosen, case.reading)
    if isinstance(figure, str):
        st.warning(figure)
        return
    changed = figure_form.changes(base, figure)
    if not changed:
        st.warning(words._("Nothing was changed."))
    elif not reason.strip():
        st.warning(words._("Write a reason: it is kept beside the figure."))
    else:
        death = reviewers.second_needed(figure.indicator, False, bool(case.named))
        second = death or case.needs_second(question)
        new = steps.correct(decided, figure, case.who, reason.strip(), changed, second=second)
        _leave(case, bool(new), on=True)


def _sent(label: str, key: str) -> bool:
    """The two buttons under a form; Cancel leaves it."""
    words = session.words()
    with st.container(horizontal=True):
        sent = st.button(label, type="primary", key=f"{key}-save")
        if st.button(words._("Cancel"), key=f"{key}-cancel"):
            turn("")
            st.rerun()
    return sent


FORMS = {
    "accept": _acceptance,
    "answer": _answer,
    "correct": _correction,
    "reject": _rejection,
    "dispute": _dispute,
    "settle": _settlement,
}
