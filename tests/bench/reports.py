"""How fast reports are read, on one core, and what the machine does beside it."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path
from statistics import median

from etl.reports.opening.files import open_file
from etl.reports.opening.sandbox import open_safely
from etl.reports.reader import read
from tests import accuracy
from tests.bench.clock import line, memory, took, worked
from tests.pages.driving import ROOT

RUNS = 5


def imports() -> None:
    """What a process takes before it does anything."""
    for module in ("streamlit", "impact.charts", "dashboard"):
        command = [sys.executable, "-c", f"import {module}"]
        run = partial(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
        line(f"start Python and import {module}", median(took(run) for _ in range(3)))


def reading(folder: Path) -> None:
    """The report reader on one core, beside opening the same texts and a loop for comparison."""
    texts = [
        (report["text"], report.get("published") or "")
        for report in accuracy.reports(["reports.jsonl", "written_en.jsonl", "written_uk.jsonl"])
    ]
    size = sum(len(text) for text, _ in texts)
    adding = worked(lambda: sum(range(20_000_000)))
    line("this machine: adding up 20 million numbers", adding)
    read(*texts[0])
    seconds = min(worked(lambda: [read(*text) for text in texts]) for _ in range(RUNS))
    line(f"read {len(texts)} reports", seconds, f"{size / 2000 / seconds:,.0f} of 2,000 letters/s")
    html = [f"<html><body><article><p>{text}</p></article></body></html>" for text, _ in texts]
    bare = worked(lambda: [open_file(page.encode(), "report.html") for page in html])
    line("extract the same texts from HTML", bare, f"reading takes {seconds / bare:.1f}×")
    pdf = (ROOT / "tests/etl/reports/recorded/we018.pdf").read_bytes()
    line("open a PDF of a page in the sandbox", took(lambda: open_safely(pdf, "we018.pdf")))
    report = folder / "report.jsonl"
    report.write_text(json.dumps({"n": 1, "text": "", "published": ""}), encoding="utf-8")
    command = [sys.executable, "-m", "etl", "read", "--jsonl", str(report)]
    run = partial(subprocess.run, command, cwd=ROOT, check=True, capture_output=True)
    line("start `etl read` and read nothing", median(took(run) for _ in range(RUNS)))
    many = folder / "many.jsonl"
    with many.open("w", encoding="utf-8") as file:
        for number in range(1000):
            text, day = texts[number % len(texts)]
            file.write(json.dumps({"n": number, "text": text, "published": day}) + "\n")
    probe = (
        "import resource, sys; from etl.__main__ import main; "
        f"main(['read', '--jsonl', {str(many)!r}]); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, check=True, capture_output=True)
    memory("after reading 1,000 reports", int(done.stderr) / 1024)
