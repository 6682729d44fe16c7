"""The parts of the Review page: the report's text, the figure that is looked at, and the list."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from etl.reports.left_out import LACKS
from etl.reports.left_out import REASONS as LEFT_OUT
from impact import (
    captions,
    marked,
    people,
    plausibility,
    published,
    rereading,
    review,
    verdicts,
)
from impact.figure import NAMES
from impact.indicators import INDICATORS
from impact.language import N_
from impact.ledger import ACCEPT, PROPOSE, REJECT, WITHDRAW
from impact.marked import Span
from impact.places import PLACES
from impact.review import Question
from impact.verdicts import Answer
from pages.parts import figure_form, reports, session, steps

# Classes of the marks in the text (style.css): how a figure stands, or what speaks against it.
KINDS = {ACCEPT: "accepted", REJECT: "rejected", WITHDRAW: "rejected"}
RISKS = {review.PLAIN: "plain", review.DEATHS: "deaths"}
VERDICTS = {
    "": N_("to be decided"),
    PROPOSE: N_("accepted by one person, needs a second"),
    ACCEPT: N_("accepted"),
    REJECT: N_("rejected"),
    WITHDRAW: N_("withdrawn"),
}
# How many others' figures a card shows, and how many figures the list has a page.
OTHERS, PAGE = 4, 25
HEIGHT = 640
PAGES_OF = {
    "killed": "pages/explore/casualties.py",
    "injured": "pages/explore/casualties.py",
    "power_outage": "pages/explore/power.py",
    "heating_loss": "pages/explore/heating.py",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A report under review.

    questions  its figures in the order of review, those left out that a person has replaced
    decided    figure_id -> row of inbox.proposed: verdict, by whom, why
    answers    figure_id -> rule of a doubt -> its answer
    who        the person who decides, empty before they have written their name
    named      who may decide; empty where anybody may
    """

    document: str
    reading: Mapping
    questions: Sequence[Question]
    decided: Mapping[str, Mapping]
    answers: Mapping[str, Mapping[str, Answer]]
    who: str
    named: Sequence[str]

    @property
    def may(self) -> bool:
        """Whether the person may decide."""
        return bool(self.who) and people.among(self.who, self.named)

    def verdict(self, question: Question) -> str:
        return self.decided[question.row["figure_id"]]["verdict"]

    def waits(self, question: Question) -> bool:
        """Whether a figure awaits this person's decision."""
        row = self.decided[question.row["figure_id"]]
        second = row["verdict"] == PROPOSE and not people.same(row["decided_by"], self.who)
        return not row["verdict"] or second

    def needs_second(self, question: Question) -> bool:
        """Whether two persons must accept a figure."""
        return people.second_needed(question.row["indicator"], bool(question.doubts), self.named)

    def answered(self, question: Question) -> Mapping[str, Answer]:
        return self.answers.get(question.row["figure_id"], {})

    def unanswered(self, question: Question) -> list[str]:
        """Rules of the doubts that nobody has answered; a dispute is ended, not answered."""
        rules = [each.rule for each in question.doubts if each.rule != plausibility.DISPUTED]
        return [each for each in rules if each not in self.answered(question)]

    @property
    def done(self) -> int:
        """How many figures are decided for good."""
        return sum(self.verdict(each) not in ("", PROPOSE) for each in self.questions)

    @property
    def halfway(self) -> int:
        """How many figures one person has accepted and a second must."""
        return sum(self.verdict(each) == PROPOSE for each in self.questions)

    @property
    def unquestioned(self) -> list[Question]:
        return [each for each in self.questions if not self.verdict(each) and each.unquestioned]

    @property
    def current(self) -> int:
        """The place of the figure that is looked at."""
        ids = [each.row["figure_id"] for each in self.questions]
        at = st.session_state.get(self._key)
        if at in ids:
            return ids.index(at)
        waiting = [number for number, each in enumerate(self.questions) if self.waits(each)]
        return waiting[0] if waiting else 0

    def look_at(self, figure_id: str) -> None:
        """Turns to a figure."""
        st.session_state[self._key] = figure_id
        turn("")

    def step(self, by: int) -> None:
        """Turns to the figure before or after."""
        place = (self.current + by) % len(self.questions)
        self.look_at(self.questions[place].row["figure_id"])

    def go_on(self) -> None:
        """Turns to the next figure that was open before this run's decision, if there is one."""
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


