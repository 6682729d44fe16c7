"""Tables -> Plotly charts: the one look of the product, and the only module that imports plotly.

A chart is a stack of panels on one time axis, or bars, or the map. Its words come from captions:
title and subtitle above, the foot inside the picture, where cropping cannot lose it.
What a mark says (LOOK.md): lost solid, still without outlined, restored a bare line; a triangle
points up for "at least" and down for "up to", a diamond is "about"; filled = verified or
confirmed, hollow = reported; a thin line spans the rivals with a tick for each.
"""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go

from impact import captions, places
from impact.captions import Caption
from impact.indicators import INDICATORS
from impact.language import Words
from impact.places import PLACES

FONT = '"Source Sans", "Source Sans 3", "Noto Sans", "DejaVu Sans", sans-serif'

# Colours that belong to no indicator; those that do stand in data/indicators.toml.
TOKENS = {
    "light": {"paper": "#FFFFFF", "ink": "#1B1F24", "muted": "#55606B", "grid": "#E3E6E8"},
    "dark": {"paper": "#14181D", "ink": "#E8EAED", "muted": "#A7B0BA", "grid": "#2C333A"},
}
# A line of text that fits a phone 390 px wide, in characters, at each size used.
TITLE_WIDTH, SUBTITLE_WIDTH, FOOT_WIDTH = 42, 54, 62
TITLE_SIZE, SUBTITLE_SIZE, FOOT_SIZE = 16, 13, 11
LINE = 1.3

STATUS_ORDER = ("lost", "without", "restored", "")
SYMBOLS = {"exact": "circle", "at_least": "triangle-up", "at_most": "triangle-down",
           "about": "diamond"}  # fmt: skip
CERTAIN = {"verified", "confirmed"}

PANEL_GAP = 34
CONFIG = {"displaylogo": False, "responsive": True, "displayModeBar": False, "scrollZoom": False}


@dataclass(slots=True)
class Panel:
    """One plot of a stack: its heading, height in px, traces and y axis."""

    heading: str
    height: int
    traces: list = field(default_factory=list)
    axis: dict = field(default_factory=dict)


def stack(
    panels: Sequence[Panel], caption: Caption, period: tuple[date, date], words: Words, theme: str
) -> go.Figure:
    """Panels under each other on one time axis, so that a day is one vertical line."""
    chart = go.Figure()
    heights = [panel.height for panel in panels]
    total = sum(heights) + PANEL_GAP * (len(panels) - 1)
    top = total
    for number, panel in enumerate(panels, start=1):
        suffix = "" if number == 1 else str(number)
        domain = [max(0.0, (top - panel.height) / total), top / total]
        chart.update_layout({f"yaxis{suffix}": _value_axis(theme) | panel.axis | {
            "domain": domain, "anchor": "x"}})  # fmt: skip
        for trace in panel.traces:
            chart.add_trace(trace.update(yaxis=f"y{suffix}", xaxis="x"))
        if panel.heading:
            chart.add_annotation(_heading(panel.heading, domain[1], theme))
        top -= panel.height + PANEL_GAP
    chart.update_layout(
        xaxis=_time_axis(*period, words, theme) | {"anchor": "free", "position": 0},
        barmode="group", scattermode="group", bargap=0.25, bargroupgap=0.05, scattergap=0.25,
    )  # fmt: skip
    return _frame(chart, caption, total, words, theme, ticks=True)


def outage_panel(
    rows: pd.DataFrame, rivals: pd.DataFrame, indicator: str, words: Words, theme: str, *,
    heading: str = "", height: int = 230,
) -> Panel:  # fmt: skip
    """Lost, still without and restored by day for one place and unit. No bar is no report."""
    colour = INDICATORS[indicator].colour[theme]
    panel = Panel(heading, height, axis=_count_axis(rows))
    for status in STATUS_ORDER:
        some = rows[rows["status"] == status]
        if some.empty:
            continue
        name = INDICATORS[indicator].says(status, words.language)
        panel.traces += [
            _bars(some, status, name, colour, theme, words),
            _rival_ticks(rivals[rivals["claim"].isin(some["claim"])], status, colour),
            _marks(some, status, name, colour, words),
        ]
    return panel


