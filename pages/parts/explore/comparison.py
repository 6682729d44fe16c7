"""The parts of the Compare page: its filters, the list of places, and some on one scale."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

import pandas as pd

from impact.charts import spark
from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES
from impact.model.language import N_
from impact.model.places import told_apart
from impact.queries import comparing
from impact.queries.comparing import SUPPLIES, TOLLS, Compared, Worst
from impact.store.reader import Reader
from impact.views import View
from impact.wording import comparison, markup
from pages.parts.explore import chart, filters, lead
from pages.parts.shell import address, session
from pages.parts.shell import screen as st

# What stands below the list, and its anchor.
SIDE_BY_SIDE, BESIDE = N_("Side by side, on one scale"), "side-by-side"
# How many places stand side by side unless a reader chooses.
AT_FIRST = 3
# People killed and injured on one day whose stroke is as high as its row.
HIGHEST = 40
# What stays in the address when a number opens its evidence.
_KEPT = ("level", "sort", "measure", "period", "from", "to", "places", "indicator")


def choose_level() -> str:
    """Oblasts or cities."""
    return _choose(session.words()._("Places"), "level", comparison.LEVELS)


def choose_order() -> str:
    """What the list is sorted by."""
    return _choose(session.words()._("Sorted by"), "sort", comparison.SORTS)


def choose_measure() -> str:
    """Numbers as said, or shares."""
    words = session.words()

    def show(name: str) -> str:
        return words._(comparison.MEASURES[name])

    return address.choose(
        st.segmented_control,
        words._("Compared"),
        list(comparison.MEASURES),
        key="measure",
        show=show,
        required=True,
    )


def _choose(label: str, key: str, names: Mapping[str, str]) -> str:
    """One of several, by their names."""
    words = session.words()

    def show(name: str) -> str:
        message = names[name]
        return words._(message)

    return address.choose(st.selectbox, label, list(names), key=key, show=show)


def places(
    level: str, period: tuple[date, date], by: str, rule: str, measure: str
) -> list[Compared]:
    """The places of a level, the worst first."""
    reader = session.reader()
    return _places(reader.snapshot, reader, level, period, by, rule, measure)


@st.cache_resource(max_entries=32, show_spinner=False)
def _places(
    snapshot: str,
    _reader: Reader,
    level: str,
    period: tuple[date, date],
    by: str,
    rule: str,
    measure: str,
) -> list[Compared]:
    """Kept while the snapshot stands: who goes on choosing places asks for the same list. Whoever
    asks gets the same: read it only."""
    return comparing.places(_reader, level, period, by, rule, measure)


def most(rows: Sequence[Compared], measure: str) -> None:
    """The darkest and the coldest place, first of all."""
    lead.say(comparison.most(rows, session.words(), _link, measure))


def ranking(rows: Sequence[Compared], period: tuple[date, date], measure: str) -> None:
    """The list of places, and the same as CSV."""
    words = session.words()
    if not rows:
        message = words._("Nobody reported a figure in this period.")
        chart.unreported(message, (*SUPPLIES, *TOLLS), None, period)
        return
    explained = comparison.EXPLAINED[measure]
    by_day = words._(
        "Day by day: killed and injured up to {most} a day; ticks below: days with a number on "
        "power and on heating.",
        most=words.number(HIGHEST),
    )
    st.caption(f"{words._(explained)} {by_day}")
    # The list is long: what stands below it would not be found.
    st.markdown(markup.section(words._(SIDE_BY_SIDE), BESIDE))
    days = (period[1] - period[0]).days + 1
    st.html(comparison.table(rows, words, _link, partial(_course, days), measure))
    chart.download(_table(rows, measure), "compare")


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


def _table(rows: Sequence[Compared], measure: str) -> pd.DataFrame:
    """The list with a column a number, for spreadsheets."""
    words = session.words()
    names = told_apart([each.place.pcode for each in rows], words.language)
    low, high = words._("lowest"), words._("highest")
    per = words._("Killed and injured, per 100,000 people")
    found = []
    for each in rows:
        cells: dict[str, object] = {
            words._("Place"): names[each.place.pcode],
            words._("P-code"): each.place.pcode,
        }
        for supply in SUPPLIES:
            cells |= _of_supply(comparison.of(each, supply, measure), supply)
        for toll in TOLLS:
            told = each.tolls.get(toll)
            cells[INDICATORS[toll].title[words.language]] = told.value if told else None
        rate = each.rate(*TOLLS)
        cells[f"{per}: {low}"], cells[f"{per}: {high}"] = rate or (None, None)
        cells[words._("Days reported")] = each.days
        found.append(cells)
    return pd.DataFrame(found)


def _of_supply(worst: Worst | None, supply: str) -> dict[str, object]:
    """The cells of a worst day: empty where nobody gave a number."""
    words = session.words()
    title, total = INDICATORS[supply].title[words.language], worst.total if worst else None
    share = (worst.share if worst else None) or (None, None)
    counted = vocabulary.UNIT_NAMES[total["unit"]] if total else ""
    told = {
        words._("Bound"): vocabulary.bound_alone(total, words) if total else "",
        words._("Number"): total["value"] if total else None,
        words._("Unit"): words._(counted),
        words._("Day"): total["day"].date().isoformat() if total else "",
        words._("lowest share"): share[0],
        words._("highest share"): share[1],
    }
    return {f"{title}: {name}": cell for name, cell in told.items()}


def side_by_side(ranked: Sequence[str], period: tuple[date, date], rule: str) -> None:
    """Up to six places on one scale; its foot says what is more in other units.

    ranked  the places of the list, the worst first: the first few are chosen unless a reader does
    """
    words = session.words()
    st.header(words._(SIDE_BY_SIDE), anchor=BESIDE)
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
