"""Map: oblasts and cities for one indicator and day, in absolute classes, played day by day."""

from impact import queries
from impact.model.language import N_
from impact.model.places import UKRAINE
from impact.views import View
from pages.parts.explore import chart, evidence, filters, play
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Map")
ORDER = 60
SHOWS = {"indicator": "power_outage", "kind": "map"}

MAPPED = ("power_outage", "heating_loss", "water_outage", "gas_outage", "killed", "injured")
words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not queries.places_with(reader, MAPPED):
    chart.unpublished()
    address.stop()

filtered = filters.line()
with filtered:
    indicator = filters.choose_indicator(MAPPED)
    period = filters.choose_period([indicator], by_day=True)
    more = filters.more()
with more:
    rule = filters.choose_rule()
days, fullest = queries.days_with(reader, indicator, *period, rule)
if not days or fullest is None:
    chart.nothing(
        words._("Nobody reported a figure in this period."), words._("No report is not zero.")
    )
    address.stop()

with filtered:
    player = st.container(width="content")
    worst = queries.worst_day(reader, indicator, UKRAINE.pcode, period, rule=rule)
    day = filters.choose_day(days, worst if worst in days else fullest)
with more:
    status = filters.choose_status(indicator, day, rule)
    unit = filters.choose_unit_of(queries.units_on(reader, indicator, day, status, rule))
view = View(
    indicator=indicator,
    kind="map",
    first=day,
    last=day,
    status=status,
    unit=unit,
    rule=rule,
    language=words.language,
)
chart.show(chart.draw(view))
if len(days) > 1:
    with player:
        play.button(days, day)
evidence.render(rule)
