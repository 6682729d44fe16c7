"""The words of a view's picture, and which of its figures they are about."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd

from impact.model import vocabulary
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.views import material, settling
from impact.wording import captions, titles
from impact.wording.captions import Caption

TOTALS = N_(
    "A bar: the area's own toll of the day, or else the sum of what was said of its parts, at "
    "least. No bar: no report, which is not zero."
)
DEGREES = N_(
    "A dot: reported on that day; joined only from day to day. Dashed: the long-term norm."
)
STATEMENTS = N_(
    "Filled: verified; with a ring: confirmed; hollow: reported. ▲ at least, ▼ up to, ◆ about. "
    "The line follows the body responsible where it tells the hour."
)


def own(view, figures: pd.DataFrame) -> pd.DataFrame:
    """The leading claims that the picture is about."""
    return settling.of_view(view, material.leads(figures, view.indicator, view.rule))


def caption(
    view,
    rows: pd.DataFrame,
    known_at: datetime | None,
    *,
    beside: pd.DataFrame | None = None,
    how: str | None = None,
    notes: tuple[str, ...] = (),
    reading: str = captions.MARKS,
    totals: pd.DataFrame | None = None,
    alt: Callable[[pd.DataFrame, Words, str], str] | None = None,
) -> Caption:
    """Title, subtitle, foot, alt text and how to read the marks.

    how     the subtitle's last words, in place of the rule
    totals  what the marks stand for where these are not the figures themselves
    alt     makes the alt text of figures and title, in place of captions.describe
    """
    words, period = view.words, (view.first, view.last)
    shown = view.title or usual_title(view, rows)
    unit = words._(vocabulary.UNIT_NAMES[view.unit])
    how = titles.leading(view.rule, words) if how is None else how
    return Caption(
        shown,
        titles.subtitle(unit, view.places, period, words, how=how),
        foot(view, rows, known_at, beside, notes),
        alt(rows, words, shown) if alt else captions.describe(rows, words, shown, totals),
        words._(reading),
    )


def foot(view, rows, known_at, beside, notes) -> tuple[str, ...]:
    """Source, time, status and id, then notes; of a picture without figures what that means."""
    words = view.words
    extra = tuple(note for note in (view.note, *notes, _silent(view, rows)) if note)
    if len(rows):
        return captions.foot(rows, words, known_at, notes=extra, beside=beside)
    known = words._("As known at {time}", time=words.time(known_at)) if known_at else ""
    empty = words._("Nobody reported a figure for this. No report is not zero.")
    return tuple(line for line in (empty, known, *extra) if line)


def _silent(view, rows: pd.DataFrame) -> str:
    """Which of several places nobody reported on; small multiples say so place by place."""
    known = set(rows["place"])
    missing = [pcode for pcode in view.places if pcode not in known]
    if len(view.places) == 1 or not missing or view.kind == "multiples":
        return ""
    names = ", ".join(PLACES[pcode].name(view.language) for pcode in missing)
    return view.words._("No report in this period: {names}.", names=names)


def usual_title(view, rows: pd.DataFrame) -> str:
    """What is seen, in words; of several statuses the one that says most."""
    status = view.status or titles.telling(view.indicator, set(rows["status"]))
    return titles.title(
        view.indicator,
        view.places,
        (view.first, view.last),
        view.words,
        unit=view.unit,
        status=status,
        people=view.people,
    )
