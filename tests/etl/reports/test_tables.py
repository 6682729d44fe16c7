"""Tables of many shapes, read into figures. tables/ holds them; X.expected.csv is what X.csv says.

An expected row is a figure, or a row whose `indicator` is the name of the reason it is refused for.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reports.model.document import Document, Table
from etl.reports.model.reading import Reading
from etl.reports.opening.files import open_file
from etl.reports.tables import read_table, reasons
from etl.reports.tables.dates import date_of, last_day
from etl.reports.tables.numbers import number_of
from etl.reports.tables.reasons import Refusal
from etl.sources import curated
from impact.model.figure import COLUMNS, NAMES, rows
from tests.etl.reports.making import workbook
from tests.made import KHARKIV, KYIV, figure, toll

MATERIAL = Path(__file__).with_name("tables")
PUBLISHED = "2026-01-25"
TABLES = sorted(path.stem.removesuffix(".expected") for path in MATERIAL.glob("*.expected.csv"))
# What a round trip through a file may change.
ORIGIN = {"quote", "start", "end", "position", "source"}


def lines(name: str) -> list[list[str]]:
    with (MATERIAL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def records(name: str) -> list[dict[str, str]]:
    header, *below = lines(name)
    return [dict(zip(header, line or [""], strict=True)) for line in below]


def opened(cells, *, above="", position="", **said) -> tuple[Document, Table]:
    """A document as a CSV file gives it: cells in lines of text."""
    text, spans = above, []
    for row in cells:
        line = []
        for cell in row:
            line.append((len(text), len(text) + len(cell)))
            text += f"{cell}\t"
        text += "\n"
        spans.append(tuple(line))
    table = Table(tuple(spans), position)
    return Document(name="a.csv", kind="csv", text=text, tables=(table,), **said), table


def read(*cells, published=PUBLISHED, **said) -> Reading:
    """The reading of a table, its accounts and quotes checked."""
    document, table = opened([list(row) for row in cells], **said)
    reading = read_table(document, table, published)
    accounted(document, reading)
    return reading


def accounted(document: Document, reading: Reading) -> None:
    """The laws of every reading: no row vanishes, and every quote and trail can be found again."""
    positions = {each.figure.position for each in reading.figures}
    assert reading.rows == len(positions) + len(reading.refused)
    assert not positions & {each.position for each in reading.refused}
    for each in reading.figures:
        stated = each.figure
        assert document.text[stated.start : stated.end] == stated.quote
        assert stated.start <= each.trail["value"][0] < each.trail["value"][1] <= stated.end
        assert all(document.text[start:end] for start, end in each.trail.values())
    for each in reading.unplaced:
        assert document.text[each.start : each.end] == each.quote and each.lacks
    assert all(each.reason and each.content for each in reading.refused)


def the_one(reading: Reading):
    (found,) = reading.figures
    return found.figure


def reason(reading: Reading) -> str:
    """The name of the reason of the only refusal, without what it speaks of."""
    (refused,) = reading.refused
    return named(refused.reason)


def named(text: str) -> str:
    """A reason's name in the module; its longest match, for some sentences hold a colon."""
    known = {value: name for name, value in vars(reasons).items() if isinstance(value, str)}
    return known[max((each for each in known if each and text.startswith(each)), key=len)]


# Whole tables


@pytest.mark.parametrize("name", TABLES)
def test_a_table_gives_these_figures_and_refuses_these_rows(name):
    reading = read(*lines(f"{name}.csv"))
    expected = records(f"{name}.expected.csv")
    found = [as_expected(each.figure, expected[0]) for each in reading.figures]
    found += [
        {
            **dict.fromkeys(expected[0], ""),
            "row": row(each.position),
            "indicator": named(each.reason),
        }
        for each in reading.refused
    ]
    assert sorted(found, key=lambda each: int(each["row"])) == expected


