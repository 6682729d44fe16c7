"""The read-only snapshot that every page queries: accepted figures with their order and doubts.

A snapshot is a DuckDB file of its own, built beside the others and made current by renaming a
one-line pointer. Readers look at the pointer before every query: they are never blocked, never see
half a load and never hold an old snapshot for longer than one query. Snapshots of the past
(impact/past.py) are files of the same shape that no pointer names.
"""

import contextlib
import hashlib
import threading
from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from impact import dates, drafts, headline, ledger, plausibility
from impact.figure import sql_columns
from impact.outlets import outlet
from impact.plausibility import Doubt
from impact.speakers import identify

# Snapshots left for readers that opened them a moment ago; the files are small.
KEPT = 3
# Results a reader keeps, and how many rows one may have: some tens of megabytes at most.
KEPT_RESULTS, KEPT_ROWS = 256, 1000

_DERIVED = """
    figure_id VARCHAR, document_id VARCHAR, known_from TIMESTAMP, recorded_at TIMESTAMP,
    day DATE, day_end DATE, speaker VARCHAR, body VARCHAR, role VARCHAR,
    outlet VARCHAR, origin VARCHAR, claim VARCHAR, claim_scale VARCHAR, doubted BOOLEAN,
    standing TINYINT, stated TIMESTAMP, rivals INTEGER, rivals_low DOUBLE, rivals_high DOUBLE,
    doubts_beside INTEGER, bodies INTEGER, outlets INTEGER
"""
_RANKS = ", ".join(f"rank_{rule} INTEGER, why_{rule} VARCHAR" for rule in headline.RULES)
SCHEMA = {
    "figures": f"{sql_columns()}, {_DERIVED}, {_RANKS}",
    "doubts": """figure_id VARCHAR, rule VARCHAR, detail VARCHAR, answered BOOLEAN,
        answered_by VARCHAR, answer VARCHAR""",
    "documents": """document_id VARCHAR, number BIGINT, source VARCHAR, name VARCHAR,
        files VARCHAR, title VARCHAR, publisher VARCHAR, url VARCHAR, licence VARCHAR,
        size BIGINT, rows_in BIGINT, rows_kept BIGINT, rows_refused BIGINT,
        received_at TIMESTAMP, accepted_at TIMESTAMP""",
    "corrections": """number BIGINT, decided_at TIMESTAMP, who VARCHAR, reason VARCHAR,
        what VARCHAR, figure_id VARCHAR, new_id VARCHAR, indicator VARCHAR, place VARCHAR,
        date VARCHAR, unit VARCHAR, people VARCHAR, status VARCHAR, url VARCHAR, was DOUBLE,
        now DOUBLE, detail VARCHAR""",
    "notes": """decision_id VARCHAR, number BIGINT, figure_id VARCHAR, who VARCHAR,
        reason VARCHAR, decided_at TIMESTAMP""",
    "meta": "snapshot VARCHAR, built_at TIMESTAMP, figures BIGINT, known_at TIMESTAMP",
}
_DOUBTS = ["figure_id", "rule", "detail", "answered", "answered_by", "answer"]
_ANSWER = ["subject", "rule", "who", "reason"]
_LEADS_IN_DOUBT = f"""
    SELECT count(*) AS count FROM figures AS lead
    WHERE doubted AND rank_{headline.DEFAULT_RULE} = 0
      AND EXISTS (FROM figures WHERE claim = lead.claim AND NOT doubted)
"""
# Neighbours on disk are what a page asks for together: one thing in one place over time.
_ORDER = ["indicator", "place", "day", "figure_id"]


def publish(source: ledger.Ledger) -> str:
    """Builds a snapshot of what the ledger has accepted and makes it current; returns its name.

    Equal ledgers under equal code give equal names: then nothing is built. Runs under the writer
    lock, so that of two loads the later snapshot holds both.
    """
    folder = source.folder / "published"
    with source.lock():
        state = source.state()
        name = f"{digest(state)}.duckdb"
        if current(source.folder) == name:
            return name
        make(state, folder / name, dates.now())
        with drafts.drafted(folder / "current") as pointer:
            pointer.write_text(name, encoding="ascii")
        _remove_old(folder, name)
    return name


def begun(source: ledger.Ledger) -> bool:
    """Whether a store has something to publish by itself: it was published before, or somebody
    has decided about a figure. Tables that are being loaded are published when all of them are."""
    if not source.exists:
        return False
    if current(source.folder) is not None:
        return True
    return bool(source.table("decisions")["subject"].str.startswith("F-").any())


