"""The record: what it refuses, what its identity depends on, what derives from it."""

import math
import re
from dataclasses import fields

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from impact.model.figure import CLAIM, COLUMNS, NAMES, Figure, InvalidFigure, rows, sql_columns
from tests.made import figure, toll

INVALID = [
    ("indicator", {"indicator": ""}),
    ("indicator", {"indicator": "heating"}),
    ("unit", {"unit": "people killed"}),
    ("unit", {"unit": "drones"}),
    ("unit", {"unit": ""}),
    ("status", {"status": "broken"}),
    ("place", {"place": "Kyiv"}),
    ("place", {"place": "UA-30"}),
    ("place", {"place": ""}),
    ("value", {"value": math.nan}),
    ("value", {"value": math.inf}),
    ("value", {"value": -1.0}),
    ("value", {"value": "500"}),
    ("value", {"value": None}),
    ("value_high", {"value_high": 500.0}),
    ("value_high", {"value_high": 499.0}),
    ("value_high", {"value_high": math.nan}),
    ("value_high", {"value_high": math.inf}),
    ("value_high", {"value_high": "600"}),
    ("bound", {"bound": "roughly"}),
    ("cause", {"cause": "fire"}),
    ("period", {"period": "week"}),
    ("moment", {"moment": "noon"}),
    ("verification", {"verification": "sure"}),
    ("people", {"people": ""}),
    ("date", {"date": ""}),
    ("date", {"date": "24.01.2026"}),
    ("date", {"date": "2026-02-30"}),
    ("date", {"date": "2026-13"}),
    ("date", {"date": "26"}),
    ("date", {"date": "2026-01-24T10:00"}),
    ("date", {"date": "2026-W04-6"}),
    ("published", {"published": "yesterday"}),
    ("published", {"published": "2026-01-24T10:00"}),
    ("as_of", {"as_of": "18:00"}),
    ("as_of", {"as_of": "2026-01"}),
    ("as_of", {"as_of": "2026-01-24T25:00"}),
    ("as_of", {"as_of": "2026-01-24 18:00"}),
    ("as_of", {"as_of": "2026-01-24T18+02"}),
    ("start", {"quote": "500 buildings", "start": 0}),
    ("start", {"quote": "500 buildings", "end": 13}),
    ("start", {"quote": "500 buildings", "start": -1, "end": 12}),
    ("end", {"quote": "500 buildings", "start": 0, "end": 12}),
]


@pytest.mark.parametrize("field, changes", INVALID, ids=str)
def test_a_value_that_breaks_a_rule_is_refused_by_the_name_of_its_field(field, changes):
    with pytest.raises(InvalidFigure) as error:
        figure(**changes)
    assert error.value.field == field
    assert field in str(error.value)


def test_a_status_belongs_to_outages_alone():
    with pytest.raises(InvalidFigure, match="status"):
        toll(status="lost")


def test_only_degrees_go_below_zero():
    frost = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    assert figure(value=-17.5, **frost).value == -17.5


@pytest.mark.parametrize("date", ["2026-01-24", "2026-01", "2026"])
def test_a_date_is_a_day_a_month_or_a_year(date):
    assert figure(date=date).date == date


def test_a_quote_with_its_offsets_is_kept():
    said = figure(quote="500 будинків", start=10, end=22)
    assert (said.start, said.end) == (10, 22)


# One other value that each field may have. A new field wants a line here.
OTHER = {
    "indicator": "water_outage",
    "value": 501.0,
    "value_high": 600.0,
    "bound": "about",
    "unit": "households",
    "people": "children",
    "part": "left bank",
    "place": "UA32",
    "date": "2026-01-25",
    "as_of": "2026-01-24T18:00",
    "moment": "evening",
    "status": "without",
    "cause": "weather",
    "period": "cumulative",
    "attributed_to": "mayor",
    "publisher": "Suspilne",
    "published": "2026-01-25",
    "url": "https://example.org",
    "quote": "500 buildings",
    "position": "row 2",
    "note": "a remark",
    "language": "uk",
    "verification": "confirmed",
    "recalled": True,
    "dubious": True,
    "source": "other",
    "source_key": "2",
}


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"start", "end"}))
def test_another_value_of_any_field_is_another_figure(name):
    assert figure(**{name: OTHER[name]}).figure_id != figure().figure_id


def test_another_stretch_of_the_text_is_another_figure():
    first = figure(quote="500", start=0, end=3)
    assert figure(quote="500", start=9, end=12).figure_id != first.figure_id


# The characters most likely to be taken for a separator, and their absence.
TEXT = st.text(alphabet="a\x1f\x1e\x00|,;\n", max_size=2)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "value": st.sampled_from([1, 1.0, 2, 2.5]),
        "value_high": st.sampled_from([None, 900, 900.0]),
        **dict.fromkeys(["part", "attributed_to", "publisher", "position", "note"], TEXT),
        "recalled": st.booleans(),
    },
)


@given(CHANGES, CHANGES)
@example({"value": 6000}, {"value": 6000.0})
@example({"position": "a\x1fb", "note": ""}, {"position": "a", "note": "b\x1f"})
def test_ids_are_equal_exactly_when_contents_are(one, other):
    first, second = figure(**one), figure(**other)
    assert (first.figure_id == second.figure_id) == (first == second)


@given(CHANGES)
def test_an_id_can_be_read_aloud(changes):
    assert re.fullmatch("F-[A-Z2-7]{12}", figure(**changes).figure_id)


def test_columns_are_the_fields_in_their_order():
    assert tuple(each.name for each in fields(Figure)) == NAMES
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE figures ({sql_columns()})")
        names = connection.execute("SELECT * FROM figures").description
    assert tuple(name for name, *_ in names) == NAMES


def test_a_row_is_the_id_and_then_the_fields():
    said = figure(value=7.0)
    ((identity, *values),) = rows([said])
    assert identity == said.figure_id
    assert Figure(**dict(zip(NAMES, values, strict=True))) == said


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
def test_every_field_has_a_meaning(column):
    assert len(column.metadata["meaning"].split()) > 1


def test_hxl_tags_follow_the_token_rule_and_none_comes_twice():
    tags = [each.metadata["hxl"] for each in COLUMNS if each.metadata["hxl"]]
    token = "[A-Za-z][A-Za-z0-9_]*"
    assert [tag for tag in tags if not re.fullmatch(rf"#{token}(\+{token})*", tag)] == []
    assert len(set(tags)) == len(tags)


def test_what_makes_claims_rivals_are_fields():
    assert set(CLAIM) < set(NAMES)
    assert not {"value", "attributed_to", "publisher", "published", "as_of"} & set(CLAIM)
