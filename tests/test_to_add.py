"""A stranger follows the README's table "To add …".

Each thing is added in a copy of the project, in the places that its row names alone. Then it is
seen working from outside.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from tests.etl.reports.test_languages import SAID, ciphered, secret
from tests.test_readme import table

pytestmark = pytest.mark.slow  # each runs the project in a process of its own

ROOT = Path(__file__).parents[1]
CODE = ("impact", "etl", "pages", "pictures", "data", "locale", ".streamlit")
FILES = ("dashboard.py", "pyproject.toml", "tests/outside.py", "tests/pages/api/asking.py")
ROWS = {row[0]: row[1:] for row in table("To add …")}

# Rows of the sourced table, about whatever indicator a stranger has.
HEADER = (
    "id,date,place,admin_level,indicator,value,value_high,bound,unit,group,status,attributed_to,"
    "publisher,published,url,note,report_language\n"
)
ROW = "x1,2026-01-20,Kyiv,city,{indicator},{value},,exact,{unit},all,,,UNN,2026-01-20,,,en\n"


class Stranger:
    """Somebody with a copy of the project and one row of the table."""

    def __init__(self, folder: Path, row: str):
        self.folder = folder
        self.places = re.findall(r"`([^`\s]+/[^`\s]*)`", " ".join(ROWS[row]))
        for each in CODE:
            shutil.copytree(ROOT / each, folder / each)
        for each in FILES:
            (folder / each).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / each, folder / each)

    def adds(self, path: str, text: str) -> None:
        """Writes a file, or lines at the end of one, in a place that the row names."""
        assert any(
            path == each or (each[-1] == "/" and path.startswith(each)) for each in self.places
        )
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        with (self.folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    def adds_column(self, path: str, column: str, cells: dict[str, str]) -> None:
        """Adds a column to a table that the row names. cells: first cell of a row -> new cell."""
        assert path in self.places
        with (self.folder / path).open(encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        told = io.StringIO()
        csv.writer(told, lineterminator="\n").writerows(
            [[*head, column], *([*row, cells.get(row[0], "")] for row in rows)]
        )
        (self.folder / path).write_text(told.getvalue(), encoding="utf-8")

    def has(self, name: str, text: str) -> str:
        """A file of the stranger's own, beside the project."""
        path = self.folder / "own" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def looks(self, *looks: str) -> str:
        """What tests/outside.py prints."""
        found = subprocess.run(
            [sys.executable, "-m", "tests.outside", *looks],
            cwd=self.folder,
            env=os.environ | {"IMPACT_STORE": str(self.folder / "store"), "PYTHONPATH": ""},
            capture_output=True,
            text=True,
        )
        assert found.returncode == 0, found.stderr
        return found.stdout


@pytest.fixture
def stranger(tmp_path):
    return lambda row: Stranger(tmp_path / "project", row)


def test_an_indicator(stranger):
    someone = stranger("an indicator")
    someone.adds(
        "data/indicators.toml",
        """
[trams_stopped]
kind = "flow"
units = ["facilities"]
hxl = "#affected+trams"
responsible = ["mayor"]
colour = "muted"
breaks = [1, 5, 10, 50]
title = { en = "Trams stopped", uk = "Зупинені трамваї" }
wording = { en = "trams stopped", uk = "зупинені трамваї" }
""",
    )
    rows = ROW.format(indicator="trams_stopped", value=73, unit="facilities")
    told = someone.looks(
        f"etl load curated --file {someone.has('rows.csv', HEADER + rows)}",
        "ask /api/figures.json?indicator=trams_stopped",
        "picture indicator=trams_stopped places=UA80 lang=uk",
        "page pages/publish/figure.py indicator=trams_stopped",
    )
    assert '"value": 73' in told
    assert "зупинені трамваї" in told.lower()
    assert "Trams stopped" in told


def test_a_source(stranger):
    someone = stranger("a source")
    someone.adds(
        "etl/sources/depot.py",
        '''"""Trams: evacuations that a depot counts."""

from etl.source import Parsed, Source
from impact.model.figure import Figure
from impact.model.places import find

SOURCE = Source(title="Depot's table", publisher="Depot", url="", licence="CC0")


def parse(payload: bytes) -> Parsed:
    """A figure a row."""
    parsed = Parsed()
    for position, row in parsed.records(payload, ["day", "city", "people"]):
        parsed.figures.append(
            Figure(
                indicator="evacuated",
                value=float(row["people"]),
                unit="people",
                place=find(row["city"]).pcode,
                date=row["day"],
                publisher="Depot",
                published=row["day"],
                position=position,
                source="depot",
            )
        )
    return parsed
''',
    )
    table_ = someone.has("depot.csv", "day,city,people\n2026-01-20,Kyiv,4711\n")
    told = someone.looks(
        f"etl load depot --file {table_}",
        "ask /api/sources.json",
        "ask /api/figures.csv?indicator=evacuated",
        "page pages/trust/sources.py",
    )
    assert "depot: 1 rows in = 1 kept + 0 refused" in told
    assert "Depot's table" in told
    assert ",4711," in told or ",4711.0," in told