def as_expected(stated, columns) -> dict[str, str]:
    texts = {name: getattr(stated, name) for name in columns if name != "row"}
    texts |= {"value": f"{stated.value:g}"}
    if stated.value_high is not None:
        texts["value_high"] = f"{stated.value_high:g}"
    for name in ("value", "value_high"):
        texts[name] = str(int(float(texts[name]))) if texts[name] else ""
    return {"row": row(stated.position), **texts}


def row(position: str) -> str:
    return position.rpartition(" ")[2]


# Several tables on one sheet

_COUNTED = ("killed", "injured", "without power, households", "without heating, buildings")
_HEADERS = st.sampled_from(_COUNTED)
_ROWS = st.lists(
    # A bare 1,900 to 2,099 may be a year: where it stands alone it makes no table of counts.
    st.tuples(st.sampled_from(["Kyiv", "Kharkiv", "Odesa"]), st.integers(1, 1899)),
    min_size=1,
    max_size=4,
)
_TABLES = st.lists(st.tuples(_HEADERS, _ROWS), min_size=1, max_size=4)


def sheet(header: str, rows_) -> list[list[str]]:
    lines = [["2026-01-10", place, str(count)] for place, count in rows_]
    return [["date", "place", header], *lines]


def said(reading: Reading) -> list[tuple]:
    found = (each.figure for each in reading.figures)
    return [(each.indicator, each.place, each.value, each.unit, each.status) for each in found]


@given(_TABLES, st.sampled_from([[], [[]], [[], ["Next"], []]]))
def test_tables_under_one_another_say_what_each_says_alone(tables, between):
    alone = [each for table in tables for each in said(read(*sheet(*table)))]
    stacked = [line for table in tables for line in [*between, *sheet(*table)]]
    assert said(read(*stacked)) == alone


@given(_TABLES, st.integers(0, 2))
def test_tables_beside_each_other_say_what_each_says_alone(tables, apart):
    sheets = [sheet(*table) for table in tables]
    alone = [each for table in tables for each in said(read(*sheet(*table)))]
    height = max(map(len, sheets))
    lines_ = []
    for index in range(height):
        cells = [each[index] if index < len(each) else [""] * 3 for each in sheets]
        lines_.append([cell for each in cells for cell in [*each, *[""] * apart]])
    assert said(read(*lines_)) == alone


def test_households_of_a_workbooks_second_table_are_no_deaths():
    second = ["date", "place", "without power, households"]
    killed, cut_off = ["2026-01-10", "Kyiv", 3], ["2026-01-10", "Kyiv", 6000]
    content = workbook([["date", "place", "killed"], killed, [], second, cut_off])
    (document,) = open_file(content, "stacked.xlsx")
    assert said(read_table(document, *document.tables, PUBLISHED)) == [
        ("killed", "UA80", 3, "people", ""),
        ("power_outage", "UA80", 6000, "households", "without"),
    ]


_FOREIGN = st.sampled_from([["Datum", "Ort", "Haushalte"], ["data", "miasto", "rannych"]])


@given(_ROWS, _FOREIGN, _ROWS)
def test_rows_under_a_header_that_nobody_understands_give_no_figure(first, header, second):
    lines_ = [*sheet("killed", first), header, *sheet("", second)[1:]]
    reading = read(*lines_)
    assert said(reading) == said(read(*sheet("killed", first)))
    assert {named(each.reason) for each in reading.refused} == {"UNREAD_HEADER"}
    assert len(reading.refused) == len(second)


@pytest.mark.parametrize(
    "header",
    [
        [["City", "Killed", "Killed", "Injured"], ["", "2024", "2025", "2024"]],
        [["City", "Killed", "", "Injured"], ["Year", "2024", "2025", "2024"]],
        [["City", "Killed", "Injured"], ["Year", "2024", "2024"]],
    ],
)
def test_years_below_a_header_are_never_counts(header):
    """Once 2024 people were killed, and the counts of two years were those of one day."""
    reading = read(*header, ["Kharkiv", *("12", "15", "100")[: len(header[0]) - 1]])
    assert not [each for each in reading.figures if each.figure.value == 2024]
    assert {each.figure.date for each in reading.figures} <= {"2024", "2025"}
    if not reading.figures:
        assert {named(each.reason) for each in reading.refused} == {"UNREAD_HEADER"}


