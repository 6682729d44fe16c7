"""The parts of the Compare page: its filters, the list of places, and some on one scale."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

import pandas as pd

from impact.charts import spark
from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES
from impact.queries import comparing
from impact.queries.comparing import SUPPLIES, TOLLS, Compared
from impact.store.reader import Reader
from impact.views import View
from impact.wording import comparison, markup
from pages.parts.explore import chart, filters, lead
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

# How many places stand side by side unless a reader chooses.
AT_FIRST = 3
# People killed and injured on one day whose stroke is as high as its row.
HIGHEST = 40
# What stays in the address when a number opens its evidence.
_KEPT = ("level", "sort", "period", "from", "to", "places", "indicator")


def choose_level() -> str:
    """Oblasts or cities."""
    return _choose(session.words()._("Places"), "level", comparison.LEVELS)


def choose_order() -> str:
    """What the list is sorted by."""
    return _choose(session.words()._("Sorted by"), "sort", comparison.SORTS)


def _choose(label: str, key: str, names: Mapping[str, str]) -> str:
    """One of several, by their names."""
    words = session.words()

    def show(name: str) -> str:
        message = names[name]
        return words._(message)

    return address.choose(st.selectbox, label, list(names), key=key, show=show)


def places(level: str, period: tuple[date, date], by: str, rule: str) -> list[Compared]:
    """The places of a level, the worst first."""
    reader = session.reader()
    return _places(reader.snapshot, reader, level, period, by, rule)


@st.cache_resource(max_entries=32, show_spinner=False)
def _places(
    snapshot: str, _reader: Reader, level: str, period: tuple[date, date], by: str, rule: str
) -> list[Compared]:
    """Kept while the snapshot stands: who goes on choosing places asks for the same list. Whoever
    asks gets the same: read it only."""
    return comparing.places(_reader, level, period, by, rule)


def most(rows: Sequence[Compared]) -> None:
    """The darkest and the coldest place, first of all."""
    lead.say(comparison.most(rows, session.words(), _link))


def ranking(rows: Sequence[Compared], period: tuple[date, date]) -> None:
    """The list of places, and the same as CSV."""
    words = session.words()
    if not rows:
        chart.nothing(
            words._("Nobody reported a figure in this period."), words._("No report is not zero.")
        )
        return
    st.caption(
        words._(
            "The worst day of each place, as said. Bar: at most this share of the place's own "
            "households, people or apartment blocks, where a baseline is named. Killed and "
            "injured: the days added up, at least. Day by day: killed and injured up to {most} a "
            "day; ticks below: days with a number on power and on heating.",
            most=words.number(HIGHEST),
        )
    )
    days = (period[1] - period[0]).days + 1
    st.html(comparison.table(rows, words, _link, partial(_course, days)))
    chart.download(_table(rows), "compare")


def _course(days: int, each: Compared) -> markup.Html:
    """The days of a place: people killed and injured as strokes, losses of supply as ticks."""
    drawn = [
        markup.mask(
            f"course {INDICATORS[name].tone if name in SUPPLIES else 'casualties'}",
            spark.strokes(values, days, 1 if name in SUPPLIES else HIGHEST),
        )
        for name in (comparing.TOGETHER, *SUPPLIES)
        if (values := each.course.get(name))
    ]
    return markup.joined("", drawn)


def _link(text: str, claim: str) -> markup.Html:
    asked = address.along(*_KEPT) | {"claim": claim}
    return markup.anchor(text, urlencode(asked | session.along()))


def _table(rows: Sequence[Compared]) -> pd.DataFrame:
    """The list with a column a number, for spreadsheets."""
    words = session.words()
    found = []
    for each in rows:
        cells: dict[str, object] = {words._("Place"): each.place.name(words.language)}
        for supply in SUPPLIES:
            title, worst = INDICATORS[supply].title[words.language], each.worst.get(supply)
            number, unit, day = words._("Number"), words._("Unit"), words._("Day")
            low, high = words._("lowest share"), words._("highest share")
            total = worst.total if worst else {}
            counted = vocabulary.UNIT_NAMES[total["unit"]] if worst else ""
            cells |= {
                f"{title}: {number}": total.get("value"),
                f"{title}: {unit}": words._(counted),
                f"{title}: {day}": total["day"].date().isoformat() if worst else "",
                f"{title}: {low}": worst.share[0] if worst and worst.share else None,
                f"{title}: {high}": worst.share[1] if worst and worst.share else None,
            }
        for toll in TOLLS:
            told = each.tolls.get(toll)
            cells[INDICATORS[toll].title[words.language]] = told.value if told else None
        cells[words._("Days reported")] = each.days
        found.append(cells)
    return pd.DataFrame(found)


def side_by_side(ranked: Sequence[str], period: tuple[date, date], rule: str) -> None:
    """Up to six places on one scale, and what is said in other units.

    ranked  the places of the list, the worst first: the first few are chosen unless a reader does
    """
    words = session.words()
    st.header(words._("Side by side, on one scale"), anchor=False)
    with filters.line("beside"):
        indicator = filters.choose_indicator((*OUTAGES, *TOLLS))
        chosen = filters.choose_places([indicator], usual=ranked[:AT_FIRST])
    if not chosen:
        chart.no_place()
        return
    view = View(
        indicator=indicator,
        kind="multiples",
        places=tuple(chosen),
        first=period[0],
        last=period[1],
        rule=rule,
        language=words.language,
    )
    picture = chart.draw(view)
    chart.show(picture)
    chart.how_to_read(picture.caption.reading)
    unit = picture.view.unit
    for place, row in comparing.elsewhere(session.reader(), indicator, chosen, unit, period):
        st.markdown(comparison.elsewhere(place.name(words.language), row, unit, words))