def case(document: str, proposed: pd.DataFrame, who: str, named: Sequence[str]) -> Case:
    """A report with everything that its review needs."""
    replaced = set(proposed.loc[proposed["replaced_by"] != "", "figure_id"])
    decided = {row["figure_id"]: row for row in proposed.to_dict("records")}
    found = _questions(session.reader().snapshot, document, tuple(decided), proposed)
    return Case(
        document,
        reports.reading(document),
        [each for each in found if each.row["figure_id"] not in replaced],
        decided,
        verdicts.answers(reports.store(), decided),
        who,
        named,
    )


@st.cache_resource(max_entries=20, show_spinner=False)
def _questions(snapshot: str, document: str, ids: tuple, _proposed: pd.DataFrame) -> list[Question]:
    """Kept for as long as nothing is published or added."""
    return review.questions(session.reader(), _proposed, reports.reading(document))


def arrive(case: Case) -> None:
    """Turns to the figure that a link names, once."""
    figure_id = st.query_params.pop("figure", "")
    if figure_id in case.decided:
        case.look_at(figure_id)


def turn(mode: str) -> None:
    """What the reviewer is about to do: "", "accept", "answer", "correct", "reject",
    "dispute", "settle", "all" or "add"."""
    st.session_state["_mode"] = mode
    st.session_state["_mode_round"] = st.session_state.get("_mode_round", 0) + 1


def mode() -> str:
    return st.session_state.get("_mode", "")


def _round() -> int:
    """Part of the keys of forms: one that is opened again is filled anew."""
    return st.session_state.get("_mode_round", 0)


# The text


def text(case: Case) -> None:
    """The report with every figure's characters marked, the current one strongest."""
    words = session.words()
    spans = []
    for number, question in enumerate(case.questions):
        row = question.row
        if pd.isna(row["start"]):
            continue
        kind = KINDS.get(case.verdict(question)) or RISKS.get(question.risk, "doubted")
        current = number == case.current
        spans.append(Span(int(row["start"]), int(row["end"]), kind, current))
    # Of overlapping passages the shorter shows: it lies within the longer.
    spans.sort(key=lambda span: span.end - span.start)
    st.html(marked.report(case.reading["text"], spans))
    st.caption(
        words._(
            "Frame: the figure looked at. Underlined: to be decided, doubly where something speaks "
            "against it. Shaded: accepted. Struck through: rejected."
        )
    )


# The figure


def card(case: Case) -> None:
    """The figure that is looked at: what it says, why it is questioned, what others said."""
    words = session.words()
    question = case.questions[case.current]
    row, decided = question.row, case.decided[question.row["figure_id"]]
    with st.container(border=True, key="figure-looked-at"):
        st.caption(
            words._(
                "Figure {number} of {all}",
                number=words.number(case.current + 1),
                all=words.number(len(case.questions)),
            )
        )
        st.html(marked.lines("figure", *_said(row, words)))
        _quote(case, row)
        _questioned(case, question, words)
        _others(question, words)
        _standing(decided, words)
        form = FORMS.get(mode())
        if form and case.may:
            form(case, question, decided)
        else:
            _buttons(case, question, decided)


def _said(row, words) -> list[str]:
    """A figure in words: how many of what, where and when, who says so."""
    place = PLACES[row["place"]].name(words.language)
    when = [f"{place}, {words.stated(row['date'])}"]
    if row["period"] != "day":
        period = figure_form.PERIOD_NAMES[row["period"]]
        when.append(words._(period))
    if row["cause"] not in ("", "strike"):
        cause = figure_form.CAUSE_NAMES[row["cause"]]
        when.append(words._(cause))
    spoken = [captions.via(row, words)]
    if row["as_of"]:
        spoken.append(words._("as of {time}", time=words.stated(row["as_of"])))
    return [
        f"{captions.amount(row, words)} · {captions.what(row, words)}",
        " · ".join(when),
        " · ".join([*spoken, *([row["position"]] if row["position"] else [])]),
    ]


def _quote(case: Case, row) -> None:
    if pd.isna(row["start"]):
        st.html(marked.quote("", row["quote"]))
    else:
        st.html(marked.passage(case.reading["text"], int(row["start"]), int(row["end"])))


