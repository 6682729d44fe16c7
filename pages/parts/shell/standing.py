"""A line on every page while something is wrong with the store."""

from impact.store import condition, ledger
from impact.store.faults import SnapshotFault, StoreFault
from impact.wording import markup
from pages.parts.shell import screen as st
from pages.parts.shell import session


def announce() -> None:
    """The gravest fault of the store, in one line above the page."""
    words = session.words()
    told = sorted((each for each in _faults() if each.on_pages), key=lambda each: not each.closes)
    if told:
        st.warning(markup.commands(told[0].told(words)))


def readable() -> bool:
    """Whether there is something to show.

    A store that never published can be shown: it is empty.
    """
    return session.reader().readable() or not any(
        isinstance(each, SnapshotFault) for each in _faults()
    )


def say(fault: StoreFault) -> None:
    """Says why a page cannot be shown."""
    st.error(markup.commands(fault.told(session.words())))


def wait() -> None:
    """Says that a page waits for the ledger, which another process has held for too long."""
    words = session.words()
    st.warning(words._("The store is being written to, and this page needs it. Nothing is lost."))
    st.button(words._("Try again"))


def _faults() -> list[StoreFault]:
    return condition.watch(str(ledger.store_folder())).faults()
