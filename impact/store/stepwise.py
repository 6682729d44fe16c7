"""Publishing in steps: a snapshot made from the one before it, of what was decided since.

The former snapshot is read, and what must stand in the next one is worked out for the figures that
the decisions reach (impact/rules/reach.py): by the same rules as for all of them, from the former
snapshot's own figures. Then the former file is copied, and the rows that differ are exchanged. The
summaries are renewed where those figures count (impact/summaries/renewal.py).

The law: a snapshot made so equals one that is built from the whole ledger, cell for cell, but for
the time at which it was built (tests/impact/store/test_stepwise.py). What is doubtful is no step,
and everything is built: another code or other data files, no sound snapshot of this very ledger,
a baseline that changed, a line whose time does not count as it stands, more than MOST figures
touched or READ read, a snapshot that would lose figures, IN_A_ROW steps one after another.
"""

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from impact.model import dates
from impact.model.indicators import BASELINES, TOLLS
from impact.rules import reach
from impact.rules.reach import Reach
from impact.store import (
    atomic_files,
    database,
    days_told,
    inbox,
    naming,
    settling,
    snapshot_files,
    withholding,
)
from impact.store.database import Connection, Damaged
from impact.store.decision import ACCEPT
from impact.store.documents import accepted_at
from impact.store.ledger import Ledger
from impact.store.since import Line, Since, since
from impact.store.snapshot_files import Meta
from impact.store.transaction import Transaction
from impact.summaries import renewal
from impact.summaries.exchange import exchange

# So many figures may be touched, and so many read to order them anew: more are built faster whole.
MOST, READ = 2_000, 60_000
# So many steps in a row: each leaves some 0.1 MB of gaps in the file (0.2 of 200 MB at a million
# figures), and puts its rows behind those that they would stand beside.
IN_A_ROW = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The figures that changed: as they are in the former snapshot, and as the ledger has them.

    gone, came  with the columns that the ledger has of figures, and day_told
    """

    gone: pd.DataFrame
    came: pd.DataFrame

    @property
    def both(self) -> pd.DataFrame:
        """Those that went and those that came, under each other."""
        return pd.concat([self.gone, self.came], ignore_index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a step puts into the tables of a snapshot.

    since    what the ledger holds beyond the former snapshot
    weight   of all figures (naming.py)
    altered  a condition on figures: `figures` and `doubts` tell what stands for those that meet it
    """

    name: str
    since: Since
    weight: int
    altered: str
    figures: pd.DataFrame
    doubts: pd.DataFrame
    documents: pd.DataFrame


def taken(source: Ledger) -> str | None:
    """Makes the next snapshot of what the ledger has accepted, and returns its name; the pointer
    stays where it is. None where everything must be built. To be called under the writer lock.
    """
    meta = _former(source.folder)
    if meta is None:
        return None
    former = source.folder / snapshot_files.FOLDER / meta.snapshot
    try:
        with database.attached(former, read_only=True) as snapshot, source.connect() as ledger:
            step = _worked_out(source, ledger, snapshot, meta)
        if step is not None and step.name != meta.snapshot:
            _write(former, former.with_name(step.name), meta, step)
    except Damaged:
        return None
    return step.name if step else None


def _former(folder: Path) -> Meta | None:
    """What the snapshot says of itself from which a step can be taken; None where there is none."""
    shown = snapshot_files.shown(folder)
    meta = shown.meta
    if meta is None or shown.fault or withholding.kept(folder):
        return None
    return meta if meta.code == naming.code() and meta.steps < IN_A_ROW else None


def _worked_out(
    source: Ledger, ledger: Transaction, snapshot: Connection, meta: Meta
) -> Step | None:
    ((document,),) = snapshot.execute("SELECT coalesce(max(number), 0) FROM documents").fetchall()
    line = Line(document=document, decision=meta.last_decision, lines=meta.lines)
    found = since(ledger, line, MOST)
    if found is None:
        return None
    told = _told(source, snapshot, found)
    turn = _turned(snapshot, found, told)
    reaches = reach.reaches(turn.both)
    if reaches is None or len(turn.gone) - len(turn.came) > withholding.FEWER:
        return None
    gone, came = (naming.weight(each) for each in (turn.gone, turn.came))
    weight = naming.moved(meta.weight, gone=gone, came=came)
    figures = meta.figures - len(turn.gone) + len(turn.came)
    read = _read(snapshot, reaches, turn)
    if read is None:
        return None
    ranked, doubts = settling.settled(read, found.state.answers, found.state.disputes, told)
    return Step(
        name=naming.name(found.state, figures, weight, meta.code),
        since=found,
        weight=weight,
        altered=_any(reaches, altered=True),
        figures=ranked,
        doubts=doubts,
        documents=_documents(ledger, snapshot, found, turn),
    )


def _told(source: Ledger, snapshot: Connection, found: Since) -> frozenset[str]:
    """Ids of all tolls of reports whose day is told: each report's reading is looked at, as one
    may have been lost or mended meanwhile."""
    kept = database.table(
        snapshot,
        f"""SELECT figure_id, document_id, indicator, source FROM figures
            WHERE source = '{inbox.SOURCE}' AND indicator IN ({_listed(TOLLS)})""",
    )
    kept = kept[~kept["figure_id"].isin(found.touched)]
    figures = pd.concat([kept, found.state.figures[kept.columns]], ignore_index=True)
    return days_told.of_store(source, figures, found.state.written, TOLLS)


