"""A reviewer's words on why a figure is to be believed. Notes change no order."""

from collections.abc import Sequence

import pandas as pd

from impact import queries
from impact.access.actions import Action
from impact.access.person import Person
from impact.model import dates, vocabulary
from impact.model.language import Words
from impact.model.rows import Row, record, records
from impact.queries.conflicts import Conflict
from impact.wording import captions, markup
from impact.wording.conflict_captions import held
from pages.parts.review import publishing, reports, steps
from pages.parts.shell import screen as st
from pages.parts.shell import session

# Notes and notes taken back in this visit, which the snapshot may not hold yet.
_NEW, _BACK, _ROUND = "_notes_new", "_notes_back", "_notes_round"


def of(figure_ids: list[str]) -> pd.DataFrame:
    """The notes about figures: published notes and, unless the page shows the past, those just
    written."""
    known = queries.notes(session.reader(), figure_ids)
    if session.past() or not (st.session_state.get(_NEW) or st.session_state.get(_BACK)):
        return known
    new = pd.DataFrame(
        [each for each in st.session_state.get(_NEW, ()) if each["figure_id"] in figure_ids],
        columns=["decision_id", "figure_id", "who", "reason", "decided_at"],
    )
    fresh = new[~new["decision_id"].isin(known["decision_id"])]
    found = pd.concat([known, fresh]) if len(fresh) else known
    return found[~found["decision_id"].isin(st.session_state.get(_BACK, ()))]


def beside(statement: Sequence[Row]) -> None:
    """The notes that speak for a statement, each with who wrote it and when."""
    words = session.words()
    for note in records(of([row["figure_id"] for row in statement])):
        st.html(markup.lines("decision", _text(note, words)))


def section(conflict: Conflict) -> None:
    """The notes of a conflict, each with its way back, and a form for another."""
    words = session.words()
    st.subheader(words._("Why one leads: reviewers' notes"), anchor=False)
    st.markdown(
        words._(
            "A note stays beside its claim for every reader. It does not change which claim leads: "
            "the rule stays the rule, the same for all. If a figure is wrong, have it corrected or "
            "withdrawn where it came in: a report's figures under Review, any other by its id, "
            "which Data finds."
        )
    )
    with st.container(horizontal=True):
        st.page_link(reports.REVIEW, label=words._("Review"), query_params=session.along())
        st.page_link(
            "pages/trust/data.py",
            label=words._("Data"),
            query_params={"words": conflict.row["figure_id"]} | session.along(),
        )
    figures = conflict.figures.set_index("figure_id", drop=False)
    if session.past():
        st.caption(words._("Notes are written in the present: come back to now to write one."))
        return
    if reports.closed(Action.NOTE):
        return
    who = reports.person()
    for note in records(of(list(figures.index))):
        _standing(note, record(figures.loc[[note["figure_id"]]]), who)
    _form(conflict, who)
    publishing.status(reports.publishing_thread(), decided=steps.stored())


def _standing(note: Row, row: Row, who: Person) -> None:
    words = session.words()
    with st.container(border=True):
        st.html(markup.lines("decision", f"{_claim(row, words)}", _text(note, words)))
        st.button(
            words._("Take this note back"),
            key=f"note-{note['decision_id']}",
            disabled=not who.name,
            help=None if who.name else words._("Write your name first."),
            on_click=_take_back,
            args=(note, who),
        )


def _take_back(note: dict, who: Person) -> None:
    if steps.note_back(note["figure_id"], note["decision_id"], who):
        st.session_state.setdefault(_BACK, set()).add(note["decision_id"])


def _form(conflict: Conflict, who: Person) -> None:
    words = session.words()
    said = {several[0].row["figure_id"]: several[0].row for several in conflict.told}
    key = f"note-{conflict.claim}-{st.session_state.get(_ROUND, 0)}"
    with st.form(key, border=True):
        figure_id = st.selectbox(
            words._("The claim that the note speaks for"),
            list(said),
            format_func=lambda each: _claim(said[each], words),
            key=f"{key}-claim",
        )
        reason = st.text_area(
            words._("Why it holds"), max_chars=500, key=f"{key}-reason", height=100
        )
        sent = st.form_submit_button(words._("Keep this note"), type="primary")
    if not sent:
        return
    reason = " ".join(reason.split())
    if not who.name:
        st.warning(words._("Write your name first: it is kept beside every note."))
    elif not reason:
        st.warning(words._("Write a reason: it is kept beside the figure."))
    elif note := steps.note(figure_id, who, reason):
        _keep(note, figure_id, who.name, reason)
        st.rerun()
    else:
        st.error(steps.failure())


def _keep(note: str, figure_id: str, who: str, reason: str) -> None:
    """Shows a note at once, because publishing takes seconds."""
    st.session_state.setdefault(_NEW, []).append(
        {
            "decision_id": note,
            "figure_id": figure_id,
            "who": who,
            "reason": reason,
            "decided_at": dates.now(),
        }
    )
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _claim(row: Row, words: Words) -> str:
    """A claim in a list to choose from: number, status, speaker, when."""
    pieces = (
        vocabulary.amount(row, words),
        captions.what(row, words),
        captions.said_by(row, words),
        held(row, words),
    )
    return " · ".join(pieces)


def _text(note: Row, words: Words) -> str:
    return words._(
        "Note by {who}, {time}: {reason}",
        who=note["who"],
        time=words.time(note["decided_at"]),
        reason=note["reason"],
    )
