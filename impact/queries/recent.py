"""Reports whose figures were published a short while ago."""

from datetime import datetime, timedelta

import pandas as pd

from impact.store import inbox
from impact.store.reader import Reader

# How long a report counts as new after a person first accepted a figure of it.
FRESH = timedelta(hours=24)


def fresh(found: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """The reports that are new at a moment (UTC)."""
    return found[(found["accepted_at"] > now - FRESH) & (found["accepted_at"] <= now)]


def any_fresh(found: pd.DataFrame, now: datetime) -> bool:
    """Whether any report may be new at a moment (UTC): looks at the last one alone."""
    return not found.empty and bool(found["accepted_at"].max() > now - FRESH)


def reports(reader: Reader) -> pd.DataFrame:
    """Every report with published figures, the one accepted last first.

    Columns: document_id, title, publisher, accepted_at (UTC), figures (how many of its are
    published).
    """
    return reader.query(
        """SELECT document_id, coalesce(nullif(documents.title, ''), documents.name) AS title,
                  any_value(figures.publisher) AS publisher, accepted_at, count(*) AS figures
           FROM documents JOIN figures USING (document_id) WHERE documents.source = $1
           GROUP BY ALL ORDER BY accepted_at DESC, document_id""",
        [inbox.SOURCE],
    )
