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


def test_held_figures_have_the_same_summaries_as_a_snapshots_file(publish):
    reader = publish(made.toll(5), made.toll(7, place=made.DNIPRO), made.figure())
    tables = {name: reader.query(f"FROM {name}") for name in snapshot_files.SCHEMA}
    held = HeldReader(tables, made.dates.now())
    for name in summaries.texts():
        query = f"SELECT count(*) AS rows, sum(hash(each)) AS all FROM {name} AS each"
        assert held.query(query).equals(reader.query(query)), name


def equal_numbers():
    """Figures between which nothing but unit, status, bound and place decides."""
    power = [
        made.figure(
            indicator="power_outage",
            **{"value": 9_000, "unit": unit, "status": status, "place": place, "bound": bound},
        )
        for unit in ("customers", "households", "people")
        for status in ("lost", "without")
        for place in (made.KYIV, made.DNIPRO, made.KHARKIV)
        for bound in ("exact", "at_least")
    ]
    return [*power, *(made.toll(5, place=place) for place in (made.KYIV, made.DNIPRO))]


@pytest.mark.slow
@pytest.mark.asks_much
@pytest.mark.parametrize("name", summaries.texts())
def test_a_summary_is_the_same_in_whatever_order_the_figures_stand(name, shown):
    """Among equal numbers nothing is taken by chance: a page would say another unit each time."""
    reader = shown(*equal_numbers())
    told = {str(reader.query(shuffled(name, seed))["rows"][0]) for seed in range(8)}
    assert len(told) == 1


def shuffled(name, seed):
    """A summary's rows, hashed, from tables whose rows stand in any order."""
    among = ", ".join(
        f"{each} AS MATERIALIZED (FROM main.{each} AS own ORDER BY hash(own, {seed}))"
        for each in {"figures", "doubts", *summaries.after(summaries.texts()[name])}
    )
    return f"""
        WITH {among}, {summaries.LEADING} AS ({summaries.leading("figures")})
        SELECT coalesce(sum(hash(each)), 0) AS rows FROM ({summaries.texts()[name]}) AS each"""
