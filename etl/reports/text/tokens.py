"""Tokens, sentences and paragraphs of a clean text (cleaned.py)."""

import re
from collections.abc import Callable, Collection, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from etl.reports.text.cleaned import LONG_DASH
from etl.reports.text.lexicon import Language

NUMBER, WORD, CLOCK, DATE, MARK = "number", "word", "clock", "date", "mark"

_TOKEN = re.compile(
    r"""
    (?P<word>[^\W\d_](?:\w|['](?=\w)|-(?=\w))*)
  | (?P<date>(?<![\d.])\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})(?!\d)|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
  | (?P<clock>(?<!\d)(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?!\d))
  | (?P<torn>\d+(?:[_\u2044\u0334-\u0338]+\d+)+)
  | (?P<number>(?<!\d)\d{1,3}(?:(?:\ \d{3})+|(?:,\d{3})+|(?:\.\d{3})+|(?:'\d{3})+)(?!\d)
        (?:[.,]\d+(?!\d))?
      | \d+[.,]\d+(?!\d) | \d*[¼½¾] | \d+)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)
# The beginning of a list item: a bullet, "1." or "1)", or one or two signs such as an emoji.
# Signs that say themselves what the number behind them counts are none.
_BULLET = re.compile(
    r"\s*(?:[•●▪◦‣·*■□–—-]|\d{1,2}[.)](?=\s)"
    r"|(?![☠💀⚰🕯🤕🩹🌡]\s*[~≈+-]?\d)[^\w\s\"'(#$€+%°<]{1,2}(?=\s))\s*"
)
# The end of a line of a list, with its number: "приватні будинки - 34".
_COUNTED = re.compile(r"(?:\s[-:]|:)\s*\d[\d ,.]*(?: \w+)?$")
# A line that ends with the short form of a word behind a number: "45 тис.", "12 approx."
_SHORTENED = re.compile(r"\d [^\W\d_]{1,4}\.$")
# The label of a line of its own: "water: back", "injured: 7".
_LABEL = re.compile(r"[^\W\d_]{2,}(?: [^\W\d_]+)?:\s")
_HUNDREDS = 3  # digits of a number below a thousand behind "тис."
_ENDS = frozenset(".!?…❗‼⁉")
_LEADS_ON = frozenset(":;,")


class Token(NamedTuple):
    """A word, number, date, clock time or mark.

    kind        NUMBER, WORD, CLOCK, DATE or MARK
    text        as written
    low         in lower case
    start, end  offsets in the clean text, the end exclusive
    """

    kind: str
    text: str
    low: str
    start: int
    end: int


class Sentence(NamedTuple):
    """The tokens of one sentence.

    block    number of its paragraph in the text, from 0
    bullet   whether it stands in a list item
    heading  whether it ends without a mark such as a full stop, colon or comma
    lines    the tokens that begin a further line of the text
    """

    tokens: tuple[Token, ...]
    block: int
    bullet: bool
    heading: bool
    lines: tuple[int, ...] = ()


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a text. `offset` is added to their offsets."""
    found = []
    for each in _TOKEN.finditer(text):
        written, (start, end) = each.group(), each.span()
        # Of "1_000", "1\u20442" or digits that are struck out no part is the number.
        kind = MARK if each.lastgroup == "torn" else each.lastgroup or ""
        written = "-" if written == LONG_DASH else written
        found.append(Token(kind, written, written.lower(), offset + start, offset + end))
    return found


# The most tokens of a sentence; people write shorter ones. Longer ones are cut, because the time to
# read a sentence grows with the square of its length.
_LONGEST, _MOST_NUMBERS = 200, 30
_WHOLE_WORD = 4  # letters of a word that is no abbreviation and no part of an address


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """The offset and the text of each paragraph. Lines that continue a sentence are joined."""
    for begin, lines in _paragraphs(text):
        yield begin, " ".join(lines)


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """The offset and the lines of each paragraph."""
    lines: list[str] = []
    begin = offset = 0
    for line in text.split("\n"):
        if lines and not _goes_on(lines[-1], line):
            yield begin, lines
            lines = []
        if not lines:
            begin = offset
        if line.strip():
            lines.append(line)
        offset += len(line) + 1
    if lines:
        yield begin, lines


def sentences(
    text: str, language_of: Callable[[str], Language | None]
) -> Iterator[tuple[Sentence, Language]]:
    """The sentences of a clean text, each with its language.

    language_of  paragraph -> its language; None for a paragraph that is not read
    """
    for number, (offset, lines) in enumerate(_paragraphs(text)):
        block = " ".join(lines)
        bullet = _BULLET.match(block)
        # A dash or number begins a list item only if words follow it.
        skip = bullet.end() if bullet and bullet.end() < len(block) else 0
        tokens = tokenize(block[skip:], offset + skip)
        if not tokens:
            continue
        language = language_of(block)
        if language is None:
            continue
        for part in _split(tokens, language):
            last = part[-1].text
            heading = last not in _ENDS and last not in _LEADS_ON
            begun = _line_starts(part, offset, lines) if len(lines) > 1 else ()
            yield Sentence(tuple(part), number, bool(skip), heading, begun), language


def _line_starts(tokens: list[Token], offset: int, lines: list[str]) -> tuple[int, ...]:
    """The tokens of a sentence, but for its first, that begin a line."""
    ends = list(accumulate((len(line) + 1 for line in lines[:-1]), initial=offset))[1:]
    return tuple(
        i
        for i, (before, token) in enumerate(pairwise(tokens), 1)
        if any(before.start < end <= token.start for end in ends)
    )


def _goes_on(line: str, following: str) -> bool:
    """Whether the following line continues a line: in lower case, or after a comma or hyphen."""
    line, start = line.rstrip(), following.lstrip()
    if start[:1].islower() and _SHORTENED.search(line):
        return True
    if not start or line[-1] in ".!?:;" or _BULLET.match(start):
        return False
    if _LABEL.match(start) or (_COUNTED.search(line) and _COUNTED.search(following)):
        return False
    return start[0].islower() or line[-1] in ",-"


def _split(tokens: list[Token], language: Language) -> Iterator[list[Token]]:
    """The sentences of a paragraph, each at most _LONGEST tokens with _MOST_NUMBERS numbers: each
    number of a sentence is weighed against the others."""
    begin = numbers = 0
    for i in range(len(tokens) - 1):
        numbers += tokens[i].kind == NUMBER
        ends = tokens[i].text in _ENDS and _is_end(tokens, i, language)
        if ends or i + 1 - begin >= _LONGEST or numbers >= _MOST_NUMBERS:
            yield tokens[begin : i + 1]
            begin, numbers = i + 1, 0
    yield tokens[begin:]


def _is_end(tokens: list[Token], i: int, language: Language) -> bool:
    """Whether the mark at token i, which is not the last token, ends a sentence."""
    token, following = tokens[i], tokens[i + 1]
    if following.text in _ENDS:
        return False
    # "6 тис., які": the full stop belongs to an abbreviation.
    goes_on = following.kind != MARK or following.text in _LEADS_ON
    if following.start == token.end and goes_on:
        return _is_glued(tokens, i)
    if token.text != ".":
        return True
    if following.text in ("-", ")") and i > 1 and tokens[i - 2].kind == NUMBER:
        return False  # "61 тис. - Бучанський район", "у Києві (600 тис.) та в Одесі"
    if following.text == "-" and i + 2 < len(tokens):
        following = tokens[i + 2]  # "320 тис. - у Києві"
    if following.kind == WORD and following.text[0].islower():
        return False
    if following.kind == NUMBER and i > 1 and _goes_on_scaled(tokens[i - 2 : i + 2], language):
        return False
    return i == 0 or not _is_abbreviated(tokens[i - 1], token, language.settings["abbreviations"])


def _is_glued(tokens: list[Token], i: int) -> bool:
    """Whether a sentence begins right behind a full stop: "in moderate condition.Read also"."""
    before, following = tokens[i - 1] if i else tokens[i], tokens[i + 1]
    words = before.kind == following.kind == WORD and tokens[i].text == "."
    whole = min(len(before.text), len(following.text)) >= _WHOLE_WORD
    return words and whole and before.text.islower() and following.text.istitle()


def _goes_on_scaled(tokens: list[Token], language: Language) -> bool:
    """Whether a number goes on behind a shortened scale: "4 тис. 402"."""
    number, scale, _, rest = tokens
    hundreds = len(rest.text) == _HUNDREDS and rest.text.isdecimal()
    scaled = any(entry.kind == "scales" for entry in language.entries(scale.low))
    return hundreds and number.kind == NUMBER and scaled


def _is_abbreviated(word: Token, stop: Token, abbreviations: Collection[str]) -> bool:
    """Whether a word and its full stop are an abbreviation ("approx.") or an initial ("J. Smith").

    "at 5 p.m. Three people" counts as an abbreviation, too, although the sentence may end there.
    """
    if word.kind != WORD or word.end != stop.start:
        return False
    initial = len(word.text) == 1 and word.text.isupper()
    return initial or word.low in abbreviations
