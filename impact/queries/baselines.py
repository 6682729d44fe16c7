"""What a number is measured by: populations, apartment blocks, the norm of a month."""

from collections.abc import Collection

import pandas as pd

from impact.model.places import Place
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


def norms(reader: Reader, place: Place) -> dict[int, float]:
    """Month (1-12) -> mean temperature in °C by the building-climate norm, or nothing.

    A place without a norm of its own takes its oblast centre's: see captions for the words.
    """
    rows = reader.query(
        f"""SELECT month("day") AS month, value FROM figures
            WHERE indicator = 'temperature_norm' AND place = $1 AND rank_{DEFAULT_RULE} = 0""",
        [place.pcode],
    )
    return dict(zip(rows["month"], rows["value"], strict=True))


def norm_claims(reader: Reader, places: Collection[str]) -> list[str]:
    """The claim groups behind the norms of places."""
    return reader.query(
        """SELECT DISTINCT claim FROM figures
           WHERE indicator = 'temperature_norm' AND place IN (SELECT unnest($1))""",
        [list(places)],
    )["claim"].tolist()


def baseline(reader: Reader, indicator: str, place: str) -> pd.DataFrame:
    """The leading baseline (population, apartment blocks…) of a place: at most one row.

    The value most outlets carry, then the latest: a denominator is not a rival toll.
    """
    return reader.query(
        """SELECT *, count(DISTINCT outlet) OVER (PARTITION BY value) AS carriers FROM figures
           WHERE indicator = $1 AND place = $2 AND part = ''
           ORDER BY carriers DESC, "date" DESC, published DESC, figure_id LIMIT 1""",
        [indicator, place],
    )
