"""Compares what was acknowledged with what is stored: nothing lost, doubled or half."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import psycopg

from impact.store import snapshot
from impact.store.ledger import Ledger
from impact.store.transaction import KEYS


def told(files: Iterable[Path]) -> list[Mapping[str, Any]]:
    """What the machines have written down. The last line of one that was killed may be cut."""
    found = []
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):
                found.append(json.loads(line))
    return found


def problems(address: str, said: list[Mapping[str, Any]]) -> list[str]:
    """What is wrong with a store beside what its machines say was acknowledged; a line each."""
    return [*_seen(said), *_lost(address, said), *_doubled(address), *_half(address)]


def _seen(said: list[Mapping[str, Any]]) -> list[str]:
    seen = Counter(str(each) for each in said if "half" in each or "problem" in each)
    return [f"seen {count} times: {what}" for what, count in seen.items()]


def _lost(address: str, said: list[Mapping[str, Any]]) -> list[str]:
    found = []
    for what, table in (
        ("document", "documents"),
        ("decision", "decisions"),
        ("upload", "uploads"),
    ):
        has = {key for (key,) in _rows(address, f"SELECT {what}_id FROM {table}")}
        lost = {each[what] for each in said if what in each} - has
        found += [f"lost: {what} {each}" for each in sorted(lost)]
    return found


def _doubled(address: str) -> list[str]:
    """Rows of one key; numbers that two lines have, or none."""
    found = []
    for table, keys in KEYS.items():
        if table == "refusals":
            continue
        names = ", ".join(keys)
        many = _rows(address, f"SELECT {names} FROM {table} GROUP BY {names} HAVING count(*) > 1")
        found += [f"doubled: {table} {each}" for each in many]
    for table in ("documents", "decisions", "uploads"):
        [(count, least, most)] = _rows(
            address, f"SELECT count(*), coalesce(min(number), 1), max(number) FROM {table}"
        )
        if count and (least, most) != (1, count):
            found.append(f"numbers of {table}: {count} lines from {least} to {most}")
    return found


def _half(address: str) -> list[str]:
    """Documents without all of their figures, or of which no decision says that they count; figures
    of no document; files that are gone are the ledger's own check (whole)."""
    rows = _rows(
        address,
        "SELECT document_id, title, count(figure_id) FROM documents LEFT JOIN statements"
        " USING (document_id) WHERE source = 'made' GROUP BY document_id, title"
        " HAVING count(figure_id) <> title::bigint",
    )
    alone = _rows(
        address,
        "SELECT figure_id FROM statements LEFT JOIN figures USING (figure_id)"
        " WHERE figures.value IS NULL",
    )
    unsaid = _rows(
        address,
        "SELECT document_id FROM documents WHERE source = 'made' AND document_id NOT IN"
        " (SELECT subject FROM decisions)",
    )
    return [f"half: {each}" for each in (*rows, *alone, *unsaid)]


def whole(ledgers: Iterable[Ledger]) -> list[str]:
    """What is wrong with copies that have come to the end of one ledger, and with what is shown."""
    found: list[str] = []
    contents = None
    for ledger in ledgers:
        snapshot.publish(ledger)  # nothing where the others have published the same
        mine = ledger.contents()
        contents = contents or mine
        for name, rows in mine.items():
            order = list(KEYS[name])
            same = rows.sort_values(order, ignore_index=True).equals(
                contents[name].sort_values(order, ignore_index=True)
            )
            if not same:
                found.append(f"{ledger.folder.name} has other {name} than the first copy")
        found += [f"{ledger.folder.name}: {each}" for each in ledger.check()]
        found += [f"{ledger.folder.name}: {each}" for each in snapshot.check(ledger)]
    return found


def counted(said: list[Mapping[str, Any]]) -> str:
    """How much was acknowledged, and what was said to be impossible meanwhile."""
    kinds = {"document": "documents", "decision": "decisions", "upload": "uploads",
             "published": "publications"}  # fmt: skip
    count = Counter(kind for each in said for kind in kinds if kind in each)
    faults = Counter(each["fault"] for each in said if "fault" in each)
    told = ", ".join(f"{count[kind]:,} {many}" for kind, many in kinds.items())
    return f"{told}; {dict(faults) or 'no faults'}"


def _rows(address: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query.encode()).fetchall()
