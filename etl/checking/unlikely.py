"""What no rule believes: the doubts that a snapshot would raise about the rows (impact/rules)."""

import json
from collections.abc import Iterable, Iterator

import pandas as pd

from etl import source
from etl.checking.row import Fault, Row
from impact.model import columns, language
from impact.model.figure import NAMES, Figure, rows
from impact.rules import plausibility
from impact.store.settling import settled

# What the compiler says of a row himself is no fault of it.
OF_THE_COMPILER = "marked_dubious"


def faults(beside: Iterable[Row], own: Iterable[Row]) -> Iterator[Fault]:
    """A fault for each doubt about an own row, compared with all rows and the baselines."""
    judged = {row.figure.figure_id: row for row in own if row.figure}
    figures = [row.figure for row in beside if row.figure]
    _, doubts = settled(_table([*figures, *_baselines()]), pd.DataFrame(), None, ())
    for doubt in columns.named_rows(doubts):
        if doubt.figure_id in judged and doubt.rule != OF_THE_COMPILER:
            facts = json.loads(doubt.detail)
            sentence = plausibility.sentence(doubt.rule, facts, language.words("en"))
            yield Fault(judged[doubt.figure_id], sentence)


def _baselines() -> list[Figure]:
    module = source.get("baselines")
    figures: list[Figure] = module.parse(*source.shipped("baselines")).figures
    return figures


def _table(figures: Iterable[Figure]) -> pd.DataFrame:
    told = pd.DataFrame(rows(figures), columns=["figure_id", *NAMES])
    return told.astype({"value": float, "value_high": float}).drop_duplicates("figure_id")
