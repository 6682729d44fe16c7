"""Named decisions about the curated table and its amendments."""

import csv
import io
from collections import Counter

import pytest

from etl.sources import curated
from impact.model import dates
from impact.model.places import find

TABLES = {path.name: path.read_bytes() for path in curated.TABLES}
AMENDMENTS = curated.AMENDMENTS.read_bytes()
ROWS_OF = {name: list(csv.DictReader(io.StringIO(t.decode()))) for name, t in TABLES.items()}
ROWS = {row["id"]: row for rows in ROWS_OF.values() for row in rows}
CHANGES = list(csv.DictReader(io.StringIO(AMENDMENTS.decode())))
PERCENT = {key for key, row in ROWS.items() if row["unit"] == "percent"}  # no unit of a loss
PLAIN = {  # a row as the table has them
    "id": "x1", "date": "2026-01-24", "place": "Kyiv", "admin_level": "city",
    "indicator": "heating_loss", "value": "6000", "value_high": "", "bound": "about",
    "unit": "buildings", "group": "all", "status": "lost", "attributed_to": "Klitschko (mayor)",
    "publisher": "UNN", "published": "2026-01-24", "url": "https://example.org", "note": "",
    "report_language": "en",
}  # fmt: skip


@pytest.fixture(scope="module")
def parsed():
    return curated.parse(*TABLES.values(), AMENDMENTS)


@pytest.fixture(scope="module")
def figures(parsed):
    return {figure.source_key: figure for figure in parsed.figures}


