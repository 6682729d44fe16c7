"""City: attacks, power, heating, water, casualties and temperature on one time axis."""

from impact import charts, queries
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.rules import twins
from impact.views import View
from impact.wording import captions, titles
from impact.wording.captions import Caption
from pages.parts.explore import chart, evidence, filters
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("City")
ORDER = 50

SUPPLIES = ("power_outage", "heating_loss", "water_outage", "gas_outage")
SHOWN = (*SUPPLIES, "killed", "injured", "temperature")
words, reader, theme = session.words(), session.reader(), session.theme()

st.title(words._(TITLE))
if not queries.places_with(reader, SHOWN):
    chart.unpublished()
    address.stop()

with st.container(horizontal=True):
    place = filters.choose_place(SHOWN, levels=("city",))
    period = filters.choose_period(SHOWN, [place.pcode])
    rule = filters.choose_rule()

rows = twins.once(queries.leads(reader, SHOWN, *period, places=[place.pcode], rule=rule))
rivals = queries.rivals(reader, {*rows["claim"], *rows["twin"]}, rule)
attacks = queries.attacks(reader, *period, rule)
panels = [charts.attack_panel(attacks, words, theme)]
drawn_rows = []
for indicator in SUPPLIES:
    for unit, own in queries.by_unit(rows[rows["indicator"] == indicator]):
        heading = (
            f"{INDICATORS[indicator].title[words.language]}, {words._(vocabulary.UNIT_NAMES[unit])}"
        )
        panels.append(
            charts.outage_panel(own, rivals, indicator, words, theme, heading=heading, height=120)
        )
        drawn_rows.append(own)
tolls = queries.tolls_by_day(reader, place, *period, rule=rule)
if len(tolls):
    panels.append(charts.toll_panel(tolls, words, theme, height=110))
    drawn_rows.append(queries.figures(reader, queries.ids(tolls)))
degrees = rows[rows["indicator"] == "temperature"]
norms = queries.norms(reader, place)
if len(degrees) or norms:
    panels.append(charts.temperature_panel(degrees, norms, period, words, theme))
    drawn_rows.append(degrees)

behind, strikes = captions.together(drawn_rows), queries.behind(reader, attacks)
missing = [indicator for indicator in SHOWN if indicator not in set(behind["indicator"])]
if behind.empty:
    chart.nothing(
        words._("Nobody reported a figure for this place and period."),
        words._("No report is not zero."),
    )
else:
    title = words._(
        "{place}, {period}: supply, casualties, temperature",
        place=place.name(words.language),
        period=words.period(*period),
    )
    unsaid = ", ".join(INDICATORS[indicator].title[words.language] for indicator in missing)
    held = queries.not_added(reader, place, *period)
    notes = [captions.not_added(held, place, words)]
    if missing:
        notes.append(words._("No report in this period: {names}.", names=unsaid))
    caption = Caption(
        title,
        titles.subtitle(
            "",
            [place.pcode],
            period,
            words,
            how=words._("one time axis; attack nights are those of all Ukraine"),
        ),
        captions.foot(
            behind,
            words,
            queries.extent(reader).built_at,
            notes=tuple(note for note in notes if note),
            beside=strikes,
        ),
        captions.describe(behind, words, title),
    )
    picture = charts.stack(panels, caption, period, words, theme, session.sheet())
    views = [
        View(
            indicator=indicator,
            places=(place.pcode,),
            first=period[0],
            last=period[1],
            rule=rule,
            language=words.language,
        )
        for indicator in SHOWN
        if indicator not in missing
    ]
    together = captions.together([behind, strikes])
    chart.chart(f"city-{place.pcode}", picture, caption, together, views)
    chart.how_to_read()
evidence.render(rule)
