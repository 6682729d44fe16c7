"""Reading tables: rows of cells -> figures, with the cells that led to each.

The words that headers use stand in columns.toml. What a column means comes from its HXL tag, its
header and the title above the table; what a row means from its own cells. The order in which they
are believed: the cell of the value itself, its header, the row's other cells, the title.

Nothing is added up, converted or carried down. A row gives figures or is refused with a reason;
a number whose meaning is unclear comes out as Unplaced. Not counted as rows are headers, their
repetitions, titles, HXL tags and rows without any text.

Decisions that a table cannot make itself:
- An outage whose status nobody states counts as "without": the weakest claim, cut off at the time
  of counting. A bare "Power (customers)" may mean customers served and is no outage.
- A flow dated by a month, a year, a span of days or only by a title's "as of" is a running total:
  period "cumulative", dated by its closing day, as etl/sources/hrmmu.py does.
- A village, hromada or raion inside a known oblast counts for the oblast, its name as the part.
- A row that gave figures beside a cell that cannot be read leaves that cell as Unplaced which
  lacks "value".
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from etl.reports.document import Document, Span, Table
from etl.reports.reading import Read, Reading, RefusedRow, Unplaced
from impact import dates
from impact.figure import BOUNDS, COLUMNS, NAMES, Figure, InvalidFigure
from impact.indicators import INDICATORS, OUTAGES
from impact.language import N_
from impact.places import PLACES, UKRAINE, AmbiguousPlace, Place, UnknownPlace, contains, find

WORDS = Path(__file__).with_name("columns.toml")

# Reasons. What they speak of follows after a colon, so that the sentence can be translated.
NO_VALUE = N_("No value in this row")
ERROR_CELL = N_("The spreadsheet shows an error instead of a number")
NO_NUMBER = N_("No number that can be read")
TWO_READINGS = N_("The dot can mean thousands or a decimal: write the number without it")
A_SHARE = N_("A percentage is no count")
NOT_WHOLE = N_("A fraction of a count: no unit here comes in parts")
NO_INDICATOR = N_("The table counts nothing that is kept here, or does not say what it counts")
NO_UNIT = N_("The table does not say in which unit it counts")
NO_STATUS = N_("The status is not lost, without or restored")
NO_PLACE = N_("The table does not say for which place")
NO_DATE = N_("The table does not say for which date")
BAD_DATE = N_("No date that can be read")
UNKNOWN_PLACE = N_("No place is called like this; the closest are named after the arrow")
MANY_PLACES = N_("Several places are called like this; they are named after the arrow")
FOREIGN = N_("The place is outside Ukraine")
OCCUPIED = N_("The place is occupied; no claims about it are kept")
A_TOTAL = N_("A total that does not name the place it is for")
TOO_LONG = N_("More cells than columns: a separator may stand inside a cell")
IN_NEED = N_("People in need or reached, not an impact")
BROKEN_RULE = N_("The row breaks a rule of the record")

# Values that a table states for a column of Figure in the table's own words.
_TEXTS = ("attributed_to", "publisher", "url", "note")
_AREAS = ("country", "oblast", "raion", "hromada", "city", "place")  # from wide to narrow
# What tells two columns of one row apart.
_MEANING = ("indicator", "unit", "status", "people", "part", "date", "place", "period")
_UNCLEAR = "?"  # the words speak of two things
_OTHER = "!"  # an indicator's cell that names none of ours
_HEADER_WITHIN = 40  # rows from the top; titles are shorter, and a search must end
_SAMPLE = 200  # rows that show whether a table holds numbers
_LONGEST_CAPTION = 200  # characters
# Further unknown places of one table are refused without suggestions: each costs milliseconds.
_MOST_SUGGESTIONS = 50

# "Destroyed" alone may be drones: damage is known by what is damaged.
_NEEDS_UNIT = frozenset(
    each.name
    for each in INDICATORS.values()
    if len(each.units) > 1 and not each.statuses and each.units[0] != "people"
)
# A header with as many words that we do not know counts only a part ("local aid workers killed").
_MANY_WORDS = 3

# Field of the record -> what is stated, and the cell that states it.
Facts = dict[str, tuple[str, Span]]


class Refusal(ValueError):
    """Why a row or a cell gives no figure; the first argument is one of the reasons above."""

    def __str__(self) -> str:
        return ": ".join(str(each) for each in self.args if each)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell without the blanks around it: its text on one line, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: "measure" for counts, else a role of columns.toml, "" for nothing."""

    role: str
    facts: Mapping[str, tuple[str, Span]] = field(default_factory=dict)
    text: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out. first: index of the first row below header and HXL tags."""

    columns: tuple[Column, ...]
    first: int
    title: Facts
    language: str
    header: tuple[tuple[str, ...], ...] = ()
    own: bool = False
    day_second: frozenset[int] = frozenset()  # columns whose dates are month/day/year

    def having(self, *roles: str) -> list[int]:
        """Indexes of the columns with one of the roles."""
        return [index for index, column in enumerate(self.columns) if column.role in roles]


def read_table(document: Document, table: Table, published: str) -> Reading:
    """The table's figures. `published` is an ISO date, used where neither row nor title has one.

    A table without any column that counts something is not a table of figures: an empty Reading
    with language "" and no rows.
    """
    grid = [[_cell(document.text, span) for span in row] for row in table.rows]
    title = _caption(document, table)
    layout = _layout(grid, title, published)
    if layout is None:
        return Reading()
    return _Reader(document, table, layout, published).read(grid)


def _cell(text: str, span: Span) -> Cell:
    start, end = span
    raw = text[start:end]
    start += len(raw) - len(raw.lstrip())
    return Cell(" ".join(raw.split()), (start, max(start, start + len(raw.strip()))))


def _caption(document: Document, table: Table) -> Cell | None:
    """The line right above a table, if it may be its caption: short and no whole sentence."""
    above = document.text[: table.span[0]].rstrip()
    start = above.rfind("\n") + 1
    inside = any(each.span[0] < len(above) <= each.span[1] for each in document.tables)
    if inside or len(above) - start > _LONGEST_CAPTION or above.endswith("."):
        return None
    return _cell(document.text, (start, len(above)))


# Words


class _Words:
    """columns.toml with its phrases as patterns; every language's words apply at once."""

    def __init__(self, path: Path = WORDS) -> None:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        self.hxl: dict[str, str] = tables.pop("hxl")
        attributes = tables.pop("hxl_attributes")
        self.hxl_people: dict[str, str] = attributes["people"]
        self.hxl_neutral = frozenset(attributes["neutral"])
        self.phrases = {
            name: {key: _listed(by_language) for key, by_language in table.items()}
            for name, table in tables.items()
        }
        for name in INDICATORS:
            # "customers" and "households" are units first: they count impact more often.
            if name not in self.phrases["units"]:
                plain = name.replace("_", " ")
                phrase = plain if " " in plain else f"= {plain}"
                self.phrases["indicators"].setdefault(name, []).append(phrase)
        self.roles = {_plain(p): role for role, ps in self.phrases["roles"].items() for p in ps}
        self.roles |= {each.replace("_", " "): each for each in NAMES if each not in self._units()}
        self.missing = frozenset(self.phrases["missing"]["cells"])
        self.occupied = frozenset(self.phrases["occupied"]["places"])

    def _units(self) -> Mapping[str, object]:
        """Names that are fields and units: "people" heads a count more often than a group."""
        return self.phrases["units"] | dict.fromkeys(
            ("start", "end", "source", "position", "source_key", "language", "period")
        )

    @cached_property
    def _patterns(self) -> Mapping[str, Mapping[str, list[list[re.Pattern]]]]:
        return {
            name: {key: [_patterns(phrase) for phrase in phrases] for key, phrases in table.items()}
            for name, table in self.phrases.items()
            if name not in ("roles", "bounds", "missing")
        }

    def matches(self, name: str, text: str) -> list[str]:
        """Keys of a table of columns.toml that have a phrase in a plain text."""
        return [
            key
            for key, phrases in self._patterns[name].items()
            if any(all(part.search(text) for part in parts) for parts in phrases)
        ]

    def without(self, name: str, text: str) -> str:
        """A plain text without the phrases of a table."""
        for phrases in self._patterns[name].values():
            for part in (part for parts in phrases for part in parts):
                text = part.sub(" ", text)
        return text

    def first(self, name: str, text: str) -> str:
        """The first key of a table that has a phrase in a plain text, else ""."""
        return next(iter(self.matches(name, text)), "")


