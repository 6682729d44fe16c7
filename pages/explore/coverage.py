"""Coverage: of which oblast somebody reported in which week, and the silences to act on."""

from impact.model.indicators import OUTAGES
from impact.model.language import N_
from impact.views import View
from pages.parts.explore import chart, evidence, filters, lead, silences
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Coverage")
ORDER = 70
SHOWS = {"indicator": "power_outage", "kind": "coverage"}

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not reader.count():
    chart.unpublished()
    address.stop()

first_lines = lead.room()
with filters.line():
    indicator = filters.choose_indicator(OUTAGES)
    period = filters.choose_period(OUTAGES)
with first_lines:
    silences.told(indicator, period)

view = View(
    indicator=indicator,
    kind="coverage",
    first=period[0],
    last=period[1],
    rule=filters.rule(),
    language=words.language,
)
picture = chart.draw(view)
chart.show(picture)
chart.how_to_read(picture.caption.reading)
silences.listing(indicator, period)
evidence.render(view.rule)