def make(state: ledger.State, path: Path, at: datetime) -> None:
    """Builds the snapshot of a state of the ledger, as known at a time (UTC); appears whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    tables = build(state.figures, _answers(state.decisions), _disputes(state.decisions))
    tables |= {name: getattr(state, name) for name in ("corrections", "notes")}
    tables["documents"] = state.documents.assign(accepted_at=_accepted_at(state))
    with drafts.drafted(path) as draft:
        _write(draft, path.name, at, tables)


def build(
    figures: pd.DataFrame, answers: pd.DataFrame, disputes: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    """The snapshot's figures and doubts from accepted figures, answered doubts and disputes.

    Ranked twice: what leads in the parts may put the claims of wider areas in doubt. A disputed
    figure says so in place of how sure it was, and is in doubt until the dispute ends.
    """
    disputed = [] if disputes is None else _as_doubts(disputes, figures)
    contested = figures["figure_id"].isin([doubt.figure_id for doubt in disputed])
    figures = figures.assign(verification=figures["verification"].mask(contested, "disputed"))
    figures = describe(figures)
    said = answers.reindex(columns=_ANSWER)
    answered = {(row.subject, row.rule): (row.who, row.reason) for row in said.itertuples()}
    doubts = plausibility.doubts(figures) + disputed
    ranked = _ranked(figures, doubts, answered)
    if outgrown := plausibility.outgrown(figures, headline.leading(ranked)):
        doubts += outgrown
        ranked = _ranked(figures, doubts, answered)
    rows = []
    for doubt in doubts:
        key = (doubt.figure_id, doubt.rule)
        rows.append((*key, doubt.detail, key in answered, *answered.get(key, ("", ""))))
    return {
        "figures": ranked.sort_values(_ORDER),
        "doubts": pd.DataFrame(rows, columns=_DOUBTS),
    }


def _ranked(figures: pd.DataFrame, doubts: list, answered: Collection) -> pd.DataFrame:
    """The figures in order, those with an open doubt behind all others."""
    doubted = {doubt.figure_id for doubt in doubts if (doubt.figure_id, doubt.rule) not in answered}
    return headline.rank(figures.assign(doubted=figures["figure_id"].isin(doubted)))


def describe(figures: pd.DataFrame) -> pd.DataFrame:
    """Adds what follows from a figure's own columns: its days, speaker, outlet and scale group."""
    spans = [dates.span(stated) for stated in figures["date"]]
    pairs = zip(figures["attributed_to"], figures["place"], strict=True)
    speakers = [identify(*pair) for pair in pairs]
    outlets = [outlet(name) for name in figures["publisher"]]
    return figures.assign(
        day=pd.to_datetime([first for first, _ in spans]),
        day_end=pd.to_datetime([last for _, last in spans]),
        speaker=[each.speaker for each in speakers],
        body=[each.body for each in speakers],
        role=[each.role for each in speakers],
        outlet=[each.name for each in outlets],
        origin=[each.origin for each in outlets],
        claim_scale=plausibility.scale_keys(figures),
    )


def check(source: ledger.Ledger) -> list[str]:
    """What is wrong with the snapshot beside its ledger, a sentence each."""
    name = current(source.folder)
    if name is None:
        return ["nothing is published: run `python -m etl load`"]
    if not (source.folder / "published" / name).exists():
        return [f"the current snapshot {name} is missing: run `python -m etl load`"]
    reader = Reader(source.folder)
    accepted = len(source.accepted())
    problems = []
    if reader.count() != accepted:
        problems.append(f"the snapshot has {reader.count()} figures, the ledger {accepted}")
    doubted = reader.query(_LEADS_IN_DOUBT)["count"][0]
    if doubted:
        problems.append(f"{doubted} figures in doubt lead claims that are not in doubt")
    return problems


def current(folder: Path) -> str | None:
    """The name of the current snapshot, or None when nothing has been published yet."""
    with contextlib.suppress(FileNotFoundError):
        return (Path(folder) / "published" / "current").read_text(encoding="ascii")
    return None


class Reader:
    """Queries against the current snapshot of a store; safe to share between threads.

    fixed  the name of one snapshot to stay with, whatever is published later
    kept   how many results to keep

    Small results are kept for as long as their snapshot is current: a page asks much the same
    again at every choice, and so do its other readers.
    """

    def __init__(self, folder: Path | None = None, *, fixed: str = "", kept: int = KEPT_RESULTS):
        self.folder = Path(folder or ledger.store_folder())
        self.fixed, self._kept = fixed, kept
        self._name: str | None = ""
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._results: dict[tuple[str, str], pd.DataFrame] = {}
        self._lock = threading.Lock()

    def query(self, sql: str, parameters: Sequence | dict = ()) -> pd.DataFrame:
        """The rows of one SELECT. An unpublished store answers as an empty one."""
        asked = (sql, repr(parameters))
        with self._cursor() as (cursor, results):
            frame = results.get(asked)
            if frame is None:
                frame = cursor.execute(sql, parameters).df()
                if len(frame) <= KEPT_ROWS:
                    _keep(results, asked, frame, self._kept)
        # pandas copies on write: what a caller changes is the caller's own.
        return frame.copy(deep=False)

    def count(self) -> int:
        """How many figures are published."""
        return int(self.query("SELECT count(*) AS count FROM figures")["count"][0])

    def readable(self) -> bool:
        """Whether a snapshot is published and its file is there and whole."""
        if not self.snapshot or not (self.folder / "published" / self.snapshot).exists():
            return False
        with contextlib.suppress(duckdb.Error):
            return len(self.query("FROM meta")) == 1
        return False

    @property
    def snapshot(self) -> str:
        """The snapshot's name; unless it is fixed it changes whenever anything published does."""
        return self.fixed or current(self.folder) or ""

    @contextlib.contextmanager
    def _cursor(self):
        """A cursor on the current snapshot and the results kept of it. An old snapshot's
        connection is left to whoever still queries it."""
        with self._lock:
            name = self.snapshot
            if name != self._name or self._connection is None:
                self._connection, self._name = self._open_current(name)
                self._results = {}
            cursor, results = self._connection.cursor(), self._results
        with contextlib.closing(cursor):
            yield cursor, results

    def _open_current(self, name: str):
        try:
            return self._open(name), name
        except duckdb.IOException:
            # Removed after the pointer was read: several snapshots have followed it since.
            name = self.snapshot
            return self._open(name), name

    def _open(self, name: str) -> duckdb.DuckDBPyConnection:
        if not name:
            connection = duckdb.connect()
            _create(connection)
            return connection
        return duckdb.connect(str(self.folder / "published" / name), read_only=True)


