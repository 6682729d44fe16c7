"""The second person: which figures need the acceptance of two, judged where decisions are recorded.

A death toll, whatever it is called, and a figure in doubt, answered or not, count once two persons
have accepted them, where the store asks for two (reviewers.py). So does whatever takes the place of
a loaded table's figure: a correction takes it out from where its source has it, and to take out is
an admin's. A figure is judged beside what is public at that moment; the ledger asks of itself, so
that no page can forget to.
"""

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from impact.model.figure import NAMES
from impact.rules import reach
from impact.store import database, in_force, reviewers, settling, snapshot_files, standing
from impact.store.database import Damaged
from impact.store.documents import REPORT
from impact.store.transaction import Block

_NO_ANSWERS = pd.DataFrame(columns=["subject", "rule", "who", "reason"], dtype=object)


def asked_for(folder: Path) -> bool:
    """Whether the store in a folder asks for two persons at all."""
    return reviewers.two_needed(folder)


def needing(connection: Block, folder: Path, ids: Collection[str]) -> frozenset[str]:
    """Those of some figures that two persons must accept; none where one suffices.

    The day of each counts as told: whether it is taken from the day of publication is no doubt, but
    a question that Review asks.
    """
    if not ids or not asked_for(folder):
        return frozenset()
    judged = connection.figures(ids)
    doubted = _doubted(connection, folder, judged)
    instead = {each for (each,) in connection.execute(_INSTEAD, {"ids": list(ids)}).fetchall()}
    return frozenset(
        figure_id
        for figure_id, indicator in zip(judged["figure_id"], judged["indicator"], strict=True)
        if figure_id in instead or reviewers.second_needed(indicator, figure_id in doubted, True)
    )


def correcting(connection: Block, folder: Path, old: str, new: str) -> bool:
    """Whether two persons must agree that a figure takes the place of another."""
    if not asked_for(folder):
        return False
    loaded = connection.execute(_LOADED, [old]).fetchone() is not None
    return loaded or bool(needing(connection, folder, [old, new]))


def _doubted(connection: Block, folder: Path, judged: pd.DataFrame) -> frozenset[str]:
    """Those that are disputed, or that a rule doubts beside what is public."""
    found = connection.execute(_DISPUTED, {"ids": judged["figure_id"].tolist()}).fetchall()
    disputed = {each for (each,) in found}
    shown = snapshot_files.shown(folder)
    known = (folder, shown.name, frozenset(judged["figure_id"]))
    doubted = _DOUBTED.get(known)
    if doubted is None:
        doubted = _doubted_by_rule(connection, folder, judged)
        if shown.name and not shown.fault:
            _DOUBTED[known] = doubted
        while len(_DOUBTED) > _KEPT:
            _DOUBTED.pop(next(iter(_DOUBTED)), None)
    return doubted | disputed


# What the rules doubt of figures beside a snapshot: neither ever changes. So who decides on one of
# several machines asks before their turn, and nobody waits meanwhile.
_DOUBTED: dict[tuple[Path, str, frozenset[str]], frozenset[str]] = {}
_KEPT = 64


def _doubted_by_rule(connection: Block, folder: Path, judged: pd.DataFrame) -> frozenset[str]:
    around = _around(connection, folder, judged)
    others = around[~around["figure_id"].isin(judged["figure_id"])]
    stacked = pd.concat([others, judged], ignore_index=True)[["figure_id", *NAMES]]
    told = frozenset(around.loc[around["day_told"], "figure_id"]) | {*judged["figure_id"]}
    _, doubts = settling.settled(stacked, _NO_ANSWERS, None, told)
    return frozenset(doubts["figure_id"])


def _around(connection: Block, folder: Path, judged: pd.DataFrame) -> pd.DataFrame:
    """The public figures with which the rules compare those that are judged, and what bounds them.
    Before the first snapshot, and where it is damaged, the accepted figures of the ledger."""
    shown = snapshot_files.shown(folder)
    if shown.name and not shown.fault:
        try:
            with database.attached(
                folder / snapshot_files.FOLDER / shown.name, read_only=True
            ) as it:
                return it.execute(f"FROM figures WHERE {_compared(judged)}").df()
        except Damaged:
            pass
    accepted = standing.accepted(connection)
    return accepted.assign(day_told=False)


def _compared(judged: pd.DataFrame) -> str:
    """That a public figure is a baseline, or within reach of those that are judged."""
    kept = [f"indicator IN ({database.listed(reach.BOUNDING)})"]
    for each in reach.reaches(judged):
        days = f" AND date IN ({database.listed(sorted(each.read))})" if each.read else ""
        kept.append(f"(indicator = '{each.indicator}' AND unit = '{each.unit}'{days})")
    return " OR ".join(kept)


_LOADED = f"SELECT 1 FROM figures WHERE figure_id = ? AND source <> '{REPORT}'"
# Those that were written to take the place of a loaded table's.
_INSTEAD = f"""
SELECT DISTINCT told.subject FROM ({in_force.TOLD}) AS told
JOIN figures AS old ON old.figure_id = told.replaces
WHERE told.subject = ANY($ids) AND old.source <> '{REPORT}'
"""
_DISPUTED = f"SELECT subject FROM ({in_force.DISPUTES}) AS told WHERE subject = ANY($ids)"
