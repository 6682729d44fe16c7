"""Cells with two numbers: "1 / 31" below "Killed / injured", "31 (2)" below "Injured (children)",
"7, of them 1 child". Or with a number and its own day, "12 million (23 Nov 2022)", or with words
about it: "1 (a man of 24)".
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from etl.reports.tables.cells import Cell, said
from etl.reports.tables.columns import Column
from etl.reports.tables.dates import date_of
from etl.reports.tables.halves import counted_at
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.words import (
    UNCLEAR,
    first,
    matches,
    not_counted,
    plain,
    stated,
    words,
)
from impact.model.indicators import INDICATORS

_BESIDE = re.compile(r"([^/(]*\d[^/(]*?)\s*/\s*([^/(]*\d[^/(]*)")
_WITHIN = r"(?:[^(,;]|(?<=\d),(?=\d))"  # a comma may stand in a number
_BEFORE = r"(?:[(;]|,(?=\s))"
_ASIDE = re.compile(rf"({_WITHIN}*\d{_WITHIN}*?)\s*{_BEFORE}\s*([^()]*\d[^()]*?)\s*\)?")
_TITLE_PART = re.compile(r"[^();,]+")
_BETWEEN_THINGS = re.compile(r"\s*[,;]\s+(?=\d)")
_LONGEST = 120  # characters of a cell with two numbers
_DESCRIBED = re.compile(r"(?P<number>[^(]*\d[^(]*?)\s*\((?P<words>[^()]+)\)")
_OF_WHICH = re.compile(r"(?P<number>[^(,;]*\d[^(,;]*?)\s*[,;]\s*(?P<words>[^\d\s][^\d]*)")
_DATED = re.compile(r"([^()]*\d[^()]*?)\s*\(([^()]+)\)")
# "15 (+3)", "20 (▼ 4)": a number and by how much it changed.
_CHANGED = re.compile(r"([^()+]*\d[^()+]*?)\s*\(\s*[+±−–▲▼↑↓-]\s*\d[\d.,\s]*%?\s*\)")
_IN_BRACKETS = re.compile(r"\(([^()]+/[^()]+)\)")
_PARTED = re.compile(r"(?:^|[,;:])\s*([^()/,;:]+/[^()/,;:]+)(?=[,;:]|$)")
_HEADER_ASIDE = re.compile(r"\(([^()]+)\)")


def is_double(text: str) -> bool:
    """Whether a cell holds two numbers, or a number and its day or its change."""
    changed = _CHANGED.fullmatch(text)
    if changed is not None and is_amount(changed[1]):
        return True
    return _dated(text) is not None or any(_both_count(found) for found in _found(text))


def is_described(text: str) -> bool:
    """Whether a cell holds a number and words about those whom it counts."""
    return _described(text) is not None


def things(text: str) -> list[tuple[int, int]]:
    """Where the numbers of a cell that lists what was damaged stand, with their nouns: "4 houses,
    1 school, a car"; empty for a cell whose first number has no unit that damage is counted in."""
    edges = [(0, 0), *(each.span() for each in _BETWEEN_THINGS.finditer(text)), (len(text),) * 2]
    parts = [(start, end) for (_, start), (end, _) in pairwise(edges)]
    spans = [(start, start + len(text[start:end].split(", ")[0])) for start, end in parts]
    spans = [span for span in spans if any(map(str.isdigit, text[slice(*span)]))]  # "a school, 2 …"
    units = INDICATORS["buildings_damaged"].units
    found = [span for span in spans if stated(text[slice(*span)]).get("unit") in units]
    found = [(start, end) for start, end in found if is_amount(text[start:end])]
    return found if found[:1] == spans[:1] else []


def told_in(text: str) -> str:
    """The words of a title that say what the two numbers of all cells count: "(killed / injured)",
    "Killed / injured, by oblast", "(settlements / customers)", "lost at the peak / still without";
    empty without such words."""
    for told in (*_IN_BRACKETS.findall(text), *_PARTED.findall(text)):
        if any(_said_by_both(told, name) for name in ("indicator", "status", "unit")):
            return told
    return ""


