"""python -m etl doctor: looks at the set-up of this machine."""

import argparse
from pathlib import Path

from etl import doctor
from etl.doctor.finding import WRONG
from impact.store.ledger import store_folder

HELP = "say what is wrong with the set-up of this machine, and what to do"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Prints a line for each thing that was looked at. Returns 1 if something is wrong."""
    wrong = 0
    for each in doctor.findings(store or store_folder()):
        print(each, flush=True)
        wrong += each.how == WRONG
    return 1 if wrong else 0
