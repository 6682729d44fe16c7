"""python -m etl check: looks for damage in the store, or for faults in a sourced table."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from etl.checking import table
from etl.named_files import to_read
from impact.model import dates
from impact.store import condition
from impact.store.ledger import Ledger, store_folder

HELP = "verify the store, or a sourced table before it is loaded, and say what is wrong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [--table FILE …]"""
    parser.add_argument(
        "--table",
        type=to_read,
        action="append",
        default=[],
        metavar="FILE",
        help="check this table of sourced rows beside the shipped ones; the store is left alone",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Prints every problem. Returns 1 if there is one, or if nothing was ever stored."""
    if options.table:
        return _check_tables(options.table)
    ledger = Ledger(store or store_folder())
    if condition.nothing_stored(ledger):
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    problems = condition.problems(ledger)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "the store is sound")
    return 1 if problems else 0


def _check_tables(paths: Sequence[Path]) -> int:
    """Prints every fault of tables that are to be loaded. Returns 1 if there is one.

    Raises what etl.checking.table.faults raises.
    """
    rows, faults = table.faults(paths, datetime.now(dates.KYIV).date())
    for fault in faults:
        print(fault)
    print(f"{rows} rows, {len(faults)} faults" if faults else f"{rows} rows, no fault found")
    return 1 if faults else 0
