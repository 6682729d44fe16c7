"""python -m etl serve: starts the dashboard, and first loads figures into an empty store."""

import argparse
from pathlib import Path

from etl.serve import ADDRESS, serve
from impact.store.ledger import Ledger, store_folder

HELP = "serve the dashboard, on this machine alone unless another address is given"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [--port PORT] [--address ADDRESS]"""
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument(
        "--address",
        default=ADDRESS,
        help=f"where to listen; at any other address than {ADDRESS} the server is read-only",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Serves until it is stopped. Returns the exit code of the server."""
    return serve(Ledger(store or store_folder()), options.port, options.address)
