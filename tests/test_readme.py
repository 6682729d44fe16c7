"""The README says what is there: places to add things, commands and what make knows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, its head left out."""
    lines = README.split(f"## {heading}", 1)[1].split("\n## ", 1)[0].splitlines()
    rows = [line.strip().strip("|").split("|") for line in lines if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize("row", table("To add …"), ids=lambda row: row[0])
def test_what_is_added_goes_where_the_readme_says(row):
    touched = re.findall(r"`([^`\s]+/[^`\s]*)`", row[1])
    for path in touched:
        assert (ROOT / path).exists(), path
    assert touched or "CSV" in row[1]


def test_every_command_of_the_readme_is_one():
    named = set(re.findall(r"python -m etl (\w+)", README))
    known = {path.stem for path in (ROOT / "etl" / "commands").glob("[a-z]*.py")}
    assert named == known


def test_every_command_explains_itself():
    command = [sys.executable, "-m", "etl", "--help"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for path in (ROOT / "etl" / "commands").glob("[a-z]*.py"):
        assert re.search(rf"^ +{path.stem} +\w", told, re.MULTILINE), told


def test_every_target_of_the_readme_is_known_to_make():
    targets = set(re.findall(r"make (\w+)", README))
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert targets <= set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