def _listed(by_language: object) -> list[str]:
    return [each for phrases in by_language.values() for each in phrases]


@cache
def _words() -> _Words:
    return _Words()


_APOSTROPHES = re.compile("['`´ʼʻ‘’′\u00ad\u0301]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LOOKALIKES = str.maketrans("aceiopxy", "асеіорху")
_WORD = re.compile(r"[^\W_]+")


def _plain(text: str) -> str:
    """Lower case, no apostrophes, one blank for blanks, dashes, "_" and "/"; "°C" is "°c"."""
    text = _APOSTROPHES.sub("", text).casefold().replace("º", "°")
    text = " ".join(re.split(r"[\s_/\u2010-\u2015\u2212.:-]+", text)).strip()
    return _WORD.sub(_one_alphabet, text)


def _one_alphabet(word: re.Match) -> str:
    """Latin letters inside Cyrillic words are a keyboard's mistake ("знеструмленi")."""
    found = word.group()
    return found.translate(_LOOKALIKES) if _CYRILLIC.search(found) else found


def _patterns(phrase: str) -> list[re.Pattern]:
    if phrase.startswith("= "):
        return [re.compile(f"{_pattern(phrase[2:])}$")]
    return [re.compile(rf"(?<!\w){_pattern(part)}(?!\w)") for part in phrase.split(" + ")]


def _pattern(phrase: str) -> str:
    plain = phrase if phrase == "%" else _plain(phrase)
    return r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in plain.split())


@lru_cache(maxsize=4096)
def _stated(text: str) -> Mapping[str, str]:
    """What a header, a title or an indicator's cell says, field by field; "?" where it says two.

    An outage is named by what is supplied together with a status or a word for an outage.
    """
    words, plain = _words(), _plain(text)
    facts: dict[str, str] = {}
    status = words.first("statuses", plain).removesuffix("_last")
    indicators = words.matches("indicators", plain)
    supplies = words.matches("supplies", plain)
    if status or words.first("outage", plain):
        indicators += [each for each in supplies if each not in indicators]
    units = words.matches("units", plain)
    indicators = [each for each in indicators if units or each not in _NEEDS_UNIT]
    parts = words.matches("parts", plain)
    if len(parts) == 1 and indicators and parts[0] not in indicators[0]:
        facts["part"] = parts[0]
    for name, found in (
        ("indicator", indicators),
        ("unit", units),
        ("people", [each for each in words.matches("people", plain) if each != "all"]),
    ):
        if found:
            facts[name] = found[0] if len(found) == 1 else _UNCLEAR
    if status and (not indicators or facts["indicator"] in OUTAGES):
        facts["status"] = status
    causes = words.matches("causes", plain)
    if causes:
        facts["cause"] = causes[0] if len(causes) == 1 else "mixed"
    if period := words.first("periods", plain):
        facts["period"] = period
    return facts


def _facts(cell: Cell, text: str = "") -> Facts:
    return {name: (value, cell.span) for name, value in _stated(text or cell.text).items()}


def _said(facts: Mapping[str, tuple[str, Span]], name: str) -> str:
    """What is stated of a field; "" where nothing is."""
    return facts[name][0] if name in facts else ""


# Layout: which row is the header, and what each column means


def _layout(grid: Sequence[Sequence[Cell]], caption: Cell | None, published: str) -> Layout | None:
    above = [caption] if caption else []
    for index, row in enumerate(grid[:_HEADER_WITHIN]):
        if not _may_head(row):
            above += [cell for cell in row if cell.text]
            continue
        last = _last_header(grid, index)
        layout = _headed(grid, index, last, _title(above, published), published)
        if layout:
            return layout
        above += [cell for cell in row if cell.text]
    return _pairs(grid, [caption] if caption else [], published)


def _may_head(row: Sequence[Cell]) -> bool:
    """Two different texts, none of them a number that is no date."""
    texts = {cell.text for cell in row if cell.text}
    return len(texts) > 1 and not any(_is_amount(text) for text in texts)


def _is_amount(text: str) -> bool:
    if _date(text) or not (re.search("[0-9]", text) or _ERROR.match(text)):
        return False
    try:
        return _number(text, signed=True) is not None
    except Refusal as refusal:
        return refusal.args[0] != NO_NUMBER


def _is_tag(text: str) -> bool:
    return bool(re.match(r"#\s?[a-z]", text, re.IGNORECASE)) and not _ERROR.match(text)


def _is_tags(row: Sequence[Cell]) -> bool:
    texts = [cell.text for cell in row if cell.text]
    # Remarks stand beside the tags in published files.
    return bool(texts) and 2 * sum(map(_is_tag, texts)) > len(texts)


def _last_header(grid: Sequence[Sequence[Cell]], first: int) -> int:
    """A header goes on while every cell of the next row is a word for a column."""
    last = first
    for row in grid[first + 1 : first + 3]:
        texts = [cell.text for cell in row if cell.text]
        if not texts or not all(_role(text) or _names_count(text) for text in texts):
            break
        last += 1
    return last


def _role(text: str) -> str:
    # "Region (oblast)", "Date:", "City *": what stands around the word does not matter.
    plain = _plain(text).strip(" *,;#()")
    return _words().roles.get(plain, "")


def _names_count(text: str) -> bool:
    return bool(_stated(text).keys() & {"indicator", "unit", "people"})


def _headed(
    grid: Sequence[Sequence[Cell]], first: int, last: int, title: Facts, published: str
) -> Layout | None:
    """The layout if the rows first to last are a header, else None."""
    rows = grid[first : last + 1]
    below = last + 1
    tags: Sequence[Cell] = ()
    if below < len(grid) and _is_tags(grid[below]):
        tags, below = grid[below], below + 1
    elif _is_tags(rows[-1]):
        tags = rows[-1]
    width = max(map(len, rows))
    heads = [_head(rows, index) for index in range(width)]
    texts = {cell.text for head in heads for cell in head}
    if _about_an_army(title, texts):
        return None
    own = set(NAMES) <= texts
    columns: list[Column] = []
    for index, head in enumerate(heads):
        tag = tags[index].text if index < len(tags) else ""
        columns.append(_column(head, tag, tags, index, title, columns, published))
    columns = _populations(_told_apart(columns))
    if not _counts(columns, title) or not _mostly_numbers(grid[below:], columns):
        return None
    return Layout(
        columns=tuple(columns),
        first=below,
        title=title,
        language=_language(texts),
        header=tuple(tuple(cell.text for cell in row) for row in rows),
        own=own,
        day_second=_day_second(grid[below:], columns),
    )


