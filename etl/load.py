"""Loading one sourced table: read its files, parse, store, say what became of every row."""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl import source
from etl.source import Parsed
from impact.store.ledger import Document, Ledger, Receipt, document_id


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one load did, for printing."""

    name: str
    parsed: Parsed
    receipt: Receipt
    seconds: float

    def __str__(self) -> str:
        """One line a source, then the reasons for refused rows, most frequent first."""
        if not self.receipt.new:
            return f"{self.name}: nothing new, loaded before on {self.receipt.received_at} UTC"
        parsed = self.parsed
        kept = parsed.rows - len(parsed.refused)
        line = (
            f"{self.name}: {parsed.rows} rows in = {kept} kept + {len(parsed.refused)} refused; "
            f"{self.receipt.figures_added} figures in {self.seconds:.1f} s"
        )
        reasons = Counter(refusal.reason for refusal in parsed.refused)
        return "\n".join([line, *(f"    {n} refused: {why}" for why, n in reasons.most_common(12))])


def load(name: str, ledger: Ledger, files: Sequence[Path] = ()) -> Loaded:
    """Loads a source from its shipped files, or from files of one's own in the same shape.

    Raises LookupError for an unknown source, FileNotFoundError when no file can be had.
    """
    started = time.perf_counter()
    module = source.get(name)
    paths = [Path(each) for each in files] or list(module.SOURCE.files)
    if not paths:
        raise FileNotFoundError(f"{name} ships no file: name one with --file")
    payloads = [path.read_bytes() for path in paths]
    named = ", ".join(path.name for path in paths)
    return keep(name, ledger, payloads, module.parse(*payloads), named, started)


def keep(
    name: str,
    ledger: Ledger,
    payloads: Sequence[bytes],
    parsed: Parsed,
    named: str,
    started: float | None = None,
) -> Loaded:
    """Stores what was parsed from the payloads of a source.

    named    what its files are called
    started  when the load began, by time.perf_counter; now if it is left out
    """
    started = time.perf_counter() if started is None else started
    about = source.get(name).SOURCE
    document = Document(
        document_id=document_id(name.encode(), *payloads),
        source=name,
        name=named,
        size=sum(map(len, payloads)),
        title=about.title,
        publisher=about.publisher,
        url=about.url,
        licence=about.licence,
    )
    receipt = ledger.store(
        document,
        payloads,
        parsed.figures,
        parsed.refused,
        rows_in=parsed.rows,
        accepted_by=f"loader of {name}",
    )
    return Loaded(name, parsed, receipt, time.perf_counter() - started)
