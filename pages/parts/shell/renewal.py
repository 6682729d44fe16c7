"""An open page runs again by itself once something new is published: nobody has to click to see it.

Only pages that say so do, none while its reader waits for it, and none more often than a reader can
follow. What was chosen stays, as with any run.
"""

import asyncio
import time
from collections.abc import Hashable
from typing import Any

from streamlit import runtime
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import get_script_run_ctx

from impact.store.faults import StoreFault
from pages.parts.shell import session

# Seconds between two looks; between two pages that run again, so that readers who click come first;
# and for which a page stays as it is after it ran again by itself.
LOOK, APART, STAYS = 0.5, 0.05, 5.0

# Visit -> what its open page shows (Reader.edition), for those that show the present.
_SHOWN: dict[str, Hashable] = {}
# Visit -> when its page last ran by itself (time.monotonic).
_RAN: dict[str, float] = {}


def shows() -> None:
    """Notes that the page of this run shows what is published now."""
    if ctx := get_script_run_ctx():
        _SHOWN[ctx.session_id] = session.present().edition


def rests() -> None:
    """Notes that the page of this run stays as it is until its reader does something."""
    if ctx := get_script_run_ctx():
        _SHOWN.pop(ctx.session_id, None)


async def watch() -> None:
    """Has the open pages run again whenever there is something new, for as long as the server
    runs."""
    while True:
        await asyncio.sleep(LOOK)
        try:
            edition = await asyncio.to_thread(lambda: session.present().edition)
        except (StoreFault, OSError):  # the pages say so
            continue
        for each in _behind(edition):
            _RAN[each.id] = time.monotonic()
            # The same call with which Streamlit has pages run whose code has changed.
            each.request_rerun(each._client_state)
            await asyncio.sleep(APART)


def _behind(edition: Hashable) -> list[AppSession]:
    """Open pages that show something older, and nobody waits for."""
    manager: Any = runtime.get_instance()._session_mgr
    open_ = {info.session.id: info.session for info in manager.list_active_sessions()}
    for visits in (_SHOWN, _RAN):
        for ended in visits.keys() - open_.keys():
            visits.pop(ended, None)
    now = time.monotonic()
    return [
        page
        for visit, page in open_.items()
        if _SHOWN.get(visit, edition) != edition
        and now - _RAN.get(visit, now - STAYS) >= STAYS
        and page._state == AppSessionState.APP_NOT_RUNNING
        and page._scriptrunner is None
    ]
