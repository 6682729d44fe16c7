"""Figure: the journalist's desk. A picture of any view, and all that an editor asks for with it."""

from impact import queries
from impact.model.indicators import IMPACTS
from impact.model.language import N_
from impact.views import InvalidView, draw, settling
from pages.parts.explore import chart
from pages.parts.publish import takeaway, viewing
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Make a figure")
ORDER = 10
SHOWS = {"indicator": ""}

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not queries.places_with(reader, IMPACTS):
    chart.unpublished()
    address.stop()

choices, result = st.columns([4, 7], gap="medium")
try:
    with choices, st.container(key="choices"):
        view = viewing.choose()
    with result:
        picture = draw(view, reader)
        if not picture.drawing.latest:
            chart.lead_to_last(settling.latest(picture.view, reader), picture.view.period)
        takeaway.offer(view, picture)
except InvalidView as error:
    with result:
        chart.nothing(viewing.told(error))
