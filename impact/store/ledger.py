"""The append-only truth: documents, the figures they state, and every decision about them.

Nothing is updated or deleted. One writer at a time, across threads and processes, behind a lock
file: neither backend enforces keys (no PRIMARY KEY, no ON CONFLICT), so whoever writes looks first
and appends second while holding the lock. Ids are made in Python. The SQL is the subset that a
DuckDB file and DuckLake both accept.
"""

import contextlib
import hashlib
import json
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

from impact.model import dates
from impact.model.figure import NAMES, Figure, InvalidFigure, rows
from impact.store import (
    atomic_files,
    clock,
    database,
    faults,
    identity,
    migrations,
    reviewers,
    schema,
    snapshot_files,
    states,
)
from impact.store.database import Damaged
from impact.store.faults import StoreBusy, StoreIncomplete, StoreMixed, StoreNewer, StoreUnreadable
from impact.store.states import Change, StateChanged
from impact.store.transaction import KEYS, NotStored, Transaction

LOCK_SECONDS = 120

ACCEPT, REJECT, WITHDRAW, ANSWER = "accept", "reject", "withdraw", "answer"
REOPEN = "reopen"  # takes back the decision before: the figure stands as if nobody had decided
# Why a figure is to be believed, in a person's words, and such words taken back: neither changes
# whether it stands or leads.
NOTE, NOTE_BACK = "note", "note_back"
PROPOSE = "propose"  # the first acceptance of a figure that needs a second person's
DISPUTE, SETTLE = "dispute", "settle"  # contests a figure that goes on standing; ends that
CLOCK = "clock"  # names the true time of a line that was written while the clock stood wrong
DECISIONS = (
    *(ACCEPT, REJECT, WITHDRAW, ANSWER, REOPEN, NOTE, NOTE_BACK),
    *(PROPOSE, DISPUTE, SETTLE, CLOCK),
)


def store_folder() -> Path:
    """Where the store lives: IMPACT_STORE, or store/ beside the code."""
    return Path(os.environ.get("IMPACT_STORE") or Path(__file__).parents[2] / "store")


class SamePerson(ValueError):
    """The second acceptance of a figure came from the person who gave the first."""


class AlreadyCorrected(StateChanged):
    """Another correction of the figure stands, or waits for its second person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decides about a document or a figure.

    detail  for an answered doubt {"rule": name}, with "taken_back" where the answer no longer
            holds; for a figure in another's place {"replaces": id}; "by" names whose acceptance
            a proposal keeps when another person puts it back; of a CLOCK {"time": ISO, UTC}
    """

    subject: str
    kind: str
    reason: str
    detail: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a set of figures was read from; known by the SHA-256 of its bytes."""

    document_id: str
    source: str
    name: str
    size: int
    title: str = ""
    publisher: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row or passage that became no figure, with its reason: none vanishes."""

    position: str
    reason: str
    content: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What storing a document did. `new` is false when the ledger already had it."""

    document_id: str
    new: bool
    figures_added: int
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The ledger at one moment, as a snapshot is built from it.

    figures      the accepted ones, see Ledger.accepted
    corrections  every figure that was public and then corrected, withdrawn or reopened, and every
                 toll that went to another event's day, in order:
                 was and now are the values before and after; detail is the JSON of the decision,
                 whose "changed" holds the fields that a person altered as {field: [from, to]}
    notes        every note about a figure that nobody has taken back, in order
    store_id     which store's ledger it is
    told         ids of tolls whose day their report tells by a date (days_told); the ledger
                 itself does not know them
    """

    figures: pd.DataFrame
    documents: pd.DataFrame
    decisions: pd.DataFrame
    corrections: pd.DataFrame
    notes: pd.DataFrame
    store_id: str
    told: frozenset[str] = frozenset()


def document_id(*payloads: bytes) -> str:
    """SHA-256 over the payloads, each led by its length so that no two lists collide."""
    digest = hashlib.sha256()
    for payload in payloads:
        digest.update(len(payload).to_bytes(8, "big"))
        digest.update(payload)
    return digest.hexdigest()


