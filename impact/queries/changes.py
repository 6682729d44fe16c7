"""What changed between two moments: which numbers lead now that did not, and what was corrected.

A claim's leading figure then is compared with its leading figure now (headline.py).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from impact.model import dates, places
from impact.model.language import N_
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.queries import corrections
from impact.queries.conflicts import COUNTED
from impact.rules.headline import DEFAULT_RULE
from impact.rules.headline import known as _known
from impact.store.reader import Reader

NEW, REVISED, GONE = "new", "revised", "gone"
KINDS = {
    NEW: N_("new"),
    REVISED: N_("revised"),
    GONE: N_("no longer leads"),
    **corrections.WHAT,
}
# Days that a reader is told of who names no date.
USUAL = timedelta(days=7)
# What makes a number another one.
_NUMBER = ("value", "value_high", "bound")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One number that changed.

    kind  one of KINDS
    at    when it became known or was decided (UTC)
    was   the figure that led before; None of a new one
    now   the figure that leads now; None where none does any more
    log   the line of the log, where a person decided it
    """

    kind: str
    at: datetime
    was: Row | None = None
    now: Row | None = None
    log: Row | None = None

    @property
    def about(self) -> Row:
        """What says its indicator, place and day."""
        found = self.now or self.was or self.log
        if found is None:
            raise ValueError("a change of nothing")
        return found


def usual(reader: Reader) -> date | None:
    """The day (Kyiv) that begins the last seven of which the store knows; None of an empty one."""
    rows = reader.query(
        "SELECT max(known_from) AS at FROM figures WHERE published <> '' "
        "AND indicator IN (SELECT unnest($1))",
        [list(COUNTED)],
    )
    decided = corrections.log(reader)["decided_at"].max()
    last = max((at for at in (rows["at"].max(), decided) if not pd.isna(at)), default=None)
    return (dates.to_kyiv(last.to_pydatetime()) - USUAL).date() if last is not None else None


def moment(day: date) -> datetime:
    """The moment (UTC) at which a day begins in Kyiv."""
    return dates.to_utc(datetime.combine(day, time()))


def between(
    then: Reader,
    now: Reader,
    at: datetime,
    pcodes: Collection[str] = (),
    rule: str = DEFAULT_RULE,
) -> list[Change]:
    """What changed since a moment, the latest first.

    then    the store as it was known at the moment
    at      the moment (UTC)
    pcodes  places, an oblast with its cities; empty for all
    """
    decided = corrected(now, pcodes, at)
    told = {row[name] for row in _lines(decided) for name in ("figure_id", "new_id")}
    inner = within(pcodes)
    before, after = _leading(then, inner, rule), _leading(now, inner, rule)
    found = [*decided, *_moved(before, after, told, at)]
    return sorted(found, key=lambda change: change.at, reverse=True)


def corrected(
    reader: Reader, pcodes: Collection[str] = (), at: datetime | None = None
) -> list[Change]:
    """What persons changed, the latest first: in places or everywhere, since a moment or ever."""
    log = corrections.log(reader)
    if at is not None:
        log = log[log["decided_at"] >= at]
    if inner := within(pcodes):
        log = log[log["place"].isin(inner)]
    return _logged(log, reader)


def _lines(decided: Sequence[Change]) -> list[Row]:
    return [change.log for change in decided if change.log]


def _logged(log: pd.DataFrame, now: Reader) -> list[Change]:
    """The lines of the log, each with the figure that stands in place of what was corrected."""
    ids = [each for each in log["new_id"] if each]
    rows = now.query("FROM figures WHERE figure_id IN (SELECT unnest($1::VARCHAR[]))", [ids])
    by_id = {row["figure_id"]: row for row in records(rows)}
    return [
        Change(kind=row["what"], at=row["decided_at"], now=by_id.get(row["new_id"]), log=row)
        for row in records(log)
    ]


def _moved(
    before: dict[str, Row], after: dict[str, Row], decided: Collection[str], at: datetime
) -> list[Change]:
    """Claims whose leading number is another than before, but for those that a person changed."""
    found = []
    for claim in dict.fromkeys([*after, *before]):
        was, now = before.get(claim), after.get(claim)
        told = {row["figure_id"] for row in (was, now) if row}
        if told & set(decided) or (was and now and _number(was) == _number(now)):
            continue
        kind = REVISED if was and now else NEW if now else GONE
        known = now["known_from"] if now else at
        found.append(Change(kind=kind, at=known, was=was, now=now))
    return found


def _number(row: Row) -> tuple[object, ...]:
    return tuple(None if pd.isna(row[name]) else row[name] for name in _NUMBER)


def _leading(reader: Reader, inner: Sequence[str], rule: str) -> dict[str, Row]:
    """The leading figure of each claim that has one, by claim."""
    rows = reader.query(
        f"""SELECT * FROM figures
            WHERE rank_{_known(rule)} = 0 AND NOT doubted AND value IS NOT NULL
              AND indicator IN (SELECT unnest($indicators))
              AND ($places IS NULL OR place IN (SELECT unnest($places)))
            ORDER BY claim""",
        {"indicators": list(COUNTED), "places": list(inner) or None},
    )
    return {row["claim"]: row for row in records(rows)}


def within(pcodes: Collection[str]) -> list[str]:
    """The places and what lies in them; empty for everywhere."""
    found = [PLACES[code] for code in pcodes]
    return sorted({each.pcode for area in found for each in (area, *places.inside(area))})
