"""Traps that other systems fell into, as sentences: what is read, and what must never be.

Each names the case it comes from; the words are ours, the numbers are theirs.
"""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reports.model.document import Document, Table
from etl.reports.reader import read
from etl.reports.tables import read_table
from etl.reports.tables.reasons import UNKNOWN_PLACE
from impact.model.places import PLACES

WRITTEN = "2026-01-24"


def told(text: str, published: str = WRITTEN, **wanted) -> list[tuple]:
    """(indicator, value, status) of every figure that is read, in the order of the text."""
    figures = [each.figure for each in read(text, published).figures]
    return [
        (each.indicator, each.value, each.status)
        for each in figures
        if all(getattr(each, name) == value for name, value in wanted.items())
    ]


def reasons(text: str, published: str = WRITTEN) -> dict[str, str]:
    """The words of every number that was left out -> why."""
    return {text[out.start : out.end]: out.reason for out in read(text, published).left_out}


# Parts. "Eleven of the injured are in a coma" was read as eleven more.


@pytest.mark.parametrize(
    "text",
    [
        "Kharkiv: 43 injured. Eleven of the injured are in a coma.",
        "Харків: 43 поранених. Одинадцятеро з поранених – у комі.",
        "Kharkiv\nInjured: 43\n- in hospital: 11",
    ],
)
def test_some_of_the_injured_are_no_toll_of_their_own(text):
    assert told(text) == [("injured", 43, "")]


@pytest.mark.parametrize(
    "text",
    [
        "Kharkiv\nDead: 31\n- children: 6",
        "Харків\nЗагиблі: 31\n— діти: 6",
        "Kharkiv: 31 dead. Six of the dead are children.",
        "Харків: загинула 31 людина, шестеро з них – діти.",
    ],
)
def test_a_part_with_its_group_is_read_once_and_of_its_whole(text):
    assert told(text, people="all") == [("killed", 31, "")]
    assert told(text, people="children") == [("killed", 6, "")]


def test_of_weapons_sent_and_shot_down_only_those_sent_are_read():
    text = "It downed 405 of the 430 drones and 14 of the 18 missiles that Russia launched."
    assert told(text) == [("drones_launched", 430, ""), ("missiles_launched", 18, "")]


# Scales. sfekih/quantitative-data-extraction stored "8.2 MILLION" as 82,000,000.

SCALES = {"thousand": 1_000, "million": 1_000_000, "тис.": 1_000, "млн": 1_000_000}


@pytest.mark.parametrize(
    "words, value",
    [
        ("8.2 MILLION people", 8_200_000),
        ("5.4 million people", 5_400_000),
        ("1.1m people", 1_100_000),
        ("two and a half million people", 2_500_000),
        ("8.2-8.3 million people", 8_200_000),
    ],
)
def test_a_scale_makes_the_number_that_it_says(words, value):
    text = f"In Ukraine {words} were without electricity on 20 January 2026."
    assert told(text) == [("power_outage", value, "without")]


def test_the_scale_stays_in_the_quote():
    (found,) = read("In Ukraine 8.2 MILLION people were without power.", WRITTEN).figures
    assert "8.2 MILLION people" in found.figure.quote


@given(st.decimals(1, 999, places=3), st.sampled_from(sorted(SCALES)))
def test_a_decimal_and_its_scale_are_an_exact_number(number, scale):
    number = number.normalize()
    if scale.isascii():
        text = f"In Kyiv {number:f} {scale} customers were without electricity."
    else:
        written = f"{number:f}".replace(".", ",")
        text = f"У Києві без світла лишилися {written} {scale} споживачів."
    (found,) = read(text, WRITTEN).figures
    assert Decimal(found.figure.value) == number * SCALES[scale]


def test_a_raised_digit_after_a_scale_is_no_number():
    text = "In Kyiv 2 thousand ² customers were without electricity."
    assert told(text) == [("power_outage", 2_000, "without")]


# Cards of key figures that run together, from the same file.

CARDS = (
    "8,836 UN-Confirmed Civilian Deaths in Ukraine May 2023 8.2 MILLION Refugees from Ukraine "
    "May 2023 17.6 MILLION People in Need May 2023 5.4 MILLION Internally Displaced People May 2023"
)


def test_every_number_of_cards_belongs_to_its_own_label():
    assert told(CARDS, "2023-06-01") == [("killed", 8_836, "")]


def test_refugees_displaced_people_and_people_in_need_are_no_toll():
    assert reasons(CARDS, "2023-06-01") == {
        "8.2 MILLION Refugees": "other",
        "17.6 MILLION People": "present",
        "5.4 MILLION": "stock",
    }


def test_cards_in_lines_of_their_own_give_no_number_to_the_wrong_label():
    for text in (CARDS.replace(" UN-", "\nUN-"), "Killed\n8,836\nRefugees\n8.2 MILLION\nInjured"):
        wrong = {("killed", 8_200_000, ""), ("injured", 8_200_000, ""), ("injured", 8_836, "")}
        assert not wrong & set(told(text, "2023-06-01"))


