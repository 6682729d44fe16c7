"""Hours without: person-hours without power and heat, by place and month, always as a range."""

from impact.model import dates
from impact.model.language import N_
from impact.model.rows import record, records
from impact.queries import person_hours
from impact.views import View
from impact.wording import markup
from impact.wording import person_hours as told
from pages.parts.explore import chart, evidence, filters, lead
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Hours without")
ORDER = 65

words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not reader.count():
    chart.unpublished()
    address.stop()
known = person_hours.places(reader)
if not known:
    chart.nothing(words._("No place was counted twice within 48 hours."))
    address.stop()

first_lines = lead.room()
with filters.line():
    place = filters.choose_one_of(known)
rows = person_hours.months(reader, place.pcode)
worst = rows.sort_values("high", ascending=False)
said = [told.sentence(row, place.name(words.language), words) for row in records(worst.head(2))]
with first_lines:
    lead.say([markup.plain(each) for each in said])
st.html(told.shown(rows, words))
chart.download(told.table(rows, words), "person-hours")
with st.expander(words._("How it is worked out")):
    st.markdown(markup.bullets(words._(line) for line in told.METHOD))

most = record(worst)
first, last = dates.span(f"{most['month']:%Y-%m}")
view = View(
    indicator=most["indicator"],
    kind="bars",
    places=(place.pcode,),
    first=first,
    last=last,
    rule=filters.rule(),
    language=words.language,
)
chart.show(chart.draw(view))
chart.how_to_read()
evidence.render(view.rule)
