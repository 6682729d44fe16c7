"""The front door: page set-up, language and menu. Served by `streamlit run dashboard.py`.

The file is both the server's application (imported once) and the script of the pages (run anew for
every reader and every choice).
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.middleware import Middleware
from streamlit import App  # under this name `streamlit run` finds the application
from streamlit.runtime.pages_manager import PagesManager

from impact.store.faults import StoreFault
from pages.api import _serving
from pages.parts.review import reports
from pages.parts.shell import (
    access,
    address,
    asof,
    document,
    html_document,
    misread,
    news,
    script,
    session,
    standing,
    theme,
)
from pages.parts.shell import screen as st

# Pages that bring and decide: they have no past to go back to.
PRESENT = ("upload", "review")
# Where the pages of the first group are served, the overview at the root.
EXPLORE = ("", "power", "heating", "casualties", "city", "map")


def run() -> None:
    """One run for one reader: the menu in their language, then the page they asked for."""
    st.set_page_config(page_title="Impact", layout="wide", menu_items={})
    address.arrive()
    with st.sidebar:
        session.choose_language()
        theme.choose()
        asof.choose()
    session.style()
    document.describe(session.words().language)
    page = menu()
    standing.announce()
    misread.above()
    if not may_be_shown(page) or not asof.go_back(present=page.url_path in PRESENT):
        st.title(page.title)
    else:
        try:
            if page.url_path in EXPLORE:
                news.announce()
            page.run()
        except StoreFault as fault:
            standing.say(fault)
    address.leave()


def may_be_shown(page) -> bool:
    """Whether the store is well enough for a page: it is closed or has nothing to show else."""
    return not access.store_at_fault() if page.url_path in PRESENT else standing.readable()


def menu():
    """The pages, grouped as DESIGN.md has them; their order is the menu's."""
    _ = session.words()._
    return st.navigation(
        {
            _("Explore"): [
                st.Page("pages/explore/overview.py", title=_("Overview"), default=True),
                st.Page("pages/explore/power.py", title=_("Power"), url_path="power"),
                st.Page("pages/explore/heating.py", title=_("Heating"), url_path="heating"),
                st.Page(
                    "pages/explore/casualties.py", title=_("Casualties"), url_path="casualties"
                ),
                st.Page("pages/explore/city.py", title=_("City"), url_path="city"),
                st.Page("pages/explore/map.py", title=_("Map"), url_path="map"),
            ],
            _("Publish"): [
                st.Page("pages/publish/figure.py", title=_("Make a figure"), url_path="figure"),
                st.Page("pages/publish/brief.py", title=_("Brief"), url_path="brief"),
            ],
            _("Reports"): [
                st.Page("pages/reports/upload.py", title=_("Upload"), url_path="upload"),
                st.Page("pages/reports/review.py", title=_("Review"), url_path="review"),
            ],
            _("Trust"): [
                st.Page("pages/trust/conflicts.py", title=_("Conflicts"), url_path="conflicts"),
                st.Page("pages/trust/sources.py", title=_("Sources"), url_path="sources"),
                st.Page("pages/trust/data.py", title=_("Data"), url_path="data"),
                st.Page(
                    "pages/trust/corrections.py",
                    title=_("Corrections"),
                    url_path="corrections",
                ),
                st.Page("pages/trust/api.py", title=_("Addresses for machines"), url_path="api"),
            ],
        },
        expanded=True,
    )


@asynccontextmanager
async def serving(_app: App) -> AsyncIterator[None]:
    """While the server runs, what was received is read and what was decided is published, whether
    anybody looks or not."""
    reports.resume()
    yield


if __name__ == "__main__":
    run()
else:
    # Streamlit takes a folder named pages/ for its older kind of menu and, until a first reader
    # has come in by the start page, answers a link to any other page with "Page not found".
    PagesManager.uses_pages_directory = False
    routes = [script.ROUTE, *_serving.routes(), *html_document.ROUTES]
    app = App(__file__, lifespan=serving, routes=routes, middleware=[Middleware(access.Guard)])
