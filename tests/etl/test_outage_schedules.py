"""Schedules of power cuts: hours by plan, of four files, and what holds of them."""

import json
import tomllib
from pathlib import Path

import pytest

from etl import source
from etl.source import DATA
from etl.sources.outage_schedules import EARLIER, parse
from impact.model import speakers
from impact.model.indicators import INDICATORS
from impact.model.places import find

RECORDED = Path(__file__).parent / "recorded" / "outage_schedules"
# File -> its figures: place, day, fewest and most hours, when the plan held, note.
READ = {
    "dtek": [
        ("UA32", "2031-01-05", 3.5, 8, "2031-01-05T13:51",
         "hours by group: 1.1 3.5; 1.2 4.5; 1001.1 8 and perhaps 1 more"),
    ],
    "collection": [
        ("UA23", "2031-01-05", 4, 5, "2031-01-05T00:02", "hours by group: 1.1 5; 1.2 4"),
    ],
    "yasno": [
        ("UA80", "2031-01-05", 3.5, 8, "2031-01-05T13:40", "hours by group: 1.1 3.5; 1.2 8"),
    ],
    "lvivoblenergo": [
        ("UA46", "2031-01-05", 0.5, 5.5, "2031-01-05T12:38", "hours by group: 1.1 5.5; 1.2 0.5"),
    ],
}  # fmt: skip
# File -> why its other days give nothing.
REFUSED = {
    "dtek": ["unknown word"],
    "collection": [],
    "yasno": ["not published yet"],
    "lvivoblenergo": [EARLIER, EARLIER, "ends as it begins"],
}
each_form = pytest.mark.parametrize("form", READ)


def recorded(form: str) -> dict:
    return json.loads((RECORDED / f"{form}.json").read_text(encoding="utf-8"))


def parsed(reply: dict):
    return parse(json.dumps(reply).encode())


@each_form
def test_the_hours_of_the_last_edition_of_a_day_are_read(form):
    found = [
        (each.place, each.date, each.value, each.value_high, each.as_of, each.note)
        for each in parsed(recorded(form)).figures
    ]
    assert found == READ[form]


@each_form
def test_a_day_whose_schedule_does_not_hold_gives_nothing_and_says_why(form):
    reasons = [each.reason for each in parsed(recorded(form)).refused]
    assert len(reasons) == len(REFUSED[form])
    assert all(part in reason for part, reason in zip(REFUSED[form], reasons, strict=True))


@each_form
def test_a_plan_is_no_loss_of_power(form):
    for each in parsed(recorded(form)).figures:
        assert (each.indicator, each.cause, each.status) == ("planned_cuts", "planned", "")
        assert INDICATORS[each.indicator].group == ""


@pytest.mark.parametrize(
    ("place", "operator"), [("", "Zaporizhzhiaoblenergo"), ("Kyiv", "DTEK"), ("Kherson Oblast", "")]
)
def test_who_planned_the_cuts_of_a_place_is_named_where_it_is_known(place, operator):
    (figure,) = parsed(recorded("collection") | ({"place": place} if place else {})).figures
    assert (figure.attributed_to, figure.publisher) == (operator, operator)
    assert figure.url.startswith("https://") == (operator == "DTEK")


def test_every_operator_is_a_speaker_with_a_role():
    tables = tomllib.loads((DATA / "schedules.toml").read_text(encoding="utf-8"))
    assert {find(place).pcode for place in tables["regions"].values()} <= set(tables["operators"])
    roles = {speakers.identify(name, pcode).role for pcode, name in tables["operators"].items()}
    assert roles == {"operator"}


def test_emergency_cuts_are_no_schedule():
    reply = recorded("yasno")
    reply["1.2"]["today"]["status"] = "EmergencyShutdowns"
    found = parsed(reply)
    assert found.figures == []
    assert "emergency" in found.refused[0].reason


def test_groups_that_are_all_cut_alike_give_one_number():
    reply = recorded("yasno")
    reply["1.1"] = reply["1.2"]
    (figure,) = parsed(reply).figures
    assert (figure.value, figure.value_high) == (8, None)


def test_a_later_edition_replaces_the_earlier_of_the_same_day():
    reply = recorded("yasno")
    earlier = parsed(reply).figures[0]
    reply["1.1"]["today"]["slots"][1]["end"] = 720
    later = parsed(reply).figures[0]
    assert earlier.source_key == later.source_key and earlier.figure_id != later.figure_id


def without(form: str, *path: str) -> dict:
    reply = recorded(form)
    inner = reply
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    return reply


@pytest.mark.parametrize(
    ("reply", "sentence"),
    [
        (without("dtek", "regionId"), '"place"'),
        (without("yasno", "place"), '"place"'),
        (without("dtek", "fact", "data"), "“data”"),
        (without("dtek", "fact", "update"), "“update”"),
        (without("yasno", "1.1", "today", "status"), "“status”"),
        (without("yasno", "1.1", "tomorrow"), "tomorrow"),
        (without("lvivoblenergo", "hydra:member"), "“1.1”"),
        ({"hydra:member": []}, "“rawHtml”"),
        (recorded("dtek") | {"fact": {"data": [], "update": "24.07.2026 08:30"}}, "none is in"),
        ({"place": "Kyiv", "1.1": {"today": {"slots": []}}}, "“date”"),
        ({"place": "Kyiv", "1.1": []}, "1.1"),
        ([], "“fact”"),
    ],
)
def test_a_reply_that_is_not_what_it_was_is_told_in_a_sentence(reply, sentence):
    with pytest.raises(ValueError, match=sentence):
        parsed(reply)


def test_a_place_that_we_do_not_have_is_refused():
    (refused, *_) = parsed(recorded("yasno") | {"place": "Atlantis"}).refused
    assert refused.reason == "no place of ours"


def test_the_source_says_how_to_get_the_file():
    assert "--file" in source.get("outage_schedules").__doc__
