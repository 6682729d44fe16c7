"""Names of snapshots: equal contents under equal code have equal names.

A name is made of everything that a snapshot depends on, in whatever order it came. The figures,
which are many, go in by their weight: a sum over figures, so that a step (stepwise.py) takes away
what went, adds what came and has the name that a full build gives.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from impact.store import snapshot_files
from impact.store.decision import CLOCK
from impact.store.standing import State

_WEIGHED = ["figure_id", "known_from", "day_told"]
_SIZE = 2**64
_CODE = (
    "impact/**/*.py",
    "impact/**/*.sql",
    "data/*.*",
    "data/places/*.csv",
    "data/languages/*.toml",
)


def weight(figures: pd.DataFrame) -> int:
    """The weight of figures, below 2**64: of several tables added up, of all of them together.

    figures  with figure_id, known_from and day_told
    """
    kept = figures[_WEIGHED].astype({"known_from": "datetime64[us]", "day_told": bool})
    return sum(int(each) for each in _hashes(kept)) % _SIZE


def moved(weight: int, *, gone: int, came: int) -> int:
    """A weight after figures of some weight went and others came."""
    return (weight - gone + came) % _SIZE


def name(state: State, figures: int, weight: int, code: str) -> str:
    """The name of a snapshot's file: of a state of the ledger, of which the number and the weight
    of the figures are used, and of the code."""
    digest = hashlib.sha256(f"{figures} {weight} {code}".encode())
    for frame in _small(state):
        rows = np.sort(_hashes(frame))
        digest.update(len(rows).to_bytes(8, "big") + rows.tobytes())
    return f"{digest.hexdigest()[:16]}{snapshot_files.ENDING}"


def _small(state: State) -> Iterable[pd.DataFrame]:
    """What a name depends on beside the figures: answers, disputes, documents, corrections, notes,
    and true times of lines."""
    yield state.answers
    yield state.disputes
    yield state.documents[["document_id"]]
    yield state.corrections[["figure_id", "new_id", "what", "who", "reason"]]
    yield state.notes[["figure_id", "who", "reason", "decided_at"]]
    yield state.decisions.loc[state.decisions["kind"] == CLOCK, ["subject", "detail"]]


def _hashes(frame: pd.DataFrame) -> np.ndarray:
    return pd.util.hash_pandas_object(frame, index=False).to_numpy()


@cache
def code() -> str:
    """Of the code and data files that order and doubt figures and work out the summaries, as this
    process found them: what changes under it is read at its next start."""
    digest = hashlib.sha256()
    root = Path(__file__).parents[2]
    for pattern in _CODE:
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
