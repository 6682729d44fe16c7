"""Panels in their frame: under each other, so that a day is one vertical line, or in a grid."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from impact.charts import labels, letters, look
from impact.charts.frame import Frame, framed
from impact.charts.labels import Box, Label, Plot
from impact.charts.look import Key
from impact.charts.sheets import PAGE, Sheet
from impact.model.language import Words
from impact.wording.captions import Caption

# A panel that only says that nobody reported, and one that only has ticks.
EMPTY_PX, STRIP_PX = 8, 20
# Px between the columns of a grid.
BETWEEN = 16
# So many panels still stand in one row on a low sheet; so many where its words stand beside them.
ONE_ROW, IN_COLUMN = 4, 2
# Px between words beside the panels and the panels' own.
GAP = 12


class NoRoom(ValueError):
    """On a sheet the words of a picture leave nothing for its panels."""


@dataclass(slots=True)
class Panel:
    """One plot: heading, height in px on a page, traces, y axis, and its part of the key.

    highest    the highest number drawn, for an axis from zero; None where `axis` has its range
    labels     numbers beside marks, the most wanted first
    obstacles  what they should not cover
    note       what stands in the middle of a plot with nothing on it
    fixed      whether it keeps its height on a sheet where others share what is left
    """

    heading: str
    height: float
    traces: list = field(default_factory=list)
    axis: dict = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)
    highest: float | None = None
    labels: list[Label[datetime]] = field(default_factory=list)
    obstacles: list[Box[datetime]] = field(default_factory=list)
    note: str = ""
    fixed: bool = False


def stack(
    panels: Sequence[Panel],
    caption: Caption,
    period: tuple[date, date],
    words: Words,
    theme: str,
    sheet: Sheet = PAGE,
    nights: Sequence = (),
) -> go.Figure:
    """The panels under each other on the time axis of the period, in their frame.

    nights  days with a tick of their own on the time axis of a low sheet, which has no room for a
            strip of them (panels.night_strip)
    """
    ticks = _ticked(panels[-1], nights, words, theme) if sheet.short else {}
    sheet = _laid(panels, caption, words, theme, sheet, lambda _: 1)
    axis = look.time_axis(*period, words, theme, sheet.plot) | ticks
    return arranged(panels, axis, caption, words, theme, sheet)


def grid(
    panels: Sequence[Panel],
    caption: Caption,
    period: tuple[date, date],
    words: Words,
    theme: str,
    sheet: Sheet = PAGE,
    nights: Sequence = (),
    *,
    alike: bool = True,
) -> go.Figure:
    """The panels side by side, all on the same scale and on time axes of the same days.

    nights  days with a tick of their own on the time axes
    alike   whether they count the same; if not, each has a scale of its own, which only the numbers
            at its marks tell
    """
    ticks = _ticked(panels[-1], nights, words, theme)
    sheet = _laid(panels, caption, words, theme, sheet, partial(_columns, len(panels)))
    columns = _columns(len(panels), sheet)
    if not alike:
        # No row is left nearly empty: they are few, and each is another thing.
        columns = math.ceil(len(panels) / math.ceil(len(panels) / columns))
    highest = max(panel.highest or 0 for panel in panels)
    for number, panel in enumerate(panels):
        if panel.highest is not None and alike:
            panel.highest = highest
        if alike:
            # Small panels have room for one number.
            panel.labels = panel.labels[:1]
        panel.axis |= {"showticklabels": number % columns == 0 and (alike or columns == 1)}
    axis = look.time_axis(*period, words, theme, _wide(columns, sheet)) | ticks
    return arranged(panels, axis, caption, words, theme, sheet, columns)


def _ticked(last: Panel, nights: Sequence, words: Words, theme: str) -> dict:
    """What gives a time axis the ticks of nights, whose key stands with the last panel's."""
    if not len(nights):
        return {}
    last.keys.append(look.night_key(words, theme))
    return {"minor": look.night_ticks(nights, theme), "layer": "below traces"}