class Ledger:
    """The ledger in a folder: ledger.duckdb, its lock, and the originals by their hash."""

    def __init__(self, folder: Path | None = None):
        self.folder = Path(folder or store_folder())
        self.path = self.folder / identity.LEDGER
        self.originals = self.folder / "originals"

    @property
    def exists(self) -> bool:
        """Whether anything was ever stored here."""
        return self.path.exists()

    @property
    def lived(self) -> bool:
        """Whether there has ever been a ledger here, even if it is gone."""
        return self.exists or identity.lived(self.folder)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Holds the writer lock; waits for its turn. Raises StoreBusy after LOCK_SECONDS, and
        StoreFull or StoreReadOnly when the folder takes nothing, then or within."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # One instance a path, counted a thread: who holds the lock may take it again.
            with FileLock(self.folder / "ledger.lock", timeout=LOCK_SECONDS, is_singleton=True):
                yield
        except Timeout:
            raise StoreBusy(f"another process is writing to {self.folder.name}") from None
        except OSError as error:
            fault = faults.of_system(error) if self._concerns(error) else None
            if fault is None:
                raise
            raise fault from error

    def _concerns(self, error: OSError) -> bool:
        """Whether an error of the system is about a file of this store."""
        return (
            not error.filename
            or self.folder in (path := Path(error.filename)).parents
            or (path == self.folder)
        )

    @contextlib.contextmanager
    def connect(self, at: datetime | None = None) -> Iterator[Transaction]:
        """One transaction under the lock: all of it is stored, or nothing.

        When the block ends, every row that was appended has been looked up in the ledger. Readers
        of the ledger take the same way in; pages read the published snapshot instead.
        at  a moment (UTC): the tables then hold what had been stored by it, with the times that
            count (impact/store/clock.py), to read

        Raises StoreBusy and what stops a store: StoreIncomplete, StoreUnreadable, StoreMixed,
        StoreNewer, StoreFull, StoreReadOnly; TransactionFailed when a statement failed and the
        block went on; NotStored.
        """
        with self.lock():
            self._prepare()
            with self._transaction(at) as transaction:
                yield transaction

    def _prepare(self) -> None:
        """Sees to it that the ledger is this store's own and of today's schema; makes one only
        where there never was any. Looks again only when the files have changed."""
        if not self.exists:
            if identity.lived(self.folder):
                raise StoreIncomplete
            self._create()
        if _PREPARED.get(self.path) == self._signature():
            return
        marker = identity.read(self.folder)
        if marker and marker.schema > schema.CURRENT:
            raise StoreNewer(found=marker.schema, known=schema.CURRENT)
        try:
            known = migrations.look(self.path)[0]
            folder = self._store_of_folder(marker)
            if known and folder and known != folder:
                raise StoreMixed(ledger=known, folder=folder)
            store = migrations.bring_up_to_date(self.path, folder or identity.new())
        except Damaged as error:
            raise StoreUnreadable(str(error)) from error
        published = marker.published if marker else bool(snapshot_files.current(self.folder))
        identity.write(self.folder, identity.Marker(store, schema.CURRENT, published))
        _PREPARED[self.path] = self._signature()

    def _store_of_folder(self, marker: identity.Marker | None) -> str:
        """The store whose folder this is: by its marker, else by its last snapshot."""
        if marker:
            return marker.store
        last = snapshot_files.last(self.folder)
        return last.store_id if last else ""

    def _signature(self) -> tuple:
        """What changes with the ledger, its write-ahead log or the folder's marker."""
        log = self.path.with_name(f"{self.path.name}.wal")
        return tuple(
            snapshot_files.signature(path) for path in (self.path, log, self.folder / identity.NAME)
        )

    def _create(self) -> None:
        """Makes an empty ledger. A database cut short while it was made could never be opened."""
        with atomic_files.drafted(self.path) as draft, _opened(draft) as connection:
            connection.execute(schema.TABLES)
            migrations.stamp(connection, identity.new(), dates.now())

    def read_through(self) -> None:
        """Reads everything that the ledger holds. Raises StoreUnreadable where some of it is not
        as it was written, and what `connect` raises."""
        with self.connect() as connection:
            database.read_through(connection)

    @contextlib.contextmanager
    def _transaction(self, at: datetime | None) -> Iterator[Transaction]:
        with _opened(self.path) as connection:
            if at is not None:
                _go_back(connection, at)
            transaction = Transaction(connection)
            connection.execute("BEGIN")
            try:
                yield transaction
                transaction.require_sound()
            except BaseException:
                with contextlib.suppress(duckdb.Error):  # closing rolls back, too
                    connection.execute("ROLLBACK")
                raise
            failure = _committed(connection, transaction)
        if failure is not None:
            self._require_durable(transaction, failure)

    def _require_durable(self, transaction: Transaction, failure: duckdb.Error) -> None:
        """A full disk may fail the checkpoint that follows a commit, and the commit holds: what is
        in the file decides. Raises the failure where it does not hold."""
        if not transaction.appended:
            raise failure
        with _opened(self.path) as connection:
            try:
                transaction.require_stored(connection)
            except NotStored:
                raise failure from None

    def tidy(self) -> None:
        """Removes the drafts that a crash left in the store's folder."""
        if self.folder.is_dir():
            with self.lock():
                for name in ("", "originals", "readings", "published"):
                    atomic_files.remove_left(self.folder / name)

    def store(
        self,
        document: Document,
        payloads: Sequence[bytes],
        figures: Sequence[Figure],
        refusals: Sequence[Refusal] = (),
        *,
        rows_in: int | None = None,
        accepted_by: str = "",
    ) -> Receipt:
        """Stores a document with its figures once, however often and by whomever it is offered.

        accepted_by  names the trusted table that publishes without review; empty = review first.
        rows_in      rows the document had; the default is figures + refusals.
        """
        with self.connect() as connection:
            received = dates.now()
            known = connection.execute(
                "SELECT received_at FROM documents WHERE document_id = ?", [document.document_id]
            ).fetchone()
            if known:
                return Receipt(document.document_id, False, 0, known[0])
            files = self.keep(payloads)
            added = self.append_document(
                connection, document, files, figures, refusals, received, rows_in=rows_in
            )
            if accepted_by:
                reason = "trusted table, accepted on load"
                _append_decision(
                    connection, document.document_id, ACCEPT, accepted_by, reason, {}, received
                )
        return Receipt(document.document_id, True, added, received)

    def append_document(
        self,
        connection: Transaction,
        document: Document,
        files: str,
        figures: Sequence[Figure],
        refusals: Sequence[Refusal],
        at: datetime,
        *,
        rows_in: int | None = None,
    ) -> int:
        """Appends a document with its figures inside a transaction; returns how many were new.

        files  names of its originals, a space between
        """
        added = _append_figures(connection, document.document_id, figures, at)
        lines = rows_in if rows_in is not None else len(figures) + len(refusals)
        _append_document(connection, document, files, lines, refusals, at)
        return added

    def append(self, connection: Transaction, table: str, columns: dict) -> None:
        """Appends a numbered row to a table inside a transaction."""
        connection.append(table, {**columns, "number": _next_number(connection, table)})

    def correct(
        self,
        figure_id: str,
        corrected: Figure,
        who: str,
        reason: str,
        changed: dict,
        *,
        second: bool = False,
        rule: str = "",
        seen: str | None = None,
    ) -> str:
        """Puts a person's figure in the place of the machine's or of an earlier one.

        Both stay: the old one is rejected, the new one accepted (where it needs a second person,
        proposed), and the decision says which fields changed from what to what; `rule` names the
        doubt that the correction answers. Returns the new figure's id. Raises LookupError when
        the ledger does not have the old figure, AlreadyCorrected when somebody was quicker: two
        corrections of one figure would stand as rivals; StateChanged when the old figure does not
        stand as it was `seen`.
        """
        _require(who, reason)
        with self.connect() as connection:
            stated = connection.execute(
                "SELECT document_id FROM statements WHERE figure_id = ?", [figure_id]
            ).fetchall()
            if not stated:
                raise LookupError(f"the ledger has no figure {figure_id!r}")
            _require_seen(connection, figure_id, seen)
            at, new = dates.now(), corrected.figure_id
            if _correction_of(connection, figure_id) not in ("", new):
                corrector = _last(connection, figure_id)[1]
                raise AlreadyCorrected([Change(figure_id, states.CORRECTED, corrector)])
            for (document,) in stated:
                _append_figures(connection, document, [corrected], at)
            detail = {"replaces": figure_id, "changed": changed}
            left = {"replaced_by": new} | ({"rule": rule} if rule else {})
            _append_decision(connection, figure_id, REJECT, who, reason, left, at)
            kind = PROPOSE if second else ACCEPT
            _append_decision(connection, new, kind, who, reason, detail, at)
        return new

    def add(
        self, document_id: str, figure: Figure, who: str, reason: str, *, second: bool = False
    ) -> str:
        """Adds a figure that the reader missed to a document, accepted by who added it; where it
        needs a second person, proposed.

        Raises StateChanged when the document has this figure already and somebody has accepted it.
        """
        _require(who, reason)
        with self.connect() as connection:
            if not connection.execute(
                "SELECT 1 FROM documents WHERE document_id = ?", [document_id]
            ).fetchall():
                raise LookupError(f"the ledger has no document {document_id!r}")
            _require_not_accepted(connection, document_id, figure.figure_id)
            at = dates.now()
            _append_figures(connection, document_id, [figure], at)
            kind = PROPOSE if second else ACCEPT
            _append_decision(connection, figure.figure_id, kind, who, reason, {"added": True}, at)
        return figure.figure_id

    def accept(
        self,
        figure_id: str,
        who: str,
        reason: str,
        *,
        answers: Mapping[str, str] | None = None,
        second: bool = False,
        seen: str | None = None,
    ) -> str:
        """Accepts a figure and answers its doubts, both or neither; returns what was recorded.

        answers  rule of a doubt -> why the figure is sound in spite of it
        second   whether two persons must agree: the first acceptance is PROPOSE, the next ACCEPT
        seen     the figure's state (impact/store/states.py) as the person saw it
        Raises SamePerson when both would come from one person, StateChanged when the figure does
        not stand as it was seen.
        """
        _require(who, reason)
        with self.connect() as connection:
            at = dates.now()
            _require_subject(connection, figure_id)
            _require_seen(connection, figure_id, seen)
            kind, detail = ACCEPT, {}
            last = _last(connection, figure_id)
            if last and last[0] == PROPOSE:
                kept = json.loads(last[2])
                first = kept.pop("by", last[1])
                if second and reviewers.same(first, who):
                    raise SamePerson(f"{who} has accepted {figure_id} already")
                detail = {**kept, "first": first}
            elif second:
                kind = PROPOSE
            for rule, answer in (answers or {}).items():
                _require(who, answer)
                _append_decision(connection, figure_id, ANSWER, who, answer, {"rule": rule}, at)
            _append_decision(connection, figure_id, kind, who, reason, detail, at)
        return kind

    def record(
        self, who: str, decisions: Sequence[Decision], *, seen: Mapping[str, str] | None = None
    ) -> list[str]:
        """Appends what a person decides in one step, all of it or nothing; returns the decisions'
        ids.

        seen  figure -> its state (impact/store/states.py) as the person saw it
        Raises ValueError without person or reason, LookupError when the ledger has no such
        subject, StateChanged when a figure does not stand as it was seen.
        """
        _require_decisions(who, decisions)
        with self.connect() as connection:
            states.require(connection, seen or {})
            return self._append_all(connection, who, decisions)

    def record_unchanged(
        self, who: str, decisions: Sequence[Decision], seen: Mapping[str, str]
    ) -> list[Change]:
        """Appends those decisions whose figures stand as they were seen, in one step; returns what
        happened to the others, about which nothing is decided. Raises as `record` otherwise."""
        _require_decisions(who, decisions)
        with self.connect() as connection:
            changed = states.changes(connection, seen)
            others = {each.figure_id for each in changed}
            kept = [each for each in decisions if each.subject not in others]
            self._append_all(connection, who, kept)
            return changed

    def _append_all(self, connection, who: str, decisions: Sequence[Decision]) -> list[str]:
        at = dates.now()
        for each in decisions:
            _require_subject(connection, each.subject, each.kind)
        return [self.append_decision(connection, each, who, at) for each in decisions]

    def changes(self, seen: Mapping[str, str]) -> list[Change]:
        """What happened to figures that do not stand as they were seen; see states.py."""
        with self.connect() as connection:
            return states.changes(connection, seen)

    def states(self, figure_ids: Iterable[str]) -> dict[str, str]:
        """Figure -> its state now, to be handed over with a decision about it."""
        with self.connect() as connection:
            return states.states(connection, list(figure_ids))

    def append_decision(
        self, connection: Transaction, decision: Decision, who: str, at: datetime
    ) -> str:
        """Appends a person's decision inside a transaction; returns its id."""
        each, detail = decision, dict(decision.detail)
        return _append_decision(connection, each.subject, each.kind, who, each.reason, detail, at)

    def decide(
        self, subject: str, kind: str, who: str, reason: str, detail: Mapping | None = None
    ) -> str:
        """Appends one decision about a document or a figure and returns its id; see `record`.

        `detail` for an answered doubt is {"rule": name}, for a note taken back {"note": its id}.
        """
        decision = Decision(subject=subject, kind=kind, reason=reason, detail=detail or {})
        return self.record(who, [decision])[0]

    def accepted(self) -> pd.DataFrame:
        """Every accepted figure, one for each row of a source, sorted by id.

        A figure stands by its own latest decision, or else when any document that states it
        stands. Of several editions of one row (same source and source_key) the one that the
        latest standing document states goes before the others; where a person has taken that one
        out, the row is out: its source had given the older ones up. document_id names the document.
        """
        with self.connect() as connection:
            return connection.execute(_ACCEPTED).df()

    def table(self, name: str) -> pd.DataFrame:
        """A whole table: documents, refusals or decisions."""
        with self.connect() as connection:
            return _table(connection, name)

    def contents(self) -> dict[str, pd.DataFrame]:
        """Every table whole. Raises StoreUnreadable when a row of one cannot be read."""
        try:
            with self.connect() as connection:
                return {name: _table(connection, name) for name in KEYS}
        except duckdb.Error as error:
            raise StoreUnreadable(f"the ledger cannot be read: {error}") from None

    def checkpoint(self) -> None:
        """Takes what the write-ahead log holds into the ledger's file, which then is all of it.
        Raises StoreUnreadable when the disk is full."""
        try:
            with self.lock(), _opened(self.path) as connection:
                connection.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise StoreUnreadable(f"the ledger's log cannot be taken in: {error}") from None

    def state(self, at: datetime | None = None) -> "State":
        """What a snapshot is built from, all of one moment: now, or `at` in the past (UTC)."""
        with self.connect(at or datetime.max) as connection:
            return State(
                figures=connection.execute(_ACCEPTED).df(),
                documents=_table(connection, "documents"),
                decisions=_table(connection, "decisions"),
                corrections=connection.execute(_CORRECTIONS).df(),
                notes=connection.execute(_NOTES).df(),
                store_id=connection.execute("SELECT any_value(store_id) FROM store").fetchone()[0],
            )

    def began(self) -> datetime | None:
        """When the first document was stored (UTC); None while there is none. A clock that stands
        wrong later does not move it."""
        with self.connect(datetime.max) as connection:
            return connection.execute("SELECT min(received_at) FROM documents").fetchone()[0]

    def set_time(self, table: str, number: int, time: datetime, who: str, reason: str) -> str:
        """Names the true time (UTC) of a line that a wrong clock dated; the line stays as it is.

        Returns the decision's id. Raises LookupError when there is no such line, ValueError when
        the time cannot be right either.
        """
        line = f"{table} {number}"
        with self.lock():
            with self.connect() as connection:
                _require_subject(connection, line, CLOCK)
                lines = {each.name: each.judged for each in _lines(connection, {line: time})}
            if lines[line].counts != time:
                told = lines[line].fault or clock.BACK
                raise ValueError(f"{line} cannot have come on {time} UTC, {told}")
            return self.decide(line, CLOCK, who, reason, {"time": time.isoformat()})

    def clocks(self) -> list[str]:
        """Which lines a wrong clock dated and what counts in its place, a sentence each."""
        with self.connect() as connection:
            wrong = [line for line in _lines(connection) if line.judged.fault]
            about = dict(connection.execute(_LINES).fetchall()) if wrong else {}
        return [
            f"the clock stood wrong: {line.name} ({about[line.name]}) says {line.judged.said} UTC, "
            f"{line.judged.fault}; {line.judged.counts} UTC counts until somebody names the true "
            f"time: `python -m etl clock {line.name} TIME --who WHO --reason REASON`"
            for line in wrong
        ]

    def check(self) -> list[str]:
        """What is wrong with the ledger, a sentence each; an empty list when nothing is."""
        with self.connect() as connection:
            problems = [
                f"{count} {sentence}"
                for sentence, query in _CHECKS.items()
                if (count := connection.execute(query).fetchone()[0])
            ]
            names = ", ".join(f'"{name}"' for name in NAMES)
            stored = connection.execute(f"SELECT figure_id, {names} FROM figures").fetchall()
        return problems + self._check_content(stored) + self._check_originals()

    def _check_content(self, stored: list[tuple]) -> list[str]:
        problems = []
        for figure_id, *values in stored:
            try:
                figure = Figure(**dict(zip(NAMES, values, strict=True)))
            except InvalidFigure as error:
                problems.append(f"figure {figure_id} breaks the record's rules: {error}")
                continue
            if figure_id != figure.figure_id and figure_id not in migrations.former_ids(figure):
                problems.append(f"figure {figure_id} was altered: its content is not its id's")
        return problems

    def missing_originals(self) -> list[str]:
        """Names of originals of which the ledger speaks and that are gone."""
        with self.connect() as connection:
            files = connection.execute(
                "SELECT files FROM documents UNION ALL SELECT upload_id FROM uploads"
            ).fetchall()
        expected = {name for (several,) in files for name in several.split()}
        return sorted(name for name in expected if not (self.originals / name).exists())

    def _check_originals(self) -> list[str]:
        return [
            f"original {name} is missing: {_FROM_BACKUP}" for name in self.missing_originals()
        ] + [
            f"original {path.name} was altered, its bytes are not its hash's: {_FROM_BACKUP}"
            for path in sorted(self.originals.glob("*"))
            if path.suffix != atomic_files.SUFFIX
            and hashlib.sha256(path.read_bytes()).hexdigest() != path.name
        ]

    def keep(self, payloads: Sequence[bytes]) -> str:
        """Keeps the bytes as received, each under its own SHA-256, on disk before the ledger
        speaks of them; returns the names, a space between."""
        self.originals.mkdir(parents=True, exist_ok=True)
        names = [hashlib.sha256(payload).hexdigest() for payload in payloads]
        for name, payload in zip(names, payloads, strict=True):
            path = self.originals / name
            if path.exists():
                continue
            with atomic_files.drafted(path) as draft:
                draft.write_bytes(payload)
        return " ".join(names)


