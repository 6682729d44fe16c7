"""/api/attacks.json, peaks, coverage, recovery, person_hours: what is known, for programs.

Each row is one of a summary (docs/method.md) and names the figures that it is made of.
"""

from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from impact.address import declared
from impact.address.filters import days, some_places
from impact.address.parameters import Parameter
from impact.model.language import N_
from impact.model.rows import records
from impact.queries import summaries
from impact.queries.summaries import SHAPES, Wanted
from pages.api import Address, Answer, Asked, in_json, page_headers, page_of


def answer(asked: Asked, *, summary: str) -> Answer:
    """The rows asked for, how many there are in all, and where the next ones are."""
    wanted = _wanted(asked, summary)
    limit, offset = asked.values.of(declared.LIMIT), asked.values.of(declared.OFFSET)
    total = summaries.count(asked.reader, summary, wanted)
    rows = summaries.rows(asked.reader, summary, wanted, limit, offset)
    more = asked.further(offset + len(rows), total)
    told = {
        "total": total,
        "returned": len(rows),
        "limit": limit,
        "offset": offset,
        "next": more,
        "snapshot": asked.reader.snapshot,
        "rows": [_plain(row) for row in records(rows)],
    }
    return in_json(told, 200, **page_headers(total, more))


def _wanted(asked: Asked, summary: str) -> Wanted:
    first, last = days(asked.values)
    shape = SHAPES[summary]
    return Wanted(
        places=some_places(asked.values) if shape.areas else (),
        indicator=asked.values.of(declared.INDICATOR) if shape.areas else "",
        first=first,
        last=last,
        rule=asked.values.of(declared.RULE) if shape.ruled else declared.RULE.default,
    )


def _plain(value: Any) -> Any:
    """A value as JSON has it: days as ISO texts, nothing as null."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if hasattr(value, "tolist") or isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):  # a timestamp is one too
        return None if pd.isna(value) else f"{value:%Y-%m-%d}"
    return None if pd.isna(value) else value


def _parameters(summary: str) -> tuple[Parameter[Any], ...]:
    shape = SHAPES[summary]
    areas = (declared.PLACES, declared.INDICATOR) if shape.areas else ()
    rule = (declared.RULE,) if shape.ruled else ()
    rest = (declared.ASOF, declared.LIMIT, declared.OFFSET, declared.LANG)
    return (*areas, declared.of_all_time(), declared.FROM, declared.TO, *rule, *rest)


_TOLD = (
    ("attacks", "attack", N_("attacks, the latest first: launches, tolls and losses of a night"),
     "period=2026-01"),
    ("peaks", "peak", N_("the worst and the last day of a place in a week, month or winter"),
     "places=Kyiv&indicator=heating_loss&period=2026-01"),
    ("coverage", "coverage", N_("of which oblast somebody reported in which week, and how"),
     "indicator=power_outage&period=2026-01&limit=30"),
    ("recovery", "recovery", N_("how much was still cut off so many days after an attack"),
     "places=Kyiv&period=2026-01"),
    ("person_hours", "person_hours", N_("person-hours without power and heat, as a range"),
     "places=Kyiv"),
)  # fmt: skip
ADDRESSES = tuple(
    Address(
        path=f"/api/{name}.json",
        meaning=meaning,
        answer=partial(answer, summary=summary),
        parameters=_parameters(summary),
        examples=(example,),
        shape=page_of("rows", {"required": ["figure_ids"]}),
    )
    for name, summary, meaning, example in _TOLD
)
