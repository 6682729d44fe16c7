"""Asks whether a toll is another day's toll told again. One press beside the figure answers."""

from collections.abc import Mapping

from impact.queries import review_order
from impact.queries.review_order import Question
from impact.rules.plausibility import SAME_EVENT
from impact.store.ledger import REJECT, WITHDRAW
from pages.parts.review import steps
from pages.parts.review.card.cases import Case
from pages.parts.shell import screen as st
from pages.parts.shell import session


def same_event(case: Case, question: Question, decided: Mapping) -> None:
    """Two answers: its day moves to the other's, or it counts by itself."""
    if SAME_EVENT not in case.unanswered(question) or decided["verdict"] in (REJECT, WITHDRAW):
        return
    words = session.words()
    facts = next(each.facts for each in question.doubts if each.rule == SAME_EVENT)
    with st.container(horizontal=True, key="same-event"):
        st.button(
            words._("The same event: {date}", date=words.stated(facts["date"])),
            key=f"same-{case.shown(question)}",
            disabled=not case.may or question.risk == review_order.UNSUPPORTED,
            on_click=_same,
            args=(case, question, facts["date"]),
        )
        st.button(
            words._("Another event"),
            key=f"another-{case.shown(question)}",
            disabled=not case.may,
            on_click=steps.another_event,
            args=(decided, case.who),
        )


def _same(case: Case, question: Question, day: str) -> None:
    decided = case.decided[question.row["figure_id"]]
    second = case.needs_second(question)
    if new := steps.same_event(decided, day, case.who, steps.SAME, second=second):
        case.look_at(new)
