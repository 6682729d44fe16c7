"""Stated: a number that its words do not contain is not in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.number_words import contains, contains_scaled

STATED = [
    ("6,000 buildings", 6000),
    ("6 000 будинків", 6000),
    ("6\u202f000 будинків", 6000),
    ("5 635 будинків", 5635),
    ("1 234 567 людей", 1_234_567),
    ("about 6 thousand", 6000),
    ("51,8 тис.", 51_800),
    ("1.2m people", 1_200_000),
    ("1,2 млн споживачів", 1_200_000),
    ("1,234 тис. осіб", 1_234_000),
    ("1 мільйон 100 тисяч", 1_100_000),
    ("2 тис 500", 2500),
    ("half a million people", 500_000),
    ("півмільйона людей", 500_000),
    ("півтори тисячі", 1500),
    ("дві з половиною тисячі", 2500),
    ("від 20 до 30 тисяч", 20_000),
    ("20-25 тис. абонентів", 20_000),
    ("a dozen houses", 12),
    ("half a dozen houses", 6),
    ("a hundred and five", 105),
    ("thirty-five", 35),
    ("двадцять п’ять тисяч", 25_000),
    ("тридцять один", 31),
    ("ще шiстьох поранено", 6),
    ("сімох дітей", 7),
    ("загинуло подружжя", 2),
    ("a woman was killed", 1),
    ("nobody was hurt", 0),
    ("−19,5 °C", -19.5),
    ("24 3300", 3300),
]
NOT_STATED = [
    ("6,000 buildings", 6),
    ("6 000 будинків", 0),
    ("6 000", 320_000),
    ("31 people", 3),
    ("94 особи", 7),
    ("94 особи, серед них 18", 112),
    ("24 3300", 243_300),
    ("у січні 2026 року 300 будинків", 2_026_300),
    ("один з п’яти", 6),
    ("many people", 2),
    ("", 1),
    ("…", 1),
]


@pytest.mark.parametrize(("words", "value"), STATED)
def test_a_stated_number_is_found(words, value):
    assert contains(words, value)


@pytest.mark.parametrize(("words", "value"), NOT_STATED)
def test_another_number_is_not(words, value):
    assert not contains(words, value)


@pytest.mark.parametrize(
    ("words", "value", "held"),
    [
        ("customers, thousand\nKyiv\t38", 38_000, True),
        ("тис. абонентів\nЛуцьк\t7\nКиїв\t7,5", 7_500, True),
        ("тис. абонентів\nЛуцьк\t7\nКиїв\t8,5", 7_000, False),
        ("Kyiv\t38\tthousand customers", 38_000, True),
        ("38 thousand customers\nKyiv\t500", 500_000, False),
        ("On 24 January 2026 (thousand)\nKyiv\t5", 5_000, True),
        ("Kyiv\t38", 38_000, False),
    ],
)
def test_a_heading_multiplies_the_last_row_that_is_quoted_below_it(words, value, held):
    assert contains_scaled(words, value) is held


@given(st.integers(0, 10**9))
def test_digits_state_themselves_however_they_are_grouped(value):
    for text in (f"{value}", f"{value:,}", f"{value:,}".replace(",", " ")):
        assert contains(f"{text} людей", value)
        assert not contains(f"{text} людей", value + 2)


@given(st.text(max_size=80), st.floats(0, 1e9))
def test_any_text_gives_an_answer(words, value):
    assert contains(words, value) in (True, False)
