"""Every claim behind a mark, with its doubts and the notes of reviewers."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from impact.rules import headline
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
