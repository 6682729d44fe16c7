"""Map: oblasts and cities on one day, played day by day, or over a whole period."""

from dataclasses import replace

from impact import queries
from impact.model.language import N_
from impact.model.places import PLACES
from impact.queries import mapped
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
    kind = filters.choose_map(indicator)
    player = st.container(width="content")
    more = filters.more()
with more:
    rule = filters.choose_rule()
days, opening = mapped.opening_day(reader, indicator, period, rule)
if opening is None:
    message = words._("Nobody reported a figure in this period.")
    chart.unreported(message, [indicator], None, period)
    address.stop()

view = View(
    indicator=indicator,
    kind=kind,
    first=period[0],
    last=period[1],
    rule=rule,
    language=words.language,
)
if kind == filters.DAY_MAP:
    with filtered:
        day = filters.choose_day(days, opening)
    with more:
        status = filters.choose_status(indicator, day, rule)
        unit = filters.choose_unit_of(queries.units_on(reader, indicator, day, status, rule))
    view = replace(view, first=day, last=day, status=status, unit=unit)
elif kind == filters.WORST_MAP:
    with more:
        view = replace(view, unit=filters.choose_unit(indicator, list(PLACES), period))
picture = chart.draw(view)
chart.show(picture)
if kind == filters.DAY_MAP and len(days) > 1:
    with player:
        play.button(days, day)
elif kind != filters.DAY_MAP:
    chart.how_to_read(picture.caption.reading)
evidence.render(rule)
