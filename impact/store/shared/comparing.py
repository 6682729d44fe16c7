"""Whether the shared ledger still has what a machine's copy has, row by row.

A copy takes what is new and looks at nothing twice: a row that somebody removes or alters in the
database by hand is seen by no machine that has it already.
"""

from impact.store import schema
from impact.store.shared.postgres import Change, Rows
from impact.store.transaction import KEYS, Transaction

_REMEDY = "Bring the newest backup back with `python -m etl restore FILE`, or mend it by hand."


def differences(copy: Transaction, rows: Rows) -> list[str]:
    """A sentence for each table of which the two do not have the same rows. What came later than
    the copy has come is no difference."""
    ((number, mark),) = copy.execute(f"SELECT change, id FROM {schema.COPIED}").fetchall()
    found = []
    for table in KEYS:
        like = copy.like(table)
        columns = ", ".join(f'"{name}"' for name in like.names)
        with copy.offered(rows.since(table, Change(), Change(number, mark), like)):
            lost = _beyond(copy, table, "offered", columns)
            new = _beyond(copy, "offered", table, columns)
        if lost or new:
            found.append(
                f"{table} in the database: {lost} rows of this machine's copy are not there, {new} "
                f"are there that it lacks. Somebody has changed them by hand. {_REMEDY}"
            )
    return found


def _beyond(copy: Transaction, one: str, other: str, columns: str) -> int:
    """How many rows the one has that the other has not."""
    asked = f"SELECT {columns} FROM {one} EXCEPT ALL SELECT {columns} FROM {other}"
    return int(copy.execute(f"SELECT count(*) FROM ({asked})").only())
