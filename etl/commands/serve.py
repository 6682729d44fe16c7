"""python -m etl serve: the dashboard, with figures in its store."""

import argparse
from pathlib import Path

from etl.serve import serve
from impact.store.ledger import Ledger, store_folder

HELP = "serve the dashboard on this machine's loopback"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """[--port PORT]"""
    parser.add_argument("--port", type=int, default=8501)


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Serves until it is stopped."""
    return serve(Ledger(store or store_folder()), options.port)
