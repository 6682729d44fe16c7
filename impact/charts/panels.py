"""Panels of charts on a time axis: what is drawn of one indicator, in one plot."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

import pandas as pd
import plotly.graph_objects as go

from impact.charts import look, marks
from impact.charts.arranging import EMPTY_PX, STRIP_PX, Panel
from impact.charts.labels import Box, Label
from impact.charts.look import DAY_MS, DOT, HATCHED, SOLID, TOKENS, Key
from impact.charts.sheets import Sheet
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.rows import Row, records
from impact.rules import twins

ATTACKS = ("drones_launched", "missiles_launched")


def outage_panel(
    rows: pd.DataFrame,
    rivals: pd.DataFrame,
    indicator: str,
    words: Words,
    theme: str,
    *,
    heading: str = "",
    height: int = 230,
) -> Panel:
    """Lost, still without and restored by day for one place and unit. No bar is no report.

    A count that is told as lost and as still without is one bar (twins.once).
    """
    rows = twins.once(rows)
    colour = INDICATORS[indicator].colour[theme]
    panel = Panel(heading, height, highest=look.highest(rows))
    present = [status for status in marks.STATUS_ORDER if status in set(rows["status"])]
    for number, status in enumerate(present):
        some = rows[rows["status"] == status]
        at, width = look.slot(some["day"], number, len(present))
        where = pd.concat([at.set_axis(some["claim"]), at.set_axis(some["twin"])])
        where = where[(where.index != "") & ~where.index.duplicated()]
        panel.keys += marks.status_keys(some, indicator, status, words, theme)
        panel.traces += [
            marks.status_bars(some, at, width, indicator, status, words, theme),
            marks.rival_ticks(rivals[rivals["claim"].isin(where.index)], where, colour),
            *marks.ends(some, at, colour, words),
        ]
        panel.labels += marks.labels(some, at, status, words)
        if status == "restored":
            cut_off = look.highest(rows[rows["status"] != status])
            panel.labels += marks.highest_back(some, at, cut_off, indicator, words)
        panel.obstacles += marks.boxes(some, at, pd.Timedelta(milliseconds=width / 2))
    panel.labels.sort(key=lambda label: -label.y)
    return panel


def silent_panel(place: str, words: Words) -> Panel:
    """A line in place of a plot: nobody reported on a place in a unit, and a page has others."""
    heading = words._("{place}: no report in this unit and period", place=place)
    return Panel(heading, EMPTY_PX, axis={"visible": False}, fixed=True)


def empty_panel(
    heading: str, words: Words, *, height: float = 150, one_unit: bool = False
) -> Panel:
    """The plot of a place on which nobody reported, beside those on which somebody did.

    one_unit  whether others may be counted in, which the plot does not have
    """
    note = words._("no report in this unit") if one_unit else words._("no report")
    return Panel(heading, height, highest=0, note=note)


def attack_panel(attacks: pd.DataFrame, words: Words, theme: str, *, keyed: bool = False) -> Panel:
    """A tick for each night with launches; drones and missiles stand in its hover text.

    keyed  whether the picture's key says what ticks are, instead of a heading
    """
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
        text=[_launches(row, words) for row in records(attacks)],
        hovertemplate="%{text}<extra></extra>",
    )
    axis = {"visible": False, "range": [-1, 1], "fixedrange": True}
    if keyed:
        return Panel("", STRIP_PX, [ticks], axis, [look.night_key(words, theme)], fixed=True)
    heading = words._("Nights with drones or missiles launched")
    return Panel(heading, STRIP_PX, [ticks], axis, fixed=True)


def night_strip(attacks: pd.DataFrame, words: Words, theme: str, sheet: Sheet) -> list[Panel]:
    """The ticks of the nights as a panel of their own; none on a low sheet, whose time axis has
    them (arranging.stack)."""
    return [] if sheet.short else [attack_panel(attacks, words, theme, keyed=not sheet.grows)]


def launches_panel(attacks: pd.DataFrame, words: Words, theme: str, *, height: int = 90) -> Panel:
    """Drones (solid) and missiles (hatched) launched at the country by night."""
    panel = Panel(words._("Drones and missiles launched"), height)
    panel.highest = attacks[list(ATTACKS)].max().max() if len(attacks) else 0
    for number, (indicator, glyph) in enumerate(zip(ATTACKS, (SOLID, HATCHED), strict=True)):
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
                text=[_launches(row, words) for row in records(attacks)],
                textposition="none",
                hovertemplate="%{text}<extra></extra>",
            )
        )
        counted = attacks[indicator]
        if counted.notna().any():
            highest = int(counted.argmax())
            most = counted.iloc[highest]
            panel.labels.append(Label(at.iloc[highest], most, words.number(most)))
        panel.obstacles += bars_over(at, attacks[indicator], width)
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
        told = dict.fromkeys([rows["value"].idxmin(), rows.index[-1]])
        panel.labels = [
            Label(
                rows["day"][index],
                rows["value"][index],
                vocabulary.amount(rows.loc[index], words, unit=False),
            )
            for index in told
        ]
        panel.obstacles = [
            Box(day, value, day, value)
            for day, value in zip(rows["day"], rows["value"], strict=True)
        ]
    usual = [norms[day.month] for day in pd.date_range(*period) if day.month in norms]
    panel.axis |= degrees_axis(rows, usual)
    return panel


def degrees_axis(rows: pd.DataFrame, usual: Collection[float] = ()) -> dict:
    """From below the coldest to above the warmest, zero included, with room for labels."""
    drawn = [0, *rows["value"], *usual]
    air = max(2, (max(drawn) - min(drawn)) * 0.2)
    return {"range": [min(drawn) - air, max(drawn) + air]}


def _degrees(rows: pd.DataFrame, colour: str, words: Words) -> list:
    line = with_gaps(rows)
    texts = [marks.hover(row, words) if row["figure_id"] else "" for row in records(line)]
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


def toll_panel(
    totals: pd.DataFrame, words: Words, theme: str, *, heading: str | None = None, height: int = 150
) -> Panel:
    """Tolls by day, killed solid and others hatched: day, indicator, value, bound, figure_id."""
    usual = words._("Killed and injured")
    panel = Panel(usual if heading is None else heading, height, highest=look.highest(totals))
    present = [each for each in INDICATORS if each in set(totals["indicator"])]
    for number, indicator in enumerate(present):
        some = totals[totals["indicator"] == indicator]
        at, width = look.slot(some["day"], number, len(present))
        key = marks.toll_key(indicator, words, theme)
        panel.keys.append(key)
        panel.traces.append(
            go.Bar(
                x=at,
                width=width,
                y=some["value"],
                marker=marks.toll_marker(indicator, theme),
                customdata=some[["claim", "figure_id"]],
                text=[_toll_hover(row, key.label, words) for row in records(some)],
                textposition="none",
                hovertemplate="%{text}<extra></extra>",
            )
        )
        panel.labels += [
            Label(at[index], marks.top(some.loc[index]), _number(some.loc[index], words))
            for index in dict.fromkeys([some["value"].idxmax(), some.index[-1]])
        ]
        panel.obstacles += bars_over(at, some["value"], width)
    return panel


def months_panel(
    totals: pd.DataFrame, verified: pd.DataFrame, indicator: str, words: Words, theme: str
) -> Panel:
    """Monthly sums of events as bars with the UN's verified totals of the month as dots.

    totals: month (its first day), value, figure_id. Both are drawn at the month's middle.
    """
    middle = pd.Timedelta(days=14)
    each = INDICATORS[indicator]
    name = each.title[words.language]
    panel = Panel(name, 170, highest=max([*totals["value"], *verified["value"], 1]))
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
            customdata=[("", ids) for ids in totals["figure_id"]],
            hovertext=[_month_hover(row, name, words) for row in records(totals)],
            hovertemplate="%{hovertext}<extra></extra>",
        ),
        go.Scatter(
            x=verified["day"] + middle,
            y=verified["value"],
            mode="markers",
            marker={"size": 9, "color": TOKENS[theme]["ink"]},
            cliponaxis=False,
            customdata=verified[["claim", "figure_id"]],
            hovertext=[marks.hover(row, words) for row in records(verified)],
            hovertemplate="%{hovertext}<extra></extra>",
        ),
    ]
    panel.labels = [
        Label(at + middle, value, words.number(value))
        for at, value in (
            *zip(verified["day"], verified["value"], strict=True),
            *zip(totals["month"], totals["value"], strict=True),
        )
    ]
    panel.obstacles = bars_over(totals["month"] + middle, totals["value"], DAY_MS * 18)
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


def bars_over(at: pd.Series, values: pd.Series, width: float) -> list[Box[datetime]]:
    """What bars so many ms wide cover."""
    half = pd.Timedelta(milliseconds=width / 2)
    return [Box(x - half, 0, x + half, value) for x, value in zip(at, values, strict=True)]


def _number(row: Row, words: Words) -> str:
    return vocabulary.amount(row, words, unit=False)


def _launches(row: Row, words: Words) -> str:
    counted = [
        words.plural(*vocabulary.UNITS[unit], row[indicator])
        for indicator, unit in (("drones_launched", "drones"), ("missiles_launched", "missiles"))
        if not pd.isna(row[indicator])
    ]
    return look.hover_text([words.day(row["day"]), ", ".join(counted)])


def _toll_hover(row: Row, name: str, words: Words) -> str:
    return look.hover_text(
        [words.day(row["day"]), f"{name}: {vocabulary.amount(row, words, unit=False)}"]
    )


def _month_hover(row: Row, name: str, words: Words) -> str:
    total = words._("at least {amount}", amount=words.number(row["value"]))
    return look.hover_text([words.month(row["month"]), f"{name}: {total}"])
