"""The axis of statements: a clock for those whose hour is told and, beside it, a band for those
that name none, in the order in which they were published. Across is counted in px."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, look
from impact.charts.look import FOOT, KEY, TOKENS
from impact.model.language import Words
from impact.model.rows import records

# Hours between two labels of a clock; from a day on, labels are days.
STEPS = (1, 3, 6, 12, 24, 48, 120, 168, 336, 720)
# Px that a label of the clock takes up, and between the clock and the band.
LABEL, GAP = 46, 8
# The least and the most of the width that the band takes up, where a clock stands beside it.
LEAST, MOST = 0.36, 0.66
# The share of either part that stays free at its ends.
ROOM = 0.06


@dataclass(frozen=True, slots=True)
class Clock:
    """The part for statements whose hour is told.

    first, last  its ends (Kyiv time)
    step         hours between its labels
    wide         px
    """

    first: datetime
    last: datetime
    step: int
    wide: float

    def at(self, time: datetime) -> float:
        """Px from the left of a time."""
        share = (time - self.first) / (self.last - self.first)
        return self.wide * (ROOM + (1 - 2 * ROOM) * share)

    def heading(self, words: Words) -> str:
        """What stands above it: the day, unless there are several, which its labels name."""
        if self._days_apart:
            return words._("Kyiv time")
        return words._("{day}, Kyiv time", day=words.short_day(self.first))

    def ticks(self, words: Words) -> list[tuple[float, str]]:
        """Its hours or days: px from the left, and label."""
        count = (self.last - self.first) // timedelta(hours=self.step)
        times = [self.first + timedelta(hours=self.step * number) for number in range(count + 1)]
        return [(self.at(each), self._text(each, words)) for each in times]

    def _text(self, at: datetime, words: Words) -> str:
        return words.short_day(at) if self._days_apart and at.hour == 0 else f"{at:%H:%M}"

    @property
    def _days_apart(self) -> bool:
        """Whether midnights need their day's name: the clock shows more than one day."""
        return (self.last - timedelta(seconds=1)).date() > self.first.date()


@dataclass(frozen=True, slots=True)
class Across:
    """Where statements stand from left to right.

    clock      None where no hour is told; the band begins GAP behind it
    wide       px of both together
    published  days of publication of what stands in the band, in its order
    """

    clock: Clock | None
    wide: float
    published: tuple[str, ...]

    @classmethod
    def of(cls, rows: pd.DataFrame, wide: float) -> "Across":
        """For statements in sequence on a plot so many px wide."""
        timed = rows[rows["timed"]]
        published = tuple(rows.loc[~rows["timed"], "published"])
        if timed.empty:
            return cls(None, wide, published)
        share = min(MOST, max(LEAST, len(published) / (len(published) + max(3, len(timed)))))
        beside = wide - GAP - share * wide if published else wide
        return cls(clock(timed, beside), wide, published)

    @property
    def band(self) -> float:
        """Px from the left at which the band begins."""
        return self.clock.wide + GAP if self.clock else 0

    def places(self, rows: pd.DataFrame) -> list[float]:
        """Px from the left for each of the statements in sequence."""
        slots, clock = iter(self._slots()), self.clock
        return [
            clock.at(at) if clock and timed else next(slots)
            for at, timed in zip(rows["at"], rows["timed"], strict=True)
        ]

    def parts(self, rows: pd.DataFrame, colour: str) -> list[go.Scatter]:
        """A thin line across the part of the day that a statement names instead of an hour."""
        named, clock = rows[rows["timed"] & (rows["begins"] < rows["ends"])], self.clock
        if named.empty or not clock:
            return []
        ends = [
            (clock.at(row["begins"]), clock.at(row["ends"]), row["value"]) for row in records(named)
        ]
        return [
            go.Scatter(
                x=[x for left, right, _ in ends for x in (left, right, None)],
                y=[y for _, _, value in ends for y in (value, value, None)],
                mode="lines",
                hoverinfo="skip",
                line={"color": colour, "width": 1},
            )
        ]

    def axis(self, words: Words, theme: str) -> dict:
        """The clock's hours or days and, under the band, the days of publication."""
        hours = self.clock.ticks(words) if self.clock else []
        return axis(self.wide, [*hours, *self._days(words)], theme)

    def shapes(self, theme: str) -> list[dict]:
        """The band's ground, lightly filled."""
        if not self.published:
            return []
        return [ground(self.band, self.wide, theme)]

    def headings(self, words: Words) -> list[tuple[float, list[str]]]:
        """What stands above the clock and above the band: px from the left, and lines."""
        found = []
        if self.clock:
            found.append((0.0, self._lines(self.clock.heading(words), self.clock.wide)))
        if self.published:
            untold = self._lines(words._("no hour told"), self.wide - self.band)
            found.append((self.band, untold))
        return found

    def _lines(self, text: str, room: float) -> list[str]:
        return letters.lines(text, KEY, room, bold=True)

    def _slots(self) -> list[float]:
        """The middles of the band's places."""
        each = (self.wide - self.band) / max(1, len(self.published))
        return [self.band + (number + 0.5) * each for number in range(len(self.published))]

    def _days(self, words: Words) -> list[tuple[float, str]]:
        """A statement of each day of publication carries it: the first that has room."""
        found, free, told = [], self.clock.wide + LABEL / 2 if self.clock else 0, None
        for at, day in zip(self._slots(), self.published, strict=True):
            text = words.short_day(datetime.fromisoformat(day)) if len(day) == 10 else ""
            half = letters.width(text, FOOT) / 2
            if text and day != told and at - half >= free:
                found.append((at, text))
                free, told = at + half + 4, day
        return found