_FROM_BACKUP = "run `python -m etl restore FILE` with a backup that has it"


def _require(who: str, reason: str) -> None:
    if not who.strip() or not reason.strip():
        raise ValueError("a decision needs a person and a reason")


def _require_subject(connection: Transaction, subject: str, kind: str = "") -> None:
    known = _LINES if kind == CLOCK else _SUBJECTS
    if not connection.execute(
        f"SELECT 1 FROM ({known}) AS known WHERE subject = ?", [subject]
    ).fetchone():
        sought = "line" if kind == CLOCK else "figure or document"
        raise LookupError(f"the ledger has no {sought} {subject!r}")


def _require_decisions(who: str, decisions: Sequence[Decision]) -> None:
    for each in decisions:
        if each.kind not in DECISIONS:
            raise ValueError(f"no such decision: {each.kind!r}")
        _require(who, each.reason)


def _require_seen(connection, figure_id: str, seen: str | None) -> None:
    """That a figure stands as it was seen; who saw nothing of it, such as a command, may decide."""
    if seen is not None:
        states.require(connection, {figure_id: seen})


def _require_not_accepted(connection, document: str, figure_id: str) -> None:
    """That nobody has accepted a figure which a document already has."""
    last = _last(connection, figure_id)
    if not last or last[0] not in (ACCEPT, PROPOSE):
        return
    if connection.execute(
        "SELECT 1 FROM statements WHERE document_id = ? AND figure_id = ?", [document, figure_id]
    ).fetchall():
        raise StateChanged([Change(figure_id, last[0], last[1])])


