"""python -m etl read: prints the figures that reports state, each with its quote."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from etl.named_files import to_read
from etl.reports.model.document import Document
from etl.reports.model.reading import Reading
from etl.reports.opening import refusals
from etl.reports.opening.refusals import Refusal
from etl.reports.opening.sandbox import open_safely
from etl.reports.reader import read, read_document
from impact.model import dates, language
from impact.model.figure import UNSTATED, Figure
from impact.model.places import PLACES

HELP = "print the figures of reports with their quotes"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FILE… [--published DATE] [--json], or --jsonl REPORTS.jsonl"""
    parser.add_argument("files", nargs="*", type=to_read, metavar="FILE")
    parser.add_argument(
        "--published", default="", metavar="DATE", help="ISO day of publication, if it is known"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a document")
    parser.add_argument(
        "--jsonl",
        type=to_read,
        metavar="REPORTS.jsonl",
        help="read lines with n, text and published; print n and figures, a line each",
    )


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Reads files, or lines of JSON. Stores nothing. Returns 1 if a file was refused.

    Raises ValueError if no file is named, or for a day of publication that is none.
    """
    if options.jsonl:
        for line in read_lines(options.jsonl.read_text(encoding="utf-8").splitlines()):
            print(json.dumps(line, ensure_ascii=False))
        return 0
    if not options.files:
        raise ValueError("which report? python -m etl read FILE…")
    if options.published:
        dates.recordable(options.published)
    refused = False
    for path in options.files:
        for opened in open_safely(path.read_bytes(), path.name):
            if isinstance(opened, Refusal):
                refused = True
                sentence = refusals.refused(refusals.coded(opened), language.words("en"))
                print(f"{opened.name}: {sentence}", file=sys.stderr)
                continue
            reading = read_document(opened, options.published)
            if options.json:
                print(json.dumps(_as_json(opened, reading), ensure_ascii=False))
            else:
                print(*_lines_of(opened, reading), sep="\n")
    return 1 if refused else 0


def read_lines(lines: Iterable[str]) -> Iterator[dict]:
    """For each line of JSON with n, text and published, an object with n and figures."""
    for line in filter(str.strip, lines):
        report = json.loads(line)
        reading = read(report["text"], report.get("published") or "")
        yield {
            "n": report.get("n"),
            "figures": [as_label(each.figure) for each in reading.figures],
        }


def as_label(figure: Figure) -> dict:
    """A figure in the form of the labelled reports (tests/reports/README.md)."""
    return {
        "indicator": figure.indicator,
        "value": "" if figure.value is None else _plain(figure.value),
        "value_high": "" if figure.value_high is None else _plain(figure.value_high),
        "bound": figure.bound,
        "unit": figure.unit,
        "group": figure.people,
        "place": PLACES[figure.place].name_en,
        "date": figure.date,
        "as_of": figure.as_of,
        "status": figure.status,
        "cause": figure.cause,
        "period": figure.period,
        "attributed_to": figure.attributed_to,
        "quote": figure.quote,
        "start": figure.start,
        "end": figure.end,
    }


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _as_json(document: Document, reading: Reading) -> dict:
    return {
        "name": document.name,
        "language": reading.language,
        "notes": list(document.notes),
        "figures": [
            as_label(each.figure)
            | {"position": each.figure.position, "trail": dict(each.trail), "guess": each.guess}
            for each in reading.figures
        ],
        "unplaced": [
            {"quote": each.quote, "start": each.start, "end": each.end, "lacks": each.lacks}
            for each in reading.unplaced
        ],
        "left_out": [
            {"text": document.text[each.start : each.end], "reason": each.reason}
            for each in reading.left_out
        ],
        "refused": [{"position": each.position, "reason": each.reason} for each in reading.refused],
    }


def _lines_of(document: Document, reading: Reading) -> Iterator[str]:
    """What was read from a document, as lines for people."""
    yield (
        f"{document.name}: {len(reading.figures)} figures, {len(reading.unplaced)} unplaced, "
        f"{len(reading.left_out)} numbers left out, {len(reading.refused)} rows refused"
    )
    for note in (*document.notes, *(f"unread:{each}" for each in reading.unread)):
        yield f"  note: {refusals.noted(note, language.words('en'))}"
    for each in reading.figures:
        yield from _figure_lines(each.figure)
        if each.guess:
            yield f"      a guess from words: {'; '.join(each.guess)}"
    for passage in reading.unplaced:
        yield f"  ? lacks {', '.join(passage.lacks)}: “{' '.join(passage.quote.split())}”"
    for row in reading.refused:
        yield f"  - {row.position}: {row.reason}"


_BOUNDS = {
    "exact": "",
    "at_least": "at least ",
    "at_most": "at most ",
    "about": "about ",
    UNSTATED: "",
}


def _figure_lines(figure: Figure) -> Iterator[str]:
    value = "no number given" if figure.value is None else f"{figure.value:,.15g}"
    if figure.value_high is not None:
        value += f" to {figure.value_high:,.15g}"
    people = "" if figure.people == "all" else f" ({figure.people})"
    said = f", {figure.attributed_to}" if figure.attributed_to else ""
    what = " ".join(filter(None, [figure.indicator.replace("_", " "), figure.status]))
    where = PLACES[figure.place].name_en
    yield (
        f"  {figure.date}  {where}  {what}: {_BOUNDS[figure.bound]}{value} "
        f"{figure.unit}{people}{said}"
    )
    position = f"  ({figure.position})" if figure.position else ""
    yield f"      “{' '.join(figure.quote.split())}”{position}"
