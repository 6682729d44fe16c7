"""Whether the shared ledger still has what a machine's copy has, row by row.

A copy takes what is new and looks at nothing twice: a row that somebody removes or alters in the
database by hand is seen by no machine that has it already.
"""

from psycopg import sql

from impact.store import schema
from impact.store.shared.postgres import Rows
from impact.store.transaction import KEYS, Transaction

# Rows that are compared at a time, about: a ledger may have more than memory holds.
AT_A_TIME = 25_000
_REMEDY = "Bring the newest backup back with `python -m etl restore FILE`, or mend it by hand."


def differences(copy: Transaction, rows: Rows) -> list[str]:
    """A sentence for each table of which the two do not have the same rows. What came later than
    the copy has come is no difference."""
    last = copy.execute(f"SELECT change FROM {schema.COPIED}").only()
    found = []
    for table in KEYS:
        parts = copy.execute(f"SELECT count(*) // {AT_A_TIME} + 1 FROM {table}").only()
        each = [_difference(copy, rows, table, last, part, parts) for part in range(parts)]
        lost, new = map(sum, zip(*each, strict=True))
        if lost or new:
            found.append(
                f"{table} in the database: {lost} rows of this machine's copy are not there, {new} "
                f"are there that it lacks. Somebody has changed them by hand. {_REMEDY}"
            )
    return found


def _difference(
    copy: Transaction, rows: Rows, table: str, last: int, part: int, parts: int
) -> tuple[int, int]:
    """How many rows of one part of a table the copy has alone, and how many the database. Both
    know the part of a row by the MD5 of its key."""
    key = ", ".join(KEYS[table])
    like = copy.like(table)
    columns = ", ".join(f'"{name}"' for name in like.names)
    mine = (
        f"SELECT {columns} FROM {table} "
        f"WHERE ('0x' || left(md5(concat_ws('|', {key})), 4))::INT % {parts} = {part}"
    )
    asked = sql.SQL(
        "SELECT {columns} FROM {table} WHERE change <= {last} "
        "AND ('x' || left(md5(concat_ws('|', {key})), 4))::bit(16)::int % {parts} = {part}"
    ).format(
        columns=sql.SQL(", ").join(map(sql.Identifier, like.names)),
        table=sql.Identifier(table),
        key=sql.SQL(", ").join(map(sql.Identifier, KEYS[table])),
        last=last,
        parts=parts,
        part=part,
    )
    with copy.offered(rows.copied(asked, like)):
        theirs = f"SELECT {columns} FROM offered"
        return _beyond(copy, mine, theirs), _beyond(copy, theirs, mine)


def _beyond(copy: Transaction, one: str, other: str) -> int:
    """How many rows the one has that the other has not."""
    return int(copy.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").only())