# Cells


@pytest.mark.parametrize("line", records("numbers.csv"), ids=lambda line: line["cell"])
def test_a_number_is_read_as_written(line):
    found = number_of(line["cell"])
    high = float(line["value_high"]) if line["value_high"] else None
    expected = (float(line["value"]), high, line["bound"], line["unit"])
    assert (found.value, found.high, found.bound, found.unit) == expected


@pytest.mark.parametrize("line", records("missing.csv"), ids=lambda line: line["cell"] or "blank")
def test_missing_is_not_zero(line):
    assert number_of(line["cell"]) is None


@pytest.mark.parametrize("line", records("refused_numbers.csv"), ids=lambda line: line["cell"])
def test_a_cell_that_is_no_count_says_why(line):
    with pytest.raises(Refusal) as refused:
        number_of(line["cell"])
    assert named(str(refused.value)) == line["reason"]


def test_dots_that_part_thousands_twice_are_read_as_degrees_too():
    assert number_of("1.234.567", signed=True) == number_of("1.234.567")
    assert read(["City", "Population"], ["Kyiv", "1.234.567"]).rows == 1


@pytest.mark.parametrize(
    "cell, low, high",
    [("-7.5", -7.5, None), ("–20°C", -20, None), ("−3,2 °C", -3.2, None), ("-20…-27", -27, -20)],
)
def test_degrees_have_signs_and_decimals(cell, low, high):
    found = number_of(cell, signed=True)
    assert (found.value, found.high) == (low, high)


@pytest.mark.parametrize("line", records("dates.csv"), ids=lambda line: line["cell"])
def test_a_date_is_read_day_first_and_in_kyiv_time(line):
    when = date_of(line.pop("cell"), last_day(PUBLISHED))
    assert {name: getattr(when, name) for name in line} == line


@pytest.mark.parametrize("line", records("no_dates.csv"), ids=lambda line: line["cell"])
def test_what_is_more_or_less_than_a_date_is_none(line):
    assert date_of(line["cell"], last_day(PUBLISHED)) is None


# Headers


@pytest.mark.parametrize("line", records("headers.csv"), ids=lambda line: line["header"])
def test_a_header_says_what_its_column_counts(line):
    header = line.pop("header")
    stated = the_one(read(["City", "Date", header], ["Kyiv", "2026-01-24", "12"]))
    if stated.status and not line["status"]:
        line["status"] = "without"  # nobody said, and the weakest claim is taken
    defaults = {"people": "all", "cause": "" if stated.cause == "" else "strike"}
    expected = {name: value or defaults.get(name, "") for name, value in line.items()}
    assert {name: getattr(stated, name) for name in line} == expected


@pytest.mark.parametrize(
    "equipment",
    [
        ["tank", "field artillery", "drone", "cruise missiles"],
        ["personnel", "mlrs", "uav", "missiles"],
        ["Танки", "Артилерійські системи", "БпЛА", "Ракети"],
    ],
)
def test_the_lost_equipment_of_an_army_was_not_launched(equipment):
    reading = read(["date", *equipment], ["2026-01-19", "11500", "36100", "110400", "4170"])
    assert not reading.figures and not reading.unplaced


def test_drones_and_missiles_alone_side_by_side_were_launched():
    reading = read(["Date", "Drones", "Missiles"], ["2026-01-19", "96", "3"])
    assert [each.figure.value for each in reading.figures] == [96, 3]


def test_the_dead_of_two_armies_side_by_side_are_not_read():
    reading = read(["isoDate", "ukraineDeaths", "russiaDeaths"], ["2025-11-19", "81", "190"])
    assert not reading.figures and not reading.unplaced


