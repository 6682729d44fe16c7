"""The same numbers in many forms of a table or list give the same figures."""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import pytest

from etl.reports.reader import read

PUBLISHED = "2026-02-02"
Rows = list[list[str]]


class Facts(NamedTuple):
    """A table of one language: headers with what they count, and a row an oblast."""

    title: str
    headers: Sequence[str]
    counted: Sequence[tuple[str, str]]
    rows: dict[str, tuple[str, tuple[int, ...]]]  # label -> P-code, numbers


TOLLS = Facts(
    "Civilian casualties by oblast, 20 January 2026",
    ("Killed", "Injured"),
    (("killed", ""), ("injured", "")),
    {"Kherson": ("UA65", (41, 188)), "Kharkiv": ("UA63", (7, 120)), "Sumy": ("UA59", (3, 96))},
)
SUPPLY = Facts(
    "Електропостачання за областями, споживачів, 20 січня 2026 року",
    ("Знеструмлено", "Заживлено", "Залишається без світла"),
    (("power_outage", "lost"), ("power_outage", "restored"), ("power_outage", "without")),
    {
        "Одеська обл.": ("UA51", (34578, 3997, 47877)),
        "Сумщина": ("UA59", (53991, 3368, 72967)),
        "Херсонська": ("UA65", (55896, 48996, 50330)),
    },
)


def as_rows(facts: Facts) -> Rows:
    body = [[name, *map(str, numbers)] for name, (_, numbers) in facts.rows.items()]
    return [["", *facts.headers], *body]


def parted_by(sign: str):
    return lambda rows: "\n".join(sign.join(row) for row in rows)


def in_a_frame(rows: Rows) -> str:
    rule = "|" + "---|" * len(rows[0])
    first, *others = ("| " + " | ".join(row) + " |" for row in rows)
    return "\n".join([first, rule, *others])


def by_gaps(rows: Rows) -> str:
    widths = [max(map(len, column)) + 3 for column in zip(*rows, strict=True)]
    padded = [[cell.ljust(n) for cell, n in zip(row, widths, strict=True)] for row in rows]
    return "\n".join("".join(row).rstrip() for row in padded)


def labelled(rows: Rows) -> str:
    headers = [header.lower() for header in rows[0][1:]]
    return "\n".join(
        f"• {name}: " + ", ".join(f"{h} {n}" for h, n in zip(headers, numbers, strict=True))
        for name, *numbers in rows[1:]
    )


def numbered(rows: Rows) -> str:
    head, *body = rows
    return in_a_frame([["No.", *head], *([str(n), *row] for n, row in enumerate(body, 1))])


def turned(rows: Rows) -> str:
    return parted_by(" | ")([list(row) for row in zip(*rows, strict=True)])


def a_cell_a_line(rows: Rows) -> str:
    return "\n".join(cell for row in rows for cell in row if cell)


def records(rows: Rows) -> str:
    _, *headers = rows[0]
    return "\n\n".join(
        "\n".join(
            f"{header}: {cell}" for header, cell in zip(("Oblast", *headers), row, strict=True)
        )
        for row in rows[1:]
    )


def record_lines(rows: Rows) -> str:
    return records(rows).replace("\n\n", "\0").replace("\n", "; ").replace("\0", "\n")


def below_a_legend(rows: Rows) -> str:
    legend = "; ".join(rows[0][1:])
    return "\n".join([f"Oblast ({legend}):", *(f"{n}: " + "; ".join(own) for n, *own in rows[1:])])


def numbered_cells(rows: Rows) -> str:
    head, *body = rows
    cells = ["№", "Oblast", *head[1:]]
    for number, row in enumerate(body, 1):
        cells += [f"{number}.", *row]
    return "\n".join(cells)


def keys_in_sections(rows: Rows) -> str:
    _, *headers = rows[0]
    return "\n\n".join(
        "\n".join([f"{name} region" if name.isascii() else name, *_keys(headers, numbers)])
        for name, *numbers in rows[1:]
    )


def _keys(headers: list[str], numbers: list[str]) -> list[str]:
    return [f"{header}: {number}" for header, number in zip(headers, numbers, strict=True)]


FORMS = {
    "bars": parted_by(" | "),
    "tabs": parted_by("\t"),
    "semicolons": parted_by(";"),
    "frame": in_a_frame,
    "gaps": by_gaps,
    "labels": labelled,
    "numbered": numbered,
    "turned": turned,
    "a cell a line": a_cell_a_line,
    "records": records,
    "record lines": record_lines,
    "legend": below_a_legend,
    "numbered cells": numbered_cells,
}


