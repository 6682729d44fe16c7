"""Casualties: killed and injured by month, day, event and city, and how one toll moved."""

from impact import queries
from impact.model.language import N_
from impact.model.places import inside
from impact.queries import summary
from pages.parts.explore import chart, evidence, filters, lead, tolls
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

first_lines = lead.room()
with filters.line():
    area = filters.choose_place(TOLLS, default="UA")
    period = filters.choose_period(TOLLS)
    with filters.more():
        people = filters.choose_people()
        rule = filters.choose_rule()
with first_lines:
    about = [(each, area) for each in TOLLS]
    several = summary.cards(reader, about, period, people=people, rule=rule)
    lead.tolls(several, area, period, people)

tolls.render(several, area, period, people, rule)
evidence.held_back(TOLLS, [area.pcode, *(each.pcode for each in inside(area))], period)
evidence.render(rule)
