"""The whole snapshot in one file, to take along: what the page Data offers below a search."""

from urllib.parse import urlencode

from impact.model.language import N_
from impact.wording import markup
from pages.parts.shell import screen as st
from pages.parts.shell import session

# Address (see pages/api) -> what it gives.
FILES = {
    "/api/snapshot.duckdb": N_("One DuckDB file"),
    "/api/snapshot.zip": N_("Parquet files in a ZIP"),
}


def render() -> None:
    """Links to both files, of the moment that the page shows and in its language."""
    words = session.words()
    st.subheader(words._("Everything in one file"), anchor=False)
    st.markdown(
        words._(
            "Every published figure with what was worked out of it: totals by day, worst days, "
            "attacks, recovery, person-hours, coverage. For Python, R and the DuckDB shell."
        )
    )
    query = urlencode(session.along())
    st.markdown(
        markup.bullets(
            markup.link(words._(title), f"{session.base()}{path}?{query}".rstrip("?"))
            for path, title in FILES.items()
        )
    )
