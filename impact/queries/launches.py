"""Drones and missiles launched at Ukraine, day by day, and the figures that say so."""

from datetime import date

import pandas as pd

from impact.model.places import PLACES
from impact.queries.series import ATTACKS, figures, leads
from impact.rules import headline
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader


def attacks(reader: Reader, first: date, last: date, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """Drones and missiles launched at Ukraine, one row a day: day, drones, missiles and figures'
    ids.

    NaN stands where nobody gave a number.
    """
    return attack_nights(leads(reader, ATTACKS, first, last, rule=rule))


def attack_nights(launched: pd.DataFrame) -> pd.DataFrame:
    """Leading claims about launches as one row a day, as `attacks` gives them."""
    totals = [
        headline.add_up(launched[launched["indicator"] == each], PLACES["UA"]).assign(
            indicator=each
        )
        for each in ATTACKS
    ]
    table = pd.concat(totals)
    if table.empty:
        return pd.DataFrame(columns=["day", *ATTACKS, "figure_ids"])
    wide = table.pivot(index="date", columns="indicator", values="value").reindex(columns=ATTACKS)
    wide["figure_ids"] = table.groupby("date")["figure_ids"].sum()
    return wide.reset_index(names="day").assign(day=lambda frame: pd.to_datetime(frame["day"]))


def behind(reader: Reader, attacks: pd.DataFrame) -> pd.DataFrame:
    """The figures behind a table of attacks."""
    return figures(reader, launched(attacks))


def launched(attacks: pd.DataFrame) -> list[str]:
    """The ids of these figures."""
    return [each for several in attacks["figure_ids"] for each in several]
