"""Brief: one area and one day or week on two printed pages, to be sent and handed out."""

from impact import queries
from impact.model.indicators import IMPACTS
from pages.parts import address, briefing, drawn, session
from pages.parts import screen as st

words = session.words()

st.title(words._("Brief"))
if not queries.places_with(session.reader(), IMPACTS):
    drawn.unpublished()
    address.stop()

choices, result = st.columns([3, 8], gap="medium")
with choices:
    asked = briefing.choose()
with result:
    briefing.offer(asked)