# Ledgers that were found to be their store's and of today's schema, as they were then.
_PREPARED: dict[Path, tuple] = {}


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to a ledger, closed in the end. Raises StoreUnreadable whenever it turns out
    that the file is not as it was written."""
    try:
        with database.attached(path) as connection:
            yield connection
    except Damaged as error:
        raise StoreUnreadable(str(error)) from error


def _committed(connection, transaction: Transaction) -> duckdb.Error | None:
    """Commits and looks up what was appended; returns what COMMIT failed with."""
    try:
        connection.execute("COMMIT")
    except duckdb.Error as failure:
        return failure
    transaction.require_stored(connection)
    return None


_ACCEPTED = """
WITH verdicts AS (
    SELECT subject, kind, detail FROM decisions
    WHERE kind IN ('accept', 'reject', 'withdraw', 'reopen')
    QUALIFY row_number() OVER (PARTITION BY subject ORDER BY number DESC) = 1
), stated AS (
    SELECT statements.figure_id, statements.document_id, documents.number,
           coalesce(verdicts.kind, '') AS verdict
    FROM statements JOIN documents USING (document_id)
    LEFT JOIN verdicts ON verdicts.subject = statements.document_id
), latest AS (
    SELECT figure_id, document_id, number, verdict FROM stated
    QUALIFY row_number() OVER (
        PARTITION BY figure_id ORDER BY (verdict = 'accept') DESC, number DESC) = 1
), editions AS (
    SELECT figures.*, latest.document_id, latest.number,
           coalesce(nullif(own.kind, 'reopen'), latest.verdict) = 'accept' AS stands
    FROM figures JOIN latest USING (figure_id)
    LEFT JOIN verdicts AS own ON own.subject = figures.figure_id
    -- An edition that was public and that a person took out still goes before those it replaced;
    -- one that was corrected has left its place to the correction.
    WHERE stands OR (own.kind IN ('reject', 'withdraw') AND NOT contains(own.detail, 'replaced_by')
        AND (latest.verdict = 'accept' OR figure_id IN (
            SELECT subject FROM decisions WHERE decisions.kind = 'accept')))
), newest AS (
    SELECT * FROM editions
    QUALIFY row_number() OVER (
        PARTITION BY source, CASE WHEN source_key = '' THEN figure_id ELSE source_key END
        ORDER BY number DESC, stands DESC, figure_id) = 1
)
SELECT * EXCLUDE (number, stands) FROM newest WHERE stands ORDER BY figure_id
"""

# The decision in force about whether a figure stands, a first acceptance included.
_LAST = """
SELECT kind, who, detail FROM decisions
WHERE subject = ? AND kind IN ('accept', 'reject', 'withdraw', 'reopen', 'propose')
ORDER BY number DESC LIMIT 1
"""

_CORRECTIONS = """
WITH changes AS (
    SELECT *, nullif(regexp_extract(detail, '"replaced_by": "(F-[A-Z2-7]+)"', 1), '') AS new_id
    FROM decisions WHERE kind IN ('reject', 'withdraw', 'reopen', 'dispute', 'settle')
)
SELECT changes.number, changes.decided_at, changes.who, changes.reason,
       CASE WHEN changes.new_id IS NOT NULL THEN 'corrected'
            WHEN changes.kind = 'reopen' THEN 'reopened'
            WHEN changes.kind = 'dispute' THEN 'disputed'
            WHEN changes.kind = 'settle' THEN 'settled' ELSE 'withdrawn' END AS what,
       old.figure_id, coalesce(changes.new_id, '') AS new_id, old.indicator, old.place, old.date,
       old.unit, old.people, old.status, old.url, old.value AS was, new.value AS now,
       coalesce((SELECT any_value(accepted.detail) FROM decisions AS accepted
                 WHERE accepted.subject = changes.new_id AND accepted.kind = 'accept'), '{}')
           AS detail
