"""Turns: what stands in a snapshot once some figures have changed, worked out and put into it.

It is worked out for the figures that the change reaches (impact/rules/reach.py): by the same rules
as for all of them, from the snapshot's own figures. In a copy of the snapshot the rows that differ
are exchanged, and the summaries are renewed where those figures count
(impact/summaries/renewal.py). Publishing goes forward by such turns (stepwise.py), and who looks at
the past goes back by them (going_back.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from impact.model.indicators import TOLLS
from impact.rules import reach
from impact.rules.implausible import above_baseline
from impact.rules.reach import Reach
from impact.store import database, days_told, inbox, naming, settling, snapshot_files
from impact.store.database import Connection
from impact.store.decision import ACCEPT
from impact.store.ledger import Ledger
from impact.store.since import Line, Since
from impact.store.snapshot_files import Meta
from impact.store.transaction import Transaction
from impact.summaries import Kept, renewal
from impact.summaries.exchange import exchange

# So many figures may be read to order them anew: more are built faster whole.
READ = 60_000
# So many dates stand in a statement by their values.
LISTED = 200
# What is asked of the figures that went: how far they reach, their weight and their document.
_GONE = (*reach.ALIKE, "date", "figure_id", "known_from", "day_told", "document_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The figures that changed, and what the ledger says beside them.

    since    what the ledger holds that the snapshot does not, or the other way round
    told     ids of tolls whose day their report tells by a date
    touched  ids of the figures that changed or may have
    gone     these as they are in the snapshot, with the columns _GONE
    came     these as they stand now, with the columns that the ledger has of figures, and day_told
    accepts  subject and decided_at of acceptances of figures, of the documents that state these
    """

    since: Since
    told: frozenset[str]
    touched: frozenset[str]
    gone: pd.DataFrame
    came: pd.DataFrame
    accepts: pd.DataFrame

    @property
    def left(self) -> frozenset[str]:
        """Ids of the figures that went and did not come again."""
        return frozenset(self.gone["figure_id"]) - frozenset(self.came["figure_id"])

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that state figures which changed."""
        return frozenset(self.gone["document_id"]) | frozenset(self.came["document_id"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a turn puts into the tables of a snapshot.

    weight       of all figures (naming.py)
    reaches      `figures` and `doubts` tell what stands for the figures that these alter
    accepted_at  of the documents that state figures which changed
    """

    name: str
    turn: Turn
    weight: int
    reaches: Sequence[Reach]
    figures: pd.DataFrame
    doubts: pd.DataFrame
    accepted_at: pd.DataFrame


def line(snapshot: Connection, meta: Meta) -> Line:
    """Up to where a snapshot knows the ledger."""
    ((document,),) = snapshot.execute("SELECT coalesce(max(number), 0) FROM documents").fetchall()
    return Line(document=document, decision=meta.last_decision, lines=meta.lines)


def turn(source: Ledger, ledger: Transaction, snapshot: Connection, found: Since) -> Turn:
    """The figures that the ledger's lines touched, those whose day is told now and was not, or the
    other way round, and those whose doubts may change with a baseline."""
    told = _told(source, snapshot, found)
    was_told = snapshot.execute("SELECT figure_id FROM figures WHERE day_told").fetchall()
    others = (told ^ {each for (each,) in was_told}) | _bounded(snapshot, found)
    others -= found.touched
    touched = found.touched | others
    _offer(snapshot, "touched", touched)
    _offer(snapshot, "others", others)
    gone = _columns(snapshot, _GONE, "FROM figures WHERE figure_id IN (FROM touched)")
    names = found.state.figures.columns
    still = _columns(snapshot, names, "FROM figures WHERE figure_id IN (FROM others)")
    came = pd.concat([found.state.figures, still], ignore_index=True)
    came = came.assign(day_told=came["figure_id"].isin(told))
    stating = {*gone["document_id"], *came["document_id"]}
    with ledger.offered(_ids(stating)):
        accepts = ledger.execute(_ACCEPTS, [ACCEPT]).df()
    return Turn(since=found, told=told, touched=touched, gone=gone, came=came, accepts=accepts)


def _bounded(snapshot: Connection, found: Since) -> frozenset[str]:
    """Ids of the figures that may be in doubt, or be so no more, because a baseline changed."""
    _offer(snapshot, "touched", found.touched)
    baselines = f"FROM figures WHERE indicator IN ({database.listed(reach.BOUNDING)})"
    went = snapshot.execute(
        f"SELECT indicator, place {baselines} AND figure_id IN (FROM touched)"
    ).df()
    now = found.state.figures
    came = now.loc[now["indicator"].isin(reach.BOUNDING), ["indicator", "place", "value"]]
    changed = pd.concat([went, came[["indicator", "place"]]])
    if changed.empty:
        return frozenset()
    known = _columns(snapshot, came.columns, baselines)
    snapshot.register("bounds", above_baseline.lowest(pd.concat([known, came]), changed))
    return frozenset(each for (each,) in snapshot.execute(_ABOVE).fetchall())


