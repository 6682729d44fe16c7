"""docs/analysts.md: its three questions have the same answers in every tool that is there."""

import csv
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest

from impact.exports import whole
from impact.store.reader import Reader

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs" / "analysts.md").read_text(encoding="utf-8")
pytestmark = pytest.mark.slow


def code(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return found


@pytest.fixture(scope="module")
def folder(shipped_store, tmp_path_factory) -> Path:
    """A folder as an analyst has it after the two downloads."""
    folder = tmp_path_factory.mktemp("analyst")
    reader = Reader(shipped_store)
    whole.to_duckdb(reader, folder / "snapshot.duckdb")
    whole.to_zip(reader, folder / "snapshot.zip")
    with zipfile.ZipFile(folder / "snapshot.zip") as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def answers(folder) -> list[list[list[object]]]:
    """The rows that the three statements give."""
    with duckdb.connect(folder / "snapshot.duckdb", read_only=True) as connection:
        statements = [each for each in code("sql").split(";") if each.strip()]
        rows = [connection.execute(each).fetchall() for each in statements]
    return [[[plain(str(cell)) for cell in row] for row in each] for each in rows]


def plain(cell: str) -> object:
    """A cell as every tool means it, however it is written."""
    words = {"TRUE": "True", "true": "True", "FALSE": "False", "false": "False", "NA": ""}
    try:
        return float(cell)
    except ValueError:
        return words.get(cell, cell)


def printed(output: str) -> list[list[list[object]]]:
    """The rows of CSV tables, between which their headers stand."""
    tables: list[list[list[object]]] = []
    for line in csv.reader(io.StringIO(output)):
        if line and line[0] in ("code", "value", "name"):
            tables.append([])
        elif line:
            tables[-1].append([plain(cell) for cell in line])
    return tables


def run(folder: Path, *command: str, given: str = "") -> list[list[list[object]]]:
    ran = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return printed(ran.stdout)


def test_the_answers_are_those_that_the_pages_give(answers):
    worst, said, silent = answers
    january = next(row for row in worst if row[0] == "2026-01")
    assert january[1:] == ["2026-01-20", 2_100_000, "at_least", "customers", "without"]
    assert len(worst) == 6
    assert said[0][:3] == [6000, "about", "Klitschko (mayor)"] and said[0][4] == "True"
    assert [320_000, "True"] in [[row[0], row[5]] for row in said]
    assert ["Volyn Oblast", 8] in silent


def test_python_gives_the_same_answers(folder, answers):
    assert run(folder, sys.executable, "-", given=code("python")) == answers


@pytest.mark.skipif(not shutil.which("duckdb"), reason="no DuckDB shell on this machine")
def test_the_duckdb_shell_gives_the_same_answers(folder, answers):
    assert run(folder, "duckdb", "-csv", "snapshot.duckdb", given=code("sql")) == answers


def has_r() -> bool:
    asked = "quit(status = !all(sapply(c('DBI', 'duckdb'), requireNamespace, quietly = TRUE)))"
    found = shutil.which("Rscript")
    return bool(found) and subprocess.run([found, "-e", asked]).returncode == 0


@pytest.mark.skipif(not has_r(), reason="no R with DBI and duckdb on this machine")
def test_r_gives_the_same_answers(folder, answers):
    (folder / "questions.R").write_text(code("r"), encoding="utf-8")
    assert run(folder, "Rscript", "questions.R") == answers


def test_every_table_is_told_of(folder):
    with duckdb.connect(folder / "snapshot.duckdb", read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    lines = TEXT.split("| a row |\n|---|---|\n", 1)[1].split("\n\n", 1)[0].splitlines()
    told = {name for line in lines for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert {name for (name,) in names} == told
