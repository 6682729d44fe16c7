"""python -m etl serve: starts the dashboard, and first loads figures into an empty store."""

import argparse
from pathlib import Path

from etl.serve import ADDRESS, serve
from impact.store.ledger import Ledger, store_folder

LAST_PORT = 65_535
HELP = "serve the dashboard, on this machine alone unless another address is given"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: [--port PORT] [--address ADDRESS]"""
    parser.add_argument("--port", type=_port, default=8501)
    parser.add_argument(
        "--address",
        default=ADDRESS,
        help=f"where to listen; at any other address than {ADDRESS} the server is read-only",
    )


def _port(text: str) -> int:
    """A port of TCP; 0 lets the system choose. Raises ArgumentTypeError for any other text."""
    if text.isascii() and text.isdigit() and int(text) <= LAST_PORT:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: a whole number up to {LAST_PORT}")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Serves until it is stopped: the exit code is the server's."""
    serve(Ledger(store or store_folder()), options.port, options.address)
