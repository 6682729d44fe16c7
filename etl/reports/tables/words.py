"""Words of tables: the phrases of columns.toml, and what a header says that holds them.

Phrases are compared with a plain text: lower case, no apostrophes, one space between words.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.reports.tables.cells import Cell, Facts
from impact.model.figure import NAMES
from impact.model.indicators import INDICATORS, OUTAGES
from impact.model.scripts import TO_CYRILLIC

PATH = Path(__file__).with_name("columns.toml")

UNCLEAR = "?"  # stands for a value if the words name two

CYRILLIC = re.compile("[\u0400-\u04ff]")
APOSTROPHES = re.compile("['`´ʼʻ‘’′\u00ad\u0301]")
DASH = re.compile("[\u2010-\u2015\u2212]")
WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z]{2}|[a-z]\d)(?=[A-Z][a-z])")  # "numPresentIdpInd", "admin1Name"
_BETWEEN_WORDS = re.compile(r"[\s_/\u2010-\u2015\u2212.:-]+")

_LISTS = ("{'", '{"', "['", '["')
_SLASH = re.compile(r"\s*[/|\n]\s*")
_SEX = re.compile(r"[(\s,-]([^\W\d_])\)?\s*$")  # "Killed (M)", "Killed, f"
_BRACKET = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_LATIN_WORDS = re.compile(r"[A-Za-z][\w'’ʼ-]*")
_CYRILLIC_WORDS = re.compile(r"[\u0400-\u04ff][\w'’ʼ.-]*")
AREAS = ("country", "oblast", "raion", "hromada", "city", "place")  # roles, from wide to narrow

# Tables of columns.toml that need no patterns here: their phrases must be the whole cell, or are
# part of the patterns for numbers and dates.
_NO_PATTERNS = (
    *("roles", "heading_scales", "before_scales", "before_places", "bracketed", "since"),
    *("grids", "grid_names", "bounds", "by_oblast", "missing", "ranges", "days", "errors", "sexes"),
    *("city_districts", "bare_kyiv"),
)
# Fields of Figure that are no roles: in other tables these headers mean other things. "start" is a
# date there, "source" a speaker, "position" may be anything.
_NO_HEADERS = {"start", "end", "source", "position", "source_key", "language", "period"}
# Counted in one number they are an indicator of their own.
TOLL = ("killed", "injured", "casualties")
# Indicators that need a unit beside them: "destroyed" alone may count drones.
_NEEDS_UNIT = frozenset(
    each.name
    for each in INDICATORS.values()
    if len(each.units) > 1 and not each.statuses and each.units[0] != "people"
)


class _Phrases(NamedTuple):
    """The phrases of a key: one pattern for those of one part, and the others part by part."""

    single: re.Pattern
    others: list[list[re.Pattern]]

    @classmethod
    def of(cls, phrases: list[list[re.Pattern]]) -> "_Phrases":
        single = [f"(?:{parts[0].pattern})" for parts in phrases if len(parts) == 1]
        others = [parts for parts in phrases if len(parts) > 1]
        return cls(re.compile("|".join(single) or "(?!)"), others)

    def found(self, text: str) -> bool:
        """Whether a plain text holds one of them."""
        if self.single.search(text):
            return True
        return any(all(part.search(text) for part in parts) for parts in self.others)


class Words:
    """The words of columns.toml. The words of all languages are used together."""

    def __init__(self, path: Path = PATH) -> None:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        self.hxl: dict[str, str] = tables.pop("hxl")
        attributes = tables.pop("hxl_attributes")
        self.hxl_people: dict[str, str] = attributes["people"]
        self.hxl_neutral = frozenset(attributes["neutral"])
        self.phrases = {
            name: {key: _listed(by_language) for key, by_language in table.items()}
            for name, table in tables.items()
        }
        self._add_our_indicators()
        self.roles = self._roles()
        self.missing = frozenset(self.phrases["missing"]["cells"])
        self.occupied = frozenset(self.phrases["occupied"]["places"])

    def _add_our_indicators(self) -> None:
        for name in INDICATORS:
            # "customers" and "households" are more often units than indicators.
            if name not in self.phrases["units"]:
                words = name.replace("_", " ")
                phrase = words if " " in words else f"= {words}"
                self.phrases["indicators"].setdefault(name, []).append(phrase)

    def _roles(self) -> dict[str, str]:
        """Plain header -> role. The names of Figure's fields are headers, too."""
        listed = self.phrases["roles"].items()
        roles = {plain(phrase): role for role, phrases in listed for phrase in phrases}
        # A column "people" is more often a count of people than a group of people.
        ours = [n for n in NAMES if n not in _NO_HEADERS and n not in self.phrases["units"]]
        return roles | {name.replace("_", " "): name for name in ours}

    @cached_property
    def _patterns(self) -> Mapping[str, Mapping[str, list[list[re.Pattern]]]]:
        return {
            name: {key: [_patterns(phrase) for phrase in phrases] for key, phrases in table.items()}
            for name, table in self.phrases.items()
            if name not in _NO_PATTERNS
        }

    @cached_property
    def _joined(self) -> Mapping[str, Mapping[str, _Phrases]]:
        """The same, with all phrases of one part under a key as one pattern: texts are searched
        for hundreds of them."""
        return {
            name: {key: _Phrases.of(phrases) for key, phrases in table.items()}
            for name, table in self._patterns.items()
        }

    @cached_property
    def _parts(self) -> Mapping[str, list[re.Pattern]]:
        """The patterns of all phrases of each table, one after the other."""
        return {
            name: [part for phrases in table.values() for parts in phrases for part in parts]
            for name, table in self._patterns.items()
        }

    def matches(self, name: str, text: str) -> list[str]:
        """The keys of a table of columns.toml with a phrase that a plain text holds."""
        return [key for key, phrases in self._joined[name].items() if phrases.found(text)]

    def first(self, name: str, text: str) -> str:
        """The first of these keys, else ""."""
        return next(iter(self.matches(name, text)), "")

    def without(self, name: str, text: str) -> str:
        """A plain text without the phrases of a table of columns.toml."""
        for part in self._parts[name]:
            text = part.sub(" ", text)
        return text


