"""Settling: which of the accepted figures lead, and which are in doubt, by the rules of today.

What a row says follows from the figures that it is handed over with: all that are accepted, or all
that the rules compare it with (impact/rules/reach.py).
"""

from collections.abc import Collection, Mapping

import pandas as pd

from impact.model import columns, dates
from impact.model.outlets import outlet
from impact.model.rows import records
from impact.model.speakers import identify
from impact.rules import headline, plausibility
from impact.rules.implausible import doubt
from impact.rules.implausible.doubt import Doubt

_DOUBTS = ["figure_id", "rule", "detail", "answered", "answered_by", "answer"]
_ANSWER = ["subject", "rule", "who", "reason"]


def settled(
    figures: pd.DataFrame,
    answers: pd.DataFrame,
    disputes: pd.DataFrame | None,
    told: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The snapshot's figures, in no order, and doubts, from accepted figures, answered doubts and
    disputes.

    `told` are the ids of tolls whose day is told by a date.

    Ranked twice: what leads in the parts may put the claims of wider areas in doubt. A disputed
    figure says so in place of how sure it was, and is in doubt until the dispute ends.
    """
    disputed = [] if disputes is None else _as_doubts(disputes, figures)
    contested = figures["figure_id"].isin([each.figure_id for each in disputed])
    figures = figures.assign(verification=figures["verification"].mask(contested, "disputed"))
    figures = headline.weighed(describe(figures, told))
    said = answers.reindex(columns=_ANSWER)
    answered = {(row["subject"], row["rule"]): (row["who"], row["reason"]) for row in records(said)}
    doubts = plausibility.doubts(figures) + disputed
    ranked = _ordered(figures, doubts, answered)
    seen = ranked[[*doubt.COLUMNS, "doubted", f"rank_{headline.DEFAULT_RULE}"]]
    if outgrown := plausibility.outgrown(seen, headline.leading(seen)):
        doubts += outgrown
        ranked = _ordered(figures, doubts, answered)
    return ranked, _told_of(doubts, answered)


def describe(figures: pd.DataFrame, told: Collection[str] = ()) -> pd.DataFrame:
    """Adds what follows from a figure's own columns: its days, speaker, outlet and scale group;
    and whether it is one of those whose day is told. Each distinct day, speaker and outlet is
    looked up once."""
    days, spans = columns.each(figures, ["date"], dates.span)
    said, speakers = columns.each(figures, ["attributed_to", "place"], identify)
    printed, outlets = columns.each(figures, ["publisher"], outlet)
    return figures.assign(
        day=pd.to_datetime([first for first, _ in spans]).take(days),
        day_end=pd.to_datetime([last for _, last in spans]).take(days),
        speaker=columns.spread(said, (each.speaker for each in speakers)),
        body=columns.spread(said, (each.body for each in speakers)),
        role=columns.spread(said, (each.role for each in speakers)),
        outlet=columns.spread(printed, (each.name for each in outlets)),
        origin=columns.spread(printed, (each.origin for each in outlets)),
        claim_scale=plausibility.scale_keys(figures),
        day_told=figures["figure_id"].isin(told),
    )


def _told_of(
    doubts: list[Doubt], answered: Mapping[tuple[str, str], tuple[str, str]]
) -> pd.DataFrame:
    """The table of doubts, with their answers."""
    rows = []
    for each in doubts:
        key = (each.figure_id, each.rule)
        rows.append((*key, each.detail, key in answered, *answered.get(key, ("", ""))))
    return pd.DataFrame(rows, columns=_DOUBTS)


def _ordered(
    figures: pd.DataFrame, doubts: list[Doubt], answered: Collection[tuple[str, str]]
) -> pd.DataFrame:
    """The figures in order, those with an open doubt behind all others."""
    doubted = {each.figure_id for each in doubts if (each.figure_id, each.rule) not in answered}
    return headline.order(figures.assign(doubted=figures["figure_id"].isin(doubted)))


def _as_doubts(disputes: pd.DataFrame, figures: pd.DataFrame) -> list[Doubt]:
    known = columns.among(disputes["subject"], figures["figure_id"])
    standing = disputes[known].sort_values("subject")
    return [
        Doubt(row["subject"], plausibility.DISPUTED, {"by": row["who"], "reason": row["reason"]})
        for row in records(standing)
    ]
