"""A report under review: its figures, what was decided, and which figure is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from impact.access.person import Person
from impact.model.language import N_
from impact.queries import review_order
from impact.queries.review_order import Question
from impact.rules import plausibility
from impact.store import decisions, reviewers
from impact.store.decisions import Answer
from impact.store.ledger import ACCEPT, PROPOSE, REJECT, WITHDRAW
from pages.parts.review import reports, steps
from pages.parts.shell import attention, session
from pages.parts.shell import screen as st

# Where a reader's attention goes: the keys of the parts of the page.
CARD, FORM = "figure-looked-at", "asked"

VERDICTS = {
    "": N_("to be decided"),
    PROPOSE: N_("accepted by one person, needs a second"),
    ACCEPT: N_("accepted"),
    REJECT: N_("rejected"),
    WITHDRAW: N_("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A report under review.

    questions  its figures in the order of review, those left out that a person has replaced
    decided    figure_id -> row of inbox.proposed: verdict, by whom, why
    answers    figure_id -> rule of a doubt -> its answer
    who        the person who decides, without a name before they have written it
    named      who may decide; empty where anybody may
    """

    document: str
    reading: Mapping
    questions: Sequence[Question]
    decided: Mapping[str, Mapping]
    answers: Mapping[str, Mapping[str, Answer]]
    who: Person
    named: Sequence[str]

    @property
    def may(self) -> bool:
        """Whether this person may decide."""
        return bool(self.who.name) and reviewers.among(self.who.name, self.named)

    def state(self, figure_id: str) -> str:
        """How a figure stands, as this run shows it; empty where it is listed no longer."""
        return self.decided.get(figure_id, {}).get("state", "")

    def shown(self, question: Question) -> str:
        """Part of the keys of buttons about a figure.

        So a press acts on what was on screen or on nothing, even if another figure, or another
        state of it, has come up on the server meanwhile.
        """
        figure_id = question.row["figure_id"]
        return f"{figure_id}-{self.state(figure_id)}"

    def verdict(self, question: Question) -> str:
        return self.decided[question.row["figure_id"]]["verdict"]

    def waits(self, question: Question) -> bool:
        """Whether a figure awaits this person's decision."""
        row = self.decided[question.row["figure_id"]]
        second = row["verdict"] == PROPOSE and not reviewers.same(row["decided_by"], self.who.name)
        return not row["verdict"] or second

    def needs_second(self, question: Question) -> bool:
        """Whether two persons must accept a figure."""
        doubted, two = bool(question.doubts), bool(self.named)
        return reviewers.second_needed(question.row["indicator"], doubted, two)

    def answered(self, question: Question) -> Mapping[str, Answer]:
        return self.answers.get(question.row["figure_id"], {})

    def unanswered(self, question: Question) -> list[str]:
        """Rules of the doubts that nobody has answered; a dispute is ended, not answered.

        An answer that waits for a second person is agreed to by accepting the figure; once that is
        accepted, another person must answer too.
        """
        answers, accepted = self.answered(question), self.verdict(question) == ACCEPT
        said = {rule for rule, each in answers.items() if not (each.waits and accepted)}
        rules = [each.rule for each in question.doubts if each.rule != plausibility.DISPUTED]
        return [each for each in rules if each not in said]

    @property
    def done(self) -> int:
        """How many figures are decided for good."""
        return sum(self.verdict(each) not in ("", PROPOSE) for each in self.questions)

    @property
    def halfway(self) -> int:
        """How many figures one person has accepted that need a second person."""
        return sum(self.verdict(each) == PROPOSE for each in self.questions)

    @property
    def unquestioned(self) -> list[Question]:
        return [each for each in self.questions if not self.verdict(each) and each.unquestioned]

    @property
    def current(self) -> int:
        """The position of the figure that is looked at.

        If somebody has corrected it, that of the correction.
        """
        ids = [each.row["figure_id"] for each in self.questions]
        at = st.session_state.get(self._key)
        while at in self.decided and at not in ids:
            at = self.decided[at]["replaced_by"]
        if at in ids:
            return ids.index(at)
        waiting = [number for number, each in enumerate(self.questions) if self.waits(each)]
        return waiting[0] if waiting else 0

    def stay(self) -> None:
        """Keeps showing the same figure: what others decide must not bring up another one."""
        st.session_state[self._key] = self.questions[self.current].row["figure_id"]

    def look_at(self, figure_id: str) -> None:
        """Turns to a figure."""
        st.session_state[self._key] = figure_id
        turn("")

    def choose(self, figure_id: str) -> None:
        """Turns to a figure that the person picks."""
        steps.forget_failure()
        self.look_at(figure_id)

    def step(self, by: int) -> None:
        """Turns to the figure before or after."""
        place = (self.current + by) % len(self.questions)
        self.choose(self.questions[place].row["figure_id"])
        attention.stay()

    def begin(self, mode: str, figure_id: str, state: str) -> None:
        """Opens a form about a figure as it was on screen."""
        steps.forget_failure()
        st.session_state[self._key] = figure_id
        turn(mode, figure_id, state)

    def go_on(self) -> None:
        """Turns to the next figure that was undecided before this run's decision, if there
        is one."""
        here = self.current
        after = [*self.questions[here + 1 :], *self.questions[:here]]
        waiting = [each for each in after if self.waits(each)]
        if waiting:
            self.look_at(waiting[0].row["figure_id"])
        else:
            self.look_at(self.questions[here].row["figure_id"])

    @property
    def _key(self) -> str:
        return f"_at-{self.document}"


