"""Overview: what is known of a period in one area: cards, the winter at a glance, how old it is."""

from impact import charts, queries
from impact.model import periods
from impact.model.language import N_
from impact.model.places import PLACES
from impact.queries import summary
from impact.views import View
from impact.wording import captions, titles
from impact.wording.captions import Caption
from pages.parts.explore import cards, chart, evidence, filters, map
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

TITLE = N_("Overview")
ORDER = 10

words, reader = session.words(), session.reader()
extent = queries.extent(reader)

st.title(words._("What strikes on cities and energy do to people"))
if extent.last is None:
    chart.unpublished()
    address.stop()

st.markdown(
    words._(
        "Figures run from {first} to {last}; the latest became known on {known}.",
        first=words.day(extent.first),
        last=words.day(extent.last),
        known=words.time(extent.known_at),
    )
)
with st.container(horizontal=True):
    area = filters.choose_place(summary.CARDS, default="UA")
    period = filters.choose_period(summary.CARDS)
    rule = filters.choose_rule()

cards.row([summary.card(reader, each, area, period, rule=rule) for each in summary.CARDS])

# What stands in the winter's chart day by day; launches are those of all Ukraine.
WINTER = {
    **dict.fromkeys(("drones_launched", "missiles_launched"), "UA"),
    **dict.fromkeys(("killed", "injured"), area.pcode),
}
winter = periods.winter_of(period)
attacks = queries.attacks(reader, *winter, rule)
tolls = queries.tolls_by_day(reader, area, *winter, rule=rule)
panels = [
    charts.launches_panel(attacks, words, session.theme()),
    charts.toll_panel(tolls, words, session.theme()),
]
beside = [queries.behind(reader, attacks)]
for indicator in ("power_outage", "heating_loss"):
    cut_off = queries.spread(reader, indicator, *winter, rule)
    cut_off["names"] = [
        ", ".join(PLACES[pcode].name(words.language) for pcode in pcodes)
        for pcodes in cut_off["pcodes"]
    ]
    panels.append(charts.spread_panel(cut_off, indicator, words, session.theme()))
    beside.append(queries.figures(reader, queries.ids(cut_off)))
title = words._(
    "The winter at a glance: {place}, {period}",
    place=area.name(words.language),
    period=words.period(*winter),
)
behind = queries.figures(reader, queries.ids(tolls))
held = captions.not_added(queries.not_added(reader, area, *winter), area, words)
caption = Caption(
    title,
    titles.subtitle(
        "",
        [area.pcode],
        winter,
        words,
        how=words._("launches and cut-off places: all Ukraine; sums are at least"),
    ),
    captions.foot(
        behind,
        words,
        extent.built_at,
        notes=(held,) if held else (),
        beside=captions.together(beside),
    ),
    captions.describe(behind, words, title, tolls),
)
picture = charts.stack(panels, caption, winter, words, session.theme(), session.sheet())
together = captions.together([behind, *beside])
views = [
    View(
        indicator=each,
        places=(pcode,),
        first=winter[0],
        last=winter[1],
        rule=rule,
        language=words.language,
    )
    for each, pcode in WINTER.items()
    if each in set(together["indicator"])
]
chart.chart("winter", picture, caption, together, views)

days, fullest = queries.days_with(reader, "power_outage", *period, rule)
if days:
    status = queries.statuses_on(reader, "power_outage", fullest, rule)[0]
    unit = queries.units_on(reader, "power_outage", fullest, status, rule)[0]
    map.draw("power_outage", fullest, status, unit, rule)
evidence.render(rule)
