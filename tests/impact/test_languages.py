"""Languages are data: no code asks which one it is, and a further one is a file and a column."""

import ast
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.etl.reports.test_languages import SAID, ciphered, secret

ROOT = Path(__file__).parents[2]
CODE = sorted(path for room in ("impact", "etl") for path in (ROOT / room).rglob("*.py"))
# Where a source's own language is stated, and where a file's columns are named for programs.
STATE_IT = {
    *("etl/sources/missile_attacks.py", "etl/sources/norms.py", "etl/sources/outage_schedules.py"),
    *("impact/exports/tables.py", "impact/exports/whole.py"),
}


def strings(path: Path) -> list[str]:
    """The texts of a file that may be of a language, as they are written there, docstrings left
    out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    source = path.read_text(encoding="utf-8")
    found = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
    # How a text is written tells something of few, and each look at the source is dear.
    return [
        ast.get_source_segment(source, node) or node.value
        for node in found
        if not node.value.isascii() or node.value == "uk"
    ]


@pytest.mark.slow
def test_no_words_of_a_language_stand_in_code():
    written = {path.relative_to(ROOT).as_posix(): strings(path) for path in CODE}
    cyrillic = re.compile("[\u0400-\u04ff]")
    assert {name for name, texts in written.items() if any(map(cyrillic.search, texts))} == set()
    naming = {name for name, texts in written.items() if {'"uk"', "'uk'"} & {*texts}}
    assert naming <= {*STATE_IT}


@pytest.fixture
def house(tmp_path) -> Path:
    """The project with its own copy of data and catalogues, its code as it is."""
    for room in ("impact", "etl", "tests"):
        (tmp_path / room).symlink_to(ROOT / room)
    for room in ("data", "locale"):
        shutil.copytree(ROOT / room, tmp_path / room)
    return tmp_path


def said_by(house: Path, script: str):
    """What a script prints in a house, as JSON."""
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(ran.stdout)


READ = """
import json, sys
from etl.reports.reader import read
from impact.model.number_words import contains
reading = read({text!r}, "2026-01-25")
figures = [each.figure for each in reading.figures]
print(json.dumps([reading.language, [
    [f.indicator, f.value, f.unit, f.place, contains(f.quote, f.value)] for f in figures
]]))
"""


def test_a_further_report_language_is_one_file(house):
    folder = house / "data" / "languages"
    english = tomllib.loads((folder / "en.toml").read_text(encoding="utf-8"))
    unheard_of = {kind: ciphered(table, kind) for kind, table in english.items()}
    (folder / "xx.toml").write_text(written(unheard_of), encoding="utf-8")
    plain = said_by(house, READ.format(text=SAID))
    told = said_by(house, READ.format(text=secret(SAID)))
    assert (plain[0], told[0]) == ("en", "xx")
    assert told[1] == plain[1] and len(told[1]) == 10
    assert all(contained for *_, contained in told[1])


def written(tables: dict) -> str:
    """Tables as TOML, which writes a string as JSON does."""
    lines = []

    def table(path: str, content: dict) -> None:
        lines.append(f"[{path}]")
        inner = []
        for key, value in content.items():
            name = json.dumps(key)
            if isinstance(value, dict):
                inner.append((f"{path}.{name}", value))
            else:
                lines.append(f"{name} = {json.dumps(value, ensure_ascii=False)}")
        for each in inner:
            table(*each)

    for name, content in tables.items():
        table(name, content)
    return "\n".join(lines)


SHOWN = """
import json
from impact.model.indicators import INDICATORS
from impact.model.language import languages, own_name, words
from impact.model.outlets import called
from impact.model.places import find
from impact.model.speakers import identify
from impact.wording import captions
pl, kyiv = words("pl"), find("Kyjow")
row = dict(indicator="killed", status="", people="all", unit="people", cause="strike", part="",
           period="", bound="exact", value=3.0, value_high=float("nan"))
print(json.dumps([languages(), own_name("pl"), kyiv.pcode, kyiv.name("pl"),
    identify("mayor", "UA80").name("pl"), called("Babel", "pl"), captions.amount(row, pl),
    pl.percent(0.25), INDICATORS["killed"].title["pl"], kyiv.short("pl")]))
"""


def test_a_further_page_language_is_a_catalogue_and_a_column_of_names(house):
    catalogue = house / "locale" / "pl" / "LC_MESSAGES" / "impact.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || '
        'n%100>=20) ? 1 : 2);\\n"\n\n'
        'msgid "{count} person"\nmsgid_plural "{count} people"\n'
        'msgstr[0] "{count} osoba"\nmsgstr[1] "{count} osoby"\nmsgstr[2] "{count} osób"\n',
        encoding="utf-8",
    )
    add_names(house / "data" / "places" / "places.csv", "name_en", {"Kyiv": "Kyjow"})
    klitschko = {"Vitali Klitschko, mayor of Kyiv": "Witalij Kłyczko, mer Kijowa"}
    add_names(house / "data" / "speakers.csv", "name_en", klitschko)
    add_names(house / "data" / "outlets.csv", "name", {"Babel": "Babel PL"})
    assert said_by(house, SHOWN) == [
        ["en", "pl", "uk"],
        "Polski",
        "UA80",
        "Kyjow",
        "Witalij Kłyczko, mer Kijowa",
        "Babel PL",
        "3 osoby",
        "25%",
        "Killed",
        "Kyjow",
    ]


def add_names(path: Path, known: str, names: dict[str, str]) -> None:
    """Gives a table a column of Polish names."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "name_pl"])
        writer.writeheader()
        writer.writerows(row | {"name_pl": names.get(row[known], "")} for row in rows)