def _turned(snapshot: Connection, found: Since, told: frozenset[str]) -> Turn:
    """The figures that the ledger's lines touched, and those whose day is told now and was not, or
    the other way round."""
    was_told = snapshot.execute("SELECT figure_id FROM figures WHERE day_told").fetchall()
    others = (told ^ {each for (each,) in was_told}) - found.touched
    _offer(snapshot, "touched", found.touched | others)
    names = [f'"{name}"' for name in (*found.state.figures.columns, "day_told")]
    gone = database.table(
        snapshot, f"SELECT {', '.join(names)} FROM figures WHERE figure_id IN (FROM touched)"
    )
    still = gone[gone["figure_id"].isin(others)]
    came = pd.concat([found.state.figures, still[found.state.figures.columns]], ignore_index=True)
    return Turn(gone=gone, came=came.assign(day_told=came["figure_id"].isin(told)))


def _read(snapshot: Connection, reaches: Sequence[Reach], turn: Turn) -> pd.DataFrame | None:
    """The figures from which those that may be altered follow: the baselines, and all within
    reach, as they are now. None where they are more than READ."""
    rows = f"""FROM figures AS own
        WHERE (indicator IN ({_listed(BASELINES)}) OR {_any(reaches, altered=False)})
          AND figure_id NOT IN (FROM touched)"""
    ((count,),) = snapshot.execute(f"SELECT count(*) {rows}").fetchall()
    if count > READ:
        return None
    came = turn.came.drop(columns="day_told")
    names = ", ".join(f'"{name}"' for name in came.columns)
    kept = database.table(snapshot, f"SELECT {names} {rows}")
    return pd.concat([kept, came], ignore_index=True)


def _documents(ledger: Transaction, snapshot: Connection, found: Since, turn: Turn) -> pd.DataFrame:
    """All documents, with the time at which the first of their figures was accepted."""
    _offer(snapshot, "stating", turn.both["document_id"].unique())
    stated = database.table(
        snapshot,
        """SELECT figure_id, document_id FROM figures
           WHERE document_id IN (FROM stating) AND figure_id NOT IN (FROM touched)""",
    )
    stated = pd.concat([stated, turn.came[stated.columns]], ignore_index=True)
    with ledger.offered(stated):
        accepts = ledger.execute(_ACCEPTS, [ACCEPT]).df()
    # A document may stand twice in older ledgers, where two parts of an upload had one name.
    before = snapshot.execute(
        "SELECT document_id, any_value(accepted_at) AS accepted_at FROM documents GROUP BY ALL"
    ).df()
    documents = found.state.documents
    known = documents["document_id"].map(before.set_index("document_id")["accepted_at"])
    anew = accepted_at(documents, accepts, stated)
    stating = documents["document_id"].isin(turn.both["document_id"])
    return documents.assign(accepted_at=anew.where(stating, known))


_ACCEPTS = """
SELECT subject, decided_at FROM decisions
WHERE kind = ? AND subject IN (SELECT figure_id FROM offered)
"""


def _write(former: Path, path: Path, meta: Meta, step: Step) -> None:
    """Writes the next snapshot: a copy of the former one, in which the rows that differ are
    exchanged. It appears whole."""
    with atomic_files.drafted(path) as draft:
        shutil.copyfile(former, draft)
        with database.attached(draft) as connection:
            connection.execute("BEGIN")
            _exchange(connection, step)
            said = {
                "store_id": meta.store_id,
                "last_decision": step.since.last,
                "lines": step.since.lines,
                "weight": step.weight,
                "code": meta.code,
                "steps": meta.steps + 1,
            }
            snapshot_files.say(connection, path.name, dates.now(), **said)
            connection.execute("COMMIT")
            connection.execute("CHECKPOINT ledger")
    snapshot_files.trust(path)


def _exchange(connection: Connection, step: Step) -> None:
    tables = {
        "figures": step.figures,
        "doubts": step.doubts,
        "documents": step.documents,
        "corrections": step.since.state.corrections,
        "notes": step.since.state.notes,
    }
    for table, rows in tables.items():
        connection.execute(f"CREATE TEMP TABLE next_{table} ({snapshot_files.SCHEMA[table]})")
        snapshot_files.insert(connection, f"next_{table}", rows)
    connection.execute(
        "CREATE TEMP TABLE altered AS "
        f"SELECT figure_id FROM ledger.figures AS own WHERE {step.altered} "
        f"UNION SELECT figure_id FROM next_figures AS own WHERE {step.altered}"
    )
    among = "figure_id IN (FROM altered)"
    some = [
        exchange(connection, table, f"FROM next_{table} WHERE {among}", among)
        for table in ("figures", "doubts")
    ]
    for table in ("documents", "corrections", "notes"):
        exchange(connection, table, f"FROM next_{table}")
    if any(some):
        connection.execute(_DOUBTED_ANEW)
        renewal.renew(connection)


# Summaries count doubts too.
_DOUBTED_ANEW = """
INSERT INTO came_figures FROM ledger.figures
WHERE figure_id IN (SELECT figure_id FROM gone_doubts UNION SELECT figure_id FROM came_doubts)
"""


def _any(reaches: Sequence[Reach], *, altered: bool) -> str:
    """That a figure of `own` is altered by one of several reaches, or read for it."""
    each = (_within(one, one.altered if altered else one.read) for one in reaches)
    return " OR ".join(["FALSE", *each])


def _within(one: Reach, days: frozenset[str] | None) -> str:
    alike = (
        f"own.indicator = '{one.indicator}' AND own.unit = '{one.unit}' "
        f"AND own.period = '{one.period}' AND own.cause IN ({_listed(one.causes)})"
    )
    return f"({alike} AND own.date IN ({_listed(sorted(days))}))" if days else f"({alike})"


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(f"'{each}'" for each in texts)


def _offer(connection: Connection, name: str, ids: Iterable[str]) -> None:
    """Lets queries read ids under a name."""
    frame = pd.DataFrame({"id": sorted(ids)}, dtype="str")
    connection.register(name, frame)
