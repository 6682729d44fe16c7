"""/api/figures: the same rows as the pages find and their files hold."""

import csv
import io
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from impact import queries
from impact.address import declared, filters, parameters
from impact.exports import tables
from impact.model import language
from impact.model.figure import VERIFICATIONS
from impact.model.indicators import INDICATORS
from impact.queries import search
from impact.store.reader import Reader
from tests.pages.api.asking import ask, told

ENDINGS = ("csv", "json", "parquet")


@pytest.fixture
def shipped_here(shipped_store, monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", str(shipped_store))


def downloaded(reader: Reader, query: str, ending: str, hxl: bool = False) -> bytes:
    """What the Data page gives to take along for a search."""
    asked = filters.search(parameters.read(query.encode(), declared.OF_FIGURES))
    rows = tables.table(search.figures(reader, asked))
    return tables.FORMATS[ending].write(rows, language.words("en"), hxl=hxl)


queries_of_pages = st.fixed_dictionaries(
    {},
    optional={
        "indicator": st.sampled_from([name for name in INDICATORS if name != "temperature"]),
        "places": st.sampled_from(["Kyiv", "UA63", "Харків", "Odesa", "UA"]),
        "period": st.sampled_from(["2026-01", "winter-2025", "2025-11", "2026-01-24"]),
        "verification": st.sampled_from(VERIFICATIONS),
        "words": st.sampled_from(["Klitschko", "дронів", "UNN Kyiv", "%", "'"]),
    },
).filter(lambda asked: asked)


@settings(max_examples=20)
@example(asked={"verification": "estimated"}, ending="csv")
@given(asked=queries_of_pages, ending=st.sampled_from(["csv", "parquet"]))
def test_a_file_is_the_same_as_the_data_pages_download(shipped_store, asked, ending):
    query = "&".join(f"{name}={quote(text)}" for name, text in asked.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMPACT_STORE", str(shipped_store))
        response = ask(f"/api/figures.{ending}?{query}&limit=10000")
        body = response.body
        # A file of more rows than one answer may have comes in several, each under a header.
        while "link" in response.headers:
            assume(ending == "csv")
            response = ask(response.headers["link"].partition(">")[0][1:])
            body += response.body.partition(b"\r\n")[2]
    assert response.status_code == 200
    assert body == downloaded(Reader(shipped_store), query, ending)


def test_tags_stand_under_the_header_when_they_are_wanted(shipped_here, shipped):
    response = ask("/api/figures.csv?hxl=1&indicator=killed")
    assert response.body == downloaded(shipped, "indicator=killed", "csv", hxl=True)
    assert ask("/api/figures.json?hxl=1").status_code == 400


def test_the_three_formats_hold_the_same_figures(shipped_here):
    query = "indicator=heating_loss&places=Kyiv&period=2026-01"
    answers = {ending: ask(f"/api/figures.{ending}?{query}") for ending in ENDINGS}
    rows = {
        "csv": list(csv.DictReader(io.StringIO(answers["csv"].body.decode("utf-8-sig")))),
        "json": told(answers["json"])["figures"],
        "parquet": pd.read_parquet(io.BytesIO(answers["parquet"].body)).to_dict("records"),
    }
    ids = {ending: [row["figure_id"] for row in each] for ending, each in rows.items()}
    assert ids["csv"] == ids["json"] == ids["parquet"] != []
    assert {each.headers["x-total-count"] for each in answers.values()} == {str(len(ids["csv"]))}


@pytest.mark.parametrize("rule", ["responsible", "latest", "cautious"])
def test_the_leading_claims_are_those_that_the_heating_page_draws(shipped_here, shipped, rule):
    first, last = pd.Timestamp("2026-01-01").date(), pd.Timestamp("2026-01-31").date()
    drawn = queries.leads(shipped, ["heating_loss"], first, last, places=["UA80"], rule=rule)
    answer = told(
        ask(f"/api/figures.json?indicator=heating_loss&places=Kyiv&leads=1&rule={rule}"
            "&period=2026-01")
    )  # fmt: skip
    given = {row["figure_id"]: row for row in answer["figures"]}
    assert len(drawn) and set(drawn["figure_id"]) <= set(given)
    assert all(row["leads"] and not row["doubted"] for row in given.values())
    for row in drawn.itertuples():
        assert given[row.figure_id]["value"] == row.value
    assert answer["rule"] == rule


def test_the_next_link_leads_through_everything_once(shipped_here, shipped):
    address, seen = "/api/figures.json?indicator=killed&places=UA63&limit=40", []
    while address:
        answer = told(ask(address))
        assert answer["returned"] == len(answer["figures"]) <= 40
        seen += [row["figure_id"] for row in answer["figures"]]
        address = answer["next"]
    asked = filters.search(parameters.read(b"indicator=killed&places=UA63", declared.OF_FIGURES))
    assert seen == search.figures(shipped, asked)["figure_id"].tolist()
    assert len(seen) == answer["total"] > 40


def test_an_answer_has_a_thousand_rows_unless_told_and_ten_thousand_at_most(shipped_here, shipped):
    answer = told(ask("/api/figures.json"))
    assert answer["returned"] == answer["limit"] == 1000
    assert answer["total"] == shipped.count()
    response = ask("/api/figures.csv?limit=3")
    assert response.headers["x-total-count"] == str(shipped.count())
    assert response.headers["link"] == '</api/figures.csv?limit=3&offset=3>; rel="next"'
    assert len(ask("/api/figures.csv?limit=10000").body.splitlines()) > 10_000
    assert ask("/api/figures.csv?limit=10001").status_code == 400


def test_beyond_the_end_there_is_nothing_and_no_next(shipped_here):
    response = ask("/api/figures.json?offset=9999999")
    answer = told(response)
    assert answer["figures"] == [] and answer["next"] is None and answer["total"] > 0
    assert "link" not in response.headers


def test_every_row_names_its_document_and_its_source(shipped_here):
    rows = told(ask("/api/figures.json?period=2026-01&limit=200"))["figures"]
    known = {row["document_id"] for row in told(ask("/api/sources.json"))["documents"]}
    assert all(row["document_id"] in known and row["publisher"] for row in rows)
