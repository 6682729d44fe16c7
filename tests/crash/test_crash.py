"""Whatever is killed and whenever: what was acknowledged is there once, whole, and goes on."""

import random
import sys

import pytest

from tests.combining import ALL
from tests.crash import clients, damaging, failing, killing, powerless

pytestmark = pytest.mark.slow

KILLS, ROUNDS, CALLS, CUTS, DAMAGES = (4, 4, 20, 20, 60) if ALL else (1, 1, 1, 1, 5)
# A library is loaded before the system's own, see failing.c.
LOADED = pytest.mark.skipif(
    not (sys.platform == "linux" and failing.compiler()), reason="needs Linux and a C compiler"
)
FILES = ["week.docx", "tolls.csv", "звіт.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_nothing_acknowledged_is_lost_half_stored_or_stored_twice(tmp_path):
    found = killing.run(KILLS, random.randrange(10**6), tmp_path, FILES)
    assert found.problems == [], str(found)
    assert found.kills == KILLS


def test_ten_clients_with_the_same_file_at_the_same_moment_bring_one_document(tmp_path):
    assert clients.rounds(ROUNDS, tmp_path) == []


def test_a_store_that_is_damaged_anywhere_shows_what_was_published_or_says_so(tmp_path):
    said, *problems = damaging.run(tmp_path, DAMAGES, random.randrange(10**6))
    assert problems == [], said
    assert said.startswith(f"{DAMAGES} damages")


@LOADED
def test_whichever_call_fails_or_is_the_last_nothing_acknowledged_is_lost(tmp_path):
    said, *problems = failing.run(tmp_path, CALLS, random.randrange(10**6))
    assert problems == [], said
    assert f"{CALLS} tried" in said


@LOADED
def test_whenever_the_power_is_cut_nothing_acknowledged_is_lost(tmp_path):
    said, *problems = powerless.run(tmp_path, CUTS, random.randrange(10**6))
    assert problems == [], said
    assert said.startswith(f"{CUTS} cuts")
