"""Who is shown to say a number: an office's holder never for a deputy's or an adviser's words."""

import pytest

from etl.reports.reader import read
from impact.model.speakers import identify

KLITSCHKO = "Vitali Klitschko, mayor of Kyiv"
TEREKHOV = "Ihor Terekhov, mayor of Kharkiv"
OF_KHARKIV = "office of the mayor of Kharkiv"
DEPUTY_HEAD = "deputy head of the oblast"

ENGLISH = [
    ("Kyiv", "mayor Vitali Klitschko", KLITSCHKO),
    ("Kyiv", "the deputy mayor", "deputy mayor"),
    ("Kyiv", "Petro Panteleiev, first deputy mayor of Kyiv,", "deputy mayor"),
    ("Kyiv", "the first deputy Kyiv mayor", "deputy mayor"),
    ("Kharkiv", "a deputy of Terekhov", "deputy mayor"),
    ("Kharkiv", "mayor Ihor Terekhov's deputy", "deputy mayor"),
    ("Kharkiv", "mayor Ihor Terekhov", TEREKHOV),
    ("Kharkiv", "acting mayor Ivan Petrenko", "acting mayor"),
    ("Kharkiv", "the former Kharkiv mayor", "former mayor"),
    ("Kharkiv", "an adviser to the mayor", "adviser to the mayor"),
    ("Kharkiv", "a spokesperson for the mayor", OF_KHARKIV),
    ("Kharkiv", "mayor Terekhov's press secretary", OF_KHARKIV),
    ("Kharkiv", "a spokesperson for the police", "National Police of Ukraine"),
    ("Kharkiv", "the deputy chief of police", "National Police of Ukraine"),
    ("Kharkiv", "a former chief of police", ""),
    ("Dnipropetrovsk Oblast", "the deputy governor", DEPUTY_HEAD),
    ("Kharkiv Oblast", "the deputy head of the regional administration", DEPUTY_HEAD),
    ("Kharkiv Oblast", "a deputy head of the Kharkiv regional administration", DEPUTY_HEAD),
    ("Kharkiv Oblast", "an adviser to the governor", "adviser to the head of the oblast"),
    ("Kharkiv Oblast", "the governor's spokesman", ""),
    ("Kharkiv Oblast", "a spokesman of Syniehubov", "Kharkiv Oblast Military Administration"),
    ("Kyiv", "the deputy energy minister", "deputy Minister of Energy of Ukraine"),
    ("Kyiv", "an adviser to the interior minister", "adviser to the Minister of Internal Affairs"),
    ("Kyiv", "an adviser to the president", "adviser to the President of Ukraine"),
    ("Kyiv", "the press office of the president", "Office of the President of Ukraine"),
    ("Kyiv", "the first deputy prime minister", "First Deputy Prime Minister of Ukraine"),
]
UKRAINIAN = [
    ("У Києві", "міський голова", KLITSCHKO),
    ("У Києві", "заступник міського голови", "deputy mayor"),
    ("У Києві", "заступниця мера Києва", "deputy mayor"),
    ("У Києві", "перший заступник міського голови Києва", "deputy mayor"),
    ("У Києві", "заступник Київського міського голови", "deputy mayor"),
    ("У Харкові", "заступник Терехова", "deputy mayor"),
    ("У Харкові", "колишній мер", "former mayor"),
    ("У Харкові", "екс-мер", ""),
    ("У Харкові", "в. о. мера Іван Петренко", "acting mayor"),
    ("У Харкові", "в.о. міського голови", "acting mayor"),
    ("У Харкові", "виконувач обов'язків мера", "acting mayor"),
    ("У Харкові", "радниця мера", "adviser to the mayor"),
    ("У Харкові", "речниця мера", OF_KHARKIV),
    ("У Харкові", "пресслужба міського голови", OF_KHARKIV),
    ("У Харкові", "речниця поліції", "National Police of Ukraine"),
    ("На Харківщині", "заступник начальника ОВА", DEPUTY_HEAD),
    ("На Харківщині", "перший заступник начальника Харківської ОВА", DEPUTY_HEAD),
    ("На Харківщині", "заступник голови області", DEPUTY_HEAD),
    ("На Харківщині", "заступник начальника обласної військової адміністрації", DEPUTY_HEAD),
    ("На Харківщині", "речник ОВА", "Kharkiv Oblast Military Administration"),
    ("На Дніпропетровщині", "заступник губернатора", DEPUTY_HEAD),
    ("У Києві", "заступниця міністра енергетики", "deputy Minister of Energy of Ukraine"),
    ("У Києві", "радник міністра внутрішніх справ", "adviser to the Minister of Internal Affairs"),
    ("У Києві", "радник президента", "adviser to the President of Ukraine"),
    ("У Києві", "в Офісі президента", "Office of the President of Ukraine"),
]


def shown(text: str) -> str:
    """The name under which the first figure of a text is shown."""
    figure = read(text, "2026-01-25").figures[0].figure
    return identify(figure.attributed_to, figure.place).name("en")


@pytest.mark.parametrize("where, speaker, expected", ENGLISH, ids=str)
def test_an_english_report_is_shown_under_who_speaks(where, speaker, expected):
    told = shown(f"Two people were killed in {where}, {speaker} said.")
    assert told.startswith(expected) and bool(told) == bool(expected)


@pytest.mark.parametrize("where, speaker, expected", UKRAINIAN, ids=str)
def test_a_ukrainian_report_is_shown_under_who_speaks(where, speaker, expected):
    told = shown(f"{where} двоє людей загинули, повідомили: {speaker}.")
    assert told.startswith(expected) and bool(told) == bool(expected)


def test_the_hour_of_the_day_makes_nobody_former():
    assert shown("Late on Saturday Kyiv mayor Klitschko said two people were killed.") == KLITSCHKO
