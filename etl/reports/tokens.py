"""Tokens, sentences and blocks of a clean text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.reports.words import Language

NUMBER, WORD, CLOCK, DATE, MARK = "number", "word", "clock", "date", "mark"


class Token(NamedTuple):
    """text as written, low in lower case, [start, end) in the clean text."""

    kind: str
    text: str
    low: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""
    (?P<date>(?<![\d.])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?![\d])|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
  | (?P<clock>(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d))
  | (?P<number>(?<![\d])\d{1,3}(?:(?:\ \d{3})+|(?:,\d{3})+|(?:\.\d{3})+)(?![\d])(?:[.,]\d+(?!\d))?
      | \d+[.,]\d+(?![\d]) | \d+)
  | (?P<word>[^\W\d_](?:[\w]|['](?=\w)|-(?=\w))*)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


class Sentence(NamedTuple):
    """Tokens of one sentence. `block` numbers the line it stands in, `bullet` marks list items."""

    tokens: tuple[Token, ...]
    block: int
    bullet: bool
    heading: bool  # a line without a full stop that stands for itself


_BULLET = re.compile(r"\s*(?:[•●▪◦‣·*■□–—-]|\d{1,2}[.)](?=\s)|[^\w\s\"'(#$€+%°<]{1,2}(?=\s))\s*")
_ENDS = frozenset(".!?…")


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a text; their offsets count from `offset`."""
    found = []
    for each in _TOKEN.finditer(text):
        written = each.group()
        found.append(
            Token(each.lastgroup, written, written.lower(), offset + each.start(), offset + each.end())
        )
    return found


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """(offset, text) of each paragraph. A line that goes on in lower case goes on."""
    lines, offset = [], 0
    for line in text.split("\n"):
        lines.append((offset, line))
        offset += len(line) + 1
    i = 0
    while i < len(lines):
        start, block = lines[i]
        while i + 1 < len(lines) and _goes_on(block, lines[i + 1][1]):
            i += 1
            block = f"{block}\n{lines[i][1]}"
        if block.strip():
            yield start, block.replace("\n", " ")
        i += 1


def _goes_on(block: str, line: str) -> bool:
    block, line = block.rstrip(), line.lstrip()
    if not block or not line or block[-1] in ".!?:;" or _BULLET.match(line):
        return False
    return line[0].islower() or (block[-1] in ",-" and not line[0].isspace())


def sentences(text: str, language_of) -> Iterator[tuple[Sentence, Language]]:
    """The sentences of a clean text with the language each is written in."""
    for number, (offset, block) in enumerate(blocks(text)):
        bullet = _BULLET.match(block)
        # A dash or number opens a list item only where the line's own words follow.
        skip = bullet.end() if bullet and bullet.end() < len(block) else 0
        tokens = tokenize(block[skip:], offset + skip)
        if not tokens:
            continue
        language = language_of(block)
        abbreviations = language.settings["abbreviations"]
        for part in _split(tokens, abbreviations):
            heading = part[-1].text not in _ENDS and part[-1].text not in ":;,"
            yield Sentence(tuple(part), number, bool(skip), heading), language


def _split(tokens: list[Token], abbreviations: frozenset[str]) -> Iterator[list[Token]]:
    begin = 0
    for i, token in enumerate(tokens):
        if token.text in _ENDS and i + 1 < len(tokens) and _is_end(tokens, i, abbreviations):
            yield tokens[begin : i + 1]
            begin = i + 1
    if begin < len(tokens):
        yield tokens[begin:]


def _is_end(tokens: list[Token], i: int, abbreviations: frozenset[str]) -> bool:
    before, following = tokens[i - 1] if i else None, tokens[i + 1]
    if following.text in _ENDS or (following.start == tokens[i].end and following.kind != MARK):
        return False
    if tokens[i].text != ".":
        return True
    if following.kind == WORD and following.text[0].islower():
        return False
    if before is not None and before.kind == WORD and before.end == tokens[i].start:
        single = len(before.text) == 1 and before.text.isupper()
        if single or before.low in abbreviations:
            # "at 5 p.m. Three people": an abbreviation that may close a sentence.
            return False
    return True
