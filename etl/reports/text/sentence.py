"""Scan: a sentence with all phrases that the lexicon finds in it.

The other modules of the reader ask it about tokens and phrases.
"""

from collections import defaultdict
from datetime import date
from functools import cached_property
from typing import Any

from etl.reports.text.lexicon import Language, Match
from etl.reports.text.tokens import MARK, NUMBER, WORD, Sentence, Token
from impact.model.speakers import then

_NONE: list[Match] = []
_NO_LINKS: dict[int, Match] = {}
# Linking words that end the search for a number's noun: "12 | of them", "300 | from Kyiv".
_NOUN_ENDING = frozenset(
    {
        "anaphora", "and", "change", "from", "hard", "noun_end", "out_of", "pronoun",
        "relative", "subset", "this_is", "to",
    }
)  # fmt: skip
# At most so many words from "damaged" to the noun that it describes.
_ADJECTIVES = 2
# Kinds of words that stand beside numbers and are no nouns. As a noun such a word is unknown.
_BESIDE_NUMBERS = frozenset({"ages", "naming"})
_WEAPONS = ("drones", "missiles")
# Words that point to other stories: before one, or above a list of them.
POINTERS = ("pointer", "links")
# Kinds of endings that need no hyphen after digits: "5th", "5k", "5km", "5x".
_TOUCHING = ("ordinal", "scale", "length", "age", "count")


