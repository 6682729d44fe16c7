"""The report's text, and the figure in it that is looked at."""

import pandas as pd

from impact.model import fields, vocabulary
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import Row
from impact.queries import review_order
from impact.queries.review_order import Question
from impact.rules import plausibility
from impact.store import decision, decisions
from impact.store.ledger import ACCEPT, PROPOSE, REJECT, WITHDRAW
from impact.wording import captions, markup, positions
from impact.wording.markup import Span
from pages.parts.review import meanwhile, reports, steps
from pages.parts.review.card import deciding, guessed, told
from pages.parts.review.card.cases import CARD, VERDICTS, Case, mode
from pages.parts.shell import attention, session
from pages.parts.shell import screen as st

# Classes of the marks in the text (style.css): how a figure stands, or what speaks against it.
KINDS = {ACCEPT: "accepted", REJECT: "rejected", WITHDRAW: "rejected"}
RISKS = {review_order.PLAIN: "plain", review_order.DEATHS: "deaths"}
# How many others' figures a card shows.
OTHERS = 4


def text(case: Case) -> None:
    """The report with every figure's characters marked, the current one strongest."""
    words = session.words()
    spans: list[Span] = []
    for number, question in enumerate(case.questions):
        row = question.row
        if pd.isna(row["start"]):
            continue
        kind = KINDS.get(case.verdict(question)) or RISKS.get(question.risk, "doubted")
        current = number == case.current
        spans.append(Span(int(row["start"]), int(row["end"]), kind, current))
    # Of overlapping passages the shorter shows: it lies within the longer.
    spans.sort(key=lambda span: span.end - span.start)
    st.html(markup.report(case.reading["text"], spans))
    st.caption(
        words._(
            "Frame: the figure looked at. Underlined: to be decided, doubly where something speaks "
            "against it. Shaded: accepted. Struck through: rejected."
        )
    )


def card(case: Case) -> None:
    """The figure that is looked at: what it says, why it is questioned, what others said."""
    words = session.words()
    case.stay()
    question = case.questions[case.current]
    row, decided = question.row, case.decided[question.row["figure_id"]]
    with st.container(border=True, key=CARD):
        with st.container():
            _hindered(row["figure_id"], words)
        st.caption(
            words._(
                "Figure {number} of {all}",
                number=words.number(case.current + 1),
                all=words.number(len(case.questions)),
            )
        )
        st.html(markup.lines("figure", *said(row, words)))
        _quote(case, row)
        if told_elsewhere := told.sentences(row, case.reading, words):
            st.html(markup.lines("about", *told_elsewhere))
        _questioned(case, question, words)
        _others(question, words)
        _standing(decided, words)
        deciding.ways(case, question, decided)
    attention.draw()


def _hindered(figure_id: str, words: Words) -> None:
    """Why the last step was not stored: the store, or what others have done meanwhile."""
    changes = steps.changed()
    if any(each.figure_id != figure_id for each in changes):
        rows = decisions.of(reports.store(), [each.figure_id for each in changes])
        named = [(name(rows[each.figure_id], words), each) for each in changes]
        st.error(meanwhile.left_as_they_are(named, words))
    elif failure := steps.failure():
        st.error(failure)


def name(row: Row, words: Words) -> str:
    """A figure in a list, on one line, as Markdown: how many of what, where and when."""
    place = PLACES[row["place"]].name(words.language)
    return markup.markdown(
        f"{vocabulary.amount(row, words)} · {captions.what(row, words)} · {place}, "
        f"{words.stated(row['date'])}"
    )


def said(row: Row, words: Words) -> list[str]:
    """A figure in words: how many of what, where and when, who says so."""
    place = PLACES[row["place"]].name(words.language)
    when = [f"{place}, {words.stated(row['date'])}"]
    if row["period"] != "day":
        period = fields.PERIODS[row["period"]]
        when.append(words._(period))
    if row["cause"] not in ("", "strike"):
        cause = vocabulary.CAUSE_NAMES[row["cause"]]
        when.append(words._(cause))
    spoken = [captions.via(row, words)]
    if row["as_of"]:
        spoken.append(words._("as of {time}", time=words.stated(row["as_of"])))
    return [
        f"{vocabulary.amount(row, words)} · {captions.what(row, words)}",
        " · ".join(when),
        " · ".join(filter(None, [*spoken, positions.told(row["position"] or "", words)])),
    ]


