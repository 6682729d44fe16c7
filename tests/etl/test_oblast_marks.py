"""Named decisions about statements without a number."""

import csv

import pytest

from etl.sources import oblast_marks
from impact.model.speakers import identify

(PATH,) = oblast_marks.SOURCE.files
HEAD = (
    "id,date,place,adm1_pcode,indicator,status,cause,part,moment,as_of,doubt,scope,attributed_to,"
    "publisher,published,url,note,report_language"
)
ROW = (
    "m1,2026-01-24,Sumy Oblast,UA59,power_outage,without,,,morning,,,,Ukrenergo,UNN,2026-01-24,"
    "https://example.org,morning,uk"
)


@pytest.fixture(scope="module")
def parsed():
    return oblast_marks.parse(PATH.read_bytes())


def one(row: str = ROW):
    return oblast_marks.parse(f"{HEAD}\n{row}\n".encode())


def test_every_shipped_row_is_a_statement_without_a_number(parsed):
    assert (parsed.rows, len(parsed.figures), parsed.refused) == (897, 897, [])
    assert {(each.value, each.unit, each.bound) for each in parsed.figures} == {
        (None, "", "unstated")
    }


def test_every_speaker_of_a_statement_is_known(parsed):
    names = {(each.attributed_to, each.place) for each in parsed.figures if each.attributed_to}
    assert {(name, place) for name, place in names if not identify(name, place).role} == set()


def test_keys_are_numbered_as_the_rows_stand():
    with PATH.open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert ids == [f"m{number:04}" for number in range(1, len(ids) + 1)]


def test_an_untold_cause_stays_untold(parsed):
    (statement,) = one().figures
    assert (statement.cause, statement.moment, statement.verification) == (
        "",
        "morning",
        "confirmed",
    )
    assert {each.cause for each in parsed.figures} == {"", "strike", "weather", "planned"}


def test_doubtful_days_are_in_doubt(parsed):
    doubtful = [each.date for each in parsed.figures if each.dubious]
    assert doubtful.count("2026-02-05") == 7


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("UA59", "UA63", "P-code UA59, not UA63"),
        ("Sumy Oblast", "Atlantis", "Atlantis"),
        ("power_outage", "temperature", "no number"),
        ("without", "broken", "broken"),
    ],
)
def test_a_bad_cell_refuses_its_row_with_the_reason(old, new, said):
    (refused,) = one(ROW.replace(old, new)).refused
    assert refused.position == "m1" and said in refused.reason
