"""What the pages of the Reports group share: the ledger, the person, the list of what was read."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.reports.intake import Intake, intake
from etl.reports.opening import refusals
from etl.reports.text import unread
from impact.model import dates
from impact.model.language import Words
from impact.model.rows import Row, records
from impact.store import inbox, ledger, looks, rereading, reviewers
from impact.store.inbox import Upload
from impact.store.ledger import Ledger
from impact.store.rereading import Said
from pages.parts.review import remembered
from pages.parts.review.publishing import Publisher, publisher
from pages.parts.shell import access, address, session
from pages.parts.shell import screen as st

REVIEW = "pages/reports/review.py"
UPLOAD = "pages/reports/upload.py"
_NAME = "reviewer"


def store() -> Ledger:
    """The ledger of the store that the environment names."""
    return Ledger(ledger.store_folder())


def writing() -> Ledger:
    """The same ledger, to store what a person brings or decides.

    Raises access.Closed where nobody may.
    """
    access.require_open()
    return store()


def closed() -> bool:
    """Whether nothing can be brought or decided here. If so, it also says why."""
    reason = access.closed()
    if reason:
        st.info(session.words()._(reason))
    return bool(reason)


def reading_thread() -> Intake:
    """The thread that reads the store's uploads."""
    return intake(str(ledger.store_folder()))


def publishing_thread() -> Publisher:
    """The thread that publishes the store's decisions."""
    return publisher(str(ledger.store_folder()))


def resume() -> None:
    """Goes on in the background with what a stop or a crash cut short.

    What was received is read, and what was decided is published.
    """
    reading_thread()
    publishing_thread()


def person() -> str:
    """Asks who brings and decides.

    The name is remembered on their computer and kept with every decision.
    """
    words = session.words()
    name()
    st.text_input(
        words._("Your name"),
        key=_NAME,
        max_chars=remembered.LONGEST,
        persist_state="session",
        help=words._(
            "Kept in the ledger beside what you bring and decide. Remembered on this computer for "
            "the next visit."
        ),
        on_change=lambda: remembered.keep(name()),
    )
    if name():
        forget = words._("Forget my name on this computer")
        st.button(forget, key="forget-name", type="tertiary", on_click=_forget)
    remembered.draw()
    return name()


def _forget() -> None:
    st.session_state[_NAME] = ""
    remembered.keep("")


def person_beside(key: str) -> str:
    """Asks for the same name in a form, on a page that may ask for it elsewhere already."""
    words, own = session.words(), f"{_NAME}-{key}"
    st.text_input(
        words._("Your name"),
        value=name(),
        key=own,
        max_chars=80,
        on_change=_take_name,
        args=(own,),
        help=words._(
            "Kept in the ledger beside what you bring and decide. Remembered on this computer for "
            "the next visit."
        ),
    )
    return name()


def _take_name(own: str) -> None:
    st.session_state[_NAME] = st.session_state[own]
    remembered.keep(name())


def name() -> str:
    """The person's name as it stands: as written on this visit, else as remembered."""
    if _NAME not in st.session_state:
        st.session_state[_NAME] = remembered.name()
    return " ".join((st.session_state.get(_NAME) or "").split())


def named() -> tuple[str, ...]:
    """Who may accept figures, where the store names them; an unreadable list stops the page."""
    words = session.words()
    try:
        return reviewers.reviewers(store().folder)
    except reviewers.PeopleUnreadable as error:
        st.error(
            words._(
                "The list of reviewers cannot be used ({error}). Nobody can decide until it is "
                "mended.",
                error=str(error),
            )
        )
        address.stop()


def may_not(who: str, named: Sequence[str]) -> str:
    """Why a person cannot decide: nobody can here, there is no name, or it is not on the list."""
    words = session.words()
    if reason := access.closed():
        return words._(reason)
    if who:
        return words._("Only these persons decide here: {names}.", names=", ".join(named))
    return words._("Write your name above to decide: it is kept beside every decision.")


def follow(key: str) -> None:
    """Replaces a report's former reading, in the address and in the choice, by its present one."""
    moved = rereading.successors(store())
    if st.query_params.get(key) in moved:
        st.query_params[key] = moved[st.query_params[key]]
    chosen = f"choose_{key}"
    if st.session_state.get(chosen) in moved:
        st.session_state[chosen] = moved[st.session_state[chosen]]


def parts() -> pd.DataFrame:
    """Every part of every upload, newest first."""
    return looks.look(store(), inbox.listing)


def in_work() -> bool:
    """Whether something was received, or said of a report, that is not read yet."""
    return bool(looks.look(store(), inbox.unread) or waiting())


def waiting() -> list[tuple[Upload, Said]]:
    """What was said of reports that are not read again yet."""
    return looks.look(store(), rereading.pending)


def reading(document: str) -> dict:
    """What was read from a document besides its figures; it never changes."""
    return _reading(str(ledger.store_folder()), document)


@st.cache_resource(max_entries=100, show_spinner=False)
def _reading(folder: str, document: str) -> dict:
    return inbox.reading(Ledger(Path(folder)), document)


def nothing_read(row: Row) -> str:
    """Why a report gave no figure, and what can be done."""
    words = session.words()
    if unread.is_unread(row["language"]):
        return refusals.nothing(row["language"], words)
    return words._("The reader found no figure in this report. Add those it missed.")


def title(row: Row) -> str:
    """What a report is called: its own title, else the name of its file."""
    return row["title"] or row["part"]


def in_order(read: pd.DataFrame) -> list[str]:
    """Documents to choose from: those that await decisions first, the newest first.

    The order of a visit stays as it began, or the choice would move under the reviewer's hands.
    """
    waiting = read["figures"] > read["decided"]
    now = [*read.index[waiting], *read.index[~waiting]]
    kept = [each for each in st.session_state.get("_documents", ()) if each in set(now)]
    order = [*kept, *(each for each in now if each not in set(kept))]
    st.session_state["_documents"] = order
    return order


def names(read: pd.DataFrame) -> dict[str, str]:
    """What each report is called in the list to choose from.

    No name stands there twice, and names do not change with decisions, because a choice is kept by
    its words.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for document, row in zip(map(str, read.index), records(read), strict=True):
        received = dates.to_kyiv(row["received_at"])
        name, count = f"{title(row)} · {received:%Y-%m-%d %H:%M}", 1
        while name in taken:
            count += 1
            name = f"{title(row)} · {received:%Y-%m-%d %H:%M} ({count})"
        taken.add(name)
        found[document] = name
    return found


def about(row: Row, words: Words) -> list[str]:
    """What is known of a file: its name, when it came and from whom."""
    received = words._(
        "received on {time} from {who}", time=words.time(row["received_at"]), who=row["who"]
    )
    return [f"{row['part']} · {received}"]