def step(snapshot: Connection, meta: Meta, turn: Turn) -> Step | None:
    """What a turn puts into a snapshot; None where it reaches too far."""
    alike = pd.concat([turn.gone[_ALIKE], turn.came[_ALIKE]], ignore_index=True)
    reaches = reach.reaches(alike)
    read = _read(snapshot, reaches, turn)
    if read is None:
        return None
    state = turn.since.state
    ranked, doubts = settling.settled(read, state.answers, state.disputes, turn.told)
    gone, came = (naming.weight(each) for each in (turn.gone, turn.came))
    weight = naming.moved(meta.weight, gone=gone, came=came)
    figures = meta.figures - len(turn.gone) + len(turn.came)
    return Step(
        name=naming.name(state, figures, weight, meta.code),
        turn=turn,
        weight=weight,
        reaches=reaches,
        figures=ranked,
        doubts=doubts,
        accepted_at=_accepted_at(snapshot, turn),
    )


_ALIKE = [*reach.ALIKE, "date"]


def _told(source: Ledger, snapshot: Connection, found: Since) -> frozenset[str]:
    """Ids of all tolls of reports whose day is told: each report's reading is looked at, as one
    may have been lost or mended meanwhile."""
    kept = _columns(
        snapshot,
        ("figure_id", "document_id", "indicator", "source"),
        f"""FROM figures
            WHERE source = '{inbox.SOURCE}' AND indicator IN ({database.listed(TOLLS)})""",
    )
    touched = [each in found.touched for each in kept["figure_id"]]
    kept = kept[~pd.Series(touched, kept.index, dtype=bool)]
    figures = pd.concat([kept, found.state.figures[kept.columns]], ignore_index=True)
    return days_told.of_store(source, figures, found.state.written, TOLLS)


def _read(snapshot: Connection, reaches: Sequence[Reach], turn: Turn) -> pd.DataFrame | None:
    """The figures from which those that may be altered follow: the baselines that bound them, and
    all within reach, as they are now. None where they are more than READ."""
    reached = _reached(snapshot, reaches, altered=False)
    rows = f"""FROM figures AS own
        WHERE (indicator IN ({database.listed(reach.BOUNDING)}) OR {reached})
          AND figure_id NOT IN (FROM touched)"""
    ((count,),) = snapshot.execute(f"SELECT count(*) {rows}").fetchall()
    if count > READ:
        return None
    came = turn.came.drop(columns="day_told")
    kept = _columns(snapshot, came.columns, rows)
    return pd.concat([kept, came], ignore_index=True)


def _accepted_at(snapshot: Connection, turn: Turn) -> pd.DataFrame:
    """When the first figure of each document that states some which changed was accepted by a
    person, of the figures that stand: document_id, accepted_at."""
    snapshot.register("accepts", turn.accepts)
    snapshot.register("came", turn.came[["figure_id", "document_id"]])
    found = snapshot.execute(_ACCEPTED_AT).df()
    stating = pd.DataFrame({"document_id": sorted(turn.documents)}, dtype="str")
    return stating.merge(found, on="document_id", how="left")


_ABOVE = """
SELECT figure_id FROM figures JOIN bounds USING (unit, place) WHERE value > above
"""
_ACCEPTS = """
SELECT subject, decided_at FROM decisions
WHERE kind = ? AND subject IN (
    SELECT figure_id FROM statements WHERE document_id IN (SELECT id FROM offered))
"""
_ACCEPTED_AT = """
SELECT document_id, min(decided_at) AS accepted_at
FROM accepts JOIN (
    SELECT figure_id, document_id FROM figures WHERE figure_id NOT IN (FROM touched)
    UNION ALL FROM came
) ON figure_id = subject
GROUP BY document_id
"""