def _questioned(case: Case, question: Question, words) -> None:
    """Why it is looked at: its risk, and each doubt in a sentence with its answer."""
    if question.risk == review.UNSUPPORTED:
        st.markdown(
            words._(
                "Cannot be accepted: its passage does not contain the number. Correct or reject it."
            )
        )
        return
    if question.risk != review.PLAIN:
        reason = review.REASONS[question.risk]
        st.markdown(words._("Look closely: {reason}.", reason=words._(reason)))
    if question.elsewhere:
        passages = "; ".join(question.elsewhere)
        again = words._("The report also says: {passages}.", passages=passages)
        st.html(marked.lines("doubts", again))
    told = []
    for each in question.doubts:
        told.append(plausibility.sentence(each.rule, each.facts, words))
        if answer := case.answered(question).get(each.rule):
            told.append(
                words._("Answered by {who}: {reason}", who=answer.who, reason=answer.reason)
            )
    if told:
        st.html(marked.lines("doubts", *told))
    if not case.unanswered(question) or mode() in FORMS:
        return
    if case.verdict(question) == ACCEPT:
        note = words._("It is listed with this doubt and leads no chart until somebody answers it.")
    else:
        note = words._("If you accept it, you are asked why it is sound in spite of this.")
    st.caption(note)


def _others(question: Question, words) -> None:
    """What is published about the same thing, and about the days before."""
    for heading, rows in (
        (N_("Others said"), question.rivals),
        (N_("Said of the days before"), question.before),
    ):
        if not rows:
            continue
        st.markdown(f"**{words._(heading)}**")
        entries = [(_other(row, words), row["url"]) for row in rows[:OTHERS]]
        st.html(marked.sources(entries))
        if len(rows) > OTHERS:
            more = len(rows) - OTHERS
            st.caption(words.plural("and {count} more", "and {count} more", more))


def _other(row, words) -> str:
    day = words.stated(row["date"])
    return f"{captions.amount(row, words)} ({day}) · {captions.via(row, words)}"


def _standing(decided: Mapping, words) -> None:
    """The decision in force: which, by whom, why, and what a correction changed."""
    if not decided["verdict"]:
        return
    verdict, reason = VERDICTS[decided["verdict"]], decided["reason"]
    if decided["verdict"] == PROPOSE:
        told = [words._("Accepted by {who}, needs a second person.", who=decided["decided_by"])]
    else:
        who = " + ".join(each for each in (decided["first"], decided["decided_by"]) if each)
        told = [
            words._(
                "Decision: {verdict}, {who}: {reason}",
                verdict=words._(verdict),
                who=who,
                reason=words._(reason),
            )
        ]
    for name, (before, after) in json.loads(decided["changed"] or "{}").items():
        if name in figure_form.LABELS:
            label = figure_form.LABELS[name]
            told.append(
                words._(
                    "{field}: “{after}” instead of “{before}”",
                    field=words._(label),
                    after=_shown(name, after, words),
                    before=_shown(name, before, words),
                )
            )
    st.html(marked.lines("decision", *told))


def _shown(name: str, value, words) -> str:
    """A field's value in words."""
    if value is None or value == "":
        return "–"
    if name == "place":
        return PLACES[value].name(words.language)
    if isinstance(value, float):
        return words.number(value)
    if name == "indicator":
        return INDICATORS[value].title[words.language]
    tables = {
        "bound": figure_form.BOUND_NAMES,
        "unit": captions.UNIT_NAMES,
        "cause": figure_form.CAUSE_NAMES,
        "period": figure_form.PERIOD_NAMES,
        "people": captions.PEOPLE,
    }
    text = tables.get(name, {}).get(value, value)
    return words._(text)


