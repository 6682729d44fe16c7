"""The last line of every page: how old the figures are, how many there are, method and licence."""

from impact import queries
from impact.model import dates
from impact.model.language import Words
from impact.queries import Extent
from impact.store.faults import StoreFault
from impact.store.reader import Reader
from pages.parts.shell import screen as st
from pages.parts.shell import session

# Days by which figures may be ahead: plans and forecasts are told of tomorrow.
_AHEAD = 7
METHOD, SOURCES = "pages/trust/method.py", "pages/trust/sources.py"


def write() -> None:
    """The line below the page; of a store that is damaged or empty the links alone."""
    words = session.words()
    with st.container(key="foot", horizontal=True, vertical_alignment="center", gap="small"):
        if told := _told(words):
            st.caption(told, width="content")
        st.page_link(METHOD, label=words._("Method"), query_params=session.along())
        st.page_link(SOURCES, label=words._("Sources and licences"), query_params=session.along())


def _told(words: Words) -> str:
    """ "Data to 21 March 2026 (253 days ago) · 4,613 figures on attacks and what they did"."""
    reader = session.reader()
    try:
        extent = _extent(reader.snapshot, reader)
    except StoreFault:  # the line above the page says what is wrong
        return ""
    if extent.last is None:
        return ""
    past = session.past()
    today = dates.to_kyiv(past.at if past else dates.now()).date()
    days = (today - extent.last).days
    ago = words.plural("{count} day ago", "{count} days ago", days)
    if days < -_AHEAD:
        ago = words._("this server's clock stands before that day: set it")
    count = words.plural(
        "{count} figure on attacks and what they did",
        "{count} figures on attacks and what they did",
        extent.of_impact,
    )
    last = words._("Data to {day} ({ago})", day=words.day(extent.last), ago=ago)
    return f"{last} · {count}"


@st.cache_resource(max_entries=4, show_spinner=False)
def _extent(snapshot: str, _reader: Reader) -> Extent:
    """Kept until the next publication."""
    return queries.extent(_reader)
