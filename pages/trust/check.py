"""Check a picture or number: as it was then, as it is now, what changed, by whom and why."""

from impact.address.parameters import WrongParameter
from impact.model.language import N_
from pages.parts.explore import chart, checked, dropped, evidence, filters
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Check a picture or number")
ORDER = 38

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not reader.count():
    chart.unpublished()
    address.stop()

rule = filters.rule()
text = address.choose_text(
    words._("Id of a figure, or address of a picture"),
    key="check",
    default="",
    placeholder="F-ABCDEFGHIJKL",
)
dropped.field()
if not text.strip():
    chart.nothing(
        words._("Paste the id that stands in the foot of a picture, a link to it or its caption."),
        words._("You see it as it was then and as it is now, and who changed what, and why."),
    )
else:
    try:
        checked.render(text, rule)
    except WrongParameter as wrong:
        st.error(wrong.sentence(words))
evidence.render(rule)
