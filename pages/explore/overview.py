"""Overview: what is known of a period in one area: cards, the winter at a glance, how old it is."""

from impact import queries
from impact.model import periods
from impact.model.language import N_
from impact.queries import summary
from pages.parts.explore import attacks, cards, chart, evidence, filters, stale
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Overview")
ORDER = 10
SHOWS = {"indicator": "killed", "kind": "winter"}

words, reader = session.words(), session.reader()
extent = queries.extent(reader)

st.title(words._("What strikes on cities and energy do to people"))
if extent.first is None or extent.last is None or extent.known_at is None:
    chart.unpublished()
    address.stop()

st.markdown(
    words._(
        "Figures run from {first} to {last}; the latest became known on {known}.",
        first=words.day(extent.first),
        last=words.day(extent.last),
        known=words.time(extent.known_at),
    )
)
with st.container(horizontal=True):
    area = filters.choose_place(summary.CARDS, default="UA")
    period = filters.choose_period(summary.CARDS, winter=True)
    rule = filters.choose_rule()

stale.announce(summary.CARDS, period)
cards.row([summary.card(reader, each, area, period, rule=rule) for each in summary.CARDS])

first, last = periods.winter_of(period)
attacks.worst(first, last, rule)
attacks.winter(area.pcode, first, last, rule)
if day := queries.worst_day(reader, "power_outage", area.pcode, period, rule=rule):
    attacks.mapped("power_outage", day, rule)
evidence.render(rule)