def _quote(case: Case, row: Row) -> None:
    if pd.isna(row["start"]):
        st.html(markup.quote("", row["quote"]))
    else:
        st.html(markup.passage(case.reading["text"], int(row["start"]), int(row["end"])))


def _questioned(case: Case, question: Question, words: Words) -> None:
    """Why the figure needs a look: its risk, and each doubt in a sentence with its answer."""
    if question.risk == review_order.UNSUPPORTED:
        st.markdown(
            words._(
                "Cannot be accepted: its passage does not contain the number. Correct or reject it."
            )
        )
        return
    if question.risk == review_order.GUESSED:
        st.markdown(markup.markdown(guessed.sentence(question.guess, words)))
    elif question.risk != review_order.PLAIN:
        reason = review_order.REASONS[question.risk]
        st.markdown(words._("Look closely: {reason}.", reason=words._(reason)))
    if question.elsewhere:
        passages = "; ".join(question.elsewhere)
        again = words._("The report also says: {passages}.", passages=passages)
        st.html(markup.lines("doubts", again))
    if case.decided[question.row["figure_id"]]["carries"]:
        st.caption(
            words._(
                "It was decided before the report was read again with another day, publisher or "
                "link. What was accepted then stays public until this figure is accepted."
            )
        )
    doubts = []
    for each in question.doubts:
        doubts.append(plausibility.sentence(each.rule, each.facts, words))
        if answer := case.answered(question).get(each.rule):
            doubts.append(
                words._("Answered by {who}: {reason}", who=answer.who, reason=answer.reason)
            )
            if answer.waits:
                doubts.append(words._("This answer counts once a second person agrees to it."))
    if doubts:
        st.html(markup.lines("doubts", *doubts))
    if not case.unanswered(question) or mode() in deciding.FORMS:
        return
    if case.verdict(question) == ACCEPT:
        note = words._("It is listed with this doubt and leads no chart until somebody answers it.")
    else:
        note = words._("If you accept it, you are asked why it is sound in spite of this.")
    st.caption(note)


def _others(question: Question, words: Words) -> None:
    """What is published about the same thing, and about the days before."""
    for heading, rows in (
        (N_("Others said"), question.rivals),
        (N_("Said of the days before"), question.before),
    ):
        if not rows:
            continue
        st.markdown(markup.ours("**{heading}**", heading=words._(heading)))
        entries = [(_other(row, words), row["url"]) for row in rows[:OTHERS]]
        st.html(markup.sources(entries))
        if len(rows) > OTHERS:
            more = len(rows) - OTHERS
            st.caption(
                words.plural(
                    "{count} more is not listed here.", "{count} more are not listed here.", more
                )
            )


def _other(row: Row, words: Words) -> str:
    day = words.stated(row["date"])
    return f"{vocabulary.amount(row, words)} ({day}) · {captions.via(row, words)}"


def _standing(decided: Row, words: Words) -> None:
    """The decision in force: which, by whom, why, and what a correction changed."""
    if not decided["verdict"]:
        return
    verdict, reason = VERDICTS[decided["verdict"]], decided["reason"]
    if decided["verdict"] == PROPOSE:
        lines = [words._("Accepted by {who}, needs a second person.", who=decided["decided_by"])]
    else:
        who = " + ".join(each for each in (decided["first"], decided["decided_by"]) if each)
        lines = [
            words._(
                "Decision: {verdict}, {who}: {reason}",
                verdict=words._(verdict),
                who=who,
                reason=words._(reason),
            )
        ]
    for name, (before, after) in decision.changed(decided).items():
        if name in fields.NAMES:
            lines.append(
                words._(
                    "{field}: “{after}” instead of “{before}”",
                    field=fields.name(name, words),
                    after=fields.shown(name, after, words),
                    before=fields.shown(name, before, words),
                )
            )
    st.html(markup.lines("decision", *lines))
