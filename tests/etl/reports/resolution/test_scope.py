"""What a place, a heading and a word govern, and what they leave alone."""

import pytest

from etl.reports.reader import read

DAY = "2026-01-20"


def told(text):
    """(indicator, value, place) of each figure, in order."""
    figures = (each.figure for each in read(text, DAY).figures)
    return [(each.indicator, each.value, each.place) for each in figures]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # a word at the head of a line that is a village's name elsewhere, too
        (
            "ООН у Києві оприлюднила доповідь про Україну.\n\nГоловне:\n— 1420 цивільних загинули;",
            [("killed", 1420, "UA")],
        ),
        (
            "Харків. Прудянка: поранено 2 людей.",
            [("injured", 2, "UA63")],
        ),
        # the first word of a village's name of two
        (
            "У Вовчанську поранено 3 людей; знеструмлено 1,7 тис. споживачів у Великому Бурлуці.",
            [("injured", 3, "UA6314001001")],
        ),
        # the city of an oblast that is told of
        (
            "Sumska Oblast. Two people died in Sumy City.",
            [("killed", 2, "UA5908027001")],
        ),
        # names of cities in a list by oblast
        (
            "Injured in Ukraine by region: Kherson 188, Kharkiv 120, Kyiv 9.",
            [("injured", 188, "UA65"), ("injured", 120, "UA63"), ("injured", 9, "UA80")],
        ),
        (
            "Casualties by oblast, 20 January 2026\n\nKherson: 188 injured\nLutsk: 12 injured",
            [("injured", 188, "UA65"), ("injured", 12, "UA0708017001")],
        ),
        # as many in two villages of one oblast
        (
            "Kharkiv Oblast. One person was hurt in Prudianka. One person was hurt in Lyptsi.",
            [("injured", 1, "UA63"), ("injured", 1, "UA63")],
        ),
    ],
)
def test_a_place_holds_where_its_words_say_so(text, figures):
    assert told(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # soldiers who do something, and soldiers who are counted
        (
            "In Sumy two people were wounded as Russian troops carried out 428 strikes.",
            [("injured", 2, "UA5908027001")],
        ),
        ("In Sumy 12 Ukrainian soldiers were wounded.", []),
        # a long dash without spaces
        (
            "In Sumy 1,500 people—mostly elderly—are left without electricity.",
            [("power_outage", 1500, "UA5908027001")],
        ),
        # the label of a line names its supply
        (
            "Одеса, 20 січня\n\n3 тис. родин без тепла.\nСвітло: відсутнє у 58 500 родин.",
            [
                ("heating_loss", 3000, "UA5110027001"),
                ("power_outage", 58500, "UA5110027001"),
            ],
        ),
        # who mends is not cut off
        (
            "In Sumy 12 power engineers restored electricity to 37,000 families.",
            [("power_outage", 37000, "UA5908027001")],
        ),
        # what an item says itself is not what the one before counted
        (
            "- In Sumy three people were killed.\n"
            "- Some 28,000 people in Sumy have been left without essential services.",
            [("killed", 3, "UA5908027001")],
        ),
        # digits of other scripts; a number whose order a sign turns
        ("У Сумах поранено ５ людей.", [("injured", 5, "UA5908027001")]),
        ("У Сумах поранено ٧ людей.", [("injured", 7, "UA5908027001")]),
        ("У Сумах поранено 12\u202e34 людей.", []),
    ],
)
def test_a_number_is_counted_by_the_words_of_its_own_clause(text, figures):
    assert told(text) == figures


def test_what_a_report_covers_closes_its_totals():
    text = (
        "UN: civilian harm\n\nThe report covers the time from June to November 2025.\n\n"
        "HRMMU counted 1,420 civilians killed."
    )
    assert [each.figure.date for each in read(text, "2026-01-12").figures] == ["2025-11"]
