"""Renewing summaries: what a head says of parts fits what its SQL reads."""

import re

import pytest

from impact import summaries
from impact.summaries import renewal

IN_PARTS = [name for name, text in summaries.texts().items() if renewal.parts(text)]


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
