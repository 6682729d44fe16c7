"""python -m etl clock: sets the true time of a line that was stored with a wrong clock."""

import argparse
from pathlib import Path

from impact.store import as_of, snapshot
from impact.store.ledger import Ledger, store_folder

HELP = "name the true time of a line that was stored while the clock stood wrong"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: TABLE NUMBER TIME --who WHO --reason REASON"""
    parser.add_argument("table", help="as `etl check` names the line, such as documents")
    parser.add_argument("number", type=int, help="the line's number in it")
    parser.add_argument(
        "time", help="Kyiv time such as 2026-01-20T10:00, or with an offset: 2026-01-20T08:00Z"
    )
    parser.add_argument("--who", required=True, help="the person who knows")
    parser.add_argument("--reason", required=True, help="how they know")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Stores the time (UTC) and publishes.

    Raises LookupError if there is no such line, ValueError if the time cannot be right.
    """
    ledger = Ledger(store or store_folder())
    time = as_of.read(options.time)
    ledger.set_time(options.table, options.number, time, options.who, options.reason)
    snapshot.publish(ledger)
    print(f"{options.table} {options.number} came on {time} UTC; pages of the past show it so")
    return 0
