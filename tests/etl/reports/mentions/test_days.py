"""Days of a sentence, read on Saturday, 24 January 2026: which day, what it is the day of, when."""

import pytest

from etl.reports.mentions.day import AS_OF, EVENT, PLAIN
from etl.reports.mentions.days import days
from tests.etl.reports.scanning import PUBLISHED, scan, words


def only(text: str):
    (found,) = days(scan(text), PUBLISHED)
    return found


@pytest.mark.parametrize(
    ("text", "named", "stated"),
    [
        ("The strike came on 22 January.", "22 January", "2026-01-22"),
        ("On January 9, 2026, the heat failed.", "January 9 , 2026", "2026-01-09"),
        ("In December 2025 outages were longer.", "December 2025", "2025-12"),
        ("У ніч на 20 січня Росія атакувала Одесу.", "ніч на 20 січня", "2026-01-20"),
    ],
)
def test_a_date_is_a_day_and_knows_its_words(text, named, stated):
    sentence = scan(text)
    (found,) = days(sentence, PUBLISHED)
    assert (words(sentence, found.start, found.end), found.stated) == (named, stated)


def test_a_month_still_to_come_is_of_the_year_before():
    assert only("On 28 December power failed.").stated == "2025-12-28"


@pytest.mark.parametrize("text", ["20.01 - 2 killed, 5 hurt", "20.01 - двоє загиблих"])
def test_a_short_date_that_begins_a_line_is_a_day_shortly_before_the_publication(text):
    assert only(text).stated == "2026-01-20"


@pytest.mark.parametrize("text", ["12.11 - 2 killed", "In February 30 people died."])
def test_a_number_that_can_be_no_day_stays_a_number(text):
    assert all(day.end <= 1 or len(day.stated) < 10 for day in days(scan(text), PUBLISHED))


def test_of_several_days_the_last_counts():
    assert only("Протягом 19-21 січня загинули четверо.").stated == "2026-01-21"


@pytest.mark.parametrize(
    ("text", "stated", "relative", "moment"),
    [
        ("Yesterday 5 people were killed.", "2026-01-23", "yesterday", ""),
        ("Вчора ввечері загинули двоє людей.", "2026-01-23", "yesterday", "evening"),
        ("On Friday night drones hit Kharkiv.", "2026-01-23", "weekday", "night"),
    ],
)
def test_a_word_for_a_day_is_counted_from_the_publication(text, stated, relative, moment):
    found = only(text)
    assert (found.stated, found.relative, found.moment) == (stated, relative, moment)


def test_a_word_for_a_day_is_no_day_where_nobody_knows_when_it_was_written():
    assert not [each for each in days(scan("Yesterday 5 people were killed."), None) if each.stated]


@pytest.mark.parametrize(
    ("text", "role", "stated", "clock"),
    [
        ("As of 09:00 on 24 January, 3,300 buildings were cold.", AS_OF, "2026-01-24", "09:00"),
        ("Станом на 18:00 24 січня без світла 7 тисяч споживачів.", AS_OF, "2026-01-24", "18:00"),
        ("The attack of 09.01.2026 left 6,000 buildings cold.", EVENT, "2026-01-09", ""),
        ("The strike came on 22 January.", PLAIN, "2026-01-22", ""),
    ],
)
def test_a_counts_time_an_attacks_day_and_any_other_are_told_apart(text, role, stated, clock):
    found = only(text)
    assert (found.role, found.stated, found.clock) == (role, stated, clock)


def test_a_part_of_the_day_alone_names_no_day():
    found = only("Зранку у Києві без тепла 5635 будинків.")
    assert (found.stated, found.moment) == ("", "morning")


def test_a_year_of_birth_is_no_day_of_the_report():
    found = only("Born in 1966, he was killed.")
    assert (found.stated, found.relative) == ("", "birth")


def test_what_names_a_day_is_taken_and_no_number():
    sentence = scan("The strike came on 22 January.")
    (found,) = days(sentence, PUBLISHED)
    assert set(range(found.start, found.end)) <= sentence.taken
