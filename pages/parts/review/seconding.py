"""The second person's part: what one person has proposed about a public figure, with its two ways.

Beside the figure it is a part of the form of contesting.py; on Corrections all of it stands in one
list, so that nobody has to find the figure first.
"""

import json
from collections.abc import Sequence

import pandas as pd

from impact import queries
from impact.access.actions import Action
from impact.access.person import Person
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.rules import plausibility
from impact.store import decisions, looks, reviewers
from impact.wording import captions, markup
from pages.parts.review import publishing, reports, steps
from pages.parts.shell import access, alone, session
from pages.parts.shell import screen as st

CORRECTIONS = "pages/trust/corrections.py"


def waiting() -> pd.DataFrame:
    """What waits, as decisions.waiting; nothing where whoever asks does not decide."""
    if access.closed(Action.ACCEPT):
        return pd.DataFrame()
    return looks.look(reports.store(), decisions.waiting)


def tell() -> None:
    """Says on Review that something waits about public figures, and leads there."""
    if count := len(waiting()):
        words = session.words()
        st.info(
            words.plural(
                "{count} change of a published figure waits for a second person.",
                "{count} changes of published figures wait for a second person.",
                count,
            )
        )
        label = words._("To what waits for a second person")
        st.page_link(CORRECTIONS, label=label, query_params=session.along())


def proposal(found: Row, who: Person, named: Sequence[str], key: str) -> bool:
    """Shows a correction that waits, with its two ways; returns whether one was taken."""
    words = session.words()
    proposed = words._("{who} proposes a correction:", who=found["decided_by"])
    stated = f"{vocabulary.amount(found, words)} · {captions.what(found, words)}"
    st.html(markup.lines("figure", proposed, stated, _where(found, words), found["reason"]))
    st.caption(words._("It counts once two persons have accepted it. Until then nothing changes."))
    second = _may(found["decided_by"], who, named)
    may = bool(who.name) and reviewers.among(who.name, named)
    state, reason = f"{key}-{found['state']}", _reason(key)
    with st.container(horizontal=True):
        takes = st.button(
            words._("Accept"), key=f"second-yes-{state}", type="primary", disabled=not second
        )
        refuses = st.button(
            words._("Reject"), key=f"second-no-{state}", disabled=not (may and reason)
        )
    stored = takes and steps.accept(found, who, reason or steps.READ, {}, second=True)
    return stored or (refuses and steps.reject(found, who, reason))


@alone.part
def decide(rows: pd.DataFrame) -> None:
    """One of what waits, picked by the person, with its ways."""
    words = session.words()
    named, who = reports.named(), reports.person_beside("second")
    publishing.status(reports.publishing_thread(), decided=steps.stored())
    listed = {f"{row['new_id']}/{row['figure_id']}/{row['rule']}": row for row in records(rows)}
    chosen = st.selectbox(
        words._("Decide about"),
        list(listed),
        key="second-which",
        format_func=lambda key: _name(listed[key], words),
    )
    row = listed[chosen]
    about = row["new_id"] or row["figure_id"]
    decided = decisions.of(reports.store(), [about])[about]
    if row["new_id"]:
        taken = proposal(decided, who, named, about)
    else:
        taken = _answer(decided, row, who, named)
    if taken:
        st.rerun()
    if failure := steps.failure():
        st.error(failure)


def _answer(decided: Row, row: Row, who: Person, named: Sequence[str]) -> bool:
    """Shows an answer that waits, and lets a second person agree; returns whether one did."""
    words, key = session.words(), row["figure_id"]
    stated = f"{vocabulary.amount(decided, words)} · {captions.what(decided, words)}"
    found = queries.doubts(session.reader(), [key])
    doubts = [
        plausibility.sentence(each["rule"], json.loads(each["detail"]), words)
        for each in records(found[found["rule"] == row["rule"]])
    ]
    said = words._("{who} answers:", who=row["who"])
    st.html(markup.lines("figure", stated, _where(decided, words), *doubts, said, row["reason"]))
    st.caption(words._("It counts once two persons have answered. Until then the doubt stands."))
    may = _may(row["who"], who, named)
    reason = _reason(key)
    agrees = st.button(
        words._("Answer likewise"),
        key=f"second-yes-{key}-{decided['state']}",
        type="primary",
        disabled=not (may and reason),
    )
    return agrees and steps.answer(decided, [row["rule"]], who, reason)


def _may(first: str, who: Person, named: Sequence[str]) -> bool:
    """Whether somebody may be the second person beside a first; says why they may not decide."""
    may = bool(who.name) and reviewers.among(who.name, named)
    if not may:
        st.caption(reports.may_not(who, named))
    return may and not reviewers.same(first, who.name)


def _reason(key: str) -> str:
    label = session.words()._("Reason")
    return st.text_input(label, key=f"second-reason-{key}", max_chars=300).strip()


def _where(row: Row, words: Words) -> str:
    return f"{PLACES[row['place']].name(words.language)}, {words.stated(row['date'])}"


def _name(row: Row, words: Words) -> str:
    """What something that waits is called in the list to choose from."""
    title = INDICATORS[row["indicator"]].title[words.language]
    return f"{_where(row, words)} · {title} · {row['who']} · {row['figure_id']}"
