"""What holds of a store in a folder holds of a shared one: its tests pass with either engine."""

import os
import re
import subprocess
import sys

import pytest

pytest.importorskip("psycopg")

from tests import combining
from tests.shared import postgres
from tests.shared.office import ROOT

STORE = "tests/impact/store"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tests", "many"),
    [(f"{STORE}/test_states.py", 35), pytest.param(STORE, 300, marks=combining.full_only)],
)
def test_tests_of_stores_pass_with_a_shared_one_behind_each_folder(tests, many):
    if not postgres.binaries():
        pytest.skip(postgres.MISSING)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-v", "-n0", "-p", "no:cacheprovider", tests],
        cwd=ROOT, env={**os.environ, "TEST_ENGINE": "shared"}, capture_output=True, text=True,
    )  # fmt: skip
    said = re.search(r"(\d+) passed", run.stdout)
    assert run.returncode == 0 and said and int(said[1]) >= many, run.stdout[-4000:]
    assert "skipped" not in run.stdout
