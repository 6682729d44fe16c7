"""The source of a wiki's page: its tables and sentences are read, references and marks are not."""

import time

from etl.commands.read import as_label
from etl.reports.opening.files import open_file
from etl.reports.reader import read_document

PAGE = """'''Strikes''' of the winter.<ref>{{cite web|title=Nine killed|date=2 January 2026}}</ref>
== January ==
{| class="wikitable sortable" style="width:100%"
|+ Attacks in January 2026
! rowspan="2" | Date
! colspan="2" | Launched
! rowspan="2" | Civilians killed
! rowspan="2" | {{Abbr|Ref|reference}}
|-
! Missiles !! Drones
|-
| {{dts|2026|1|8}} || 14 || 133 || '''3''' || <ref name="a">{{cite web|title=5 killed}}</ref>
|-
| style="text-align:right" | 12 January
| 9
| 88<!-- 90 at first -->
| 1
|
|}
On 19 January, [[Sumy|the city of Sumy]] lost heating in 214 buildings.
[[Category:Attacks]]
"""
FIGURES = {
    ("missiles_launched", 14, "Ukraine", "2026-01-08"),
    ("drones_launched", 133, "Ukraine", "2026-01-08"),
    ("killed", 3, "Ukraine", "2026-01-08"),
    ("missiles_launched", 9, "Ukraine", "2026-01-12"),
    ("drones_launched", 88, "Ukraine", "2026-01-12"),
    ("killed", 1, "Ukraine", "2026-01-12"),
    ("heating_loss", 214, "Sumy", "2026-01-19"),
}
QUICK = 5.0  # seconds


def test_tables_and_sentences_of_a_wiki_page_are_read():
    (document,) = open_file(PAGE.encode(), "page.txt")
    labels = [as_label(each.figure) for each in read_document(document, "2026-01-25").figures]
    found = {(each["indicator"], each["value"], each["place"], each["date"]) for each in labels}
    assert found == FIGURES


def test_a_merged_cell_covers_its_rows():
    page = "{|\n! Date !! City !! Killed\n|-\n| rowspan=2 | 8 January 2026 || Sumy || 2\n|-\n"
    (document,) = open_file(f"{page}| Kyiv || 1\n|}}".encode(), "page.txt")
    labels = [as_label(each.figure) for each in read_document(document).figures]
    assert [(each["place"], each["value"], each["date"]) for each in labels] == [
        ("Sumy", 2, "2026-01-08"),
        ("Kyiv", 1, "2026-01-08"),
    ]


def test_marks_that_never_end_are_opened_quickly():
    page = "{|\n" + "<ref>" * 20_000 + "{{a|" * 20_000 + "\n" * 20_000 + "= " * 20_000 + "\n|}"
    began = time.process_time()
    open_file(page.encode(), "page.txt")
    assert time.process_time() - began < QUICK


def test_attributes_without_end_and_cells_beyond_the_table_are_opened_quickly():
    endless = "class=" + "a=bc" * 400
    beyond = "\n|-\n".join("| rowspan=999 colspan=999 | 2" for _ in range(3))
    began = time.process_time()
    (document,) = open_file(f"{{|\n| {endless}\n|-\n{beyond}\n|}}".encode(), "page.txt")
    assert "bca=bc" in document.text
    assert time.process_time() - began < QUICK