def _about_an_army(title: Facts, texts: Iterable[str]) -> bool:
    return "army" in title or any("titles" in _refused_words(text) for text in texts)


@lru_cache(maxsize=1024)
def _refused_words(text: str) -> tuple[str, ...]:
    return tuple(_words().matches("not_counted", _plain(text)))


def _head(rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    """A column's header cells from top to bottom; a wide cell above heads those to its right."""
    found: list[Cell] = []
    for depth, row in enumerate(rows):
        at = index
        below = any(index < len(each) and each[index].text for each in rows[depth + 1 :])
        while below and at > 0 and (at >= len(row) or not row[at].text):
            at -= 1
        if at < len(row) and row[at].text and row[at].text not in [each.text for each in found]:
            found.append(row[at])
    return found


def _column(
    head: Sequence[Cell],
    tag: str,
    tags: Sequence[Cell],
    index: int,
    title: Facts,
    before: Sequence[Column],
    published: str,
) -> Column:
    """A column by its HXL tag, else by its header."""
    text = ", ".join(cell.text for cell in head if not _is_tag(cell.text))
    role, facts = _tagged(tag, tags[index].span) if _is_tag(tag) else ("", {})
    if role and role != "measure":
        return Column(role, {}, text)
    if not facts and head and (role := _role(head[-1].text)):
        return Column(role, {}, text)
    if "words" in _refused_words(text):
        return Column("", {}, text)
    facts = _header_facts(head) | facts
    if _part_of_the_last(text, facts) and before and before[-1].role == "measure":
        facts = dict(before[-1].facts) | facts
    if not facts.keys() & {"indicator", "unit", "people"} and title.get("indicator"):
        facts |= _crossed(head, published)
    elif "indicator" not in facts and not _open_to(facts, title):
        # A bare "Buildings" beside a column "Killed" is a count of something else.
        return Column("measure" if "status" in facts else "", facts, text)
    if _said(facts, "indicator") not in ("", _UNCLEAR) and "part" not in facts and _narrows(text):
        facts["part"] = (text, head[-1].span)
    return Column("measure" if facts else "", facts, text)


def _header_facts(head: Sequence[Cell]) -> Facts:
    """What all header cells of a column say together, each word with the cell it stands in."""
    together = ", ".join(cell.text for cell in head)
    facts = {name: (value, head[-1].span) for name, value in _stated(together).items()}
    for cell in head:
        for name, value in _facts(cell).items():
            if _said(facts, name) == value[0]:
                facts[name] = value
    return facts


def _open_to(facts: Facts, title: Facts) -> bool:
    """Whether a count in this unit, or of these people, may be what the title speaks of."""
    indicator, unit = _said(title, "indicator"), _said(facts, "unit") or _said(title, "unit")
    return bool(indicator) and unit in ("", _UNCLEAR, *INDICATORS[indicator].units)


def _narrows(text: str) -> bool:
    """Whether a header says more than we understand: what it counts is then a part."""
    words, left = _words(), _plain(text)
    for name in ("neutral", "indicators", "supplies", "statuses", "units", "people", "causes"):
        left = words.without(name, left)
    return len(_WORD.findall(left)) >= _MANY_WORDS


def _part_of_the_last(text: str, facts: Facts) -> bool:
    """ "of which children" counts what the column to its left counts."""
    return (
        "people" in facts
        and "indicator" not in facts
        and bool(_words().first("of_which", _plain(text)))
    )


def _crossed(head: Sequence[Cell], published: str) -> Facts:
    """A header that is a date or a place: the cells count what the title says."""
    if len(head) != 1:
        return {}
    cell = head[0]
    if when := _date(cell.text, _year(published)):
        return {"date": (when.day, cell.span)}
    with suppress(UnknownPlace):
        return {"place": (find(cell.text).pcode, cell.span)}
    return {}


def _tagged(tag: str, span: Span) -> tuple[str, Facts]:
    """Role and facts of an HXL tag; both empty for a tag that is not known."""
    name, *attributes = re.split(r"\s*\+\s*", tag.strip().casefold())
    own = frozenset(attributes)
    best = max(
        (known for known in _tags() if known[0] == name.replace(" ", "") and known[1] <= own),
        key=lambda known: len(known[1]),
        default=None,
    )
    if best is None:
        return "", {}
    meaning = _tags()[best]
    if meaning not in INDICATORS:
        return meaning, {}
    facts = {"indicator": (meaning, span)}
    for each in sorted(own - best[1] - _words().hxl_neutral):
        if people := _words().hxl_people.get(each):
            facts["people"] = (people, span)
        else:
            facts["part"] = (each, span)
    return "measure", facts


@cache
def _tags() -> Mapping[tuple[str, frozenset[str]], str]:
    """(tag, attributes) -> role of a column or name of an indicator."""
    listed = _words().hxl | {each.hxl: each.name for each in INDICATORS.values()}
    listed |= {each.metadata["hxl"]: each.name for each in COLUMNS if each.metadata["hxl"]}
    return {
        (tag.partition("+")[0], frozenset(tag.split("+")[1:])): meaning
        for tag, meaning in listed.items()
    }


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Two columns that mean the same count a whole and its part, or one thing twice.

    The first stands. A later one keeps its header as the part it counts; under the same header
    it is the same column once more and is not read.
    """
    seen: dict[tuple, set[str]] = {}
    kept = []
    for column in columns:
        if column.role == "measure" and column.facts.keys() & {"indicator", "unit"}:
            meaning = tuple(_said(column.facts, name) for name in _MEANING)
            texts = seen.setdefault(meaning, set())
            if column.text in texts:
                column = Column("", {}, column.text)
            elif texts:
                span = next(iter(column.facts.values()))[1]
                column = Column(
                    "measure", {**column.facts, "part": (column.text, span)}, column.text
                )
            texts.add(column.text)
        kept.append(column)
    return kept


def _populations(columns: Sequence[Column]) -> list[Column]:
    """HDX HAPI calls every count "population"; which one it is shows in the columns beside it."""
    heads = {_plain(column.text) for column in columns}
    phrases = _words().phrases["population_means"]
    meant = next((name for name, marks in phrases.items() if heads & set(marks)), "")
    return [
        Column("measure", {**column.facts, "indicator": (meant, column.facts["indicator"][1])})
        if meant and _said(column.facts, "indicator") == "population"
        else column
        for column in columns
    ]


def _counts(columns: Sequence[Column], title: Facts) -> bool:
    """Whether any column counts something that the header, a column or the title names."""
    roles = {column.role for column in columns}
    measures = [column.facts for column in columns if column.role == "measure"]
    if any("indicator" in facts for facts in measures):
        return True
    if "value" in roles:
        return "indicator" in roles or "indicator" in title
    return "indicator" in title and bool(measures)


def _mostly_numbers(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> bool:
    """Whether what stands in the columns that count are numbers: prose may use the same words."""
    if not any(cell.text for row in rows for cell in row):
        return False
    counting = [at for at, column in enumerate(columns) if column.role in ("measure", "value")]
    texts = [row[at].text for row in rows[:_SAMPLE] for at in counting if at < len(row)]
    filled = [text for text in texts if text.casefold() not in _words().missing]
    return 2 * sum(map(_is_amount, filled)) >= len(filled)


def _language(texts: Iterable[str]) -> str:
    letters = [letter for text in texts if not _is_tag(text) for letter in text if letter.isalpha()]
    return "uk" if 2 * sum(bool(_CYRILLIC.match(each)) for each in letters) > len(letters) else "en"


def _title(cells: Iterable[Cell], published: str) -> Facts:
    """What the rows above the header say: indicator, unit, status, place, date. Later ones win."""
    facts: Facts = {}
    for cell in cells:
        stated = _facts(cell)
        facts |= {name: fact for name, fact in stated.items() if fact[0] != _UNCLEAR}
        if "titles" in _refused_words(cell.text):
            facts["army"] = ("", cell.span)
        found = _dates_in(cell.text, _year(published))
        if len(found) == 1:
            when = found[0][0]
            facts["date"] = (when.day, cell.span)
            if when.start:
                facts["date_start"] = (when.start, cell.span)
            if _words().first("as_of", _plain(cell.text)):
                facts["as_of"] = (when.moment, cell.span)
        if place := _place_in(cell.text):
            facts["place"] = (place, cell.span)
    return facts


_NAME = re.compile(r"[^\W\d_][\w'’ʼ-]*")


@lru_cache(maxsize=256)
def _place_in(text: str) -> str:
    """P-code of the one place that a title names in up to three words in a row, else ""."""
    names = list(_NAME.finditer(text))
    found: set[str] = set()
    taken = -1
    for first, name in enumerate(names):
        if not name.group()[0].isupper() or name.start() < taken:
            continue
        for last in range(min(first + 2, len(names) - 1), first - 1, -1):
            words = text[name.start() : names[last].end()]
            with suppress(UnknownPlace):
                found.add(find(words).pcode)
                taken = names[last].end()
                break
    return found.pop() if len(found) == 1 else ""


def _pairs(grid: Sequence[Sequence[Cell]], above: list[Cell], published: str) -> Layout | None:
    """A table without header, each row an indicator's words and a number ("Killed | 5")."""
    for index, row in enumerate(grid[:_HEADER_WITHIN]):
        filled = [at for at, cell in enumerate(row) if cell.text]
        if len(filled) == 2 and _is_pair(*(row[at].text for at in filled)):
            if not _mostly_numbers(grid[index:], [Column("")] * filled[1] + [Column("value")]):
                return None
            columns = [Column("") for _ in range(max(map(len, grid)))]
            columns[filled[0]], columns[filled[1]] = Column("indicator"), Column("value")
            texts = [cell.text for each in grid for cell in each]
            return Layout(tuple(columns), index, _title(above, published), _language(texts))
        above = above + [cell for cell in row if cell.text]
    return None


def _is_pair(name: str, value: str) -> bool:
    if not _stated(name).get("indicator", "") or "words" in _refused_words(name):
        return False
    with suppress(Refusal):
        return _number(value) is not None
    return False


# Numbers


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a cell states it; unit and people if the cell says so too."""

    value: float
    high: float | None = None
    bound: str = "exact"
    unit: str = ""
    people: str = ""


# "#DIV/0!", "#N/A", "#ЗНАЧ!": whatever a spreadsheet shows where a formula failed.
_ERROR = re.compile(r"#([^\W\d_]+/?[^\W_]*[!?]|N/A|Н/Д)$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?<=\d)\s*(\*+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{1,2}\])$")
_DIGITS = (
    r"-?(?:[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,}|[0-9]{1,20}(?:[.,][0-9]{1,20})?(?:e\+?[0-9]{1,2})?)"
)


@lru_cache(maxsize=65536)
def _number(text: str, signed: bool = False) -> Number | None:
    """A cell's number, None if it says that none is known; Refusal with a reason otherwise.

    signed  degrees: may be below zero and have decimals; counts are whole
    """
    words = _words()
    text = text.strip()
    if _ERROR.match(text):
        raise Refusal(ERROR_CELL, text)
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", _APOSTROPHES.sub("", text).casefold())
    plain = " ".join(_FOOTNOTE.sub("", plain).split())
    if plain in words.missing or not plain.strip("- "):
        return None
    if "%" in plain:
        raise Refusal(A_SHARE, text)
    bound, amount = _bound(plain)
    found = _amount_pattern().fullmatch(amount)
    if not found:
        raise Refusal(NO_NUMBER, text[:60])
    scale = next((int(n) for n in words.matches("scales", found["scale"] or "")), 1)
    ends = sorted(
        _decimal(found[end], text, scale, signed) for end in ("low", "high") if found[end]
    )
    high = float(ends[1]) if len(ends) == 2 and ends[1] > ends[0] else None
    return Number(float(ends[0]), high, bound, **_tail(found["tail"], text))


@cache
def _amount_pattern() -> re.Pattern:
    scales = "|".join(p for ps in _words().phrases["scales"].values() for p in ps)
    return re.compile(
        rf"(?:(?:від|from|between) )?(?P<low>{_DIGITS}) ?(?:°(?!c))?"
        rf"(?: ?(?:-|…|\.\.\.?|to|до|and|і|та) ?(?P<high>{_DIGITS}))?"
        rf" ?(?P<scale>(?:{scales})(?!\w)\.?)?(?P<tail>[^0-9]*)"
    )


@cache
def _bound_pattern() -> re.Pattern:
    listed = [(p, key) for key, ps in _words().phrases["bounds"].items() for p in ps]
    longest = sorted(listed, key=lambda each: -len(each[0]))
    alternatives = "|".join(
        re.escape(phrase) + (r"(?!\w)\.?" if phrase[-1].isalpha() else "") for phrase, _ in longest
    )
    return re.compile(rf"({alternatives})\s*(?=-?[0-9])")


def _bound(plain: str) -> tuple[str, str]:
    """The bound and what is left of the text: "over 1000", "1000+"."""
    if plain.endswith("+"):
        return "at_least", plain[:-1].rstrip()
    found = _bound_pattern().match(plain)
    # "від 5 до 7" is a range, "від 5" a lower bound.
    if not found or (_amount_pattern().fullmatch(plain) or {"high": None})["high"]:
        return "exact", plain
    phrase = found.group(1).rstrip(".")
    phrases = _words().phrases["bounds"]
    return next(key for key, listed in phrases.items() if phrase in listed), plain[found.end() :]


def _decimal(digits: str, text: str, scale: int, signed: bool) -> Decimal:
    digits = digits.replace(" ", "")
    grouped = re.fullmatch(r"-?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+", digits)
    # "1,234 тис." is a decimal: nobody writes thousands of thousands with a separator.
    if grouped and scale == 1 and not signed:
        if digits.count(".") == 1:
            raise Refusal(TWO_READINGS, text[:60])
        digits = re.sub("[.,]", "", digits)
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    elif "," in digits:
        digits = digits.replace(",", "")
    value = Decimal(digits) * scale
    if not signed and value != value.to_integral_value():
        raise Refusal(NOT_WHOLE, text[:60])
    return value


def _tail(tail: str, text: str) -> dict[str, str]:
    """Unit or group that stands behind a number in its cell ("1 200 будинків")."""
    tail = tail.strip(" .")
    if not tail or tail == "°":
        return {}
    stated = _stated(tail)
    if len(tail.split()) > 3 or not stated or not stated.keys() <= {"unit", "people"}:
        raise Refusal(NO_NUMBER, text[:60])
    if _UNCLEAR in stated.values():
        raise Refusal(NO_NUMBER, text[:60])
    return dict(stated)


# Dates


@dataclass(frozen=True, slots=True)
class When:
    """day: ISO day, month or year; of a span of days the last, `start` the first.

    moment  the day with its clock time in Kyiv, where there is one ("2026-01-24T18:00")
    """

    day: str
    start: str = ""
    moment: str = ""


_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?!\d)")
_ISO = re.compile(
    r"(?<![\d-])((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?"
    r"(Z|[+-]\d\d:?\d\d)?)?(?![\d-])"
)
_NUMERIC = re.compile(
    r"(?<![\d.,/])(?:(\d{1,2})(?:[./](\d{1,2}))?\s*[-–—]\s*)?"
    r"(\d{1,2})([./-])(\d{1,2})\4((?:19|20)?\d\d)(?![\d/]|\.\d)"
)
_MONTH_YEAR = re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])[./]((?:19|20)\d\d)(?![\d./-])")
_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d\d)(?![\d./-])")
_DAY_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})\.(0[1-9]|1[0-2])\.?(?![\d/-])")


@cache
def _named_months() -> tuple[re.Pattern, re.Pattern, Mapping[str, int]]:
    """Patterns of "24–25 January 2026" (day and year may be absent) and "January 24, 2026"."""
    listed = _words().phrases["months"]
    numbers = {name: int(number) for number, names in listed.items() for name in names}
    names = "|".join(sorted(numbers, key=len, reverse=True))
    day = r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|-го|-е)?"
    after = rf"(?:(?:{day}\s*(?:[-–—]|to|до)\s*)?{day}[\s-]+)?(?<!\w)({names})(?!\w)\.?"
    return (
        re.compile(rf"{after}(?:[\s,-]+((?:19|20)\d\d|(?<=-)\d\d)(?!\d))?", re.IGNORECASE),
        re.compile(rf"(?<!\w)({names})\.?\s+{day},?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE),
        numbers,
    )


def _year(published: str) -> date | None:
    """The day by which a date without a year is completed; None where nothing is known."""
    try:
        return dates.span(published)[1]
    except ValueError:
        return None


@lru_cache(maxsize=65536)
def _date(text: str, known: date | None = None, month_first: bool = False) -> When | None:
    """The date that a cell is; None if it says more than a date, or something else."""
    found = _dates_in(text, known, month_first)
    if not found or len(found) > 2:
        return None
    left = text
    for _, (start, end) in reversed(found):
        left = left[:start] + " " + left[end:]
    left = _CLOCK.sub(" ", left)
    for pattern in _patterns_around():
        left = pattern.sub(" ", left)
    if left.strip(" ,;:.()/–—-'’"):
        return None
    first, last = found[0][0], found[-1][0]
    if first == last:
        return first
    return _span_of_days(first.start or first.day, last.day)


@cache
def _patterns_around() -> list[re.Pattern]:
    words = sorted(_words().phrases["around_dates"]["words"], key=len, reverse=True)
    return [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE) for word in words]


def _dates_in(
    text: str, known: date | None = None, month_first: bool = False
) -> list[tuple[When, Span]]:
    """Every date of a text, in its order. Day before month unless `month_first`."""
    found: list[tuple[When, Span]] = []
    for when, span in _candidates(text, known, month_first):
        if not any(span[0] < end and start < span[1] for _, (start, end) in found):
            with suppress(ValueError):
                dates.span(when.day)
                if when.start:
                    dates.span(when.start)
                found.append((when, span))
    return sorted(found, key=lambda each: each[1])


def _candidates(text: str, known: date | None, month_first: bool) -> Iterator[tuple[When, Span]]:
    """Dates in the order of trust; a later pattern may find parts of an earlier one again."""
    clock = _CLOCK.search(text)
    time = f"T{int(clock[1]):02d}:{clock[2]}" if clock and clock[1] != "24" else ""
    for m in _ISO.finditer(text):
        yield _iso(m), m.span()
    for m in _NUMERIC.finditer(text):
        first, second = (m[5], m[3]) if month_first else (m[3], m[5])
        day = _ymd(m[6] if len(m[6]) == 4 else f"20{m[6]}", second, first)
        start = _ymd(day[:4], m[2] or second, m[1]) if m[1] else ""
        yield _when(day, start, time), m.span()
    after, before, numbers = _named_months()
    for m in before.finditer(text):
        yield _when(_ymd(m[3], numbers[m[1].casefold()], m[2]), "", time), m.span()
    for m in after.finditer(text):
        if when := _named(m, numbers[m[3].casefold()], known, time):
            yield when, m.span()
    for m in _MONTH_YEAR.finditer(text):
        yield When(f"{m[2]}-{int(m[1]):02d}"), m.span()
    for m in _YEAR.finditer(text):
        yield When(m[1]), m.span()
    for m in _DAY_MONTH.finditer(text) if known else ():
        yield _when(_completed(known, int(m[2]), int(m[1])), "", time), m.span()


def _iso(m: re.Match) -> When:
    if not m[3]:
        return When(f"{m[1]}-{m[2]}")
    day = f"{m[1]}-{m[2]}-{m[3]}"
    if not m[4] or (m[4] == "00:00" and not m[5]):
        return When(day)  # midnight is how a spreadsheet writes a day
    moment = f"{day}T{m[4]}"
    if m[5]:
        with suppress(ValueError):
            zoned = datetime.fromisoformat(moment + m[5].replace("Z", "+00:00"))
            moment = zoned.astimezone(ZoneInfo("Europe/Kyiv")).strftime("%Y-%m-%dT%H:%M")
    return When(moment[:10], "", moment)


def _named(m: re.Match, month: int, known: date | None, time: str) -> When | None:
    start, day, _, year = m.groups()
    if year and not day:
        return When(f"{year if len(year) == 4 else '20' + year}-{month:02d}")
    if not day or not (year or known):
        return None
    if year:
        stated = _ymd(year if len(year) == 4 else f"20{year}", month, day)
    else:
        stated = _completed(known, month, int(day))
    return _when(stated, _ymd(stated[:4], month, start) if start else "", time)


def _completed(known: date, month: int, day: int) -> str:
    """A day without its year: the last such day up to the one that is known."""
    year = known.year - ((month, day) > (known.month, known.day))
    return _ymd(year, month, day)


def _ymd(year: object, month: object, day: object) -> str:
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _when(day: str, start: str, time: str) -> When:
    if start:
        with suppress(ValueError):
            return _span_of_days(start, day) or When(day)
    return When(day, "", f"{day}{time}" if time else "")


def _span_of_days(start: str, end: str) -> When | None:
    """From one date to another: a month or a year if it is one, a night's second day, a span."""
    try:
        first, last = dates.span(start)[0], dates.span(end)[1]
    except ValueError:
        return None
    if first > last:
        return None
    for whole in (f"{last:%Y}", f"{last:%Y-%m}"):
        if (first, last) == dates.span(whole):
            return When(whole)
    if (last - first).days <= 1:
        return When(last.isoformat())  # a night belongs to the day it ends on
    return When(last.isoformat(), first.isoformat())


def _day_second(rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> frozenset[int]:
    """Columns whose dates are month/day/year: some day above 12 stands second, none first."""
    found = set()
    for index, column in enumerate(columns):
        if not column.role.startswith(("date", "as_of", "published")):
            continue
        pairs = [
            (int(m[3]), int(m[5]))
            for row in rows
            if index < len(row) and (m := _NUMERIC.match(row[index].text)) and m[4] == "/"
        ]
        if any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs):
            found.add(index)
    return frozenset(found)


# Places


class _Places:
    """Finds the place of a row. Unknown names are remembered: each search for a hint is slow."""

    def __init__(self) -> None:
        self._refusals: dict[tuple[str, str], Refusal] = {}

    def locate(self, cells: Mapping[str, Sequence[Cell]]) -> Facts:
        """Place and part of a row by its cells by kind of area; empty if they are all empty."""
        for role in _AREAS:
            for cell in cells.get(role, ()):
                if _words().first("occupied", _plain(cell.text)) == "words":
                    raise Refusal(OCCUPIED, cell.text)
        country = self._country(cells.get("country", ()))
        oblast, facts = self._oblast(cells)
        narrow = [(role, cell) for role in _AREAS[:1:-1] for cell in cells.get(role, ())]
        for role, cell in narrow:
            place = self._narrow(role, cell, oblast)
            if place and (not oblast or place == oblast or contains(oblast, place)):
                return {"place": (place.pcode, cell.span)}
        if oblast:
            # Codes name nothing to a reader; a plant is finer than what is kept.
            named = [cell for _, cell in narrow if not _is_code(cell.text) and not _is_site(cell)]
            if named and _plain(named[0].text) != _plain(oblast.name_en):
                facts["part"] = (named[0].text, named[0].span)
            return facts
        if narrow:
            raise self._refusal(narrow[0][1].text)
        return {"place": (UKRAINE.pcode, country.span)} if country else {}

    def _country(self, cells: Sequence[Cell]) -> Cell | None:
        for cell in cells:
            try:
                if find(cell.text) == UKRAINE:
                    return cell
            except UnknownPlace:
                pass
            raise Refusal(FOREIGN, cell.text)
        return None

    def _oblast(self, cells: Mapping[str, Sequence[Cell]]) -> tuple[Place | None, Facts]:
        """By a code first, by a name next, by the first characters of a narrower code last."""
        refused = None
        for cell in sorted(cells.get("oblast", ()), key=lambda each: not _is_code(each.text)):
            try:
                place = _as_oblast(cell.text)
                return place, {"place": (place.pcode, cell.span)}
            except UnknownPlace:
                refused = refused or cell
        if refused:
            raise self._refusal(refused.text)
        for role in _AREAS[2:]:
            for cell in cells.get(role, ()):
                if _is_code(cell.text) and cell.text[:4].upper() in PLACES:
                    place = PLACES[cell.text[:4].upper()]
                    return place, {"place": (place.pcode, cell.span)}
        return None, {}

    def _narrow(self, role: str, cell: Cell, oblast: Place | None) -> Place | None:
        # Names of raions and hromadas are those of cities and oblasts too: "Миколаївська".
        if role in ("raion", "hromada") and not _is_code(cell.text):
            if not oblast:
                raise self._refusal(cell.text)
            return None
        try:
            place = _found(cell.text, oblast)
        except UnknownPlace:
            if oblast:
                return None
            raise self._refusal(cell.text) from None
        return None if role == "city" and place.level != "city" and oblast else place

    def _refusal(self, text: str) -> Refusal:
        if _words().first("foreign", _plain(text)):
            return Refusal(FOREIGN, text[:60])
        known = self._refusals.get(text)
        if known is None:
            known = self._explained(text)
            self._refusals[text] = known
        return known

    def _explained(self, text: str) -> Refusal:
        named = text[:60]
        reason = UNKNOWN_PLACE
        if len(self._refusals) < _MOST_SUGGESTIONS:
            try:
                find(text)
            except UnknownPlace as error:
                reason = MANY_PLACES if isinstance(error, AmbiguousPlace) else UNKNOWN_PLACE
                named += " → " + ", ".join(_named_place(each) for each in error.suggestions)
        return Refusal(reason, named)


@lru_cache(maxsize=65536)
def _found(text: str, within: Place | None) -> Place:
    return find(text, within)


@lru_cache(maxsize=4096)
def _as_oblast(text: str) -> Place:
    """A name in a column of oblasts: "Kharkiv" means the oblast there, "Kyiv" the city."""
    place = find(text)
    if place.level == "city" and place.oblast != place.pcode:
        with suppress(UnknownPlace):
            return find(f"{place.name_en} oblast")
    return place


def _named_place(place: Place) -> str:
    wider = PLACES.get(place.oblast, place)
    return place.name_en if wider == place else f"{place.name_en} ({wider.name_en})"


def _is_code(text: str) -> bool:
    return bool(re.fullmatch(r"UA[0-9-]{2,}", text.strip().upper()))


def _is_site(cell: Cell) -> bool:
    return bool(_words().first("sites", _plain(cell.text)))


# Rows


class _Reader:
    """Reads the rows below a header, one after another, into one Reading."""

    def __init__(self, document: Document, table: Table, layout: Layout, published: str) -> None:
        self.document, self.table, self.layout = document, table, layout
        self.published = published
        self.places = _Places()
        self.reading = Reading(language=layout.language)

    def read(self, grid: Sequence[Sequence[Cell]]) -> Reading:
        """Reads every row that is neither blank nor the header once more, and accounts for it."""
        for index, row in enumerate(grid[self.layout.first :], self.layout.first):
            if any(cell.text for cell in row) and not self._repeats_header(row):
                self.reading.rows += 1
                _Row(self, index, row).read()
        return self.reading

    def _repeats_header(self, row: Sequence[Cell]) -> bool:
        """As at the top of every page of a PDF."""
        return tuple(cell.text for cell in row) in self.layout.header


class _Row:
    """One row: its cells by role, its figures, its refusal."""

    def __init__(self, reader: _Reader, index: int, cells: Sequence[Cell]) -> None:
        self.reader, self.layout, self.reading = reader, reader.layout, reader.reading
        self.cells = cells
        filled = [cell.span for cell in cells if cell.text]
        self.start, self.end = min(s for s, _ in filled), max(e for _, e in filled)
        self.quote = reader.document.text[self.start : self.end]
        self.position = ", ".join(filter(None, [reader.table.position, f"row {index + 1}"]))
        self.problems: list[tuple[Cell, Refusal]] = []
        self.lacking: list[tuple[Cell, tuple[str, ...]]] = []
        self.figures: list[Read] = []

    def read(self) -> None:
        """Adds the row's figures to the reading, or its refusal."""
        try:
            self._read_own() if self.layout.own else self._read()
        except Refusal as refusal:
            self._refuse(refusal)
            return
        except InvalidFigure as error:
            self._refuse(Refusal(BROKEN_RULE, error))
            return
        self.reading.figures += self.figures
        for cell, lacks in self.lacking:
            self._unplaced(cell, lacks)
        if not self.figures:
            self._refuse(self._why_nothing())
            return
        for cell, _ in self.problems:
            self._unplaced(cell, ("value",))

    def _why_nothing(self) -> Refusal:
        if self.problems:
            return self.problems[0][1]
        if not self.lacking:
            return Refusal(NO_VALUE)
        lacks = self.lacking[0][1][0]
        return Refusal(_LACKING.get(lacks, NO_INDICATOR))

    def _refuse(self, refusal: Refusal) -> None:
        self.reading.refused.append(RefusedRow(self.position, str(refusal), self.quote))

    def _unplaced(self, cell: Cell, lacks: tuple[str, ...]) -> None:
        start, end = cell.span
        quote = self.reader.document.text[start:end]
        self.reading.unplaced.append(Unplaced(start, end, quote, lacks))

    def _having(self, *roles: str) -> list[tuple[int, Cell]]:
        """The row's filled cells in the columns of these roles."""
        return [
            (index, self.cells[index])
            for index in self.layout.having(*roles)
            if index < len(self.cells) and self.cells[index].text.casefold() not in _words().missing
        ]

    # Our own export

    def _read_own(self) -> None:
        """Every field as the export wrote it; quote and offsets are those of this document."""
        header = self.layout.header[-1]
        cells = {name: cell for name, cell in zip(header, self.cells, strict=False)}
        if missing := [name for name in NAMES if name not in cells]:
            raise Refusal(NO_VALUE, missing[0])
        texts = {each.name: _own_value(each, cells[each.name].text) for each in COLUMNS}
        figure = Figure(**texts | self._origin())
        trail = {name: cells[name].span for name in NAMES if cells[name].text}
        self.figures.append(Read(figure, trail))

    def _origin(self) -> dict[str, object]:
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "position": self.position,
            "source": "report",
        }

    # Any other table

    def _read(self) -> None:
        if any(cell.text for cell in self.cells[len(self.layout.columns) :]):
            raise Refusal(TOO_LONG)
        values = list(self._values())
        if not values:
            return
        areas = self._areas()
        facts = self._row_facts(areas)
        for column, cell, number in values:
            try:
                self._add(column, cell, number, facts)
            except (Refusal, InvalidFigure) as error:
                refusal = error if isinstance(error, Refusal) else Refusal(BROKEN_RULE, error)
                self.problems.append((cell, refusal))

    def _values(self) -> Iterator[tuple[Column, Cell, Number]]:
        """The row's numbers. A cell that says something that is no number is noted."""
        for index in self.layout.having("measure", "value"):
            if index >= len(self.cells):
                continue
            column, cell = self.layout.columns[index], self.cells[index]
            try:
                number = _number(cell.text, self._signed(column))
            except Refusal as refusal:
                if column.role == "value" or "indicator" in column.facts | self.layout.title:
                    self.problems.append((cell, refusal))
                continue
            if number:
                yield column, cell, number

    def _signed(self, column: Column) -> bool:
        """Whether the number is in degrees."""
        indicator = column.facts.get("indicator") or self._indicator().get("indicator")
        name = (indicator or self.layout.title.get("indicator", ("",)))[0]
        return name in INDICATORS and INDICATORS[name].units == ("celsius",)

    def _indicator(self) -> Facts:
        """What the row's cell for the indicator says, unit and status included."""
        for _, cell in self._having("indicator"):
            if cell.text in INDICATORS:
                return {"indicator": (cell.text, cell.span)}
            facts = {} if "words" in _refused_words(cell.text) else _facts(cell)
            return {"indicator": (_OTHER, cell.span)} | facts
        return {}

    def _areas(self) -> dict[str, list[Cell]]:
        """The cells that name areas, by kind, without the word for a total.

        A total counts only for a place that its own row names.
        """
        areas: dict[str, list[Cell]] = {}
        is_total = False
        for index, cell in self._having(*_AREAS):
            text = _without_total(cell.text)
            is_total = is_total or text != cell.text
            if text:
                role = self.layout.columns[index].role
                areas.setdefault(role, []).append(Cell(text, cell.span))
        if not is_total:
            first = next(cell for cell in self.cells if cell.text)
            is_dated = self._having("date", "date_end")
            labels = [first, *(cell for _, cell in is_dated)]
            if any(_without_total(cell.text) == "" for cell in labels):
                raise Refusal(A_TOTAL, first.text)
        elif not areas or (areas.keys() == {"country"} and len(self.layout.having(*_AREAS)) > 2):
            raise Refusal(A_TOTAL)
        if is_total:
            try:
                _Places().locate(areas)
            except Refusal:
                raise Refusal(A_TOTAL, next(iter(areas.values()))[0].text) from None
        return areas

    def _row_facts(self, areas: Mapping[str, Sequence[Cell]]) -> Facts:
        facts = self.reader.places.locate(areas)
        facts |= self._indicator()
        facts |= self._when()
        facts |= self._words_of("unit", "units")
        facts |= self._words_of("cause", "causes")
        facts |= self._words_of("moment", "")
        facts |= self._words_of("bound", "bounds")
        facts |= self._status()
        facts |= self._groups(facts)
        for _, cell in self._having("verification"):
            if known := _words().first("verifications", _plain(cell.text)):
                facts["verification"] = (known, cell.span)
        for name in (*_TEXTS, "part"):
            for _, cell in self._having(name):
                facts.setdefault(name, (cell.text, cell.span))
        return facts

    def _words_of(self, role: str, table: str) -> Facts:
        for _, cell in self._having(role):
            plain = _plain(cell.text)
            if role == "bound":
                known = next((n for n in BOUNDS if plain in (n, n.replace("_", " "))), "")
            else:
                known = _words().first(table, plain) if table else plain
            allowed = {"moment": dates.MOMENTS, "bound": BOUNDS}.get(role)
            if known and (allowed is None or known in allowed):
                return {role: (known, cell.span)}
            if role == "unit":
                return {role: (_UNCLEAR, cell.span)}
        return {}

    def _status(self) -> Facts:
        for _, cell in self._having("status"):
            plain = _plain(cell.text)
            if known := _words().first("statuses", plain).removesuffix("_last"):
                return {"status": (known, cell.span)}
            if known := _words().first("verifications", plain):
                return {"verification": (known, cell.span)}
            return {"status": (_UNCLEAR, cell.span)}
        return {}

    def _groups(self, facts: Facts) -> Facts:
        """Whom the row counts: a group we know, else the words as the part of the whole."""
        found: Facts = {}
        for index, cell in self._having("people", "scope"):
            groups = _words().matches("people", _plain(cell.text))
            if groups == ["all"] or _plain(cell.text) == "intersectoral":
                continue
            if self.layout.columns[index].role == "scope":
                if "population" in (_said(each.facts, "indicator") for each in self._measures()):
                    raise Refusal(IN_NEED, cell.text)
            elif len(groups) == 1 and "people" not in found:
                found["people"] = (groups[0], cell.span)
            else:
                before = [each["part"][0] for each in (facts, found) if "part" in each]
                found["part"] = (", ".join([*before[-1:], cell.text]), cell.span)
        return found

    def _measures(self) -> list[Column]:
        return [self.layout.columns[index] for index in self.layout.having("measure")]

    def _when(self) -> Facts:
        """Date, as_of and published of the row's own cells."""
        facts: Facts = {}
        known = _year(self.reader.published)
        facts |= _spanned(self._dated("date_start", known), self._dated("date_end", known))
        for role in ("date", "as_of", "published"):
            if not (found := self._dated(role, known)):
                continue
            when, span = found
            facts[role] = (when.moment or when.day if role == "as_of" else when.day, span)
            if role == "date":
                facts.pop("date_start", None)
                if when.start:
                    facts["date_start"] = (when.start, span)
                if when.moment:
                    facts.setdefault("clock", (when.moment, span))
        return facts

    def _dated(self, role: str, known: date | None) -> tuple[When, Span] | None:
        for index, cell in self._having(role):
            when = _date(cell.text, known, index in self.layout.day_second)
            if when:
                return when, cell.span
            # A clock time alone, or words, under "time" or "updated" take nothing away.
            if role != "as_of":
                raise Refusal(BAD_DATE, cell.text[:60])
        return None

    def _add(self, column: Column, cell: Cell, number: Number, row: Facts) -> None:
        """A figure of one cell, or the number without its place among figures."""
        inside = {
            name: (getattr(number, name), cell.span)
            for name in ("unit", "people")
            if getattr(number, name)
        }
        title = {n: f for n, f in self.layout.title.items() if not (n == "part" or n == "period")}
        facts = title | row | dict(column.facts) | inside
        if "indicator" in row and "indicator" not in column.facts and "date" not in column.facts:
            # The title's words belong to its own indicator.
            for name in ("unit", "status", "people"):
                if name in title and facts.get(name) == title[name]:
                    del facts[name]
        if _said(facts, "indicator") == _OTHER:
            start, end = facts["indicator"][1]
            raise Refusal(NO_INDICATOR, self.reader.document.text[start:end][:60])
        _settle_unit(facts)
        self._settle_date(facts)
        lacks = _lacks(facts, self.reader.published)
        if lacks:
            self.lacking.append((cell, lacks))
            return
        self.figures.append(self._figure(facts, cell, number))

    def _settle_date(self, facts: Facts) -> None:
        """Completes the date by the publication's, and says what a span or an "as of" means."""
        title_dates = facts.get("date") == self.layout.title.get("date")
        if not title_dates:
            facts_start = facts.get("date_start")
            if facts_start and facts_start == self.layout.title.get("date_start"):
                del facts["date_start"]
        indicator = _said(facts, "indicator")
        kind = INDICATORS[indicator].kind if indicator in INDICATORS else ""
        as_of = self.layout.title.get("as_of")
        if "as_of" in facts and not facts["as_of"][0]:
            facts["as_of"] = (facts["date"][0], facts["as_of"][1])
        if "date" in facts and kind == "flow":
            stated, span = facts["date"]
            running = len(stated) < 10 or "date_start" in facts or (title_dates and as_of)
            if running:
                facts.setdefault("period", ("cumulative", span))
            if "date_start" in facts and "part" not in facts:
                facts["part"] = (f"since {facts['date_start'][0]}", facts["date_start"][1])
        if "clock" in facts and kind == "stock" and "as_of" not in facts:
            facts["as_of"] = facts["clock"]
        if "date" not in facts and "as_of" in facts:
            facts["date"] = (facts["as_of"][0][:10], facts["as_of"][1])
        if "date" not in facts and "published" in facts:
            facts["date"] = facts["published"]

    def _figure(self, facts: Facts, cell: Cell, number: Number) -> Read:
        indicator = facts["indicator"][0]
        stated = {name: fact for name, fact in facts.items() if name in _STATED}
        if indicator not in OUTAGES:
            stated.pop("status", None)
        self._refuse_occupied(_said(stated, "place"), indicator)
        fields = self._defaults(indicator) | {name: fact[0] for name, fact in stated.items()}
        trail = {name: fact[1] for name, fact in stated.items()} | {"value": cell.span}
        if number.bound != "exact":
            fields["bound"], trail["bound"] = number.bound, cell.span
        fields |= {"value": number.value, "value_high": number.high}
        if number.high is None and (upper := self._upper(number)):
            fields["value_high"], trail["value_high"] = upper
        elif number.high is not None:
            trail["value_high"] = cell.span
        return Read(Figure(**fields | self._origin()), trail)

    def _upper(self, number: Number) -> tuple[float, Span] | None:
        """The upper end from a column of its own, in a table with one column of values."""
        if self._measures():
            return None
        for _, cell in self._having("value_high"):
            high = _number(cell.text)
            return (high.value, cell.span) if high and high.value > number.value else None
        return None

    def _refuse_occupied(self, pcode: str, indicator: str) -> None:
        is_claim = INDICATORS[indicator].kind != "baseline" and indicator != "temperature"
        if is_claim and {pcode, PLACES[pcode].oblast} & _words().occupied:
            raise Refusal(OCCUPIED, PLACES[pcode].name_en)

    def _defaults(self, indicator: str) -> dict[str, object]:
        document = self.reader.document
        has_cause = INDICATORS[indicator].kind != "baseline" and indicator not in _WITHOUT_CAUSE
        has_cause = has_cause and not self.layout.having("cause")
        return {
            "date": self.reader.published,
            "status": "without" if indicator in OUTAGES else "",
            "cause": "strike" if has_cause else "",
            "publisher": document.publisher,
            "published": self.reader.published or document.published,
            "url": document.url,
            "language": self.layout.language,
        }


