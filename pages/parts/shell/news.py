"""What was published lately: a line on the Explore pages, a word beside figures; never a chart."""

import pandas as pd

from impact.model import copies, dates
from impact.model.language import Words
from impact.model.rows import Row, records
from impact.queries import recent
from impact.store.reader import Reader
from pages.parts.shell import screen as st
from pages.parts.shell import session

DATA = "pages/trust/data.py"
# So many reports have a line of their own.
SHOWN = 3
_SEEN = "_reports_seen"


def announce() -> None:
    """One line for each new report that this visit has not looked at, with a link to its
    figures."""
    words, seen = session.words(), st.session_state.get(_SEEN, set())
    found = _new()
    found = found[~found["document_id"].isin(seen)]
    if found.empty:
        return
    with st.container(key="news", gap=None):
        for row in records(found.head(SHOWN)):
            _line(row, words)
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        st.caption(
            words.plural("{count} more new report came.", "{count} more new reports came.", more)
        )


def _line(row: Row, words: Words) -> None:
    told = [row["title"], row["publisher"]]
    told.append(words.plural("{count} figure", "{count} figures", row["figures"]))
    told.append(words._("here since {time}", time=words.time(row["accepted_at"])))
    report = ", ".join(each for each in told if each)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(words._("New: {report}", report=report), width="content")
        st.page_link(
            DATA,
            label=words._("See them"),
            query_params={"document": row["document_id"]} | session.along(),
        )


def looked_at(document: str) -> None:
    """Notes that this visit has seen a report's figures."""
    st.session_state.setdefault(_SEEN, set()).add(document)


def word(row: Row) -> str:
    """ "new" for a figure of a new report, else nothing."""
    return session.words()._("new") if row["document_id"] in documents() else ""


def flagged(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """A table on screen with the word beside the figures of new reports, where there are any."""
    if "document_id" not in rows or not rows["document_id"].isin(list(documents())).any():
        return table
    told = [word(row) for row in records(rows[["document_id"]])]
    return table.assign(**{session.words()._("New"): told})


def documents() -> set[str]:
    """The documents of new reports."""
    # Asked for beside every figure: where nothing is new, one look at the last report tells it.
    if not recent.any_fresh(_reports(), dates.now()):
        return set()
    return set(_new()["document_id"])


def _new() -> pd.DataFrame:
    return recent.fresh(_reports(), dates.now())


def _reports() -> pd.DataFrame:
    reader = session.reader()
    return _everything(reader.snapshot, reader)


@st.cache_resource(max_entries=4, show_spinner=False)
def _everything(snapshot: str, _reader: Reader) -> pd.DataFrame:
    """Kept until the next publication. Whoever asks gets the same table: read it only."""
    return copies.watched(recent.reports(_reader))
