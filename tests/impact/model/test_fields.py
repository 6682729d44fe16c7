"""A figure's fields and what they hold are said in the reader's words."""

import csv

import pytest

from impact.model import fields, language
from impact.model.figure import NAMES
from impact.queries.readings import AMENDMENTS

UKRAINIAN = language.words("uk")


@pytest.mark.parametrize(
    ("field", "held", "shown"),
    [
        ("place", "UA63", "Харківська область"), ("place", "Kharkiv Oblast", "Харківська область"),
        ("place", "Nowhere", "Nowhere"), ("indicator", "killed", "Загиблі"),
        ("date", "2026-01-24", "24 січня 2026 року"), ("cause", "planned", "планове відключення"),
        ("value", 3300.0, "3 300"), ("value_high", None, "–"), ("part", "", "–"),
        ("part", "Baturyn community", "Батуринська громада"),
        ("part", "Shahed", "Shahed"), ("attributed_to", "Ihor Terekhov", "Ihor Terekhov"),
    ],
)  # fmt: skip
def test_what_a_field_holds_is_said_in_the_readers_words(field, held, shown):
    assert fields.shown(field, held, UKRAINIAN).replace("\u00a0", " ") == shown


def test_every_field_that_a_person_or_a_reading_may_change_has_a_name():
    with AMENDMENTS.open(encoding="utf-8-sig", newline="") as file:
        amended = {line["field"] for line in csv.DictReader(file)}
    assert amended <= set(fields.NAMES)
    assert {"place", "date", "value", "unit", "status"} <= set(NAMES) & set(fields.NAMES)
    english = language.words("en")
    for each in fields.NAMES:
        assert fields.name(each, UKRAINIAN) != fields.name(each, english)