@pytest.mark.parametrize(("facts", "form"), product((TOLLS, SUPPLY), FORMS))
def test_a_table_says_the_same_in_every_form(facts, form):
    text = f"{facts.title}\n\n{FORMS[form](as_rows(facts))}\n"
    found = {
        (f.place, f.indicator, f.status, f.value, f.date)
        for f in (each.figure for each in read(text, PUBLISHED).figures)
    }
    assert found == {
        (place, *counted, number, "2026-01-20")
        for place, numbers in facts.rows.values()
        for counted, number in zip(facts.counted, numbers, strict=True)
    }


@pytest.mark.parametrize(
    "days",
    [
        ("Jan 12", "Jan 19"),
        ("Mon, 12 Jan", "Mon, 19 Jan"),
        ("January 12, 2026", "January 19, 2026"),
        ("12.01", "19.01"),
        ("Пн 12.01", "Пн 19.01"),
        ("12 січня, ранок", "19 січня, ранок"),
    ],
)
@pytest.mark.parametrize("form", ["frame", "tabs", "turned"])
def test_a_row_or_column_of_a_day_is_of_that_day(days, form):
    rows = [["", "Buildings without heating"], [days[0], "340"], [days[1], "212"]]
    text = f"Kyiv: heating\n\n{FORMS[form](rows)}\n"
    found = [(f.figure.date, f.figure.value) for f in read(text, PUBLISHED).figures]
    assert found == [("2026-01-12", 340), ("2026-01-19", 212)]


def test_the_day_on_which_a_table_came_out_is_not_the_day_of_its_numbers():
    text = (
        "DTEK: power restored, 2–8 February 2026\n(operators' data, published 10.02.2026)\n\n"
        "Region | Families with power back\nDonetsk region | 85,000\nOdesa region | 55,000\n"
    )
    assert {f.figure.date for f in read(text, "2026-02-10").figures} == {"2026-02-08"}


def test_quoted_cells_may_hold_the_sign_between_cells():
    text = (
        "Restoration of electricity, 25 May 2025\n\n"
        'Region,Families reconnected,Note\nDonetsk region,"almost 95,000",heavy fighting\n'
        'Odesa region,"1,800",\n'
    )
    found = [(f.figure.place, f.figure.value, f.figure.bound) for f in read(text).figures]
    assert found == [("UA14", 95000, "about"), ("UA51", 1800, "exact")]


def test_a_column_of_states_says_how_a_supply_stands():
    text = (
        "Kyiv heating tracker (last edit: 16 Feb 2026)\n\n"
        "Date;Event;Apartment buildings\n2026-01-09;lost heating after the attack;6000\n"
        "2026-02-01;reconnected overnight;1500\n2026-02-01;remain without heating;244\n"
    )
    found = [(f.figure.date, f.figure.status, f.figure.value) for f in read(text).figures]
    assert found == [
        ("2026-01-09", "lost", 6000),
        ("2026-02-01", "restored", 1500),
        ("2026-02-01", "without", 244),
    ]


def test_a_table_on_its_side_may_have_days_sources_and_parts_of_its_own():
    text = (
        "Table 3\n\nIndicator | Kyiv | Odesa\nDate of the strike | 20.01.2026 | 27.01.2026\n"
        "Injured | 12 | 35\nof whom children | 1 | 2\nSource | mayor | governor\n"
    )
    found = [
        (f.place, f.date, f.people, f.value, f.attributed_to)
        for f in (each.figure for each in read(text, PUBLISHED).figures)
    ]
    assert found == [
        ("UA80", "2026-01-20", "all", 12, "mayor"),
        ("UA80", "2026-01-20", "children", 1, "mayor"),
        ("UA5110027001", "2026-01-27", "all", 35, "governor"),
        ("UA5110027001", "2026-01-27", "children", 2, "governor"),
    ]


@pytest.mark.parametrize("sign", ["\n", " | "])
def test_remarks_in_a_row_are_of_its_place_and_day(sign):
    rows = [
        ("When: 27 January", "City: Odesa", "Dead: 3", "Remarks: five blocks lost heating"),
        ("When: 29 January", "City: Kharkiv", "Dead: 1", "Remarks: 800 customers without power"),
    ]
    text = "Incidents\n\n" + "\n\n".join(sign.join(row) for row in rows)
    found = {
        (f.place, f.date, f.indicator, f.value)
        for f in (each.figure for each in read(text, PUBLISHED).figures)
    }
    assert found == {
        ("UA5110027001", "2026-01-27", "killed", 3),
        ("UA5110027001", "2026-01-27", "heating_loss", 5),
        ("UA6312027001", "2026-01-29", "killed", 1),
        ("UA6312027001", "2026-01-29", "power_outage", 800),
    }


