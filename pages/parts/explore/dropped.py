"""A field for a PNG that was saved here: what it shows is read from its metadata, by the reader's
own browser.

The picture is not sent, no pixel of it is decoded, and no more than its first bytes are read
(dropped.js): a file of whoever made it is none of ours. What comes is a text, read like any other.
"""

from pages.parts.shell import address, script, session
from pages.parts.shell import screen as st

_KEY = "dropped"


def field() -> None:
    """The field; what it finds becomes what is checked."""
    words = session.words()
    script.component(__file__)(
        key=_KEY,
        data={
            "label": words._("Or choose a PNG that was saved here, or drop it on the button"),
            "button": words._("Choose a PNG"),
            "private": words._("It stays on your device: only what it says of itself is read."),
            "foreign": words._(
                "This PNG does not say what it shows. It was not saved here, or was saved anew by "
                "a messenger or another program. Paste the id in its foot instead."
            ),
            "other": words._("This is no PNG. Paste the id in the foot of the picture instead."),
        },
        on_found_change=_take,
    )


def _take() -> None:
    """A callback: the run that follows checks what was found."""
    if found := st.session_state[_KEY].found:
        address.put("check", str(found))
