"""Who may import whom, and what must stand in no script (DESIGN.md, "The house")."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("impact", "etl", "pictures", "pages", "tests")
OURS = {"impact", "etl", "pictures", "pages", "dashboard", "tests"}
FILES = sorted([ROOT / "dashboard.py", *(p for f in FOLDERS for p in (ROOT / f).rglob("*.py"))])
NAMES = [path.relative_to(ROOT).as_posix() for path in FILES]
EACH = pytest.mark.parametrize("name", NAMES)
APP = [name for name in NAMES if not name.startswith("tests/")]
PAGES = [name for name in NAMES if name.startswith("pages/")]

# Folder or file -> which of ours it may import.
MAY_IMPORT = {
    "impact/": {"impact"},
    "etl/": {"etl", "impact", "pictures"},
    "pictures/": {"pictures", "impact"},
    "pages/": {"pages", "impact", "etl.reports", "pictures"},
    "dashboard.py": {"pages", "impact", "etl.reports"},
    "tests/": OURS,
}
# Package -> where alone it may be imported.
ONLY_IN = {
    "duckdb": ("impact/database.py", "impact/ledger.py", "impact/published.py"),
    "plotly": ("impact/charts",),
    "streamlit": ("dashboard.py", "pages/"),
}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse((ROOT / name).read_text(encoding="utf-8"), name)


@cache
def imports(name: str) -> set[str]:
    """Every module a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: relative import"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def within(module: str, packages: set[str]) -> bool:
    """Whether a module is one of the packages, lies in one, or is the way to one."""
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


def texts(name: str) -> list[str]:
    """The string constants of a file, docstrings left out."""
    found = tree(name)
    told = {
        id(node.body[0].value) for node in ast.walk(found)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }  # fmt: skip
    constants = [each for each in ast.walk(found) if isinstance(each, ast.Constant)]
    return [each.value for each in constants if type(each.value) is str and id(each) not in told]


@pytest.mark.parametrize("place", [*MAY_IMPORT, *sum(ONLY_IN.values(), ())])
def test_every_place_the_rules_speak_of_is_there(place):
    assert [name for name in NAMES if name.startswith(place)]


@EACH
def test_a_file_imports_only_what_its_folder_may(name):
    allowed = next(allowed for place, allowed in MAY_IMPORT.items() if name.startswith(place))
    ours = {module for module in imports(name) if within(module, OURS)}
    # "from etl import reports" names etl on its way to etl.reports.
    ways = {each.rpartition(".")[0] for each in allowed} & {
        each.rpartition(".")[0] for each in ours & allowed
    }
    assert {module for module in ours if not within(module, allowed)} - ways == set()


@pytest.mark.parametrize("name", APP)
@pytest.mark.parametrize("package", ONLY_IN)
def test_a_heavy_package_is_imported_in_its_one_place(name, package):
    if any(within(module, {package}) for module in imports(name)):
        assert name.startswith(ONLY_IN[package])


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_heavy_package_is_imported_where_the_rules_say(package):
    users = [name for name in APP if any(within(m, {package}) for m in imports(name))]
    for place in ONLY_IN[package]:
        assert [name for name in users if name.startswith(place)]


SQL = re.compile(r"\b(SELECT|FROM|WHERE|INSERT INTO|GROUP BY|ORDER BY|JOIN)\b")
HTML = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?/?>")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_sql_no_patterns_and_no_html(name):
    assert [text for text in texts(name) if SQL.search(text) or HTML.search(text)] == []
    assert not {"re", "regex", "sqlite3", "html"} & imports(name)


def test_the_patterns_know_sql_and_html_when_they_see_them():
    assert SQL.search("SELECT 1") and HTML.search('<div class="a">') and HTML.search("<br/>")
    assert not SQL.search("Selected from") and not HTML.search("1 < 2 > 0")


@EACH
def test_a_file_names_no_folder_of_somebodys_machine_and_leaves_nothing_to_do(name):
    folders = "|".join(["home", "work", "root", "Users"])
    place = re.compile(rf"(?<![\w.])/({folders})/\w")
    left = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3]))
    text = (ROOT / name).read_text(encoding="utf-8")
    assert place.findall(text) == left.findall(text) == []


def test_tests_lie_among_tests():
    assert [name for name in APP if re.search(r"(^|/)(test_|conftest)", name)] == []
