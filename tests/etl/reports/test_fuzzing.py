"""Spoiled files of every format are read or refused; nothing in them was not foreseen."""

import random

import pytest

from tests import fuzzing
from tests.combining import ALL

FILES = 200 if ALL else 12


@pytest.mark.slow
def test_a_spoiled_file_is_read_or_refused_with_a_reason():
    seed = random.randrange(10**6)
    ours = [
        (name, content)
        for what, name, content in fuzzing.run(lambda number: number == FILES, seed)
        if what == fuzzing.OURS
    ]
    assert ours == [], f"seed {seed}"


def test_every_format_that_may_be_brought_is_spoiled():
    endings = {name.rpartition(".")[2] for name, _ in fuzzing.seeds()}
    assert {"pdf", "docx", "html", "txt", "eml", "csv", "xlsx", "zip"} <= endings


def test_a_seed_gives_the_same_faults_again():
    content = b"In Kharkiv 5 people were killed." * 9
    one, other = (fuzzing.spoiled(content, random.Random(7)) for _ in range(2))
    assert one == other != content