def table(*rows: dict, columns=tuple(PLAIN)) -> bytes:
    """A table of rows that differ from the plain one as given."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(PLAIN | row for row in rows)
    return text.getvalue().encode()


def amendments(*lines: str) -> bytes:
    return "\n".join(["id,field,value,reason", *lines, ""]).encode()


def the_one(parsed):
    (figure,) = parsed.figures
    return figure


def refusal(parsed):
    (refused,) = parsed.refused
    assert (parsed.rows, parsed.figures) == (1, [])
    return refused


def test_every_shipped_row_is_a_figure(parsed, figures):
    assert {each.position for each in parsed.refused} == PERCENT
    assert figures.keys() == ROWS.keys() - PERCENT
    assert parsed.rows == len(ROWS) == sum(map(len, ROWS_OF.values())) > 4000


def test_each_row_stands_in_the_file_of_its_winter_in_order():
    for name, rows in ROWS_OF.items():
        assert {file_of(row["date"]) for row in rows} == {name}
        keys = [(row["date"], row["place"], row["indicator"], row["id"]) for row in rows]
        assert keys == sorted(keys)


def file_of(day: str) -> str:
    """The table of the winter, October to September, in which a day, month or year begins."""
    first, _ = dates.span(day)
    year = first.year if first.month >= 10 else first.year - 1
    return f"winter_{year}_{(year + 1) % 100}.csv" if year >= 2022 else "earlier.csv"


def test_no_row_lost_its_number_its_source_or_its_page(figures):
    for key, figure in figures.items():
        row = ROWS[key]
        assert figure.value == float(row["value"])
        assert (figure.url, figure.publisher) == (row["url"], row["publisher"])
        assert (figure.attributed_to, figure.note) == (row["attributed_to"], row["note"])


def test_every_amendment_is_visibly_applied(figures):
    read = {
        "group": lambda figure: figure.people,
        "place": lambda figure: figure.place,
        "sequence": lambda figure: figure.moment,
        "doubt": lambda figure: "dubious" if figure.dubious else "",
        "scope": lambda figure: "elsewhere" if figure.recalled else "",
    }
    named = {(change["id"], change["field"]) for change in CHANGES}
    unapplied = []
    for change in CHANGES:
        key, field = change["id"], change["field"]
        if field == "sequence" and (key, "moment") in named:
            continue  # the part of the day says more than the place in it
        found = read.get(field, lambda figure, field=field: getattr(figure, field))(figures[key])
        value = find(change["value"]).pcode if field == "place" else change["value"]
        if found != value:
            unapplied.append((key, field, change["value"], found))
    assert unapplied == []


def test_what_is_not_amended_stands_as_in_the_table(figures):
    amended = {(change["id"], change["field"]) for change in CHANGES}
    for key, figure in figures.items():
        for theirs, ours in curated.COLUMNS.items():
            if (key, theirs) not in amended and theirs != "group":
                assert getattr(figure, ours) == ROWS[key][theirs]


def test_every_amendment_changes_something(figures):
    plain = {figure.source_key: figure for figure in curated.parse(*TABLES.values()).figures}
    changed = {key for key, figure in figures.items() if figure != plain.get(key)}
    # Groups are brought under one word by the loader, too.
    amending = {change["id"] for change in CHANGES if change["field"] != "group"}
    assert amending - changed == set()


def test_three_words_for_health_staff_are_one_group(figures):
    words = {row["group"] for row in ROWS.values()}
    assert {"healthcare workers", "health workers"} & words
    assert not {"healthcare workers", "health workers"} & {f.people for f in figures.values()}


def test_a_loss_comes_from_a_strike_unless_the_table_says_otherwise(figures):
    causes = Counter(figure.cause for figure in figures.values())
    assert causes["strike"] > 1000 and {"weather", "mixed", "unknown"} <= causes.keys()
    assert {f.cause for f in figures.values() if f.indicator == "temperature"} <= {""}


def test_a_body_responsible_confirms_and_the_united_nations_verify():
    parsed = curated.parse(
        table(
            {},
            {"id": "x2", "attributed_to": "a passer-by"},
            {"id": "x3", "indicator": "killed", "unit": "people", "status": "",
             "attributed_to": "HRMMU"},
        )
    )  # fmt: skip
    assert [f.verification for f in parsed.figures] == ["confirmed", "reported", "verified"]


# Amendments


def test_an_amendment_of_a_row_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="x9"):
        curated.parse(table({}), amendments("x9,cause,weather,because"))


@pytest.mark.parametrize("line", ["x1,value,9,because", "x1,cause,weather,", "x1,colour,red,why"])
def test_an_amendment_of_the_number_or_without_a_reason_is_an_error(line):
    with pytest.raises(ValueError, match="x1"):
        curated.parse(table({}), amendments(line))


def test_an_amendment_that_breaks_the_record_refuses_its_row():
    parsed = curated.parse(table({}), amendments("x1,cause,magic,because"))
    assert "magic" in refusal(parsed).reason


def test_the_part_of_the_day_outweighs_the_place_in_it():
    parsed = curated.parse(
        table({}), amendments("x1,sequence,first,because", "x1,moment,evening,because")
    )
    assert the_one(parsed).moment == "evening"


# Rows that cannot be figures

BAD = [
    {"value": "several"},
    {"value": ""},
    {"value": "nan"},
    {"value": "-5"},
    {"value_high": "5000"},
    {"date": "24.01.2026"},
    {"published": "yesterday"},
    {"place": "Atlantis"},
    {"place": ""},
    {"indicator": "heat"},
    {"unit": "people killed"},
    {"status": "broken"},
    {"bound": "roughly"},
]


@pytest.mark.parametrize("changes", BAD, ids=str)
def test_a_bad_cell_refuses_its_row_with_the_reason_and_keeps_it(changes):
    refused = refusal(curated.parse(table(changes)))
    assert refused.position == "x1" and refused.reason
    assert "https://example.org" in refused.content


def test_rows_in_are_rows_kept_and_rows_refused():
    rows = [{"id": f"good{n}", "value": str(n)} for n in range(4)]
    rows += [{"id": f"bad{n}"} | changes for n, changes in enumerate(BAD)]
    parsed = curated.parse(table(*rows))
    assert parsed.rows == 4 + len(BAD)
    assert [figure.source_key for figure in parsed.figures] == ["good0", "good1", "good2", "good3"]
    assert [each.position for each in parsed.refused] == [f"bad{n}" for n in range(len(BAD))]


def test_a_row_that_breaks_off_is_refused():
    assert refusal(curated.parse(table({}).rsplit(b",Kyiv", 1)[0] + b"\n")).position == "x1"


def test_a_row_with_more_cells_than_columns_is_refused():
    # An unquoted comma in a note moves every cell behind it.
    refused = refusal(curated.parse(table({"note": "one"}).replace(b"one", b"one, two")))
    assert "two" in refused.content


def test_a_second_row_with_the_same_id_is_refused():
    parsed = curated.parse(table({}, {"value": "7000"}))
    assert (parsed.rows, len(parsed.figures), len(parsed.refused)) == (2, 1, 1)
    assert "x1" in parsed.refused[0].position


def test_rows_of_several_tables_are_read_as_one_and_an_id_stands_in_one_of_them():
    parsed = curated.parse(
        table({}), amendments("x2,cause,weather,because"), table({"id": "x2"}, {"value": "7000"})
    )
    read = [(figure.source_key, figure.cause) for figure in parsed.figures]
    assert read == [("x1", "strike"), ("x2", "weather")]
    (refused,) = parsed.refused
    assert refused.position == "x1" and "in this table or another" in refused.reason


@pytest.mark.parametrize("column", ["id", "value", "url"])
def test_a_table_without_a_column_says_which_in_words(column):
    without = tuple(name for name in PLAIN if name != column)
    with pytest.raises(ValueError, match=f"the table lacks {column}; wanted are"):
        curated.parse(table({}, columns=without))
