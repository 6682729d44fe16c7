"""The list of the page What changed, and the feeds that tell of it."""

from collections.abc import Hashable, Sequence
from datetime import date, datetime
from urllib.parse import urlencode

from impact.queries import changes
from impact.queries.changes import Change
from impact.store import as_of
from impact.store.faults import StoreFault
from impact.store.ledger import store_folder
from impact.store.reader import Reader
from impact.wording import change_captions
from pages.parts.explore import chart
from pages.parts.shell import screen as st
from pages.parts.shell import session

# The feeds, and what each tells of; see pages/api.
FEEDS = ("/feed.xml", "/corrections.xml")


def render(since: date, pcodes: Sequence[str], period: tuple[date, date] | None, rule: str) -> None:
    """What changed since the beginning of a day, in places or everywhere, with its feeds.

    period  the days that the numbers are about; None for any
    """
    words = session.words()
    found, recorded = _found(since, pcodes, rule)
    if found is None:
        chart.nothing(words._("The past cannot be shown while this store lacks something."))
        return
    if not recorded:
        st.caption(
            words._(
                "This dashboard's own records begin later: numbers are compared with what had been "
                "published by that day."
            )
        )
    shown = [change for change in found if period is None or change.within(*period)]
    if shown:
        st.markdown(change_captions.counted(shown, words, since))
        chart.listing(change_captions.table(shown, words), "changes")
    else:
        chart.nothing(words._("No number changed since {day}.", day=words.day(since)))
    if aside := len(found) - len(shown):
        st.caption(
            words.plural(
                "{count} change about other days is not shown: choose another period.",
                "{count} changes about other days are not shown: choose another period.",
                aside,
            )
        )
    _feeds(pcodes)


def _found(since: date, pcodes: Sequence[str], rule: str) -> tuple[list[Change] | None, bool]:
    """The changes, and whether the store's own records go back so far; None where it has lost
    them."""
    words, at = session.words(), changes.moment(since)
    try:
        with st.spinner(words._("Going back to {time} …", time=words.time(at)), show_time=False):
            past = as_of.known_at(store_folder(), at)
    except StoreFault:
        return None, False
    reader = session.reader()
    found = _between(past.reader.edition, reader.edition, past.reader, reader, at, pcodes, rule)
    return found, past.recorded


@st.cache_resource(max_entries=16, show_spinner=False)
def _between(
    past: Hashable,
    current: Hashable,
    _past: Reader,
    _current: Reader,
    at: datetime,
    pcodes: Sequence[str],
    rule: str,
) -> list[Change]:
    """The changes, kept while both snapshots stand. Whoever asks gets the same: read them only."""
    return changes.between(_past, _current, at, pcodes, rule)


def _feeds(pcodes: Sequence[str]) -> None:
    """The addresses of the feeds, for these places and in the reader's language."""
    words = session.words()
    asked = urlencode([*(("places", code) for code in pcodes), ("lang", words.language)])
    newest, corrected = (f"{session.base()}{path}?{asked}" for path in FEEDS)
    st.caption(words._("As Atom feeds, for a feed reader: new reports, and corrections."))
    st.code(f"{newest}\n{corrected}", language=None, wrap_lines=True)
