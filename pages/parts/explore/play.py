"""Play and Pause: one day of a page after the other, as the reader's browser asks (play.js).

The day stands in the address once it is paused: a press on Back goes to where the playing began and
not through every day.
"""

from collections.abc import Sequence
from datetime import date
from functools import partial

from pages.parts.shell import address, script, session
from pages.parts.shell import screen as st

_KEY, _PLAYING = "play", "_playing"


def button(days: Sequence[date], day: date) -> None:
    """The button, for a page that shows one day of several. It stands where the page is drawn: the
    next day is asked for some time after that."""
    words = session.words()
    pressed = script.component(__file__)(
        key=_KEY,
        data={
            "at": days.index(day),
            "count": len(days),
            "words": {
                "play": words._("Play"),
                "pause": words._("Pause"),
                "next": words._("Next day"),
            },
        },
        on_step_change=partial(_step, days),
        on_paused_change=lambda: None,
    )
    # A day asked for just before the pause is the one that it stays on.
    if st.session_state.pop(_PLAYING, False) and not pressed.paused:
        address.hold_back("day")


def _step(days: Sequence[date]) -> None:
    """A callback: the run that follows shows the day."""
    if asked := st.session_state[_KEY].step:
        to = min(int(asked["to"]), len(days) - 1)
        address.put("day", days[to])
        st.session_state[_PLAYING] = bool(asked["playing"]) and to < len(days) - 1
