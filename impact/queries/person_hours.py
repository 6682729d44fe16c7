"""Person-hours without power or heat by place and month (impact/summaries/person_hours.sql)."""

import pandas as pd

from impact.model.places import PLACES, Place
from impact.store.reader import Reader

INDICATORS = ("power_outage", "heating_loss")


def places(reader: Reader) -> list[Place]:
    """The places that have any, those with most counted hours first."""
    found = reader.query(
        """SELECT area FROM person_hours GROUP BY area
           ORDER BY sum(counted_hours) DESC, area"""
    )
    return [PLACES[area] for area in found["area"]]


def months(reader: Reader, place: str) -> pd.DataFrame:
    """What is known of a place, a row a month and indicator, the latest month first."""
    return reader.query(
        """FROM person_hours WHERE area = $1 ORDER BY month DESC, indicator DESC""", [place]
    )
