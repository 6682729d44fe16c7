"""Statements hour by hour: a lane for each place and what is counted, a line for each statement,
its mark at the hour that its source tells. What names no hour stands below, on a ground of its
own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

import pandas as pd
import plotly.graph_objects as go

from impact.charts import clock, letters, look, marks
from impact.charts.clock import Clock
from impact.charts.frame import Frame
from impact.charts.look import FOOT, LINE, SOLID, TOKENS, Key
from impact.charts.sheets import PAGE, Sheet
from impact.model import vocabulary
from impact.model.figure import UNSTATED
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.wording import captions
from impact.wording.captions import Caption

# Px of a sheet from which names stand beside their lanes, and that they take up there.
BESIDE, NAMES = 560, 132
# Px between a mark's middle and its words, between two statements, between two lanes.
OFF, BETWEEN, AIR = 9, 3, 7
ROW = FOOT * LINE
# Px that a speaker's name needs at least, to stand beside its number.
LEAST = 70


@dataclass(frozen=True, slots=True)
class _Entry:
    """A statement as it is drawn: its lines of words, px from the left of its mark and of the ends
    of the time that it names, whether its words stand left of them, and px from the top."""

    row: Row
    lines: Sequence[str]
    mark: float
    ends: tuple[float, float]
    leftwards: bool
    top: float = 0

    @property
    def bottom(self) -> float:
        return self.top + len(self.lines) * ROW + BETWEEN

    @property
    def middle(self) -> float:
        """Px from the top of the middle of its first line, where its mark stands."""
        return self.top + ROW / 2


@dataclass(frozen=True, slots=True)
class _Plot:
    """The plot's width in px, its clock, if any hour is told, and whether it grows with its
    words."""

    wide: float
    clock: Clock | None
    grows: bool

    def entry(self, row: Row, words: Words) -> _Entry:
        """A statement with as many of its words as there is room for."""
        number, speaker = _number(row, words), _speaker(row, words)
        if not row["timed"] or self.clock is None:
            lines = self._lines(number, speaker, self.wide - 2 * OFF)
            return _Entry(row, lines, OFF, (OFF, OFF), leftwards=False)
        left, middle, right = (
            self.clock.at(row[name].to_pydatetime()) for name in ("begins", "at", "ends")
        )
        before, after = left - OFF, self.wide - right - OFF
        leftwards = after < _wide(number, speaker) and before > after
        lines = self._lines(number, speaker, before if leftwards else after)
        return _Entry(row, lines, middle, (left, right), leftwards)

    def _lines(self, number: str, speaker: str, room: float) -> list[str]:
        """Number and speaker in lines that fit. The number is never cut, a speaker's office is;
        where every line counts, both share one."""
        bold = letters.lines(number, FOOT, room, bold=True)
        *above, last = (f"<b>{line}</b>" for line in look.escaped(bold))
        beside = room - _wide(bold[-1], "")
        if _wide(bold[-1], speaker) <= room or (not self.grows and beside >= LEAST):
            (name,) = _shortened(speaker, beside, 1)
            return [*above, f"{last}  {name}"]
        return [*above, last, *_shortened(speaker, room, 2 if self.grows else 1)]


def _wide(number: str, speaker: str) -> float:
    return letters.width(number, FOOT, bold=True) + letters.width(f"  {speaker}", FOOT)


def _speaker(row: Row, words: Words) -> str:
    """Who said it; of several bodies how many before the first of them, as an end may be cut."""
    name, voices = captions.said_by(row, words), row["voices"]
    if voices == 1:
        return name
    return words.plural("{count} speaker: {name}", "{count} speakers: {name}, …", voices, name=name)


def _shortened(text: str, room: float, most: int) -> list[str]:
    """The text in at most so many lines, its end left out where it needs more."""
    lines = letters.lines(text, FOOT, room)
    if len(lines) > most:
        *whole, last = lines[:most]
        while last and letters.width(f"{last} …", FOOT) > room:
            last = last[:-1].rstrip()
        lines = [*whole, f"{last} …"]
    return look.escaped(lines)


def lanes(
    rows: pd.DataFrame, caption: Caption, words: Words, theme: str, sheet: Sheet = PAGE
) -> tuple[go.Figure, int]:
    """The lanes, and how many of the statements there was room for.

    rows  statements in sequence (hours.in_sequence) with voices (queries.said.once), those of a
          place, indicator and status after each other, in the order of their lanes
    """
    beside = sheet.width >= BESIDE
    left = sheet.words + (NAMES if beside else 0)
    wide = sheet.width - left - sheet.right
    timed = rows[rows["timed"]]
    plot = _Plot(wide, clock.clock(timed, wide) if len(timed) else None, sheet.grows)
    heading = [plot.clock.heading(words)] if plot.clock else []
    keys = [] if rows["timed"].all() else [_key(words, theme)]
    room = look.room_for(heading, look.GRID_GAP)
    frame = Frame(caption, words, theme, sheet, keys, plot.clock is not None, left, room)
    laid, used = _laid(rows, plot, words, beside, frame.plot(float("inf")))
    height = frame.plot(used)
    entries = [entry for lane in laid for entry in lane.entries]
    annotations = [
        look.heading(heading, 0, 1, 0, theme),
        *(each for lane in laid for each in lane.names(theme, left - sheet.words)),
        *(_words_of(entry, theme) for entry in entries),
    ]
    layout = {
        "xaxis": _axis(plot, words, theme),
        "yaxis": {"range": [height, 0], "visible": False, "fixedrange": True},
        "annotations": annotations,
        "shapes": list(_behind(laid, plot, words, theme)),
    }
    return frame.around(_traces(entries, words, theme), layout, height), len(entries)


@dataclass(frozen=True, slots=True)
class _Lane:
    """A lane: its place, which is named once for lanes of it that follow each other, what is
    counted, the colour of that by theme, its entries and px from the top."""

    place: str
    counted: str
    colour: Mapping[str, str]
    named: bool
    entries: Sequence[_Entry]
    top: float

    def names(self, theme: str, room: float) -> Iterator[dict]:
        """Place and what is counted, beside the lane where there is room px, else above it."""
        colour = self.colour[theme]
        if not room:
            place, counted = look.escaped([self.place, self.counted])
            yield self._name(f"<b>{place}</b> · {counted}", 0, theme, colour, 0)
            return
        top = 0.0
        for line, ink in _beside(self.place if self.named else "", self.counted):
            yield self._name(line, top, theme, TOKENS[theme]["ink"] if ink else colour, room)
            top += ROW

    def _name(self, text: str, top: float, theme: str, colour: str, room: float) -> dict:
        return _text(text, 0, self.top + top, theme) | {
            "xref": "paper",
            "xshift": -room,
            "font": {"size": FOOT, "color": colour},
        }


def _laid(
    rows: pd.DataFrame, plot: _Plot, words: Words, beside: bool, room: float
) -> tuple[list[_Lane], float]:
    """The lanes that px of room hold, from above, and how many they take up."""
    found: list[_Lane] = []
    top, last = float(AIR), ""
    several = groupby(
        records(rows), key=lambda row: (row["place"], row["indicator"], row["status"])
    )
    for (pcode, indicator, status), said in several:
        each, place = INDICATORS[indicator], PLACES[pcode].name(words.language)
        counted = each.says(status, words.language) if status else each.title[words.language]
        counted, named = counted[:1].upper() + counted[1:], place != last
        names = _beside(place if named else "", counted)
        head = len(names) * ROW if beside else ROW + BETWEEN
        entries = list(
            _stacked([plot.entry(row, words) for row in said], top, 0 if beside else head)
        )
        held = list(takewhile(lambda entry: entry.bottom <= room, entries))
        if not held or top + head > room:
            break
        found.append(_Lane(place, counted, each.colour, named, held, top))
        top, last = max(held[-1].bottom, top + head) + AIR, place
        if len(held) < len(entries):
            break
    return found, top


def _beside(place: str, counted: str) -> list[tuple[str, bool]]:
    """The lines beside a lane, and whether each names the place."""
    named = look.escaped(letters.lines(place, FOOT, NAMES - OFF, bold=True))
    told = look.escaped(letters.lines(counted, FOOT, NAMES - OFF))
    return [*((f"<b>{line}</b>", True) for line in named), *((line, False) for line in told)]


def _stacked(entries: Sequence[_Entry], top: float, head: float) -> Iterator[_Entry]:
    """The entries of a lane under each other, `head` px below its top; those that name no hour
    come last, some px below the others."""
    top, timed = top + head, bool(entries[0].row["timed"])
    for each in entries:
        if timed and not each.row["timed"]:
            top, timed = top + BETWEEN, False
        laid = replace(each, top=top)
        yield laid
        top = laid.bottom


def _number(row: Row, words: Words) -> str:
    """What is said, as far as the lane's name leaves it open: "15", "1, children", "3,300
    buildings"."""
    indicator = INDICATORS[row["indicator"]]
    usual = indicator.says(row["status"], words.language)
    pieces = [
        vocabulary.amount(row, words, unit=bool(indicator.statuses)),
        captions.what(row, words).removeprefix(usual).removeprefix(", "),
        words._("in doubt") if row["doubted"] else "",
    ]
    return ", ".join(piece for piece in pieces if piece)