class Scan:
    """One sentence. Positions are indexes of tokens, ends exclusive.

    The index that a method takes may lie outside the sentence, unless the method says otherwise.

    published  the text's day: a person spoke for another office before
    starts  tokens at which a phrase begins
    taken   tokens of dates, clock times and temperatures, which must not be read as other numbers
    """

    def __init__(self, sentence: Sentence, language: Language, published: date | None = None):
        self.sentence, self.language = sentence, language
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.taken: set[int] = set()
        self.reference: date | None = None  # a day by which those without a year are told
        self.days: tuple | None = None  # (publication day, days), once they are read
        self.places: list | None = None  # the places, once they are read
        self.lumps: dict | None = None  # words for killed and injured together, once they are read
        self._kinds: dict[str, list[Match]] = defaultdict(list)
        self._at: dict[int, list[Match]] = defaultdict(list)
        self._low = [token.low for token in self.tokens]
        written = [token.text for token in self.tokens]
        self._matches = [
            match
            for match in language.matches(self._low, written)
            if match.kind != "numbers" or not self._names_station(match.start)
        ]
        for at, match in enumerate(self._matches):
            if published and match.kind == "speakers":
                match = self._matches[at] = match._replace(value=then(match.value, published))
            self._kinds[match.kind].append(match)
            self._at[match.start].append(match)
        self.starts = self._at.keys()

    # ---------------------------------------------------------------- phrases

    def of(self, kind: str) -> list[Match]:
        """Every match of a kind, in the order of the sentence."""
        return self._kinds.get(kind, _NONE)

    def at(self, kind: str, i: int, value: Any = None) -> Match | None:
        """The match of this kind, and of this value if given, that begins at token i, or None."""
        for match in self._at.get(i, _NONE):
            if match.kind == kind and (value is None or match.value == value):
                return match
        return None

    def ending(self, kind: str, i: int, value: Any = None) -> Match | None:
        """The match of this kind, and of this value if given, that ends before token i, or None."""
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

    def opens_with(self, *values: str) -> bool:
        """Whether it begins with words for another or an earlier story, of one of these values."""
        return any(match.start <= 1 and match.value in values for match in self.of("related"))

    def link(self, value: str, i: int) -> Match | None:
        """The linking word of this value that begins at token i, or None."""
        return self.links(value).get(i)

    def links(self, value: str) -> dict[int, Match]:
        """Token -> the linking word of this value that begins there."""
        return self._links.get(value, _NO_LINKS)

    @cached_property
    def _links(self) -> dict[str, dict[int, Match]]:
        found: dict[str, dict[int, Match]] = defaultdict(dict)
        for link in self.of("links"):
            found[link.value].setdefault(link.start, link)
        return found

    def link_before(self, value: str, i: int) -> Match | None:
        """The linking word of this value before token i, or None. A bound may stand between."""
        link = self.ending("links", i, value)
        if link is None and self.at("bounds", i - 1):
            return self.ending("links", i - 1, value)
        return link

    def value_of(self, kind: str, word: str) -> float | None:
        """The number of a lower-case word: 5 for "five" of the kind "numbers". Else None."""
        for entry in self.language.entries(word):
            if entry.kind == kind and not entry.tail:
                return float(entry.value)
        return None

    @cached_property
    def numeric(self) -> list[int]:
        """The tokens that are digits, clock times or dates."""
        return [i for i, token in enumerate(self.tokens) if token.kind not in (WORD, MARK)]

    @cached_property
    def _counting(self) -> set[int]:
        """The tokens that are numbers in digits, or begin one in words."""
        found = {i for i, token in enumerate(self.tokens) if token.kind == NUMBER}
        return found.union(m.start for kind in ("numbers", "amounts") for m in self.of(kind))

    def _names_station(self, i: int) -> bool:
        """Whether a number word in capitals is the short name of a thing, as others are not in
        capitals: "магазин і СТО"."""
        if not (
            self.tokens[i].text.isupper() and self.language.is_little(self.low(i), ("station",))
        ):
            return False
        others = (t.text for t in self.tokens if t.kind == WORD and t is not self.tokens[i])
        return not all(map(str.isupper, others))

    @cached_property
    def change(self) -> bool:
        """Whether the sentence says that a number rose or fell."""
        return bool(self.links("change"))

    # ----------------------------------------------------------------- tokens

    @cached_property
    def words(self) -> frozenset[str]:
        """The different words and marks, in lower case."""
        return frozenset(self._low)

    def low(self, i: int) -> str:
        """The text of token i in lower case; "" outside the sentence."""
        return self._low[i] if 0 <= i < len(self._low) else ""

    def before(self, i: int, text: str) -> bool:
        """Whether the token before token i has this text. i is at most the sentence's length."""
        return i > 0 and self.tokens[i - 1].text == text

    def in_brackets(self, i: int) -> bool:
        """Whether a token stands within brackets that open before it."""
        before = [token.text for token in self.tokens[:i]]
        return before.count("(") > before.count(")")

    def mark(self, i: int) -> bool:
        """Whether a token is a punctuation mark."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == MARK

    def is_number(self, i: int) -> bool:
        """Whether token i is a number in digits, or begins a number word: "five", "a dozen"."""
        return i in self._counting

    def in_pair(self, i: int) -> bool:
        """Whether token i and the one behind a slash are two counts: "68/265", but not "24/7"."""
        if not 0 <= i < len(self.tokens) - 2 or self.tokens[i + 1].text != "/":
            return False
        first, second = self.tokens[i], self.tokens[i + 2]
        return first.kind == second.kind == NUMBER and (first.text, second.text) != ("24", "7")

    def is_article(self, i: int) -> bool:
        """Whether token i is an article that may mean the number one."""
        articles = self.language.settings["articles"]
        return self.low(i) in articles

    def glued(self, i: int) -> bool:
        """Whether no space stands between token i and the token before it."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def skip_dot(self, i: int) -> int:
        """i + 1 if token i is the full stop of an abbreviation ("тис."), else i."""
        inside = i + 1 < len(self.tokens)
        return i + 1 if inside and self.tokens[i].text == "." and self.glued(i) else i

    def dotted(self, i: int) -> bool:
        """Whether the full stop at token i is that of an abbreviation ("багатокв. буд.")."""
        return self.glued(i) and i + 1 < len(self.tokens) and len(self.tokens[i - 1].text) < 8

    def known(self, i: int) -> bool:
        """Whether the reader knows token i: a mark, number, name or word of the lexicon.

        The token must lie inside the sentence.
        """
        token = self.tokens[i]
        return (
            token.kind != WORD
            or token.text[0].isupper()
            or any(match.kind not in _BESIDE_NUMBERS for match in self._at.get(i, _NONE))
            # "one more was": the second word of a known phrase
            or any(match.end > i and match.kind == "links" for match in self._at.get(i - 1, _NONE))
        )

    def told_of(self, i: int) -> bool:
        """Whether the lexicon has a phrase that begins at token i, or one before and goes on."""
        return i in self.starts or any(match.end > i for match in self._at.get(i - 1, _NONE))

    # -------------------------------------------------- the words after a number

    def suffix(self, i: int) -> tuple[str, int] | None:
        """The kind of the ending after the digits at token i, and the token after the ending.

        Endings are those of "205-ма", "9-го" and "50-year-old". None if there is none.
        """
        end = i + 1
        if self.low(end) == "-" and self.glued(end):
            if self.glued(end + 1) and self.tokens[end + 1].kind == WORD:
                if self._is_weapon(end + 1):
                    return None
                return self.suffix_kind(self.low(end + 1)) or "name", end + 2
            return None
        if self.glued(end) and self.tokens[end].kind == WORD:
            kind = self.suffix_kind(self.low(end))
            if any(letter.isdigit() for letter in self.low(end)):
                return "name", end + 1  # "9M727", a missile
            return (kind, end + 1) if kind in _TOUCHING else None
        aged = self.at("ages", end, "years_old")
        return ("age", aged.end) if aged else None

    def _is_weapon(self, i: int) -> bool:
        """Whether weapons are named at a token: "a 110-drone assault"."""
        return any(self.at("units", i, weapon) for weapon in _WEAPONS)

    def suffix_kind(self, ending: str) -> str:
        """The kind of an ending: "age", "storey", "length", "ordinal", "count", "scale" …

        "" for an unknown ending.
        """
        for entry in self.language.entries(f"-{ending}"):
            if entry.kind == "suffixes" and not entry.tail:
                return entry.value
        return "scale" if self.scale_of(ending) else ""

    def scale_of(self, word: str) -> float | None:
        """The factor of a lower-case scale word: 1000 for "k". None for any other word."""
        return self.value_of("scales", word) or self.value_of("glued_scales", word)

    def ends_noun(self, i: int) -> bool:
        """Whether token i cannot stand between a number and its noun."""
        return any(self._ends_noun(match) for match in self._at.get(i, _NONE))

    def _ends_noun(self, match: Match) -> bool:
        kind, value, start, _ = match
        if kind == "links":
            return value in _NOUN_ENDING
        if kind in ("states", "damage"):  # "12 пошкоджених будинків": an adjective
            described = range(start + 1, start + 1 + _ADJECTIVES)
            return not any(self.at(noun, i) for i in described for noun in ("units", "stops"))
        if kind == "toll":
            return self.at("toll_noun", start) is None
        return kind in ("left_out", "launch", "numbers")

    def known_unit(self, i: int) -> bool:
        """Whether a noun that numbers count, or a scale word, begins at token i."""
        return any(self.at(kind, i) for kind in ("units", "groups", "scales", "stops"))
