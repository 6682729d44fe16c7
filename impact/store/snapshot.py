"""The read-only snapshot that every page queries: accepted figures with their order and doubts.

A snapshot is a DuckDB file of its own, built beside the others and made current by renaming a
one-line pointer. Readers look at the pointer before every query: they are never blocked, never see
half a load and never hold an old snapshot for longer than one query. Snapshots of the past
(impact/store/as_of.py) are files of the same shape that no pointer names.
"""

import dataclasses
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from impact.model import columns, dates
from impact.model.indicators import BASELINES, TOLLS
from impact.rules import headline
from impact.store import (
    atomic_files,
    days_told,
    documents,
    identity,
    naming,
    snapshot_files,
    stepwise,
    withholding,
)
from impact.store.decision import ACCEPT
from impact.store.ledger import Ledger, State
from impact.store.reader import Reader
from impact.store.settling import settled
from impact.store.snapshot_files import current
from impact.summaries import Kept

# Snapshots left for readers that opened them a moment ago; the files are small.
KEPT = 3
# Figures that are written at once: as many as a row group of DuckDB's holds.
_PIECE = 122_880
_LEADS_IN_DOUBT = f"""
    SELECT count(*) AS count FROM figures AS lead
    WHERE doubted AND rank_{headline.DEFAULT_RULE} = 0
      AND EXISTS (FROM figures WHERE claim = lead.claim AND NOT doubted)
"""


def publish(source: Ledger, *, anyway: bool = False, anew: bool = False) -> str:
    """Builds a snapshot of what the ledger has accepted and makes it current; returns its name.

    Equal ledgers under equal code give equal names: then nothing is built, unless `anew` asks for
    it or the file is damaged. What few decisions touched is a step from the snapshot before
    (stepwise.py). Runs under the writer lock, so that of two loads the later snapshot holds both.
    Raises Withheld where figures would be lost, see impact/store/withholding.py, and publishes all
    the same where a person says `anyway`.
    """
    folder = source.folder / snapshot_files.FOLDER
    with source.lock(), source.engine.publishing():
        name = None if anyway or anew else stepwise.taken(source)
        if name is None:
            name = _built(source, anyway=anyway, anew=anew)
        source.engine.announce(folder / name)
        with atomic_files.drafted(folder / snapshot_files.POINTER) as pointer:
            pointer.write_text(name, encoding="ascii")
        _remove_old(folder, name)
        identity.note_published(source.folder)
        withholding.clear(source.folder)
    return name


def _built(source: Ledger, *, anyway: bool, anew: bool) -> str:
    """Builds the whole snapshot, unless it is there; returns its name."""
    state = state_of(source)
    name = name_of(state)
    path = source.folder / snapshot_files.FOLDER / name
    shown = snapshot_files.shown(source.folder)
    if shown.name == name and not shown.fault and not anew:
        return name
    if not anyway:
        withholding.require(source.folder, state)
    if anew or not snapshot_files.sound(path) or shown.name != name:
        make(state, path, dates.now())
    return name


def state_of(source: Ledger, at: datetime | None = None) -> State:
    """What a snapshot is built from: the ledger's state, now or in the past (UTC), with the tolls
    whose day their reports tell."""
    state = source.state(at)
    told = days_told.of_store(source, state.figures, state.written, TOLLS)
    return dataclasses.replace(state, told=told)


def begun(source: Ledger) -> bool:
    """Whether a store has something to publish by itself: it was published before, or somebody
    has decided about a figure. Tables that are being loaded are published when all of them are."""
    if not source.exists:
        return False
    if current(source.folder) is not None:
        return True
    return bool(source.table("decisions")["subject"].str.startswith("F-").any())


