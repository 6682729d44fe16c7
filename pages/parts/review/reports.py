"""What the pages of the Reports group share: the ledger, the person, the list of what was read."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from etl.reports.intake import Intake, intake
from etl.reports.opening import refusals
from etl.reports.text import unread
from impact.access import people, register, rules
from impact.access.actions import Action
from impact.access.person import Person
from impact.model import dates
from impact.model.language import N_, Words
from impact.model.rows import Row, records
from impact.store import inbox, ledger, looks, rereading, reviewers
from impact.store.inbox import Upload
from impact.store.ledger import Ledger
from impact.store.rereading import Said
from pages.parts.review import remembered
from pages.parts.review.publishing import Publisher, publisher
from pages.parts.shell import access, address, session, signing
from pages.parts.shell import screen as st

REVIEW = "pages/reports/review.py"
UPLOAD = "pages/reports/upload.py"
_NAME = "reviewer"
# Somebody of whom nothing is known.
NOBODY = Person("")


def store() -> Ledger:
    """The ledger of the store that the environment names."""
    return Ledger(ledger.store_folder())


def writing(who: Person, action: Action) -> Ledger:
    """The same ledger, to store what a person brings or decides.

    Raises access.Closed where they may not, or are not the one who asks.
    """
    access.require(who, action)
    return store()


def closed(action: Action) -> bool:
    """Whether whoever asks cannot do something here. If so, it also says why."""
    reason = access.closed(action)
    if reason:
        st.info(session.words()._(reason))
        signing.offer()
    return bool(reason)


def shown_unreviewed() -> bool:
    """Whether whoever asks may see reports that nobody has reviewed: who brings or reviews them.

    If not, it also says so.
    """
    if access.may(access.present(), rules.ACTION, Action.RECEIVE):
        return True
    told = N_("Reports that nobody has reviewed are shown to those who may bring or review them.")
    st.info(session.words()._(told))
    return False


def reading_thread() -> Intake:
    """The thread that reads the store's uploads."""
    return intake(str(ledger.store_folder()))


def publishing_thread() -> Publisher:
    """The thread that publishes the store's decisions."""
    return publisher(str(ledger.store_folder()))


def resume() -> None:
    """Goes on in the background with what a stop or a crash cut short.

    What was received is read, and what was decided is published, here and on other machines.
    """
    store().engine.following()
    reading_thread()
    publishing_thread()


def person() -> Person:
    """Who brings and decides: whoever has signed in; else it asks.

    A name that is typed is remembered on their computer. It is kept with every decision.
    """
    if access.signing_in():
        return who()
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
    return who()


def _forget() -> None:
    st.session_state[_NAME] = ""
    remembered.keep("")


def person_beside(key: str) -> Person:
    """Asks for the same name in a form, on a page that may ask for it elsewhere already."""
    if access.signing_in():
        return who()
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
    return who()


def _take_name(own: str) -> None:
    st.session_state[_NAME] = st.session_state[own]
    remembered.keep(name())


def name() -> str:
    """The name that is typed, as it stands: as written on this visit, else as remembered."""
    if _NAME not in st.session_state:
        st.session_state[_NAME] = remembered.name()
    return " ".join((st.session_state.get(_NAME) or "").split())


def who() -> Person:
    """The person who asks; without a name where nobody has signed in or written one."""
    if access.signing_in():
        return access.present() or NOBODY
    return Person(name())


def named() -> tuple[str, ...]:
    """Who may accept figures, where somebody says so; an unreadable list stops the page.

    Where people sign in it is the accounts whose role allows it, and two of them are needed, be it
    that there is one.
    """
    words = session.words()
    if access.signing_in():
        try:
            deciding = [each for each in people.everybody(store().folder) if _decides(each)]
        except register.Away:  # nobody decides meanwhile (access.closed)
            deciding = []
        return tuple(each.name for each in deciding) or (NOBODY.name,)
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


def _decides(person: Person) -> bool:
    return rules.allowed(person.role, rules.ACTION, Action.ACCEPT)


def may_not(who: Person, named: Sequence[str]) -> str:
    """Why a person cannot decide: they may not here, have no name, or are not on the list."""
    words = session.words()
    if reason := access.closed(Action.ACCEPT):
        return words._(reason)
    if who.name:
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
