"""Coverage: of which oblast somebody reported in which week, and of which nobody did."""

from collections import Counter
from dataclasses import replace

import pandas as pd

from impact import charts
from impact.charts import Sheet
from impact.model.indicators import INDICATORS, TOLLS, Indicator
from impact.model.language import N_, Words
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import Row, records
from impact.queries import coverage, many
from impact.store.reader import Reader
from impact.views import settling, wording
from impact.views.kind import Drawing
from impact.views.view import View

TITLE = N_("Who reported when")
MOST_PLACES, LEVELS = 1, ("country",)
SHEETS, WHOLE_WINTER = charts.HIGH, True
TOGETHER: tuple[str, ...] = ()

READING = N_(
    "Filled: a number; light: words only; crossed: in doubt only; empty: nobody reported, which is "
    "not zero. Dot: people killed or injured, and nothing said of this."
)
STATES = {
    "numbers": N_("a number"),
    "words": N_("words only"),
    "doubted": N_("in doubt only"),
    "silence": N_("silence"),
}
STRUCK = N_("silence, but people killed or injured")


def fits(indicator: Indicator) -> bool:
    """What people are cut off from."""
    return indicator.group == "supply"


def settled(view: View, reader: Reader) -> View:
    """With the country and days; of every unit and status."""
    whole = settling.spanned(replace(view, places=(UKRAINE.pcode,)), reader)
    return replace(whole, unit=view.unit, status="", people="all")


def claims(view: View, reader: Reader) -> list[str]:
    """Everything that was said of the indicator, and the tolls that dots stand for."""
    return coverage.claims(reader, [view.indicator, *TOLLS], *view.period)


def drawing(view: View, reader: Reader, sheet: Sheet) -> Drawing:
    """A square for each oblast and week, those with most numbers first."""
    words = view.words
    rows = coverage.weeks(reader, [view.indicator], *view.period)[view.indicator]
    hit = coverage.struck(reader, *view.period)
    rows = _in_order(_with_dots(rows, hit), words)
    shown = coverage.behind([view.indicator], *view.period)
    tolls = coverage.behind_silences(view.indicator, *view.period)
    gist = many.gist(reader, shown, tolls)
    counts = Counter(rows["state"])
    caption = wording.caption(
        view,
        pd.DataFrame(),
        reader,
        title=_title(view, counts, rows["area"].nunique()),
        counted=words._("One square: one oblast and one week, from Monday"),
        how="",
        reading=READING,
        gist=gist,
        alt=lambda _rows, words, title: _alt(rows, title, words),
    )
    labels = [f"{words._(text)} ({counts[state]})" for state, text in STATES.items()]
    labels.append(f"{words._(STRUCK)} ({int(rows['struck'].sum())})")
    chart = charts.matrix(
        rows,
        _names(rows, words),
        labels,
        caption,
        words,
        view.theme,
        INDICATORS[view.indicator].colour[view.theme],
        INDICATORS["killed"].colour[view.theme],
        sheet,
    )
    return Drawing(chart, caption, shown, tolls, gist)


def _with_dots(rows: pd.DataFrame, hit: pd.DataFrame) -> pd.DataFrame:
    """The squares with struck (whether people were hit and nothing was said) and struck_id."""
    rows = rows.merge(hit, on=["area", "week"], how="left")
    struck = (rows["state"] == "silence") & rows["struck_id"].notna()
    return rows.assign(struck=struck, struck_id=rows["struck_id"].where(struck, ""))


def _in_order(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """The squares with row and column, and what their hover boxes say."""
    worth = rows.assign(
        told=rows["state"] == "numbers", said=rows["state"] == "words", hit=rows["struck"]
    )
    order = worth.groupby("area")[["told", "said", "hit"]].sum().reset_index()
    order = order.sort_values(["told", "said", "hit", "area"], ascending=[False] * 3 + [True])
    row_of = {area: number for number, area in enumerate(order["area"])}
    weeks = sorted(rows["week"].unique())
    column_of = {week: number for number, week in enumerate(weeks)}
    return rows.assign(
        row=rows["area"].map(row_of),
        column=rows["week"].map(column_of),
        told=pd.Series([_told(row, words) for row in records(rows)], rows.index),
    ).sort_values(["row", "column"], ignore_index=True)


def _told(row: Row, words: Words) -> list[str]:
    state = STATES[row["state"]]
    lines: list[str] = [
        PLACES[row["area"]].name(words.language),
        words.period(row["week"].date(), (row["week"] + pd.Timedelta(days=6)).date()),
        words._(state),
    ]
    if row["figures"]:
        lines.append(words.plural("{count} figure", "{count} figures", row["figures"]))
    if row["struck"]:
        lines.append(words._("people killed or injured"))
    return lines


def _names(rows: pd.DataFrame, words: Words) -> list[str]:
    """The rows' names: the oblast, and in how many weeks it has a number."""
    numbers = rows[rows["state"] == "numbers"].groupby("area").size()
    return [
        f"{PLACES[area].name(words.language)}{charts.BEFORE_COUNT}{numbers.get(area, 0)}"
        for area in rows.drop_duplicates("area")["area"]
    ]


def _title(view: View, counts: Counter[str], oblasts: int) -> str:
    words = view.words
    return words._(
        "{what}: of {all} weeks in {oblasts} oblasts, {numbers} have a number, {words} words only, "
        "{silent} are silent",
        what=INDICATORS[view.indicator].title[words.language],
        all=words.number(sum(counts.values())),
        oblasts=words.number(oblasts),
        numbers=words.number(counts["numbers"]),
        words=words.number(counts["words"]),
        silent=words.number(counts["silence"]),
    )


def _alt(rows: pd.DataFrame, title: str, words: Words) -> str:
    """Alt text: what is seen, and of each oblast how many weeks have a number."""
    return f"{title}. {'; '.join(_names(rows, words))}."
