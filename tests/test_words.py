"""The words of the interface: every text translated, every number and date as its language has it.

The catalogue is compared with what `make words` extracts, and that with what the code asks for.
"""

import ast
import csv
import re
import tomllib
from datetime import date, datetime
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from etl import source
from etl.sources import curated, hrmmu
from impact.model import figure, outlets, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import catalogue, languages, words
from impact.model.places import PLACES
from impact.model.speakers import speakers
from impact.rules import headline, plausibility
from impact.wording import captions, glossary

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"
CODE = sorted(
    [
        ROOT / "dashboard.py",
        *(p for f in ("pages", "impact", "etl") for p in (ROOT / f).rglob("*.py")),
    ]
)
# The markers that `make words` names.
KEYWORDS = DEFAULT_KEYWORDS | parse_keywords(["_", "N_", "NN_:1,2", "plural:1,2"])
CYRILLIC = re.compile("[А-ЩЬЮЯҐЄІЇа-щьюяґєії]")
# A word that mixes both alphabets, or a letter that Ukrainian has not.
MIXED = re.compile("[А-Яа-яҐґЄєІіЇї][A-Za-z]|[A-Za-z][А-Яа-яҐґЄєІіЇї]|[ЁЪЫЭёъыэ]")
NBSP, THIN = "\u00a0", "\u202f"

EN, UK = words("en"), words("uk")
TRANSLATIONS = pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
IN = pytest.mark.parametrize(
    "language", [pytest.param(each, id=each.language) for each in (EN, UK)]
)

Message = str | tuple[str, str]


def extracted(path: Path) -> set[Message]:
    """The messages that Babel finds in a file."""
    found = extract_from_file("python", path, keywords=KEYWORDS)
    return {each[1] if isinstance(each[1], str) else each[1][:2] for each in found}


def asked_for(path: Path) -> set[Message]:
    """The messages that the code names, those inside f-strings among them."""
    found = set()
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        marker = getattr(call.func, "id", getattr(call.func, "attr", ""))
        texts = [each.value for each in call.args[:2] if isinstance(each, ast.Constant)]
        if marker in ("_", "N_") and texts:
            found.add(texts[0])
        elif marker in ("NN_", "plural") and len(texts) == 2:
            found.add(tuple(texts))
    return found - {""}


def messages(language: str) -> dict[Message, tuple[str, ...]]:
    """Message -> its translation in every form."""
    return {
        each.id: each.string if isinstance(each.string, tuple) else (each.string,)
        for each in read(language)
        if each.id
    }


def read(language: str):
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language)


def singular(message: Message) -> str:
    """What a catalogue knows a message by."""
    return message if isinstance(message, str) else message[0]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# The catalogue


@pytest.mark.slow
def test_make_words_finds_every_text_that_the_code_asks_for():
    """Before Python 3.12 the extractor sees nothing inside an f-string: name the text before it."""
    unseen = {path.relative_to(ROOT).as_posix(): asked_for(path) - extracted(path) for path in CODE}
    assert {name: texts for name, texts in unseen.items() if texts} == {}


@TRANSLATIONS
def test_the_catalogue_has_every_message_and_no_other(language):
    wanted = {singular(each) for path in CODE for each in extracted(path)}
    known = set(map(singular, messages(language)))
    assert wanted - known == set(), "run `make words` and translate these"
    assert known - wanted == set(), "no text of the code: run `make words`"


@TRANSLATIONS
def test_every_message_is_translated(language):
    found = read(language)
    assert not found.obsolete
    assert not [each.id for each in found if each.id and each.fuzzy]
    for message, forms in messages(language).items():
        assert len(forms) == (1 if isinstance(message, str) else found.num_plurals), message
        assert all(form.strip() for form in forms), message


@TRANSLATIONS
def test_placeholders_are_the_same_in_every_form(language):
    for message, forms in messages(language).items():
        wanted = fields(message if isinstance(message, str) else message[1])
        assert all(fields(form) == wanted for form in forms), message


def test_ukrainian_is_ukrainian_and_set_as_ukrainian_is():
    for message, forms in messages("uk").items():
        says_something = re.search("[A-Za-z]", re.sub(r"{\w+}|°C", "", singular(message)))
        for form in forms:
            only_names = not re.search(r"\w", re.sub(r"{\w+}", "", form))
            assert not says_something or only_names or CYRILLIC.search(form), message
            assert not MIXED.search(re.sub(r"{\w+}", "", form)), form
            assert not re.search("[\"'ʼ`“”„]", re.sub("`[^`]+`", "", form)), form
            assert not re.search("  | [.,;:!?»)]|[«(] | - ", form), form


