"""Charts on a time axis: panels under each other, so that a day is one vertical line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from impact import captions
from impact.captions import Caption
from impact.charts import look, marks
from impact.charts.look import DAY_MS, DOT, HATCHED, SOLID, TOKENS, Key
from impact.indicators import INDICATORS
from impact.language import Words

# A panel that only says that nobody reported.
EMPTY_PX = 8


@dataclass(slots=True)
class Panel:
    """One plot of a stack: heading, height in px, traces, y axis, and its part of the key."""

    heading: str
    height: int
    traces: list = field(default_factory=list)
    axis: dict = field(default_factory=dict)
    keys: list[Key] = field(default_factory=list)


def stack(
    panels: Sequence[Panel], caption: Caption, period: tuple[date, date], words: Words, theme: str
) -> go.Figure:
    """The panels under each other on the time axis of the period, in their frame."""
    gaps = [look.room_for(panel.heading) for panel in panels]
    total = sum(panel.height for panel in panels) + sum(gaps[1:])
    traces, layout, headings, top = [], {"barmode": "overlay"}, [], total
    for number, (panel, gap) in enumerate(zip(panels, gaps, strict=True), start=1):
        suffix = "" if number == 1 else str(number)
        top -= gap if number > 1 else 0
        domain = [max(0.0, (top - panel.height) / total), top / total]
        axis = look.value_axis(theme) | panel.axis | {"domain": domain, "anchor": "x"}
        layout[f"yaxis{suffix}"] = axis
        for trace in panel.traces:
            trace.xaxis, trace.yaxis = "x", f"y{suffix}"
        traces += panel.traces
        if panel.heading:
            headings.append(look.heading(panel.heading, domain[1], theme))
        top -= panel.height
    layout["annotations"] = headings
    layout["xaxis"] = look.time_axis(*period, words, theme) | {"anchor": "free", "position": 0}
    keys = list(dict.fromkeys(key for panel in panels for key in panel.keys))
    return look.frame(
        traces, layout, caption, total, words, theme, keys=keys, ticks=True, room=gaps[0]
    )


def outage_panel(
    rows: pd.DataFrame,
    rivals: pd.DataFrame,
    indicator: str,
    period: tuple[date, date],
    words: Words,
    theme: str,
    *,
    heading: str = "",
    height: int = 230,
) -> Panel:
    """Lost, still without and restored by day for one place and unit. No bar is no report."""
    colour = INDICATORS[indicator].colour[theme]
    if rows.empty:
        return Panel(
            words._("{place}: no report in this period", place=heading),
            EMPTY_PX,
            axis={"visible": False},
        )
    panel = Panel(heading, height, axis=look.count_axis(rows))
    axis = tuple(pd.Timestamp(day) for day in period)
    present = [status for status in marks.STATUS_ORDER if status in set(rows["status"])]
    for number, status in enumerate(present):
        some = rows[rows["status"] == status]
        at, width = look.slot(some["day"], number, len(present))
        where = at.set_axis(some["claim"])
        panel.keys.append(marks.status_key(indicator, status, words, theme))
        panel.traces += [
            marks.status_bars(some, at, width, indicator, status, words, theme),
            marks.rival_ticks(rivals[rivals["claim"].isin(where.index)], where, colour),
            marks.ends(some, at, axis, status, colour, words),
        ]
    return panel


def attack_panel(attacks: pd.DataFrame, words: Words, theme: str) -> Panel:
    """A tick for each night with launches; drones and missiles stand in its hover text."""
    ticks = go.Scatter(
        x=attacks["day"],
        y=[0] * len(attacks),
        mode="markers",
        marker={
            "symbol": "line-ns-open",
            "size": 12,
            "color": TOKENS[theme]["ink"],
            "line": {"width": 1.5},
        },
        customdata=[("", ",".join(ids)) for ids in attacks["figure_ids"]],
        text=[_launches(row, words) for row in attacks.to_dict("records")],
        hovertemplate="%{text}<extra></extra>",
    )
    axis = {"visible": False, "range": [-1, 1], "fixedrange": True}
    return Panel(words._("Nights with drones or missiles launched"), 20, [ticks], axis)


def launches_panel(attacks: pd.DataFrame, words: Words, theme: str, *, height: int = 90) -> Panel:
    """Drones (solid) and missiles (hatched) launched at the country by night."""
    panel = Panel(words._("Drones and missiles launched"), height, axis={"rangemode": "tozero"})
    for number, (indicator, glyph) in enumerate(
        (("drones_launched", SOLID), ("missiles_launched", HATCHED))
    ):
        at, width = look.slot(attacks["day"], number, 2)
        each = INDICATORS[indicator]
        panel.keys.append(Key(glyph, each.colour[theme], each.title[words.language]))
        panel.traces.append(
            go.Bar(
                x=at,
                width=width,
                y=attacks[indicator],
                marker=marks.toll_marker(indicator, theme),
                customdata=[("", ",".join(ids)) for ids in attacks["figure_ids"]],
                text=[_launches(row, words) for row in attacks.to_dict("records")],
                textposition="none",
                hovertemplate="%{text}<extra></extra>",
            )
        )
    return panel


def temperature_panel(
    rows: pd.DataFrame,
    norms: Mapping[int, float],
    period: tuple[date, date],
    words: Words,
    theme: str,
    *,
    height: int = 110,
) -> Panel:
    """Reported temperatures as a thin line with gaps, below zero lightly filled; norm dashed."""
    colour = INDICATORS["temperature"].colour[theme]
    panel = Panel(
        words._("Temperature, °C (dashed: long-term norm)"),
        height,
        axis={"zeroline": True, "zerolinecolor": TOKENS[theme]["muted"]},
    )
    if norms:
        days = pd.date_range(*period)
        panel.traces.append(
            go.Scatter(
                x=days,
                y=[norms.get(day.month) for day in days],
                mode="lines",
                line={"color": colour, "width": 1, "dash": "dash", "shape": "hv"},
                hoverinfo="skip",
            )
        )
    if len(rows):
        panel.traces += _degrees(rows, colour, words)
    return panel


def _degrees(rows: pd.DataFrame, colour: str, words: Words) -> list:
    line = with_gaps(rows)
    texts = [marks.hover(row, words) if row["figure_id"] else "" for row in line.to_dict("records")]
    return [
        go.Bar(
            x=line["day"],
            y=line["value"].clip(upper=0),
            width=DAY_MS,
            marker={"color": look.faint(colour, 0.18)},
            hoverinfo="skip",
        ),
        go.Scatter(
            x=line["day"],
            y=line["value"],
            mode="lines+markers",
            connectgaps=False,
            line={"color": colour, "width": 1.2},
            marker={"size": 4, "color": colour},
            customdata=line[["claim", "figure_id"]],
            text=texts,
            hovertemplate="%{text}<extra></extra>",
        ),
    ]


def toll_panel(totals: pd.DataFrame, words: Words, theme: str, *, height: int = 150) -> Panel:
    """Killed (solid) and injured (hatched) by day: day, indicator, value, bound, figure_id."""
    panel = Panel(words._("Killed and injured"), height, axis=look.count_axis(totals))
    for number, indicator in enumerate(("killed", "injured")):
        some = totals[totals["indicator"] == indicator]
        if some.empty:
            continue
        at, width = look.slot(some["day"], number, 2)
        key = marks.toll_key(indicator, words, theme)
        panel.keys.append(key)
        panel.traces.append(
            go.Bar(
                x=at,
                width=width,
                y=some["value"],
                marker=marks.toll_marker(indicator, theme),
                customdata=some[["claim", "figure_id"]],
                text=[_toll_hover(row, key.label, words) for row in some.to_dict("records")],
                textposition="none",
                hovertemplate="%{text}<extra></extra>",
            )
        )
    return panel


def spread_panel(
    cut_off: pd.DataFrame, indicator: str, words: Words, theme: str, *, height: int = 80
) -> Panel:
    """How many cities and oblasts had a report of a loss each day: day, places, names."""
    each = INDICATORS[indicator]
    heading = words._(
        "Cities and oblasts reported {without}", without=each.says("without", words.language)
    )
    bars = go.Bar(
        x=cut_off["day"],
        width=DAY_MS * look.FILLED,
        y=cut_off["places"],
        marker={"color": each.colour[theme]},
        customdata=[("", ids) for ids in cut_off["figure_id"]],
        text=[look.hover_text([words.day(row.day), row.names]) for row in cut_off.itertuples()],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    return Panel(heading, height, [bars], {"rangemode": "tozero"})


def months_panel(
    totals: pd.DataFrame, verified: pd.DataFrame, indicator: str, words: Words, theme: str
) -> Panel:
    """Monthly sums of events as bars with the UN's verified totals of the month as dots.

    totals: month (its first day), value, figure_id. Both are drawn at the month's middle.
    """
    middle = pd.Timedelta(days=14)
    each = INDICATORS[indicator]
    name = each.title[words.language]
    highest = max([*totals["value"], *verified["value"], 1])
    panel = Panel(name, 170, axis={"range": [0, highest * 1.2]})
    panel.keys = [
        Key(
            marks.toll_key(indicator, words, theme).glyph,
            each.colour[theme],
            words._("{name}: sum of the events known here, at least", name=name),
        ),
        Key(DOT, TOKENS[theme]["ink"], words._("the UN's verified total of the month")),
    ]
    panel.traces = [
        go.Bar(
            x=totals["month"] + middle,
            y=totals["value"],
            width=DAY_MS * 18,
            marker=marks.toll_marker(indicator, theme),
            text=[words.number(value) for value in totals["value"]],
            textposition="outside",
            cliponaxis=False,
            customdata=[("", ids) for ids in totals["figure_id"]],
            hovertext=[_month_hover(row, name, words) for row in totals.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        ),
        go.Scatter(
            x=verified["day"] + middle,
            y=verified["value"],
            mode="markers+text",
            marker={"size": 9, "color": TOKENS[theme]["ink"]},
            text=[words.number(value) for value in verified["value"]],
            textposition="top center",
            cliponaxis=False,
            customdata=verified[["claim", "figure_id"]],
            hovertext=[marks.hover(row, words) for row in verified.to_dict("records")],
            hovertemplate="%{hovertext}<extra></extra>",
        ),
    ]
    return panel


def with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by day with an empty one wherever a day is missing, so that no line joins them."""
    ordered = rows.sort_values("day").drop_duplicates("day")
    days = pd.date_range(ordered["day"].min(), ordered["day"].max())
    return (
        ordered.set_index("day")
        .reindex(days)
        .assign(
            claim=lambda frame: frame["claim"].fillna(""),
            figure_id=lambda frame: frame["figure_id"].fillna(""),
        )
        .reset_index(names="day")
    )


def _launches(row: Mapping, words: Words) -> str:
    counted = [
        words.plural(*captions.UNITS[unit], row[indicator])
        for indicator, unit in (("drones_launched", "drones"), ("missiles_launched", "missiles"))
        if not pd.isna(row[indicator])
    ]
    return look.hover_text([words.day(row["day"]), ", ".join(counted)])


def _toll_hover(row: Mapping, name: str, words: Words) -> str:
    return look.hover_text(
        [words.day(row["day"]), f"{name}: {captions.amount(row, words, unit=False)}"]
    )


def _month_hover(row: Mapping, name: str, words: Words) -> str:
    total = words._("at least {amount}", amount=words.number(row["value"]))
    return look.hover_text([words.month(row["month"]), f"{name}: {total}"])
