"""A statement without a number ("consumers in Sumy Oblast are without power") on its whole way."""

import io

import pandas as pd
import pytest

from etl.reports.opening import files
from etl.reports.reader import read_document
from impact.exports import tables
from impact.model import language, vocabulary
from impact.model.figure import UNSTATED, Figure, InvalidFigure
from impact.queries import corrections, review_order, search, series
from impact.queries.evidence import evidence
from impact.rules import headline
from impact.store import snapshot
from impact.store.reader import Reader
from tests.made import KHARKIV_OBLAST, figure, offer, on, toll


def statement(**changes) -> Figure:
    """The ministry says that people in Kharkiv Oblast are without power."""
    stated = {
        "indicator": "power_outage",
        "value": None,
        "unit": "",
        "bound": UNSTATED,
        "status": "without",
        "place": KHARKIV_OBLAST,
        "attributed_to": "Ministry of Energy",
    }
    return figure(**(stated | on(6) | changes))


def number(value=5000.0, **changes) -> Figure:
    return statement(**({"value": value, "unit": "customers", "bound": "exact"} | changes))


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 5.0},
        {"unit": "customers"},
        {"value_high": 9.0},
        {"indicator": "population", "status": ""},
        {"indicator": "temperature", "status": ""},
    ],
    ids=str,
)
def test_it_has_no_number_and_no_unit_and_is_about_harm(wrong):
    with pytest.raises(InvalidFigure):
        statement(**wrong)


def test_a_number_cannot_be_missing_under_another_bound():
    with pytest.raises(InvalidFigure, match="not a number"):
        number(value=None)


def test_it_never_leads_and_never_stands_beside_a_number_as_a_rival(shown):
    reader = shown(statement(), number(), statement(attributed_to="Syniehubov (governor)"))
    leads = series.leads(reader, ["power_outage"], *_january())
    assert leads["value"].tolist() == [5000.0] and leads["rivals"].tolist() == [0]
    found = reader.query("FROM figures")
    assert found["bound"].value_counts()[UNSTATED] == 2
    assert len(headline.leading(found)) == 1


def test_its_evidence_counts_who_says_and_who_prints_it(shown):
    reader = shown(statement(), statement(publisher="Ukrinform"), statement(attributed_to=""))
    rows = evidence(reader, reader.query("FROM figures")["claim"][0])
    assert rows["why"].tolist() == ["", "", ""]
    assert (rows["bodies"].max(), rows["outlets"].max(), rows["rivals"].max()) == (1, 2, 0)


def test_alone_it_gives_no_total_no_unit_and_no_place_to_chart(shown):
    reader = shown(statement())
    assert series.leads(reader, ["power_outage"], *_january()).empty
    assert series.units_of(reader, "power_outage", [KHARKIV_OBLAST], *_january()) == []
    assert series.places_with(reader, ["power_outage"]) == []
    assert series.latest_days(reader, ["power_outage"]) is None
    for summary in ("daily", "peak", "share", "recovery", "attack"):
        assert reader.query(f"FROM {summary}").empty, summary


def test_a_week_with_words_only_is_no_silence(shown):
    rows = shown(statement(), toll(place=KHARKIV_OBLAST, **on(6))).query(
        "FROM coverage WHERE area = $1 AND indicator = 'power_outage'", [KHARKIV_OBLAST]
    )
    assert rows[["state", "words", "numbers"]].values.tolist() == [["words", 1, 0]]


def test_words_in_doubt_are_not_words_to_rely_on(shown):
    rows = shown(statement(dubious=True)).query(
        "FROM coverage WHERE area = $1 AND indicator = 'power_outage'", [KHARKIV_OBLAST]
    )
    assert rows["state"].tolist() == ["doubted"]


def test_it_is_doubted_where_its_day_lies_after_its_publication(shown):
    reader = shown(statement(published="2026-01-02"))
    assert reader.query("FROM doubts")["rule"].tolist() == ["date_after_publication"]
    assert reader.query("FROM figures")["doubted"].tolist() == [True]


@pytest.mark.parametrize(("spoken", "told"), [("en", "no number given"), ("uk", "без числа")])
def test_its_amount_is_said_in_words(spoken, told):
    row = {"value": None, "value_high": None, "unit": "", "bound": UNSTATED}
    assert vocabulary.amount(row, language.words(spoken)) == told


def test_it_is_found_by_search_and_comes_back_from_every_export(shown):
    reader = shown(statement(), number())
    found = tables.table(search.figures(reader, search.Search()))
    without = found[found["bound"] == UNSTATED]
    assert without["value"].isna().all() and not without["leads"].any()
    for name, content in (
        ("figures.csv", tables.to_csv(found, language.words("en"))),
        ("figures.xlsx", tables.to_xlsx(found, language.words("en"))),
    ):
        read = _read(name, content)
        told = {(each.figure.bound, each.figure.value, each.figure.unit) for each in read.figures}
        assert told == {(UNSTATED, None, ""), ("exact", 5000.0, "customers")}
        assert read.refused == []
    again = pd.read_parquet(io.BytesIO(tables.to_parquet(found, language.words("en"))))
    assert again["value"].isna().sum() == 1


def test_a_table_of_ones_own_may_tell_it(shown):
    table = (
        "date,place,indicator,status,value,unit,bound\n"
        "2026-01-06,Kharkiv Oblast,power outage,without,,,unstated\n"
        "2026-01-06,Sumy Oblast,power outage,without,,,\n"
    )
    read = _read("table.csv", table.encode())
    (found,) = (each.figure for each in read.figures)
    assert (found.value, found.unit, found.bound, found.place) == (
        None, "", UNSTATED, KHARKIV_OBLAST,
    )  # fmt: skip
    assert len(read.refused) == 1


def test_it_is_stored_published_and_withdrawn_as_any_other(ledger):
    said = statement()
    offer(ledger, said, number())
    snapshot.publish(ledger)
    assert Reader(ledger.folder).count() == 2
    assert ledger.check() == [] and snapshot.check(ledger) == []
    ledger.decide(said.figure_id, "withdraw", "Olena", "another oblast")
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    assert reader.count() == 1
    log = corrections.table(corrections.log(reader), language.words("en"))
    assert log[["Was", "Is", "Unit"]].values.tolist() == [["", "", ""]]


@pytest.mark.parametrize(("quote", "right"), [("consumers have no power", True), ("", False)])
def test_its_quote_need_not_contain_a_number_but_must_be_there(quote, right):
    row = {"value": None, "value_high": None, "bound": UNSTATED, "quote": quote}
    assert review_order.supported(row) is right


def _january():
    return pd.Timestamp("2026-01-01").date(), pd.Timestamp("2026-01-31").date()


def _read(name: str, content: bytes):
    (opened,) = files.open_file(content, name)
    return read_document(opened)
