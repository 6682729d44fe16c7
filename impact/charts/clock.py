"""The axis of statements: a clock for those whose hour is told and, beside it, a band for those
that name none, in the order in which they were published. Across is counted in px."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pandas as pd
import plotly.graph_objects as go

from impact.charts import letters, look
from impact.charts.look import FOOT, KEY, TOKENS
from impact.model.language import Words

# Hours between two labels of a clock; from a day on, labels are days.
STEPS = (1, 3, 6, 12, 24, 48, 120, 168, 336, 720)
# Px that a label of the clock takes up, and between the clock and the band.
LABEL, GAP = 46, 8
# The least and the most of the width that the band takes up, where a clock stands beside it.
LEAST, MOST = 0.36, 0.66
# The share of either part that stays free at its ends.
ROOM = 0.06


@dataclass(frozen=True, slots=True)
class Across:
    """Where statements stand from left to right.

    first, last  the ends of the clock (Kyiv time); None where no hour is told
    step         hours between its labels
    clock        px that the clock is wide; the band begins GAP behind it
    published    days of publication of what stands in the band, in its order
    """

    first: datetime | None
    last: datetime | None
    step: int
    clock: float
    wide: float
    published: tuple[str, ...]

    @classmethod
    def of(cls, rows: pd.DataFrame, wide: float) -> "Across":
        """For statements in sequence on a plot so many px wide."""
        timed = rows[rows["timed"]]
        published = tuple(rows.loc[~rows["timed"], "published"])
        if timed.empty:
            return cls(None, None, 0, 0, wide, published)
        share = min(MOST, max(LEAST, len(published) / (len(published) + max(3, len(timed)))))
        clock = wide - GAP - share * wide if published else wide
        return cls(*_span(timed, clock), clock, wide, published)

    @property
    def band(self) -> float:
        """Px from the left at which the band begins."""
        return self.clock + GAP if self.clock else 0

    def places(self, rows: pd.DataFrame) -> list[float]:
        """Px from the left for each of the statements in sequence."""
        slots = iter(self._slots())
        return [
            self.at(at) if timed else next(slots)
            for at, timed in zip(rows["at"], rows["timed"], strict=True)
        ]

    def at(self, time: datetime) -> float:
        """Px from the left of a time on the clock."""
        share = (time - self.first) / (self.last - self.first)
        return self.clock * (ROOM + (1 - 2 * ROOM) * share)

    def parts(self, rows: pd.DataFrame, colour: str) -> list[go.Scatter]:
        """A thin line across the part of the day that a statement names instead of an hour."""
        named = rows[rows["timed"] & (rows["begins"] < rows["ends"])]
        if named.empty:
            return []
        ends = [(self.at(row.begins), self.at(row.ends), row.value) for row in named.itertuples()]
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
        ticks = [*self._hours(words), *self._days(words)]
        return {
            "range": [0, self.wide],
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

    def shapes(self, theme: str) -> list[dict]:
        """The band's ground, lightly filled."""
        if not self.published:
            return []
        return [
            {
                "type": "rect",
                "layer": "below",
                "xref": "x",
                "yref": "paper",
                "x0": self.band,
                "x1": self.wide,
                "y0": 0,
                "y1": 1,
                "fillcolor": look.faint(TOKENS[theme]["muted"], 0.06),
                "line": {"width": 0},
            }
        ]

    def headings(self, words: Words) -> list[tuple[float, list[str]]]:
        """What stands above the clock and above the band: px from the left, and lines."""
        found = []
        if self.clock:
            found.append((0.0, self._lines(self._told(words), self.clock)))
        if self.published:
            untold = self._lines(words._("no hour told"), self.wide - self.band)
            found.append((self.band, untold))
        return found

    def _told(self, words: Words) -> str:
        if self._days_apart:
            return words._("Kyiv time")
        return words._("{day}, Kyiv time", day=words.short_day(self.first))

    def _lines(self, text: str, room: float) -> list[str]:
        return letters.lines(text, KEY, room, bold=True)

    def _slots(self) -> list[float]:
        """The middles of the band's places."""
        each = (self.wide - self.band) / max(1, len(self.published))
        return [self.band + (number + 0.5) * each for number in range(len(self.published))]

    def _hours(self, words: Words) -> list[tuple[float, str]]:
        if not self.clock:
            return []
        count = (self.last - self.first) // timedelta(hours=self.step)
        times = [self.first + timedelta(hours=self.step * number) for number in range(count + 1)]
        return [(self.at(each), self._text(each, words)) for each in times]

    def _text(self, at: datetime, words: Words) -> str:
        return words.short_day(at) if self._days_apart and at.hour == 0 else f"{at:%H:%M}"

    @property
    def _days_apart(self) -> bool:
        """Whether midnights need their day's name: the clock shows more than one day."""
        return (self.last - timedelta(seconds=1)).date() > self.first.date()

    def _days(self, words: Words) -> list[tuple[float, str]]:
        """A statement of each day of publication carries it: the first that has room."""
        found, free, told = [], self.clock + LABEL / 2 if self.clock else 0, None
        for at, day in zip(self._slots(), self.published, strict=True):
            text = words.short_day(datetime.fromisoformat(day)) if len(day) == 10 else ""
            half = letters.width(text, FOOT) / 2
            if text and day != told and at - half >= free:
                found.append((at, text))
                free, told = at + half + 4, day
        return found


def _span(timed: pd.DataFrame, wide: float) -> tuple[datetime, datetime, int]:
    """The clock's ends and the hours between its labels, as many as there is room for."""
    first, last = timed["begins"].min().to_pydatetime(), timed["ends"].max().to_pydatetime()
    for step in STEPS:
        begins, ends = _floor(first, step), _ceiling(last, step)
        if begins == ends:
            ends += timedelta(hours=step)
        if (ends - begins) / timedelta(hours=step) + 1 <= max(2, wide // LABEL):
            break
    return begins, ends, step


def _floor(at: datetime, step: int) -> datetime:
    midnight = datetime.combine(at, time())
    return midnight + timedelta(hours=at.hour // step * step) if step < 24 else midnight


def _ceiling(at: datetime, step: int) -> datetime:
    """The first of the steps from midnight that is not before a time; of whole days a midnight."""
    floor = _floor(at, step)
    return floor if floor == at else floor + timedelta(hours=min(step, 24))


def headings(across: Across, words: Words, theme: str) -> tuple[list[dict], float]:
    """The headings as annotations above a plot, and the px that they need there."""
    told = across.headings(words)
    annotations = [look.heading(lines, left / across.wide, 1, 0, theme) for left, lines in told]
    return annotations, max(look.room_for(lines) for _, lines in told)