def clock(timed: pd.DataFrame, wide: float) -> Clock:
    """A clock so many px wide for statements, with as many labels as there is room for."""
    first, last = timed["begins"].min().to_pydatetime(), timed["ends"].max().to_pydatetime()
    for step in STEPS:
        begins, ends = _floor(first, step), _ceiling(last, step)
        if begins == ends:
            ends += timedelta(hours=step)
        if (ends - begins) / timedelta(hours=step) + 1 <= max(2, wide // LABEL):
            break
    return Clock(begins, ends, step, wide)


def _floor(at: datetime, step: int) -> datetime:
    midnight = datetime.combine(at, time())
    return midnight + timedelta(hours=at.hour // step * step) if step < 24 else midnight


def _ceiling(at: datetime, step: int) -> datetime:
    """The first of the steps from midnight that is not before a time; of whole days a midnight."""
    floor = _floor(at, step)
    return floor if floor == at else floor + timedelta(hours=min(step, 24))


def axis(wide: float, ticks: Sequence[tuple[float, str]], theme: str) -> dict:
    """An axis so many px wide with labels below it: px from the left, and text."""
    return {
        "range": [0, wide],
        "tickvals": [at for at, _ in ticks],
        "ticktext": [text for _, text in ticks],
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "linecolor": TOKENS[theme]["muted"],
        "linewidth": 1,
        **look.outside(theme),
        "tickfont": {"size": FOOT, "color": TOKENS[theme]["muted"]},
    }


def ground(left: float, right: float, theme: str) -> dict:
    """The lightly filled ground of the band of those that name no hour."""
    return {
        "type": "rect",
        "layer": "below",
        "xref": "x",
        "yref": "paper",
        "x0": left,
        "x1": right,
        "y0": 0,
        "y1": 1,
        "fillcolor": look.faint(TOKENS[theme]["muted"], 0.06),
        "line": {"width": 0},
    }


def headings(across: Across, words: Words, theme: str) -> tuple[list[dict], float]:
    """The headings as annotations above a plot, and the px that they need there."""
    told = across.headings(words)
    annotations = [look.heading(lines, left / across.wide, 1, 0, theme) for left, lines in told]
    return annotations, max(look.room_for(lines) for _, lines in told)
