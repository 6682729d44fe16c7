"""The readings of the shipped tables, as the page Corrections lists them."""

import csv

from impact.model import language
from impact.queries import readings
from tests.made import figure


def test_every_amendment_of_a_published_row_is_listed_with_its_reason(shipped):
    rows = readings.readings(shipped)
    with readings.AMENDMENTS.open(encoding="utf-8", newline="") as file:
        lines = {(line["id"], line["field"]): line for line in csv.DictReader(file)}
    listed = set(zip(rows["source_key"], rows["field"], strict=True))
    # Rows that are refused when they are loaded have no figure.
    assert listed <= set(lines) and len(listed) == len(rows) > 0.99 * len(lines)
    assert (rows["reason"] != "").all()
    dated = rows[(rows["field"] == "date") & (rows["printed"] != "")]
    assert len(dated) and (dated["printed"] != dated["value"]).all()


def test_a_store_without_the_shipped_tables_has_none(shown):
    rows = readings.readings(shown(figure()))
    assert rows.empty and readings.table(rows, language.words("uk")).empty
