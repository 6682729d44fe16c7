"""python -m etl check: looks for damage in the store."""

import argparse
from pathlib import Path

from impact.store import condition
from impact.store.ledger import Ledger, store_folder

HELP = "verify the store and say what is wrong and which command mends it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: none."""


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Prints every problem. Returns 1 if there is one, or if nothing was ever stored."""
    ledger = Ledger(store or store_folder())
    if not ledger.lived:
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    problems = condition.problems(ledger)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "the store is sound")
    return 1 if problems else 0