def test_a_district_of_a_city_is_not_the_raion_of_that_name():
    reading = read(
        ["Район", "Поранено"], ["Дніпровський", "5"], ["Заставний", "2"], ["Вишній", "1"]
    )
    assert not reading.figures


@pytest.mark.parametrize("line", records("not_counted.csv"), ids=lambda line: line["header"])
def test_a_header_of_something_else_is_not_read(line):
    reading = read(["City", line["header"], "Killed"], ["Kyiv", "12", "3"])
    assert the_one(reading).value == 3 and not reading.unplaced


@pytest.mark.parametrize(
    "header, lacks",
    [
        ("Killed and rescued", ("indicator",)),
        ("Without power and water (people)", ("indicator",)),
        ("Without power", ("unit",)),
        ("Customers (households) without power", ("unit",)),
        ("Injured: women and children", ("people",)),
        ("Постраждало будинків", ("unit",)),
    ],
)
def test_a_number_under_an_unclear_header_waits_for_its_place(header, lacks):
    reading = read(["City", header, "Killed"], ["Kyiv", "12", "3"])
    (unplaced,) = reading.unplaced
    assert (unplaced.quote, unplaced.lacks) == ("12", lacks)
    assert the_one(reading).value == 3


def test_a_row_of_nothing_but_unclear_numbers_is_refused_too():
    reading = read(["City", "Killed and rescued"], ["Kyiv", "12"])
    assert (reason(reading), reading.unplaced[0].lacks) == ("NO_INDICATOR", ("indicator",))


def test_a_bare_supply_is_no_outage():
    reading = read(["City", "Power (customers)", "Killed"], ["Kyiv", "9000", "3"])
    assert [each.figure.indicator for each in reading.figures] == ["killed"]


@pytest.mark.parametrize(
    "table",
    [
        [["Name", "Price"], ["Bread", "5"]],
        [["City", "Buildings"], ["Kyiv", "5"]],
        [["City", "damage_signs", "civilians_number"], ["Izium", "yes", "50200"]],
        [["Втрати ворога на 24 січня 2026", ""], ["Область", "Загинуло"], ["Харківська", "5"]],
        [["reason", "value"], ["they were killed", "see above"]],
        [["", ""], ["", ""]],
        [],
    ],
)
def test_a_table_that_counts_nothing_we_keep_is_no_table_of_figures(table):
    assert read(*table) == Reading()


def test_the_language_is_the_headers():
    assert read(["Місто", "Загинуло"], ["Kyiv", "5"]).language == "uk"
    reading = read(["City", "Killed"], ["Київ", "5"])
    assert reading.language == the_one(reading).language == "en"


# Where it stands and who says it


def test_the_quote_is_the_whole_row_and_the_trail_names_its_cells():
    cells = [["", "City", "Without heating (buildings)", "Remark"], ["", "Kyiv", "1 200", "cold"]]
    document, table = opened(cells, position="sheet Heat")
    (found,) = read_table(document, table, PUBLISHED).figures
    assert (found.figure.quote, found.figure.position) == (
        "Kyiv\t1 200\tcold",
        "sheet Heat, row 2",
    )
    trail = {name: document.text[start:end] for name, (start, end) in found.trail.items()}
    header = "Without heating (buildings)"
    counted = dict.fromkeys(("indicator", "unit", "status"), header)
    assert trail == counted | {"place": "Kyiv", "value": "1 200", "note": "cold"}


def test_the_document_says_who_printed_it_and_the_table_who_said_it():
    stated = the_one(
        read(["City", "Killed", "Source"], ["Kyiv", "3", "police"], publisher="UNN", url="u")
    )
    assert (stated.publisher, stated.url, stated.published) == ("UNN", "u", PUBLISHED)
    assert (stated.attributed_to, stated.source, stated.verification) == (
        "police",
        "report",
        "reported",
    )


