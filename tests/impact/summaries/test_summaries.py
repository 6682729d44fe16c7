"""The folder of summaries: every file says what it is, and a snapshot holds them all."""

import re

import pytest

from impact import summaries
from impact.store import snapshot_files
from impact.store.reader import HeldReader
from tests import made


@pytest.mark.parametrize("name", summaries.texts())
def test_a_summary_says_what_a_row_is_its_unit_its_rule_and_its_order(name):
    head = summaries.texts()[name].split("SELECT")[0].split("WITH")[0]
    for word in ("A row:", "Unit:|Rule:", "Rule:", "After:"):
        assert re.search(rf"^-- ({word})", head, re.MULTILINE), word


@pytest.mark.parametrize("name", summaries.texts())
def test_a_summary_reads_only_what_it_names(name):
    """So that the order of the files is never luck."""
    text = summaries.texts()[name]
    bare = re.sub(r"--.*", "", text)
    named = set(summaries.texts()) & set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", bare))
    made_here = set(re.findall(r"(\w+) AS \(", bare))
    assert named - made_here - {name} <= set(summaries.after(text))


def test_held_figures_have_the_same_summaries_as_a_snapshots_file(shown):
    reader = shown(made.toll(5), made.toll(7, place=made.DNIPRO), made.figure())
    tables = {name: reader.query(f"FROM {name}") for name in snapshot_files.SCHEMA}
    held = HeldReader(tables, made.dates.now())
    for name in summaries.texts():
        query = f"SELECT count(*) AS rows, sum(hash(each)) AS all FROM {name} AS each"
        assert held.query(query).equals(reader.query(query)), name
