"""Brief: one area and one day or week on two printed pages, to be sent and handed out."""

from impact import queries
from impact.model.indicators import IMPACTS
from impact.model.language import N_
from pages.parts.explore import chart
from pages.parts.publish import briefing
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Brief")
ORDER = 20

words = session.words()

st.title(words._(TITLE))
if not queries.places_with(session.reader(), IMPACTS):
    chart.unpublished()
    address.stop()

choices, result = st.columns([3, 8], gap="medium")
with choices, st.container(key="choices"):
    asked = briefing.choose()
with result:
    briefing.offer(asked)