def test_a_caption_above_the_table_gives_its_place_and_date():
    reading = read(
        ["Killed", "Injured"], ["3", "5"], above="Text.\nTable 1. Kharkiv, 20 January 2026\n"
    )
    assert {(f.figure.place, f.figure.date) for f in reading.figures} == {(KHARKIV, "2026-01-20")}


def test_a_sentence_above_the_table_is_no_caption():
    reading = read(["Killed", "Injured"], ["3", "5"], above="In Kharkiv it was cold.\n")
    assert [each.lacks for each in reading.unplaced] == [("place",), ("place",)]


def test_without_any_date_a_number_lacks_one():
    reading = read(["City", "Killed"], ["Kyiv", "3"], published="")
    assert reading.unplaced[0].lacks == ("date",) and reason(reading) == "NO_DATE"


def test_an_unknown_place_is_refused_with_the_closest():
    (refused,) = read(["City", "Killed"], ["Kharkeev", "3"]).refused
    assert "Kharkeev → " in refused.reason and "Kharkiv" in refused.reason


def test_a_plants_name_is_never_a_part():
    for site in ("Trypilska TPP", "ТЕЦ-5", "Підстанція 330"):
        stated = the_one(read(["Oblast", "Place", "Killed"], ["Kyivska", site, "3"]))
        assert (stated.place, stated.part) == ("UA32", "")


def test_a_column_of_sites_is_not_read():
    stated = the_one(read(["City", "Substation", "Killed"], ["Kyiv", "Північна", "3"]))
    assert (stated.place, stated.part) == (KYIV, "")


def test_a_shifted_row_is_refused():
    reading = read(["City", "Killed", "Injured"], ["Kyiv", "1", "200", "5"])
    assert reason(reading) == "TOO_LONG"


def test_a_figure_that_breaks_a_rule_of_the_record_is_refused():
    assert reason(read(["City", "Killed"], ["Kyiv", "-3"])) == "BROKEN_RULE"


def test_the_same_count_under_two_headers_is_a_whole_and_a_part():
    reading = read(["City", "Killed", "Killed in the fire", "Killed"], ["Kyiv", "5", "2", "5"])
    assert [(each.figure.value, each.figure.part) for each in reading.figures] == [
        (5, ""),
        (2, "Killed in the fire"),
    ]


# Sections: tables/sections*.csv, and what is none


def places(*cells, **said) -> list[str]:
    return [each.figure.place for each in read(*cells, **said).figures]


def test_a_sections_name_is_the_trail_of_the_places_below_it():
    document, table = opened([["Date", "Killed"], ["Kharkiv Oblast", ""], ["2026-01-24", "3"]])
    (found,) = read_table(document, table, PUBLISHED).figures
    start, end = found.trail["place"]
    assert (found.figure.place, document.text[start:end]) == ("UA63", "Kharkiv Oblast")
    assert found.figure.quote == "2026-01-24\t3"


def test_a_section_goes_before_the_title():
    rows = [["indicator", "value"], ["Killed", "1"], ["Poltava Oblast", ""], ["Killed", "2"]]
    assert places(*rows, above="Kharkiv Oblast\n") == ["UA63", "UA53"]


def test_a_city_alone_in_a_column_of_cities_is_a_row_without_a_value():
    reading = read(["City", "Killed"], ["Kharkiv", ""], ["Sumy", "3"])
    assert (reason(reading), the_one(reading).place) == ("NO_VALUE", "UA5908027001")


def test_a_marker_for_no_number_makes_a_row_of_a_section():
    reading = read(["City", "Killed"], ["Kharkiv Oblast", "n/a"], ["Sumy", "3"])
    assert (reason(reading), the_one(reading).place) == ("NO_VALUE", "UA5908027001")


def test_a_table_of_unknown_labels_has_no_sections():
    reading = read(["Name", "Killed"], ["Kharkiv Oblast", ""], ["Sector 4", "3"])
    assert (reading.figures, reading.rows) == ([], 2)


