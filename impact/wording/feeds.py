"""Words about feeds: up to which day their data go, and which of them are silent."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from impact.model.feeds import feeds
from impact.model.language import N_, Words
from impact.model.rows import Row, records
from impact.queries.feeds import days_silent

UNKNOWN = "—"
# What a reader must know beside the table.
EXPLAINED = N_(
    "A feed is as fresh as the last day of which it speaks, whenever it was loaded. “—” is not "
    "known, never zero. A silent feed says nothing about the days after."
)
STATES = {
    "current": N_("up to date"),
    "silent": N_("silent"),
    "edition": N_("one edition"),
    "unloaded": N_("not loaded"),
    "undeclared": N_("rhythm not declared"),
}


def state(source: str, newest: date | None, today: date) -> str:
    """The state of a feed on a day: a key of STATES."""
    feed = feeds().get(source)
    if newest is None:
        return "unloaded"
    if feed is None:
        return "undeclared"
    if feed.stale_after is None:
        return "edition"
    return "silent" if feed.is_silent(newest, today) else "current"


def name(row: Row, words: Words) -> str:
    """What a feed is called in a language: its short name, or its table's title if it has none."""
    feed, titled = feeds().get(row["source"]), row["title"]
    return feed.short[words.language] if feed else words._(titled)


def table(rows: pd.DataFrame, today: date, words: Words) -> pd.DataFrame:
    """The feeds as a table on screen, of rows as impact.queries.feeds.states gives them."""
    return pd.DataFrame([_line(row, today, words) for row in records(rows)])


def _line(row: Row, today: date, words: Words) -> dict[str, str]:
    """A feed's line: column -> cell. All cells are texts, so that "not known" is no number."""
    feed, newest, loaded = feeds().get(row["source"]), row["newest"], row["received_at"]
    in_state = state(row["source"], newest, today)
    waiting = in_state in ("silent", "current")
    return {
        words._("Source"): name(row, words),
        words._("State"): words._(STATES[in_state]),
        words._("Data up to"): _cell(newest, words),
        words._("Days silent"): _cell(days_silent(newest, today) if waiting else None, words),
        words._("Expected"): feed.rhythm[words.language] if feed else UNKNOWN,
        words._("Silent after days"): _cell(feed.stale_after if feed else None, words),
        words._("Rows"): _cell(row["rows_in"], words),
        words._("Kept"): _cell(row["rows_kept"], words),
        words._("Refused"): _cell(row["rows_refused"], words),
        words._("Since the load before"): difference(row, words),
        words._("Loaded"): UNKNOWN if pd.isna(loaded) else words.time(loaded),
    }


def _cell(known: date | float | None, words: Words) -> str:
    if known is None:
        return UNKNOWN
    return known.isoformat() if isinstance(known, date) else words.number(known)


def difference(row: Row, words: Words) -> str:
    """What the last load changed: "+12 rows; 14 figures new or changed; 2 no longer in it"."""
    if row["newest"] is None:
        return UNKNOWN
    if row["rows_before"] is None:
        return words._("first load")
    rows = row["rows_in"] - row["rows_before"]
    sign = "+" if rows > 0 else ""
    told = [words.plural("{sign}{count} row", "{sign}{count} rows", rows, sign=sign)]
    if (fresh := row["fresh"]) is not None:
        told.append(
            words.plural("{count} figure new or changed", "{count} figures new or changed", fresh)
        )
    told.append(words.plural("{count} no longer in it", "{count} no longer in it", row["left_out"]))
    return "; ".join(told)


def silences(rows: Sequence[Row], words: Words) -> str:
    """One line about the feeds that a period needs and that end before it does; "" if none."""
    if not rows:
        return ""
    by_day: dict[date, list[str]] = {}
    for row in rows:
        by_day.setdefault(row["newest"], []).append(feeds()[row["source"]].short[words.language])
    ends = [f"{', '.join(names)} ({words.day(day)})" for day, names in by_day.items()]
    return words._(
        "Sources that end before this period does: {feeds}. A later day without a figure is a day "
        "without a source, not a day without harm.",
        feeds="; ".join(ends),
    )