def arranged(
    panels: Sequence[Panel],
    axis: dict,
    caption: Caption,
    words: Words,
    theme: str,
    sheet: Sheet = PAGE,
    columns: int = 1,
) -> go.Figure:
    """The panels in rows of so many columns, each column over one x axis, in their frame."""
    rows = [panels[at : at + columns] for at in range(0, len(panels), columns)]
    if columns == 1:
        sheet = _with_room(sheet, panels)
    wide = _wide(columns, sheet)
    headings, rooms = _headings(panels, wide, columns)
    for day, sign in reversed(caption.noted):
        _note(panels, pd.Timestamp(day), sign)
    frame = _frame(panels, caption, words, theme, sheet, columns)
    heights = [max(panel.height for panel in row) for row in rows]
    total = frame.plot(sum(heights) + sum(rooms[1:]))
    if sheet.height is not None:
        heights = _shared(rows, total - sum(rooms[1:]))
        if min(heights) <= 0:
            raise NoRoom

    layout, annotations = {"barmode": "overlay"}, []
    top = total
    for number, panel in enumerate(panels):
        row, column = divmod(number, columns)
        if column == 0:
            top -= rooms[row] + heights[row - 1] if row else 0
        cell = Cell(
            axes=(_named("x", column), _named("y", number)),
            left=column * (wide + BETWEEN) / sheet.plot,
            right=(column * (wide + BETWEEN) + wide) / sheet.plot,
            low=max(0.0, (top - heights[row]) / total),
            high=top / total,
            plot=_plot(panel, axis, wide, heights[row], sheet.right - 2 if columns == 1 else 0),
        )
        _put(panel, cell, layout, axis, theme)
        start = GAP if sheet.column else sheet.words
        shift = start - sheet.left if column == 0 else 0
        if panel.heading:
            annotations.append(look.heading(headings[number], cell.left, cell.high, shift, theme))
        annotations += labels.placed(panel.labels, panel.obstacles, cell.plot, cell.axes, theme)
        if panel.note:
            annotations.append(look.note(panel.note, cell.axes, theme, wide))
    traces = [trace for panel in panels for trace in panel.traces]
    return frame.around(traces, layout | {"annotations": annotations}, total)


def _laid(
    panels: Sequence[Panel],
    caption: Caption,
    words: Words,
    theme: str,
    sheet: Sheet,
    columns: Callable[[Sheet], int],
) -> Sheet:
    """The sheet, on a low one with a column for the words if they stand beside the panels."""
    if not sheet.short:
        return sheet
    return framed(
        lambda each: _frame(panels, caption, words, theme, each, columns(each)), sheet
    ).sheet


def _frame(
    panels: Sequence[Panel], caption: Caption, words: Words, theme: str, sheet: Sheet, columns: int
) -> Frame:
    """What stands around the panels, with the keys of all of them."""
    keys = list(dict.fromkeys(key for panel in panels for key in panel.keys))
    _, rooms = _headings(panels, _wide(columns, sheet), columns)
    return Frame(caption, words, theme, sheet, keys, ticks=True, room=rooms[0])


def _headings(
    panels: Sequence[Panel], wide: float, columns: int
) -> tuple[list[list[str]], list[float]]:
    """The lines of each panel's heading, and px above each row for them."""
    lines = [letters.lines(panel.heading, look.KEY, wide) for panel in panels]
    above = look.GRID_GAP if columns > 1 else look.PANEL_GAP
    rooms = [
        max(look.room_for(each, above) for each in lines[at : at + columns])
        for at in range(0, len(panels), columns)
    ]
    return lines, rooms


def _note(panels: Sequence[Panel], day: datetime, sign: str) -> None:
    """Puts a sign at the highest mark of a day in the first panel that has one, beside its number
    if it has one; where no panel does, at the foot of the first. It goes before any number."""
    found = ((panel, _highest(panel, day)) for panel in panels)
    panel, mark = next((each for each in found if each[1]), (panels[0], None))
    at, top = (_middle(mark), mark.high) if mark else (day, 0.0)
    own = next((each for each in panel.labels if (each.x, each.y) == (at, top)), None)
    said, short = (own.text, own.short) if own else ("", "")
    label = replace(
        own or Label(at, top, ""),
        text=f"{said} {sign}".strip(),
        short=f"{short} {sign}".strip(),
        signed=True,
    )
    panel.labels = [label, *(each for each in panel.labels if each is not own)]