def _said_by_both(text: str, name: str) -> bool:
    """Whether both halves say this of their number, and not the same."""
    heads = [stated(part).get(name, "") for part in text.split("/")]
    return len(heads) == 2 and all(heads) and UNCLEAR not in heads and heads[0] != heads[1]


def without_aside(title: Cell) -> tuple[Cell, str]:
    """A title without what it says of numbers in brackets, and these words: "(customers; in
    brackets: settlements)", "Schools (of which destroyed in brackets)"."""
    if not first("in_brackets", title.text):
        return title, ""
    kept, aside = title.text, ""
    for part in _TITLE_PART.findall(title.text):
        if first("in_brackets", part):
            aside = words().without("in_brackets", plain(part))
            kept = kept.replace(part, " ")
    return replace(title, text=kept), aside.strip()


def numbers_apart(
    column: Column, cell: Cell, titled: str = "", bracketed: str = ""
) -> list[tuple[Column, Cell]]:
    """Each number of a cell with the column that it would stand in alone.

    titled     what the title says of two numbers in a cell
    bracketed  what it says of a number in brackets

    One pair, of the cell itself, if it holds one number. Of the second in brackets, as in "738
    (733)", nobody says what it counts: only the first is read.
    """
    damage = said(column.facts, "indicator") == "buildings_damaged"
    if damage and len(listed := things(cell.text)) and "," in cell.text:
        return [_one_of(column, cell, span, n) for n, span in enumerate(listed)]
    if found := _dated(cell.text):
        dated, day = found
        facts = {**column.facts, "date": (day, cell.span)}
        return [(replace(column, facts=facts), _cell(cell, dated, 1))]
    if changed := _CHANGED.fullmatch(cell.text):
        return [(column, _cell(cell, changed, 1))]
    kept = counted_at(column.text)
    if beside := _BESIDE.fullmatch(cell.text):
        if kept is not None and _both_count(beside):
            return [(column, _cell(cell, beside, kept + 1))]
        heads = _heads(column.text) or ([] if "indicator" in column.facts else _heads(titled))
        known = all("indicator" in head or "indicator" in column.facts for head in heads)
        if heads and known and _both_count(beside):
            return [(_about(column, dict(heads[at])), _cell(cell, beside, at + 1)) for at in (0, 1)]
        if (mine := _of_all(column)) is not column and _both_count(beside):
            some = _about(mine, {"people": said(column.facts, "people")})
            return [(mine, _cell(cell, beside, 1)), (some, _cell(cell, beside, 2))]
    elif (aside := _aside(cell.text)) and _both_count(aside):
        whole, part = _cell(cell, aside, 1), _cell(cell, aside, 2)
        if people := _people(column, aside[2]):
            facts = {name: fact for name, fact in column.facts.items() if name != "people"}
            mine = replace(column, facts=facts)
            return [(mine, whole), (_about(mine, {"people": people}), part)]
        if cell.text.endswith(")"):
            told = _told_aside(bracketed)
            return [(column, whole), *([(_about(column, told), part)] if told else [])]
    elif described := _described(cell.text):
        return list(_with_one(column, cell, described))
    return [(_of_all(column), cell)]


def heads_both(text: str) -> bool:
    """Whether a header says what the two numbers of its cells count: "killed / injured"."""
    return bool(_heads(text))


def _heads(text: str) -> list[dict[str, str]]:
    """What each half of such a header says; empty for other headers."""
    heads = [dict(stated(part)) for part in text.split("/")]
    told = len(heads) == 2 and all(head.keys() & {"indicator", "status"} for head in heads)
    told = told or _said_by_both(text, "unit")
    return heads if told and heads[0] != heads[1] else []


def _dated(text: str) -> tuple[re.Match[str], str] | None:
    """A number with its day behind it, and the ISO day; None for other texts."""
    found = _DATED.fullmatch(text)
    when = date_of(found[2]) if found and is_amount(found[1]) else None
    return (found, when.day) if found and when else None


def _told_aside(aside: str) -> dict[str, str]:
    """The unit, the people or the part that a title gives the numbers in brackets."""
    parts = matches("parts", aside)
    told = {n: value for n, value in stated(aside).items() if n in ("unit", "people")}
    return told | ({"part": parts[0]} if parts == ["destroyed"] else {})


