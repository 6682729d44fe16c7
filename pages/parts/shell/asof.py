"""Going back: `?asof=2026-01-12T08:00` shows every page as it was known then, with a banner.

The moment stays in every link and on every page until the reader comes back to now.
"""

from impact.address import declared
from impact.address.parameters import WrongParameter, value
from impact.model import dates
from impact.model.language import Words
from impact.store import as_of
from impact.store.faults import StoreFault
from impact.store.ledger import store_folder
from impact.wording import markup
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

_KEY = "asof"


def choose() -> None:
    """The control in the menu to go to the past. Reads the address and sets what this run shows."""
    words = session.words()
    session.go_back_to(None)
    text = address.hold(_KEY)
    with st.popover(words._("As known at …"), width="stretch"):
        st.caption(words._("Shows every page as it was known at a moment, in Kyiv time."))
        with st.form("asof", border=False):
            st.datetime_input(
                words._("Moment"),
                key="asof-moment",
                value=None,
                max_value=dates.to_kyiv(dates.now()).replace(tzinfo=None),
                format="YYYY-MM-DD",
            )
            st.form_submit_button(words._("Go back"), on_click=_go)
        if text:
            st.button(words._("Back to now"), key="asof-now", on_click=_come_back)


def go_back(*, present: bool) -> bool:
    """Goes to the moment that the address names and says so above the page.

    Returns whether the page can be shown. present: the page works in the present alone (Upload,
    Review, Status) and has no past to show.
    """
    words, text = session.words(), address.hold(_KEY)
    if not text:
        return True
    try:
        at = value(declared.ASOF, text)
    except WrongParameter as wrong:
        instead = words._("You see what is known now.")
        _say(f"{wrong.sentence(words)} {instead}")
        return True
    if at is None:
        return True
    if present:
        _say(words._("This page works in the present: come back to now to use it."))
        return False
    try:
        with st.spinner(words._("Going back to {time} …", time=words.time(at)), show_time=False):
            moment = as_of.known_at(store_folder(), at)
    except StoreFault:  # the line above the page says what is wrong
        _say(words._("The past cannot be shown while this store lacks something."))
        return False
    session.go_back_to(moment)
    _say(_told(moment, words))
    return True


def _told(moment: as_of.Past, words: Words) -> markup.Markdown:
    time = words.time(moment.at)
    if moment.recorded:
        told = words._("**As known at {time}.** You see what this dashboard showed then.")
    else:
        told = words._(
            "**As known at {time}.** Put together from what had been published by then: this "
            "dashboard's own records begin later."
        )
    return markup.ours(told, time=time)


def _say(text: str) -> None:
    words = session.words()
    with st.container(border=True, key="asof-banner", horizontal=True, vertical_alignment="center"):
        st.markdown(text)
        st.button(words._("Back to now"), key="asof-back", on_click=_come_back)


def _go() -> None:
    # Without the field a press is none of this page's.
    if not (chosen := st.session_state.get("asof-moment")):
        return
    # What there was not is told as of any other address.
    there_was = not dates.is_left_out(chosen)
    text = as_of.write(dates.to_utc(chosen)) if there_was else chosen.isoformat(timespec="minutes")
    address.set_held(_KEY, text)


def _come_back() -> None:
    address.set_held(_KEY, "")
