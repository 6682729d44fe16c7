"""Renewing summaries: what a head says of parts fits what its SQL reads."""

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact import summaries
from impact.store import database, snapshot_files
from impact.summaries import exchange, renewal
from tests.impact.store.test_stepwise import BASELINES, anything_of

KEYS = st.lists(st.tuples(st.sampled_from(["a", "b", "it's"]), st.dates()))

IN_PARTS = [name for name, text in summaries.texts().items() if renewal.parts(text)]
OF_FIGURES = [name for name, text in summaries.texts().items() if summaries.of(text)]


@pytest.mark.parametrize("name", IN_PARTS)
def test_a_summary_in_parts_says_by_which_columns_it_reads_the_figures(name):
    text = summaries.texts()[name]
    bare = re.sub(r"--.*", "", text)
    reads = bool(re.search(rf"\b(?:FROM|JOIN)\s+(?:figures|{summaries.LEADING})\b", bare))
    assert ("figures" in renewal.parts(text).sources) == reads


@pytest.mark.parametrize("name", IN_PARTS)
def test_the_sources_of_a_part_are_read_by_as_many_columns_as_it_has(name):
    parts = renewal.parts(summaries.texts()[name])
    assert {len(each) for each in parts.sources.values()} <= {len(parts.columns), 0}
    assert set(parts.sources) <= {"figures", *summaries.after(summaries.texts()[name])}


def test_a_head_without_parts_names_none():
    assert renewal.parts("-- After:  daily\nSELECT 1") is None
    assert renewal.parts("-- By:     day: daily (day)\nSELECT 1") == (["day"], {"daily": ("day",)})


def reads_figures(text):
    bare = re.sub(r"--.*", "", text)
    return bool(re.search(rf"\b(?:FROM|JOIN)\s+(?:figures|{summaries.LEADING})\b", bare))


@pytest.mark.parametrize("name", summaries.texts())
def test_a_summary_says_which_figures_it_reads(name):
    text = summaries.texts()[name]
    assert bool(summaries.of(text)) == reads_figures(text)


@pytest.mark.parametrize("name", OF_FIGURES)
def test_a_summary_reads_no_other_figures_than_its_head_says(name, shown):
    reader = shown(*BASELINES, *anything_of(7, 250))
    text = summaries.texts()[name]
    alone = f"""
        WITH figures AS MATERIALIZED (
            SELECT own.* FROM main.figures AS own JOIN model.indicators USING (indicator)
            WHERE {summaries.of(text)}
        ), {summaries.LEADING} AS ({summaries.leading("figures")})
        FROM ({text})"""
    rows, some = (
        reader.query(f"SELECT count(*) AS rows, sum(hash(each)) AS all FROM ({query}) AS each")
        for query in (f"FROM {name}", alone)
    )
    assert rows["rows"][0] > 0 and some.equals(rows)


@pytest.mark.parametrize("name", summaries.texts())
def test_what_is_asked_of_figures_that_went_is_kept_of_them(name):
    text = summaries.texts()[name]
    columns = set(re.findall(r"\w+", snapshot_files.SCHEMA["figures"]))
    words = set(re.findall(r"\w+", re.sub(r"'[^']*'", "", summaries.of(text)))) & columns
    within = renewal.parts(text)
    words |= {*(within.sources.get("figures", ()) if within else ())}
    words |= {*(summaries.after(text).get("figures") or ())}
    assert words <= set(renewal.ASKED)


@given(KEYS, KEYS.filter(bool))
def test_a_row_is_among_keys_where_all_of_its_columns_are_those_of_one(rows, keys):
    rows = rows + keys
    with contextlib.closing(database.in_memory()) as connection:
        connection.execute("CREATE TABLE held (area VARCHAR, day DATE)")
        connection.executemany("INSERT INTO held VALUES (?, ?)", rows)
        chosen = exchange.among(["area", "day"], keys)
        found = connection.execute(f"FROM held WHERE {chosen}").fetchall()
    assert sorted(found) == sorted(row for row in rows if row in keys)
