"""A snapshot that would lose figures is withheld until a person says that this is right.

Nothing is ever removed from a ledger, so that a snapshot shrinks only by what people take out: a
figure now and then, at most the dozens of one report whose acceptance is undone. A tenth of all
figures, and more than fifty, are a table or a ledger that is gone. And a ledger that lacks the last
decision which the last snapshot knew is an older copy of itself, however many figures it has.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from impact.model import plain_files
from impact.store import atomic_files, snapshot_files
from impact.store.faults import LedgerOlder, Withheld
from impact.store.ledger import State

# So many figures fewer than the last snapshot had, and such a share of them, are not published
# unasked.
FEWER, SHARE = 50, 0.1
_NAME = "withheld.json"


def require(folder: Path, state: State) -> None:
    """Raises Withheld where a state of the ledger has lost much of what the last snapshot shows,
    and keeps that it did, for pages and /health."""
    if fault := found(folder, state):
        _keep(folder, {**fault.values, "older": isinstance(fault, LedgerOlder)})
        raise fault


def found(folder: Path, state: State) -> Withheld | None:
    """Why a snapshot of a state of the ledger would be withheld; None where it would not."""
    last = snapshot_files.last(folder, state.store_id)
    if last is None:
        return None
    new, old = len(state.figures), last.figures
    if last.last_decision and last.last_decision not in set(state.decisions["decision_id"]):
        return LedgerOlder(new=new, old=old)
    lost = old - new
    return Withheld(new=new, old=old) if lost > FEWER and lost > SHARE * old else None


def kept(folder: Path) -> Withheld | None:
    """The snapshot that is withheld now; None where none is."""
    try:
        told = json.loads(plain_files.text(_path(folder)))
        kind = LedgerOlder if told["older"] else Withheld
        return kind(new=int(told["new"]), old=int(told["old"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none, or damaged: the next attempt to publish says so again


def clear(folder: Path) -> None:
    """Nothing is withheld any more."""
    _path(folder).unlink(missing_ok=True)


def _keep(folder: Path, told: Mapping[str, Any]) -> None:
    with atomic_files.drafted(_path(folder)) as draft:
        draft.write_text(json.dumps(told), encoding="utf-8")


def _path(folder: Path) -> Path:
    return folder / snapshot_files.FOLDER / _NAME
