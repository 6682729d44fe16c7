"""Attacks: the list of all nights, and what one did: where, to whom, who said so, what followed."""

from impact.model import periods
from impact.model.language import N_
from impact.model.places import UKRAINE
from impact.queries import nights
from impact.wording import attack_captions
from pages.parts.explore import attacks, chart, evidence, filters
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Attacks")
ORDER = 15
SHOWS = {"indicator": "power_outage", "kind": "map", "day": ""}

words, reader = session.words(), session.reader()
rule = filters.rule()
attacked = nights.every(reader, rule)

if attacked.empty:
    st.title(words._(TITLE))
    chart.unpublished()
    address.stop()

heading = st.container()
with filters.line():
    day = attacks.choose([each.date() for each in attacked["day"]])
    night = nights.night(reader, day, rule) if day else None
    if night:
        attacks.neighbours(night)
with heading:
    st.title(attack_captions.title(night.day, words) if night else words._(TITLE))
if night is None:
    latest = attacked["day"].max().date()
    season = periods.winter_of((latest, latest))
    attacks.worst(*season, rule)
    st.header(words._("Every attack"), anchor=False)
    attacks.listing(attacked)
    st.page_link(
        "pages/explore/city.py",
        label=words._("The last attack on one city: on the page City"),
        query_params=session.along(),
    )
    attacks.winter(UKRAINE.pcode, *season, rule)
else:
    attacks.told(night, rule)
evidence.render(rule, about=day.isoformat() if day else "")
