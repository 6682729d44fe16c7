"""Corrections: every published figure that was changed or withdrawn, by whom and why."""

from impact.model.language import N_
from impact.queries import corrections
from pages.parts.explore import chart
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
rows = corrections.log(reader)
if rows.empty:
    chart.nothing(words._("No published figure has been corrected or withdrawn."))
else:
    chart.listing(corrections.table(rows, words), "corrections")