def put(connection: Connection, step: Step, kept: Kept = Kept.ALL) -> None:
    """Puts a step into a copy of the snapshot that it was worked out from.

    kept  which summaries stay tables
    """
    state = step.turn.since.state
    tables = {
        "figures": step.figures,
        "doubts": step.doubts,
        "documents": state.documents,
        "corrections": state.corrections,
        "notes": state.notes,
        "accepted": step.accepted_at,
    }
    for table, rows in tables.items():
        columns = snapshot_files.SCHEMA.get(table, "document_id VARCHAR, accepted_at TIMESTAMP")
        connection.execute(f"CREATE TEMP TABLE next_{table} ({columns})")
        snapshot_files.insert(connection, f"next_{table}", rows)
    left = _taken_out(connection, step.turn.left)
    reached = _reached(connection, step.reaches, altered=True)
    connection.execute(
        "CREATE TEMP TABLE altered AS "
        f"SELECT figure_id FROM ledger.figures AS own WHERE {reached} "
        f"UNION SELECT figure_id FROM next_figures AS own WHERE {reached}"
    )
    some = [
        exchange(connection, table, f"FROM next_{table} AS own WHERE {among}", among)
        # Figures are looked for by what they are of: in that order they stand on disk.
        for table, among in (("figures", reached), ("doubts", "figure_id IN (FROM altered)"))
    ]
    exchange(connection, "documents", _DOCUMENTS)
    for table in ("corrections", "notes"):
        exchange(connection, table, f"FROM next_{table}")
    if left or any(some):
        if left:
            connection.execute(
                f"INSERT INTO moved_figures BY NAME SELECT -1 AS place_in_table, * FROM {left}"
            )
        connection.execute(_DOUBTED_ANEW)
        renewal.renew(connection, kept)


def _taken_out(connection: Connection, left: frozenset[str]) -> str:
    """Takes figures that only go out of the snapshot, as many as they are, with their doubts;
    returns the table of what summaries ask of them, empty where there are none."""
    if not left:
        return ""
    _offer(connection, "left_out", left)
    names = ", ".join(f'"{name}"' for name in renewal.ASKED)
    among = "WHERE figure_id IN (FROM left_out)"
    connection.execute(f"CREATE TEMP TABLE went AS SELECT {names} FROM ledger.figures {among}")
    for table in ("figures", "doubts"):
        connection.execute(f"DELETE FROM ledger.{table} {among}")
    return "went"


_DOCUMENTS = """
SELECT stored.* REPLACE (CASE WHEN next_accepted.document_id IS NULL THEN former.accepted_at
                              ELSE next_accepted.accepted_at END AS accepted_at)
FROM next_documents AS stored LEFT JOIN next_accepted USING (document_id)
LEFT JOIN (
    -- Once each: two parts of one name were one document twice in older ledgers.
    SELECT document_id, any_value(accepted_at) AS accepted_at FROM ledger.documents
    GROUP BY document_id
) AS former USING (document_id)
"""
# Summaries count doubts too.
_DOUBTED_ANEW = """
INSERT INTO moved_figures BY NAME FROM ledger.figures
WHERE figure_id IN (SELECT figure_id FROM moved_doubts)
"""


def _reached(connection: Connection, reaches: Sequence[Reach], *, altered: bool) -> str:
    """That a figure of `own` is altered by one of several reaches, or read for it. Many dates are
    offered as a table: to plan a statement of thousands takes half a second."""
    found = [(one, one.altered if altered else one.read) for one in reaches]
    if sum(len(days or ()) for _, days in found) <= LISTED:
        return " OR ".join(["FALSE", *(_within(one, days) for one, days in found)])
    name = "reached_altered" if altered else "reached_read"
    dated = [
        (one.indicator, one.unit, one.period, cause, day)
        for one, days in found
        for cause in one.causes
        for day in days or ()
    ]
    connection.register(name, pd.DataFrame(dated, columns=_ALIKE, dtype="str"))
    always = [_within(one, None) for one, days in found if days is None]
    listed = ", ".join(f"own.{column}" for column in _ALIKE)
    return " OR ".join([*always, f"({listed}) IN (FROM {name})"])


def _within(one: Reach, days: frozenset[str] | None) -> str:
    alike = (
        f"own.indicator = '{one.indicator}' AND own.unit = '{one.unit}' "
        f"AND own.period = '{one.period}' AND own.cause IN ({database.listed(one.causes)})"
    )
    return f"({alike} AND own.date IN ({database.listed(sorted(days))}))" if days else f"({alike})"


def _offer(connection: Connection, name: str, ids: Iterable[str]) -> None:
    """Lets queries read ids under a name."""
    connection.register(name, _ids(ids))


def _ids(ids: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame({"id": list(ids)}, dtype="str")


def _columns(connection: Connection, names: Iterable[str], rows: str) -> pd.DataFrame:
    """Some columns of rows of the snapshot."""
    listed = ", ".join(f'"{name}"' for name in names)
    return database.table(connection, f"SELECT {listed} {rows}")
