"""Migrations: a ledger of an earlier schema is brought up to today's, a numbered step at a time.

    1  the first ledgers: a figure belongs to the one document that first stated it
    2  any document states any figure; documents and decisions are numbered; originals by document
    3  uploads and what was read from them
    4  what a person says of a report after it was read; release 0.1.0
    5  the store's id and the schema's number stand in the ledger itself
    6  a statement may have no number (bound "unstated"), which older code takes for damage

Forward only, all steps in one transaction, after a copy of the ledger was put aside. A step is
written once and never changed; it speaks of tables as they were then, not of today's code. Nothing
that was stored changes: the same figures with the same ids, the same decisions in the same order.
Each step has one of the same number for a ledger that machines share (shared/migrating.py).
"""

from base64 import b32encode
from collections.abc import Callable, Mapping
from dataclasses import MISSING
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import permutations, product
from pathlib import Path
from typing import Any

from impact.model import dates, plain_files
from impact.model.figure import CLOSED, COLUMNS, NAMES, Figure, InvalidFigure
from impact.store import aside, database, schema
from impact.store.database import Connection, Damaged
from impact.store.faults import StoreNewer
from impact.store.schema import CURRENT

_BY_NAME = {each.name: each for each in COLUMNS}
# Originals that one table was read from, at most; and how many are tried for it.
_FILES, _TRIED = 3, 12


def look(path: Path) -> tuple[str, int]:
    """The id of a ledger's store and the number of its schema, without writing; "" where it has no
    id yet. Raises Damaged, StoreBusy."""
    with database.attached(path, read_only=True) as connection:
        return _found(connection)


def is_copy(path: Path) -> bool:
    """Whether a ledger is a machine's copy of a shared one. Raises Damaged, StoreBusy."""
    with database.attached(path, read_only=True) as connection:
        return schema.COPIED in database.columns(connection)


def bring_up_to_date(path: Path, store: str) -> str:
    """Brings a ledger to today's schema; returns the id of its store, which is `store` where it had
    none. Who calls holds the writer lock.

    Raises StoreNewer where it was written by newer code: then it is not touched. Raises Damaged
    where it lacks what no step can make; it then is as it was.
    """
    with database.attached(path, read_only=True) as connection:
        known, number = _found(connection)
        lacks = number == CURRENT and _lacking(connection)
    if number > CURRENT:
        raise StoreNewer(found=number, known=CURRENT)
    if number == CURRENT and not lacks:
        return known
    aside.copy(path, f"schema-{number}")
    with database.attached(path) as connection:
        connection.execute("BEGIN")
        try:
            for step in range(number, CURRENT):
                STEPS[step](connection, path.parent)
            _complete(connection)
            stamp(connection, known or store, dates.now())
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return known or store


def stamp(connection: Connection, store: str, at: datetime) -> None:
    """Writes into a ledger which store it is and that its schema is today's."""
    connection.execute("INSERT INTO store VALUES (?, ?, ?)", [store, CURRENT, at])


def is_id_of(figure_id: str, figure: Figure) -> bool:
    """Whether an id was made of a figure's content, by today's code or by the first ledgers'."""
    return figure_id == figure.figure_id or figure_id in former_ids(figure)


def former_ids(figure: Figure) -> set[str]:
    """Ids that the first ledgers (schema 1) gave a figure: they told 6000 from 6000.0, and what was
    stored since does not. A figure that has such an id keeps it."""
    fields = [getattr(figure, name) for name in NAMES]
    whole = [isinstance(each, float) and each.is_integer() for each in fields]
    spellings = [
        {str(each), str(int(each))} if is_whole else {str(each)}
        for each, is_whole in zip(fields, whole, strict=True)
    ]
    return {_former_id("\x1f".join(spelled)) for spelled in product(*spellings)}


def _former_id(content: str) -> str:
    digest = sha256(content.encode("utf-8", "surrogatepass")).digest()
    return f"F-{b32encode(digest)[:12].decode()}"


def _found(connection: Connection) -> tuple[str, int]:
    tables = database.columns(connection)
    if "store" in tables:
        found = connection.execute(
            "SELECT store_id, schema_number FROM store ORDER BY schema_number DESC, since DESC"
        ).fetchall()
        if found:
            return found[0]
    if "figures" not in tables or "documents" not in tables:
        raise Damaged("it has no figures or no documents")
    if "document_id" in tables["figures"]:
        return "", 1
    if "uploads" not in tables:
        return "", 2
    return "", 4 if "said" in tables else 3


