"""Scan: a sentence with every phrase found in it, and what numbers and dates ask of it."""

from functools import cached_property

from etl.reports.tokens import MARK, NUMBER, WORD, Sentence, Token
from etl.reports.words import Language, Match

_NONE: list[Match] = []


class Scan:
    """One sentence. Positions are token indexes; `taken` are those of dates and clock times."""

    def __init__(self, sentence: Sentence, language: Language):
        self.sentence, self.language = sentence, language
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.thousands: str = language.settings["thousands"]
        self.taken: set[int] = set()
        self.days: tuple | None = None  # (publication day, days), once they are read
        self.places: list | None = None  # the places, once they are read
        self.starts: set[int] = set()
        self._kinds: dict[str, list[Match]] = {}
        self._at: dict[str, dict[int, Match]] = {}
        self._links: dict[int, dict[str, Match]] = {}
        words = [token.low for token in self.tokens]
        written = [token.text for token in self.tokens]
        for match in language.matches(words, written):
            kind, value, start, _ = match
            self.starts.add(start)
            if kind not in self._kinds:
                self._kinds[kind], self._at[kind] = [], {}
            self._kinds[kind].append(match)
            self._at[kind].setdefault(start, match)
            if kind == "links":
                self._links.setdefault(start, {})[value] = match

    def of(self, kind: str) -> list[Match]:
        """Every match of a kind, in order."""
        return self._kinds.get(kind, _NONE)

    def at(self, kind: str, i: int) -> Match | None:
        """The match of a kind that begins at a token."""
        found = self._at.get(kind)
        return found.get(i) if found else None

    def link(self, value: str, i: int) -> Match | None:
        """The link of this value that begins at a token."""
        found = self._links.get(i)
        return found.get(value) if found else None

    def link_before(self, value: str, i: int) -> Match | None:
        """The link of this value that ends just before a token, a bound between them or not."""
        for each in self._kinds.get("links", ()):
            if each.value == value and (each.end == i or (each.end == i - 1 and self.at("bounds", each.end))):
                return each
        return None

    def low(self, i: int) -> str:
        """A token in lower case, empty beyond the end."""
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def before(self, i: int, text: str) -> bool:
        """Whether this text stands just before a token."""
        return i > 0 and self.tokens[i - 1].text == text

    def glued(self, i: int) -> bool:
        """Whether a token follows the one before it without a space."""
        return 0 < i < len(self.tokens) and self.tokens[i - 1].end == self.tokens[i].start

    def skip_dot(self, i: int) -> int:
        """The token after a full stop that only ends an abbreviation ("тис.")."""
        if i < len(self.tokens) and self.tokens[i].text == "." and self.glued(i):
            following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            if following is not None:
                return i + 1
        return i

    def dotted(self, i: int) -> bool:
        """Whether a full stop only ends an abbreviation inside the sentence ("багатокв. буд.")."""
        return self.glued(i) and i + 1 < len(self.tokens) and len(self.tokens[i - 1].text) < 8

    @cached_property
    def change(self) -> bool:
        """Whether the sentence says that a number rose or fell."""
        return any(link.value == "change" for link in self.of("links"))

    def up_to(self, i: int) -> bool:
        """Whether "до" at a token means "at most": no verb of change or of joining before it."""
        return not any(
            link.value == "change" and i - 8 < link.start < i for link in self.of("links")
        ) and not any(
            state.value == "restored" and i - 4 < state.start < i for state in self.of("states")
        )

    def filler(self, i: int) -> bool:
        """Whether a token may stand between a bound and its number."""
        return self.low(i) in _FILLERS or bool(self.link("increment", i))

    def suffix(self, i: int) -> tuple[str, int] | None:
        """What an ending glued to digits says ("205-ма", "9-го", "50-year-old"), and its end."""
        end = i + 1
        if end + 1 < len(self.tokens) and self.tokens[end].text == "-" and self.glued(end):
            if self.glued(end + 1) and self.tokens[end + 1].kind == WORD:
                kind = self.suffix_kind(self.tokens[end + 1].low)
                return (kind or "name", end + 2) if kind != "unknown" else None
            return None
        if end < len(self.tokens) and self.tokens[end].kind == WORD:
            low = self.tokens[end].low
            if self.glued(end):
                kind = self.suffix_kind(low)
                if kind in ("ordinal", "scale", "length"):
                    return kind, end + 1
                return None
            # "40 year old", "59 річний"
            if low in ("year", "years") and self.low(end + 1) == "old":
                return "age", end + 2
            if low == "years" and self.low(end + 1) == "of" and self.low(end + 2) == "age":
                return "age", end + 3
            if low.startswith("річн"):
                return "age", end + 1
        return None

    def suffix_kind(self, ending: str) -> str:
        """ "age", "storey", "length", "ordinal", "count", "scale", or "" for none known."""
        for entry in self.language.entries(f"-{ending}"):
            if entry.kind == "suffixes":
                return entry.value
        if any(entry.kind == "scales" for entry in self.language.entries(ending)):
            return "scale"
        return ""

    def scale_of(self, word: str) -> float:
        """The factor of a scale word."""
        return next(
            float(entry.value) for entry in self.language.entries(word) if entry.kind == "scales"
        )

    def scale_of_amount(self, i: int, amount) -> float:
        """The factor that a range's second number was scaled by ("50-70 тисяч")."""
        for j in range(i, amount.end):
            if scale := self.at("scales", j):
                return float(scale.value)
        return 0.0

    def number_of(self, word: str) -> float | None:
        """The value of a number word."""
        for entry in self.language.entries(word):
            if entry.kind == "numbers" and not entry.tail:
                return float(entry.value)
        return None

    def ends_noun(self, i: int) -> bool:
        """Whether a token ends the words that may stand between a number and its noun."""
        return bool(
            self.link("noun_end", i)
            or self.link("and", i)
            or self.link("out_of", i)
            or self.link("to", i)
            or (self.at("states", i) and not self.adjectival(i))
            or any(self.link(value, i) for value in _NOUN_ENDING)
            or (self.at("toll", i) and not self.at("toll_noun", i))
            or (self.at("damage", i) and not self.adjectival(i))
            or self.at("left_out", i)
            or self.at("launch", i)
            or self.at("numbers", i)
        )

    def known(self, i: int) -> bool:
        """Whether a token begins a phrase of any kind, is a mark, or is a name."""
        return (
            i in self.starts or self.tokens[i].kind != WORD or self.tokens[i].text[0].isupper()
        )

    def known_unit(self, i: int) -> bool:
        """Whether a noun or scale that numbers count begins at a token."""
        return any(self.at(kind, i) for kind in ("units", "groups", "scales", "stops"))

    def notable(self, i: int) -> bool:
        """Whether a token is a name or begins a phrase."""
        return i in self.starts or self.tokens[i].text[0].isupper()

    def adjectival(self, i: int) -> bool:
        """Whether a token is followed by a noun it describes ("12 пошкоджених будинків")."""
        return bool(self.at("units", i + 1))

    def noun_goes_on(self, i: int) -> int:
        """The next token if it makes the noun longer ("apartment" + "buildings"), else 0."""
        if i < len(self.tokens) and (self.at("units", i) or self.at("groups", i)):
            if self.language.name == "en" and self.tokens[i].kind == WORD:
                return i
        return 0

    def is_number(self, i: int) -> bool:
        """Whether a token is written in digits or is a number word."""
        return 0 <= i < len(self.tokens) and (
            self.tokens[i].kind == NUMBER or bool(self.at("numbers", i))
        )

    def mark(self, i: int) -> bool:
        """Whether a token is a punctuation mark."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == MARK


_NOUN_ENDING = ("subset", "hard", "relative", "pronoun", "this_is", "anaphora", "from", "change")
_FILLERS = frozenset(
    ["the", "as", "a", "an", "its", "their", "ще", "вже", "уже", "лише", "всього", "загалом", "додатково", "десь", "також", "всі", "усі", "усього", "about", "only", "just", "another", "additional", "total", "other", "some"]
)
