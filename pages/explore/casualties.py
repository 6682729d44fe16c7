"""Casualties: killed and injured by month, day, event and city, and how one toll moved."""

from impact import queries
from impact.model.language import N_
from impact.model.places import inside
from pages.parts.explore import chart, evidence, filters, tolls
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Casualties")
ORDER = 40
SHOWS = {"indicator": "killed", "kind": "days"}

TOLLS = ("killed", "injured")
words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not queries.places_with(reader, TOLLS):
    chart.unpublished()
    address.stop()

with st.container(horizontal=True):
    area = filters.choose_place(TOLLS, default="UA")
    period = filters.choose_period(TOLLS)
    rule = filters.choose_rule()
people = filters.choose_people()

tolls.render(area, period, people, rule)
evidence.held_back(TOLLS, [area.pcode, *(each.pcode for each in inside(area))], period)
evidence.render(rule)