def _words_of(entry: _Entry, theme: str) -> dict:
    left, right = entry.ends
    text = "<br>".join(entry.lines)
    if not entry.leftwards:
        return _text(text, right, entry.top, theme) | {"xshift": OFF}
    turned = {"xanchor": "right", "align": "right", "xshift": -OFF}
    return _text(text, left, entry.top, theme) | turned


def _text(text: str, x: float, top: float, theme: str) -> dict:
    return {
        "text": text,
        "x": x,
        "xref": "x",
        "xanchor": "left",
        "align": "left",
        "y": top,
        "yref": "y",
        "yanchor": "top",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": FOOT, "color": TOKENS[theme]["ink"]},
    }


def _key(words: Words, theme: str) -> Key:
    """What the ground says."""
    muted = TOKENS[theme]["muted"]
    return Key(SOLID, look.faint(muted, 0.12), words._("names no hour: in no order"), rim=muted)


def _axis(plot: _Plot, words: Words, theme: str) -> dict:
    ticks = plot.clock.ticks(words) if plot.clock else []
    return clock.axis(plot.wide, ticks, theme)


def _behind(laid: Sequence[_Lane], plot: _Plot, words: Words, theme: str) -> Iterator[dict]:
    """A thin line above every lane but the first, the hours behind what names one, and the ground
    of what names none, where no hour shall be read."""
    hours = plot.clock.ticks(words) if plot.clock else []
    for lane in laid:
        if lane is not laid[0]:
            above = lane.top - AIR / 2
            yield _line((0, plot.wide), (above, above), theme)
        timed = [each for each in lane.entries if each.row["timed"]]
        untimed = lane.entries[len(timed) :]
        if timed:
            yield from (_line((at, at), (timed[0].top, timed[-1].bottom), theme) for at, _ in hours)
        if untimed:
            ends = {"y0": untimed[0].top - 1, "y1": untimed[-1].bottom - 1, "yref": "y"}
            yield clock.ground(0, plot.wide, theme) | ends