# English -> the Ukrainian for it, and what else was once written in its place.
ONE_WORD = [
    (r"\bleads?\b|\bleading\b", "основн", "очол|провідн|першим"),
    (r"\bevidence\b", "доказ", "звідки дані"),
    (r"\bspeaker named\b|\bname no speaker\b", "джерело не названо", "мовц|не назване"),
    (r"\balternative text\b", "альтернативний текст", "незряч"),
    (r"\bunder Data\b|\bwhich Data\b|\bthe Data page", "Набір даних", "«Дані»"),
    (r"\bfigures?\b(?!.*\bindicator)", "", "показник"),
]


@pytest.mark.parametrize("english, ukrainian, others", ONE_WORD, ids=lambda each: each[:12])
def test_one_thing_has_one_word(english, ukrainian, others):
    for message, forms in messages("uk").items():
        if re.search(english, re.sub("`[^`]+`", "", singular(message))):
            for form in forms:
                assert re.search(ukrainian, form, re.IGNORECASE), f"{message}: {form}"
                assert not re.search(others, form, re.IGNORECASE), f"{message}: {form}"


# Words that stand in tables


def test_every_part_label_has_ukrainian_words():
    known = {row["part"]: row["name_uk"] for row in table(DATA / "parts.csv")}
    amended = {
        row["value"]
        for row in table(DATA / "figures" / "amendments.csv")
        if row["field"] == "part" and row["value"]
    }
    monthly = hrmmu.parse((DATA / "hrmmu" / "monthly.csv").read_bytes())
    assert amended | {each.part for each in monthly.figures if each.part} <= set(known)
    assert len(known) == len(table(DATA / "parts.csv"))
    assert all(CYRILLIC.search(text) and not MIXED.search(text) for text in known.values())


def test_a_part_is_said_in_the_readers_language_and_a_weapon_as_it_is_called():
    assert captions.part("hospitalised", EN) == "hospitalised"
    assert captions.part("hospitalised", UK) == "госпіталізовані"
    assert captions.part("Iskander-M", UK) == "Iskander-M"


def test_every_indicator_is_said_in_both_languages():
    with (DATA / "indicators.toml").open("rb") as file:
        tables = tomllib.load(file)
    for name, each in tables.items():
        for key in ("title", "wording", *each.get("statuses", ())):
            assert set(each[key]) == set(languages()), (name, key)
            assert all(text.strip() for text in each[key].values()), (name, key)
            assert CYRILLIC.search(each[key]["uk"]) and not MIXED.search(each[key]["uk"])


def test_every_speaker_and_place_has_a_name_in_both_languages():
    for each in (*speakers().values(), *PLACES.values()):
        assert each.name("en").strip()
        assert CYRILLIC.search(each.name("uk")), each
        assert not MIXED.search(each.name("uk")), each


def test_ukrainian_outlets_have_ukrainian_names():
    known = {row["name"] for row in table(outlets.PATH)} | {
        row["origin"] for row in table(outlets.PATH)
    }
    named = {row["name"]: row["name_uk"] for row in table(outlets.NAMES)}
    assert set(named) <= known
    assert all(CYRILLIC.search(name) for name in named.values())
    assert captions.printed_by({"outlet": "UNN", "origin": "Ukrinform"}, UK) == (
        "УНН (джерело: Укрінформ)"
    )
    assert captions.printed_by({"outlet": "UNN", "origin": ""}, EN) == "UNN"


@pytest.mark.parametrize(
    "unit, value, high, noun",
    [
        ("people", 1, None, "людина"),
        ("people", 22, None, "людини"),
        ("people", 90, None, "людей"),
        ("people", 8, 10, "людей"),
        ("buildings", 3300, None, "будинків"),
        ("customers", 2_100_000, None, "споживачів"),
    ],
)
def test_a_noun_goes_with_the_number_that_stands_apart(unit, value, high, noun):
    assert vocabulary.unit_alone({"unit": unit, "value": value, "value_high": high}, UK) == noun


def test_degrees_go_down_and_counts_go_up():
    frost = {"unit": "celsius", "value": -10, "bound": "at_most"}
    assert vocabulary.amount(frost, EN) == "down to −10 °C"
    assert vocabulary.bound_alone(frost, EN) == "down to"
    assert vocabulary.amount(frost, UK) == "до −10\N{NO-BREAK SPACE}°C"
    assert vocabulary.bound_alone(frost, UK) == "до"
    count = {"unit": "people", "value": 10, "bound": "at_most"}
    assert vocabulary.bound_alone(count, EN) == "up to"


