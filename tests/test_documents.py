"""What documents, docstrings and comments say is there: pages, addresses, commands and files."""

import ast
import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

from pages import api
from pages.parts.shell import menu
from tests.test_readme import README, table

ROOT = Path(__file__).parents[1]
ENDINGS = "py|toml|csv|md|js|css|html|json|geojson|po|yml|lock|sql"
NAMED = re.compile(
    rf"(?<![\w./<>*{{}}…:%~-])[\w.-]+(?:/[\w.-]+)*\.(?:{ENDINGS})(?![\w*/<{{-]|\.\w)"
)
# What is no file of the project: files of a store, of a reader, of others, and examples.
ELSEWHERE = {
    *("store.toml", "store/store.toml", "people.toml", "store/people.toml"),
    *("missile_attacks_daily.csv", "winter.csv", "brief_kyiv_2026-01-24_en.html"),
    *("plotly.min.js", "ukr.topo.json", "docs/appendixes/appendix-a.md"),
    *("EXPECTED.json", "X.csv", "X.expected.csv"),
}


@cache
def files() -> tuple[Path, ...]:
    found = (path for path in ROOT.rglob("*") if path.is_file())
    return tuple(path for path in found if not {".git", ".venv"} & set(path.parts))


def commented(path: Path) -> str:
    """The docstrings and comments of a module."""
    text = path.read_text(encoding="utf-8")
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds))
    told = [ast.get_docstring(node) or "" for node in nodes]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join([*told, *(token.string for token in tokens if token.type == tokenize.COMMENT)])


@cache
def texts() -> dict[str, str]:
    """Where something is told -> what is told there."""
    told = {path.relative_to(ROOT).as_posix(): told_in(path) for path in files()}
    return {name: text for name, text in told.items() if NAMED.search(text)}


def told_in(path: Path) -> str:
    """What a person reads in a file: a document whole, of code its docstrings and comments."""
    if path.suffix == ".py":
        return commented(path)
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    if path.suffix in (".toml", ".yml") or path.name in ("Makefile", "Dockerfile"):
        lines = path.read_text(encoding="utf-8").splitlines()
        return "\n".join(line.partition("#")[2] for line in lines)
    return ""


def is_there(name: str, teller: str) -> bool:
    """Whether the project has a file that is named in a text: as seen from the folder of the text
    or from one above it, or anywhere under the end of a path that is given."""
    above = [ROOT / folder for folder in Path(teller).parents]
    return any((folder / name).exists() for folder in above) or any(
        path.as_posix().endswith(f"/{name}") for path in files()
    )


@pytest.mark.parametrize("teller", texts())
def test_every_file_that_is_named_is_there(teller):
    named = set(NAMED.findall(texts()[teller])) - ELSEWHERE
    assert [each for each in sorted(named) if not is_there(each, teller)] == []


def test_every_page_is_told_of_in_the_readme():
    told = {name.strip() for row in table("What it shows") for name in row[0].split(",")}
    assert {entry.title for entry in menu.entries()} == told


def test_every_address_for_programs_is_told_of_in_the_readme():
    text = README.split("## For programs", 1)[1].split("\n## ", 1)[0]
    told, stem = set(), ""
    # "`/api/figures.csv`, `.json`" tells of two addresses.
    for start, ending in re.findall(r"`(/[\w/]+)?(\.\w+|(?<=/health))`", text):
        stem = start or stem
        told.add(f"{stem}{ending}")
    assert {address.path for address in api.addresses()} == told


@pytest.mark.parametrize(
    "room", [path.name for path in (ROOT / "impact").iterdir() if path.is_dir()]
)
def test_every_room_is_told_of_in_the_architecture(room):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert room == "__pycache__" or f"| `{room}/` |" in text
