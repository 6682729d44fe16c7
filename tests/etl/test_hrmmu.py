"""Named decisions about UN-verified casualties."""

import pytest

from etl.sources import hrmmu


@pytest.fixture(scope="module")
def parsed():
    return hrmmu.parse(*(path.read_bytes() for path in hrmmu.SOURCE.files))


@pytest.fixture(scope="module")
def stated(parsed):
    """Figures by indicator and date."""

    def of(indicator, date):
        return [f for f in parsed.figures if (f.indicator, f.date) == (indicator, date)]

    return of


def test_141_rows_give_204_figures_and_none_is_refused(parsed):
    assert (parsed.rows, len(parsed.figures), len(parsed.refused)) == (141, 204, 0)


def test_every_value_that_march_2022_had_is_kept(stated):
    told = sorted((f.published, f.value) for f in stated("killed", "2022-03"))
    assert told == [
        ("2022-11-07", 3298),
        ("2022-11-22", 3333),
        ("2023-02-07", 3378),
        ("2023-03-07", 3951),
        ("2023-05-02", 4094),
        ("2023-05-23", 4118),
        ("2023-07-18", 4154),
        ("2023-08-15", 4163),
        ("2024-02-22", 4289),
    ]


def test_a_month_is_a_cumulative_minimum_that_the_un_verified(stated):
    (january,) = stated("killed", "2026-01")
    assert (january.value, january.bound, january.period, january.part) == (
        161,
        "at_least",
        "cumulative",
        "",
    )
    assert (january.attributed_to, january.verification) == ("HRMMU", "verified")
    assert (january.place, january.publisher, january.language) == ("UA", "Mandiner", "hu")


def test_a_monthly_average_belongs_to_its_year(stated):
    (average,) = (each for each in stated("injured", "2023") if each.period == "average")
    assert (average.value, average.bound) == (547, "about")


def test_a_total_since_the_start_of_the_war_never_rivals_a_month(stated):
    (total,) = stated("killed", "2024-10-31")
    assert (total.part, total.period, total.bound) == (
        "since 2022-02-24",
        "cumulative",
        "at_least",
    )


def test_the_first_five_days_carry_their_closing_day(stated):
    first_days = stated("killed", "2022-02-28")
    assert {f.part for f in first_days} == {"since 2022-02-24"}
    assert {f.value for f in first_days} == {353, 358, 362}


def test_killed_and_injured_printed_as_one_number_are_neither_of_the_two(stated):
    (both,) = stated("casualties", "2023-12")
    assert (both.value, both.bound, both.period) == (592, "at_least", "cumulative")
    assert stated("killed", "2023-12") == stated("injured", "2023-12") == []


def test_what_a_repost_site_relays_is_a_doubtful_report(stated):
    (relayed,) = stated("killed", "2025-09-30")
    assert (relayed.verification, relayed.dubious) == ("reported", True)


def test_a_difference_worked_out_by_the_compiler_is_doubtful_and_its_printed_half_is_not(stated):
    (derived,), (printed,) = stated("injured", "2025-10-31"), stated("killed", "2025-10-31")
    assert (derived.value, derived.dubious) == (38472, True)
    assert (printed.value, printed.dubious) == (14534, False)


def test_every_page_is_named_in_words(parsed):
    assert {figure.publisher for figure in parsed.figures} <= {
        name for name, _ in hrmmu.PAGES.values()
    }


def test_a_page_nobody_has_listed_is_known_by_its_host_and_a_bad_cell_is_refused():
    table = (
        "period,scope,killed,injured,total,bound,as_of,note,url\n"
        "2031-01,Ukraine,5,,,at least,2031-02-10,,https://example.org/report\n"
        "2031-02,Ukraine,many,,,at least,2031-03-10,,https://example.org/report\n"
        "2031-02,Atlantis,5,,,at least,2031-03-10,,https://example.org/report\n"
        "2031-02,Ukraine,5,,,perhaps,2031-03-10,,https://example.org/report\n"
    )
    parsed = hrmmu.parse(table.encode())
    assert [figure.publisher for figure in parsed.figures] == ["example.org"]
    assert [refusal.reason for refusal in parsed.refused] == [
        hrmmu.UNREADABLE,
        hrmmu.NO_PLACE,
        hrmmu.UNREADABLE,
    ]
