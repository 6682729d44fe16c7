"""Named decisions about monthly norms."""

from collections import Counter

import pytest

from etl.sources import norms
from impact.model.places import find


@pytest.fixture(scope="module")
def parsed():
    return norms.parse(*(path.read_bytes() for path in norms.SOURCE.files))


@pytest.fixture(scope="module")
def norm(parsed):
    """The figure of a place and a month."""
    by_month = {(figure.place, figure.date): figure for figure in parsed.figures}
    return lambda place, month: by_month[find(place).pcode, month]


def test_57_places_give_twelve_months_each_or_are_refused(parsed):
    assert (parsed.rows, len(parsed.refused)) == (57, 10)
    assert len(parsed.figures) == 12 * 47
    assert set(Counter(figure.place for figure in parsed.figures).values()) == {12}


def test_the_norm_of_january_in_kyiv(norm):
    january = norm("Kyiv", "2010-01")
    assert (january.value, january.unit, january.period) == (-4.7, "celsius", "average")
    assert january.attributed_to == "DSTU-N B V.1.1-27:2010"
    assert (january.cause, january.published) == ("", "2010")


def test_the_position_is_the_cell(norm):
    assert norm("Kyiv", "2010-12").position.endswith(", column m12")


def test_stations_outside_any_city_are_refused(parsed):
    assert {refusal.reason for refusal in parsed.refused} == {norms.NO_PLACE}
    assert any("Ай-Петрі" in refusal.content for refusal in parsed.refused)


def test_a_december_warmer_than_its_november_is_kept_as_doubtful(parsed, norm):
    slip = norm("Генічеськ", "2010-12")
    assert (slip.value, slip.dubious, slip.note) == (6.7, True, norms.SLIP)
    assert [figure for figure in parsed.figures if figure.dubious] == [slip]


def test_every_place_lies_in_the_oblast_its_row_names(norm):
    assert norm("Миколаїв, Миколаївська область", "2010-01").value == -2.6
    assert norm("Семенівка, Чернігівська область", "2010-01").value == -6.7


def test_a_month_without_a_number_refuses_the_whole_place():
    header = "oblast,place," + ",".join(norms.MONTHS)
    table = f"{header}\nКиївська область,Київ,-4.7,,1,2,3,4,5,6,7,8,9,10\n"
    parsed = norms.parse(table.encode())
    assert not parsed.figures
    assert [refusal.reason for refusal in parsed.refused] == [norms.UNREADABLE]
