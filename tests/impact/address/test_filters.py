"""Filters: addresses name figures as the pages do, and the search finds just those."""

from datetime import date

import pytest

from impact import queries
from impact.address import declared, filters, parameters
from impact.address.parameters import WrongParameter
from impact.model.places import PLACES
from impact.queries import search
from impact.rules import headline

KYIV, KHARKIV = "UA80", "UA6312027001"


def asked(query: str) -> search.Search:
    return filters.search(parameters.read(query.encode(), declared.OF_FIGURES))


@pytest.mark.parametrize("spelling", ["UA80", "Kyiv", "Київ", "Kiev", "city of Kyiv"])
def test_a_place_is_known_by_any_spelling(spelling):
    assert asked(f"places={spelling}").places == (KYIV,)


def test_several_places_are_given_one_after_the_other_and_counted_once():
    assert asked("places=Kyiv&places=Харків&places=UA80").places == (KYIV, KHARKIV)


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("period=2026-01", (date(2026, 1, 1), date(2026, 1, 31))),
        ("period=winter-2025", (date(2025, 10, 1), date(2026, 3, 31))),
        ("period=2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("period=2026-01-24", (date(2026, 1, 24), date(2026, 1, 24))),
        ("period=days&from=2026-01-20&to=2026-01-26", (date(2026, 1, 20), date(2026, 1, 26))),
        ("from=2026-01-20", (date(2026, 1, 20), None)),
        ("to=2026-01-20", (None, date(2026, 1, 20))),
        ("", (None, None)),
    ],
)
def test_days_are_given_as_the_pages_write_them(query, days):
    found = asked(query)
    assert (found.first, found.last) == days


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("period=2026-01&from=2026-01-01", "period"),
        ("from=2026-01-26&to=2026-01-20", "from"),
        ("indicator=killed&status=lost", "status"),
        ("indicator=killed&unit=buildings", "unit"),
        ("&".join(f"places={each}" for each in list(PLACES)[:51]), "places"),
    ],
)
def test_values_that_contradict_each_other_are_refused(query, parameter):
    with pytest.raises(WrongParameter) as raised:
        asked(query)
    assert raised.value.parameter == parameter


@pytest.mark.parametrize(
    ("query", "column", "value"),
    [
        ("unit=households", "unit", "households"),
        ("people=children", "people", "children"),
        ("verification=confirmed", "verification", "confirmed"),
        ("status=restored", "status", "restored"),
    ],
)
def test_each_filter_finds_all_of_its_value_and_nothing_else(shipped, query, column, value):
    found = search.figures(shipped, asked(query))
    every = shipped.query(f"FROM figures WHERE {column} = $1", [value])
    assert set(found["figure_id"]) == set(every["figure_id"]) != set()


@pytest.mark.parametrize("rule", headline.RULES)
def test_leads_are_those_of_the_charts_and_never_in_doubt(shipped, rule):
    found = search.figures(
        shipped, asked(f"leads=1&rule={rule}&indicator=heating_loss&places=UA80&period=2026-01")
    )
    drawn = queries.leads(
        shipped, ["heating_loss"], date(2026, 1, 1), date(2026, 1, 31), places=[KYIV], rule=rule
    )
    assert set(drawn["figure_id"]) <= set(found["figure_id"])
    assert len(drawn) and not found["doubted"].any()
    assert found["claim"].is_unique


def test_a_document_gives_its_own_figures(shipped):
    releases = queries.releases(shipped)
    assert releases["figures"].sum() == shipped.count()
    for row in releases.itertuples():
        found = search.count(shipped, asked(f"document={row.document_id}"))
        assert found == row.figures


def test_pages_of_an_answer_make_up_the_whole(shipped):
    wanted = asked("indicator=killed")
    whole = search.figures(shipped, wanted)["figure_id"].tolist()
    pages = [search.figures(shipped, wanted, 100, start) for start in range(0, len(whole), 100)]
    assert [each for page in pages for each in page["figure_id"]] == whole
