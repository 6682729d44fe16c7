"""Threads beside the pages: Python ends after them, and never in the midst of a query."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.combining import ALL

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
# A thread that hardly does anything but ask the ledger, when the main one is done.
BUSY = """
import sys, time
from etl.reports import intake
from impact.store.ledger import Ledger
intake.PATIENCE = 0
ledger = Ledger(sys.argv[1])
ledger.table("uploads")
threads = [intake.Intake(ledger) for _ in range(3)]
time.sleep(0.3)
"""


def test_python_ends_well_while_threads_work_on_a_store(tmp_path):
    for _ in range(3 if ALL else 1):
        run = subprocess.run(
            [sys.executable, "-c", BUSY, str(tmp_path)], cwd=ROOT, capture_output=True, timeout=60
        )
        assert run.returncode == 0, run.stderr[-500:]