FROM changes JOIN figures AS old ON old.figure_id = changes.subject
LEFT JOIN figures AS new ON new.figure_id = changes.new_id
WHERE EXISTS (
    SELECT 1 FROM decisions AS earlier
    WHERE earlier.kind = 'accept' AND earlier.number < changes.number
      AND (earlier.subject = changes.subject OR earlier.subject IN (
          SELECT document_id FROM statements WHERE figure_id = changes.subject)))
    OR (contains(changes.detail, '"rule": "same_event"') AND changes.new_id IN (
        SELECT subject FROM decisions AS moved WHERE moved.kind = 'accept'))
ORDER BY changes.number
"""

_NOTES = """
SELECT decision_id, number, subject AS figure_id, who, reason, decided_at FROM decisions
WHERE kind = 'note' AND decision_id NOT IN (
    SELECT regexp_extract(detail, '"note": "(D-[0-9a-f]+)"', 1) FROM decisions
    WHERE kind = 'note_back')
ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A table whose lines are numbered: its column of times, and what a line is about, as SQL."""

    time: str
    about: str


_NUMBERED = {
    "documents": _Numbered("received_at", "name"),
    "decisions": _Numbered("decided_at", "kind || ' of ' || subject"),
    "uploads": _Numbered("received_at", "name"),
    "readings": _Numbered("read_at", "part"),
    "said": _Numbered("said_at", "part"),
}
# Statements and refusals came with their document.
_WITH_DOCUMENT = ("statements", "refusals")

# What a decision may be about: figures and documents, or lines by their number.
_SUBJECTS = """
SELECT figure_id AS subject FROM figures UNION ALL SELECT document_id FROM documents
"""
_LINES = " UNION ALL ".join(
    f"SELECT '{table} ' || number AS subject, {each.about} AS about FROM {table}"
    for table, each in _NUMBERED.items()
)

_CHECKS = {
    "figures belong to no document": """
        SELECT count(*) FROM figures
        WHERE figure_id NOT IN (SELECT statements.figure_id FROM statements)""",
    "statements speak of no figure or document": """
        SELECT count(*) FROM statements
        WHERE figure_id NOT IN (SELECT figures.figure_id FROM figures)
           OR document_id NOT IN (SELECT documents.document_id FROM documents)""",
    "figures are stored more than once": """
        SELECT count(*) FROM (SELECT figure_id FROM figures GROUP BY ALL HAVING count(*) > 1)""",
    "documents are stored more than once": """
        SELECT count(*) FROM (
            SELECT document_id FROM documents GROUP BY ALL HAVING count(*) > 1)""",
    "statements are stored more than once": """
        SELECT count(*) FROM (SELECT 1 FROM statements
            GROUP BY document_id, figure_id HAVING count(*) > 1)""",
    "uploads are stored more than once": """
        SELECT count(*) FROM (SELECT upload_id FROM uploads GROUP BY ALL HAVING count(*) > 1)""",
    "parts of uploads were read more often than anybody asked": """
        SELECT count(*) FROM (
            SELECT upload_id, part, count(*) AS times FROM readings GROUP BY ALL) AS read
        WHERE times > 1 + (
            SELECT count(*) FROM said
            WHERE said.upload_id = read.upload_id AND said.part = read.part)""",
    "readings speak of no upload or document": """
        SELECT count(*) FROM readings
        WHERE upload_id NOT IN (SELECT uploads.upload_id FROM uploads)
           OR (document_id <> ''
               AND document_id NOT IN (SELECT documents.document_id FROM documents))""",
    "documents kept and refused other numbers of rows than they had": """
        SELECT count(*) FROM documents WHERE rows_in <> rows_kept + rows_refused""",
    "decisions speak of nothing in the ledger": f"""
        SELECT count(*) FROM decisions
        WHERE subject NOT IN (SELECT known.subject FROM ({_SUBJECTS}) AS known)
          AND (kind <> '{CLOCK}' OR subject NOT IN (SELECT known.subject FROM ({_LINES}) AS known))
        """,
}


# True times that persons have named; of several the last holds.
_NAMED_TIMES = f"""
SELECT subject, TRY_CAST(json_extract_string(detail, '$.time') AS TIMESTAMP) FROM ledger.decisions
WHERE kind = '{CLOCK}' ORDER BY number
"""

# Figures that came with a line whose time does not count: in its document, or by the decision that
# put them there. They were dated by the same clock at the same moment.
_CAME = """
SELECT stored.figure_id, min(coalesce(counted.time, lines.time)) AS time
FROM ledger.figures AS stored JOIN (
    SELECT statements.figure_id, 'documents' AS stored_in, documents.number,
           documents.received_at AS time
    FROM ledger.statements AS statements
    JOIN ledger.documents AS documents ON documents.document_id = statements.document_id
    UNION ALL
    SELECT subject, 'decisions', number, decided_at FROM ledger.decisions
) AS lines ON lines.figure_id = stored.figure_id AND lines.time = stored.recorded_at
LEFT JOIN counted ON counted.stored_in = lines.stored_in AND counted.number = lines.number
WHERE stored.recorded_at IN (SELECT counted.said FROM counted)
GROUP BY stored.figure_id
"""


@dataclass(frozen=True, slots=True)
class _Line:
    """A numbered line, the time that was stored with it (UTC), and what is thought of it."""

    table: str
    number: int
    stored: datetime
    judged: clock.Judged

    @property
    def name(self) -> str:
        return f"{self.table} {self.number}"


def _lines(connection, named: Mapping[str, datetime] | None = None) -> list[_Line]:
    """Every numbered line with its time as it counts now.

    named  true times that nobody has decided yet, beside those that somebody has
    """
    true = dict(connection.execute(_NAMED_TIMES).fetchall()) | dict(named or {})
    now, found = dates.now(), []
    for table, numbered in _NUMBERED.items():
        stored = connection.execute(
            f"SELECT number, {numbered.time} FROM ledger.{table} ORDER BY number"
        ).fetchall()
        times = [true.get(f"{table} {number}") or time for number, time in stored]
        judged = clock.judge(times, now)
        found += [_Line(table, *line, each) for line, each in zip(stored, judged, strict=True)]
    return found


def _go_back(connection: duckdb.DuckDBPyConnection, at: datetime) -> None:
    """Lays views over the tables, which show what had been stored by a moment (UTC), each line
    with the time that counts."""
    connection.register("counted", _counted(_lines(connection)))
    moment = f"TIMESTAMP '{at.isoformat(' ')}'"
    for table, numbered in _NUMBERED.items():
        time = f"coalesce(counted.time, stored.{numbered.time})"
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT stored.* REPLACE ({time} AS {numbered.time}) "
            f"FROM ledger.{table} AS stored LEFT JOIN counted "
            f"ON counted.stored_in = '{table}' AND counted.number = stored.number "
            f"WHERE {time} <= {moment}"
        )
    connection.execute(
        "CREATE TEMP VIEW figures AS SELECT stored.* REPLACE ("
        "coalesce(came.time, stored.recorded_at) AS recorded_at, "
        # Where no day of publication is told, a figure is known from the moment it came.
        "CASE WHEN stored.published = '' THEN coalesce(came.time, stored.known_from) "
        "ELSE stored.known_from END AS known_from) "
        f"FROM ledger.figures AS stored LEFT JOIN ({_CAME}) AS came "
        "ON came.figure_id = stored.figure_id "
        f"WHERE coalesce(came.time, stored.recorded_at) <= {moment}"
    )
    for table in _WITH_DOCUMENT:
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT * FROM ledger.{table} "
            "WHERE document_id IN (SELECT documents.document_id FROM documents)"
        )


def _counted(lines: Iterable[_Line]) -> pd.DataFrame:
    """The lines whose stored time does not count: what was said, and the time that does."""
    rows = [
        (line.table, line.number, line.stored, line.judged.counts)
        for line in lines
        if line.judged.counts != line.stored
    ]
    frame = pd.DataFrame(rows, columns=["stored_in", "number", "said", "time"])
    times = dict.fromkeys(["said", "time"], "datetime64[us]")
    return frame.astype({"stored_in": "str", "number": "int64", **times})


def _table(connection, name: str) -> pd.DataFrame:
    return connection.execute(f"SELECT * FROM {name} ORDER BY ALL").df()


def _append_figures(
    connection: Transaction, document: str, figures: Sequence[Figure], at: datetime
) -> int:
    """Appends the figures the ledger does not have yet, notes that the document states them all,
    and returns how many were new."""
    frame = pd.DataFrame(rows(figures), columns=["figure_id", *NAMES])
    known = [dates.known_from(figure.published, figure.as_of) or at for figure in figures]
    frame["known_from"] = pd.Series(known, dtype="datetime64[us]")
    frame["recorded_at"] = at
    frame = frame.drop_duplicates("figure_id")
    connection.append_new("statements", frame[["figure_id"]].assign(document_id=document))
    return connection.append_new("figures", frame)


def _next_number(connection, table: str) -> int:
    """What orders a table: the clock's seconds do not. The lock stands in for a sequence."""
    return connection.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {table}").fetchone()[0]


