"""City: attacks, power, heating, water, casualties and temperature on one time axis."""

from impact import queries
from impact.model.language import N_
from impact.queries import nights, summary
from impact.views import KINDS, View
from impact.wording import attack_captions, headlines
from pages.parts.explore import chart, evidence, filters, lead, to_nights
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("City")
ORDER = 50
SHOWS = {"indicator": "killed", "kind": "city"}

SHOWN = KINDS["city"].TOGETHER
words, reader = session.words(), session.reader()

st.title(words._(TITLE))
if not queries.places_with(reader, SHOWN):
    chart.unpublished()
    address.stop()

first_lines = lead.room()
with filters.line():
    place = filters.choose_place(SHOWN, levels=("city",))
    period = filters.choose_period(SHOWN, [place.pcode])
    with filters.more():
        rule = filters.choose_rule()
about = [(each, place) for each in summary.CARDS]
several = summary.cards(reader, about, period, rule=rule)
with first_lines:
    said = headlines.sentences(0, several, words, lead.link, lead.to_page)
    lead.say([headlines.about(place, period, words), *said])
    to_nights.last_in(place, period, rule)

view = View(
    indicator=SHOWN[0],
    kind="city",
    places=(place.pcode,),
    first=period[0],
    last=period[1],
    rule=rule,
    language=words.language,
)
picture = chart.draw(view)
if picture.shown.empty:
    message = words._("Nobody reported a figure for this place and period.")
    chart.unreported(message, SHOWN, [place.pcode], period)
else:
    chart.show(picture)
    chart.how_to_read()
after = nights.recoveries(reader, place.pcode, *period, rule)
if len(after):
    st.header(words._("After each attack"), anchor=False)
    st.caption(attack_captions.how_followed(after, words))
    st.html(attack_captions.recoveries(after, words))
evidence.render(rule)
