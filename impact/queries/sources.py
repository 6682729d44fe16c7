"""Where the figures come from: outlets, speakers, documents, and what each of them gave."""

from collections.abc import Collection

import pandas as pd

from impact.model.indicators import INDICATORS, OUTAGES
from impact.queries.series import BY_STRIKES
from impact.store.reader import Reader


def publishers(reader: Reader) -> pd.DataFrame:
    """Outlets with the number of figures, the latest publication and the licence."""
    return reader.query(
        """SELECT outlet, count(*) AS figures, count(DISTINCT figures.url) AS pages,
                  max(nullif(published, '')) AS latest, any_value(documents.licence) AS licence
           FROM figures JOIN documents USING (document_id) WHERE outlet <> ''
           GROUP BY outlet ORDER BY figures DESC, outlet"""
    )


def speakers(reader: Reader) -> pd.DataFrame:
    """Speakers with the number of figures and the latest day they spoke of."""
    return reader.query(
        """SELECT speaker, any_value(attributed_to) AS attributed_to, any_value(place) AS place,
                  any_value(role) AS role, count(*) AS figures, max(day) AS latest
           FROM figures WHERE speaker <> '' GROUP BY speaker ORDER BY figures DESC, speaker"""
    )


def documents(reader: Reader) -> pd.DataFrame:
    """Loaded tables with their rows kept and refused; reports have a page of their own."""
    return reader.query("FROM documents WHERE source <> 'report' ORDER BY received_at DESC, source")


def releases(
    reader: Reader, limit: int | None = None, offset: int = 0, places: Collection[str] = ()
) -> pd.DataFrame:
    """Documents from which figures are published, tables and reports alike, newest first.

    figures counts them, latest is when the last of them came into the store (UTC), first_day and
    last_day are what they speak of. A report that awaits review is not among them.

    places  only what is said of these; empty for all
    """
    return reader.query(
        """SELECT documents.*, count(*) AS figures, max(recorded_at) AS latest,
                  min(day) AS first_day, max(day_end) AS last_day
           FROM documents JOIN figures USING (document_id)
           WHERE $3 IS NULL OR place IN (SELECT unnest($3))
           GROUP BY ALL ORDER BY latest DESC, documents.number DESC LIMIT $1 OFFSET $2""",
        [limit, offset, _some(places)],
    )


def licences(reader: Reader) -> list[tuple[str, int]]:
    """Licences of the documents from which figures are published, and of how many each."""
    rows = reader.query(
        """SELECT licence, count(*) AS documents FROM documents
           WHERE document_id IN (SELECT figures.document_id FROM figures)
           GROUP BY licence ORDER BY documents DESC, licence"""
    )
    return list(rows.itertuples(index=False, name=None))


def counts_of(
    reader: Reader, documents: Collection[str], places: Collection[str] = ()
) -> pd.DataFrame:
    """How many figures of each indicator documents gave, of places or everywhere: document_id,
    indicator, figures."""
    return reader.query(
        """SELECT document_id, indicator, count(*) AS figures FROM figures
           WHERE document_id IN (SELECT unnest($1))
             AND ($2 IS NULL OR place IN (SELECT unnest($2)))
           GROUP BY ALL ORDER BY document_id, figures DESC, indicator""",
        [list(documents), _some(places)],
    )


def _some(places: Collection[str]) -> list[str] | None:
    return sorted(places) or None


def gravest(
    reader: Reader, documents: Collection[str], places: Collection[str] = ()
) -> pd.DataFrame:
    """The gravest figure of each document that has one, never one in doubt.

    The highest toll of the killed, else of the injured, else the largest loss of supply in the
    unit that the indicator names first. Totals since a start, averages, restorations and losses
    from weather or planned cuts are none.

    places  only what is said of these; empty for all
    """
    indicators = ["killed", "injured", *OUTAGES]
    grave = [f"{name} {unit}" for name in indicators for unit in INDICATORS[name].units]
    return reader.query(
        """SELECT * FROM figures
           WHERE document_id IN (SELECT unnest($documents)) AND NOT doubted
             AND period = 'day' AND status <> 'restored' AND value > 0
             AND ($places IS NULL OR place IN (SELECT unnest($places)))
             AND cause IN (SELECT unnest($causes))
             AND list_contains($grave, indicator || ' ' || unit)
           QUALIFY row_number() OVER (
               PARTITION BY document_id
               ORDER BY list_position($grave, indicator || ' ' || unit), value DESC, figure_id) = 1
           ORDER BY figure_id""",
        {
            "documents": list(documents),
            "grave": grave,
            "causes": BY_STRIKES,
            "places": _some(places),
        },
    )


def counts(reader: Reader) -> pd.DataFrame:
    """Figures by indicator with their first and last day: the data dictionary's second half."""
    return reader.query(
        """SELECT indicator, count(*) AS figures, min(day) AS first, max(day_end) AS last
           FROM figures GROUP BY indicator ORDER BY figures DESC"""
    )
