"""Figures that are checked as columns: the same that Figure takes one by one, with the same ids."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from impact.model.distinct import Distinct
from impact.model.figure import NAMES, Figure
from impact.model.figures import OWN, Figures, sound
from impact.store import figure_ids
from impact.store.ledger import Ledger
from tests.made import figure

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from(
    ["", "it's", 'so "called"', "'\"", "\\", "a\nb", "Київ", "https://example.org/1"]
)
# Field -> cells, sound ones and others.
CELLS = {
    "indicator": st.sampled_from(["heating_loss", "killed", "temperature", "rain"]),
    "value": st.sampled_from([0.0, -0.0, 5, 5.5, -3.0, 1e16, 1e22, 1e-7, float("nan"), None]),
    "value_high": st.sampled_from([None, None, 6.0, 4.0, float("inf")]),
    "bound": st.sampled_from(["exact", "about", "unstated", "maybe"]),
    "unit": st.sampled_from(["buildings", "people", "celsius", ""]),
    "people": st.sampled_from(["all", "children", ""]),
    "place": st.sampled_from(["UA80", "UA63", "Atlantis"]),
    "date": st.sampled_from(["2026-01-24", "2026-01", "2026-02-30", ""]),
    "as_of": st.sampled_from(["", "2026-01-24T18:00", "evening"]),
    "moment": st.sampled_from(["", "evening", "noonish"]),
    "status": st.sampled_from(["", "lost", "gone"]),
    "cause": st.sampled_from(["strike", "", "rain"]),
    "published": st.sampled_from(["", "2026-01-24", "2026", "soon"]),
    "quote": st.sampled_from(["", "abc"]),
    "start": st.sampled_from([None, 0, -1]),
    "end": st.sampled_from([None, 3, 9]),
    "dubious": st.booleans(),
    "attributed_to": TEXTS,
} | {name: TEXTS for name in OWN}
# What is sound in most rows, so that some are sound in all fields.
SOUND = {
    "indicator": "heating_loss", "value": 500.0, "unit": "buildings", "place": "UA80",
    "date": "2026-01-24", "status": "lost",
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries({}, optional=CELLS).map(lambda row: SOUND | row), min_size=1)


def columns(rows: list[dict]) -> dict:
    """The rows' cells as columns, those of fields that a row lacks with the default."""
    default = {each: getattr(figure(**SOUND), each) for each in NAMES} | {"publisher": ""}
    default |= {"published": "", "source": ""}
    found = {}
    for name in NAMES:
        cells = [row.get(name, default[name]) for row in rows]
        texts = [repr(cell) for cell in cells]
        values = dict(zip(texts, cells, strict=True))
        numbers = {text: number for number, text in enumerate(values)}
        distinct = Distinct(list(values.values()), np.array([numbers[text] for text in texts]))
        found[name] = pa.array(cells, pa.string()) if name in OWN else distinct
    return found


def alone(row: dict) -> Figure | None:
    try:
        return Figure(**row)
    except ValueError:
        return None


@pytest.fixture(scope="module")
def ledger_of_ids(tmp_path_factory):
    return Ledger(tmp_path_factory.mktemp("ids"))


@given(ROWS)
@settings(max_examples=60, deadline=None)
def test_columns_are_sound_where_a_figure_is_and_have_its_id(ledger_of_ids, rows):
    fields, one_by_one = columns(rows), [alone(row) for row in rows]
    which = sound(fields)
    assert which.tolist() == [each is not None for each in one_by_one]
    figures = Figures()
    figures.add(fields, which, {})
    expected = [each for each in one_by_one if each is not None]
    assert figures == expected
    told = figure_ids.identified(figures.table()).table["figure_id"].to_pylist()
    assert told == list(dict.fromkeys(each.figure_id for each in expected))


def test_a_figure_that_was_made_alone_stands_where_its_row_stood(store):
    fields = columns([SOUND, SOUND | {"place": "Atlantis"}, SOUND | {"value": 7.0}])
    figures = Figures([figure(value=1.0)])
    figures.add(fields, sound(fields), {1: figure(value=6.0)})
    figures.append(figure(value=8.0))
    assert [each.value for each in figures] == [1.0, 500.0, 6.0, 7.0, 8.0]
    assert (len(figures), figures[-1].value) == (5, 8.0)
    told = figure_ids.identified(figures.table()).table["figure_id"].to_pylist()
    assert told == [each.figure_id for each in figures]
