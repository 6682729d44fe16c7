"""The grammar knows no word of any language: a third language is one more file."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from etl.reports.words import LANGUAGES, languages

REPORTS = Path(__file__).parents[3] / "etl" / "reports"
# Opening files and reading tables have word lists of their own (letters.py, tables/columns.toml);
# cleaned.py replaces letters, not words.
GRAMMAR = sorted(path for path in REPORTS.glob("*.py") if path.stem not in ("cleaned", "sandbox"))
EACH = pytest.mark.parametrize("path", GRAMMAR, ids=lambda path: path.stem)
WORD = re.compile(r"[^\W\d_]")


def constants(node: ast.AST) -> list[str]:
    """Every string within a node that holds a letter."""
    found = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
    return [text for text in found if isinstance(text, str) and WORD.search(text)]


def reads_a_word(node: ast.AST) -> bool:
    """Whether an expression is a token's own characters: scan.low(i), token.low, token.text."""
    return any(
        isinstance(each, ast.Attribute) and each.attr in ("low", "text") for each in ast.walk(node)
    )


@EACH
def test_no_token_is_compared_with_a_word(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and (node.func.attr in ("startswith", "endswith"))
        ):
            sides = [node.func.value, *node.args]
        else:
            continue
        if any(reads_a_word(side) for side in sides):
            told += [f"line {node.lineno}: {text}" for side in sides for text in constants(side)]
    assert told == []


@EACH
def test_no_text_of_the_grammar_is_cyrillic(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
    ]
    assert [text for text in texts if re.search("[\u0400-\u04ff]", text)] == []


def test_every_language_has_the_same_tables():
    tables = {
        path.stem: set(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in LANGUAGES.glob("*.toml")
    }
    assert len(tables) >= 2 and len({frozenset(each) for each in tables.values()}) == 1, tables


def test_every_language_is_found_by_its_file():
    assert set(languages()) == {path.stem for path in LANGUAGES.glob("*.toml")}