def _highest(panel: Panel, day: datetime) -> Box[datetime] | None:
    """The highest of a day's marks, which stand beside each other around the day's begin. A line
    over rivals has no width."""
    own = [each for each in panel.obstacles if abs(_middle(each) - day) < timedelta(hours=12)]
    wide = [each for each in own if each.right > each.left]
    return max(wide or own, key=lambda each: each.high, default=None)


def _middle(box: Box[datetime]) -> datetime:
    return box.left + (box.right - box.left) / 2


# Px between the numbers of a value axis and its plot.
_TICK = 8


def _with_room(sheet: Sheet, panels: Sequence[Panel]) -> Sheet:
    """The sheet with room beside the plot for the longest number of any value axis: of a million
    its first figure was cut."""
    tops = [
        look.count_axis(panel.highest, panel.height)["range"][1]
        for panel in panels
        if panel.highest is not None
    ]
    longest = max((letters.width(f"{int(top):,}", look.FOOT) for top in tops), default=0)
    gap = GAP if sheet.column else 0
    return replace(sheet, left=max(sheet.left, longest + _TICK + gap))


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a panel stands: its axes' names, its edges in paper coordinates, its plot in px."""

    axes: tuple[str, str]
    left: float
    right: float
    low: float
    high: float
    plot: Plot[datetime]


def _plot(panel: Panel, axis: dict, wide: float, height: float, beside: float) -> Plot[datetime]:
    limits = panel.axis.get("range")
    if panel.highest is not None:
        limits = look.count_axis(panel.highest, height)["range"]
    return Plot(tuple(axis["range"]), tuple(limits or (0, 1)), wide, height, beside)


def _put(panel: Panel, cell: Cell, layout: dict, axis: dict, theme: str) -> None:
    """Gives a panel's traces their axes; the lowest panel of a column carries its days."""
    x, y = cell.axes
    counted = {}
    if panel.highest is not None:
        counted = look.count_axis(panel.highest, cell.plot.height)
    layout[f"yaxis{y[1:]}"] = (
        look.value_axis(theme, cell.plot.height)
        | panel.axis
        | counted
        | {"domain": [cell.low, cell.high], "anchor": x}
    )
    layout[f"xaxis{x[1:]}"] = axis | {"domain": [cell.left, min(1.0, cell.right)], "anchor": y}
    # Axes without anything on them would not be drawn.
    panel.traces = panel.traces or [go.Scatter(x=[None], y=[None])]
    for trace in panel.traces:
        trace.xaxis, trace.yaxis = x, y


def _columns(count: int, sheet: Sheet) -> int:
    """How many panels stand side by side: as many as leave each of them wider than high."""
    if sheet.height is None:
        return 1
    if sheet.column:
        return min(count, IN_COLUMN)
    if sheet.short:
        # One row where it can be: a second one halves the plots.
        return count if count <= ONE_ROW else 3
    return min(count, 2 if sheet.height < 1.5 * sheet.width else 1)


def _wide(columns: int, sheet: Sheet) -> float:
    """Px that each of several columns is wide."""
    return (sheet.plot - BETWEEN * (columns - 1)) / columns


def _named(axis: str, number: int) -> str:
    return f"{axis}{number + 1 if number else ''}"


def _shared(rows: Sequence[Sequence[Panel]], total: float) -> list[float]:
    """The heights of rows on a sheet: fixed ones keep theirs, the others share what is left."""
    wanted = [max(panel.height for panel in row) for row in rows]
    fixed = [all(panel.fixed for panel in row) for row in rows]
    left = total - sum(height for height, is_so in zip(wanted, fixed, strict=True) if is_so)
    growing = sum(height for height, is_so in zip(wanted, fixed, strict=True) if not is_so)
    return [
        height if is_so else height / growing * left
        for height, is_so in zip(wanted, fixed, strict=True)
    ]
