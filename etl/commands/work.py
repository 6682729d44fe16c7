"""python -m etl work: reads what people have brought, beside the servers of one store."""

import argparse
import signal
import threading
from pathlib import Path
from types import FrameType

from etl.reports.intake import intake
from impact.store.ledger import store_folder

HELP = "read reports that were received, without serving pages, until it is stopped"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Reads until it is stopped, as an ordinary end of the process. What it was reading then is
    read by whoever looks next."""
    folder = store or store_folder()
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop)
    intake(str(folder))
    print("reading what is received (stop with Ctrl-C)", flush=True)
    stopped.wait()
    return 0
