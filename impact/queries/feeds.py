"""Feeds: up to which day the data of each source go, and what its last load brought.

What counts is the data, not the load: a table that is loaded today and ends in March ends in March.
"""

from collections.abc import Collection
from datetime import date, timedelta

import pandas as pd

from impact.model import columns, dates
from impact.model.feeds import feeds
from impact.store.reader import Reader

# What the newest edition of a source tells: its columns, and those that are counted.
_COUNTED = ("rows_in", "rows_kept", "rows_refused", "rows_before", "fresh", "left_out")
_TOLD = ("title", "received_at", *_COUNTED)


def states(reader: Reader) -> pd.DataFrame:
    """A row for each source that is declared or loaded, those with the newest data first.

    source
    title         of its newest edition
    newest        the last day of which it speaks; of a feed without days, when it was published
    received_at   when its newest edition came (UTC)
    rows_in, rows_kept, rows_refused   of that edition
    rows_before   rows of the edition before it, of files with the same name
    fresh         figures that came with the newest edition, new or changed; not known where the
                  edition before came within the same second, which the ledger cannot tell apart
    left_out      figures of the edition before that the newest no longer has

    What is not known is missing (None, NaT): it is never nought.
    """
    last, newest = _last_loads(reader), _newest(reader)
    sources = sorted(feeds().keys() | set(last.index))
    found = last.reindex(index=sources, columns=list(_TOLD))
    found = found.astype(dict.fromkeys(_COUNTED, "Int64"))
    days = pd.Series([newest.get(source) for source in sources], index=sources, dtype=object)
    found.insert(0, "newest", days)
    found = found.rename_axis("source").reset_index()
    order = pd.to_datetime(found["newest"]).sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)


def _last_loads(reader: Reader) -> pd.DataFrame:
    """By source: its newest edition, beside the one before it of files with the same name."""
    rows = reader.query(
        """WITH loads AS (
             SELECT *, lag(document_id) OVER same AS before_id,
                    lag(rows_in) OVER same AS rows_before,
                    max(received_at) OVER earlier AS before_at
             FROM documents WHERE source <> 'report'
             WINDOW same AS (PARTITION BY source, name ORDER BY number),
                    earlier AS (PARTITION BY source ORDER BY number
                                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
           ), last AS (
             FROM loads QUALIFY row_number() OVER (PARTITION BY source ORDER BY number DESC) = 1)
           SELECT last.*,
                  CASE WHEN before_at IS NULL OR before_at < received_at THEN
                    (SELECT count(*) FROM figures
                     WHERE document_id = last.document_id
                       AND recorded_at >= last.received_at) END AS fresh,
                  CASE WHEN before_id IS NOT NULL THEN
                    (SELECT count(*) FROM figures WHERE document_id = before_id) END AS left_out
           FROM last"""
    )
    return rows.set_index("source")


def _newest(reader: Reader) -> dict[str, date]:
    """Source -> the last day of which it speaks."""
    rows = reader.query(
        """SELECT source, published, max(day_end) AS day_end,
                  period = 'day' AND length("date") = 10 AS of_a_day
           FROM figures WHERE period <> 'forecast' AND source <> 'report' GROUP BY ALL"""
    )
    found: dict[str, dict[bool, date]] = {}
    for row in columns.named_rows(rows):
        day = row.day_end.date()
        if not row.of_a_day and row.published:
            day = dates.span(row.published)[1]
        days = found.setdefault(row.source, {})
        days[bool(row.of_a_day)] = max(day, days.get(bool(row.of_a_day), day))
    return {source: days[max(days)] for source, days in found.items()}


def silent_in(
    reader: Reader, indicators: Collection[str], period: tuple[date, date], today: date
) -> pd.DataFrame:
    """The feeds of some indicators that are silent for so long that the end of a period lacks them:
    as `states` has them, the longest silent last.

    A feed is not lacked where one that continues it is not silent.
    today  the day on which the reader looks; a later end of the period is no silence yet
    """
    end = min(period[1], today)
    needed = reader.query(
        "SELECT DISTINCT source FROM figures WHERE indicator IN (SELECT unnest($1))",
        [sorted(indicators)],
    )["source"]
    rows = states(reader)
    rows = rows[rows["source"].isin(needed) & rows["source"].isin(list(feeds()))]
    newest = dict(zip(rows["source"], rows["newest"], strict=True))
    silent = {each for each, day in newest.items() if feeds()[each].is_silent(day, end)}
    continued = {feeds()[each].continues for each in newest.keys() - silent}
    rows = rows[rows["source"].isin(sorted(silent - continued))]
    return rows.sort_values("newest", ascending=False, kind="stable", ignore_index=True)


def days_silent(newest: date, today: date) -> int:
    """Whole days since the newest day; nought if that is still to come."""
    return max(today - newest, timedelta()).days
