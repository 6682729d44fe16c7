"""The words of a view's picture."""

from collections.abc import Callable, Collection

import pandas as pd

from impact import queries
from impact.charts import Sheet
from impact.model import vocabulary
from impact.model.indicators import OUTAGES
from impact.model.language import N_, Words
from impact.model.places import PLACES, inside
from impact.model.rows import Row, records
from impact.queries import mapped
from impact.queries.many import Gist
from impact.store.reader import Reader
from impact.views.view import View
from impact.wording import captions, titles
from impact.wording.captions import Caption

TOTALS = N_(
    "A bar: the area's own toll of the day, or else the sum of what was said of its parts, at "
    "least. No bar: no report, which is not zero."
)
LARGEST = N_(
    "A bar: the day's largest number, the area's own or the sum of what was said of its parts, at "
    "least. A diamond: a larger number in another unit, not to scale. No bar: no report, which is "
    "not zero."
)
DEGREES = N_(
    "A dot: reported on that day; joined only from day to day. Dashed: the long-term norm."
)
# What stands at a mark and before what is said of it: the maker's notes, or the worst nights.
SIGNS = ("①", "②", "③", "④", "⑤")
STATEMENTS = N_(
    "Filled: verified; with a ring: confirmed; hollow: reported. ▲ at least, ▼ up to, ◆ about. "
    "The line follows the body responsible where it tells the hour."
)
# Places that the foot names because of a larger number in another unit.
MOST_NAMED = 3
# Kinds that draw of each place what was said of the place itself, and the line that says so where
# some of the places have parts.
OF_THE_WHOLE = ("bars", "line", "multiples", "table")
WHOLES = N_("Country and oblasts: only what was said of the whole, not of its parts.")


def caption(
    view: View,
    rows: pd.DataFrame,
    reader: Reader,
    *,
    title: str = "",
    counted: str | None = None,
    how: str | None = None,
    beside: pd.DataFrame | None = None,
    notes: tuple[str, ...] = (),
    reading: str = captions.MARKS,
    totals: pd.DataFrame | None = None,
    gist: Gist | None = None,
    alt: Callable[[pd.DataFrame, Words, str], str] | None = None,
) -> Caption:
    """Title, subtitle, foot, alt text and how to read the marks.

    title    in place of the one made from indicator, unit and status; the publisher's goes first
    counted  the subtitle's first words, in place of the unit
    how      the subtitle's last words, in place of the rule
    totals   what the marks stand for where these are not the figures themselves
    gist     what is said of the figures where they are many; rows are then only those that stand
             first behind a mark
    alt      makes the alt text of figures and title, in place of captions.describe
    """
    words = view.words
    shown = view.title or title or usual_title(view, rows)
    unit = words._(vocabulary.UNIT_NAMES[view.unit]) if counted is None else counted
    how = titles.leading(view.rule, words) if how is None else how
    noted = [f"{words.day(day)}: {text}" for day, text in view.noted]
    signed = [f"{sign} {note}" for sign, note in zip(SIGNS, noted, strict=False)]
    told = (
        alt(rows, words, shown)
        if alt
        else captions.describe(rows, words, shown, totals, gist.count if gist else None)
    )
    return Caption(
        shown,
        titles.subtitle(unit, view.places, view.period, words, how=how),
        foot(view, rows, reader, beside, (*signed, *notes), gist),
        " ".join([told, *(words._("Note, {note}.", note=each.rstrip(".")) for each in noted)]),
        words._(reading),
        tuple((day, sign) for (day, _), sign in zip(view.noted, SIGNS, strict=False)),
    )


def foot(
    view: View,
    rows: pd.DataFrame,
    reader: Reader,
    beside: pd.DataFrame | None,
    notes: tuple[str, ...],
    gist: Gist | None = None,
) -> tuple[str, ...]:
    """Source, time, status and id, then notes; of a picture without figures what that means."""
    words, known_at = view.words, queries.extent(reader).built_at
    extra = tuple(note for note in (view.note, *notes, _silent(view, rows), _wholes(view)) if note)
    if gist and gist.count:
        return captions.foot_of(gist, words, known_at, extra)
    if len(rows) and not gist:
        return captions.foot(rows, words, known_at, notes=extra, beside=beside)
    known = words._("As known at {time}", time=words.time(known_at)) if known_at else ""
    empty = words._("Nobody reported a figure for this. No report is not zero.")
    return tuple(line for line in (empty, known, *extra) if line)


def not_added(view: View, reader: Reader, sheet: Sheet) -> str:
    """Tolls of the view's place that no sum has; empty where there are none. A sheet that is no
    higher than wide has room for the name of one."""
    area = PLACES[view.places[0]]
    most = 1 if sheet.height and sheet.height <= sheet.width else captions.MOST_NAMED
    held = queries.not_added(reader, area, *view.period, people=view.people, most=most)
    return captions.not_added(held, area, view.words, most)


def larger(view: View, reader: Reader, areas: Collection[str], sheet: Sheet) -> str:
    """Which areas have more people cut off in another unit than in the view's, which has no mark
    for it; empty where none has, and for no outage. A low sheet has room for the name of one."""
    if view.status == "restored" or view.indicator not in OUTAGES:
        return ""
    rows = mapped.larger_elsewhere(
        reader, view.indicator, areas, *view.period, unit=view.unit, rule=view.rule
    )
    words, most = view.words, 1 if sheet.short else MOST_NAMED
    named = [_most(row, words) for row in records(rows.head(most))]
    if (rest := len(rows) - len(named)) > 0:
        named.append(words.plural("and {count} more", "and {count} more", rest))
    return words._("More in other units: {places}.", places="; ".join(named)) if named else ""


def _most(row: Row, words: Words) -> str:
    place = PLACES[row["place"]].name(words.language)
    return f"{place}, {vocabulary.amount(row, words)} ({words.short_day(row['day'])})"


def _silent(view: View, rows: pd.DataFrame) -> str:
    """Which of several places nobody reported on; small multiples say so place by place."""
    if len(view.places) == 1 or view.kind == "multiples":
        return ""
    known = set(rows["place"])
    missing = [pcode for pcode in view.places if pcode not in known]
    if not missing:
        return ""
    names = ", ".join(PLACES[pcode].name(view.language) for pcode in missing)
    return view.words._("No report in this period: {names}.", names=names)


def _wholes(view: View) -> str:
    """That the sums of parts, which other kinds draw and pages tell, are not in the picture."""
    if view.kind not in OF_THE_WHOLE or view.indicator not in OUTAGES:
        return ""
    return view.words._(WHOLES) if any(inside(PLACES[each]) for each in view.places) else ""


def usual_title(view: View, rows: pd.DataFrame) -> str:
    """What is seen, in words; of several statuses the one that says most."""
    status = view.status or titles.telling(view.indicator, set(rows["status"]))
    return titles.title(
        view.indicator,
        view.places,
        view.period,
        view.words,
        unit=view.unit,
        status=status,
        people=view.people,
    )