def case(document: str, proposed: pd.DataFrame, who: Person, named: Sequence[str]) -> Case:
    """A report with everything that its review needs."""
    replaced = set(proposed.loc[proposed["replaced_by"] != "", "figure_id"])
    decided = {row["figure_id"]: row for row in proposed.to_dict("records")}
    found = _questions(session.reader().snapshot, document, tuple(decided), proposed)
    return Case(
        document,
        reports.reading(document),
        [each for each in found if each.row["figure_id"] not in replaced],
        decided,
        decisions.answers(reports.store(), decided),
        who,
        named,
    )


@st.cache_resource(max_entries=20, show_spinner=False)
def _questions(snapshot: str, document: str, ids: tuple, _proposed: pd.DataFrame) -> list[Question]:
    """The result is kept until something is published or added."""
    return review_order.questions(session.reader(), _proposed, reports.reading(document))


def arrive(case: Case) -> None:
    """Turns to the figure that a link names. This happens once."""
    figure_id = st.query_params.pop("figure", "")
    if figure_id in case.decided:
        case.look_at(figure_id)


def overtaken(case: Case) -> None:
    """Closes a form whose figure has changed since it was on screen, and says what happened."""
    asked = _asked()
    if asked.figure_id and case.state(asked.figure_id) != asked.state:
        turn("")
        steps.overtaken({asked.figure_id: asked.state})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reviewer is about to do.

    If it is about one figure: which one, and in which state.
    """

    mode: str = ""
    figure_id: str = ""
    state: str = ""


def turn(mode: str, figure_id: str = "", state: str = "") -> None:
    """What the reviewer is about to do: "", "accept", "answer", "correct", "reject",
    "dispute", "settle" to a figure; "all" or "add"."""
    st.session_state["_asked"] = Asked(mode, figure_id, state)
    st.session_state["_asked_round"] = form_round() + 1
    if figure_id:
        attention.turn_to(f"{FORM}-{form_round()}", within=True)
    else:
        attention.turn_to(CARD)


def mode() -> str:
    return _asked().mode


def _asked() -> Asked:
    return st.session_state.get("_asked", Asked())


def form_round() -> int:
    """Part of the keys of forms, so that a form that is opened again is filled anew."""
    return st.session_state.get("_asked_round", 0)
