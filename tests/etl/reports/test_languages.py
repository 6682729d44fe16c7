"""The grammar knows no word of any language: a third language is one more file."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from etl.reports import reader
from etl.reports.reader import read
from etl.reports.text.lexicon import LANGUAGES, language, languages

REPORTS = Path(__file__).parents[3] / "etl" / "reports"
# Opening files and reading tables have word lists of their own (formats/, tables/columns.toml);
# cleaned.py replaces letters, not words.
ROOMS = ("mentions", "model", "resolution", "results", "text")
GRAMMAR = sorted(
    path
    for path in [
        REPORTS / "reader.py",
        *(p for room in ROOMS for p in (REPORTS / room).glob("*.py")),
    ]
    if path.stem != "cleaned"
)
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


# --- a language that nobody speaks ---

CIPHER = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "nopqrstuvwxyzabcdefghijklmNOPQRSTUVWXYZABCDEFGHIJKLM",
)
# Not words: a pattern of letters, and how places are spelt.
AS_THEY_ARE = ("letters", "adjective_endings")


def ciphered(told, key: str = ""):
    """The tables of a language with every word enciphered, what the words mean untouched."""
    if key in AS_THEY_ARE or isinstance(told, bool | int | float):
        return told
    if isinstance(told, str):
        return told.translate(CIPHER)
    if isinstance(told, list):
        return [ciphered(each) for each in told]
    return {
        (name.translate(CIPHER) if isinstance(each, int | float) and key != "language" else name): (
            ciphered(each, name)
        )
        for name, each in told.items()
    }


def secret(text: str) -> str:
    """A text with every word enciphered that is no name of a place."""
    return re.sub(r"[A-Za-z]+", lambda word: _secret_word(word.group()), text)


def _secret_word(word: str) -> str:
    return word if word in ("Kyiv", "Odesa", "Sumy", "Kharkiv") else word.translate(CIPHER)


SAID = """Strikes on Kyiv: three killed, heating lost
On January 24, missiles killed three people and injured 19 in Kyiv, including four children.
About 6,000 buildings were left without heating; by the evening 3,300 of them still had none.
In the Odesa region more than 12 thousand families remain without power, and another 400 in Sumy.
Russia launched 375 drones and 21 missiles, the air force said; 357 drones were shot down.
As of 9:00 on January 25 power was restored to 8,500 households in Kharkiv."""


def test_a_language_is_a_file_and_nothing_else(monkeypatch):
    tables = tomllib.loads((LANGUAGES / "en.toml").read_text(encoding="utf-8"))
    unheard_of = language("xx", {kind: ciphered(table, kind) for kind, table in tables.items()})
    plain = read(SAID, "2026-01-25")
    monkeypatch.setattr(reader, "languages", lambda: {"xx": unheard_of})
    told = read(secret(SAID), "2026-01-25")

    def said(reading):
        return [
            (f.indicator, f.value, f.bound, f.unit, f.people, f.place, f.date, f.as_of, f.status)
            for f in (each.figure for each in reading.figures)
        ]

    assert said(told) == said(plain) and len(said(plain)) == 10
    assert [each.reason for each in told.left_out] == [each.reason for each in plain.left_out]
    assert told.language == "xx"
