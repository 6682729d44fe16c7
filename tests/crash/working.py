"""A person's day at a store, from files to published figures, in a process that may be killed.

python -m tests.crash.working STORE FILES

Begins as the server does, by taking up what was cut short; says "resumed" and waits for a line.
Then it brings the files of a folder, decides about their figures and sees them published. Every act
is said before it begins ("do …") and once it is acknowledged ("ok …"), as a page would. What was
done by a process before is not done again, but files are brought again. Says what the threads
beside it are at, too ("see …").
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from impact.model.figure import NAMES, Figure
from impact.store import decision, inbox, snapshot
from impact.store.ledger import ACCEPT, REJECT, REOPEN, Decision, Ledger
from impact.store.reader import Reader
from pages.parts.review import publishing, reports

WHO, WHY = "Olena", "read beside its passage"
_DECISION = ("subject", "kind", "detail")
PAUSE = 0.3  # seconds; a reviewer's real pause would make the kills fall into waiting


@dataclass(frozen=True, slots=True)
class Act:
    """What a person does in one step and the ledger keeps whole or not at all.

    rows   its decisions, (subject, kind, detail as JSON) each
    """

    rows: tuple[tuple[str, str, str], ...]
    document: str = ""
    old: str = ""
    figure: Figure | None = None

    def do(self, ledger: Ledger) -> None:
        if self.old:
            changed = json.loads(self.rows[1][2])["changed"]
            ledger.correct(self.old, self.figure, WHO, WHY, changed)
        elif self.figure:
            ledger.add(self.document, self.figure, WHO, WHY)
        else:
            decisions = [
                Decision(subject=subject, kind=kind, reason=WHY, detail=json.loads(detail))
                for subject, kind, detail in self.rows
            ]
            ledger.record(WHO, decisions)


def acts(document: str, figures: list[Figure]) -> Iterator[Act]:
    """What is decided about a report: of its figures, in order, one is accepted, one rejected, one
    corrected, one corrected and put back, one is added, and the others are accepted together."""
    for act, figure in zip((_accept, _reject, _correct, _correct_and_undo), figures, strict=False):
        yield from act(figure)
    if figures:
        added = replace(figures[0], note="added by hand")
        yield Act(_rows((added.figure_id, ACCEPT, {"added": True})), document, figure=added)
    if rest := figures[4:]:
        yield Act(_rows(*((figure.figure_id, ACCEPT, {}) for figure in rest)))


def _accept(figure: Figure) -> Iterator[Act]:
    yield Act(_rows((figure.figure_id, ACCEPT, {})))


def _reject(figure: Figure) -> Iterator[Act]:
    yield Act(_rows((figure.figure_id, REJECT, {})))


def _correct(figure: Figure) -> Iterator[Act]:
    new = replace(figure, note="corrected")
    detail = {"replaces": figure.figure_id, "changed": {"note": [figure.note, new.note]}}
    yield Act(
        _rows(
            (figure.figure_id, REJECT, {"replaced_by": new.figure_id}),
            (new.figure_id, ACCEPT, detail),
        ),
        old=figure.figure_id,
        figure=new,
    )


def _correct_and_undo(figure: Figure) -> Iterator[Act]:
    (corrected,) = _correct(figure)
    yield corrected
    new = corrected.figure.figure_id
    yield Act(_rows((new, REJECT, decision.TAKEN_BACK), (figure.figure_id, REOPEN, {})))


def _rows(*decisions: tuple[str, str, Mapping]) -> tuple[tuple[str, str, str], ...]:
    return tuple((subject, kind, json.dumps(dict(detail))) for subject, kind, detail in decisions)


def main(folder: str, files: str) -> None:
    """One start of the program, until everything is done."""
    os.environ["IMPACT_STORE"] = folder
    publishing.PAUSE = PAUSE
    ledger = reports.store()
    say("begun")
    reports.resume()
    threading.Thread(target=_watch, daemon=True).start()
    _until_settled(ledger)
    say("resumed")
    sys.stdin.readline()
    finished: set[str] = set()
    for path in sorted(Path(files).iterdir()):
        say("do receive", path.name)
        upload, _ = inbox.receive(ledger, path.read_bytes(), path.name, WHO, published="2026-01-25")
        say("ok receive", path.name, upload.upload_id)
        reports.reading_thread().wake()
        _until(lambda: len(inbox.unread(ledger)) <= 1)  # one is read while others are decided
        _decide(ledger, finished)
    _until(lambda: not inbox.unread(ledger))
    _decide(ledger, finished)
    _until_settled(ledger)
    say("done")


def _decide(ledger: Ledger, finished: set[str]) -> None:
    """Does what is left to do about every report that is read and not yet finished."""
    listed = inbox.listing(ledger)
    waiting = set(listed.loc[listed["state"] == "read", "document_id"]) - finished
    taken = ledger.table("decisions") if waiting else pd.DataFrame(columns=_DECISION)
    known = set(zip(*(taken[name] for name in _DECISION), strict=True))
    for document in sorted(waiting):
        for act in acts(document, _as_read(ledger, document)):
            if set(act.rows) <= known:
                continue
            told = json.dumps(act.rows)
            say("do decide", told)
            act.do(ledger)
            say("ok decide", told)
            reports.publishing_thread().wake()
    finished |= waiting


def _as_read(ledger: Ledger, document: str) -> list[Figure]:
    """The figures that the reader gave, in an order of their own."""
    rows = inbox.proposed(ledger, document).astype(object)
    rows = rows.where(rows.notna(), None).sort_values("figure_id")
    figures = [Figure(**{name: row[name] for name in NAMES}) for row in rows.to_dict("records")]
    return [each for each in figures if each.note not in ("corrected", "added by hand")]


def _until_settled(ledger: Ledger) -> None:
    """Waits until nothing is left to read or to publish."""
    _until(lambda: not (inbox.unread(ledger) or reports.reading_thread().stages))
    _until(lambda: not (reports.publishing_thread().busy or _behind(ledger)))


def _until(condition: Callable[[], bool]) -> None:
    """Waits; whoever started this process loses patience, not this."""
    while not condition():
        time.sleep(0.1)


def _behind(ledger: Ledger) -> bool:
    if not snapshot.begun(ledger):
        return False
    shown = Reader(ledger.folder).query("SELECT figure_id FROM figures")
    return set(shown["figure_id"]) != set(ledger.accepted()["figure_id"])


def _watch() -> None:
    """Says what the reading and the publishing thread are at, whenever it changes."""
    before = None
    while True:
        now = (*reports.reading_thread().stages.values(), *_publishing())
        if now != before:
            say("see", *now)
            before = now
        time.sleep(0.002)


def _publishing() -> tuple[str, ...]:
    return ("publishing",) if reports.publishing_thread().busy else ()


def say(*words: str) -> None:
    """A line in one write: what a kill leaves of it is all or nothing."""
    os.write(1, f"{' '.join(words)}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