# Fields that facts may set as they are.
_STATED = frozenset(NAMES) - {
    *("value", "value_high", "quote", "start", "end", "position", "language"),
    *("recalled", "dubious", "source", "source_key"),
}
# As in etl/sources/curated.py: nobody asks what made people move or the air cold.
_WITHOUT_CAUSE = {"temperature", "displaced"}
_LACKING = {
    "place": NO_PLACE,
    "date": NO_DATE,
    "indicator": NO_INDICATOR,
    "unit": NO_UNIT,
    "status": NO_STATUS,
}


def _own_value(column, text: str) -> object:
    """A cell of our export as the field's own type."""
    kind = column.metadata["sql"]
    if kind == "VARCHAR":
        return text
    if kind == "BOOLEAN":
        return text.casefold() in ("true", "1")
    if not text:
        return None
    try:
        return int(float(text)) if kind == "INTEGER" else float(text)
    except (ValueError, OverflowError):
        raise Refusal(NO_NUMBER, text[:60]) from None


def _settle_unit(facts: Facts) -> None:
    """Fills in a unit that goes without saying: people for the injured, drones for drones."""
    indicator = _said(facts, "indicator")
    if indicator not in INDICATORS or "unit" in facts:
        return
    units = INDICATORS[indicator].units
    if len(units) == 1 or (units[0] == "people" and indicator not in OUTAGES):
        facts["unit"] = (units[0], facts["indicator"][1])


