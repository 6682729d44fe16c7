"""`make fuzz`: files of every format, spoiled at random, are opened and read, or refused.

python -m tests.fuzzing [SECONDS [SEED]]

Each file that is not, is kept in .fuzz/ and named; it then belongs into tests/etl/reports/.
"""

import itertools
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from etl.reports import apart
from etl.reports.formats import Refused
from etl.reports.model.document import Document
from etl.reports.opening.sandbox import open_safely
from tests.etl.reports.making import docx, mail, p, workbook, zipped

KEPT = Path(".fuzz")
# A fault of ours: the program met what it did not foresee. A file that ends its process, or takes
# all the time or memory that it may, is refused as it should be.
OURS = "unforeseen"
_MOST = 60_000  # bytes of a seed: small files are spoiled in places that count
_BESIDE = Path(__file__).parent / "etl" / "reports"
_SAID = (
    "In Kyiv 3,300 apartment buildings remain without heat on 24 January 2026. "
    "У Харкові 24 січня 2026 року загинуло 3 людини, ще 14 поранено."
)
_HTML = f"<html><body><h1>24 January 2026</h1><table><tr><td>Kyiv<td>12</table><p>{_SAID}</body>"


def seeds() -> list[tuple[str, bytes]]:
    """Files of every format, name and bytes."""
    kept = [*(_BESIDE / "recorded").iterdir(), *(_BESIDE / "tables").glob("*.csv")]
    found = [(each.name, each.read_bytes()) for each in sorted(kept)]
    sheet = [["City", "Date", "Buildings"], ["Kyiv", "2026-01-24", 3300]]
    made = {
        "made.docx": docx(p(_SAID) * 3),
        "made.xlsx": workbook([sheet[0], *[sheet[1]] * 20]),
        "made.zip": zipped({"a.txt": _SAID, "b.html": _HTML}),
        "made.eml": mail(_SAID).encode(),
        "made.html": _HTML.encode(),
        "made.txt": _SAID.encode("cp1251"),
    }
    return [each for each in (*found, *made.items()) if len(each[1]) <= _MOST]


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """Bytes with one to eight faults: flipped, left out, told twice, cut off, or large numbers."""
    held = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        if not held:
            break
        at, some = chance.randrange(len(held)), chance.choice((1, 2, 8, 64, 512))
        fault = chance.randrange(6)
        if fault == 0:
            held[at] ^= 1 << chance.randrange(8)
        elif fault == 1:
            del held[at : at + some]
        elif fault == 2:
            held[at:at] = held[at : at + some] * chance.choice((1, 4, 32))
        elif fault == 3:
            del held[at:]
        elif fault == 4:
            held[at : at + some] = chance.randbytes(some)
        else:
            held[at:at] = chance.choice((b"9" * 400, b"\xff\xfe", b"\0" * 9, b"1e999", b"<" * 99))
    return bytes(held)


def outcome(content: bytes, name: str) -> str:
    """What comes of a file: "read", or the code of a refusal; OURS where any part came to that."""
    opened = open_safely(content, name)
    codes = [_read(each) if isinstance(each, Document) else each.code for each in opened]
    return OURS if OURS in codes else codes[0]


def _read(document: Document) -> str:
    try:
        with apart.reader() as reader:
            reader.read(document, "2026-01-25")
    except Refused as refused:
        return refused.code
    return "read"


def run(enough: Callable[[int], bool], seed: int) -> Iterator[tuple[str, str, bytes]]:
    """(outcome, name, bytes) of spoiled files, until so many are enough."""
    chance, known = random.Random(seed), seeds()
    for number in itertools.count():
        if enough(number):
            return
        name, content = chance.choice(known)
        bad = spoiled(content, chance)
        yield outcome(bad, name), name, bad


def main(seconds: float = 60, seed: int | None = None) -> int:
    """Spoils files for so long; says what came of them. 1 if there was a fault of ours."""
    seed = random.randrange(10**6) if seed is None else seed
    until, found = time.monotonic() + seconds, Counter[str]()
    for what, name, content in run(lambda _: time.monotonic() > until, seed):
        found[what] += 1
        if what == OURS:
            KEPT.mkdir(exist_ok=True)
            kept = KEPT / f"{what}-{seed}-{found.total()}-{name}"
            kept.write_bytes(content)
            print(f"{what}: {kept}", flush=True)
    counts = ", ".join(f"{count} {what}" for what, count in found.most_common())
    print(f"{found.total()} files (seed {seed}): {counts}")
    return 1 if found[OURS] else 0


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:2]), *map(int, sys.argv[2:3])))
