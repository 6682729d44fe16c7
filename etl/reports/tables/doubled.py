"""Cells with two numbers: "1 / 31" below "Killed / injured", "31 (2)" below "Injured (children)",
"7, of them 1 child". Or with a number and its own day: "12 million (23 Nov 2022)".
"""

import re
from dataclasses import replace

from etl.reports.tables.cells import Cell
from etl.reports.tables.columns import Column
from etl.reports.tables.dates import date_of
from etl.reports.tables.halves import counted_at
from etl.reports.tables.numbers import is_amount
from etl.reports.tables.words import UNCLEAR, first, stated

_BESIDE = re.compile(r"([^/(]*\d[^/(]*?)\s*/\s*([^/(]*\d[^/(]*)")
_WITHIN = r"(?:[^(,;]|(?<=\d),(?=\d{3}(?!\d)))"  # a comma may part groups of digits
_BEFORE = r"(?:[(;]|,(?!\d{3}(?!\d)))"
_ASIDE = re.compile(rf"({_WITHIN}*\d{_WITHIN}*?)\s*{_BEFORE}\s*([^()]*\d[^()]*?)\s*\)?")
_LONGEST = 120  # characters of a cell with two numbers
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


def numbers_apart(column: Column, cell: Cell, titled: str = "") -> list[tuple[Column, Cell]]:
    """Each number of a cell with the column that it would stand in alone.

    titled  what the title says of two numbers in a cell

    One pair, of the cell itself, if it holds one number. Of the second in brackets, as in "738
    (733)", nobody says what it counts: only the first is read.
    """
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
    elif (aside := _aside(cell.text)) and _both_count(aside):
        whole, part = _cell(cell, aside, 1), _cell(cell, aside, 2)
        if people := _people(column, aside[2]):
            facts = {name: fact for name, fact in column.facts.items() if name != "people"}
            mine = replace(column, facts=facts)
            return [(mine, whole), (_about(mine, {"people": people}), part)]
        if cell.text.endswith(")"):
            return [(column, whole)]
    return [(column, cell)]


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
