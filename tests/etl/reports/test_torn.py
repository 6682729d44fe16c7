"""A number of which only a part can be read gives no figure, and whoever reviews is told of it."""

import pytest

from etl.reports.reader import read

DAY = "2026-01-25"
SENTENCE = "On 24 January 2026 {} households in Kyiv lost power."


@pytest.mark.parametrize(
    "written",
    [
        *("1_234", "1·234", "1˙234", "1٬234", "1‚234", "1″234", '1"234', "1\\234", "1∕234"),
        *("1=234", "1~234", "2×10³", "2^3", "3*1000", "1⠀200"),
        *("1O", "1О", "1З", "1I", "5十", "1,23,456", "1.2.3"),
    ],
)
def test_a_part_of_a_number_is_no_figure_and_is_told(written):
    reading = read(SENTENCE.format(written), DAY)
    assert not reading.figures
    assert not reading.unplaced
    assert {each.reason for each in reading.left_out} == {"torn"}


@pytest.mark.parametrize("written", ["1_000", "1·234", "1О"])
def test_it_is_told_once_and_whole(written):
    text = SENTENCE.format(written)
    (left,) = read(text, DAY).left_out
    assert text[left.start : left.end] == written


@pytest.mark.parametrize("written", ["1.5", "12,34", "1.234,5"])
def test_a_fraction_of_a_count_is_no_figure(written):
    reading = read(SENTENCE.format(written), DAY)
    assert not reading.figures
    assert [each.reason for each in reading.left_out] == ["fraction"]


def test_a_thousandth_is_a_share():
    reading = read("On 24 January 2026 12 ‰ of households in Kyiv lost power.", DAY)
    assert not reading.figures
    assert [each.reason for each in reading.left_out] == ["percent"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234", 1234),
        ("1'234", 1234),
        ("1`234", 1234),
        ("1 234", 1234),
        ("1\u200b234", 1234),
        ("1.2 thousand", 1200),
        ("5k", 5000),
        ("12,345,678", 12_345_678),
        ("7\ufe0f\u20e3", 7),
        ("1234*", 1234),
        ("1234¹", 1234),
    ],
)
def test_a_number_that_is_read_whole_stays_one(written, value):
    reading = read(SENTENCE.format(written), DAY)
    assert [each.figure.value for each in reading.figures] == [value]
    assert not [each for each in reading.left_out if each.reason in ("torn", "fraction")]


def test_names_and_addresses_with_such_signs_are_not_listed():
    text = "See report_2026_01_24.pdf and IMG_1_2 beside https://x.org/a_1_2 for 24 January 2026."
    assert not read(text, DAY).left_out