def _line(x: tuple[float, float], y: tuple[float, float], theme: str) -> dict:
    return {
        "type": "line",
        "layer": "below",
        "x0": x[0],
        "x1": x[1],
        "y0": y[0],
        "y1": y[1],
        "line": {"color": TOKENS[theme]["grid"], "width": 1},
    }


def _traces(entries: Sequence[_Entry], words: Words, theme: str) -> list[go.Scatter]:
    """A line across the part of the day that a statement names, its mark, the stroke of doubt."""
    doubted = [each for each in entries if each.row["doubted"]]
    spans = [each for each in entries if each.ends[0] < each.ends[1]]
    colours = [_colour(each, theme) for each in entries]
    told = {
        "customdata": [[each.row["claim"], each.row["figure_id"]] for each in entries],
        "hovertext": [marks.hover(each.row, words) for each in entries],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return [
        *(_span(each, theme) for each in spans),
        _marks(entries, [_symbol(each.row) for each in entries], 9, colours, told),
        _marks(doubted, "line-ne-open", 14, TOKENS[theme]["ink"], {"hoverinfo": "skip"}),
    ]


def _colour(entry: _Entry, theme: str) -> str:
    return INDICATORS[entry.row["indicator"]].colour[theme]


def _symbol(row: Row) -> str:
    """Words without a number are a hollow dot."""
    if row["bound"] == UNSTATED:
        return "circle-open"
    return marks.symbol(row, doubted=bool(row["doubted"]))


def _marks(
    entries: Sequence[_Entry],
    symbol: str | list[str],
    size: float,
    colour: str | list[str],
    told: dict,
) -> go.Scatter:
    return go.Scatter(
        x=[each.mark for each in entries],
        y=[each.middle for each in entries],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": symbol,
            "size": size,
            "color": colour,
            "line": {"color": colour, "width": 1.5},
        },
        **told,
    )


def _span(entry: _Entry, theme: str) -> go.Scatter:
    return go.Scatter(
        x=list(entry.ends),
        y=[entry.middle, entry.middle],
        mode="lines",
        hoverinfo="skip",
        line={"color": _colour(entry, theme), "width": 2},
    )
