"""The figures behind a number. Behind a winter's sum there may be very many."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Unpack

import pandas as pd

from impact.model.rows import Row, record, records
from impact.queries import known
from impact.queries.known import Chosen, Course
from impact.queries.many import Many
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Behind:
    """The figures behind a number. They are read when somebody asks for them.

    shown     the figures, or the question that finds them
    count     how many there are
    first     the id of the first of them, by day, place and id; empty where there are none
    days      the first and the last day that they are about; None where there are none
    statuses  verification -> how many figures have it, the most frequent first
    """

    shown: pd.DataFrame | Many
    count: int = 0
    first: str = ""
    days: tuple[date, date] | None = None
    statuses: Mapping[str, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return self.count

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "Behind":
        """Of figures that are at hand, in the order of days, places and ids."""
        if rows.empty:
            return cls(rows)
        first, last = record(rows), record(rows, -1)
        days = first["day"].date(), last["day"].date()
        statuses = dict(Counter(rows["verification"]).most_common())
        return cls(rows, len(rows), first["figure_id"], days, statuses)

    @property
    def asked(self) -> Many:
        """The question that finds the figures."""
        return self.shown if isinstance(self.shown, Many) else Many.named(self.shown["figure_id"])

    def read(self, reader: Reader) -> pd.DataFrame:
        """The figures, in the order of days, places and ids."""
        return self.shown.read(reader) if isinstance(self.shown, Many) else self.shown

    def leader(self, reader: Reader) -> Row:
        """The first of the figures. Raises IndexError where there are none."""
        if isinstance(self.shown, Many):
            return record(Many.named([self.first]).read(reader))
        return record(self.shown)


class Sum(NamedTuple):
    """Days of a course that are added up, from the first to the last; `capped` where those that say
    "up to" are among them."""

    course: Course
    first: date
    last: date
    capped: bool


def behind(reader: Reader, sums: Sequence[Sum], **chosen: Unpack[Chosen]) -> list[Behind]:
    """What several sums are made of, in their order, asked for together."""
    if not sums:
        return []
    rows = records(reader.query(_BEHIND, _asked(sums, chosen)))
    return [
        _behind(each, [row for row in rows if row["number"] == number], chosen)
        for number, each in enumerate(sums)
    ]


def _behind(each: Sum, rows: Sequence[Row], chosen: Chosen) -> Behind:
    """Of a sum and its rows of _BEHIND."""
    first = min((row["first"] for row in rows), key=lambda own: tuple(own.values()))
    return Behind(
        Many.of(f"SELECT figure_id FROM ({_TOLD})", _asked([each], chosen)),
        sum(row["count"] for row in rows),
        first["figure_id"],
        (
            min(row["first_day"] for row in rows).date(),
            max(row["last_day"] for row in rows).date(),
        ),
        {row["verification"]: row["count"] for row in rows},
    )


def _asked(sums: Sequence[Sum], chosen: Chosen) -> dict[str, object]:
    return {
        **known.columns_of([each.course for each in sums]),
        "firsts": [each.first for each in sums],
        "lasts": [each.last for each in sums],
        "capped": [each.capped for each in sums],
        "people": chosen.get("people", "all"),
        "rule": chosen.get("rule", DEFAULT_RULE),
    }


# The ids of the figures of each sum, which has its number.
_TOLD = """
    WITH asked AS (
        SELECT unnest(range(len($units))) AS number, unnest($indicators::VARCHAR[]) AS indicator,
               unnest($areas::VARCHAR[]) AS area, unnest($units::VARCHAR[]) AS unit,
               unnest($statuses::VARCHAR[]) AS one, unnest($firsts::DATE[]) AS first,
               unnest($lasts::DATE[]) AS last, unnest($capped::BOOLEAN[]) AS capped
    )
    SELECT number, unnest(figure_ids) AS figure_id
    FROM daily JOIN asked USING (indicator, area, unit)
    WHERE people = $people AND rule = $rule AND day BETWEEN first AND last
      AND status <> 'restored' AND (one = '' OR status = one) AND (capped OR bound <> 'at_most')
"""
# Of equally frequent verifications first the one that comes first, as in many.py.
_BEHIND = f"""
    WITH told AS (SELECT DISTINCT * FROM ({_TOLD}))
    SELECT number, verification, count(*) AS count, min(day) AS first_day, max(day) AS last_day,
           min({{day: day, place: place, figure_id: figure_id}}) AS first
    FROM told JOIN figures USING (figure_id)
    GROUP BY number, verification ORDER BY number, count DESC, first
"""
