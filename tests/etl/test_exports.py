"""Exports of others: what is read of each, and what is refused."""

from pathlib import Path

import pytest

from etl import source
from impact.model import speakers

RECORDED = Path(__file__).parent / "recorded"
# Source -> the figures of its recorded file: place, day, value, part.
READ = {
    "acled": [
        ("UA63", "2026-01-05", 3, "event UKR900001"),
        ("UA80", "2026-01-06", 2, "event UKR900004"),
    ],
    "ucdp": [("UA63", "2026-01-05", 3, "event 990001")],
    "hapi_idps": [("UA", "2025-04-30", 3_700_000, ""), ("UA63", "2025-04-30", 450_000, "")],
    "insecurity_insight": [
        ("UA", "2026-01-05", 1, "incident 990001"),
        ("UA", "2026-01-05", 2, "incident 990001"),
        ("UA", "2026-01-07", 3, "incident 990004"),
    ],
    "iom_dtm": [("UA71", "2026-01-31", 121_000, ""), ("UA80", "2026-01-31", 333_000, "")],
}
# Source -> why its other rows give no figure.
REFUSED = {
    "acled": ["aimed at civilians", "no fatalities", "not in Ukraine", "no oblast"],
    "ucdp": ["its day", "no deaths of civilians", "not in Ukraine", "a second row"],
    "hapi_idps": ["finer than an oblast", "Negative population value", "not in Ukraine"],
    "insecurity_insight": ["no health worker", "not in Ukraine", "a second row"],
    "iom_dtm": ["not known", "no oblast"],
}
each_export = pytest.mark.parametrize("name", READ)


def recorded(name: str) -> bytes:
    (path,) = (RECORDED / name).iterdir()
    return path.read_bytes()


@each_export
def test_what_counts_is_read_and_the_rest_is_refused_with_its_reason(name):
    parsed = source.get(name).parse(recorded(name))
    found = [(each.place, each.date, each.value, each.part) for each in parsed.figures]
    assert found == READ[name]
    reasons = [each.reason for each in parsed.refused]
    assert len(reasons) == len(REFUSED[name])
    assert all(part in reason for part, reason in zip(REFUSED[name], reasons, strict=True))


@each_export
def test_no_count_of_an_export_is_taken_for_a_verified_one(name):
    figures = source.get(name).parse(recorded(name)).figures
    assert {(each.verification, each.bound) for each in figures} <= {
        ("estimated", "about"),
        ("reported", "at_least"),
    }


@each_export
def test_who_counted_has_a_name_in_both_languages(name):
    for each in source.get(name).parse(recorded(name)).figures:
        speaker = speakers.identify(each.attributed_to, each.place)
        assert speaker.role and speaker.name("en") and speaker.name("uk")


def test_each_row_of_an_event_that_stands_twice_has_a_position_of_its_own():
    parsed = source.get("ucdp").parse(recorded("ucdp"))
    assert [each.position for each in parsed.figures] == ["990001"]
    assert parsed.refused[-1].position == "990001 (2)"
