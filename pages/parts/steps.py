"""What a reviewer decides, step by step: each goes to the ledger at once and can be undone."""

import logging

import streamlit as st

from impact import inbox
from impact.figure import Figure
from impact.language import N_
from impact.ledger import ACCEPT, NOTE, NOTE_BACK, REJECT, REOPEN, WITHDRAW
from pages.parts import reports

# Reasons that the program gives in a person's name; shown in the reader's language.
READ = N_("read and accepted")
UNQUESTIONED = N_("accepted together: nothing speaks against it")
MISSED = N_("missed by the reader of reports, added by a person")
TAKEN_BACK = N_("taken back")

_LOG = logging.getLogger(__name__)
_STEPS, _FAILED = "_steps", "_step_failed"
# What puts a figure back to where it stood: the decision that was in force, or none.
_BACK = {"": REOPEN, ACCEPT: ACCEPT, REJECT: REJECT, WITHDRAW: WITHDRAW}


def decide(verdicts: dict[str, str], kind: str, who: str, reason: str) -> bool:
    """One decision about figures, given with their verdicts so far; False if the store is busy."""
    ledger = reports.store()
    back: list[tuple[str, str, dict]] = []

    def act() -> None:
        for figure_id, verdict in verdicts.items():
            ledger.decide(figure_id, kind, who, reason)
            back.append((figure_id, _BACK[verdict], {}))

    return _taken(act, back)


def correct(
    old: dict, verdict: str, figure: Figure, who: str, reason: str, changed: dict
) -> str | None:
    """Puts a figure in the place of another; returns its id."""
    ledger = reports.store()
    back: list[tuple[str, str, dict]] = []

    def act() -> None:
        new = ledger.correct(old["figure_id"], figure, who, reason, changed)
        back.extend([(new, REJECT, inbox.TAKEN_BACK), (old["figure_id"], _BACK[verdict], {})])

    return figure.figure_id if _taken(act, back) else None


def add(document: str, figure: Figure, who: str, reason: str) -> str | None:
    """Adds a figure that the reader missed; returns its id."""
    ledger = reports.store()
    back: list[tuple[str, str, dict]] = []

    def act() -> None:
        new = ledger.add(document, figure, who, reason)
        back.append((new, REJECT, inbox.TAKEN_BACK))

    return figure.figure_id if _taken(act, back) else None


def note(figure_id: str, who: str, reason: str) -> str | None:
    """A person's reason to believe a figure, beside it from now on; returns the note's id.

    It is no step of a review: it is taken back where it stands, by `note_back`.
    """
    kept: list[str] = []
    _taken(lambda: kept.append(reports.store().decide(figure_id, NOTE, who, reason)), None)
    return kept[0] if kept else None


def note_back(figure_id: str, note: str, who: str) -> bool:
    """Takes a note back; it stays in the ledger."""
    detail = {"note": note}
    return _taken(
        lambda: reports.store().decide(figure_id, NOTE_BACK, who, TAKEN_BACK, detail), None
    )


def undo(who: str) -> str | None:
    """Takes the last step back, in the ledger too; returns the figure it was about."""
    if not any_left():
        return None
    ledger, step = reports.store(), st.session_state[_STEPS][-1]

    def act() -> None:
        for figure_id, kind, detail in step:
            ledger.decide(figure_id, kind, who, TAKEN_BACK, detail)

    if not _taken(act, None):
        return None
    st.session_state[_STEPS].pop()
    return step[-1][0]


def any_left() -> bool:
    """Whether there is a step to undo."""
    return bool(st.session_state.get(_STEPS))


def failed() -> bool:
    """Whether the last step could not be stored."""
    return st.session_state.get(_FAILED, False)


def _taken(act, back: list | None) -> bool:
    """Acts; keeps the way back of what was stored, all of it or the part before a failure."""
    st.session_state[_FAILED] = False
    try:
        act()
    except Exception:  # busy, full or unreadable: the reviewer is told, the log has the rest
        _LOG.exception("a decision could not be stored")
        st.session_state[_FAILED] = True
    if back:
        st.session_state.setdefault(_STEPS, []).append(back)
    st.session_state["_decided"] = True
    reports.publishing_thread().wake()
    return not st.session_state[_FAILED]
