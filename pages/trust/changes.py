"""What changed: the numbers that are new, revised, corrected or withdrawn since a reader's date."""

from impact.model.language import N_
from impact.queries import changes
from impact.queries.conflicts import COUNTED
from pages.parts.explore import changed, chart, filters
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("What changed")
ORDER = 35

words = session.words()

st.title(words._(TITLE))
usual = changes.usual(session.reader())
if usual is None:
    chart.unpublished()
    address.stop()

with filters.line():
    since = address.choose_day(words._("Since"), key="since", default=usual)
    pcodes = filters.choose_anywhere(COUNTED)
    period = filters.choose_period_or_any()
    with filters.more():
        rule = filters.choose_rule()
changed.render(since, pcodes, period, rule)
