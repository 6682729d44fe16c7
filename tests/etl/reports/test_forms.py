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


FORMS = {
    "bars": parted_by(" | "),
    "tabs": parted_by("\t"),
    "semicolons": parted_by(";"),
    "frame": in_a_frame,
    "gaps": by_gaps,
    "labels": labelled,
    "numbered": numbered,
    "turned": turned,
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