def test_roles_groups_and_kinds_that_tables_use_have_words():
    assert {each.role for each in speakers().values()} <= set(glossary.ROLES)
    assert {each.kind for each in INDICATORS.values()} <= set(glossary.KINDS)
    assert {unit for each in INDICATORS.values() for unit in each.units} <= set(vocabulary.UNITS)
    assert set(vocabulary.UNITS) == set(vocabulary.UNIT_NAMES)
    assert set(vocabulary.BOUNDS) == set(vocabulary.BOUND_NAMES) == set(figure.BOUNDS)
    assert set(vocabulary.VERIFICATIONS) == set(figure.VERIFICATIONS)
    groups = {row["group"] for path in curated.TABLES for row in table(path)}
    spelled = {"healthcare workers", "health workers"}  # read as medics
    assert groups - spelled <= set(vocabulary.PEOPLE)


@pytest.mark.parametrize("name", source.names())
def test_titles_and_licences_of_loaded_tables_are_translated(name):
    stated = source.get(name).SOURCE
    assert CYRILLIC.search(UK._(stated.title))
    assert CYRILLIC.search(UK._(stated.licence))


# Numbers and their nouns

COUNTED = [
    ("people", "0 людей", "1 людина", "2 людини", "5 людей", "11 людей", "21 людина"),
    ("households", "0 домогосподарств", "1 домогосподарство", "2 домогосподарства",
     "5 домогосподарств", "11 домогосподарств", "21 домогосподарство"),
    ("customers", "0 споживачів", "1 споживач", "2 споживачі", "5 споживачів", "11 споживачів",
     "21 споживач"),
    ("properties", "0 об’єктів нерухомості", "1 об’єкт нерухомості", "2 об’єкти нерухомості",
     "5 об’єктів нерухомості", "11 об’єктів нерухомості", "21 об’єкт нерухомості"),
    ("buildings", "0 будинків", "1 будинок", "2 будинки", "5 будинків", "11 будинків",
     "21 будинок"),
    ("settlements", "0 населених пунктів", "1 населений пункт", "2 населені пункти",
     "5 населених пунктів", "11 населених пунктів", "21 населений пункт"),
    ("facilities", "0 об’єктів", "1 об’єкт", "2 об’єкти", "5 об’єктів", "11 об’єктів",
     "21 об’єкт"),
    ("drones", "0 дронів", "1 дрон", "2 дрони", "5 дронів", "11 дронів", "21 дрон"),
    ("missiles", "0 ракет", "1 ракета", "2 ракети", "5 ракет", "11 ракет", "21 ракета"),
    ("hours", "0 годин", "1 година", "2 години", "5 годин", "11 годин", "21 година"),
    ("celsius", *(f"{n}{NBSP}°C" for n in (0, 1, 2, 5, 11, 21))),
]  # fmt: skip


@pytest.mark.parametrize("unit, forms", [(unit, forms) for unit, *forms in COUNTED])
def test_a_ukrainian_count_takes_its_form(unit, forms):
    counts = (0, 1, 2.0, 5, 11, 21.0)
    assert [UK.plural(*vocabulary.UNITS[unit], count) for count in counts] == forms
    assert UK.plural(*vocabulary.UNITS[unit], 112) == forms[4].replace("11", "112")
    assert UK.plural(*vocabulary.UNITS[unit], 6000.0) == forms[3].replace("5", f"6{NBSP}000")


def test_every_unit_is_counted_in_the_table_above():
    assert {unit for unit, *_ in COUNTED} == set(vocabulary.UNITS)


@pytest.mark.parametrize(
    "count, english, ukrainian",
    [
        (1_000_000.0, "1 million buildings", "1 мільйон будинків"),
        (1_200_000.0, "1.2 million buildings", "1,2 мільйона будинків"),
        (1_234_561.0, "1.23 million buildings", "1,23 мільйона будинків"),
        (2_000_000.0, "2 million buildings", "2 мільйони будинків"),
        (1_999_999.0, "2 million buildings", "2 мільйони будинків"),
        (5_000_000.0, "5 million buildings", "5 мільйонів будинків"),
        (21_000_000.0, "21 million buildings", "21 мільйон будинків"),
        (999_999_999.0, "1 billion buildings", "1 мільярд будинків"),
    ],
)
def test_after_millions_the_noun_is_in_the_form_of_many(count, english, ukrainian):
    unit = vocabulary.UNITS["buildings"]
    spaces = str.maketrans(NBSP + THIN, "  ")
    assert EN.plural(*unit, count).translate(spaces) == english
    assert UK.plural(*unit, count).translate(spaces) == ukrainian


@pytest.mark.parametrize(
    "value, english, ukrainian",
    [
        (0, "0", "0"),
        (-0.001, "0", "0"),
        (1.5, "1.5", "1,5"),
        (-7.25, "−7.25", "−7,25"),
        (6000.0, "6,000", f"6{NBSP}000"),
        (999_999, "999,999", f"999{NBSP}999"),
    ],
)
def test_numbers_are_written_as_the_language_does(value, english, ukrainian):
    assert (EN.number(value), UK.number(value)) == (english, ukrainian)


