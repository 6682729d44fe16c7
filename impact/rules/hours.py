"""When on its day a statement held, as far as its source says.

A clock time is an hour that was told. "Morning" is a part of the day that was told. A statement
with neither has no hour, and no order among the statements of its day. Only to decide which claim
leads, `stated` (headline.py) gives it an hour; that hour is never shown.
"""

from datetime import datetime, time, timedelta

import pandas as pd

from impact.model.rows import Row, records
from impact.rules.headline import RESPONSIBLE

# The hours that a source's word for a part of the day covers, to its own end.
PARTS_OF_DAY = {
    "night": (0, 6),
    "morning": (6, 12),
    "midday": (11, 14),
    "afternoon": (12, 18),
    "evening": (18, 24),
}


def told(row: Row) -> tuple[datetime, datetime] | None:
    """Between which times (Kyiv) a statement held, by its source's own words.

    None where the source tells neither hour nor part of the day. "First" and "later" are neither.
    """
    at = pd.Timestamp(row["stated"]).to_pydatetime()
    if "T" in row["as_of"]:
        return at, at
    if row["moment"] not in PARTS_OF_DAY:
        return None
    begins, ends = PARTS_OF_DAY[row["moment"]]
    midnight = datetime.combine(at, time())
    return midnight + timedelta(hours=begins), midnight + timedelta(hours=ends)


def in_sequence(rows: pd.DataFrame) -> pd.DataFrame:
    """Statements in the order in which a chart may put them over time.

    First come those whose hour is told, in that order; then the others, as they were published and
    stored. Adds begins and ends (Kyiv time; NaT where no hour is told), at (the middle of the two)
    and timed. The order of the untimed says nothing: no number rose or fell in it.
    """
    spans = [told(row) or (pd.NaT, pd.NaT) for row in records(rows)]
    begins = pd.to_datetime(pd.Series([first for first, _ in spans], index=rows.index))
    ends = pd.to_datetime(pd.Series([last for _, last in spans], index=rows.index))
    found = rows.assign(
        begins=begins,
        ends=ends,
        at=begins + (ends - begins) / 2,
        timed=begins.notna(),
        # A page without a day of publication comes after those that have one.
        _page=rows["published"].replace("", "9999"),
    )
    order = ["at", "ends", "_page", "source_key", "figure_id"]
    return found.sort_values(order, ignore_index=True).drop(columns="_page")


def of_the_responsible(rows: pd.DataFrame) -> pd.DataFrame:
    """The statements that the line of a toll follows.

    These are statements in sequence, with a told order, of responsible bodies and independent
    recorders.
    """
    return joinable(rows[(rows["standing"] <= RESPONSIBLE) & ~rows["doubted"].astype(bool)])


def joinable(rows: pd.DataFrame) -> pd.DataFrame:
    """The statements in sequence that a line may join, because their order is told.

    Left out are statements that name no hour, a part of the day within which another statement
    names an hour, and different numbers of one and the same time.
    """
    timed = rows[rows["timed"]]
    spans = list(zip(timed["begins"], timed["ends"], timed["value"], strict=True))
    clear = [
        not any(_between(span, other) for at, other in enumerate(spans) if at != number)
        for number, span in enumerate(spans)
    ]
    return timed[pd.Series(clear, index=timed.index, dtype=bool)]


# Begin, end and value of a statement.
_Span = tuple[pd.Timestamp, pd.Timestamp, float]


def _between(one: _Span, other: _Span) -> bool:
    """Whether nobody can tell which of two statements came first: then the first is off the
    line."""
    (begins, ends, value), (other_begins, other_ends, other_value) = one, other
    if value == other_value:
        return False
    if (begins, ends) == (other_begins, other_ends):
        return True
    # A clock time stands; a part of the day around it, or across another, gives way.
    return bool(begins < ends and begins < other_ends and other_begins < ends)