def _buttons(case: Case, question: Question, decided: Mapping) -> None:
    """What can be decided now, and the ways to the neighbours."""
    words = session.words()
    row, verdict = question.row, decided["verdict"]
    _who_may(case, question, decided)
    accepted = verdict == ACCEPT
    mine = verdict == PROPOSE and not case.waits(question)
    with st.container(horizontal=True, key="decide"):
        st.button(
            words._("Accept"),
            key="accept",
            type="primary",
            shortcut="a",
            disabled=not case.may or accepted or mine or question.risk == review.UNSUPPORTED,
            on_click=_accept,
            args=(case, question),
        )
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
                key=name,
                shortcut=key,
                disabled=not (case.may and possible),
                on_click=turn,
                args=(name,),
            )
        if verdict:
            st.button(
                words._("Take the decision back"),
                key="reopen",
                disabled=not case.may,
                on_click=steps.reopen,
                args=(decided, case.answered(question), case.who),
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
    """Why this person cannot decide, or whose acceptance it takes."""
    words = session.words()
    if not case.may:
        st.caption(reports.may_not(case.who, case.named))
    elif decided["verdict"] == PROPOSE and not case.waits(question):
        st.caption(words._("You have accepted it: the second acceptance must be another person's."))
    elif not decided["verdict"] and case.needs_second(question):
        st.caption(words._("It counts once two persons have accepted it."))


def _way_to_page(row) -> None:
    words = session.words()
    indicator = INDICATORS[row["indicator"]]
    where = {"place" if indicator.adds_up_over_days else "places": row["place"]}
    month = {"period": row["date"][:7]} if len(row["date"]) >= 7 else {}
    st.page_link(
        PAGES_OF[row["indicator"]],
        label=words._("See it on the page: {title}", title=indicator.title[words.language]),
        query_params=where | month | session.along(),
    )


def _accept(case: Case, question: Question) -> None:
    """Accepts a figure, or asks for an answer first where it is in doubt."""
    if case.unanswered(question):
        turn("accept")
    elif _accepted(case, question, {}):
        case.go_on()


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
    """Answers the doubts of a figure that was accepted without."""
    words = session.words()
    pressed, reason = _asked(
        words._("Why is it sound in spite of the doubt?"), words._("Save the answer")
    )
    if pressed is None:
        return
    if not reason:
        _no_reason()
        return
    rules = case.unanswered(question)
    _leave(case, steps.answer(decided["figure_id"], rules, case.who, reason))


def _rejection(case: Case, question: Question, decided: Mapping) -> None:
    """Rejects a figure, or withdraws one that stands, with the reason."""
    words = session.words()
    public = decided["verdict"] == ACCEPT
    pressed, reason = _asked(
        words._("Why is it withdrawn?") if public else words._("Why is it rejected?"),
        words._("Withdraw with this reason") if public else words._("Reject with this reason"),
    )
    if pressed is None:
        return
    if not reason:
        _no_reason()
        return
    act = steps.withdraw if public else steps.reject
    _leave(case, act(decided, case.who, reason), on=True)


def _dispute(case: Case, question: Question, decided: Mapping) -> None:
    """Contests a figure: it stays, marked, and leads nothing."""
    words = session.words()
    st.caption(words._("A disputed figure stays listed with this reason and never leads a chart."))
    pressed, reason = _asked(words._("Why is it disputed?"), words._("Dispute with this reason"))
    if pressed is None:
        return
    if not reason:
        _no_reason()
        return
    _leave(case, steps.dispute(decided["figure_id"], case.who, reason))


def _settlement(case: Case, question: Question, decided: Mapping) -> None:
    """Ends a dispute."""
    words = session.words()
    pressed, reason = _asked(
        words._("Why is it no longer disputed?"), words._("End the dispute with this reason")
    )
    if pressed is None:
        return
    if not reason:
        _no_reason()
        return
    _leave(case, steps.settle(decided, case.who, reason))


def _asked(label: str, *buttons: str) -> tuple[int | None, str]:
    """A form for a reason: which of its buttons was pressed, None for none, and the reason."""
    words = session.words()
    with st.form(f"reason-{_round()}", border=False):
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
    """Closes a form whose decision was stored; `on` turns to the next figure."""
    if not stored:
        return
    if on:
        case.go_on()
    else:
        turn("")
    st.rerun()


def _correction(case: Case, question: Question, decided: Mapping) -> None:
    words, row = session.words(), question.row
    base = figure_form.as_record(row)
    key = f"correct-{_round()}"
    chosen = figure_form.fill(base, key)
    reason = st.text_input(words._("Why is it corrected?"), key=f"{key}-reason", max_chars=300)
    if not _sent(words._("Save the correction"), key):
        return
    figure = figure_form.made(base, chosen, case.reading)
    if isinstance(figure, str):
        st.warning(figure)
        return
    changed = {
        name: [base[name], getattr(figure, name)]
        for name in NAMES
        if base[name] != getattr(figure, name)
    }
    if not changed:
        st.warning(words._("Nothing was changed."))
    elif not reason.strip():
        st.warning(words._("Write a reason: it is kept beside the figure."))
    else:
        death = people.second_needed(figure.indicator, False, case.named)
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


# All figures


def progress(case: Case) -> None:
    """How many are decided, and what can be done with many at once."""
    words = session.words()
    done, total = case.done, len(case.questions)
    st.progress(
        done / total,
        words._("{done} of {all} decided", done=words.number(done), all=words.number(total)),
    )
    if case.halfway:
        st.caption(
            words.plural(
                "{count} figure is accepted by one person and needs a second.",
                "{count} figures are accepted by one person and need a second.",
                case.halfway,
            )
        )
    if steps.failed():
        st.error(words._("The store is busy or full: nothing was changed. Try again."))
    unquestioned = case.unquestioned
    if mode() == "all" and unquestioned:
        _all(case, unquestioned)
        return
    with st.container(horizontal=True):
        if len(unquestioned) > 1:
            label = words.plural(
                "Accept {count} unquestioned figure",
                "Accept all {count} unquestioned figures",
                len(unquestioned),
            )
            st.button(label, key="all", disabled=not case.may, on_click=turn, args=("all",))
        st.button(
            words._("Undo the last step"),
            key="undo",
            shortcut="u",
            disabled=not (case.may and steps.any_left()),
            on_click=_undo,
            args=(case,),
        )


def _all(case: Case, unquestioned: Sequence[Question]) -> None:
    words = session.words()
    with st.container(border=True):
        st.markdown(
            words.plural(
                "Accept {count} figure? Nothing speaks against it; you have its passage in the "
                "text.",
                "Accept {count} figures? Nothing speaks against them; their passages are marked "
                "in the text.",
                len(unquestioned),
            )
        )
        with st.container(horizontal=True):
            label = words.plural("Accept {count}", "Accept {count}", len(unquestioned))
            st.button(
                label,
                type="primary",
                key="all-yes",
                on_click=_accept_all,
                args=(case, unquestioned),
            )
            st.button(words._("Cancel"), key="all-no", on_click=turn, args=("",))


def _accept_all(case: Case, unquestioned: Sequence[Question]) -> None:
    steps.accept_all([case.decided[each.row["figure_id"]] for each in unquestioned], case.who)
    turn("")


def _undo(case: Case) -> None:
    if figure_id := steps.undo(case.who):
        case.look_at(figure_id)


def overview(case: Case) -> None:
    """All figures in the order of review, each a way to its card."""
    words = session.words()
    key = f"_page-{case.document}"
    pages = -(-len(case.questions) // PAGE)
    page = case.current // PAGE
    if pages > 1:
        options = range(pages)
        page = st.selectbox(
            words._("Figures"),
            options,
            index=page,
            key=f"{key}-{page}",
            format_func=lambda number: _range(number, len(case.questions)),
        )
    with st.container(key="figures", gap=None):
        for number, question in enumerate(case.questions):
            if number // PAGE != page:
                continue
            row = question.row
            st.button(
                _label(case, question, words),
                key=f"look-{row['figure_id']}",
                type="secondary" if number == case.current else "tertiary",
                on_click=case.look_at,
                args=(row["figure_id"],),
            )


def _range(number: int, total: int) -> str:
    return f"{number * PAGE + 1}–{min((number + 1) * PAGE, total)}"


def _label(case: Case, question: Question, words) -> str:
    row, verdict = question.row, case.verdict(question)
    place = PLACES[row["place"]].name(words.language)
    told = marked.markdown(
        f"{captions.amount(row, words)} · {captions.what(row, words)} · {place}, "
        f"{words.stated(row['date'])}"
    )
    name = VERDICTS[verdict] if verdict or question.unquestioned else review.REASONS[question.risk]
    if not case.waits(question):
        return f"{told} · {words._(name)}"
    return f"**{told}** · {words._(name)}"


# What became no figure


def missed(case: Case) -> None:
    """A figure that the reader missed: a passage of the text, then the same form."""
    words = session.words()
    label = words._("Add a figure the reader missed")
    with st.expander(label, expanded=mode() == "add"):
        if not case.may:
            st.caption(
                words._("Write your name above to decide: it is kept beside every decision.")
                if not case.who
                else words._(
                    "Only these persons decide here: {names}.", names=", ".join(case.named)
                )
            )
            return
        key = f"add-{case.document[:8]}-{st.session_state.get('_added', 0)}"
        start = _passage(case, key)
        st.caption(words._("Copy the passage from the text, with the number in it."))
        key = f"{key}-{start['start']}"
        chosen = figure_form.fill(start, key)
        if not st.button(words._("Add this figure"), type="primary", key=f"{key}-save"):
            return
        figure = figure_form.made(start, chosen, case.reading)
        if isinstance(figure, str):
            st.warning(figure)
        elif new := steps.add(
            case.document,
            figure,
            case.who,
            steps.MISSED,
            second=people.second_needed(figure.indicator, False, case.named),
        ):
            st.session_state["_added"] = st.session_state.get("_added", 0) + 1
            case.look_at(new)
            st.rerun()


def _passage(case: Case, key: str) -> dict:
    """The columns that a missed figure begins with, from an unplaced passage if one is chosen."""
    words, reading = session.words(), case.reading
    waiting = {each["start"]: each for each in reading["unplaced"]}
    at = None
    if waiting:
        at = st.selectbox(
            words._("Numbers that lack something"),
            list(waiting),
            index=None,
            format_func=lambda start: _cut(reading["text"], waiting[start]),
            placeholder=words._("Choose one, or copy a passage below"),
            key=f"{key}-unplaced",
        )
    known = case.questions[0].row if case.questions else {}
    passage = waiting.get(at, {"start": None, "end": None})
    return {
        "source": "report",
        "value": None,
        "place": known.get("place"),
        "date": known.get("date") or reading.get("published", ""),
        "published": known.get("published") or reading.get("published", ""),
        "publisher": known.get("publisher") or reading.get("publisher", ""),
        "url": known.get("url") or reading.get("url", ""),
        "language": reading.get("language", ""),
        "quote": "" if at is None else reading["text"][passage["start"] : passage["end"]],
        "position": "" if at is None else review.position_at(reading.get("marks", ()), at),
        "start": passage["start"],
        "end": passage["end"],
    }


def lost(case: Case) -> None:
    """Accepted figures that the report, read anew, does not give: they stand until taken out."""
    words = session.words()
    rows = rereading.lost(reports.store(), case.document)
    if rows.empty:
        return
    with st.container(border=True, key="lost"):
        st.markdown(
            words.plural(
                "{count} accepted figure does not come out of the report any more since it was "
                "read again. It stays published until you withdraw it.",
                "{count} accepted figures do not come out of the report any more since it was "
                "read again. They stay published until you withdraw them.",
                len(rows),
            )
        )
        for row in published.describe(rows).to_dict("records"):
            st.html(marked.lines("lost", *_said(row, words)))
            st.button(
                words._("Withdraw"),
                key=f"lost-{row['figure_id']}",
                disabled=not case.may,
                on_click=steps.withdraw,
                args=(row, case.who, steps.GONE),
            )


def not_figures(case: Case) -> None:
    """Numbers that lack something, and numbers left out on purpose, each with its reason."""
    words, reading = session.words(), case.reading
    if reading["unplaced"]:
        label = words.plural(
            "{count} number lacks a place, a day or what it counts",
            "{count} numbers lack a place, a day or what they count",
            len(reading["unplaced"]),
        )
        with st.expander(label):
            _listed(
                reading["text"],
                ((each, _lacks(each)) for each in reading["unplaced"]),
            )
    if reading["left_out"]:
        label = words.plural(
            "{count} number was left out on purpose",
            "{count} numbers were left out on purpose",
            len(reading["left_out"]),
        )
        with st.expander(label):
            _listed(
                reading["text"],
                ((each, _reason(each)) for each in reading["left_out"]),
            )


def _reason(span: Mapping) -> str:
    reason = LEFT_OUT[span["reason"]]
    return session.words()._(reason)


def _lacks(span: Mapping) -> str:
    words, lacking = session.words(), [LACKS[code] for code in span["lacks"]]
    return " ".join(words._(each) for each in lacking)


def _listed(text: str, entries) -> None:
    """Passages and reasons as a table, whose cells are plain text."""
    words = session.words()
    rows = [
        {words._("Number"): _cut(text, span), words._("Why it is no figure"): reason}
        for span, reason in entries
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _cut(text: str, span: Mapping, around: int = 40) -> str:
    """A passage on one line with a little of what stands around it."""
    start, end = max(0, span["start"] - around), min(len(text), span["end"] + around)
    return " ".join(text[start:end].split())
