"""datapackage.json fits the table beside it: columns, types, keys, hash, pages and licences."""

import csv
import hashlib
import io
import json
import re
import zipfile
from datetime import date, datetime

import pytest

from impact.exports import datapackage, tables
from impact.model.language import words
from impact.queries import search
from impact.queries.search import Search
from tests import made
from tests.made import BILA_TSERKVA, KYIV, toll

EN = words("en")
MADE = [
    made.figure(note="=1+1, and a comma", url="https://example.org/a", attributed_to="Mayor"),
    made.figure(value=900.0, value_high=1200.0, place=BILA_TSERKVA, url="https://example.org/b"),
    made.figure(
        value=-19.25, indicator="temperature", unit="celsius", status="", cause="", place=KYIV
    ),
    toll(value=None, unit="", bound="unstated", date="2026-01-25", url="javascript:alert(1)"),
]
# Type of a field -> whether a cell is one.
FITS = {
    "string": lambda cell: True,
    "number": lambda cell: float(cell) is not None,
    "integer": lambda cell: re.fullmatch(r"-?\d+", cell),
    "boolean": lambda cell: cell in ("true", "false"),
    "date": lambda cell: date.fromisoformat(cell),
    "datetime": lambda cell: datetime.fromisoformat(cell),
}


@pytest.fixture(scope="module")
def archive():
    with made.shown(*MADE) as reader:
        exported = tables.table(search.figures(reader, Search()))
    packed = datapackage.pack(exported, "Sourced figures", EN)
    assert packed == datapackage.pack(exported, "Sourced figures", EN)
    return zipfile.ZipFile(io.BytesIO(packed))


@pytest.fixture(scope="module")
def told(archive):
    return json.loads(archive.read("figures/datapackage.json"))


@pytest.fixture(scope="module")
def resource(told):
    (only,) = told["resources"]
    return only


@pytest.fixture(scope="module")
def rows(archive, resource):
    written = archive.read(f"figures/{resource['path']}")
    assert len(written) == resource["bytes"]
    assert resource["hash"] == f"sha256:{hashlib.sha256(written).hexdigest()}"
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_names_are_as_the_form_asks(told, resource):
    for name in (told["name"], resource["name"]):
        assert re.fullmatch(r"[a-z0-9._-]+", name)
    assert told["profile"] == "tabular-data-package"


def test_every_column_is_a_field_in_its_order(resource, rows):
    assert [field["name"] for field in resource["schema"]["fields"]] == rows[0]
    assert {"admin1_code", "admin1_name", "admin_level", "location_code"} <= set(rows[0])
    assert all(field["description"] for field in resource["schema"]["fields"])


def test_every_cell_is_of_the_type_of_its_field(resource, rows):
    assert len(rows) == 1 + len(MADE)
    for field, *cells in zip(resource["schema"]["fields"], *rows[1:], strict=True):
        assert all(FITS[field["type"]](cell) for cell in cells if cell), field
        if field.get("constraints", {}).get("required"):
            assert all(cells), field


def test_the_key_tells_rows_apart(resource, rows):
    at = rows[0].index(resource["schema"]["primaryKey"])
    assert len({row[at] for row in rows[1:]}) == len(MADE)


def test_only_safe_addresses_are_sources(resource):
    paths = {each.get("path") for each in resource["sources"]}
    assert {"https://example.org/a", "https://example.org/b"} <= paths
    assert not [path for path in paths if path and path.startswith("javascript")]


@pytest.mark.parametrize(("title", "name"), [("bars_Київ 2026", "bars_-2026"), ("Київ", "figures")])
def test_a_name_in_other_letters_becomes_one_of_the_form(title, name, archive):
    with made.shown(*MADE) as reader:
        exported = tables.table(search.figures(reader, Search()))
    about = json.loads(datapackage.descriptor(exported, b"", f"{title}.csv", title, EN))
    assert about["name"] == name and about["title"] == title
