"""The front door: page set-up, language and menu. Served by `streamlit run dashboard.py`.

The file is both the server's application (imported once) and the script of the pages (run anew for
every reader and every choice).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from streamlit import App  # under this name `streamlit run` finds the application
from streamlit.runtime.pages_manager import PagesManager

from impact.access import settings
from impact.access.settings import SettingsWrong
from impact.sharing.place import PlaceWrong
from impact.store.faults import StoreBusy, StoreFault
from impact.store.ledger import store_folder
from pages.api import _serving
from pages.doors import logs, sign_in, uploads
from pages.doors.guard import Guard
from pages.doors.headers import Headers
from pages.parts.review import reports
from pages.parts.shell import (
    access,
    address,
    ahead,
    answers,
    asof,
    crowd,
    document,
    foot,
    html_document,
    memory,
    menu,
    misread,
    news,
    renewal,
    script,
    session,
    signing,
    sockets,
    standing,
    theme,
    waking,
)
from pages.parts.shell import screen as st

# The group of pages that bring and decide: they have no past to go back to.
PRESENT = "reports"
# The group whose pages tell of new reports.
EXPLORE = "explore"
# The page that tells how the store is: however it is, and as it is now.
STATUS = "status"


def run() -> None:
    """One run for one reader: the menu in their language, then the page they asked for."""
    memory.forget_fields()
    st.set_page_config(layout="wide", menu_items={}, initial_sidebar_state=menu.WIDTH)
    address.arrive(foot.write)
    with st.sidebar:
        session.choose_language()
        theme.choose()
        asof.choose()
        signing.show()
    session.style()
    document.describe(session.words().language)
    page, group = menu.choose()
    memory.keep(page.url_path)
    renewal.rests()
    is_status = page.url_path == STATUS
    if not is_status:  # which says of itself what is wrong
        standing.announce()
    crowd.announce()
    misread.above()
    present = is_status or group == PRESENT
    ran = False
    if refused := access.hidden(page.url_path or menu.entries()[0].name):
        st.title(page.title)
        st.info(session.words()._(refused))
        signing.offer()
    elif not (is_status or may_be_shown(present)) or not asof.go_back(present=present):
        st.title(page.title)
    else:
        try:
            if group == EXPLORE:
                if session.past() is None:
                    renewal.shows()
                news.announce()
            page.run()
            ran = True
        except StoreFault as fault:
            standing.say(fault)
        except StoreBusy:
            standing.wait()
    address.leave(whole=ran)


def may_be_shown(present: bool) -> bool:
    """Whether the store is well enough for a page. A damaged store takes nothing in; a page that
    only shows needs a snapshot that can be read."""
    return not access.store_at_fault() if present else standing.readable()


def refuse_wrong_settings() -> None:
    """Stops a server whose people could not sign in as its settings say, or whose store is where
    none can be."""
    try:
        settings.current()
        store_folder()
    except (SettingsWrong, PlaceWrong) as wrong:
        raise SystemExit(f"impact: {wrong}") from None


@asynccontextmanager
async def serving(_app: App) -> AsyncIterator[None]:
    """While the server runs, what was received is read and what was decided is published, whether
    anybody looks or not. What it answers is sent at once."""
    memory.spare()
    sockets.send_at_once()
    waking.gather(asyncio.get_running_loop())
    answers.keep()
    reports.resume()
    ahead.begin()
    beside = (uploads.sweep(), memory.forget_visits(), renewal.watch())
    tasks = [asyncio.create_task(each) for each in beside]
    yield
    for each in tasks:
        each.cancel()


if __name__ == "__main__":
    run()
else:
    # Streamlit takes a folder named pages/ for its older kind of menu and, until a first reader
    # has come in by the start page, answers a link to any other page with "Page not found".
    PagesManager.uses_pages_directory = False
    refuse_wrong_settings()
    logs.keep_plain()
    logs.tell_decisions()
    routes = [script.ROUTE, *sign_in.ROUTES, *_serving.routes(), *html_document.ROUTES]
    # What a request goes through before Streamlit, from the outside in.
    doors = [Middleware(Headers), Middleware(Guard)]
    app = App(__file__, lifespan=serving, routes=routes, middleware=doors)