@pytest.mark.parametrize(
    "section, city, expected",
    [
        ("Kharkiv", "Izium", "UA63"),
        ("Kyiv", "Kyiv", "UA80"),
        ("Ukraine", "Sumy", "UA5908027001"),
        ("Kharkiv Oblast", "Ukraine", "UA"),
        ("Kharkiv Oblast", "Poltava Oblast", "UA53"),
    ],
)
def test_a_row_below_a_section_keeps_its_own_place(section, city, expected):
    (place,) = places(["№", "City", "Killed"], [section, "", ""], ["1", city, "3"])
    assert place.startswith(expected)


@pytest.mark.parametrize(
    "section, why",
    [("Belgorod Oblast", "FOREIGN"), ("Atlantis region", "UNKNOWN_PLACE"),
     ("Occupied Kherson Oblast", "OCCUPIED"), ("Crimea", "OCCUPIED")],
)  # fmt: skip
def test_rows_below_a_place_that_is_not_kept_are_refused(section, why):
    with_cities = [["№", "City", "Killed"], [section, "", ""], ["1", "Village", "3"]]
    without_areas = [["Date", "Killed"], [section, ""], ["2026-01-24", "3"]]
    assert reason(read(*with_cities)) == reason(read(*without_areas)) == why


# Our own tables


EXPORTED = [
    figure(value=38.0, value_high=40.0, bound="about", as_of="2026-01-24T18:00", note="a, b"),
    figure(cause="", publisher="", published="", language="uk", verification="confirmed"),
    toll(5, people="children", part="in the fire", recalled=True, dubious=True, source_key="k"),
    toll(0, cause="weather", period="cumulative", date="2026-01", moment="night"),
    figure(indicator="temperature", unit="celsius", value=-7.25, status="", cause=""),
    figure(indicator="population", unit="people", value=2910994.0, status="", place="UA01"),
]


@pytest.mark.parametrize("with_tags", [False, True], ids=["plain", "with a row of HXL tags"])
def test_our_own_export_comes_back_as_the_same_figures(with_tags):
    tags = [["", *(each.metadata["hxl"] for each in COLUMNS)]] if with_tags else []
    cells = [["" if each is None else str(each) for each in line] for line in rows(EXPORTED)]
    reading = read(["figure_id", *NAMES], *tags, *cells)
    assert [kept(each.figure) for each in reading.figures] == [kept(each) for each in EXPORTED]
    assert reading.refused == []


def kept(stated) -> dict[str, object]:
    return {name: getattr(stated, name) for name in NAMES if name not in ORIGIN}


def test_an_export_with_a_spoilt_row_keeps_the_others():
    good, bad = rows([EXPORTED[0], figure(note="spoilt")])
    cells = [["" if each is None else str(each) for each in line] for line in (good, bad)]
    cells[1][cells[1].index("heating_loss")] = "heat"
    reading = read(["figure_id", *NAMES], *cells)
    assert (len(reading.figures), reason(reading)) == (1, "BROKEN_RULE")


@pytest.mark.slow
def test_the_curated_table_reads_as_its_own_loader_reads_it():
    table = curated.TABLES[-1]
    ours = curated.parse(table.read_bytes()).figures
    with table.open(encoding="utf-8", newline="") as file:
        reading = read(*csv.reader(file), published="2026-04-01")
    # "Kyiv + Kyiv Oblast" and settlements, which amendments settle
    assert 1 <= len(reading.refused) < 100
    read_alike = ("indicator", "value", "value_high", "bound", "unit", "people", "place", "date")
    read_alike += ("status", "cause", "attributed_to", "publisher", "url", "note")
    for theirs, own in zip(reading.figures, ours, strict=True):
        assert [getattr(theirs.figure, n) for n in read_alike] == [
            getattr(own, n) for n in read_alike
        ]


# Laws

