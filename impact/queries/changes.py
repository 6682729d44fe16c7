"""What changed between two moments: which numbers lead now that did not, and what was corrected.

A claim's leading figure then is compared with its leading figure now (headline.py).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
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

    def within(self, first: date, last: date) -> bool:
        """Whether it is about one of the days, or a month or year with some of them."""
        begins, ends = dates.span(self.about["date"])
        return begins <= last and ends >= first


def usual(reader: Reader) -> date | None:
    """The day (Kyiv) that begins the last seven of which the store knows; None of an empty one."""
    rows = reader.query(
        "SELECT max(known_from) AS at FROM figures WHERE published <> '' "
        "AND indicator IN (SELECT unnest($1))",
        [list(COUNTED)],
    )
    decided = corrections.log(reader)["decided_at"].max()
    last = max((at for at in (rows["at"].max(), decided) if not pd.isna(at)), default=None)
    if last is None:
        return None
    # What says that it was published in years to come was not known then.
    known = min(last.to_pydatetime(), dates.now())
    return (dates.to_kyiv(known) - USUAL).date()


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
    led, leading = _leading(then, inner, rule), _leading(now, inner, rule)
    was, leads = _rows(then, led - leading), _rows(now, leading - led)
    found = [*decided, *(_change(*each, at) for each in _moved(was, leads, told))]
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
    was: Mapping[str, Row], leads: Mapping[str, Row], decided: Collection[str]
) -> Iterator[tuple[Row | None, Row | None]]:
    """What led before and what leads now, claim by claim, where the number is another one; but for
    those that a person changed.

    was, leads  the leading figures that lead then or now alone, by claim
    """
    for claim in dict.fromkeys([*sorted(leads), *sorted(was)]):
        before, after = was.get(claim), leads.get(claim)
        told = {each["figure_id"] for each in (before, after) if each}
        same = before and after and _number(before) == _number(after)
        if told.isdisjoint(decided) and not same:
            yield before, after


def _number(row: Row) -> tuple[float, float | None, str]:
    high = row["value_high"]
    return row["value"], None if pd.isna(high) else high, row["bound"]


def _change(was: Row | None, now: Row | None, at: datetime) -> Change:
    kind = REVISED if was and now else NEW if now else GONE
    return Change(kind=kind, at=now["known_from"] if now else at, was=was, now=now)


def _leading(reader: Reader, inner: Sequence[str], rule: str) -> set[str]:
    """The ids of the leading figures. Most lead then and now: no more is read of them."""
    rows = reader.query(
        f"""SELECT figure_id FROM figures
            WHERE rank_{_known(rule)} = 0 AND NOT doubted AND value IS NOT NULL
              AND indicator IN (SELECT unnest($indicators))
              AND ($places IS NULL OR place IN (SELECT unnest($places)))""",
        {"indicators": list(COUNTED), "places": list(inner) or None},
    )
    return set(rows["figure_id"])


def _rows(reader: Reader, figure_ids: Collection[str]) -> dict[str, Row]:
    """Figures in full, by claim."""
    rows = reader.query("FROM figures WHERE figure_id IN (SELECT unnest($1))", [list(figure_ids)])
    return {row["claim"]: row for row in records(rows)}


def within(pcodes: Collection[str]) -> list[str]:
    """The places and what lies in them; empty for everywhere."""
    found = [PLACES[code] for code in pcodes]
    return sorted({each.pcode for area in found for each in (area, *places.inside(area))})
