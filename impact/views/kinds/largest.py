"""The largest number of each day of a supply: what was said of the place, or else the sum of what
was said of its parts, at least."""

import pandas as pd

from impact import charts, queries
from impact.charts import Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES, Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import Row, records
from impact.queries import ATTACKS, cut_off, many
from impact.queries.many import Many
from impact.store.reader import Reader
from impact.views import casualties, settling, wording
from impact.views.kind import Drawing
from impact.views.view import View

TITLE = N_("The largest number of each day")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.SHEETS, False
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """Supplies: their numbers are of a day and are not added up over days."""
    return indicator.name in OUTAGES


def settled(view: View, reader: Reader) -> View:
    """With place and days: the country, if none is named. Its numbers keep the units they have."""
    return settling.together(view, reader, UKRAINE.pcode)


def claims(view: View, reader: Reader) -> list[str]:
    """Of the losses in the place, and of the launches at the country."""
    within = settling.with_parts(view.places[0])
    lost = queries.leading(reader, [view.indicator], *view.period, places=within, rule=view.rule)
    return [*lost, *queries.leading(reader, ATTACKS, *view.period, rule=view.rule)]


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A bar for each day, and a tick for each night with launches."""
    words, theme = view.words, view.theme
    asked = ([view.indicator], view.places[0], *view.period, view.rule)
    lost = cut_off.by_day(reader, *asked)
    launched = queries.attacks(reader, *view.period, view.rule)
    about, beside = cut_off.behind(*asked), Many.named(queries.launched(launched))
    gist = many.gist(reader, about, beside)
    told = casualties.named(view)
    caption = wording.caption(
        view,
        queries.figures(reader, lost["leader"]),
        reader,
        title=words._("{what}: {place}, {period}", what=without(view.indicator, words), **told),
        counted=units(lost, words),
        how=words._("the largest number of each day; sums are at least"),
        reading=wording.LARGEST,
        totals=lost,
        gist=gist,
    )
    panels = [
        charts.cut_off_panel(named(lost, words), view.indicator, words, theme, height=260),
        *charts.night_strip(launched, words, theme, sheet),
    ]
    chart = charts.stack(
        panels, caption, view.period, words, theme, sheet, launched["day"].tolist()
    )
    return Drawing(chart, caption, about, beside, gist)


def without(supply: str, words: Words) -> str:
    """ "Without power", as a heading."""
    said = INDICATORS[supply].says("without", words.language)
    return said[:1].upper() + said[1:]


def units(lost: pd.DataFrame, words: Words) -> str:
    """The units of the axis, that of most days first; empty where nobody gave a number."""
    used = lost.loc[lost["scaled"].astype(bool), "unit"].value_counts().index
    return ", ".join(words._(vocabulary.UNIT_NAMES[unit]) for unit in used)


def named(lost: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Rows of cut_off.by_day with `names`: where they were cut off."""
    return lost.assign(names=[_names(row, words) for row in records(lost)])


def _names(row: Row, words: Words) -> str:
    """The places that were cut off; of many the first, and how many more there are."""
    told = [PLACES[pcode].name(words.language) for pcode in row["pcodes"]]
    if rest := row["places"] - len(told):
        told.append(words.plural("and {count} more", "and {count} more", rest))
    return ", ".join(told)
