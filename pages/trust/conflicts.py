"""Conflicts: where claims differ, the gravest first, side by side on a time line."""

from impact.model.language import N_
from pages.parts.explore import chart, conflicts, evidence
from pages.parts.review import notes
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Conflicts")
ORDER = 10
SHOWS = {"conflict": ""}

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
st.markdown(
    words._(
        "Where statements about the same thing give different numbers. None is added, averaged or "
        "dropped: one leads by the published rule, the others stand beside it."
    )
)
if not reader.count():
    chart.unpublished()
    address.stop()

found, rule = conflicts.found()
if found:
    conflict = conflicts.listing(found)
    conflicts.side_by_side(conflict)
    with st.expander(words._("Something wrong?")):
        notes.section(conflict)
else:
    chart.nothing(
        words._("No difference of these kinds is known here."),
        words._("Take away a filter, choose another kind or a longer period."),
    )
evidence.render(rule)