def _lacking(connection: Connection) -> dict[str, dict[str, str]]:
    """Tables and columns of today's schema that a ledger does not have, with their types."""
    has = database.columns(connection)
    lacking = {
        table: {name: kind for name, kind in columns.items() if name not in has.get(table, {})}
        for table, columns in _declared().items()
    }
    return {table: columns for table, columns in lacking.items() if columns}


@cache
def _declared() -> Mapping[str, Mapping[str, str]]:
    with database.in_memory() as connection:
        connection.execute(schema.TABLES)
        return database.columns(connection)


def _complete(connection: Connection) -> None:
    """Adds columns of the record that a ledger lacks. A figure's id is made of its content, so that
    the id tells which value a lost cell had. Raises Damaged where none makes it."""
    lacking = _lacking(connection)
    for table, names in lacking.items():
        for name in names:
            if table != "figures" or name not in NAMES or _BY_NAME[name].default is MISSING:
                raise Damaged(f"it lacks {table}.{name}")
    if columns := lacking.get("figures"):
        found = _lost_cells(connection, list(columns))
        for name, kind in columns.items():
            connection.execute(f'ALTER TABLE figures ADD COLUMN "{name}" {kind}')
        _fill(connection, list(columns), found)


def _lost_cells(connection: Connection, lost: list[str]) -> list[tuple[Any, ...]]:
    """Each figure's id with what it had in columns that are lost."""
    kept = [name for name in NAMES if name not in lost]
    names = ", ".join(f'"{name}"' for name in kept)
    stored = connection.execute(f"SELECT figure_id, {names} FROM figures").fetchall()
    tried = list(product(*map(_possible, lost)))
    found, unknown = [], 0
    for figure_id, *cells in stored:
        fields = dict(zip(kept, cells, strict=True))
        fitting = (each for each in tried if _fits(figure_id, fields | _named(lost, each)))
        values = next(fitting, None)
        if values is None:
            unknown += 1
        else:
            found.append((figure_id, *values))
    if unknown:
        columns = ", ".join(f"figures.{name}" for name in lost)
        raise Damaged(f"it lacks {columns}, and what {unknown} figures had there is not known")
    return found


def _possible(name: str) -> list[Any]:
    """What a column may have held: its default first; of open texts and numbers that alone."""
    column = _BY_NAME[name]
    others = (False, True) if column.metadata["sql"] == "BOOLEAN" else sorted(CLOSED.get(name, ()))
    return [column.default, *(each for each in others if each != column.default)]


def _named(names: list[str], values: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(names, values, strict=True))


def _fits(figure_id: str, fields: Mapping[str, Any]) -> bool:
    """Whether an id was made of such a content."""
    try:
        return is_id_of(figure_id, Figure(**fields))
    except InvalidFigure:
        return False


def _fill(connection: Connection, columns: list[str], found: list[tuple[Any, ...]]) -> None:
    """Writes the cells of new columns: a statement for every content that there is."""
    ids: dict[tuple[Any, ...], list[str]] = {}
    for figure_id, *cells in found:
        ids.setdefault(tuple(cells), []).append(figure_id)
    assigned = ", ".join(f'"{name}" = ?' for name in columns)
    for values, having in ids.items():
        connection.execute(
            f"UPDATE figures SET {assigned} WHERE list_contains(?, figure_id)", [*values, having]
        )