def _keep(results: dict, asked: tuple[str, str], frame: pd.DataFrame, most: int) -> None:
    """Keeps a result; of too many the one kept longest goes."""
    results[asked] = frame
    while len(results) > most:
        results.pop(next(iter(results)), None)


def _answers(decisions: pd.DataFrame) -> pd.DataFrame:
    """Doubts that a person has answered and not taken the answer back: (subject, rule, who,
    reason)."""
    answers = decisions[decisions["kind"] == ledger.ANSWER].sort_values("number")
    rules = answers["detail"].str.extract(r'"rule": "(\w+)"')[0]
    last = answers.assign(rule=rules).drop_duplicates(["subject", "rule"], keep="last")
    return last.loc[~last["detail"].str.contains('"taken_back"'), _ANSWER]


def _disputes(decisions: pd.DataFrame) -> pd.DataFrame:
    """Disputes that nobody has ended: (subject, who, reason)."""
    about = decisions[decisions["kind"].isin([ledger.DISPUTE, ledger.SETTLE])]
    last = about.sort_values("number").drop_duplicates("subject", keep="last")
    return last.loc[last["kind"] == ledger.DISPUTE, ["subject", "who", "reason"]]


def _as_doubts(disputes: pd.DataFrame, figures: pd.DataFrame) -> list[Doubt]:
    standing = disputes[disputes["subject"].isin(figures["figure_id"])].sort_values("subject")
    return [
        Doubt(row.subject, plausibility.DISPUTED, {"by": row.who, "reason": row.reason})
        for row in standing.itertuples()
    ]


def _accepted_at(state: ledger.State) -> pd.Series:
    """When the first of a document's figures was accepted by a person; NaT where none was so."""
    accepts = state.decisions[state.decisions["kind"] == ledger.ACCEPT]
    stating = accepts.merge(state.figures, left_on="subject", right_on="figure_id")
    first = stating.groupby("document_id")["decided_at"].min().to_dict()
    found = [first.get(each, pd.NaT) for each in state.documents["document_id"]]
    return pd.Series(found, index=state.documents.index, dtype="datetime64[us]")


def digest(state: ledger.State) -> str:
    """Names what a snapshot depends on: figures, answers, disputes, documents, corrections, notes,
    true times of lines, and the code and data files that order and doubt them. Not the order in
    which they came."""
    digest = hashlib.sha256()
    for frame in (
        state.figures[["figure_id", "known_from"]],
        _answers(state.decisions).sort_values(["subject", "rule"]),
        _disputes(state.decisions).sort_values("subject"),
        state.documents[["document_id"]].sort_values("document_id"),
        state.corrections[["figure_id", "new_id", "what", "who", "reason"]],
        state.notes[["figure_id", "who", "reason", "decided_at"]],
        state.decisions.loc[state.decisions["kind"] == ledger.CLOCK, ["subject", "detail"]],
    ):
        digest.update(frame.to_csv(index=False).encode())
    root = Path(__file__).parents[1]
    for pattern in ("impact/**/*.py", "data/*.*", "data/places/*.csv"):
        for path in sorted(root.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    for table, columns in SCHEMA.items():
        connection.execute(f"CREATE TABLE {table} ({columns})")


def _write(path: Path, name: str, at: datetime, tables: dict[str, pd.DataFrame]) -> None:
    figures = tables["figures"]
    meta = pd.DataFrame(
        [(name, at, len(figures), figures["known_from"].max())],
        columns=["snapshot", "built_at", "figures", "known_at"],
    )
    with contextlib.closing(duckdb.connect()) as connection:
        connection.execute(
            f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS snapshot "
            "(STORAGE_VERSION 'v1.5.0')"
        )
        connection.execute("USE snapshot")
        _create(connection)
        for table, frame in {**tables, "meta": meta}.items():
            connection.register("frame", frame)
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame")
            connection.unregister("frame")


def _remove_old(folder: Path, name: str) -> None:
    snapshots = sorted(folder.glob("*.duckdb"), key=lambda path: path.stat().st_mtime)
    for path in snapshots[:-KEPT]:
        if path.name != name:
            path.unlink(missing_ok=True)
