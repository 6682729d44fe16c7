"""A table of sourced rows is checked before it is loaded: a sentence a fault, with its row."""

from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.checking import table
from etl.sources import curated, oblast_marks
from tests import combining

# Each looks at a table beside all that ships.
pytestmark = pytest.mark.slow
HEADER = curated.TABLES[0].read_text(encoding="utf-8").splitlines()[0]
MARKS = oblast_marks.SOURCE.files[0]
PLAIN = dict(zip(HEADER.split(","), [""] * 17, strict=True)) | {
    "id": "q9001", "date": "2026-03-18", "place": "Poltava", "admin_level": "city",
    "indicator": "power_outage", "value": "4717", "bound": "exact", "unit": "customers",
    "group": "all", "status": "lost", "attributed_to": "Ministry of Energy", "publisher": "UNN",
    "published": "2026-03-18", "url": "https://example.org/one", "report_language": "en",
}  # fmt: skip
TODAY = date(2026, 4, 1)


@pytest.fixture
def write(tmp_path):
    """Writes a table of rows that differ from the plain one as given."""

    def written(*rows: dict[str, str], name: str = "new.csv") -> Path:
        lines = [HEADER, *(",".join((PLAIN | row).values()) for row in rows), ""]
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return written


@pytest.fixture
def told(write):
    """The sentences about a table of rows that differ from the plain one as given."""

    def sentences(*rows: dict[str, str]) -> list[str]:
        _, faults = table.faults([write(*rows)], TODAY)
        return [str(fault) for fault in faults]

    return sentences


def test_a_sound_row_has_no_fault(told):
    assert told({}) == []


FAULTS = [
    ({"date": "18.03.2026"}, "would be refused: date '18.03.2026'"),
    ({"date": "2026-05-01", "published": "2026-05-01"}, "is still to come"),
    ({"date": "2025-03-18"}, "365 days after its day, 2025-03-18: is the year right?"),
    ({"date": "2026-03-19"}, "after the day it was published"),
    ({"note": "past-day count"}, "belongs to the day before"),
    ({"place": "Poltavia"}, "No place is called “Poltavia”"),
    ({"admin_level": "oblast"}, "Poltava is no oblast but a city"),
    ({"attributed_to": "Ministry of Energie"}, "(perhaps “ministry of energy”?)"),
    ({"attributed_to": "A. Stranger"}, "add the spelling to data/speaker_spellings.csv"),
    ({"publisher": "The Daily Nothing"}, "add it to data/publishers.csv"),
    ({"publisher": ""}, "does not say who printed it"),
    ({"published": ""}, "does not say when the page was published"),
    ({"url": "seen on television"}, "is no address of a page"),
    ({"status": ""}, "whether supply was lost"),
    ({"value": "4717000"}, "is more than all"),
    ({"unit": "percent"}, "would be refused: unit 'percent'"),
    ({"id": "new"}, "no letter with a number"),
    ({"id": "e0277"}, "would be refused: a second row with the same id"),
]


def test_each_fault_is_told_in_one_sentence_with_its_row(told):
    """One table of them all: each is looked at beside all that ships."""
    rows = [{"id": f"q{9100 + number}"} | changes for number, (changes, _) in enumerate(FAULTS)]
    found = told(*rows)
    for line, (row, (_, sentence)) in enumerate(zip(rows, FAULTS, strict=True), 2):
        own = [each for each in found if each.startswith(f"new.csv, line {line}, {row['id']}: ")]
        assert [each for each in own if sentence in each], (sentence, own)
    assert all(each.startswith("new.csv, line ") for each in found)


OTHER = {"id": "q9002", "url": "https://example.org/two"}
PAIRS = [
    ({"id": "q9002"}, "q9001 has the same number of the same page already"),
    (OTHER, "q9001 has the same number of the same outlet and speaker already"),
    ({"id": "q9002", "date": "2026-03-17"}, "of the same page under 2026-03-18: which day"),
    (OTHER | {"date": "2026-03-17"}, "of the same speaker under 2026-03-18: which day"),
    (
        {"id": "q9002", "place": "Poltava Oblast", "admin_level": "oblast"},
        "the same number for Poltava, and here it stands for Poltava Oblast: is the city meant",
    ),
    (OTHER | {"value": "47170", "attributed_to": "Ukrenergo"}, "at least ten times what anyone"),
]


@pytest.mark.parametrize(("changes", "sentence"), combining.thinned(PAIRS), ids=str)
def test_what_two_rows_show_is_told_of_the_later_one(told, changes, sentence):
    (fault,) = told({}, changes)
    assert fault.startswith("new.csv, line 3, q9002: ") and sentence in fault


SOUND = [
    OTHER | {"publisher": "Ukrinform"},  # another outlet that quotes the speaker
    OTHER | {"value": "3300"},
    OTHER | {"date": "2026-03-10", "published": "2026-03-10"},
    OTHER | {"place": "Kharkiv"},
]


@pytest.mark.parametrize("changes", combining.first(SOUND, 2), ids=str)
def test_rows_that_may_stand_side_by_side_have_no_fault(told, changes):
    assert told({}, changes) == []


def test_a_row_is_compared_with_the_shipped_ones(write):
    shipped = next(line for line in curated.TABLES[0].read_text("utf-8").splitlines()[1:])
    path = write()
    path.write_text(f"{HEADER}\nq9001,{shipped.partition(',')[2]}\n", encoding="utf-8")
    _, faults = table.faults([path], TODAY)
    known = shipped.partition(",")[0]
    assert [f for f in faults if f"{known} has the same number of the same page" in f.sentence]


def test_an_edition_of_a_shipped_table_stands_in_its_place(tmp_path):
    lines = MARKS.read_text(encoding="utf-8")
    (tmp_path / MARKS.name).write_text(lines.replace(",Sumy Oblast,UA59,", ",Sumy Oblast,UA32,"))
    rows, faults = table.faults([tmp_path / MARKS.name], TODAY)
    assert rows == len(lines.splitlines()) - 1
    assert len(faults) == lines.count(",Sumy Oblast,UA59,") > 0
    assert "Sumy Oblast has the P-code UA59, not UA32" in str(faults[0])


def test_the_command_prints_the_faults_and_ends_with_their_number(write, tmp_path, capsys):
    assert main(["check", "--table", str(write({"status": ""}))]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("new.csv, line 2, q9001: It does not say whether")
    assert lines[-1] == "1 rows, 1 faults"
    assert main(["check", "--table", str(write({}))]) == 0
    assert capsys.readouterr().out == "1 rows, no fault found\n"
    assert list(tmp_path.iterdir()) == [tmp_path / "new.csv"]


@pytest.mark.parametrize("content", [b"", b"<html><title>404", b"id,day\n1,2\n", b"\x89PNG\r\n"])
def test_what_is_no_table_of_sourced_rows_is_told_in_one_sentence(tmp_path, capsys, content):
    path = tmp_path / "page.csv"
    path.write_bytes(content)
    assert main(["check", "--table", str(path)]) == 1
    assert capsys.readouterr().err.startswith("etl check: page.csv is no table of sourced rows")