def _append_document(connection, document, files: str, rows: int, refusals, at) -> None:
    columns = {
        **asdict(document),
        "number": _next_number(connection, "documents"),
        "files": files,
        "rows_in": rows,
        "rows_kept": rows - len(refusals),
        "rows_refused": len(refusals),
        "received_at": at,
    }
    connection.append("documents", columns)
    if refusals:
        refused = pd.DataFrame([asdict(each) for each in refusals])
        connection.append_new("refusals", refused.assign(document_id=document.document_id))


def _correction_of(connection, figure_id: str) -> str:
    """The id of the figure that stands, or is proposed, in the place of another; empty if none."""
    last = _last(connection, figure_id)
    new = json.loads(last[2]).get("replaced_by", "") if last else ""
    standing = _last(connection, new) if new else None
    return new if standing and standing[0] in (ACCEPT, PROPOSE) else ""


def _last(connection, figure_id: str) -> tuple[str, str, str] | None:
    """Kind, person and detail of the decision in force; None where nobody has decided."""
    # Fetched whole: a result of which something is left bars the connection.
    found = connection.execute(_LAST, [figure_id]).fetchall()
    return found[0] if found else None


def _append_decision(connection, subject, kind, who, reason, detail: Mapping, at) -> str:
    decision_id = f"D-{uuid.uuid4().hex[:16]}"
    columns = {
        "decision_id": decision_id,
        "number": _next_number(connection, "decisions"),
        "subject": subject,
        "kind": kind,
        "who": who,
        "reason": reason,
        "detail": json.dumps(dict(detail)),
        "decided_at": at,
    }
    connection.append("decisions", columns)
    return decision_id
