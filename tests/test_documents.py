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
from tests.test_architecture import FLOORS
from tests.test_readme import README, table

ROOT = Path(__file__).parents[1]
NOT_OURS = {".git", ".venv", "store", ".pytest_cache", ".coverage_html"}
ENDINGS = "py|toml|csv|md|js|css|html|json|geojson|po|yml|lock|sql"
NAMED = re.compile(
    rf"(?<![\w./<>*{{}}…:%~-])[\w.-]+(?:/[\w.-]+)*\.(?:{ENDINGS})(?![\w*/<{{-]|\.\w)"
)
# What is no file of the project: files of a store, of a reader, of others, and examples.
ELSEWHERE = {
    *("store.toml", "store/store.toml", "people.toml", "store/people.toml"),
    *("missile_attacks_daily.csv", "winter.csv", "brief_kyiv_2026-01-24_en.html"),
    *("plotly.min.js", "ukr.topo.json", "docs/appendixes/appendix-a.md"),
    *("EXPECTED.json", "X.csv", "X.expected.csv", "datapackage.json", "figures.csv"),
    *("questions.sql", "write.csv", "secrets.toml"),
}


@cache
def files() -> tuple[Path, ...]:
    """The project's own files, without packages, history and what was made."""
    found = [each for each in ROOT.iterdir() if each.name not in NOT_OURS]
    inner = (path for each in found if each.is_dir() for path in each.rglob("*"))
    return tuple(path for path in (*found, *inner) if path.is_file())


def commented(path: Path) -> str:
    """The docstrings and comments of a module."""
    text = path.read_text(encoding="utf-8")
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds))
    told = [ast.get_docstring(node) or "" for node in nodes]
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return "\n".join([*told, *(token.string for token in tokens if token.type == tokenize.COMMENT)])


@cache
def told_everywhere() -> dict[str, str]:
    """Where something is told -> what is told there."""
    return {path.relative_to(ROOT).as_posix(): told_in(path) for path in files()}


def named(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """Everything that is named, with where that is."""
    told = told_everywhere().items()
    return {(where, name) for where, text in told for name in pattern.findall(text)}


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


@pytest.mark.slow
def test_every_file_that_is_named_is_there():
    ours = {(where, name) for where, name in named(NAMED) if name not in ELSEWHERE}
    assert len(ours) > 100
    assert sorted((where, name) for where, name in ours if not is_there(name, where)) == []


# "impact.store.reader.Reader", "etl/reports/model/left_out.LACKS".
MODULE = re.compile(r"(?<![\w./*])(?:impact|etl|pages|pictures)(?:[./]\w+)+(?=[^\w/]|$)")


@cache
def leads_somewhere(name: str) -> bool:
    """Whether a dotted name is a folder, a file or a module, or a name that a module has."""
    if (ROOT / name).exists():
        return True
    steps = re.split(r"[./]", name)
    place = ROOT.joinpath(*steps)
    if place.is_dir() or place.with_suffix(".py").is_file():
        return True
    for number in range(1, len(steps)):
        inner = ROOT.joinpath(*steps[:number])
        for module in (inner.with_suffix(".py"), inner / "__init__.py"):
            if module.is_file() and re.search(rf"\b{steps[number]}\b", module.read_text("utf-8")):
                return True
    return False


@pytest.mark.slow
def test_every_module_that_is_named_is_there():
    found = named(MODULE)
    assert len(found) > 50
    assert sorted((where, name) for where, name in found if not leads_somewhere(name)) == []


def test_every_page_is_told_of_in_the_readme():
    told = {name.strip() for row in table("What it shows") for name in row[0].split(",")}
    assert {entry.title for entry in menu.entries()} == told


def test_every_address_for_programs_is_told_of_in_the_readme():
    text = README.split("## For programs", 1)[1].split("\n## ", 1)[0]
    told, stem = set(), ""
    # "`/api/figures.csv`, `.json`" tells of two addresses.
    for start, ending in re.findall(r"`(/[\w/]+)?(\.\w+|(?<=/health)|(?<=/embed))`", text):
        stem = start or stem
        told.add(f"{stem}{ending}")
    assert {address.path for address in api.addresses()} == told


@pytest.mark.parametrize("package", FLOORS)
def test_every_room_is_told_of_in_the_architecture(package):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = set().union(*FLOORS[package])
    assert {room for room in rooms if f"`{room}/`" in text or f"`{room}.py`" in text} == rooms
