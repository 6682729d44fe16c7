"""Conflicts: where claims differ, the gravest first, side by side on a time line."""

import streamlit as st

from pages.parts import address, contested, drawn, evidence, filters, notes, session

words, reader = session.words(), session.reader()

st.title(words._("Conflicts"))
st.markdown(
    words._(
        "Where statements about the same thing give different numbers. None is added, averaged or "
        "dropped: one leads by the published rule, the others stand beside it."
    )
)
if not reader.count():
    drawn.unpublished()
    address.stop()

rule = filters.rule()
found = contested.found(rule)
if found:
    conflict = contested.listing(found)
    contested.side_by_side(conflict)
    notes.section(conflict)
else:
    drawn.nothing(
        words._("No statements differ here."),
        words._("Take away a filter, choose another kind or a longer period."),
    )
evidence.render(rule)
