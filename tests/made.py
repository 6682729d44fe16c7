"""Made-up material that tests share: figures, documents, frames as the ledger gives them."""

import contextlib
import dataclasses
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from impact import summaries
from impact.model import dates
from impact.model.figure import NAMES, Figure, rows
from impact.store import database, snapshot, snapshot_files
from impact.store.ledger import Document, Ledger, Receipt, State, document_id
from impact.store.reader import Reader
from impact.summaries import Kept

Told = TypeVar("Told")

KYIV, KYIV_OBLAST, BILA_TSERKVA = "UA80", "UA32", "UA3202001001"
KHARKIV, KHARKIV_OBLAST = "UA6312027001", "UA63"
DNIPRO, DNIPRO_OBLAST = "UA1202001001", "UA12"

MAYOR, MINISTER, GOVERNOR = "Klitschko (mayor)", "Kuleba (Deputy PM)", "Syniehubov (governor)"


def figure(**changes) -> Figure:
    """Heating lost in 500 buildings of Kyiv, as nobody in particular says, save for changes."""
    stated = {
        "indicator": "heating_loss",
        "value": 500.0,
        "unit": "buildings",
        "place": KYIV,
        "date": "2026-01-24",
        "status": "lost",
        "publisher": "UNN",
        "published": "2026-01-24",
        "source": "made",
    }
    return Figure(**(stated | changes))


# One article of 24 January 2026, against which the mayor and the minister stood.
ARTICLE = figure(
    value=320_000,
    publisher="Northern Courier",
    quote="320,000 buildings in Kyiv had lost heating",
    start=0,
    end=42,
)


def on(day: int, month: int = 1) -> dict:
    """What a figure of a day says that is printed on that day."""
    stated = f"2026-{month:02d}-{day:02d}"
    return {"date": stated, "published": stated}


def toll(value: float = 5.0, **changes) -> Figure:
    """People killed in Kharkiv, as nobody in particular says, save for changes."""
    stated = {"indicator": "killed", "unit": "people", "status": "", "place": KHARKIV}
    return figure(value=value, **(stated | changes))


def frame(figures: Sequence[Figure]) -> pd.DataFrame:
    """Figures as Ledger.accepted gives them."""
    table = pd.DataFrame(rows(figures), columns=["figure_id", *NAMES])
    return table.astype({"value": float, "value_high": float})


def built(
    *figures: Figure, answers: Sequence[tuple[str, str]] = (), told: Sequence[str] = ()
) -> dict[str, pd.DataFrame]:
    """What a snapshot would hold: figures in their order, and doubts."""
    return snapshot.build(
        frame(figures),
        pd.DataFrame(answers, columns=["subject", "rule"], dtype=object),
        told=told,
    )


def ranked(*figures: Figure) -> pd.DataFrame:
    """The figures in their order, by the default rule within each claim group."""
    return built(*figures)["figures"].sort_values(["claim", "rank_responsible"])


def document(name: str) -> tuple[Document, bytes]:
    """A document whose bytes are its name."""
    payload = name.encode()
    identity = document_id(payload)
    return Document(document_id=identity, source="made", name=name, size=len(payload)), payload


def offer(
    ledger: Ledger, *figures: Figure, name: str = "made", accepted_by: str = "the tests"
) -> Receipt:
    """Offers a document that states the figures."""
    offered, payload = document(name)
    return ledger.store(offered, [payload], figures, accepted_by=accepted_by)


@contextlib.contextmanager
def shown(*figures: Figure, kept: Kept = Kept.NONE) -> Iterator[Reader]:
    """A reader of figures as if a trusted table had been published, without a ledger behind it: a
    quarter of the time. test_snapshot.py proves that both show the same. Tests that show the same
    figures one after another share the file, which nobody writes to.

    kept  which summaries are tables: to make those that others are made of takes as long as ten
          questions about views, so that it pays where one test asks dozens
    """
    folder = _shown(figures, dates.now, kept)
    yield Reader(folder.path, fixed=f"made{snapshot_files.ENDING}")


# Who is told that the files of a store were copied from one folder into another.
COPIED: list[Callable[[Path, Path], None]] = []


def once(fill: Callable[..., Told]) -> Callable[..., Told]:
    """Makes a function that fills a store fill the first alone: others become copies of it, which
    cost next to nothing. The store must be new; what the function gives is given each time."""

    @cache
    def filled(*said: Any) -> tuple[_Folder, Told]:
        kept = _Folder()
        return kept, fill(Ledger(kept.path), *said)

    @wraps(fill)
    def copied(ledger: Ledger, *said: Any) -> Told:
        kept, told = filled(*said)
        shutil.copytree(kept.path, ledger.folder, dirs_exist_ok=ledger.folder.exists())
        for tell in COPIED:
            tell(kept.path, ledger.folder)
        return told

    return copied


class _Folder:
    """A folder that is there for as long as somebody holds it."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp())
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


# A clock that a test has set is another clock: what was made by one is not shown by the other.


@lru_cache(maxsize=16)
def _shown(figures: tuple[Figure, ...], clock: Callable[[], datetime], kept: Kept) -> _Folder:
    folder = _Folder()
    state = dataclasses.replace(_accepted(), figures=_as_accepted(figures))
    path = folder.path / snapshot_files.FOLDER / f"made{snapshot_files.ENDING}"
    path.parent.mkdir()
    shutil.copyfile(_empty().path / path.name, path)
    tables, said = snapshot.contents(state)
    with database.attached(path) as connection:
        snapshot_files.put(connection, path.name, clock(), tables, **said)
        _make_tables(connection, kept)
    return folder


def _make_tables(connection: database.Connection, kept: Kept) -> None:
    """Makes tables of summaries that are views."""
    for name, text in summaries.texts().items():
        if kept.holds(name):
            connection.execute(f"DROP VIEW {name}")
            connection.execute(f"CREATE TABLE {name} AS {text}")


@cache
def _empty() -> _Folder:
    """A snapshot without figures. Its summaries are views, so that they cost nothing but for who
    asks them: to make them as tables takes most of the time of a small snapshot."""
    kept = _Folder()
    accepted = _accepted()
    state = dataclasses.replace(
        accepted, figures=_as_accepted(()), documents=accepted.documents[:0]
    )
    snapshot.make(state, kept.path / f"made{snapshot_files.ENDING}", dates.now(), Kept.NONE)
    return kept


@cache
def _accepted() -> State:
    """A ledger after one document was accepted."""
    with fresh_ledger() as ledger:
        offer(ledger, toll())
        return ledger.state()


def _as_accepted(figures: Sequence[Figure]) -> pd.DataFrame:
    """Figures as they stand in the state of a ledger that accepted them now, each once."""
    now = dates.now()
    known = [dates.known_from(each.published, each.as_of) or now for each in figures]
    found = frame(figures).assign(
        known_from=pd.Series(known, dtype="datetime64[us]"),
        recorded_at=pd.Timestamp(now),
        document_id=document("made")[0].document_id,
    )
    return found.drop_duplicates("figure_id", ignore_index=True)


def publish(ledger: Ledger, *figures: Figure) -> str:
    """Publishes figures as an accepted table; gives the snapshot's name."""
    offer(ledger, *figures)
    return snapshot.publish(ledger)


publish_once = once(publish)


@contextlib.contextmanager
def fresh_ledger() -> Iterator[Ledger]:
    """A ledger of its own for one example of a law."""
    with tempfile.TemporaryDirectory() as folder:
        yield Ledger(Path(folder))


def count(ledger: Ledger, table: str) -> int:
    """How many rows a table of the ledger has."""
    return len(ledger.table(table))
