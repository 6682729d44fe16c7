"""Places of a sentence: which one, how far its words reach, and what only points at one."""

import pytest

from etl.reports.mentions.places import CITY, FOREIGN, REGION, VAGUE, VILLAGE, mentions
from tests.etl.reports.scanning import scan, words

KYIV, KHARKIV, LVIV = "UA80", "UA6312027001", "UA4606025001"


def only(text: str):
    (found,) = mentions(scan(text))
    return found


@pytest.mark.parametrize(
    ("text", "named", "pcode"),
    [
        ("5 people were killed in Kharkiv.", "Kharkiv", KHARKIV),
        ("На Донеччині загинули двоє.", "Донеччині", "UA14"),
        ("Kyivskyi district of Kharkiv was hit.", "Kyivskyi district of Kharkiv", KHARKIV),
        ("У Шевченківському районі Харкова пошкоджено дім.",
         "Шевченківському районі Харкова", KHARKIV),
        ("Bila Tserkva, Kyiv Oblast, has no heat.", "Bila Tserkva , Kyiv Oblast", "UA3202001001"),
        ("Ізмаїл, Одеська область, без світла.", "Ізмаїл , Одеська область", "UA5108003001"),
    ],
)  # fmt: skip
def test_a_place_is_the_one_meant_with_all_its_words(text, named, pcode):
    sentence = scan(text)
    (found,) = mentions(sentence)
    assert (words(sentence, found.start, found.end), found.pcode) == (named, pcode)


@pytest.mark.parametrize(
    ("text", "oblast"),
    [
        ("Kyiv and the Kyiv region lost power.", "UA32"),
        ("У Харкові та області загинули троє.", "UA63"),
    ],
)
def test_a_city_and_its_oblast_are_one_area(text, oblast):
    assert only(text).pcode == oblast


@pytest.mark.parametrize(
    ("text", "pcodes"),
    [
        ("Odesa, Kherson and Mykolaiv regions lost power.", ["UA51", "UA65", "UA48"]),
        ("Сумщина - 8 тис., Запоріжжя - 5 тис.", ["UA59", "UA23"]),
    ],
)
def test_a_list_of_oblasts_names_no_city(text, pcodes):
    assert [each.pcode for each in mentions(scan(text))] == pcodes


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("In the region 5 people were killed.", REGION),
        ("Мешканці міста залишилися без тепла.", CITY),
        ("In eastern Ukraine three were killed.", VAGUE),
    ],
)
def test_what_points_at_a_place_names_none(text, pointer):
    found = only(text)
    assert (found.pcode, found.pointer) == ("", pointer)


@pytest.mark.parametrize(
    ("text", "pcode"),
    [("The mayor of Kharkiv spoke.", KHARKIV), ("LVIV - Power is back.", LVIV)],
)
def test_an_office_and_a_dateline_name_a_place_aside(text, pcode):
    found = only(text)
    assert (found.pcode, found.aside) == (pcode, True)


def test_a_place_that_is_left_out_is_not_there():
    assert only("All Ukraine without Crimea lost power.").pcode == "UA"


def test_a_city_abroad_is_no_place_of_ours():
    (found,) = mentions(scan("In Belgorod two people were killed."))
    assert (found.pcode, found.pointer) == ("", FOREIGN)


def test_a_name_that_nobody_knows_is_a_place_of_which_nobody_can_tell_where_it_is():
    (found,) = mentions(scan("In Zernograd two people were killed."))
    assert (found.pcode, found.pointer, found.oblasts) == ("", VILLAGE, ())
    assert mentions(scan("In Zernograd, said the mayor, it was calm.")) == []


def test_places_are_found_once_and_kept():
    sentence = scan("5 people were killed in Kyiv.")
    assert mentions(sentence) is mentions(sentence)
    assert [each.pcode for each in mentions(sentence)] == [KYIV]
