"""Overview: what a winter did to one area: in words, night by night, by number, on the map."""

from impact import queries
from impact.model import periods
from impact.model.indicators import OUTAGES, TOLLS
from impact.model.language import N_
from impact.model.places import UKRAINE
from impact.queries import coverage, nights, summary
from impact.wording import headlines
from pages.parts.explore import attacks, cards, chart, evidence, filters, lead, newest, stale
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Overview")
ORDER = 10
SHOWS = {"indicator": "killed", "kind": "winter"}

words, reader = session.words(), session.reader()
extent = queries.extent(reader)
if extent.last is None:
    st.title(words._("What strikes on cities and energy do to people"))
    chart.unpublished()
    address.stop()

first_lines = lead.room()
with filters.line():
    area = filters.choose_place(summary.CARDS, default=UKRAINE.pcode)
    period = filters.choose_period(summary.CARDS)
    with filters.more():
        rule = filters.choose_rule()
about = [(each, area) for each in summary.CARDS]
several = summary.cards(reader, about, period, rule=rule)
struck = nights.count(reader, *period, rule) if area == UKRAINE else 0
reported = coverage.reported(reader, [*TOLLS, *OUTAGES], area, period, rule)
with first_lines:
    st.title(headlines.title(area, period, several, words))
    lead.say(headlines.sentences(struck, several, words, lead.link, lead.to_page))
    st.caption(headlines.covered(reported, words))

first, last = periods.winter_of(period)
attacks.winter(area.pcode, first, last, rule)
attacks.worst(first, last, rule)
cards.row(several)
if day := queries.worst_day(reader, "power_outage", area.pcode, period, rule=rule):
    attacks.mapped("power_outage", day, rule)
newest.render(area, rule)
stale.announce(summary.CARDS, period)
evidence.render(rule)