# One event, two states: 74 thousand cut off at night, 40 thousand in the morning (unn.ua, 2026).


@pytest.mark.parametrize(
    "text",
    [
        "The overnight attack on 14 January cut off power to 74,000 consumers in Dnipropetrovsk "
        "Oblast; by morning more than 40,000 were still without electricity.",
        "Унаслідок нічної атаки 14 січня на Дніпропетровщині без світла лишилися 74 тисячі "
        "споживачів, на ранок знеструмленими залишаються понад 40 тисяч, повідомили в ОВА.",
    ],
)
def test_those_cut_off_and_those_still_without_are_two_figures(text):
    assert told(text, "2026-01-14", place="UA12", unit="customers") == [
        ("power_outage", 74_000, "lost"),
        ("power_outage", 40_000, "without"),
    ]


# Units: 471 buildings, 67 % of housing, 1,940 high-rises, a third of the 12,000 (Kyiv, 2026).


def test_buildings_stay_buildings_and_a_share_is_no_count():
    text = (
        "In Kyiv 471 buildings were without heating on 18 January. Some 67% of housing has heat. "
        "1,940 high-rises were without heating on 20 January."
    )
    assert told(text, unit="buildings") == [
        ("heating_loss", 471, "without"),
        ("heating_loss", 1_940, "without"),
    ]
    assert reasons(text)["67"] == "percent"


@pytest.mark.parametrize(
    "text",
    [
        "In Kyiv 4,200 apartment buildings, a third of the 12,000, were without heating.",
        "In Kyiv 4,200 of the 12,000 apartment buildings were without heating.",
        "In Kyiv 4,200 out of 12,000 apartment buildings were without heating.",
        "In Kyiv 4,200 of the city's 12,000 apartment buildings were without heating.",
        "У Києві 4200 багатоповерхівок, третина з 12 тисяч, були без опалення.",
    ],
)
def test_all_there_are_is_not_what_was_hit(text):
    assert told(text) == [("heating_loss", 4_200, "without")]
    assert set(reasons(text).values()) == {"stock"}


@pytest.mark.parametrize(
    "text",
    [
        "In Kyiv 16 out of 6,000 buildings remained without heat.",
        "In Kyiv heat is back in half of the 6,000 buildings.",
        "In Kyiv half of the 6,000 buildings that lost heat are warm.",
        "У Києві без опалення 67 будинків із 6 тис., які втратили теплопостачання 9 січня.",
    ],
)
def test_the_whole_of_those_still_without_is_what_was_lost(text):
    assert ("heating_loss", 6_000, "lost") in told(text)


def test_half_of_the_wounded_leaves_their_number_standing():
    text = "In Kharkiv half of the 12 wounded are children."
    assert told(text) == [("injured", 12, "")]


# Customers are not people, families are not people (OCHA, Flash Update #6, February 2024).


@pytest.mark.parametrize(
    "text",
    [
        "The authorities in Dnipropetrovska Oblast estimate that some 30,000 customers – families, "
        "businesses and institutions – lost power on 15 February 2024, and 10,000 families were "
        "left without water.",
        "За оцінкою влади Дніпропетровської області, близько 30 тисяч споживачів – родин, "
        "підприємств та установ – втратили електропостачання 15 лютого 2024 року, а 10 тисяч родин "
        "лишилися без води.",
    ],
)
def test_customers_and_families_are_kept_as_they_are_counted(text):
    power, water = (each.figure for each in read(text, "2024-02-16").figures)
    assert (power.indicator, power.value, power.unit) == ("power_outage", 30_000, "customers")
    assert (water.indicator, water.value, water.unit) == ("water_outage", 10_000, "households")
    assert power.bound == "about" and {power.place, water.place} == {"UA12"}
    assert {power.attributed_to, water.attributed_to} == {"local authorities"}


# Late additions: 359 in one day was 61 new and 298 accepted later (palestine-datasets#522).


@pytest.mark.parametrize(
    "text",
    [
        "In Kharkiv 61 people were killed on 23 January 2026; another 298 deaths of earlier months "
        "were added to the register on the same day.",
        "In Kharkiv 61 people were killed on 23 January and 298 deaths from previous months were "
        "added to the register.",
        "У Харкові 23 січня загинула 61 людина, ще 298 смертей за попередні місяці внесли до "
        "реєстру того ж дня.",
    ],
)
def test_deaths_entered_late_are_not_the_days(text):
    assert told(text, date="2026-01-23") == [("killed", 61, "")]
    assert told(text) == [("killed", 61, "")]
    assert set(reasons(text).values()) == {"late"}


@pytest.mark.parametrize(
    "text",
    [
        "In Kharkiv 12 people were killed on 23 January; another 5 were killed in Izium.",
        "У Харкові 23 січня загинули 12 людей, ще п'ятеро загинули в Ізюмі.",
    ],
)
def test_another_five_are_counted(text):
    assert told(text) == [("killed", 12, ""), ("killed", 5, "")]


