"""python -m etl bring: brings the reports of a ReliefWeb reply into the inbox, for review."""

import argparse
from pathlib import Path

from etl.fetching import FOLDER, Fetcher
from etl.named_files import to_read
from etl.reliefweb import Report, reports
from etl.reports import intake
from impact.store import inbox
from impact.store.ledger import Ledger, store_folder

HELP = "bring the reports of a ReliefWeb API reply into the inbox; a person decides about each"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FILE or ADDRESS [--who NAME]"""
    parser.add_argument(
        "reply", type=_reply, metavar="FILE|ADDRESS", help="a saved reply, or its address"
    )
    parser.add_argument("--who", default="etl bring", metavar="NAME", help="who brings them")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Prints a line a report. Returns 1 if one could not be brought. Publishes nothing.

    Raises ValueError or OSError with a sentence where there is no whole reply: then nothing is
    brought.
    """
    ledger = Ledger(store or store_folder())
    lines = [_bring(ledger, each, options.who) for each in _reports(ledger, options.reply)]
    for line, _ in lines:
        print(line, flush=True)
    print("figures of reports wait on the page Review; nothing is published yet")
    return 0 if all(brought for _, brought in lines) else 1


def _reply(text: str) -> str | Path:
    return text if text.startswith(("http://", "https://")) else to_read(text)


def _reports(ledger: Ledger, reply: str | Path) -> list[Report]:
    if isinstance(reply, Path):
        return reports(reply.read_bytes())
    fetcher = Fetcher(ledger.folder / FOLDER)
    try:
        return reports(fetcher.get(reply))
    except ValueError:
        fetcher.forget(reply)
        raise


def _bring(ledger: Ledger, report: Report, who: str) -> tuple[str, bool]:
    """What became of a report, and whether it is in the inbox."""
    if report.unfit:
        return f"{report.name}: {report.unfit}", False
    upload, new = inbox.receive(
        ledger,
        report.content,
        report.name,
        who,
        published=report.published,
        publisher=report.publisher,
        url=report.url,
    )
    if not new:
        return f"{report.name}: brought before on {upload.received_at} UTC", True
    parts = intake.read_upload(ledger, upload)
    figures = sum(len(part.figures) for part in parts)
    return f"{report.name}: received and read, {figures} figures wait for review", True