def make(state: State, path: Path, at: datetime, kept: Kept = Kept.ALL) -> None:
    """Builds the snapshot of a state of the ledger, as known at a time (UTC); appears whole. It
    uses up the state's figures."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tables, said = contents(state)
    with atomic_files.drafted(path) as draft:
        snapshot_files.write(draft, path.name, at, tables, kept, **said)


def contents(state: State) -> tuple[snapshot_files.Tables, dict[str, Any]]:
    """The tables of the snapshot of a state of the ledger, and what it says of itself. The tables
    are to be taken in their order: the doubts are known when all figures were taken, which are gone
    from the state then."""
    doubts: list[pd.DataFrame] = []
    accepts = state.decisions[state.decisions["kind"] == ACCEPT]
    accepted_at = documents.accepted_at(state.documents, accepts, state.figures)
    tables: snapshot_files.Tables = {
        "figures": _in_pieces(state, doubts),
        "doubts": doubts,
        "corrections": state.corrections,
        "notes": state.notes,
        "documents": state.documents.assign(accepted_at=accepted_at),
    }
    last = state.decisions.sort_values("number")["decision_id"].tail(1)
    return tables, {
        "store_id": state.store_id,
        "last_decision": "".join(last),
        "lines": len(state.documents) + len(state.decisions),
        "weight": _weight(state),
        "code": naming.code(),
        "steps": 0,
    }


def name_of(state: State) -> str:
    """The name of a snapshot of a state of the ledger; see naming.py."""
    return naming.name(state, len(state.figures), _weight(state), naming.code())


def _weight(state: State) -> int:
    told = state.figures["figure_id"].isin(state.told)
    return naming.weight(state.figures.assign(day_told=told))


def build(
    figures: pd.DataFrame,
    answers: pd.DataFrame,
    disputes: pd.DataFrame | None = None,
    told: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """The snapshot's figures and doubts from accepted figures, answered doubts and disputes.

    `told` are the ids of tolls whose day is told by a date.
    """
    ranked, doubts = settled(figures, answers, disputes, told)
    return {"figures": ranked.iloc[_on_disk(ranked)], "doubts": doubts}


def _in_pieces(state: State, doubts: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """The figures in the sequence in which they are written, some indicators after others: no rule
    compares figures of two (impact/rules/reach.py), but for the baselines, which go with each. So
    many figures never stand in memory twice: each goes out of the state when its turn comes. Their
    doubts are appended to `doubts`."""
    left = _taken_out(state.figures)
    for together in _together(left["indicator"].value_counts()):
        own, baselines = (left["indicator"].isin(each) for each in (together, BASELINES))
        some = left[own | baselines]
        left = _taken_out(left, ~own | baselines)
        figures, found = settled(some, state.answers, state.disputes, state.told)
        figures = figures[figures["indicator"].isin(together)]
        doubts.append(found[columns.among(found["figure_id"], figures["figure_id"])])
        sequence = _on_disk(figures)
        for first in range(0, len(sequence), _PIECE):
            yield figures.iloc[sequence[first : first + _PIECE]]


def _taken_out(figures: pd.DataFrame, which: pd.Series | None = None) -> pd.DataFrame:
    """Figures, or some of them, taken out of a table, which is empty then. It goes column by
    column: no more than one stands in memory twice."""
    kept = {name: figures.pop(name) for name in figures.columns.tolist()}
    if which is not None:
        for name in kept:
            kept[name] = kept[name][which]
    return pd.DataFrame(kept)


def _together(counts: pd.Series) -> Iterator[list[str]]:
    """Indicators in order, as many at a time as make up a piece of figures."""
    some: list[str] = []
    for indicator in sorted(counts.index):
        some.append(indicator)
        if counts[some].sum() >= _PIECE:
            yield some
            some = []
    if some:
        yield some


def _on_disk(figures: pd.DataFrame) -> columns.Numbers:
    """The sequence in which figures are written. Neighbours on disk are what a page asks for
    together: one thing in one place over time."""
    indicators, places = (
        pd.factorize(figures[name], sort=True)[0] for name in ("indicator", "place")
    )
    ids = columns.in_order(figures["figure_id"])
    return np.lexsort((ids, figures["day"], places, indicators))


def check(source: Ledger) -> list[str]:
    """What is wrong with the snapshot beside its ledger, a sentence each."""
    source.engine.follow()
    shown = snapshot_files.shown(source.folder)
    if shown.fault:
        return [str(shown.fault)]
    if not shown.name:
        return ["nothing is published: run `python -m etl load`"]
    state = source.state()
    if fault := withholding.found(source.folder, state):
        return [str(fault)]
    reader, accepted = Reader(source.folder), len(state.figures)
    problems = []
    if reader.count() != accepted:
        problems.append(
            f"the snapshot has {reader.count()} figures, the ledger {accepted}: "
            "run `python -m etl publish`"
        )
    doubted = reader.query(_LEADS_IN_DOUBT)["count"][0]
    if doubted:
        problems.append(
            f"{doubted} figures in doubt lead claims that are not in doubt: "
            "run `python -m etl rebuild`"
        )
    return problems


def _remove_old(folder: Path, name: str) -> None:
    old = sorted(folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
    for path in old[:-KEPT]:
        if path.name != name:
            path.unlink(missing_ok=True)
