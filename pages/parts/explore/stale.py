"""One line where sources end before the period that the page shows."""

from collections.abc import Collection
from datetime import date

from impact.model import dates
from impact.model.feeds import feeds
from impact.model.rows import records
from impact.queries.feeds import silent_in
from impact.wording import feeds as told
from pages.parts.shell import screen as st
from pages.parts.shell import session


def today() -> date:
    """The day on which the page is as known, in Kyiv."""
    past = session.past()
    return dates.to_kyiv(past.at if past else dates.now()).date()


def announce(indicators: Collection[str], period: tuple[date, date]) -> None:
    """An alarm while a feed that the period needs has fallen silent lately; a quiet line where all
    of them ended long ago; nothing where none is silent."""
    on = today()
    rows = records(silent_in(session.reader(), indicators, period, on))
    line = told.silences(rows, session.words())
    if any(feeds()[row["source"]].fell_silent_lately(row["newest"], on) for row in rows):
        st.warning(line)
    elif line:
        st.caption(line)
