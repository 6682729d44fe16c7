"""What every page shares: its language, its theme and its way to the published snapshot."""

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.runtime.scriptrunner import get_script_run_ctx

from impact import charts
from impact.access import settings as access_settings
from impact.model import language
from impact.model.language import Words
from impact.store import ledger
from impact.store.as_of import Past
from impact.store.reader import Reader
from pages.parts.shell import access, address
from pages.parts.shell import screen as st

STYLE = Path(__file__).with_name("style.css")
_PAST, _WIDE = "_past", "_wide"


def choose_language() -> None:
    """The switch in the menu; `?lang=uk` in the address."""
    address.choose(
        st.segmented_control,
        " · ".join(language.words(code)._("Language") for code in language.languages()),
        list(language.languages()),
        key="lang",
        show=language.own_name,
        required=True,
    )


def visit() -> str:
    """The name of this visit, as its files and messages bear it; empty where none runs."""
    run = get_script_run_ctx(suppress_warning=True)
    return run.session_id if run else ""


def words() -> Words:
    """The words of the language chosen."""
    return language.words(address.value("lang"))


def theme() -> str:
    """ "light" or "dark", as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def sheet() -> charts.Sheet:
    """What the page's charts are drawn on: as wide as the page is in the reader's window.

    Until document.js has told the width, the browser's name decides. A phone's name, or none at
    all, gives the narrowest sheet, any other the widest.
    """
    if _WIDE not in st.session_state:
        calls_itself = st.context.headers.get("User-Agent", "Mobile")
        st.session_state[_WIDE] = 0 if "Mobile" in calls_itself else len(charts.PAGES) - 1
    return charts.PAGES[st.session_state[_WIDE]]


def note_width(number: int) -> None:
    """Keeps which of `charts.PAGES` is the widest that the page has room for."""
    st.session_state[_WIDE] = min(max(number, 0), len(charts.PAGES) - 1)


def reader() -> Reader:
    """The reader of the store that IMPACT_STORE names.

    It reads the present, or the moment of the past that the address names.
    """
    gone_back = past()
    return gone_back.reader if gone_back else present()


def present() -> Reader:
    """The one reader of the store's present that all pages share."""
    return _reader(str(ledger.store_folder()))


def past() -> Past | None:
    """The moment that this page goes back to; None in the present."""
    return st.session_state.get(_PAST)


def go_back_to(moment: Past | None) -> None:
    """Shows what was known at a moment for the rest of this run; None for the present."""
    st.session_state[_PAST] = moment


def along() -> dict[str, str]:
    """What a link to another page takes along from this one: language and as-of moment."""
    return address.along("lang", "asof")


# Every page comes by here, also one that is started as a script of its own.
access.refuse_uploads()


@cache
def _reader(folder: str) -> Reader:
    return Reader(Path(folder))


def base() -> str:
    """Scheme and host of this server: its own address, else as the reader's browser names it."""
    if own := access_settings.current().address:
        return own
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "http://127.0.0.1:8501"


def style() -> None:
    """The few rules that Streamlit's own options do not cover."""
    st.html(STYLE)
