"""Method: what is recorded, how a number gets in, which one leads, the standards of the field."""

from impact.model.language import N_
from impact.wording import markup, method
from pages.parts.shell import screen as st
from pages.parts.shell import session

TITLE = N_("Method")
ORDER = 5

words = session.words()
sections = method.sections(words.language)

st.title(words._(TITLE))
for number, (anchor, part) in enumerate(sections.items()):
    with st.container(key=f"prose-{anchor}"):
        st.header(part.heading, anchor=anchor)
        st.markdown(part.text)
    if number == 0:
        with st.container(key="contents"):
            st.markdown(markup.contents({name: each.heading for name, each in sections.items()}))