def test_a_kind_of_picture(stranger):
    someone = stranger("a kind of picture")
    someone.adds(
        "impact/views/kinds/poster.py",
        '''"""A poster: the single number, on a ground of its own."""

from impact.model.language import N_
from impact.views.kind import Drawing
from impact.views.kinds import number

TITLE = N_("A poster")
MOST_PLACES, LEVELS, TOGETHER = 1, number.LEVELS, ()
SHEETS, WHOLE_WINTER = number.SHEETS, False
fits, settled, claims = number.fits, number.settled, number.claims


def drawing(view, reader, sheet) -> Drawing:
    """The number's chart, on another ground."""
    drawn = number.drawing(view, reader, sheet)
    drawn.chart.update_layout(plot_bgcolor="#123456")
    return drawn
''',
    )
    rows = ROW.format(indicator="killed", value=7, unit="people")
    told = someone.looks(
        f"etl load curated --file {someone.has('rows.csv', HEADER + rows)}",
        "picture indicator=killed places=UA80 kind=poster",
        "page pages/publish/figure.py indicator=killed",
    )
    assert '"plot_bgcolor": "#123456"' in told
    assert "A poster" in told


def test_a_summary(stranger):
    someone = stranger("a summary")
    someone.adds(
        "impact/summaries/worst_place.sql",
        """-- A row:  the place that lost most lives in a day, by one headline rule.
-- Unit:   people.
-- Rule:   own claims of places alone (docs/method.md, "Totals by day").
-- After:  daily
SELECT rule, day, arg_max(area, value) AS area, max(value) AS value
FROM daily WHERE indicator = 'killed' AND made_of = 'claim'
GROUP BY rule, day
""",
    )
    rows = ROW.format(indicator="killed", value=7, unit="people")
    told = someone.looks(
        f"etl load curated --file {someone.has('rows.csv', HEADER + rows)}", "summary worst_place"
    )
    assert "UA80" in told and "7.0" in told


def test_a_page(stranger):
    someone = stranger("a page")
    someone.adds(
        "pages/explore/trams.py",
        '''"""Trams: a page that a stranger has added."""

from impact.model.language import N_
from pages.parts.shell import screen as st
from pages.parts.shell import session

TITLE = N_("Trams")
ORDER = 35

words = session.words()
st.title(words._(TITLE))
st.markdown(f"{len(session.reader().query('SELECT 1 AS one'))} tram")
''',
    )
    someone.adds("data/access.toml", 'trams = "viewer"\n')
    rows = ROW.format(indicator="killed", value=7, unit="people")
    told = someone.looks(
        f"etl load curated --file {someone.has('rows.csv', HEADER + rows)}",
        "page pages/explore/trams.py",
    )
    assert "Trams\n1 tram\n" in told


def test_an_address_for_programs(stranger):
    someone = stranger("an address for machines")
    someone.adds(
        "pages/api/trams.py",
        '''"""/api/trams.json: how many trams run."""

from impact.address import declared
from impact.model.language import N_
from pages.api import Address, Answer, Asked, in_json


def answer(asked: Asked) -> Answer:
    """The same number for everybody."""
    return in_json({"trams": 42, "language": asked.words.language})


ADDRESSES = (
    Address(
        path="/api/trams.json",
        meaning=N_("how many trams run"),
        answer=answer,
        parameters=(declared.LANG,),
        examples=("",),
    ),
)
''',
    )
    rows = ROW.format(indicator="killed", value=7, unit="people")
    told = someone.looks(
        f"etl load curated --file {someone.has('rows.csv', HEADER + rows)}",
        "ask /api/trams.json?lang=uk",
        "ask /api/trams.json?wrong=1",
        "page pages/trust/api.py",
    )
    assert '"trams": 42,\n "language": "uk"' in told
    assert '"parameter": "wrong"' in told
    assert "Gives how many trams run." in told


def test_a_report_language(stranger):
    someone = stranger("a report language")
    english = tomllib.loads((ROOT / someone.places[0] / "en.toml").read_text(encoding="utf-8"))
    words = {kind: ciphered(table_, kind) for kind, table_ in english.items()}
    lines = (f"{json.dumps(kind)} = {_toml(table_)}\n" for kind, table_ in words.items())
    someone.adds(f"{someone.places[0]}xx.toml", "".join(lines))
    told = someone.looks(
        f"etl read {someone.has('plain.txt', SAID)} --published 2026-01-25",
        f"etl read {someone.has('secret.txt', secret(SAID))} --published 2026-01-25",
    )
    assert "plain.txt: 10 figures, 0 unplaced" in told
    assert "secret.txt: 10 figures, 0 unplaced" in told


def _toml(value) -> str:
    """A value as TOML, tables within a line."""
    if isinstance(value, dict):
        pairs = (f"{json.dumps(name)} = {_toml(each)}" for name, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def test_a_language_of_the_pages(stranger):
    someone = stranger("a language of the pages")
    with (ROOT / "locale/uk/LC_MESSAGES/impact.po").open("rb") as file:
        catalogue = read_po(file, locale="pl")
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(f"«{message.id[1]}»" for _ in range(catalogue.num_plurals))
        elif message.id:
            message.string = f"«{message.id}»"
    told = io.BytesIO()
    write_po(told, catalogue)
    someone.adds("locale/pl/LC_MESSAGES/impact.po", told.getvalue().decode())
    someone.adds_column("data/places/places.csv", "name_pl", {"UA80": "Kijów"})
    rows = ROW.format(indicator="heating_loss", value=73, unit="buildings")
    seen = someone.looks(
        f"etl load curated --file {someone.has('rows.csv', HEADER + rows)}",
        "page pages/explore/heating.py lang=pl",
        "picture indicator=heating_loss places=UA80 lang=pl",
        "ask /api/figures.json?lang=pl",
    )
    assert "Kijów" in seen
    assert "«Rule»" in seen
    assert "«20 stycznia 2026»" in seen
