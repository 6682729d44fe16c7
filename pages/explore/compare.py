"""Compare: places by their worst day, as said and as a share; then up to six on one scale."""

from impact import queries
from impact.model.language import N_
from impact.queries import comparing
from pages.parts.explore import chart, comparison, evidence, filters, lead
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Compare")
ORDER = 55
SHOWS = {"indicator": "power_outage", "kind": "multiples", "places": ""}

SHOWN = (*comparing.SUPPLIES, *comparing.TOLLS)
words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not queries.places_with(reader, SHOWN):
    chart.unpublished()
    address.stop()

first_lines = lead.room()
with filters.line():
    level = comparison.choose_level()
    period = filters.choose_period(SHOWN)
    by = comparison.choose_order()
    measure = comparison.choose_measure()
    with filters.more():
        rule = filters.choose_rule()
rows = comparison.places(level, period, by, rule, measure)
with first_lines:
    comparison.most(rows, measure)
comparison.ranking(rows, period, measure)
comparison.side_by_side([each.place.pcode for each in rows], period, rule)
evidence.render(rule)