def attack_panel(attacks: pd.DataFrame, words: Words, theme: str) -> Panel:
    """A tick for each night with launches; drones and missiles stand in its hover text."""
    hover = [_launches(row, words) for row in attacks.to_dict("records")]
    ticks = go.Scatter(
        x=attacks["day"], y=[0] * len(attacks), mode="markers", showlegend=False,
        marker={"symbol": "line-ns-open", "size": 12, "color": TOKENS[theme]["ink"],
                "line": {"width": 1.5}},
        customdata=[("", ids[0] if ids else "") for ids in attacks["figure_ids"]],
        text=hover, hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    axis = {"visible": False, "range": [-1, 1], "fixedrange": True}
    return Panel(words._("Nights with drones or missiles launched"), 20, [ticks], axis)


def temperature_panel(
    rows: pd.DataFrame, norms: Mapping[int, float], period: tuple[date, date], words: Words,
    theme: str, *, height: int = 110,
) -> Panel:  # fmt: skip
    """Reported temperatures as a thin line with gaps, below zero lightly filled; the norm dashed."""
    colour = INDICATORS["temperature"].colour[theme]
    panel = Panel(words._("Temperature, °C (dashed: long-term norm)"), height,
                  axis={"zeroline": True, "zerolinecolor": TOKENS[theme]["muted"]})  # fmt: skip
    if norms:
        days = pd.date_range(*period)
        panel.traces.append(go.Scatter(
            x=days, y=[norms.get(day.month) for day in days], mode="lines", showlegend=False,
            line={"color": colour, "width": 1, "dash": "dash", "shape": "hv"}, hoverinfo="skip",
        ))  # fmt: skip
    if len(rows):
        line = with_gaps(rows)
        panel.traces += [
            go.Scatter(
                x=line["day"], y=line["value"].clip(upper=0), mode="none", fill="tozeroy",
                fillcolor=_light(colour, 0.18), connectgaps=False, showlegend=False,
                hoverinfo="skip",
            ),
            go.Scatter(
                x=line["day"], y=line["value"], mode="lines+markers", connectgaps=False,
                line={"color": colour, "width": 1.2}, marker={"size": 4, "color": colour},
                showlegend=False, customdata=line[["claim", "figure_id"]],
                text=[_hover(row, words) if row["figure_id"] else "" for row in
                      line.to_dict("records")],
                hovertemplate="%{text}<extra></extra>",
            ),
        ]  # fmt: skip
    return panel


def toll_panel(
    rows: pd.DataFrame, words: Words, theme: str, *, heading: str, height: int = 150
) -> Panel:
    """Killed (solid) and injured (hatched) by day."""
    panel = Panel(heading, height, axis=_count_axis(rows))
    for indicator in ("killed", "injured"):
        some = rows[rows["indicator"] == indicator]
        if some.empty:
            continue
        name = INDICATORS[indicator].title[words.language]
        panel.traces.append(go.Bar(
            x=some["day"], y=some["value"], name=name, offsetgroup=indicator,
            marker=_toll_marker(indicator, theme), customdata=some[["claim", "figure_id"]],
            text=[_total_hover(row, name, words) for row in some.to_dict("records")],
            textposition="none", hovertemplate="%{text}<extra></extra>",
        ))  # fmt: skip
    return panel


def months_panel(
    totals: pd.DataFrame, verified: pd.DataFrame, indicator: str, words: Words, theme: str
) -> Panel:
    """Monthly sums of events as bars with the UN's verified totals of the month as dots.

    totals: month (its first day), value. Both are drawn at the month's middle.
    """
    name = INDICATORS[indicator].title[words.language]
    panel = Panel(name, 170, axis={"rangemode": "tozero"})
    panel.traces.append(go.Bar(
        x=totals["month"] + pd.Timedelta(days=14), y=totals["value"], width=86_400_000 * 18,
        name=words._("Sum of the events in this store, at least"),
        marker=_toll_marker(indicator, theme), showlegend=indicator == "killed",
        text=[words.number(value) for value in totals["value"]], textposition="outside",
        cliponaxis=False, customdata=[("", "")] * len(totals),
        hovertext=[
            f"{words.month(row['month'])}<br>{name}: "
            + words._("at least {amount}", amount=words.number(row["value"]))
            for row in totals.to_dict("records")
        ], hovertemplate="%{hovertext}<extra></extra>",
    ))  # fmt: skip
    panel.traces.append(go.Scatter(
        x=verified["day"] + pd.Timedelta(days=14), y=verified["value"], mode="markers+text",
        name=words._("UN monthly total, verified"), showlegend=indicator == "killed",
        marker={"size": 9, "color": TOKENS[theme]["ink"], "symbol": "circle"},
        text=[words.number(value) for value in verified["value"]], textposition="top center",
        cliponaxis=False, customdata=verified[["claim", "figure_id"]],
        hovertext=[_hover(row, words) for row in verified.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    ))  # fmt: skip
    return panel


def ranked_bars(
    rows: pd.DataFrame, labels: Sequence[str], caption: Caption, words: Words, theme: str
) -> go.Figure:
    """Killed and injured as horizontal bars, one label a group, in the order given.

    rows: label, indicator, value, bound and, where one claim stands behind a bar, its claim.
    """
    chart = go.Figure()
    for indicator in ("injured", "killed"):
        some = rows[rows["indicator"] == indicator]
        chart.add_trace(go.Bar(
            y=some["label"], x=some["value"], orientation="h", legendrank=indicator == "injured",
            name=INDICATORS[indicator].title[words.language], offsetgroup=indicator,
            marker=_toll_marker(indicator, theme),
            text=[captions.amount(row, words, unit=False) for row in some.to_dict("records")],
            textposition="outside", cliponaxis=False, constraintext="none",
            customdata=some[["claim", "figure_id"]],
            hovertemplate="%{y}<br>%{fullData.name}: %{text}<extra></extra>",
        ))  # fmt: skip
    height = 46 * len(labels) + 20
    longest = rows["value"].max() if len(rows) else 1
    chart.update_layout(
        barmode="group", bargap=0.3,
        xaxis=_value_axis(theme) | {"range": [0, longest * 1.3], "showticklabels": False,
                                    "showgrid": False},
        yaxis={"categoryorder": "array", "categoryarray": list(reversed(labels)),
               "tickfont": {"size": 12}, "automargin": True, "fixedrange": True},
    )  # fmt: skip
    return _frame(chart, caption, height, words, theme)


def toll_over_time(rows: pd.DataFrame, caption: Caption, words: Words, theme: str) -> go.Figure:
    """How one event's toll moved from report to report, in the order it was stated.

    The step line follows whoever is responsible; every other report is a mark beside it.
    """
    rows = rows.reset_index(drop=True)
    colour = INDICATORS[rows["indicator"].iat[0]].colour[theme]
    official = rows[rows["standing"] <= 1]
    chart = go.Figure([
        go.Scatter(
            x=official.index, y=official["value"], mode="lines", hoverinfo="skip",
            line={"color": colour, "width": 1.5, "shape": "hv"}, showlegend=False,
        ),
        _marks(rows, "", "", colour, words).update(x=rows.index, showlegend=False),
    ])  # fmt: skip
    first_of_day = rows.drop_duplicates("published")
    chart.update_layout(
        xaxis={
            "tickvals": list(first_of_day.index), "fixedrange": True, "showgrid": False,
            "ticktext": _spaced([words.short_day(pd.Timestamp(day)) if day else ""
                                 for day in first_of_day["published"]],
                                list(first_of_day.index), len(rows)),
            "range": [-0.6, len(rows) - 0.2], "linecolor": TOKENS[theme]["muted"],
        },
        yaxis=_value_axis(theme) | _count_axis(rows),
    )  # fmt: skip
    return _frame(chart, caption, 240, words, theme, ticks=True)


def country_map(
    areas: pd.DataFrame, cities: pd.DataFrame, indicator: str, caption: Caption, words: Words,
    theme: str,
) -> go.Figure:  # fmt: skip
    """Oblasts and cities in five absolute classes, the same every day; no data is hatched.

    areas, cities: place, value, bound, claim, figure_id. Outlines are polygons on plain axes:
    vector, drawn without the internet.
    """
    scheme = INDICATORS[indicator]
    shades = _shades(scheme.colour[theme], len(scheme.breaks) + 1, theme)
    known = areas.set_index("place")
    chart = go.Figure()
    for pcode, rings in sorted(places.outlines().items(), key=lambda each: each[0] == "UA80"):
        value = known["value"].get(pcode)
        chart.add_trace(_outline(rings, value, scheme.breaks, shades, theme))
    chart.add_trace(_points(areas, scheme.breaks, shades, words, theme, size=7, symbol="square"))
    chart.add_trace(_points(cities, scheme.breaks, shades, words, theme, size=12, symbol="circle"))
    for label, shade in zip(_class_labels(scheme.breaks, words), shades, strict=True):
        chart.add_trace(_legend_swatch(label, shade, theme))
    chart.add_trace(_legend_swatch(words._("no report"), None, theme))
    chart.update_layout(
        # One degree of latitude is 1.5 times as long as one of longitude at 48.5° N.
        xaxis={"visible": False, "fixedrange": True, "range": [21.9, 40.5], "constrain": "domain"},
        yaxis={"visible": False, "fixedrange": True, "range": [44.1, 52.6], "scaleanchor": "x",
               "scaleratio": 1.51, "constrain": "domain"},
    )  # fmt: skip
    return _frame(chart, caption, 300, words, theme)


def with_gaps(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by day with an empty one wherever a day is missing, so that no line joins them."""
    ordered = rows.sort_values("day").drop_duplicates("day")
    days = pd.date_range(ordered["day"].min(), ordered["day"].max())
    return (
        ordered.set_index("day")
        .reindex(days)
        .assign(claim=lambda frame: frame["claim"].fillna(""),
                figure_id=lambda frame: frame["figure_id"].fillna(""))
        .reset_index(names="day")
    )  # fmt: skip


def _bars(rows, status, name, colour, theme, words) -> go.Bar:
    fills = {
        "lost": {"color": colour},
        "without": {"color": _light(colour, 0.22), "line": {"color": colour, "width": 1}},
        "restored": {"color": "rgba(0,0,0,0)", "line": {"color": colour, "width": 1}},
    }
    return go.Bar(
        x=rows["day"], y=rows["value_high"].fillna(rows["value"]), name=name, offsetgroup=status,
        marker=fills.get(status, {"color": _light(colour, 0.5)}), legendgroup=status,
        customdata=rows[["claim", "figure_id"]],
        text=[_hover(row, words) for row in rows.to_dict("records")], textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _marks(rows, group, name, colour, words) -> go.Scatter:
    """The ends of bars: symbol = bound, fill = verification, with labels on last and highest."""
    symbols = [
        SYMBOLS[bound] + ("" if verification in CERTAIN else "-open")
        for bound, verification in zip(rows["bound"], rows["verification"], strict=True)
    ]
    high, low = rows["value_high"].fillna(rows["value"]), rows["value"]
    upper = rows["rivals_high"].clip(lower=high).fillna(high) - low
    lower = low - rows["rivals_low"].clip(upper=low).fillna(low)
    return go.Scatter(
        x=rows["day"], y=low, mode="markers+text", offsetgroup=group, legendgroup=group,
        name=name, showlegend=False, cliponaxis=False,
        marker={"symbol": symbols, "size": 8, "color": colour, "line": {"color": colour,
                                                                        "width": 1.5}},
        error_y={"type": "data", "symmetric": False, "array": upper, "arrayminus": lower,
                 "thickness": 1, "width": 0, "color": colour},
        text=_labels(rows, words), textposition="top center", textfont={"size": 11},
        customdata=rows[["claim", "figure_id"]],
        hovertext=[_hover(row, words) for row in rows.to_dict("records")],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _rival_ticks(rivals, group, colour) -> go.Scatter:
    some = rivals[~rivals["doubted"]]
    return go.Scatter(
        x=some["day"], y=some["value"], mode="markers", offsetgroup=group, legendgroup=group,
        showlegend=False, customdata=some[["claim", "figure_id"]], hoverinfo="skip",
        marker={"symbol": "line-ew-open", "size": 7, "color": colour, "line": {"width": 1.2}},
    )  # fmt: skip


def _labels(rows: pd.DataFrame, words: Words) -> list[str]:
    """The number on the last and on the highest mark; the others speak on hover and in the table."""
    if rows.empty:
        return []
    told = {rows["value"].idxmax(), rows.index[-1]}
    return [
        captions.amount(row, words, unit=False) if index in told else ""
        for index, row in zip(rows.index, rows.to_dict("records"), strict=True)
    ]


def _hover(row: Mapping, words: Words) -> str:
    lines = [
        f"<b>{captions.amount(row, words)}</b>",
        f"{PLACES[row['place']].name(words.language)}: {captions.what(row, words)}",
        captions.when(row, words),
        captions.via(row, words),
        captions.rivals(row, words),
    ]
    return "<br>".join("<br>".join(textwrap.wrap(line, 48)) for line in lines if line)


def _total_hover(row: Mapping, name: str, words: Words) -> str:
    number = captions.amount(row, words, unit=False)
    return f"{words.day(pd.Timestamp(row['day']))}<br>{name}: {number}"


def _launches(row: Mapping, words: Words) -> str:
    counted = [
        words.plural(*captions.UNITS[unit], row[indicator])
        for indicator, unit in (("drones_launched", "drones"), ("missiles_launched", "missiles"))
        if not pd.isna(row[indicator])
    ]
    return f"{words.day(row['day'])}<br>{', '.join(counted)}"


def _toll_marker(indicator: str, theme: str) -> dict:
    colour = INDICATORS[indicator].colour[theme]
    if indicator == "killed":
        return {"color": colour}
    hatch = {"shape": "/", "size": 5, "solidity": 0.25, "fgcolor": colour,
             "bgcolor": TOKENS[theme]["paper"]}  # fmt: skip
    return {"color": TOKENS[theme]["paper"], "pattern": hatch, "line": {"color": colour,
                                                                        "width": 1}}  # fmt: skip


def _value_axis(theme: str) -> dict:
    return {
        "gridcolor": TOKENS[theme]["grid"], "zerolinecolor": TOKENS[theme]["muted"],
        "tickformat": ",", "nticks": 4, "fixedrange": True, "automargin": True,
        "tickfont": {"size": 11, "color": TOKENS[theme]["muted"]},
    }  # fmt: skip


def _count_axis(rows: pd.DataFrame) -> dict:
    """From zero, with room for the labels, and never with fractions of a person."""
    high = rows[["value", "value_high", "rivals_high"]].max().max() if len(rows) else 1
    axis = {"range": [0, (high or 1) * 1.18]}
    return axis | ({"dtick": 1} if high <= 4 else {})


def _time_axis(first: date, last: date, words: Words, theme: str) -> dict:
    days = (last - first).days
    step = next(each for each in (1, 2, 5, 7, 14, 31) if days / each <= 7 or each == 31)
    ticks = (
        list(pd.date_range(first.replace(day=1), last, freq="MS"))
        if step == 31
        else [first + timedelta(days=n) for n in range(0, days + 1, step)]
    )
    return {
        "type": "date", "tickvals": ticks, "ticktext": [words.short_day(each) for each in ticks],
        "range": [pd.Timestamp(first) - pd.Timedelta(hours=14),
                  pd.Timestamp(last) + pd.Timedelta(hours=14)],
        "showgrid": False, "fixedrange": True, "linecolor": TOKENS[theme]["muted"],
        "ticks": "outside", "tickcolor": TOKENS[theme]["muted"],
        "tickfont": {"size": 11, "color": TOKENS[theme]["muted"]},
    }  # fmt: skip


def _spaced(texts: list[str], at: list[int], length: int) -> list[str]:
    """The texts with those left out that would stand on the one before."""
    kept, last = [], -length
    for text, position in zip(texts, at, strict=True):
        fits = position - last >= length / 7
        kept.append(text if fits else "")
        last = position if fits else last
    return kept


def _heading(text: str, top: float, theme: str) -> dict:
    return {
        "text": f"<b>{text}</b>", "x": 0, "xref": "paper", "xanchor": "left", "y": top,
        "yref": "paper", "yanchor": "bottom", "yshift": 4, "showarrow": False, "align": "left",
        "font": {"size": 12, "color": TOKENS[theme]["ink"]},
    }  # fmt: skip


def _frame(chart, caption: Caption, plot: int, words: Words, theme: str, *, ticks=False):
    """Puts title, subtitle and foot around a plot of the given height in px."""
    title, subtitle = (
        _wrapped([caption.title], TITLE_WIDTH), _wrapped([caption.subtitle], SUBTITLE_WIDTH)
    )  # fmt: skip
    foot = _wrapped(caption.foot, FOOT_WIDTH)
    legend = 26 if any(trace.showlegend is not False for trace in chart.data) else 0
    legend *= 2 if sum(trace.showlegend is not False for trace in chart.data) > 3 else 1
    head = round(len(title) * TITLE_SIZE * LINE + len(subtitle) * SUBTITLE_SIZE * LINE)
    top, axis = head + legend + PANEL_GAP, 26 if ticks else 4
    bottom = axis + round(len(foot) * FOOT_SIZE * LINE) + 10
    token = TOKENS[theme]
    above = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "paper", "y": 1, "align": "left",
             "yanchor": "top", "showarrow": False}  # fmt: skip
    chart.add_annotation(
        **above, text=f"<b>{'<br>'.join(title)}</b>", yshift=top, font={"size": TITLE_SIZE}
    )
    chart.add_annotation(
        **above, text="<br>".join(subtitle), yshift=top - len(title) * TITLE_SIZE * LINE,
        font={"size": SUBTITLE_SIZE, "color": token["muted"]},
    )  # fmt: skip
    chart.add_annotation(
        **above | {"y": 0}, text="<br>".join(foot), yshift=-axis - 6,
        font={"size": FOOT_SIZE, "color": token["muted"]},
    )  # fmt: skip
    chart.update_layout(
        height=plot + top + bottom, margin={"l": 8, "r": 12, "t": top, "b": bottom},
        paper_bgcolor=token["paper"], plot_bgcolor=token["paper"],
        font={"family": FONT, "size": 12, "color": token["ink"]},
        separators=", " if words.language == "uk" else ".,",
        legend={"orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yref": "paper",
                "yanchor": "bottom", "font": {"size": 12}, "itemclick": False,
                "itemdoubleclick": False, "traceorder": "normal"},
        hoverlabel={"bgcolor": token["paper"], "bordercolor": token["muted"],
                    "font": {"color": token["ink"], "family": FONT}, "align": "left"},
        clickmode="event+select", dragmode=False, hovermode="closest",
    )  # fmt: skip
    # A selected mark opens its evidence; the others must not fade away from the picture.
    for trace in chart.data:
        if trace.type in ("bar", "scatter"):
            trace.unselected = {"marker": {"opacity": 1}}
    return chart


def _wrapped(lines: Sequence[str], width: int) -> list[str]:
    return [piece for line in lines if line for piece in textwrap.wrap(line, width)]


def _light(colour: str, share: float) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def _shades(colour: str, count: int, theme: str) -> list[str]:
    """One hue from faint to full, faint first."""
    return [_light(colour, 0.14 + 0.86 * (n / (count - 1)) ** 1.15) for n in range(count)]


def _class_of(value: float, breaks: Sequence[float]) -> int:
    return sum(value >= each for each in breaks)


def _outline(rings, value, breaks, shades, theme) -> go.Scatter:
    lons, lats = [], []
    for ring in rings:
        lons += [lon for lon, _ in ring] + [None]
        lats += [lat for _, lat in ring] + [None]
    known = value is not None and not pd.isna(value)
    filled = (
        {"fillcolor": shades[_class_of(value, breaks)]}
        if known
        else {
            "fillpattern": {
                "shape": "/", "size": 5, "solidity": 0.12, "fgcolor": TOKENS[theme]["muted"],
                "bgcolor": TOKENS[theme]["paper"], "fillmode": "replace",
            }
        }
    )  # fmt: skip
    return go.Scatter(
        x=lons, y=lats, mode="lines", fill="toself", hoverinfo="skip", showlegend=False,
        line={"color": TOKENS[theme]["muted"], "width": 0.7}, **filled,
    )  # fmt: skip


def _points(rows, breaks, shades, words, theme, *, size, symbol) -> go.Scatter:
    spots = [PLACES[pcode] for pcode in rows["place"]]
    return go.Scatter(
        x=[spot.lon for spot in spots], y=[spot.lat for spot in spots], mode="markers",
        marker={"size": size, "symbol": symbol,
                "color": [shades[_class_of(value, breaks)] for value in rows["value"]],
                "line": {"color": TOKENS[theme]["ink"], "width": 1}},
        customdata=rows[["claim", "figure_id"]], showlegend=False,
        text=[f"<b>{spot.name(words.language)}</b><br>{captions.amount(row, words)}"
              for spot, row in zip(spots, rows.to_dict("records"), strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _class_labels(breaks: Sequence[float], words: Words) -> list[str]:
    numbers = [words.number(each) for each in breaks]
    return [
        words._("below {limit}", limit=numbers[0]),
        *(f"{low}–{high}" for low, high in zip(numbers, numbers[1:], strict=False)),
        words._("{limit} and more", limit=numbers[-1]),
    ]


def _legend_swatch(label: str, shade: str | None, theme: str) -> go.Scatter:
    marker = {"symbol": "square", "size": 12, "color": shade or TOKENS[theme]["paper"],
              "line": {"color": TOKENS[theme]["muted"], "width": 1}}  # fmt: skip
    if shade is None:
        marker["symbol"] = "hash-open"
    return go.Scatter(x=[None], y=[None], mode="markers", name=label, marker=marker)
