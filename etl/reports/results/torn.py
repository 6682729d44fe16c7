"""Numbers of which only a part was read: a sign, letter or group of digits belongs to them that
nothing here can read.

A part of a number looks right and is wrong: "1·234" is neither 1 nor 234, "1O" is not 1. So it
gives no figure, and whoever reviews is told of the whole.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from etl.reports.model.document import Span
from etl.reports.resolution.claims import NumberClaim
from etl.reports.text.cleaned import Cleaned

# Signs between two digits with which a number goes on, or two numbers stand apart, and which are
# read: decimal marks, apostrophes, ranges, ratios, times, lists, sums.
_READ = frozenset(".,'-/:;|()[]{}+&%#…—°«»<>")
_JOINED = re.compile(r"(?<![\w.,])\d+(?:[^\w\s]\d+|_+\d+)+(?![\w])")
# Letters that are drawn like digits, right behind one: no number is written so.
_ALIKE = re.compile(r"(?<!\w)\d+[Oo\u041e\u043e\u039f\u03bf\u0417\u0437\u0406I]+(?!\w)")
# Groups of which only the last three or the first ones would be read: "1,23,456", "1.2.3".
_MARKS = ".,"
_PER_MILLE = re.compile(r"\s?[‰‱]")
# A word behind a joined number: without one it is a name, an address or a reference.
_COUNTS = re.compile(r" (?=[^\W\d_]{2})")
# What comes whole, however it is written.
_IN_PARTS = frozenset(("celsius", "hours"))


def leave_out(made: Iterable[NumberClaim], cleaned: Cleaned) -> list[Span]:
    """Says of claims with a part of a number that they are out. Returns where the given text has
    such numbers, of which a claim is a part or a word behind says that they count something."""
    spans = [*_torn(cleaned.text)]
    told: set[Span] = set()
    for claim in made:
        start, end = _digits(claim)
        own = next((each for each in spans if each[0] < end and start < each[1]), None)
        if own:
            told.add(own)
        if claim.out:
            continue
        if own or _is_cut(cleaned.text, start, end):
            claim.out = "torn"
        elif _PER_MILLE.match(cleaned.text, end):
            claim.out = "percent"
        elif claim.unit not in _IN_PARTS and not float(claim.number.value).is_integer():
            claim.out = "fraction"
    return [cleaned.span(*each) for each in spans if each in told or _counts(cleaned, each)]


def _torn(text: str) -> Iterator[Span]:
    for found in _JOINED.finditer(text):
        signs = {each for each in found.group() if not each.isalnum()} - _READ
        if signs and not any(map(unicodedata.combining, signs)):
            yield found.span()
    for found in _ALIKE.finditer(text):
        yield found.span()


def _digits(claim: NumberClaim) -> Span:
    tokens = claim.scan.tokens
    last = max(claim.number.end, claim.number.start + 1)
    return tokens[claim.number.start].start, tokens[last - 1].end


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether a number's digits go on before or behind what was read of it."""
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    cut_before = len(before) > 1 and before[0].isdigit() and before[1] in _MARKS
    cut_behind = len(behind) > 1 and behind[0] in _MARKS and behind[1].isdigit()
    return text[start].isdigit() and (cut_before or cut_behind or _is_strange(behind[:1]))


def _is_strange(letter: str) -> bool:
    """Whether a letter of a script that is not read stands right behind a digit."""
    return letter.isalpha() and unicodedata.category(letter) == "Lo"


def _counts(cleaned: Cleaned, span: Span) -> bool:
    return bool(_COUNTS.match(cleaned.text, span[1]))
