"""Who is silent; silences to act on: weeks in which people were hit and nobody said the rest."""

from datetime import date

import pandas as pd

from impact.model.indicators import INDICATORS
from impact.model.places import PLACES
from impact.model.rows import records
from impact.queries import coverage
from impact.wording import coverage_captions, markup
from pages.parts.explore import chart, lead
from pages.parts.shell import screen as st
from pages.parts.shell import session


def told(indicator: str, period: tuple[date, date]) -> None:
    """Which oblasts are silent, as sentences."""
    words, reader = session.words(), session.reader()
    never = coverage.never(reader, indicator, *period)
    struck = coverage.silences(reader, indicator, *period)
    said = coverage_captions.silent(indicator, never, struck, words)
    lead.say([markup.plain(each) for each in said])


def listing(indicator: str, period: tuple[date, date]) -> None:
    """The list of an indicator's silences, and the same as CSV."""
    words = session.words()
    rows = coverage.silences(session.reader(), indicator, *period)
    st.header(words._("Silences to act on"), anchor=False)
    if rows.empty:
        st.markdown(words._("In every week with people killed or injured somebody said more."))
        return
    st.caption(
        words._(
            "Weeks in which people were killed or injured and nobody said anything of this: "
            "{what}.",
            what=INDICATORS[indicator].title[words.language],
        )
    )
    table = pd.DataFrame(
        {
            words._("Place"): [PLACES[row["area"]].name(words.language) for row in records(rows)],
            words._("Weeks"): rows["count"],
            words._("Weeks from"): [
                ", ".join(words.short_day(week) for week in row["weeks"]) for row in records(rows)
            ],
        }
    )
    st.dataframe(table, hide_index=True, alt=words._("Silences to act on"))
    chart.download(table, f"silences-{indicator}")
