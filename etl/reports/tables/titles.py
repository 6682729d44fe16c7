"""Titles: the line above a table and the rows above its header, and what they say."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache

from etl.reports.model.document import Document, Span, Table
from etl.reports.tables.cells import Cell, Facts, cell_at, said
from etl.reports.tables.dates import CLOCK, When, date_of, dates_in, joined, last_day
from etl.reports.tables.words import (
    UNCLEAR,
    any_of,
    cuts_off,
    first,
    not_counted,
    plain,
    role_of,
    stated,
    titled_in,
    words,
)
from impact.model.indicators import INDICATORS
from impact.model.places import PLACES, UKRAINE, UnknownPlace, find, is_city, own_oblast

_LONGEST_CAPTION = 200  # characters
_LONGEST_HEADING = 120
_SHORT_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,3}\.$")
_CAPTIONS = 3  # the most lines above a table that introduce it
_SENTENCE_END = re.compile(r"[.!?…][”»)]*\s+")
_NAME = re.compile(r"[^\W\d_][\w'’ʼ-]*")
_BODIES = ("rescuers", "police", "medics")  # groups whose name is a body's, too
_BRACKET = re.compile(r"\((?P<legend>[^()]+)\)\.?")
_PART = re.compile(r"[^\s,;:.()][^,;:.()]*")  # what stands between marks
_PARTS = re.compile(r"[,;:()|]|\s[–—-]\s")
_UNIT_WORDS = 3  # "residential buildings"
_FRAME = "|+-: \t\n"  # what tables are drawn with
_OF_COUNTS = ("indicator", "unit", "status", "people", "supply", "launched")
_NAME_WORDS = 3  # the longest name of a place in a title ("City of Kharkiv")


def captions(document: Document, table: Table) -> list[Cell]:
    """The lines above a table that introduce it, from top to bottom.

    The nearest is the line right above it, or the last sentence of that line. A line further up
    counts only as a heading: it is short and holds no number besides dates.
    """
    found: list[Cell] = []
    for start, end in _lines_above(document, table.span[0]):
        line = document.text[start:end]
        if not found and line.endswith(":"):
            ends = (each.end() for each in _SENTENCE_END.finditer(line))
            start += max((each for each in ends if line[each].isupper()), default=0)
        if end - start > _LONGEST_CAPTION or _is_sentence(line) or (found and _counts(line)):
            break
        found.insert(0, cell_at(document.text, (start, end)))
    above = [*_heading(document, table, found), *found]
    unit, legend = _legend(document, table)
    return [*unit, *(above or _below(document, table)), *legend]


def _legend(document: Document, table: Table) -> tuple[list[Cell], list[Cell]]:
    """What the line right below a table says of all its numbers: the words for their unit ("Unit:
    customers", "Data of the operators, customers"), and a legend in brackets ("(blocks without
    heat, evening of each day)"), which says more than the title."""
    rest = document.text[table.span[1] :]
    line = rest.strip(_FRAME).partition("\n")[0]
    if line.strip() == "":
        return [], []
    begin = table.span[1] + rest.index(line)
    if _is_in_a_table(document, begin):
        return [], []
    if told := _unit_told().match(line):
        return [cell_at(document.text, _moved(told.span("unit"), begin))], []
    if len(line) > _LONGEST_HEADING or _counts(line):
        return [], []
    if bracket := _BRACKET.fullmatch(line):
        return [], [cell_at(document.text, _moved(bracket.span("legend"), begin))]
    named = [part for part in _PART.finditer(line) if _is_unit(part[0])]
    spans = [_moved(part.span(), begin) for part in named[:1]] if len(named) == 1 else []
    return [cell_at(document.text, span) for span in spans], []


def _is_unit(text: str) -> bool:
    """Whether a few words name a unit and nothing else."""
    return len(_NAME.findall(text)) <= _UNIT_WORDS and stated(text).keys() == {"unit"}


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


@cache
def _unit_told() -> re.Pattern:
    """A pattern of "Unit: customers. Source: …"."""
    return re.compile(
        rf"(?i)[^\w]*(?:{any_of('unit_told', 'words')})\s*[:–—-]\s*(?P<unit>[^.;,\n]+)"
    )


def _below(document: Document, table: Table) -> list[Cell]:
    """The line right below a table that opens its document, if it is short and no sentence."""
    if document.text[: table.span[0]].strip(_FRAME):
        return []
    rest = document.text[table.span[1] :]
    line = rest.strip(_FRAME).partition("\n")[0].rstrip()
    if not line or len(line) > _LONGEST_HEADING or _is_sentence(line) or _counts(line):
        return []
    start = table.span[1] + rest.index(line)
    if _is_in_a_table(document, start):
        return []
    return [cell_at(document.text, (start, start + len(line)))]


def _is_sentence(line: str) -> bool:
    """Whether a line ends with a full stop that belongs to no short word: "20 січня 2026 р."."""
    return line.endswith(".") and not _SHORT_WORD.search(line)


def _heading(document: Document, table: Table, found: Sequence[Cell]) -> list[Cell]:
    """The document's first line, if it is a heading above the table that counts nothing."""
    text = document.text[: table.span[0]]
    line = text.lstrip().partition("\n")[0].rstrip()
    start = len(text) - len(text.lstrip())
    above = found[0].span[0] if found else table.span[0]
    named = bool(_NAME.search(line))
    heads = named and len(line) <= _LONGEST_HEADING and start + len(line) < above
    if not heads or _is_sentence(line) or _counts(line):
        return []
    told = stated(line).keys() & {"indicator", "status", "unit"} or first("supplies", line)
    if told and _is_in_a_table(document, start):
        return []  # what the first sheet of a workbook counts, the second need not
    return [cell_at(document.text, (start, start + len(line)))]


def _is_in_a_table(document: Document, offset: int) -> bool:
    return any(start <= offset < end for start, end in (each.span for each in document.tables))


def _lines_above(document: Document, end: int) -> Iterator[Span]:
    """The nearest lines above an offset that hold a letter or a day, the nearest first.

    They end at another table.
    """
    tables = [each.span for each in document.tables]
    found = 0
    while end > 0 and found < _CAPTIONS:
        start = document.text.rfind("\n", 0, end) + 1
        line = document.text[start:end].rstrip()
        end, stop = start - 1, start + len(line)
        if any(first < stop <= last for first, last in tables):
            return
        if _NAME.search(line) or date_of(line.strip(_FRAME), date.max):
            found += 1
            yield start, stop


def _counts(line: str) -> bool:
    """Whether a line holds a number that is no date, no clock time and numbers no report."""
    for _, (start, end) in reversed(dates_in(line, date.max)):
        line = line[:start] + line[end:]
    return bool(re.search(r"\d", _numbered().sub("", CLOCK.sub("", line))))


@cache
def _numbered() -> re.Pattern:
    """A pattern of "No. 12", "#12" and "Week 5"."""
    return re.compile(rf"(?i)(?:#|(?<!\w)(?:{any_of('numbering', 'words')})(?!\w))[.\s]*\d+(?!\d)")


def title_facts(cells: Iterable[Cell], published: str) -> Facts:
    """What the cells of a title say: indicator, unit, status, place, date. Later cells win.

    A title about the losses of an army has the fact "army", one about weapons that were launched
    the fact "launched", one of a table by oblast the fact "by_oblast". Without a place a body such
    as the UN speaks of Ukraine.
    """
    facts: Facts = {}
    for cell in cells:
        stated = titled_in(cell)
        if said(stated, "people") in _BODIES:
            del stated["people"]  # "Rescuers: the week in numbers" tells who counts, not whom
        if _counts_other(cell.text, stated):
            facts = {name: fact for name, fact in facts.items() if name not in _OF_COUNTS}
        facts |= {name: fact for name, fact in stated.items() if fact[0] != UNCLEAR}
        if is_about_an_army(cell.text):
            facts["army"] = ("", cell.span)
        if supply := first("supplies", cell.text):
            facts["supply"] = (supply, cell.span)
        if cuts_off(stated) and "supply" not in facts:
            facts["indicator"] = ("power_outage", cell.span)
        elif supply and _hits_customers(stated):
            facts |= {"indicator": (supply, cell.span), "status": ("lost", cell.span)}
        if first("launched", cell.text):
            facts["launched"] = ("", cell.span)
        if _by_oblast(cell.text):
            facts["by_oblast"] = ("", cell.span)
        dated = date_facts(cell, published)
        if (
            "date" not in facts or said(dated, "date") != published
        ):  # a dateline is no day of counts
            facts |= dated
        if (place := place_in(cell.text)) not in ("", UNCLEAR):
            facts["place"] = (place, cell.span)
        elif place == "" and first("capital", cell.text):
            facts["place"] = (find("Kyiv").pcode, cell.span)
        elif place == "" and first("nationwide", cell.text):
            facts.setdefault("place", (UKRAINE.pcode, cell.span))
    return facts


def _hits_customers(stated: Facts) -> bool:
    """Whether a title names customers and what befell them, and not how they stand: "Power:
    customers hit by strikes"."""
    befell = said(stated, "cause") in ("strike", "weather")
    supplied = said(stated, "unit") in ("customers", "households")
    counted = INDICATORS.get(said(stated, "indicator"))
    other = counted is not None and said(stated, "unit") in counted.units
    return befell and supplied and not other and "status" not in stated


def _counts_other(text: str, stated: Facts) -> bool:
    """Whether a line is only a name for what is not kept: "Shot down" below "Drones launched"."""
    if len(text.split()) > _NAME_WORDS or role_of(text) or dates_in(text, date.max):
        return False
    return "indicator" not in stated and "words" in not_counted(text)


@cache
def _since() -> re.Pattern:
    """A pattern of a word such as "since" at the end of a text."""
    return re.compile(rf"(?i)(?<!\w)(?:{any_of('since', 'words')})\s*$")


def is_since(text: str) -> bool:
    """Whether a cell names the day since which it counts: "since 1 August 2025"."""
    return any(_since().search(text[:start]) for _, (start, _) in dates_in(text, date.max)[:1])


def _by_oblast(text: str) -> bool:
    """Whether a title says that its rows are oblasts: "by region, week 5", «за областями»."""
    title, said_so = plain(text), words().phrases["by_oblast"]["words"]
    return any(title.endswith(each) or (" " in each and f" {each}" in title) for each in said_so)


def is_about_an_army(text: str) -> bool:
    """Whether a title or header is about the losses of an army."""
    return "titles" in not_counted(text)


def date_facts(cell: Cell, published: str) -> Facts:
    """The fact "date" of a title or header that has exactly one date.

    After "as of" there is the fact "as_of", too; its value is "" without a clock time. A title may
    have both: "January 2025, as of 1 February".
    """
    stated: list[When] = []
    as_of: list[When] = []
    before = 0
    for when, (start, end) in joined(dates_in(cell.text, last_day(published)), cell.text):
        ahead = cell.text[before:start]
        if first("issued", ahead):
            pass  # the day on which the table came out is not that of its numbers
        elif not _since().search(ahead):  # "since 1 January" says when a count began, not its day
            (as_of if first("as_of", ahead) else stated).append(when)
        before = end
    if not (stated or as_of) and (month := _month_named(cell.text, published)):
        stated.append(month)
    stated, as_of = [*dict.fromkeys(stated)], [*dict.fromkeys(as_of)]  # told in two languages
    if len(stated) > 1 or len(as_of) > 1 or not (stated or as_of):
        return {}
    when = (stated or as_of)[0]
    facts = {"date": (when.day, cell.span)}
    if when.start:
        facts["date_start"] = (when.start, cell.span)
    if as_of:
        counted = as_of[0].moment or (as_of[0].day if stated and len(as_of[0].day) == 10 else "")
        facts["as_of"] = (counted, cell.span)
    return facts


def _month_named(text: str, published: str) -> When | None:
    """The latest month by the name with which a title or a part of it ends, without a year:
    "Civilian casualties by oblast, January". None for two names, and without a known day."""
    known = last_day(published)
    ends = [part.split()[-1] for part in _PARTS.split(text) if part.strip()] if known else []
    found = {date_of(word, known) for word in ends if _is_month(word)}
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=4096)
def place_in(text: str) -> str:
    """P-code of the place that a text names; "" if it names none, UNCLEAR if it names several or
    one that is not known.

    A name is one to three words in a row and begins with a capital letter. It is known to be one
    after a word such as "in".
    """
    names = list(_NAME.finditer(text))
    found: set[str] = set()
    taken = -1
    for at, name in enumerate(names):
        if not name.group()[0].isupper() or name.start() < taken:
            continue
        for last in reversed(names[at : at + _NAME_WORDS]):
            with suppress(UnknownPlace):
                found.add(find(text[name.start() : last.end()]).pcode)
                taken = last.end()
                break
        else:
            before = plain(names[at - 1].group()) if at else ""
            if before in words().phrases["before_places"]["words"] and not _is_month(name.group()):
                found.add(UNCLEAR)
    if len(found) == 1:
        return _spoken_of(found.pop(), text)
    return UNCLEAR if found else ""


def _spoken_of(pcode: str, text: str) -> str:
    """A place that a text names; the oblast of a city after which its administration is called."""
    city = pcode in PLACES and is_city(pcode)
    return own_oblast(PLACES[pcode]) if city and first("oblast_bodies", text) else pcode


def _is_month(text: str) -> bool:
    return any(plain(text) in names for names in words().phrases["months"].values())