def test_parts_beside_each_other_are_parts_of_the_whole_before_them():
    text = (
        "Civilian casualties, January 2024\n\n"
        "Region | Casualties | of them killed | of them children\n"
        "Donetsk region | 120 | 31 | 4\nKherson region | 96 | 12 | 3\n"
    )
    found = [(f.figure.indicator, f.figure.people, f.figure.value) for f in read(text).figures]
    assert found[:3] == [
        ("casualties", "all", 120),
        ("killed", "all", 31),
        ("casualties", "children", 4),
    ]


def test_a_column_of_days_dates_its_rows_whatever_its_header_says():
    text = (
        "Heat outages after strikes\n\nCity | Attack | Blocks without heat\n"
        "Kyiv | 9 Jan | 6,000\nOdesa | 27 Jan | 870\n"
    )
    found = [(f.figure.date, f.figure.value) for f in read(text, PUBLISHED).figures]
    assert found == [("2026-01-09", 6000), ("2026-01-27", 870)]


def test_a_row_counted_on_another_day_than_the_title_names_is_of_its_own_day():
    text = (
        "КИЇВ: ТЕПЛО ПІСЛЯ УДАРУ 20 СІЧНЯ\n\nчас / без тепла, будинків / підключено, будинків\n"
        "20.01, 14:30 / 4 035 / 1 600\n21.01, 09:00 / 2 960 / 2 675\n22.01, 08:00 / 1 940 / 3 695\n"
    )
    found = [f.figure.date for f in read(text, PUBLISHED).figures if f.figure.status == "without"]
    assert found == ["2026-01-20", "2026-01-21", "2026-01-22"]


def test_a_title_from_day_to_day_is_a_span():
    text = (
        "Casualties by region (OHCHR, 24 Feb 2022 – 15 Jan 2023)\n\nRegion | Killed\n"
        "Kharkiv region | 924\nKherson region | 210\n"
    )
    found = {(f.figure.date, f.figure.period) for f in read(text, "2023-01-20").figures}
    assert found == {("2023-01-15", "cumulative")}


def test_keys_below_a_place_are_about_that_place_and_the_day_of_the_title():
    text = f"{TOLLS.title}\n\n{keys_in_sections(as_rows(TOLLS))}\n"
    for published in (PUBLISHED, "2026-01-21"):
        found = {
            (f.place, f.indicator, f.value, f.date)
            for f in (each.figure for each in read(text, published).figures)
        }
        assert found == {
            (place, indicator, number, "2026-01-20")
            for place, numbers in TOLLS.rows.values()
            for (indicator, _), number in zip(TOLLS.counted, numbers, strict=True)
        }


def counted(text: str) -> set[tuple[str, float, str]]:
    figures = [each.figure for each in read(text, PUBLISHED).figures]
    return {(f.indicator, f.value or 0, f.people) for f in figures}


def test_a_letter_for_the_sex_is_no_scale():
    text = "Kherson, 20 January 2026\n\nWhat | Killed (M) | Killed (F)\nFPV drones | 3 | 1\n"
    assert counted(text) == {("killed", 3, "men"), ("killed", 1, "women")}


def test_what_was_planned_or_shot_down_is_not_counted():
    plan = "Evacuation from Sumy Oblast, 20 January 2026\n\nDay | Plan | Evacuated\n"
    assert counted(plan + "19.01.2026 | 90 | 71\n20.01.2026 | 80 | 64\n") == {
        ("evacuated", 71, "all"),
        ("evacuated", 64, "all"),
    }
    arms = "Night to 20 January 2026\n\nWeapon | Launched | Neutralised\n"
    assert counted(arms + "Shahed | 293 | 240\nKh-101 | 18 | 8\n") == {
        ("drones_launched", 293, "all"),
        ("missiles_launched", 18, "all"),
    }


@pytest.mark.parametrize("cell", ["12,400)", "1,1,1", "5 (4%", "7; 8; 9"])
def test_a_cell_that_is_not_understood_gives_no_part_of_itself(cell):
    text = f"Sumy, 20 January 2026\n\nOblast | Injured\nSumy | {cell}\nKharkiv | 5\n"
    assert counted(text) == {("injured", 5, "all")}


def test_the_words_of_a_row_are_about_its_oblast_and_day():
    text = (
        "Overview of the week by oblast\n\nDate | Oblast | Kind | Impact on civilians\n"
        "19.01.2026 | Kharkiv | drones | 2 killed, 31 injured; 12,000 customers without power\n"
        "20.01.2026 | Odesa | missiles | 95,000 customers cut off overnight, 1 injured\n"
    )
    found = {(f.figure.place, f.figure.date, f.figure.value) for f in read(text, PUBLISHED).figures}
    assert found == {
        *(("UA63", "2026-01-19", value) for value in (2, 31, 12000)),
        *(("UA51", "2026-01-20", value) for value in (95000, 1)),
    }
