"""Scan: a sentence with every phrase found in it, and what all other modules ask of its tokens."""

from collections import defaultdict
from functools import cached_property
from typing import Any

from etl.reports.text.lexicon import Language, Match
from etl.reports.text.tokens import MARK, NUMBER, WORD, Sentence, Token

_NONE: list[Match] = []
_NO_LINKS: dict[int, Match] = {}
# Links that no noun goes on across: "12 | of them", "300 | from Kyiv".
_NOUN_ENDING = frozenset(
    {
        "anaphora", "and", "change", "from", "hard", "noun_end", "out_of", "pronoun",
        "relative", "subset", "this_is", "to",
    }
)  # fmt: skip
# Words beside a number; as nouns behind one they are as unknown as those of no list.
_BESIDE_NUMBERS = frozenset({"ages", "naming"})
# Endings that may touch their digits without a hyphen: "5th", "5k", "5km".
_TOUCHING = ("ordinal", "scale", "length")


class Scan:
    """One sentence. Positions are token indexes, ends exclusive, and may lie beyond the sentence.

    starts  the tokens at which a phrase begins
    taken   the tokens of dates, clock times and temperatures, which are no other numbers
    """

    def __init__(self, sentence: Sentence, language: Language):
        self.sentence, self.language = sentence, language
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.taken: set[int] = set()
        self.days: tuple | None = None  # (publication day, days), once they are read
        self.places: list | None = None  # the places, once they are read
        self._kinds: dict[str, list[Match]] = defaultdict(list)
        self._at: dict[int, list[Match]] = defaultdict(list)
        self._low = [token.low for token in self.tokens]
        written = [token.text for token in self.tokens]
        self._matches = language.matches(self._low, written)
        for match in self._matches:
            self._kinds[match.kind].append(match)
            self._at[match.start].append(match)
        self.starts = self._at.keys()

    # ---------------------------------------------------------------- phrases

    def of(self, kind: str) -> list[Match]:
        """Every match of a kind, in order."""
        return self._kinds.get(kind, _NONE)

    def at(self, kind: str, i: int, value: Any = None) -> Match | None:
        """The match of a kind, and of a value if one is given, that begins at a token."""
        for match in self._at.get(i, _NONE):
            if match.kind == kind and (value is None or match.value == value):
                return match
        return None

    def ending(self, kind: str, i: int, value: Any = None) -> Match | None:
        """The match of a kind, and of a value if one is given, that ends just before a token."""
        if kind not in self._kinds:
            return None
        for match in self._ending.get(i, _NONE):
            if match.kind == kind and (value is None or match.value == value):
                return match
        return None

    @cached_property
    def _ending(self) -> dict[int, list[Match]]:
        found: dict[int, list[Match]] = defaultdict(list)
        for match in self._matches:
            found[match.end].append(match)
        return found

    def link(self, value: str, i: int) -> Match | None:
        """The link of this value that begins at a token."""
        return self.links(value).get(i)

    def links(self, value: str) -> dict[int, Match]:
        """The links of a value by the token at which each begins."""
        return self._links.get(value, _NO_LINKS)

    @cached_property
    def _links(self) -> dict[str, dict[int, Match]]:
        found: dict[str, dict[int, Match]] = defaultdict(dict)
        for link in self.of("links"):
            found[link.value].setdefault(link.start, link)
        return found

    def link_before(self, value: str, i: int) -> Match | None:
        """The link of this value that ends just before a token, a bound between them or not."""
        link = self.ending("links", i, value)
        if link is None and self.at("bounds", i - 1):
            return self.ending("links", i - 1, value)
        return link

    def value_of(self, kind: str, word: str) -> float | None:
        """The number that a kind gives a word: 5 for "five" of "numbers"."""
        for entry in self.language.entries(word):
            if entry.kind == kind and not entry.tail:
                return float(entry.value)
        return None

    @cached_property
    def numeric(self) -> list[int]:
        """The tokens that are neither words nor marks: digits, clock times and dates."""
        return [i for i, token in enumerate(self.tokens) if token.kind not in (WORD, MARK)]

    @cached_property
    def change(self) -> bool:
        """Whether the sentence says that a number rose or fell."""
        return bool(self.links("change"))

    # ----------------------------------------------------------------- tokens

    def low(self, i: int) -> str:
        """A token in lower case, empty beyond the sentence."""
        return self._low[i] if 0 <= i < len(self._low) else ""

    def before(self, i: int, text: str) -> bool:
        """Whether this text stands just before a token."""
        return i > 0 and self.tokens[i - 1].text == text

    def mark(self, i: int) -> bool:
        """Whether a token is a punctuation mark."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == MARK

    def is_number(self, i: int) -> bool:
        """Whether a token is written in digits or is a number word."""
        return 0 <= i < len(self.tokens) and (
            self.tokens[i].kind == NUMBER or self.at("numbers", i) is not None
        )

    def is_article(self, i: int) -> bool:
        """Whether a token is an article that may stand for one."""
        articles = self.language.settings["articles"]
        return self.low(i) in articles

    def glued(self, i: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def skip_dot(self, i: int) -> int:
        """The token after a full stop that only ends an abbreviation ("тис."), else the token."""
        inside = i + 1 < len(self.tokens)
        return i + 1 if inside and self.tokens[i].text == "." and self.glued(i) else i

    def dotted(self, i: int) -> bool:
        """Whether a full stop only ends an abbreviation inside the sentence ("багатокв. буд.")."""
        return self.glued(i) and i + 1 < len(self.tokens) and len(self.tokens[i - 1].text) < 8

    def notable(self, i: int) -> bool:
        """Whether a token is a name or begins a phrase."""
        return i in self.starts or self.tokens[i].text[0].isupper()

    def known(self, i: int) -> bool:
        """Whether a token is anything but a word of no list, such as a noun nobody foresaw."""
        token = self.tokens[i]
        return (
            token.kind != WORD
            or token.text[0].isupper()
            or any(match.kind not in _BESIDE_NUMBERS for match in self._at.get(i, _NONE))
            # "one more was": the second word of a phrase is known too
            or any(match.end > i and match.kind == "links" for match in self._at.get(i - 1, _NONE))
        )

    # ------------------------------------------------- the words behind a number

    def suffix(self, i: int) -> tuple[str, int] | None:
        """What the ending of digits says ("205-ма", "9-го", "50-year-old"), and its end."""
        end = i + 1
        if self.low(end) == "-" and self.glued(end):
            if self.glued(end + 1) and self.tokens[end + 1].kind == WORD:
                return self.suffix_kind(self.low(end + 1)) or "name", end + 2
            return None
        if self.glued(end) and self.tokens[end].kind == WORD:
            kind = self.suffix_kind(self.low(end))
            return (kind, end + 1) if kind in _TOUCHING else None
        aged = self.at("ages", end, "years_old")
        return ("age", aged.end) if aged else None

    def suffix_kind(self, ending: str) -> str:
        """ "age", "storey", "length", "ordinal", "count", "scale", or "" for none known."""
        for entry in self.language.entries(f"-{ending}"):
            if entry.kind == "suffixes":
                return entry.value
        return "scale" if self.scale_of(ending) else ""

    def scale_of(self, word: str) -> float | None:
        """The factor of a scale word that touches its digits."""
        return self.value_of("scales", word) or self.value_of("glued_scales", word)

    def ends_noun(self, i: int) -> bool:
        """Whether a token ends the words that may stand between a number and its noun."""
        return any(self._ends_noun(match) for match in self._at.get(i, _NONE))

    def _ends_noun(self, match: Match) -> bool:
        kind, value, start, _ = match
        if kind == "links":
            return value in _NOUN_ENDING
        if kind in ("states", "damage"):  # "12 пошкоджених будинків": only an adjective
            return self.at("units", start + 1) is None
        if kind == "toll":
            return self.at("toll_noun", start) is None
        return kind in ("left_out", "launch", "numbers")

    def known_unit(self, i: int) -> bool:
        """Whether a noun or scale that numbers count begins at a token."""
        return any(self.at(kind, i) for kind in ("units", "groups", "scales", "stops"))