HEADS = st.sampled_from(
    ["City", "Область", "Date", "Killed", "Загинуло", "Without power (customers)", "Buildings",
     "Without heating", "indicator", "value", "unit", "status", "Group", "Note", "", "#adm1+code",
     "as of", "Country", "population", "from", "to", "Всього"]
)  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(
        ["Kyiv", "Харків", "Atlantis", "UA63", "Total", "Всього", "2026-01-24", "24.01.2026", "5",
         "1 200", ">10", "5-7", "n/a", "", "-", "#DIV/0!", "killed", "heating_loss", "buildings",
         "lost", "children", "1.200", "99999999999999999999", "1e12", "Ukraine", "occupied",
         "Kharkiv Oblast"]
    ),
    st.text(max_size=12),
)  # fmt: skip


def test_a_city_in_two_columns_beside_the_rest_of_its_oblast_stops_nothing():
    heads = ["Indicator", "Kharkiv", "Kharkiv", "Rest of the oblast"]
    told = read(["20 January 2026"], heads, ["Injured", "5", "6", "3"])
    assert {each.figure.value for each in told.figures} >= {5.0, 6.0}


def test_a_blank_row_below_two_lines_without_a_name_stops_nothing():
    read(
        ["Without heating in Kyiv", ""], ["City"], ["", "Kyiv", "Харків"], ["", "Kyiv", "Kyiv"], []
    )


@given(st.lists(HEADS, min_size=1, max_size=6), st.lists(st.lists(CELLS, max_size=7), max_size=6))
def test_no_row_of_any_table_vanishes_and_every_quote_is_found_again(heads, body):
    read(["Without heating in Kyiv", ""], heads, *body)


@given(st.text(max_size=30))
def test_any_cell_is_a_number_or_missing_or_refused(text):
    for signed in (False, True):
        try:
            found = number_of(text, signed)
        except Refusal as refusal:
            assert str(refusal)
        else:
            assert found is None or found.high is None or found.high > found.value


@given(st.text(max_size=30))
def test_any_cell_is_a_date_or_none(text):
    when = date_of(text)
    assert when is None or last_day(when.day)


def test_a_word_of_two_scripts_is_no_place_told_twice():
    reading = read(["City", "Killed"], ["FPV-дрон", "2"], ["Kyiv", "3"])
    assert the_one(reading).place == KYIV
    assert [each.reason for each in reading.refused if "FPV-дрон" in each.content]


def test_who_is_without_supply_is_not_summed_over_days():
    rows = ["Date", "Without heat, buildings", "Injured"], ["2026-01-20", "600", "4"]
    reading = read(*rows, ["2026-01-21", "400", "3"], ["Total", "1000", "7"], above="Kyiv\n")
    told = [(f.figure.indicator, f.figure.value, f.figure.period) for f in reading.figures]
    assert ("injured", 7, "cumulative") in told
    assert not any(value == 1000 for _, value, _ in told)


@pytest.mark.parametrize(
    "header",
    [
        ["District", "Blocks without heat", "Blocks without water", "Blocks reconnected"],
        ["Район", "Без тепла, будинків", "Без води, будинків", "Відновлено"],
    ],
)
def test_what_was_restored_behind_two_supplies_is_of_neither(header):
    reading = read(["Kyiv, 24 January 2026"], header, ["Kyiv", "31", "7", "12"])
    assert [(each.figure.indicator, each.figure.status) for each in reading.figures] == [
        ("heating_loss", "without"),
        ("water_outage", "without"),
    ]


def test_what_was_restored_behind_each_supply_is_of_that_one():
    header = ["City", "Без світла (аб.)", "Відновлено", "Без води (аб.)", "Відновлено"]
    reading = read(header, ["Kyiv", "31", "7", "12", "5"])
    assert [(each.figure.indicator, each.figure.status) for each in reading.figures] == [
        ("power_outage", "without"),
        ("power_outage", "restored"),
        ("water_outage", "without"),
        ("water_outage", "restored"),
    ]