# Cumulative and daily values in one file (CSSEGISandData/COVID-19#2204).


@pytest.mark.parametrize(
    "text",
    [
        "Since the start of the year 1,200 people have been killed in Kharkiv Oblast; on 23 "
        "January 5 people were killed.",
        "З початку року на Харківщині загинули 1200 людей; 23 січня загинули 5 людей.",
    ],
)
def test_a_total_and_a_days_toll_are_kept_apart(text):
    assert told(text, period="cumulative") == [("killed", 1_200, "")]
    assert told(text, period="day") == [("killed", 5, "")]


# Injured beside "received hospital care" (watchboard#236 made 86,358 of the two).


def test_hospital_care_is_not_added_to_the_injured():
    text = "In Kharkiv 16,740 people were injured and 73,356 received hospital treatment."
    assert told(text) == [("injured", 16_740, "")]


# Two bodies, two claims (IFRCGo/go-api#2591 made 3 of them).


@pytest.mark.parametrize(
    "text, bodies",
    [
        (
            "In Kharkiv one person was killed on 23 January, the Red Cross said. Two people were "
            "killed in Kharkiv on 23 January, the regional governor said.",
            ["Red Cross", "regional head"],
        ),
        (
            "У Харкові 23 січня загинула одна людина, повідомив Червоний Хрест. Двоє людей "
            "загинули в Харкові 23 січня, повідомили в ОВА.",
            ["Red Cross", "oblast military administration"],
        ),
    ],
)
def test_each_body_has_its_own_claim(text, bodies):
    figures = [each.figure for each in read(text, WRITTEN).figures]
    assert [each.value for each in figures] == [1, 2]
    assert [each.attributed_to for each in figures] == bodies


# Crimea and Sevastopol inside or outside the total (CSSEGISandData/COVID-19#4362).


@pytest.mark.parametrize(
    "text",
    [
        "Across Ukraine, without Crimea and Sevastopol, 5,000 households had no power.",
        "Across Ukraine, excluding temporarily occupied Crimea, 5,000 households had no power.",
        "По Україні, без Криму та Севастополя, без світла лишалися 5000 родин.",
    ],
)
def test_a_total_without_some_regions_is_the_countrys_and_says_so(text):
    (found,) = read(text, WRITTEN).figures
    assert found.figure.place == "UA"
    assert "Crimea" in found.figure.quote or "Криму" in found.figure.quote


# An empty schedule is the worst day, not the best (ha-svitlo-yeah#41).


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv, 24 January 2026. Emergency shutdowns are in force. Outage schedule: none.",
        "Київ, 24 січня 2026. Діють екстрені відключення. Графік відключень: порожньо.",
        "Київ: екстрені відключення, черг 0, графіки не діють.",
    ],
)
def test_an_empty_schedule_is_no_zero(text):
    assert told(text) == []


def table(*rows: list[str]):
    """The reading of a table whose first row is its header."""
    text, spans = "", []
    for row in rows:
        line = []
        for cell in row:
            line.append((len(text), len(text) + len(cell)))
            text += f"{cell}\t"
        spans.append(tuple(line))
    document = Document(name="a.csv", kind="csv", text=text, tables=(Table(tuple(spans)),))
    return read_table(document, document.tables[0], WRITTEN)


HEADER = ["date", "oblast", "killed"]


@pytest.mark.parametrize("cell", ["", "-", "n/a"])
def test_an_empty_cell_is_no_zero(cell):
    reading = table(HEADER, ["2026-01-23", "UA63", cell], ["2026-01-23", "UA59", "3"])
    assert [each.figure.value for each in reading.figures] == [3]


# Codes: Kyiv is UA-30 in ISO 3166-2 and UA80 among P-codes, Luhansk Oblast UA-09 and UA44.


@pytest.mark.parametrize(
    "iso, pcode", [("UA-30", "UA80"), ("UA-32", "UA32"), ("UA-09", "UA44"), ("UA-77", "UA73")]
)
def test_an_iso_code_is_the_place_it_means(iso, pcode):
    reading = table(HEADER, ["2026-01-23", iso, "3"], ["2026-01-23", "UA59", "2"])
    found = {each.figure.value: each.figure.place for each in reading.figures}
    # Where nothing is kept about a place, the row is refused, never placed elsewhere.
    assert found.get(3, pcode) == pcode and found[2] == "UA59"
    assert 3 in found or reading.refused


@pytest.mark.parametrize("code", ["UA30", "UA09", "UA77", "UA40", "UA43"])
def test_an_iso_code_without_its_hyphen_is_refused(code):
    assert code not in PLACES
    reading = table(HEADER, ["2026-01-23", code, "3"])
    assert not reading.figures
    (refused,) = reading.refused
    assert refused.reason.startswith(UNKNOWN_PLACE)
