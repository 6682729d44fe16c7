"""The rows that were drawn at random and looked up again, and what their README says of them."""

import csv
import math
from collections import Counter

import pytest

from etl.sources import curated

README = (curated.FOLDER / "README.md").read_text(encoding="utf-8")
FOUND = {"yes", "elsewhere", "changed", "no"}
COMPARED = ("value", "place", "day", "status")
Z = 1.959964  # of 95 %


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = {row["id"]: row for path in curated.TABLES for row in rows_of(path)}
SAMPLES = sorted((curated.FOLDER / "checks").glob("*.csv"))
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


def test_a_sample_is_there():
    assert SAMPLES


@each_sample
def test_every_drawn_row_stands_in_the_tables_once(path):
    ids = [row["id"] for row in rows_of(path)]
    assert len(ids) == len(set(ids)) == 60
    assert set(ids) <= ROWS.keys()


@each_sample
def test_a_row_is_called_right_only_with_the_page_that_says_so(path):
    for row in rows_of(path):
        own = row["page"] == ROWS[row["id"]]["url"]
        assert row["found"] in FOUND
        assert own == (row["found"] == "yes")
        assert bool(row["page"]) == (row["found"] in ("yes", "elsewhere"))
        told = {name: row[name] for name in COMPARED if row[name]}
        assert set(told.values()) <= {"right", "wrong"}
        assert bool(told) == (row["found"] != "no")


@each_sample
def test_the_readme_gives_the_counts_and_the_interval_of_the_sample(path):
    rows = rows_of(path)
    assert f"`checks/{path.name}`" in README
    counted = Counter(row["found"] for row in rows)
    wrong = Counter(row["found"] for row in rows if "wrong" in [row[name] for name in COMPARED])
    own, all_ = counted["yes"], counted["yes"] + counted["elsewhere"]
    assert f"| {own} | {wrong['yes']} |" in README
    assert f"{upper(wrong['yes'], own):.1%}".replace("%", " %") in README
    assert f"{upper(wrong['yes'] + wrong['elsewhere'], all_):.1%}".replace("%", " %") in README
    assert f"| no page was found | {counted['no']} |" in README


def upper(wrong: int, of: int) -> float:
    """The upper end of Wilson's interval."""
    share = wrong / of
    middle = share + Z**2 / (2 * of)
    half = Z * math.sqrt(share * (1 - share) / of + Z**2 / (4 * of**2))
    return (middle + half) / (1 + Z**2 / of)
