"""Whatever is killed and whenever: what was acknowledged is there once, whole, and goes on."""

import random
import sys

import pytest

from tests.combining import ALL
from tests.crash import clients, killing

pytestmark = pytest.mark.slow

KILLS, ROUNDS = (4, 4) if ALL else (2, 2)
FILES = ["week.docx", "tolls.csv", "звіт.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_nothing_acknowledged_is_lost_half_stored_or_stored_twice(tmp_path):
    found = killing.run(KILLS, random.randrange(10**6), tmp_path, FILES)
    assert found.problems == [], str(found)
    assert found.kills == KILLS


def test_ten_clients_with_the_same_file_at_the_same_moment_bring_one_document(tmp_path):
    assert clients.rounds(ROUNDS, tmp_path) == []
