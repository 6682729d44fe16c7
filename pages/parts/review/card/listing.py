"""All figures of a report: how many are decided, many at once, and each as a way to its card."""

import hashlib
from collections.abc import Sequence

from impact.model.language import Words
from impact.model.places import PLACES
from impact.queries import review_order
from impact.queries.review_order import Question
from impact.wording import markup
from pages.parts.review import steps
from pages.parts.review.card.cases import VERDICTS, Case, mode, turn
from pages.parts.review.card.looked_at import name
from pages.parts.shell import screen as st
from pages.parts.shell import session

# How many figures the list has a page.
PAGE = 25
_LONG = 8  # more figures than these are listed by place, with headings


def progress(case: Case) -> None:
    """How many figures are decided, and buttons that decide about many at once."""
    words = session.words()
    done, total = case.done, len(case.questions)
    st.progress(
        done / total,
        words._("{done} of {all} decided", done=words.number(done), all=words.number(total)),
    )
    with st.container():
        _halfway(case, words)
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
            key=f"undo-{steps.count()}",
            shortcut="u",
            disabled=not (case.may and steps.any_left()),
            on_click=_undo,
            args=(case,),
        )


def _halfway(case: Case, words: Words) -> None:
    if case.halfway:
        st.caption(
            words.plural(
                "{count} figure is accepted by one person and needs a second.",
                "{count} figures are accepted by one person and need a second.",
                case.halfway,
            )
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
                key=f"all-yes-{_shown(case, unquestioned)}",
                on_click=_accept_all,
                args=(case, unquestioned),
            )
            st.button(words._("Cancel"), key="all-no", on_click=turn, args=("",))


def _shown(case: Case, several: Sequence[Question]) -> str:
    """Part of a key for several figures and their states, as `Case.shown` is for one figure."""
    whole = " ".join(map(case.shown, several))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


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
    grouped, last = len(case.questions) > _LONG, None
    with st.container(key="figures", gap=None):
        for number, question in enumerate(case.questions):
            if number // PAGE != page:
                continue
            row = question.row
            if grouped and (question.risk, row["place"]) != last:
                last = question.risk, row["place"]
                st.caption(PLACES[row["place"]].name(words.language))
            st.button(
                _label(case, question, words),
                key=f"look-{row['figure_id']}",
                type="secondary" if number == case.current else "tertiary",
                on_click=case.choose,
                args=(row["figure_id"],),
            )


def _range(number: int, total: int) -> str:
    return f"{number * PAGE + 1}–{min((number + 1) * PAGE, total)}"


def _label(case: Case, question: Question, words: Words) -> str:
    verdict, told = case.verdict(question), name(question.row, words)
    stands = (
        VERDICTS[verdict]
        if verdict or question.unquestioned
        else review_order.REASONS[question.risk]
    )
    if not case.waits(question):
        return f"{told} · {words._(stands)}"
    return markup.ours("**{told}** · {stands}", told=told, stands=words._(stands))
