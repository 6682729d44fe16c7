"""Every claim behind a mark, with its doubts and the notes of reviewers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from impact.queries.many import Many
from impact.queries.series import figures
from impact.rules import headline, twins
from impact.rules.headline import DEFAULT_RULE
from impact.rules.headline import known as _known
from impact.store.reader import Reader


def evidence(reader: Reader, claim: str, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """Every figure of one claim in the order of the rule, with the reason for its place.

    The claim may be named as older links name it.
    """
    return reader.query(
        f"""SELECT figures.*, rank_{_known(rule)} AS rank, why_{rule} AS why,
                   documents.title AS document, documents.licence
            FROM figures LEFT JOIN documents USING (document_id)
            WHERE claim = $1 ORDER BY rank_{rule}""",
        [headline.claim_key(claim)],
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """The figures of one kind (headline.KIND) behind a number, each fact once. There may be very
    many: read are the first.

    rows    the first of them, whole
    count   how many there are
    claims  how many claims they belong to
    total   what they come to, as headline.total has it
    days    the days that they are about, in their order; of a week or month none
    ends    the first and the last day of them all
    """

    rows: pd.DataFrame
    count: int
    claims: frozenset[str]
    total: Any
    days: tuple[date, ...]
    ends: tuple[date, date]


def kinds(reader: Reader, behind: Many, most: int) -> list[Kind]:
    """The figures behind a number, kind by kind, so many whole rows of each."""
    every = twins.once(behind.ask(reader, _TOLD))
    return [_kind(reader, some, most) for some in headline.by_kind(every)]


def _kind(reader: Reader, some: pd.DataFrame, most: int) -> Kind:
    days = some.loc[some["period"] == "day", "day"].drop_duplicates()
    return Kind(
        figures(reader, some["figure_id"].head(most)),
        len(some),
        frozenset(some["claim"]),
        headline.total(some),
        tuple(day.date() for day in days),
        (some["day"].min().date(), some["day"].max().date()),
    )


# What adding up takes, and telling each fact once: no sentence, page or name.
_TOLD = """
    SELECT figure_id, claim, fact, place, day, period, indicator, unit, people, status,
           value, value_high, bound, rivals, rivals_low, rivals_high
    FROM figures WHERE figure_id IN ({ids}) ORDER BY day, place, figure_id
"""


def doubts(reader: Reader, figure_ids: Collection[str]) -> pd.DataFrame:
    """Doubts of figures: figure_id, rule, detail (JSON), answered, answered_by, answer."""
    return reader.query(
        """FROM doubts WHERE figure_id IN (SELECT unnest($1)) ORDER BY figure_id, rule""",
        [list(figure_ids)],
    )


def notes(reader: Reader, figure_ids: Collection[str]) -> pd.DataFrame:
    """Reviewers' notes about figures: decision_id, figure_id, who, reason, decided_at (UTC)."""
    return reader.query(
        "FROM notes WHERE figure_id IN (SELECT unnest($1)) ORDER BY number", [list(figure_ids)]
    )


def in_doubt(
    reader: Reader,
    indicators: Collection[str],
    first: date,
    last: date,
    places: Collection[str] | None = None,
) -> pd.DataFrame:
    """Figures of a period with an unanswered doubt, in some places or in all, so that a page can
    say what it does not show."""
    return reader.query(
        f"SELECT * FROM figures WHERE {_IN_DOUBT} ORDER BY day, figure_id",
        _asked(indicators, first, last, places),
    )


def count_in_doubt(
    reader: Reader, indicators: Collection[str], first: date, last: date, places: Collection[str]
) -> int:
    """How many of these there are."""
    asked = _asked(indicators, first, last, places)
    found = reader.query(f"SELECT count(*) AS figures FROM figures WHERE {_IN_DOUBT}", asked)
    return int(found["figures"][0])


_IN_DOUBT = """
    doubted AND indicator IN (SELECT unnest($indicators)) AND day BETWEEN $first AND $last
    AND ($places IS NULL OR place IN (SELECT unnest($places)))
"""


def _asked(
    indicators: Collection[str], first: date, last: date, places: Collection[str] | None
) -> dict[str, object]:
    inner = None if places is None else sorted(set(places))
    return {"indicators": list(indicators), "first": first, "last": last, "places": inner}