def _lacks(facts: Facts, published: str) -> tuple[str, ...]:
    """What a figure still needs, in the order of Unplaced.lacks; unclear is as good as absent."""
    lacks = [name for name in ("place", "date") if name not in facts]
    if published and "date" in lacks:
        lacks.remove("date")
    indicator = INDICATORS.get(_said(facts, "indicator"))
    if indicator is None:
        return (*lacks, "indicator")
    if _said(facts, "unit") not in indicator.units:
        lacks.append("unit")
    lacks += [name for name in ("people", "status") if _said(facts, name) == _UNCLEAR]
    if "status" in lacks and not indicator.statuses:
        lacks.remove("status")
    return tuple(lacks)


def _without_total(text: str) -> str:
    """The text without a word for a total and what joins it to a place; "" if nothing is left."""
    left = _totals().sub(" ", text)
    if left == text:
        return text
    return _joints().sub("", left.strip(" ,:;()-–—")).strip(" ,:;()-–—")


@cache
def _totals() -> re.Pattern:
    words = "|".join(sorted(_words().phrases["totals"]["words"], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _joints() -> re.Pattern:
    words = "|".join(_words().phrases["totals"]["joints"])
    return re.compile(rf"^(?:(?:{words})\s+)+", re.IGNORECASE)


def _spanned(start: tuple[When, Span] | None, end: tuple[When, Span] | None) -> Facts:
    """Dates of a column for the start and one for the end; either alone is the date."""
    if not (start and end):
        either = end or start
        return {"date": (either[0].day, either[1])} if either else {}
    when = _span_of_days(start[0].day, end[0].day)
    if when is None:
        raise Refusal(BAD_DATE, f"{start[0].day} – {end[0].day}")
    facts = {"date": (when.day, end[1])}
    if when.start:
        facts["date_start"] = (when.start, start[1])
    return facts
