"""What stands in words around a chart, in both languages."""

import math
import re

import pandas as pd
import pytest

from impact import queries
from impact.model import language, vocabulary
from impact.model.figure import COLUMNS, NUMBERED, VERIFICATIONS
from impact.model.places import PLACES
from impact.model.rows import record
from impact.model.vocabulary import UNITS
from impact.rules import headline
from impact.wording import captions, glossary
from tests.made import BILA_TSERKVA, KYIV, MAYOR, MINISTER, built, figure, toll

EN, UK = language.words("en"), language.words("uk")
BOTH = pytest.mark.parametrize("words", [EN, UK], ids=["en", "uk"])
KNOWN = pd.Timestamp("2026-01-25 16:00")


def rows(*figures) -> pd.DataFrame:
    return built(*figures)["figures"]


def lead(*figures) -> dict:
    return headline.leading(rows(*figures)).iloc[0].to_dict()


def spaced(text: str) -> str:
    """With plain spaces: the thousands of Ukrainian numbers stand apart by a fixed one."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# Amounts


@pytest.mark.parametrize(
    ("value", "high", "bound", "unit", "english", "ukrainian"),
    [
        (1, None, "exact", "people", "1 person", "1 людина"),
        (2, None, "exact", "people", "2 people", "2 людини"),
        (5, None, "exact", "people", "5 people", "5 людей"),
        (11, None, "exact", "people", "11 people", "11 людей"),
        (21, None, "exact", "people", "21 people", "21 людина"),
        (6000, None, "about", "buildings", "about 6,000 buildings", "приблизно 6 000 будинків"),
        (8, 10, "exact", "people", "8–10 people", "8–10 людей"),
        (900, 1200, "exact", "buildings", "900–1,200 buildings", "900–1 200 будинків"),
        (3, None, "at_most", "missiles", "up to 3 missiles", "щонайбільше 3 ракети"),
        (-19, None, "exact", "celsius", "−19 °C", "−19 °C"),
        (-12.5, None, "about", "celsius", "about −12.5 °C", "приблизно −12,5 °C"),
        (0, None, "exact", "people", "0 people", "0 людей"),
    ],
)
def test_an_amount_reads_as_people_say_it(value, high, bound, unit, english, ukrainian):
    row = {"value": value, "value_high": high, "bound": bound, "unit": unit}
    assert vocabulary.amount(row, EN) == english
    assert spaced(vocabulary.amount(row, UK)) == ukrainian


def test_millions_are_words():
    row = {"value": 1_200_000, "value_high": None, "bound": "at_least", "unit": "customers"}
    assert vocabulary.amount(row, EN) == "at least 1.2 million customers"
    assert spaced(vocabulary.amount(row, UK)).startswith("щонайменше 1,2 мільйона ")


def test_noughts_added_up_are_none_and_not_at_least_none():
    row = {"value": 0.0, "bound": "at_least", "unit": "people"}
    assert vocabulary.amount(row, EN) == "0 people"
    assert vocabulary.amount(row | {"unit": "celsius"}, EN) == "at least 0 °C"


@BOTH
@pytest.mark.parametrize("unit", UNITS)
def test_no_amount_loses_its_number_bound_or_unit(words, unit):
    for value in (1.0, 3.0, 12.0, 1100.0, 2_500_000.0):
        said = set()
        for bound in NUMBERED:
            row = {"value": value, "value_high": math.nan, "bound": bound, "unit": unit}
            text = vocabulary.amount(row, words)
            assert words.number(value) in text and "{" not in text
            assert text.startswith(vocabulary.amount(row, words, unit=False))
            said.add(text)
        assert len(said) == len(NUMBERED)


# Who, via whom, when


def test_who_says_it_is_named_with_the_office():
    row = lead(figure(attributed_to=MAYOR))
    assert captions.who(row, EN) == "Vitali Klitschko, mayor of Kyiv"
    assert "Кличко" in captions.who(row, UK)


@BOTH
def test_nobody_named_is_said(words):
    assert captions.who(lead(figure()), words) == words._("no speaker named")


def test_the_source_line_names_speaker_outlet_and_day():
    row = lead(figure(attributed_to=MAYOR, published="2026-01-25"))
    assert captions.via(row, EN) == "Vitali Klitschko, mayor of Kyiv via UNN, 25 January 2026"
    assert captions.via(row, UK).endswith("УНН, 25 січня 2026 року")


def test_when_is_a_clock_time_or_the_sources_word():
    assert captions.when(lead(figure(moment="evening")), EN) == "24 January 2026, evening"
    timed = lead(figure(as_of="2026-01-24T18:00"))
    assert captions.when(timed, EN) == "24 January 2026, 18:00"
    assert captions.when(timed, UK) == "24 січня 2026 року, 18:00"


def test_what_names_status_group_and_part():
    assert captions.what(lead(figure(status="without")), EN) == "without heating"
    assert captions.what(lead(figure(status="without")), UK) == "без опалення"
    assert captions.what(lead(toll(people="children")), EN) == "killed, children"
    assert captions.what(lead(figure(part="one district")), EN) == "lost heating, one district"


def test_a_page_is_a_link_with_day_note_and_id():
    row = lead(figure(url="https://example.org/a", note="almost"))
    assert captions.page(row, EN) == (
        "[UNN](https://example.org/a) · 24 January 2026 · compiler's note: almost · "
        + row["figure_id"]
    )


def test_a_day_that_the_page_does_not_give_is_told_in_words_and_not_as_the_tables_sign():
    told = captions.page(lead(figure(note='"almost"; [published inferred]')), EN)
    assert 'its day follows from the text or the address · compiler\'s note: "almost" ·' in told
    told = captions.page(lead(figure(note="[published inferred]")), UK)
    assert "inferred" not in told and "укладача" not in told


def test_a_page_without_an_address_is_no_link():
    assert captions.page(lead(figure()), EN).startswith("UNN · ")


@pytest.mark.parametrize(
    ("others", "english", "ukrainian"),
    [
        ([], "", ""),
        ([3200.0], "1 other figure: 3,200", "1 інше значення: 3 200"),
        ([3200.0, 3500.0], "2 other figures: 3,200–3,500", "2 інші значення: 3 200–3 500"),
    ],
)
def test_rivals_are_counted_and_spanned(others, english, ukrainian):
    row = lead(figure(value=3300.0, attributed_to=MAYOR), *(figure(value=each) for each in others))
    assert row["value"] == 3300
    assert captions.rivals(row, EN) == english
    assert spaced(captions.rivals(row, UK)) == ukrainian


# The foot


def test_the_foot_says_source_knowledge_status_and_id():
    only = rows(figure(attributed_to=MAYOR, verification="confirmed", published="2026-01-25"))
    source, known = captions.foot(only, EN, KNOWN)
    assert source == "Source: Vitali Klitschko, mayor of Kyiv via UNN, 25 January 2026."
    identity = only["figure_id"].iat[0]
    assert known == (
        "As known at 25 January 2026, 18:00 Kyiv time · Status: confirmed by a body responsible"
        f" · Figure {identity}"
    )


def test_the_foot_in_ukrainian():
    only = rows(figure(attributed_to=MAYOR, verification="confirmed"))
    source, known = captions.foot(only, UK, KNOWN)
    assert source.startswith("Дані: ") and "УНН" in source
    assert "25 січня 2026 року, 18:00" in known and "Статус:" in known
    assert only["figure_id"].iat[0] in known
    assert not re.search(r"\b(Source|Status|Figure|known)\b", source + known)


@BOTH
def test_the_foot_cites_the_latest_statement_and_counts_the_other_pages(words):
    several = rows(
        figure(value=5635.0, date="2026-01-20", published="2026-01-20", url="https://a.org/1"),
        figure(attributed_to=MAYOR, url="https://a.org/2"),
        figure(date="2026-01-22", published="2026-01-22", url="https://a.org/3"),
    )
    source, known, note = captions.foot(several, words, KNOWN, notes=("A caveat.",))
    latest = several.sort_values("stated").iloc[-1]
    assert captions.via(latest, words) in source and latest["figure_id"] in known
    assert words.plural("and {count} more page", "and {count} more pages", 2) in source
    assert note == "A caveat."


def test_the_foot_of_nothing_is_its_notes():
    assert captions.foot(rows(figure()).iloc[:0], EN, KNOWN, notes=("A caveat.",)) == ("A caveat.",)


@BOTH
@pytest.mark.parametrize("verification", VERIFICATIONS)
def test_every_status_has_its_word(words, verification):
    said = vocabulary.statuses(rows(figure(verification=verification)), words)
    assert said and "{" not in said


def test_mixed_statuses_are_counted_most_frequent_first():
    several = rows(
        *(figure(value=each, verification="confirmed") for each in (1.0, 2.0)),
        figure(value=3.0),
    )
    assert vocabulary.statuses(several, EN) == "2 confirmed by a body responsible, 1 reported"


def test_several_claims_are_headed_kind_by_kind():
    launched = rows(
        figure(indicator="drones_launched", unit="drones", status="", place="UA", value=375),
        figure(indicator="missiles_launched", unit="missiles", status="", place="UA", value=21),
        toll(3), toll(4, place=KYIV),
    )  # fmt: skip
    apart = [*zip(headline.by_kind(launched), headline.totals(launched), strict=True)]
    assert sorted(captions.headed(record(some), len(some), total, EN) for some, total in apart) == [
        "21 missiles, missiles launched",
        "375 drones, drones launched",
        "at least 7 people, killed: sum of 2 claims",
    ]
    (both,) = (some for some, _ in apart if len(some) == 2)
    assert captions.headed(record(both), 2, None, EN) == "killed: 2 claims"


# Alt text


def test_alt_text_tells_first_highest_and_last():
    several = rows(
        *(
            figure(value=value, date=day, published=day, attributed_to=MAYOR)
            for day, value in (
                ("2026-01-20", 500.0),
                ("2026-01-24", 6000.0),
                ("2026-01-28", 700.0),
            )
        )
    )
    alt = captions.describe(several, EN, "Heating: Kyiv, January 2026")
    who = "Vitali Klitschko, mayor of Kyiv"
    assert alt == (
        "Heating: Kyiv, January 2026: 3 figures. "
        f"It begins with 500 buildings (20 January 2026, Kyiv, lost heating; {who}). "
        f"The highest is 6,000 buildings (24 January 2026, Kyiv, lost heating; {who}). "
        f"It ends with 700 buildings (28 January 2026, Kyiv, lost heating; {who})."
    )
    ukrainian = captions.describe(several, UK, "Опалення: Київ, січень 2026 року")
    assert ukrainian.startswith("Опалення: Київ, січень 2026 року")
    assert "24 січня 2026 року, Київ" in ukrainian
    assert not re.search("[A-Za-z]", ukrainian)


def test_alt_text_of_totals_names_the_total_and_not_its_largest_part():
    parts = rows(
        toll(4.0, place=KYIV),
        toll(3.0),
        toll(2.0, place="UA", date="2026-01-25", attributed_to=MINISTER),
        toll(1.0, date="2026-01-26"),
    )
    totals = queries.totals_of(parts, "killed", PLACES["UA"], "people")
    alt = captions.describe(parts, EN, "Killed", totals)
    assert alt.startswith("Killed: 4 figures. It begins with at least 7 people (24 January 2026, ")
    highest = "at least 7 people (24 January 2026, Ukraine, killed; sum of 2 claims)"
    assert f"The highest is {highest}." in alt
    last = "at least 1 person (26 January 2026, Ukraine, killed; sum of 1 claim)"
    assert f"It ends with {last}." in alt
    own = captions.describe(parts, EN, "Killed", totals.iloc[1:2])
    shows = "2 people (25 January 2026, Ukraine, killed; Oleksii Kuleba"
    assert own.startswith(f"Killed: 4 figures. It shows {shows}")


def test_alt_text_of_marks_without_an_order_in_time_names_the_highest_alone():
    both = rows(figure(value=500.0), figure(value=700.0, place=BILA_TSERKVA))
    alt = captions.describe(both, EN, "A map", both.drop(columns="day"))
    highest = "700 buildings (Bila Tserkva, lost heating; "
    assert alt.startswith(f"A map: 2 figures. The highest is {highest}")
    assert "begins" not in alt and "ends" not in alt


def test_alt_text_of_several_indicators_tells_of_each():
    cold = figure(indicator="temperature", unit="celsius", status="", value=-19.0)
    mild = figure(indicator="temperature", unit="celsius", status="", value=-4.0, date="2026-01-26")
    alt = captions.describe(rows(figure(value=6000.0), cold, mild), EN, "Kyiv")
    assert "It shows 6,000 buildings (24 January 2026, Kyiv, lost heating; " in alt
    assert "The lowest is −19 °C (24 January 2026, Kyiv, outdoor temperature; " in alt
    assert "It ends with −4 °C (26 January 2026, Kyiv, outdoor temperature; " in alt


def test_alt_text_of_nothing_says_so():
    nothing = rows(figure()).iloc[:0]
    assert captions.describe(nothing, EN, "Heating") == "Heating. No figures."
    assert captions.describe(nothing, UK, "Опалення").startswith("Опалення")


# Tables


@BOTH
def test_a_table_has_a_row_a_figure_and_its_way_back(words):
    several = rows(
        figure(attributed_to=MAYOR, url="https://a.org/1"),
        figure(value=400.0, attributed_to=MINISTER),
    )
    table = captions.table(several, words)
    assert table[words._("Id")].tolist() == several["figure_id"].tolist()
    assert table[words._("Figure")].tolist() == [
        vocabulary.amount(row, words) for row in several.to_dict("records")
    ]
    assert "https://a.org/1" in table[words._("Page")].tolist()


@BOTH
def test_the_data_dictionary_tells_every_column(words):
    table = glossary.columns(words)
    assert len(table) == len(COLUMNS)
    assert all(table[words._("Meaning")])


def test_every_meaning_and_limit_is_translated():
    texts = [*glossary.LIMITS, *(each.metadata["meaning"] for each in COLUMNS)]
    assert [text for text in texts if UK._(text) == text] == []


@pytest.mark.parametrize(
    ("quote", "value", "marked"),
    [
        ("320,000 buildings lost heating", 320000, "320,000"),
        ("без світла 1\u202f200 родин із 5\u202f000", 5000, "5\u202f000"),
        ("launched 375 drones and 21 missiles", 21, "21"),
        ("four people were injured", 4, "four people were injured"),
        ("1,2 million customers", 1200000, "1,2 million customers"),
    ],
)
def test_a_sentence_marks_its_number_or_itself(quote, value, marked):
    assert f"<mark>{marked}</mark>" in captions.sentence({"quote": quote, "value": value})
