"""The append-only truth: documents, the figures they state, and every decision about them.

Nothing is updated or deleted. The file enforces no keys (no PRIMARY KEY, no ON CONFLICT), so
whoever writes looks first and appends second while holding the lock. Ids are made in Python.

    ledger_file  the file, its lock and its transactions
    engine       where the truth lies: in the file, or where many machines share it
    documents    documents with their figures          originals  their bytes as received
    decision     kinds of decisions and their details  deciding   how they are appended
    in_force     which of them holds                   standing   what therefore stands
    numbered     lines in their order, and the past    checks     what can be wrong
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd

from impact.model import dates
from impact.model.figure import Figure
from impact.store import (
    atomic_files,
    checks,
    clock,
    database,
    deciding,
    documents,
    numbered,
    originals,
    second,
    standing,
    states,
)
from impact.store.deciding import AlreadyCorrected, SamePerson
from impact.store.decision import (
    ACCEPT,
    ANSWER,
    CLOCK,
    DECISIONS,
    DISPUTE,
    NOTE,
    NOTE_BACK,
    PROPOSE,
    REJECT,
    REOPEN,
    SETTLE,
    WITHDRAW,
    Changed,
    Decision,
    Detail,
    NoDetail,
    require_reason,
)
from impact.store.documents import Document, Receipt, Refusal, document_id
from impact.store.faults import StoreBusy, StoreUnreadable
from impact.store.ledger_file import LedgerFile, store_folder
from impact.store.standing import State
from impact.store.states import Change
from impact.store.transaction import KEYS, Block

# Who works with the ledger finds its words here.
__all__ = [
    "ACCEPT",
    "ANSWER",
    "CLOCK",
    "DECISIONS",
    "DISPUTE",
    "NOTE",
    "NOTE_BACK",
    "PROPOSE",
    "REJECT",
    "REOPEN",
    "SETTLE",
    "WITHDRAW",
    "AlreadyCorrected",
    "Decision",
    "Document",
    "Ledger",
    "Receipt",
    "Refusal",
    "SamePerson",
    "State",
    "StoreBusy",
    "document_id",
    "store_folder",
]


class Ledger(LedgerFile):
    """The ledger in a folder: ledger.duckdb, its lock, and the originals by their hash."""

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__(folder)
        self.originals = self.folder / originals.FOLDER

    # Documents and figures

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
        subject = document.document_id
        rows_in = len(figures) + len(refusals) if rows_in is None else rows_in
        identified = documents.identified(figures)
        sent = self.sent(payloads)
        with self.writing() as connection:
            received = dates.now()
            known = connection.execute(
                "SELECT received_at FROM documents WHERE document_id = ?", [subject]
            ).fetchone()
            if known:
                return Receipt(subject, False, 0, known[0])
            files = sent or self.keep(payloads)
            added = documents.append(
                connection, document, files, identified, refusals, received, rows_in=rows_in
            )
            if accepted_by:
                reason = "trusted table, accepted on load"
                decision = Decision(subject=subject, kind=ACCEPT, reason=reason)
                deciding.append(connection, decision, accepted_by, received)
        return Receipt(subject, True, added, received)

    def append_document(
        self,
        connection: Block,
        document: Document,
        files: str,
        figures: Sequence[Figure],
        refusals: Sequence[Refusal],
        at: datetime,
    ) -> int:
        """Appends a document with its figures inside a transaction; returns how many were new.

        files  names of its originals, a space between
        """
        return documents.append(connection, document, files, figures, refusals, at)

    def append(self, connection: Block, table: str, columns: Mapping[str, object]) -> None:
        """Appends a numbered row to a table inside a transaction."""
        connection.append_numbered(table, columns)

    def keep(self, payloads: Sequence[bytes]) -> str:
        """Keeps the bytes as received, each under its own SHA-256, on disk before the ledger
        speaks of them; returns the names, a space between."""
        names = originals.keep(self.originals, payloads)
        for name in names.split():
            self.engine.keep(self.originals / name)
        return names

    def sent(self, payloads: Sequence[bytes]) -> str:
        """Keeps bytes before the writer's turn where machines share the store: nobody waits while
        they are sent. Nothing is kept elsewhere, and nothing returned."""
        if not self.engine.shared:
            return ""
        with self.told():
            return self.keep(payloads)

    # Decisions

    def correct(
        self,
        figure_id: str,
        corrected: Figure,
        who: str,
        reason: str,
        changed: Changed,
        *,
        second: bool = False,
        rule: str = "",
        seen: str | None = None,
    ) -> str:
        """Puts a person's figure in the place of the machine's or of an earlier one.

        Both stay: the old one is rejected, the new one accepted. Where it needs a second person,
        the new one is proposed and the old one keeps its place until then. The decision says which
        fields changed from what to what; `rule` names the doubt that the correction answers.
        Returns the new figure's id. Raises LookupError when the ledger does not have the old
        figure, AlreadyCorrected when somebody was quicker: two corrections of one figure would
        stand as rivals; StateChanged when the old figure does not stand as it was `seen`.
        """
        require_reason(who, reason)
        with self.writing() as connection:
            _require_seen(connection, figure_id, seen)
            return deciding.correct(
                connection, self.folder, figure_id, corrected, who, reason, changed,
                needs_second=second, rule=rule,
            )  # fmt: skip

    def add(
        self, document_id: str, figure: Figure, who: str, reason: str, *, second: bool = False
    ) -> str:
        """Adds a figure that the reader missed to a document, accepted by who added it; where it
        needs a second person, proposed. `second` asks for one where the rule (second.py) does not.

        Raises StateChanged when the document has this figure already and somebody has accepted it.
        """
        require_reason(who, reason)
        with self.writing() as connection:
            return deciding.add(
                connection, self.folder, document_id, figure, who, reason, needs_second=second
            )

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
        second   asks for two persons where the rule (second.py) does not: the first acceptance is
                 PROPOSE, the next ACCEPT
        seen     the figure's state (impact/store/states.py) as the person saw it
        Raises SamePerson when both would come from one person, StateChanged when the figure does
        not stand as it was seen.
        """
        require_reason(who, reason)
        self._foresee([figure_id])
        with self.writing() as connection:
            _require_seen(connection, figure_id, seen)
            return deciding.accept(
                connection, self.folder, figure_id, who, reason, answers or {}, needs_second=second
            )

    def record(
        self, who: str, decisions: Sequence[Decision], *, seen: Mapping[str, str] | None = None
    ) -> list[str]:
        """Appends what a person decides in one step, all of it or nothing; returns the decisions'
        ids.

        seen  figure -> its state (impact/store/states.py) as the person saw it
        Raises ValueError without person or reason and where a detail is not its kind's,
        LookupError when the ledger has no such subject, StateChanged when a figure does not stand
        as it was seen.
        """
        deciding.require_sound_all(who, decisions)
        self._foresee(deciding.fresh(decisions))
        with self.writing() as connection:
            states.require(connection, seen or {})
            return deciding.record(connection, self.folder, who, decisions)

    def record_unchanged(
        self, who: str, decisions: Sequence[Decision], seen: Mapping[str, str]
    ) -> list[Change]:
        """Appends those decisions whose figures stand as they were seen, in one step; returns what
        happened to the others, about which nothing is decided. Raises as `record` otherwise."""
        deciding.require_sound_all(who, decisions)
        self._foresee(deciding.fresh(decisions))
        with self.writing() as connection:
            changed = states.changes(connection, seen)
            others = {each.figure_id for each in changed}
            kept = [each for each in decisions if each.subject not in others]
            deciding.record(connection, self.folder, who, kept)
            return changed

    def _foresee(self, figure_ids: Sequence[str]) -> None:
        """Judges figures beside what is public before the writer's turn among machines: that takes
        longer than all the rest (second.py)."""
        if self.engine.shared and figure_ids and second.asked_for(self.folder):
            with self.look() as connection:
                second.needing(connection, self.folder, figure_ids)

    def append_decision(self, connection: Block, decision: Decision, who: str, at: datetime) -> str:
        """Appends a person's decision inside a transaction; returns its id."""
        return deciding.append(connection, decision, who, at)

    def decide(
        self, subject: str, kind: str, who: str, reason: str, detail: Detail | None = None
    ) -> str:
        """Appends one decision about a document or a figure and returns its id; see `record`.

        `detail` for an answered doubt is {"rule": name}, for a note taken back {"note": its id}.
        """
        decision = Decision(subject=subject, kind=kind, reason=reason, detail=detail or NoDetail())
        return self.record(who, [decision])[0]

    def set_time(self, table: str, number: int, time: datetime, who: str, reason: str) -> str:
        """Names the true time (UTC) of a line that a wrong clock dated; the line stays as it is.

        Returns the decision's id. Raises LookupError when there is no such line, ValueError when
        the time cannot be right either.
        """
        line = f"{table} {number}"
        with self.lock():
            with self.connect() as connection:
                deciding.require_subject(connection, line, CLOCK)
                found = numbered.lines(connection, {line: time})
            judged = {each.name: each.judged for each in found}[line]
            if judged.counts != time:
                told = judged.fault or clock.BACK
                raise ValueError(f"{line} cannot have come on {time} UTC, {told}")
            return self.decide(line, CLOCK, who, reason, {"time": time.isoformat()})

    def changes(self, seen: Mapping[str, str]) -> list[Change]:
        """What happened to figures that do not stand as they were seen; see states.py."""
        with self.look() as connection:
            return states.changes(connection, seen)

    def states(self, figure_ids: Iterable[str]) -> dict[str, str]:
        """Figure -> its state now, to be handed over with a decision about it."""
        with self.look() as connection:
            return states.states(connection, list(figure_ids))

    # What stands, now or at a time

    def accepted(self) -> pd.DataFrame:
        """Every accepted figure, one for each row of a source, sorted by id.

        A figure stands by its own latest decision, or else when any document that states it
        stands. Of several editions of one row (same source and source_key) the one that the
        latest standing document states goes before the others; where a person has taken that one
        out, the row is out: its source had given the older ones up. document_id names the document.
        """
        with self.look() as connection:
            return standing.accepted(connection)

    def state(self, at: datetime | None = None) -> State:
        """What a snapshot is built from, all of one moment: now, or `at` in the past (UTC)."""
        with self.look(at or datetime.max) as connection:
            return standing.state(connection)

    def began(self) -> datetime | None:
        """When the first document was stored (UTC); None while there is none. A clock that stands
        wrong later does not move it."""
        with self.look(datetime.max) as connection:
            found: datetime | None = connection.execute(
                "SELECT min(received_at) FROM documents"
            ).only()
            return found

    def table(self, name: str) -> pd.DataFrame:
        """A whole table: documents, refusals or decisions."""
        with self.look() as connection:
            return standing.table(connection, name)

    def contents(self) -> dict[str, pd.DataFrame]:
        """Every table whole. Raises StoreUnreadable when a row of one cannot be read."""
        try:
            with self.look() as connection:
                return {name: standing.table(connection, name) for name in KEYS}
        except database.Error as error:
            raise StoreUnreadable(f"the ledger cannot be read: {error}") from None

    # What is wrong

    def clocks(self) -> list[str]:
        """Which lines a wrong clock dated and what counts in its place, a sentence each."""
        with self.look() as connection:
            return numbered.wrong_clocks(connection)

    def check(self) -> list[str]:
        """What is wrong with the ledger, a sentence each; an empty list when nothing is."""
        with self.look() as connection:
            problems = checks.of_lines(connection) + checks.of_figures(connection)
            problems += self.engine.differences(connection)
        return problems + originals.check(self.originals, self.missing_originals())

    def missing_originals(self) -> list[str]:
        """Names of originals of which the ledger speaks and that are gone."""
        with self.look() as connection:
            spoken_of = connection.execute(originals.SPOKEN_OF).fetchall()
        held = self.engine.held(originals.FOLDER)
        return originals.missing(held, (files for (files,) in spoken_of))

    def tidy(self) -> None:
        """Removes the drafts that a crash left in the store's folder. Into a copy files are fetched
        without the lock: there a draft is left if nobody has written to it for a while."""
        untouched = atomic_files.ABANDONED if self.engine.shared else 0
        if self.folder.is_dir():
            with self.lock():
                for name in ("", originals.FOLDER, "readings", "published"):
                    atomic_files.remove_left(self.folder / name, untouched)


def _require_seen(connection: Block, figure_id: str, seen: str | None) -> None:
    """That a figure stands as it was seen; who saw nothing of it, such as a command, may decide."""
    if seen is not None:
        states.require(connection, {figure_id: seen})