def _described(text: str) -> re.Match[str] | None:
    """A number and words in brackets, "1 (a man of 24)", "4 (3 in hospital)", or about some of its
    people, "19, including a child"; None where the words change what is counted: "5 (planned)"."""
    found = _DESCRIBED.fullmatch(text) if len(text) <= _LONGEST else None
    found = found or (_OF_WHICH.fullmatch(text) if len(text) <= _LONGEST else None)
    if not found or not is_amount(found["number"]):
        return None
    some = first("of_which", found["words"]) or first("unchanged", found["words"])
    if some or found["words"][0].isdigit():
        return found
    other = stated(found["words"]).keys() - {"people", "unit"} or not_counted(found["words"])
    return None if other or not text.endswith(")") or first("scales", found["words"]) else found


def _one_of(column: Column, cell: Cell, span: tuple[int, int], n: int) -> tuple[Column, Cell]:
    """One of the things of a cell's list; those behind the first are parts of what was damaged."""
    text = cell.text[slice(*span)]
    of_cell = (cell.span[0] + span[0], cell.span[0] + span[1])
    whole = cell.span[1] - cell.span[0] == len(cell.text)
    one = Cell(text, of_cell if whole else cell.span)
    part = text.lstrip("0123456789., \u00a0")
    return (_about(column, {"part": part}) if n and part else column), one


def _with_one(
    column: Column, cell: Cell, described: re.Match[str]
) -> Iterator[tuple[Column, Cell]]:
    """The number of a cell, and the one person of it whom its words name: "19, including a child".
    A number that is one itself is of the group that they name."""
    number, said_of = _cell(cell, described, 1), described["words"]
    people = matches("people", said_of) if "people" not in column.facts else []
    group = people[0] if len(people) == 1 else ""
    if group and number.text == "1":
        yield _about(column, {"people": group}), number
        return
    yield column, number
    if group and first("of_which", said_of) and first("one_person", said_of):
        yield _about(column, {"people": group}), replace(_cell(cell, described, 2), text="1")


def _found(text: str) -> list[re.Match[str]]:
    return [found for found in (_BESIDE.fullmatch(text), _aside(text)) if found]


def _aside(text: str) -> re.Match[str] | None:
    """A number and another one behind it: "31 (2)", "7, of them 1 child"."""
    found = _ASIDE.fullmatch(text) if len(text) <= _LONGEST else None
    return found if found and text.endswith(")") == ("(" in text) else None


def _both_count(found: re.Match[str]) -> bool:
    return is_amount(found[1]) and is_amount(_bare(found[2]))


def _bare(text: str) -> str:
    """A part without the words that make it one: "of them 1 child" -> "1 child"."""
    at = re.search(r"\d", text)
    led = text[: at.start()] if at else ""
    return text[len(led) :] if led and first("of_which", led) else text


def _people(column: Column, aside: str) -> str:
    """Whom the second number counts: its own words say it, or the brackets of the header."""
    own = stated(_bare(aside).lstrip("0123456789 ").rstrip(".")).get("people", "")
    header = _HEADER_ASIDE.search(column.text)
    return own or (stated(header[1]).get("people", "") if header else "")


def _of_all(column: Column) -> Column:
    """The column of a number without brackets below "Killed (of which children)": it is of all."""
    aside = _HEADER_ASIDE.search(column.text) if "people" in column.facts else None
    if not aside or not first("of_which", aside[1]):
        return column
    return replace(column, facts={n: fact for n, fact in column.facts.items() if n != "people"})


def _about(column: Column, said: dict[str, str]) -> Column:
    span = next(iter(column.facts.values()))[1] if column.facts else (0, 0)
    facts = {name: (value, span) for name, value in said.items()}
    return replace(column, facts={**column.facts, **facts})


def _cell(cell: Cell, found: re.Match[str], group: int) -> Cell:
    """The cell of one of the numbers, with its own span where no space of the text was dropped."""
    text = _bare(found[group])
    start = found.end(group) - len(text)
    begin, end = cell.span
    span = (begin + start, begin + start + len(text))
    return Cell(text, span if end - begin == len(cell.text) else cell.span)