@cache
def words() -> Words:
    """The words of columns.toml. The file is read once."""
    return Words()


def any_of(table: str, key: str) -> str:
    """A pattern that finds any phrase that columns.toml lists under a key, as written there."""
    return "|".join(map(re.escape, words().phrases[table][key]))


def _listed(by_language: Mapping[str, list[str]]) -> list[str]:
    return [each for phrases in by_language.values() for each in phrases]


def _patterns(phrase: str) -> list[re.Pattern]:
    if phrase.startswith("= "):
        return [re.compile(f"^{_pattern(phrase[2:])}$")]
    return [re.compile(rf"(?<!\w){_pattern(part)}(?!\w)") for part in phrase.split(" + ")]


def _pattern(phrase: str) -> str:
    text = phrase if phrase == "%" else plain(phrase)
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in text.split())


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text in lower case, without apostrophes.

    Spaces, dashes, "_", "/", "." and ":" become one space, and one parts the words of a header as
    programs write it, "roundNumber". Latin letters in a Cyrillic word become Cyrillic ones.
    """
    if text.isalnum():
        text = _CAMEL.sub(" ", text)
    text = APOSTROPHES.sub("", text).casefold().replace("º", "°")
    return WORD.sub(_in_one_alphabet, _BETWEEN_WORDS.sub(" ", text).strip())


def _in_one_alphabet(word: re.Match) -> str:
    """The word in Cyrillic letters if it mixes them with Latin ones: "знеструмленi" is mistyped."""
    found = word.group()
    return found.translate(TO_CYRILLIC) if CYRILLIC.search(found) else found


def matches(table: str, text: str) -> list[str]:
    """The keys of a table of columns.toml with a phrase that a text holds."""
    return words().matches(table, plain(text))


@lru_cache(maxsize=65536)
def first(table: str, text: str) -> str:
    """The first of the keys that `matches` gives, else ""."""
    return words().first(table, plain(text))


def status_in(text: str) -> str:
    """The status of an outage that a text names, else ""."""
    return first("statuses", text).removesuffix("_last")


@lru_cache(maxsize=1024)
def not_counted(text: str) -> tuple[str, ...]:
    """Holds "words" if a header counts something that is not kept, "titles" if a text is about an
    army.
    """
    if first("periods", text) == "day":  # "Past 24 hours" is no column of hours
        text = words().without("periods", plain(text))
    return tuple(matches("not_counted", text))


@lru_cache(maxsize=4096)
def stated(text: str) -> Mapping[str, str]:
    """What the text of a header, a title or a cell says: name of a field -> value.

    The value is UNCLEAR if the text names two.
    """
    status, units = status_in(text), matches("units", text)
    people = [each for each in matches("people", text) if each != "all"]
    causes = matches("causes", text)
    indicators = [each for each in _indicators(text, status) if units or each not in _NEEDS_UNIT]
    facts: dict[str, str] = {}
    parts = matches("parts", text)
    if len(parts) == 1 and indicators and parts[0] not in indicators[0]:
        facts["part"] = parts[0]
    for name, found in (("indicator", indicators), ("unit", units), ("people", people)):
        if found:
            facts[name] = found[0] if len(found) == 1 else UNCLEAR
    if status and (not indicators or facts["indicator"] in OUTAGES):
        facts["status"] = status
    if causes:
        facts["cause"] = causes[0] if len(causes) == 1 else "mixed"
    if period := first("periods", text):
        facts["period"] = period
    if sex := _sex_of(text, facts.get("indicator", "")):
        facts.setdefault("people", sex)
    elif scale := heading_scale(text):
        facts["scale"] = scale
    return facts


def _sex_of(text: str, indicator: str) -> str:
    """The sex that a letter stands for behind a toll: "Killed (M)" is no million."""
    found = _SEX.search(text) if indicator in TOLL else None
    letter = found[1].casefold() if found else ""
    sexes = words().phrases["sexes"]
    return next((group for group, letters in sexes.items() if letter in letters), "")


@lru_cache(maxsize=4096)
def heading_scale(text: str) -> str:
    """By what a heading multiplies the numbers below it: "1000" or "1000000"; "" if by nothing.

    The word for it must be set apart, with at most units and what they lack beside it: "customers,
    thousand", "(thousand customers without gas)". A title such as "38 thousand customers without
    power" multiplies nothing.
    """
    for found in _heading_scale().finditer(plain(text)):
        rest = found["rest"]
        for table in ("units", "people", "statuses", "supplies"):
            rest = words().without(table, rest)
        if not WORD.search(rest):
            listed = words().phrases["heading_scales"]
            return next(number for number, phrases in listed.items() if found["scale"] in phrases)
    return ""


@cache
def _heading_scale() -> re.Pattern:
    listed = [each for phrases in words().phrases["heading_scales"].values() for each in phrases]
    scale = "|".join(sorted(listed, key=len, reverse=True))
    apart = rf"^|[,;(]\s*|(?<!\w)(?:{any_of('before_scales', 'words')}) "
    return re.compile(rf"(?:{apart})(?P<scale>{scale})(?!\w)(?P<rest>[^,;()]*)")


def _indicators(text: str, status: str) -> list[str]:
    """The indicators that a text names.

    A supply such as "power" names an outage only beside a status or a word for an outage.
    """
    found = matches("indicators", text)
    if "killed" in found and "injured" in found and first("together", text):
        found = ["casualties", *(each for each in found if each not in TOLL)]
    if "casualties" in found and len({*TOLL} & {*found}) == 2:  # "Casualties, killed"
        found.remove("casualties")
    if status or first("outage", text):
        cut = matches("supplies", text)
        # "Apartment blocks without heating" counts what is cut off, not all blocks.
        stocks = [each for each in found if cut and INDICATORS[each].kind == "baseline"]
        found = [*(each for each in found if each not in (*stocks, *cut)), *cut]
    if "buildings_damaged" in found:  # "apartment blocks damaged" counts those, not all blocks
        found = [each for each in found if INDICATORS[each].kind != "baseline"]
    return found


def stated_in(cell: Cell) -> Facts:
    """What `stated` gives for a cell's text, each value with the cell's span."""
    return {name: (value, cell.span) for name, value in stated(cell.text).items()}


def is_missing(text: str) -> bool:
    """Whether a cell is empty or says that nothing is known: "–", "n/a". A list as a program writes
    it, "{'Kyiv oblast': nan}", is nothing that a person said."""
    if text[:2] in _LISTS:
        return True
    return DASH.sub("-", text).casefold() in words().missing


def titled_in(cell: Cell) -> Facts:
    """The same for a title. It may leave the unit to the columns: "Damaged on 1 February"."""
    facts = stated_in(cell)
    needing = [each for each in matches("indicators", cell.text) if each in _NEEDS_UNIT]
    if "indicator" not in facts and len(needing) == 1:
        facts["indicator"] = (needing[0], cell.span)
    if "indicator" not in facts and facts.get("unit", ("",))[0] == "celsius":
        facts["indicator"] = ("temperature", cell.span)
    return facts


def cuts_off(facts: Facts) -> bool:
    """Whether a title or a label tells of customers that were cut off or reconnected, and not of
    what: it is electricity, as in a header and in running text."""
    told = "status" in facts and "indicator" not in facts
    return told and "unit" in facts and facts["unit"][0] in ("customers", "households")


def names_a_count(text: str) -> bool:
    """Whether a header has words of a column of counts."""
    return bool(stated(text).keys() & {"indicator", "unit", "people"})


@lru_cache(maxsize=4096)
def role_of(text: str) -> str:
    """The role that columns.toml gives a header, else "".

    Signs around the header do not matter: "Date:" and "City *" have roles, too.
    """
    name = plain(text)
    if heading_scale(text):
        name = _heading_scale().sub("", name)
    return words().roles.get(name.strip(" *,;#()"), "") or _role_of_all(text)


def _role_of_all(text: str) -> str:
    """The role of a header in two languages ("Date / Дата"), or of one for two kinds of area
    ("Район / громада"): "place". "" if the roles of its parts differ otherwise.
    """
    if (inside := _BRACKET.fullmatch(text)) and role_of(inside[2]) in AREAS:
        return role_of(inside[1])  # "Область (громада)"
    names = [plain(part).strip(" *,;#()") for part in alternatives(text)]
    roles = {words().roles.get(name, "") for name in names}
    if len(names) < 2 or "" in roles:
        return ""
    return roles.pop() if len(roles) == 1 else "place" if roles <= {*AREAS} else ""


def alternatives(text: str) -> list[str]:
    """The parts of a text that say the same twice: between slashes or bars, or in two scripts."""
    parts = [part for part in _SLASH.split(text) if part.strip()]
    if len(parts) == 1:
        latin, cyrillic = _LATIN_WORDS.findall(text), _CYRILLIC_WORDS.findall(text)
        parts = [" ".join(each) for each in (latin, cyrillic) if each]
    return [part.strip() for part in parts]
