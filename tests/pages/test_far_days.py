"""Days far outside of what can be recorded: an address that names one is told so, and nothing
behind it meets such a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.address import declared, parameters
from impact.address.parameters import WrongParameter
from impact.model import dates, periods
from pages.api import addresses
from tests import combining
from tests.pages import reading
from tests.pages.api.asking import ask, told
from tests.pages.driving import OVERVIEW

LIMIT = f"{dates.FIRST}–{dates.LAST}"
FAR = ("0001-01-01", "1939-12-31", "2101-01-01", "9999-12-31")
# What names a day, a stretch or a moment, for each address that takes it.
ASKED = (
    *({name: day} for day in FAR for name in ("day", "from", "to", "night", "since")),
    *({"period": code} for code in ("0001", "0001-01", "9999-12", "winter-9999", "winter-1938")),
    *({"event": f"UA80|{day}|killed"} for day in FAR),
    *({"mark1": f"{day} a note"} for day in FAR),
    *({"asof": day} for day in FAR[:2]),
)
PAGES = (
    OVERVIEW,
    *("pages/explore/attack.py", "pages/explore/heating.py", "pages/explore/casualties.py"),
    *("pages/explore/city.py", "pages/explore/coverage.py", "pages/explore/map.py"),
    *("pages/trust/conflicts.py", "pages/trust/changes.py", "pages/publish/figure.py"),
)


@pytest.fixture
def small(stores, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))


def query(asked: dict[str, str]) -> str:
    return parameters.write(asked)


@pytest.mark.parametrize("asked", ASKED, ids=query)
def test_programs_are_told_the_limit_by_every_address_that_takes_it(small, asked):
    ((name, _),) = asked.items()
    taking = [
        each.path for each in addresses() if name in {known.name for known in each.parameters}
    ]
    for path in taking:
        response = ask(f"{path}?{query({'indicator': 'killed'} | asked)}")
        if "indicator" in told(response).get("parameter", ""):
            response = ask(f"{path}?{query(asked)}")
        answer = told(response)
        assert response.status_code == 400 and answer["parameter"] == name, path
        # winter-9999 ends in the year 10000, which no calendar has.
        assert answer.get("allowed", [LIMIT]) == [LIMIT]
        assert LIMIT in answer["error"] or asked == {"period": "winter-9999"}


@given(day=st.dates())
def test_the_limits_are_those_of_the_record(day):
    within = dates.FIRST <= day <= dates.LAST
    for parameter in (declared.DAY, declared.FROM, declared.PERIOD, declared.NIGHT):
        try:
            parameters.value(parameter, day.isoformat())
        except WrongParameter as wrong:
            assert not within and wrong.allowed == (LIMIT,)
        else:
            assert within


MOST = (
    {"day": "9999-12-31"},
    {"from": "0001-01-01", "to": "9999-12-31"},
    {"from": "9999-12-31", "to": "0001-01-01"},
    {"since": "0001-01-01", "period": "0001"},
)


@pytest.mark.parametrize(("page", "asked"), combining.in_turn(PAGES, MOST))
def test_no_page_breaks_on_one(small, page, asked):
    test = reading.open_page(page, **asked)
    assert not test.exception


@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_sentence_has_the_limit_in_both_languages(small, language):
    test = reading.open_page(
        "pages/explore/heating.py", lang=language, **{"from": "0001-01-01", "to": "9999-12-31"}
    )
    said = " ".join(each.value for each in test.markdown)
    assert LIMIT in said and "0001-01-01" in said


def test_a_stretch_that_no_server_should_draw_is_cut_and_told(small):
    test = reading.open_page(
        "pages/explore/coverage.py", **{"from": "1950-01-01", "to": "2026-01-31"}
    )
    assert not test.exception
    first = date(2026, 1, 31) - periods.LONGEST
    assert test.query_params["from"] == first.isoformat()
    assert any("more than 7,305 days apart" in each.value for each in test.markdown)


def test_nor_does_a_picture_have_it(small):
    response = ask(
        "/api/chart.svg?indicator=heating_loss&period=days&from=1950-01-01&to=2026-01-31"
    )
    assert response.status_code == 400 and "7,305 days" in told(response)["error"]
