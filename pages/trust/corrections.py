"""Corrections: every published figure that was changed or withdrawn, by whom and why."""

from impact.model.language import N_
from impact.queries import corrections, readings
from pages.parts.explore import chart
from pages.parts.review import seconding
from pages.parts.shell import screen as st
from pages.parts.shell import session

TITLE = N_("Corrections")
ORDER = 40

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
st.markdown(
    words._(
        "Nothing that was published is overwritten: what was said before, who changed it and why "
        "stays here."
    )
)
if len(waiting := seconding.waiting()):
    st.header(words._("Waits for a second person"), anchor=False)
    chart.listing(corrections.waiting(waiting, words), "waiting")
    seconding.decide(waiting)
    st.header(words._("The log"), anchor=False)
rows = corrections.log(reader)
if rows.empty:
    chart.nothing(words._("No published figure has been corrected or withdrawn."))
else:
    chart.listing(corrections.table(rows, words), "corrections")

if len(amended := readings.readings(reader)):
    st.header(words._("How rows of the shipped tables are read"), anchor=False)
    st.markdown(
        words.plural(
            "Where a row of the shipped tables needs a reading of ours, the row stays as it is and "
            "the reading stands beside it with its reason: {count} reading.",
            "Where a row of the shipped tables needs a reading of ours, the row stays as it is and "
            "the reading stands beside it with its reason: {count} readings.",
            len(amended),
        )
    )
    if words.language != readings.LANGUAGE:
        st.caption(
            words._("The reasons are in English, as whoever compiled the tables wrote them.")
        )
    chart.listing(readings.table(amended, words), "readings")
