"""Sheets whose rows hold sentences, the posts of a channel or notes on events, and what is said of
sheets that count nothing or something else than the first of their workbook."""

import io

import pytest
from openpyxl import Workbook

from etl.commands.read import as_label
from etl.reports.model.reading import RefusedRow
from etl.reports.opening.files import open_file
from etl.reports.reader import read_document
from etl.reports.tables.reasons import NO_INDICATOR
from tests.etl.reports.making import workbook

PUBLISHED = "2026-01-25"
POST = (
    "Зведення по Сумській області за минулу добу:\n"
    "▪️ загинули 2 людини\n"
    "▪️ поранено 5 людей\n"
    "У Конотопі без світла 3 100 абонентів.\n"
)


def told(content: bytes, name: str = "posts.csv", published: str = PUBLISHED) -> set[tuple]:
    """Indicator, value, place and day of each figure of a file."""
    (document,) = open_file(content, name)
    reading = read_document(document, published)
    for each in reading.figures:
        stated = each.figure
        assert document.text[stated.start : stated.end] == stated.quote
    labels = [as_label(each.figure) for each in reading.figures]
    return {(each["indicator"], each["value"], each["place"], each["date"]) for each in labels}


POSTS = {
    ("killed", 2, "Sumy Oblast", "2026-01-18"),
    ("injured", 5, "Sumy Oblast", "2026-01-18"),
    ("power_outage", 3100, "Konotop", "2026-01-19"),
    ("injured", 8, "Kharkiv", "2026-01-20"),
}


def test_the_posts_of_a_channel_are_read_each_with_its_day():
    later = "Унаслідок удару у Харкові поранено 8 людей."
    rows = f'ID;Дата;Повідомлення;Перегляди\n1;19.01.2026 08:05;"{POST}";41\n'
    rows += f'2;20.01.2026 19:40;"{later}";7\n'
    assert told(rows.encode()) == POSTS


def test_the_posts_in_a_workbook_are_read_alike():
    later = "Унаслідок удару у Харкові поранено 8 людей."
    rows = [["date", "text"], ["2026-01-19", POST], ["2026-01-20", later]]
    assert told(workbook(rows), "posts.xlsx") == POSTS


def test_a_post_about_another_country_and_one_without_a_day_give_nothing():
    rows = (
        "date,country,description\n"
        "2026-01-19,Russia,Two people were killed when a drone hit a car there\n"
        "soon,Ukraine,Two people were killed when a drone hit a car in Sumy\n"
    )
    assert told(rows.encode()) == set()


def test_days_of_posts_may_have_the_month_first():
    rows = (
        "id,date,location,description\n"
        'C1,01/18/2026,"Chuhuiv, south of Kharkiv",Missile hit a block of flats; 3 people injured\n'
        "C2,01/19/2026,Kyiv,A drone hit a house and two people were injured\n"
    )
    assert told(rows.encode()) == {
        ("injured", 3, "Chuhuiv", "2026-01-18"),
        ("injured", 2, "Kyiv", "2026-01-19"),
    }


def test_notes_beside_counts_are_read_and_say_nothing_twice():
    rows = (
        "event_date,admin1,notes,fatalities\n"
        '2026-01-19,Kharkiv,"A drone hit a house in Kharkiv: 1 person was killed, 6 injured.",1\n'
    )
    assert told(rows.encode()) == {
        ("killed", 1, "Kharkiv Oblast", "2026-01-19"),
        ("injured", 6, "Kharkiv", "2026-01-19"),
    }


@pytest.mark.parametrize(
    "rows",
    [
        "date,target_name,oblast,source_url\n2025-08-08,Afipsky refinery,Krasnodar Krai,"
        "https://example.org/news/as-a-no-os/x\n",
        "exposure_id,start,scope,sources,version\nX2024_0917,2024-09-17,regional,Grid_20240917,v2_4\n"
        "X2024_0918,2024-09-18,regional,Grid_20240918,v2_4\n",
    ],
    ids=["addresses", "names of programs"],
)
def test_addresses_and_names_of_programs_are_in_no_language(rows):
    (document,) = open_file(rows.encode(), "list.csv")
    assert read_document(document, PUBLISHED).unread == ()


def test_a_sheet_that_counts_nothing_that_is_kept_says_so():
    rows = "date,personnel,tanks,uav\n2026-01-19,1225000,11580,112000\n"
    (document,) = open_file(rows.encode(), "losses.csv")
    reading = read_document(document, PUBLISHED)
    (refused,) = reading.refused
    assert not reading.figures and not reading.unplaced
    assert refused == RefusedRow("row 1", NO_INDICATOR, "date | personnel | tanks | uav")


def test_the_title_of_one_sheet_says_nothing_of_what_another_counts():
    book = Workbook()
    first, second = book.active, book.create_sheet("Outages")
    for row in (["Civilian casualties, Sumy Oblast"], ["City", "Killed"], ["Sumy", 2]):
        first.append(row)
    for row in (["Oblenergo", "Off at 08:00"], ["Sumyoblenergo", 31000]):
        second.append(row)
    content = io.BytesIO()
    book.save(content)
    assert told(content.getvalue(), "a.xlsx") == {("killed", 2, "Sumy", PUBLISHED)}
