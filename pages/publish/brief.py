"""Brief: one area and one day or week on two printed pages, to be sent and handed out."""

import streamlit as st

from impact import queries
from impact.indicators import IMPACTS
from pages.parts import address, briefing, drawn, session

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
