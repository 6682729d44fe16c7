"""The read-only snapshot that every page queries: accepted figures with their order and doubts.

A snapshot is a DuckDB file of its own, built beside the others and made current by renaming a
one-line pointer. Readers look at the pointer before every query: they are never blocked, never see
half a load and never hold an old snapshot for longer than one query. Snapshots of the past
(impact/store/as_of.py) are files of the same shape that no pointer names.
"""

import dataclasses
import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from impact.model import columns, dates
from impact.model.indicators import TOLLS
from impact.model.outlets import outlet
from impact.model.rows import records
from impact.model.speakers import identify
from impact.rules import headline, plausibility
from impact.rules.implausible import doubt
from impact.rules.implausible.doubt import Doubt
from impact.store import atomic_files, days_told, identity, snapshot_files, withholding
from impact.store.decision import ACCEPT, CLOCK
from impact.store.ledger import Ledger, State
from impact.store.reader import Reader
from impact.store.snapshot_files import current

# Snapshots left for readers that opened them a moment ago; the files are small.
KEPT = 3
# Figures that are written at once: as many as a row group of DuckDB's holds.
_PIECE = 122_880
_DOUBTS = ["figure_id", "rule", "detail", "answered", "answered_by", "answer"]
_ANSWER = ["subject", "rule", "who", "reason"]
_LEADS_IN_DOUBT = f"""
    SELECT count(*) AS count FROM figures AS lead
    WHERE doubted AND rank_{headline.DEFAULT_RULE} = 0
      AND EXISTS (FROM figures WHERE claim = lead.claim AND NOT doubted)
"""


def publish(source: Ledger, *, anyway: bool = False, anew: bool = False) -> str:
    """Builds a snapshot of what the ledger has accepted and makes it current; returns its name.

    Equal ledgers under equal code give equal names: then nothing is built, unless `anew` asks for
    it or the file is damaged. Runs under the writer lock, so that of two loads the later snapshot
    holds both. Raises Withheld where figures would be lost, see impact/store/withholding.py, and
    publishes all the same where a person says `anyway`.
    """
    folder = source.folder / snapshot_files.FOLDER
    with source.lock():
        state = state_of(source)
        name = f"{digest(state)}{snapshot_files.ENDING}"
        shown = snapshot_files.shown(source.folder)
        if shown.name != name or shown.fault or anew:
            if not anyway:
                withholding.require(source.folder, state)
            if anew or not snapshot_files.sound(folder / name) or shown.name != name:
                make(state, folder / name, dates.now())
            with atomic_files.drafted(folder / snapshot_files.POINTER) as pointer:
                pointer.write_text(name, encoding="ascii")
            _remove_old(folder, name)
        identity.note_published(source.folder)
        withholding.clear(source.folder)
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


def make(state: State, path: Path, at: datetime) -> None:
    """Builds the snapshot of a state of the ledger, as known at a time (UTC); appears whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figures, doubts = _settled(state.figures, state.answers, state.disputes, state.told)
    tables: dict[str, pd.DataFrame | Iterable[pd.DataFrame]] = {
        "figures": _pieces(figures, _on_disk(figures)),
        "doubts": doubts,
        "corrections": state.corrections,
        "notes": state.notes,
    }
    tables["documents"] = state.documents.assign(accepted_at=_accepted_at(state))
    last = state.decisions.sort_values("number")["decision_id"].tail(1)
    lines = len(state.documents) + len(state.decisions)
    said = {"store_id": state.store_id, "last_decision": "".join(last), "lines": lines}
    with atomic_files.drafted(path) as draft:
        snapshot_files.write(draft, path.name, at, tables, **said)


def build(
    figures: pd.DataFrame,
    answers: pd.DataFrame,
    disputes: pd.DataFrame | None = None,
    told: Collection[str] = (),
) -> dict[str, pd.DataFrame]:
    """The snapshot's figures and doubts from accepted figures, answered doubts and disputes.

    `told` are the ids of tolls whose day is told by a date.
    """
    ranked, doubts = _settled(figures, answers, disputes, told)
    return {"figures": ranked.iloc[_on_disk(ranked)], "doubts": doubts}


def _settled(
    figures: pd.DataFrame,
    answers: pd.DataFrame,
    disputes: pd.DataFrame | None,
    told: Collection[str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures, in no order, and doubts; see `build`.

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


def _on_disk(figures: pd.DataFrame) -> columns.Numbers:
    """The sequence in which figures are written. Neighbours on disk are what a page asks for
    together: one thing in one place over time."""
    indicators, places = (
        pd.factorize(figures[name], sort=True)[0] for name in ("indicator", "place")
    )
    ids = columns.in_order(figures["figure_id"])
    return np.lexsort((ids, figures["day"], places, indicators))


def _pieces(figures: pd.DataFrame, sequence: columns.Numbers) -> Iterator[pd.DataFrame]:
    """The figures in a sequence, piece by piece: never all of them twice in memory."""
    for first in range(0, len(sequence), _PIECE):
        yield figures.iloc[sequence[first : first + _PIECE]]


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


def check(source: Ledger) -> list[str]:
    """What is wrong with the snapshot beside its ledger, a sentence each."""
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


def _as_doubts(disputes: pd.DataFrame, figures: pd.DataFrame) -> list[Doubt]:
    standing = disputes[disputes["subject"].isin(figures["figure_id"])].sort_values("subject")
    return [
        Doubt(row["subject"], plausibility.DISPUTED, {"by": row["who"], "reason": row["reason"]})
        for row in records(standing)
    ]


def _accepted_at(state: State) -> pd.Series:
    """When the first of a document's figures was accepted by a person; NaT where none was so."""
    accepts = state.decisions[state.decisions["kind"] == ACCEPT]
    stated = state.figures[["figure_id", "document_id"]]
    stating = accepts.merge(stated, left_on="subject", right_on="figure_id")
    first = stating.groupby("document_id")["decided_at"].min().to_dict()
    found = [first.get(each, pd.NaT) for each in state.documents["document_id"]]
    return pd.Series(found, index=state.documents.index, dtype="datetime64[us]")


def digest(state: State) -> str:
    """Names what a snapshot depends on: figures, answers, disputes, documents, corrections, notes,
    days that reports tell, true times of lines, and the code and data files that order and doubt
    them. Not the order in which they came."""
    digest = hashlib.sha256()
    for frame in (
        state.figures[["figure_id", "known_from"]],
        state.answers,
        state.disputes,
        state.documents[["document_id"]],
        state.corrections[["figure_id", "new_id", "what", "who", "reason"]],
        state.notes[["figure_id", "who", "reason", "decided_at"]],
        pd.DataFrame({"told": list(state.told)}, dtype="str"),
        state.decisions.loc[state.decisions["kind"] == CLOCK, ["subject", "detail"]],
    ):
        rows = np.sort(pd.util.hash_pandas_object(frame, index=False).to_numpy())
        digest.update(len(rows).to_bytes(8, "big") + rows.tobytes())
    root = Path(__file__).parents[2]
    for pattern in (
        "impact/**/*.py",
        "impact/**/*.sql",
        "data/*.*",
        "data/places/*.csv",
        "data/languages/*.toml",
    ):
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _remove_old(folder: Path, name: str) -> None:
    old = sorted(folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
    for path in old[:-KEPT]:
        if path.name != name:
            path.unlink(missing_ok=True)