def _to_2(connection: Connection, folder: Path) -> None:
    connection.execute("""
        CREATE TABLE IF NOT EXISTS statements (
            document_id VARCHAR NOT NULL, figure_id VARCHAR NOT NULL);
        INSERT INTO statements SELECT document_id, figure_id FROM figures ORDER BY rowid;
        ALTER TABLE figures DROP COLUMN document_id;
        ALTER TABLE documents RENAME TO documents_1;
        CREATE TABLE documents (
            document_id VARCHAR NOT NULL, number BIGINT NOT NULL, source VARCHAR NOT NULL,
            name VARCHAR NOT NULL, files VARCHAR NOT NULL, title VARCHAR, publisher VARCHAR,
            url VARCHAR, licence VARCHAR, size BIGINT, rows_in BIGINT, rows_kept BIGINT,
            rows_refused BIGINT, received_at TIMESTAMP NOT NULL);
        ALTER TABLE decisions RENAME TO decisions_1;
        CREATE TABLE decisions (
            decision_id VARCHAR NOT NULL, number BIGINT NOT NULL, subject VARCHAR NOT NULL,
            kind VARCHAR NOT NULL, who VARCHAR NOT NULL, reason VARCHAR NOT NULL, detail VARCHAR,
            decided_at TIMESTAMP NOT NULL);
        INSERT INTO decisions BY NAME
            SELECT *, row_number() OVER (ORDER BY decided_at, rowid) AS number FROM decisions_1;
        DROP TABLE decisions_1;
    """)
    documents = connection.execute("SELECT document_id, source FROM documents_1").fetchall()
    files = _originals(folder / "originals", documents)
    connection.execute("CREATE TEMP TABLE found (document_id VARCHAR, files VARCHAR)")
    connection.executemany("INSERT INTO temp.found VALUES (?, ?)", list(files.items()))
    connection.execute("""
        INSERT INTO documents BY NAME
            SELECT documents_1.*, files, row_number() OVER (ORDER BY received_at, documents_1.rowid)
                AS number
            FROM documents_1 JOIN temp.found USING (document_id);
        DROP TABLE documents_1;
        DROP TABLE temp.found;
    """)


def _originals(folder: Path, documents: list[tuple[str, str]]) -> dict[str, str]:
    """Document -> the names of its originals, which its id was made of; "" where they are gone."""
    paths = sorted(folder.glob("*"))[:_TRIED]
    read = {path.name: plain_files.content(path) for path in paths}
    made: dict[str, str] = {}
    sources = {source for _, source in documents}
    for count in range(1, _FILES + 1):
        for names in permutations(read, count):
            payloads = [read[name] for name in names]
            for led in ([], *([source.encode()] for source in sources)):
                made.setdefault(_identity([*led, *payloads]), " ".join(names))
    return {document: made.get(document, "") for document, _ in documents}


def _identity(payloads: list[bytes]) -> str:
    """A document's id in the first ledgers, as it still is."""
    digest = sha256()
    for payload in payloads:
        digest.update(len(payload).to_bytes(8, "big"))
        digest.update(payload)
    return digest.hexdigest()


def _to_3(connection: Connection, _folder: Path) -> None:
    connection.execute("""
        CREATE TABLE IF NOT EXISTS uploads (
            upload_id VARCHAR NOT NULL, number BIGINT NOT NULL, name VARCHAR NOT NULL,
            size BIGINT NOT NULL, who VARCHAR NOT NULL, published VARCHAR NOT NULL,
            publisher VARCHAR NOT NULL, url VARCHAR NOT NULL, received_at TIMESTAMP NOT NULL);
        CREATE TABLE IF NOT EXISTS readings (
            upload_id VARCHAR NOT NULL, number BIGINT NOT NULL, part VARCHAR NOT NULL,
            refused VARCHAR NOT NULL, notes VARCHAR NOT NULL, language VARCHAR NOT NULL,
            document_id VARCHAR NOT NULL, read_at TIMESTAMP NOT NULL);
    """)


def _to_4(connection: Connection, _folder: Path) -> None:
    connection.execute("""
        CREATE TABLE IF NOT EXISTS said (
            upload_id VARCHAR NOT NULL, number BIGINT NOT NULL, part VARCHAR NOT NULL,
            published VARCHAR NOT NULL, publisher VARCHAR NOT NULL, url VARCHAR NOT NULL,
            who VARCHAR NOT NULL, said_at TIMESTAMP NOT NULL);
    """)


def _to_5(connection: Connection, _folder: Path) -> None:
    connection.execute("""
        CREATE TABLE IF NOT EXISTS store (
            store_id VARCHAR NOT NULL, schema_number BIGINT NOT NULL, since TIMESTAMP NOT NULL);
    """)


def _to_6(_connection: Connection, _folder: Path) -> None:
    """Nothing moves: the column of the value may be empty already. The new number keeps older
    code away."""


# Schema -> the step to the next.
STEPS: Mapping[int, Callable[[Connection, Path], None]] = {
    1: _to_2,
    2: _to_3,
    3: _to_4,
    4: _to_5,
    5: _to_6,
}
