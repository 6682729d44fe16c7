"""Makes a small store with the code of the checkout that runs it; see README.md.

python make.py FOLDER ARCHIVE.tar.gz EXPECTED.json
"""

import json
import sys
import tarfile
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from impact.model.figure import Figure
from impact.store.ledger import Document, Ledger, Refusal, document_id

try:
    from impact.model.figure import UNSTATED
except ImportError:
    UNSTATED = None
try:
    from impact.store import inbox
except ImportError:
    inbox = None


def figure(**changes) -> Figure:
    """Heating lost in Kyiv, save for changes."""
    stated = {
        "indicator": "heating_loss", "value": 500.0, "unit": "buildings", "place": "UA80",
        "date": "2026-01-24", "status": "lost", "publisher": "UNN", "published": "2026-01-24",
        "source": "made",
    }  # fmt: skip
    return Figure(**(stated | changes))


def toll(value: float, **changes) -> Figure:
    """People killed in Kharkiv."""
    stated = {"indicator": "killed", "unit": "people", "status": "", "place": "UA6312027001"}
    return figure(value=value, **(stated | changes))


def table(ledger: Ledger, name: str, figures: list, refusals: list = (), payloads=None):
    """Stores a trusted table of one or several files."""
    payloads = payloads or [name.encode()]
    document = Document(
        document_id=document_id(b"made", *payloads), source="made", name=name,
        size=sum(map(len, payloads)), title=name.title(), publisher="UNN",
    )  # fmt: skip
    ledger.store(document, payloads, figures, refusals, accepted_by="loader of made")
    return document


def tables(ledger: Ledger) -> None:
    """Two editions of a table, one read from two files, decisions about figures and documents."""
    first = [figure(value=100.0 + row, source_key=f"row {row}") for row in range(3)]
    second = [figure(value=200.0 + row, source_key=f"row {row}") for row in range(2)]
    tolls = [toll(3.0), toll(5.0, as_of="2026-01-24T18:00"), toll(9.0, dubious=True)]
    table(ledger, "first edition", first)
    table(ledger, "second edition", second, [Refusal("row 9", "no number", "many")])
    table(ledger, "tolls", tolls, payloads=[b"tolls of the day", b"changes to them"])
    if UNSTATED:
        table(ledger, "in words", [figure(value=None, unit="", bound=UNSTATED)])
    gone = table(ledger, "withdrawn", [figure(value=7.0, place="UA63")])
    ledger.decide(tolls[0].figure_id, "reject", "Olena", "misread")
    ledger.decide(
        tolls[2].figure_id, "answer", "Taras", "read the page", {"rule": "marked_dubious"}
    )
    ledger.decide(gone.document_id, "withdraw", "Olena", "the page was taken down")


def report(ledger: Ledger) -> None:
    """A report that was brought, read and decided about."""
    text = "Seven people were killed in Kharkiv, 12 houses in Kyiv have no heating."
    upload, _ = inbox.receive(
        ledger, text.encode(), "report.txt", "Olha", published="2026-01-25", publisher="Suspilne"
    )
    dead = toll(7.0, quote="Seven people were killed", start=0, end=24, source="report")
    cold = figure(value=12.0, quote="12 houses", start=37, end=46, source="report")
    part = inbox.Part(
        name="report.txt", language="en", text=text, published="2026-01-25",
        publisher="Suspilne", figures=(dead, cold),
    )  # fmt: skip
    inbox.record(ledger, upload, [part])
    ledger.decide(dead.figure_id, "accept", "Olha", "read and accepted")
    right = figure(value=13.0, quote="12 houses", start=37, end=46, source="report")
    ledger.correct(cold.figure_id, right, "Taras", "counted again", {"value": [12.0, 13.0]})


def second_person(ledger: Ledger) -> None:
    """What release 0.1.0 knows besides: proposals, disputes, what is said of a report."""
    from impact.store import rereading

    receipt = table(ledger, "late", [toll(11.0, date="2026-01-26"), toll(12.0, date="2026-01-27")])
    first, second = toll(11.0, date="2026-01-26"), toll(12.0, date="2026-01-27")
    ledger.decide(first.figure_id, "dispute", "Olena", "another page says 10")
    ledger.decide(receipt.document_id, "note", "Olena", "seen on the page")
    ledger.accept(second.figure_id, "Olena", "read", second=True)
    ledger.accept(second.figure_id, "Taras", "read", second=True)
    (upload,) = inbox.uploads(ledger)
    rereading.say(ledger, upload.upload_id, "report.txt", "Olha", "2026-01-26", "Suspilne", "")


def main(folder: str, archive: str, expected: str) -> None:
    """Makes the store, packs it and writes down what this code says of it."""
    ledger = Ledger(Path(folder))
    tables(ledger)
    if inbox:
        report(ledger)
    if hasattr(ledger, "accept"):
        second_person(ledger)
    told = {
        "accepted": sorted(ledger.accepted()["figure_id"]),
        "figures": sorted(ledger.table("figures")["figure_id"]),
        "documents": sorted(ledger.table("documents")["document_id"]),
        "decisions": sorted(ledger.table("decisions")["decision_id"]),
        "problems": ledger.check(),
    }
    Path(expected).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    with tarfile.open(archive, "w:gz") as packed:
        for name in ("ledger.duckdb", "originals", "readings"):
            if (ledger.folder / name).exists():
                packed.add(ledger.folder / name, name)


if __name__ == "__main__":
    main(*sys.argv[1:])