def test_a_fraction_of_a_degree_keeps_its_unit():
    assert EN.plural(*vocabulary.UNITS["celsius"], -1.5) == "−1.5 °C"
    assert UK.plural(*vocabulary.UNITS["celsius"], -1.5) == f"−1,5{NBSP}°C"


@pytest.mark.parametrize(
    "share, english, ukrainian",
    [(0.471, "47%", "47%"), (0.036, "3.6%", "3,6%"), (1, "100%", "100%")],
)
def test_shares_are_percentages(share, english, ukrainian):
    assert EN.percent(share) == english
    assert UK.percent(share) == ukrainian


# Dates and times

DAY = date(2026, 1, 24)


def test_days_and_months():
    assert (EN.day(DAY), UK.day(DAY)) == ("24 January 2026", "24 січня 2026 року")
    assert (EN.short_day(DAY), UK.short_day(DAY)) == ("24 Jan", "24 січ.")
    assert (EN.month(DAY), UK.month(DAY)) == ("January 2026", "січень 2026 року")


@pytest.mark.parametrize(
    "first, last, english, ukrainian",
    [
        (DAY, DAY, "24 January 2026", "24 січня 2026 року"),
        (date(2026, 1, 1), date(2026, 1, 31), "January 2026", "січень 2026 року"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026", "2026 рік"),
        (date(2025, 10, 1), date(2026, 3, 31), "winter 2025/26", "зима 2025/26 року"),
        (date(2026, 1, 24), date(2026, 2, 3), "24 January – 3 February 2026",
         "24 січня – 3 лютого 2026 року"),
        (date(2025, 12, 24), date(2026, 2, 3), "24 December 2025 – 3 February 2026",
         "24 грудня 2025 року – 3 лютого 2026 року"),
    ],
)  # fmt: skip
def test_periods(first, last, english, ukrainian):
    assert (EN.period(first, last), UK.period(first, last)) == (english, ukrainian)


def test_times_name_their_zone():
    utc = datetime(2026, 1, 24, 16, 0)
    assert EN.time(utc) == "24 January 2026, 18:00 Kyiv time"
    assert UK.time(utc) == "24 січня 2026 року, 18:00 за київським часом"
    assert UK.stated("2026-01-24T18:00") == "24 січня 2026 року, 18:00"


@pytest.mark.parametrize(
    "moment, ukrainian",
    [("", ""), ("night", "уночі"), ("morning", "уранці"), ("later", "пізніше того ж дня")],
)
def test_the_part_of_a_day_is_said_as_the_source_did(moment, ukrainian):
    assert UK.moment(moment) == ukrainian


# Whole sentences


@pytest.mark.parametrize(
    "bound, value, ukrainian",
    [
        ("exact", 1, "1 будинок"),
        ("at_least", 1, "щонайменше 1 будинок"),
        ("at_least", 6000, f"щонайменше 6{NBSP}000 будинків"),
        ("at_most", 2, "щонайбільше 2 будинки"),
        ("about", 21, "приблизно 21 будинок"),
        ("about", 5, "приблизно 5 будинків"),
    ],
)
def test_a_bound_leaves_the_noun_in_the_form_of_its_number(bound, value, ukrainian):
    """So no bound is a word that governs a case: «до 2 будинки» would be wrong."""
    row = {"value": value, "value_high": None, "unit": "buildings", "bound": bound}
    assert vocabulary.amount(row, UK) == ukrainian


def test_a_range_takes_the_form_of_its_upper_end():
    row = {"value": 8, "value_high": 22, "unit": "people", "bound": "exact"}
    assert vocabulary.amount(row, UK) == "8–22 людини"
    assert vocabulary.amount(row, EN) == "8–22 people"


@IN
@pytest.mark.parametrize("rule", plausibility.SENTENCES)
def test_every_doubt_is_one_clean_sentence(language, rule):
    facts = {
        "value": 2001.0, "unit": "buildings", "place": "UA80", "part": "UA6312027001",
        "limit": 1500, "limit_source": {"outlet": "Ukrstat", "published": "2022"},
        "date": "2026-02-01", "published": "2026-01",
        "rivals": [{"value": 900, "who": {"outlet": "UNN", "published": "2026-01-24"}}],
    }  # fmt: skip
    text = plausibility.sentence(rule, facts, language)
    assert text.startswith(text[0].upper()) and text.endswith(".")
    assert not re.search(r"[{}]|\.\.|  | [.,;:)]|\( ", text)


@IN
@pytest.mark.parametrize("text", [headline.RULE_HELP, *glossary.LIMITS])
def test_whole_paragraphs_end_in_a_full_stop(language, text):
    assert language._(text).endswith(".")
