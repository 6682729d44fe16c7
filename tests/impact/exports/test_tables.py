"""Export and search: what goes out comes back equal, no cell is a formula, everything is found."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date

import pandas as pd
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from etl.reports.opening.files import open_file
from etl.reports.tables import read_table
from impact.exports import tables
from impact.exports.tables import FORMATS
from impact.model import figure
from impact.model.language import words
from impact.queries import search
from impact.queries.search import Search
from impact.store.reader import Reader
from tests import combining, made
from tests.made import BILA_TSERKVA, KHARKIV, KHARKIV_OBLAST, KYIV, KYIV_OBLAST, MAYOR, toll

EN, UK = words("en"), words("uk")
# What a round trip through a file may change: where the figure was read.
ORIGIN = {"quote", "start", "end", "position", "source"}
KEPT = [name for name in figure.NAMES if name not in ORIGIN]
SPREADSHEETS = pytest.mark.parametrize("kind", ["csv", "xlsx"])
WITH_TAGS = pytest.mark.parametrize("hxl", [False, True], ids=["plain", "with HXL tags"])
RISKY = ("=1+1", "+380 44", "-5 in the note", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")')
HEATING = made.figure(attributed_to=MAYOR, note="Said on Telegram, пам’ятаймо")
MADE = [
    HEATING,
    made.figure(value=900.0, value_high=1200.0, place=BILA_TSERKVA, date="2026-01-26"),
    made.figure(
        value=-19.25, indicator="temperature", unit="celsius", status="", cause="", place=KYIV
    ),
    made.figure(value=7.0, quote="7 будинків", start=0, end=10, status="restored"),
    toll(5.0, date="2026-01", period="cumulative", place="UA"),
    toll(5.0, verification="confirmed"),
    toll(7.0, as_of="2026-01-25T18:00", recalled=True, dubious=True),
    toll(3.0, place=KHARKIV_OBLAST, people="children", part="in the fire"),
]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with made.shown(*MADE) as reader:
        yield reader


def everything(reader: Reader, **asked) -> pd.DataFrame:
    return tables.table(search.figures(reader, Search(**asked)))


def written(kind: str, exported: pd.DataFrame, hxl: bool = False) -> bytes:
    return FORMATS[kind].write(exported, UK, hxl=hxl)


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_back(content: bytes, kind: str) -> list[dict]:
    """The figures of a file as our own readers of reports find them; no row may be refused."""
    (document,) = open_file(content, f"figures.{kind}")
    first, *others = [read_table(document, table, "") for table in document.tables]
    assert first.refused == first.unplaced == []
    assert not any(reading.rows for reading in others), "the dictionary holds no figures"
    return [{name: getattr(each.figure, name) for name in KEPT} for each in first.figures]


def stated(rows: pd.DataFrame) -> list[dict]:
    """The fields of figures as the snapshot has them."""
    return rows[KEPT].astype(object).where(rows[KEPT].notna(), None).to_dict("records")


# Out and back


@SPREADSHEETS
@WITH_TAGS
def test_an_export_of_shipped_figures_comes_back_as_the_same_figures(shipped, kind, hxl):
    recent = search.figures(shipped, Search(first=date(2025, 10, 1)))
    older = search.figures(shipped, Search(last=date(2025, 9, 30)))
    rows = pd.concat([recent.sample(250, random_state=1), older.sample(50, random_state=1)])
    content = written(kind, tables.table(rows), hxl)
    assert read_back(content, kind) == stated(rows)


@SPREADSHEETS
@WITH_TAGS
def test_every_field_comes_back(reader, kind, hxl):
    rows = search.figures(reader, Search())
    assert len(rows) == len(MADE)
    assert read_back(written(kind, tables.table(rows), hxl), kind) == stated(rows)


@pytest.mark.parametrize("kind", FORMATS)
def test_equal_figures_give_equal_bytes(reader, kind):
    exported = everything(reader)
    assert written(kind, exported) == written(kind, exported)


@pytest.mark.parametrize("kind", FORMATS)
def test_nothing_found_is_a_file_without_rows(reader, kind):
    content = written(kind, everything(reader, text="nowhere to be found"))
    found = {
        "csv": lambda: lines(content),
        "xlsx": lambda: list(load_workbook(io.BytesIO(content))["figures"].values)[1:],
        "parquet": lambda: parquet.read_table(io.BytesIO(content)).to_pylist(),
        "json": lambda: json.loads(content),
    }
    assert found[kind]() == []


def test_parquet_and_json_hold_the_same_as_csv(reader):
    exported = everything(reader)
    typed = parquet.read_table(io.BytesIO(written("parquet", exported))).to_pylist()
    named = json.loads(written("json", exported))
    texts = lines(written("csv", exported))
    for column in ("figure_id", "place", "place_name_uk", "quote", "claim", "value"):
        assert [row[column] for row in typed] == [row[column] for row in named]
    for row, text in zip(named, texts, strict=True):
        as_text = {True: "true", False: "false", None: ""}
        assert {
            name: as_text[cell] if cell is None or isinstance(cell, bool) else str(cell)
            for name, cell in row.items()
        } == text


# Columns


def test_a_row_says_where_when_and_how_sure(reader):
    (row,) = lines(written("csv", everything(reader, places=[BILA_TSERKVA])))
    expected = {
        "location_code": "UKR",
        "admin_level": "4",
        "admin1_code": KYIV_OBLAST,
        "admin1_name": "Kyiv Oblast",
        "admin1_name_uk": "Київська область",
        "place": BILA_TSERKVA,
        "place_name": "Bila Tserkva",
        "place_name_uk": "Біла Церква",
        "reference_period_start": "2026-01-26",
        "reference_period_end": "2026-01-26",
        "value": "900",
        "value_high": "1200",
        "verification": "reported",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["known_from"].endswith("Z") and row["recorded_at"].endswith("Z")


def test_a_country_has_no_oblast_and_a_month_all_its_days(reader):
    (row,) = lines(written("csv", everything(reader, places=["UA"])))
    assert (row["admin_level"], row["admin1_code"], row["admin1_name"]) == ("0", "", "")
    days = (row["reference_period_start"], row["reference_period_end"])
    assert days == ("2026-01-01", "2026-01-31")


def test_of_rivals_one_leads(reader):
    exported = everything(reader, places=[KHARKIV])
    assert exported["claim"].nunique() == 1
    assert exported["leads"].sum() == 1


def test_licence_and_document_stand_in_every_row(shipped):
    exported = tables.table(search.figures(shipped, Search(), limit=500))
    assert (exported["licence"].str.len() > 0).all()
    assert (exported["document"].str.len() > 0).all()


# Harmless cells


@pytest.mark.slow
@pytest.mark.parametrize(("text", "kind"), combining.in_turn(RISKY, ["csv", "xlsx"]))
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe_and_keeps_it(shown, kind, text):
    exported = everything(shown(made.figure(note=text)))
    content = written(kind, exported)
    # A tab and an end of line part cells in some spreadsheets: a formula may begin behind them.
    expected = {"\t=1": "'\t'=1", "\r=1": "'\r'=1"}.get(text, f"'{text}")
    if kind == "csv":
        (row,) = lines(content)
        assert row["note"] == expected
    else:
        header, row = load_workbook(io.BytesIO(content))["figures"].iter_rows()
        (cell,) = (cell for head, cell in zip(header, row, strict=True) if head.value == "note")
        assert cell.data_type == "s" and cell.value.startswith("'")
    (back,) = read_back(content, kind)
    assert back["note"] == " ".join(expected.split())
    assert json.loads(written("json", exported))[0]["note"] == text


def test_no_cell_of_the_shipped_figures_begins_a_formula(shipped):
    rows = search.figures(shipped, Search(first=date(2025, 10, 1)))
    for row in lines(written("csv", tables.table(rows), hxl=True)):
        for name, cell in row.items():
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), name
            assert not cell.startswith("-") or name in ("value", "value_high")


@SPREADSHEETS
def test_a_negative_number_stays_a_number(reader, kind):
    content = written(kind, everything(reader, indicator="temperature"))
    if kind == "csv":
        assert lines(content)[0]["value"] == "-19.25"
    else:
        sheet = load_workbook(io.BytesIO(content))["figures"]
        assert sheet.cell(2, tables.NAMES.index("value") + 1).value == -19.25


def test_a_control_character_breaks_no_workbook(shown):
    content = written("xlsx", everything(shown(made.figure(note="a\x01b"))))
    sheet = load_workbook(io.BytesIO(content))["figures"]
    assert sheet.cell(2, tables.NAMES.index("note") + 1).value == "a\ufffdb"


# The dictionary


def test_the_dictionary_explains_every_column_of_the_export_once():
    assert len(set(tables.NAMES)) == len(tables.NAMES)
    assert set(figure.NAMES) <= set(tables.NAMES)
    for language in (EN, UK):
        meanings = tables.dictionary(language)
        assert tuple(meanings["column"]) == tables.NAMES
        assert meanings["meaning"].str.len().min() > 0
        assert meanings["type"].str.len().min() > 0


def test_no_hxl_tag_comes_twice():
    tags = [each.hxl for each in tables.COLUMNS if each.hxl]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith("#") for tag in tags)


def test_the_dictionary_is_the_second_sheet_and_a_file_of_its_own(reader):
    book = load_workbook(io.BytesIO(FORMATS["xlsx"].write(everything(reader), EN)))
    assert book.sheetnames == ["figures", "dictionary"]
    header, *rows = book["dictionary"].values
    alone = lines(tables.dictionary_csv(EN))
    assert list(alone[0]) == list(header)
    assert [tuple(each or "" for each in row) for row in rows] == [
        tuple(row.values()) for row in alone
    ]


# Search


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, len(MADE)),
        ({"text": "klitschko"}, 1),
        ({"text": "Кличко"}, 1),
        ({"text": "TELEGRAM klitschko"}, 1),
        ({"text": "telegram nobody"}, 0),
        ({"text": "пам'ятаймо"}, 1),
        ({"text": "7 будинків"}, 1),
        ({"text": "Харків дітей"}, 0),
        ({"text": "біла"}, 1),
        ({"text": "unn"}, len(MADE)),
        ({"text": HEATING.figure_id}, 1),
        ({"text": HEATING.figure_id[:6]}, 0),
        ({"text": "%"}, 0),
        ({"text": "'; DROP TABLE figures; --"}, 0),
        ({"text": "   "}, len(MADE)),
        ({"places": [KHARKIV]}, 2),
        ({"places": [KHARKIV_OBLAST]}, 3),
        ({"places": ["UA"]}, 1),
        ({"places": [KHARKIV, BILA_TSERKVA]}, 3),
        ({"indicator": "heating_loss"}, 3),
        ({"indicator": "heating_loss", "status": "restored"}, 1),
        ({"verification": "confirmed"}, 1),
        ({"first": date(2026, 1, 26)}, 2),  # the month's total reaches into it
        ({"last": date(2026, 1, 23)}, 1),
        ({"first": date(2026, 2, 1)}, 0),
    ],
)
def test_search_finds_what_is_asked_for(reader, asked, count):
    assert search.count(reader, Search(**asked)) == count
    assert len(search.figures(reader, Search(**asked))) == count


def test_the_newest_come_first_and_no_more_than_asked_for(shipped):
    rows = search.figures(shipped, Search(), limit=50)
    assert len(rows) == 50
    assert rows["day"].is_monotonic_decreasing
    assert search.count(shipped, Search()) == shipped.count()


HOSTILE = [
    "UN;=cmd|' /C calc'!A0;x", "a\n=1+1", "\n=1+1", "a\t@SUM(1)", "a; +1", "a|=1", "a;\t=1",
    "=1", "'=1",
    "-2+3+cmd|' /C calc'!A0", "a,=1;=2", "\uff1d1+1", "a;\uff20SUM(1)", " =1", "\u00a0+1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_no_cell_is_a_formula_whatever_a_spreadsheet_takes_for_the_end_of_a_cell(text, delimiter):
    written = io.StringIO()
    csv.writer(written).writerow(["first", tables.harmless(text), "last"])
    for row in csv.reader(io.StringIO(written.getvalue()), delimiter=delimiter):
        # In a cell that is no cell of ours a comma may stand first of all, and is no formula.
        assert not [cell for cell in row if cell.strip().startswith(tuple("=+-@\uff1d\uff20"))], row


@given(st.text(alphabet="a;'=+-@ \t\n|\uff1d", max_size=12))
def test_a_text_made_harmless_comes_back_as_it_was(text):
    assert tables._as_it_was(tables.harmless(text)) == text
