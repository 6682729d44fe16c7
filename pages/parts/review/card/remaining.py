"""What became no figure: passages without one, numbers left out, lost rows; a form to add one."""

from collections.abc import Iterable, Mapping

import pandas as pd

from etl.reports.model.left_out import LACKS
from etl.reports.model.left_out import REASONS as LEFT_OUT
from impact.model.rows import records
from impact.queries import review_order
from impact.store import rereading, reviewers, settling
from impact.wording import markup
from pages.parts.review import figure_form, reports, steps
from pages.parts.review.card.cases import Case, mode
from pages.parts.review.card.looked_at import said
from pages.parts.shell import screen as st
from pages.parts.shell import session


def missed(case: Case) -> None:
    """Adds a figure that the reader missed: a passage of the text, then the same form as for
    corrections."""
    words = session.words()
    label = words._("Add a figure the reader missed")
    with st.expander(label, expanded=mode() == "add"):
        if not case.may:
            st.caption(reports.may_not(case.who, case.named))
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
            second=reviewers.second_needed(figure.indicator, False, bool(case.named)),
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
        "position": "" if at is None else review_order.position_at(reading.get("marks", ()), at),
        "start": passage["start"],
        "end": passage["end"],
    }


def lost(case: Case) -> None:
    """Accepted figures that are no longer found when the report is read again.

    They stand until taken out.
    """
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
        for row in records(settling.describe(rows)):
            st.html(markup.lines("lost", *said(row, words)))
            st.button(
                words._("Withdraw"),
                key=f"lost-{row['figure_id']}-{row['state']}",
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


def _listed(text: str, entries: Iterable[tuple[Mapping, str]]) -> None:
    """Passages and reasons as a table, whose cells are plain text."""
    words = session.words()
    rows = [
        {words._("Number"): _cut(text, span), words._("Why it is no figure"): reason}
        for span, reason in entries
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True)


def _cut(text: str, span: Mapping, around: int = 40) -> str:
    """A passage on one line, with a few words before and after it."""
    start, end = max(0, span["start"] - around), min(len(text), span["end"] + around)
    return " ".join(text[start:end].split())
