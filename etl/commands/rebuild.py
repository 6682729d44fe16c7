"""python -m etl rebuild: everything that follows from ledger and originals, made again."""

import argparse
import shutil
from pathlib import Path

from etl.reports.intake import parts_of
from impact import inbox, published, rereading
from impact.ledger import Ledger, store_folder

HELP = "read every report again and publish again, from the ledger and the originals alone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Says of each report whether it reads as it did; 1 if one does not."""
    ledger = Ledger(store or store_folder())
    if not ledger.exists:
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    differing = 0
    uploads = inbox.uploads(ledger)
    for upload in uploads:
        said = rereading.in_force(ledger, upload.upload_id)
        for told in inbox.differences(ledger, upload, parts_of(ledger, upload, said)):
            differing += 1
            print(told)
    before = published.current(ledger.folder)
    shutil.rmtree(ledger.folder / "published", ignore_errors=True)
    name = published.publish(ledger)
    print(f"{len(uploads)} reports read again, {differing} differ")
    print(f"published {name}: {'identical' if name == before else f'was {before}'}")
    return 1 if differing else 0
