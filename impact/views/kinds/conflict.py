"""A conflict: what each source said of one thing and when, where the numbers differ."""

from dataclasses import replace

import pandas as pd

from impact import charts, queries
from impact.charts import Panel, Sheet
from impact.model.indicators import Indicator
from impact.model.language import N_, Words
from impact.model.places import LEVELS as ALL_LEVELS
from impact.queries import conflicts
from impact.queries.conflicts import COUNTED, DEVELOPMENT, Conflict
from impact.store.reader import Reader
from impact.views import reading, settling, wording
from impact.views.kind import Drawing
from impact.views.view import View
from impact.wording import conflict_captions

TITLE = N_("A conflict over time")
MOST_PLACES, LEVELS = 1, ALL_LEVELS
SHEETS, WHOLE_WINTER = charts.HIGH, False
TOGETHER: tuple[str, ...] = ()


def fits(indicator: Indicator) -> bool:
    """What the war does; degrees are no conflict."""
    return indicator.name in COUNTED


def settled(view: View, reader: Reader) -> View:
    """With the conflict that is asked for, its place and day; else with the gravest of the place
    and period."""
    if not view.conflict:
        whole = settling.settled(view, reader)
        within = replace(view, places=whole.places, first=whole.first, last=whole.last)
        if not (found := of_view(within, reader)):
            return whole
        view = replace(view, conflict=found[0].claim)
    about = reading.claim(view.conflict)
    unit = view.unit or about.unit
    return replace(view, places=(about.place,), first=about.day, last=about.day, unit=unit)


def of_view(view: View, reader: Reader) -> list[Conflict]:
    """The conflicts that a view with place and days may show, the gravest first: of its unit,
    status and group of people, where it asks for one. Counts that only moved on are none."""
    found = conflicts.conflicts(
        reader,
        *view.period,
        indicators=[view.indicator],
        places=settling.places_of(view),
        rule=view.rule,
    )
    asked = {"unit": view.unit, "status": view.status}
    if view.people != "all":
        asked["people"] = view.people
    return [
        each
        for each in found
        if each.kinds != (DEVELOPMENT,)
        and all(each.row[name] == text for name, text in asked.items() if text)
    ]


def claims(view: View, reader: Reader) -> list[str]:
    """Of every statement."""
    conflict = _shown(view, reader)
    rows = conflict.figures if conflict else settling.leads(view, reader)
    return rows["claim"].unique().tolist()


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A mark for each statement at the hour that its source tells, else in a band of their own."""
    words, conflict = view.words, _shown(view, reader)
    if conflict is None:
        return _none(view, reader, sheet)
    rows = conflict.time_line
    caption = conflict_captions.caption(
        conflict,
        words,
        queries.extent(reader).built_at,
        logarithmic=charts.far_apart(rows),
        named=view.title,
        note=view.note,
    )
    chart = charts.statements_over_time(rows, caption, words, view.theme, sheet)
    return Drawing(chart, caption, conflict.figures)


def _shown(view: View, reader: Reader) -> Conflict | None:
    """The conflict of a settled view; None where its statements do not differ."""
    found = conflicts.conflicts(
        reader, *view.period, indicators=[view.indicator], places=view.places, rule=view.rule
    )
    return next((each for each in found if each.claim == view.conflict), None)


def _none(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """An empty plot that says whether nobody reported or what was said does not differ."""
    words, rows = view.words, settling.leads(view, reader)
    note = words._("No statements differ here.") if len(rows) else words._("no report")

    def alt(_rows: pd.DataFrame, words: Words, title: str) -> str:
        return f"{title}. {note}"

    notes = (note,) if len(rows) else ()
    caption = wording.caption(view, rows, reader, notes=notes, reading="", alt=alt)
    panels = [Panel("", 150, highest=0, note=note)]
    chart = charts.stack(panels, caption, view.period, words, view.theme, sheet)
    return Drawing(chart, caption, rows)
