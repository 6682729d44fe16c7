"""What a person should look at first in a report, and what others have said.

Nothing here decides. It orders the figures that were read, says what speaks against each, and finds
what is published about the same thing.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import pandas as pd

from impact import queries
from impact.model import number_words
from impact.model.figure import CLASS_OF_CAUSE, COLUMNS, UNSTATED, InvalidFigure
from impact.model.indicators import BASELINES, IMPACTS, INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import Row, records
from impact.queries import repeated_numbers
from impact.rules import headline, plausibility
from impact.rules.implausible.doubt import Facts
from impact.store import days_told, settling
from impact.store.reader import Reader

# Why a figure is looked at first, gravest first.
UNSUPPORTED, GUESSED, DEATHS, DOUBTED, TWICE, UNSAID, CARRIED, RIVALLED, CHANGED, PLAIN = range(10)
REASONS = {
    UNSUPPORTED: N_("its sentence does not contain the number"),
    GUESSED: N_("a guess from words"),
    DEATHS: N_("deaths"),
    DOUBTED: N_("in doubt"),
    TWICE: N_("the report gives the same number for something else"),
    UNSAID: N_("its passage does not say what is counted; the text before it does"),
    CARRIED: N_("its place stands further up, with other places or subjects between"),
    RIVALLED: N_("others say something else"),
    CHANGED: N_("far from what was said before"),
    PLAIN: N_("nothing speaks against it"),
}
# A new number that many times the last published one, or that fraction of it, is a large change.
LARGE_CHANGE = 2
# A neighbour of a claim: what was said about the same thing this many days before.
DAYS_BEFORE = 3

# One unit of these tells what is counted: degrees are a temperature, customers may be without
# anything.
_SHARED = {
    unit
    for unit, count in Counter(unit for name in IMPACTS for unit in INDICATORS[name].units).items()
    if count > 1
}
_NAMES = [each.name for each in COLUMNS]


@dataclass(frozen=True, slots=True)
class Doubted:
    """One rule's objection to a figure that awaits review."""

    rule: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Question:
    """A figure that awaits review.

    row        its columns
    risk       the gravest of UNSUPPORTED … PLAIN
    doubts     what speaks against it
    rivals     rows of what others said about the same thing, the leading one first
    before     rows of what was said about it on the days before
    elsewhere  the report's words that give the same number for something else
    guess      what around the number spoke for it (etl/reports/weighing/features.py); empty where
               the reader's rules found it
    """

    row: Row
    risk: int
    doubts: tuple[Doubted, ...]
    rivals: tuple[Row, ...]
    before: tuple[Row, ...]
    elsewhere: tuple[str, ...] = ()
    guess: tuple[str, ...] = ()

    @property
    def unquestioned(self) -> bool:
        """Whether nothing speaks against it, so that it may be accepted together with others."""
        return self.risk == PLAIN


def questions(
    reader: Reader, proposed: pd.DataFrame, reading: Mapping[str, Any] = MappingProxyType({})
) -> list[Question]:
    """A document's figures, the riskiest first, then by place and kind in the order of the text.

    reading  what else was read from the document, as inbox.reading gives it
    """
    if proposed.empty:
        return []
    around = _published_around(reader, proposed)
    stacked = pd.concat([proposed[["figure_id", *_NAMES]], around[["figure_id", *_NAMES]]])
    told = {*around.loc[around["day_told"].astype(bool), "figure_id"]}
    told |= days_told.of_reading(reading) if reading else set()
    stacked = stacked.drop_duplicates("figure_id").reset_index(drop=True)
    described = settling.describe(stacked, told)
    raised: dict[str, list[Doubted]] = {}
    for each in plausibility.doubts(described):
        raised.setdefault(each.figure_id, []).append(Doubted(each.rule, json.loads(each.detail)))
    for figure_id, doubt in _published_doubts(reader, proposed["figure_id"].tolist()):
        known = raised.setdefault(figure_id, [])
        if doubt.rule not in {other.rule for other in known}:
            known.append(doubt)
    keys = dict(zip(described["figure_id"], headline.claim_keys(described), strict=True))
    rows = {row["figure_id"]: row for row in records(described)}
    others = around["figure_id"].tolist()
    together = [rows[figure_id] for figure_id in proposed["figure_id"]]
    found = []
    for row in together:
        figure_id = row["figure_id"]
        doubts = tuple(raised.get(figure_id, ()))
        rivals = tuple(rows[o] for o in others if keys[o] == keys[figure_id] and o != figure_id)
        before = tuple(rows[o] for o in others if o in rows and _earlier(row, rows[o]))
        again = tuple(repeated_numbers.passages(row, together, reading))
        guess = tuple(reading.get("guesses", {}).get(figure_id, ()))
        question = Question(row, PLAIN, doubts, rivals, before, again, guess)
        found.append(replace(question, risk=_risk(question, reading)))
    return _in_groups(found)


def _in_groups(found: Sequence[Question]) -> list[Question]:
    """The riskiest first; among equals those of one place together, and there those of one kind.

    The group whose first figure stands first in the text comes before the others.
    """
    first: dict[tuple, tuple[float, ...]] = {}
    for each in sorted(found, key=lambda question: _position(question.row)):
        for group in _groups(each):
            first.setdefault(group, _position(each.row))

    def order(each: Question) -> tuple:
        return each.risk, *(first[group] for group in _groups(each)), _position(each.row)

    return sorted(found, key=order)


def _groups(question: Question) -> Sequence[tuple]:
    """What a figure is listed with: its place, and there its kind."""
    place, kind = question.row["place"], question.row["indicator"]
    return (question.risk, place), (question.risk, place, kind)


def supported(row: Row) -> bool:
    """Whether a figure's quote contains its value, and its upper end where it has one.

    A number that its sentence does not contain cannot be published (docs/architecture.md). A
    statement without a number needs its quote.
    """
    if row["bound"] == UNSTATED:
        return bool(row["quote"])
    ends = [row["value"], row["value_high"]]
    return all(_contains(row["quote"], each) for each in ends if not pd.isna(each))


def _contains(quote: str, value: float) -> bool:
    return number_words.contains(quote, value) or number_words.contains_scaled(quote, value)


def fault(error: InvalidFigure, words: Words) -> str:
    """What is wrong with a figure that a person wrote, as a sentence that says what to do."""
    return words._(_FAULTS.get(error.field, _FAULTS[""]))


def locate(text: str, passage: str, near: int = 0) -> tuple[int, int] | None:
    """Where a passage that a person copied stands in the text, nearest to an offset; None if
    nowhere.

    White space may differ.
    """
    words = passage.split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = [match.span() for match in re.finditer(pattern, text)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def position_at(marks: Sequence[tuple[int, str]], offset: int) -> str:
    """The page or sheet in which an offset lies, from the marks of a reading."""
    return next((name for start, name in reversed(marks) if start <= offset), "")


_FAULTS = {
    "value": N_("Number: write a number from 0 up; only temperatures go below."),
    "value_high": N_("Upper end: it must be above the number; leave it empty if there is none."),
    "unit": N_("Unit: this indicator is not counted in it; choose another."),
    "status": N_("Status: this indicator has no such status; choose another."),
    "people": N_("People: say who they are; “all” if it is everybody."),
    "place": N_("Place: choose one of the list."),
    "date": N_("Day: write it as 2026-01-24, a month as 2026-01, a year as 2026."),
    "as_of": N_("As of: write it as 2026-01-24 or 2026-01-24T18:00, or leave it empty."),
    "published": N_("Published: write the day as 2026-01-24, or leave it empty."),
    "": N_("The figure breaks a rule of the record; look at each field again."),
}


def _position(row: Row) -> tuple[float, ...]:
    """Where a figure stands in the text; one that is not quoted goes first."""
    return tuple(0.0 if pd.isna(row[name]) else float(row[name]) for name in ("start", "end"))


def _risk(question: Question, reading: Mapping[str, Any]) -> int:
    row = question.row
    if not supported(row):
        return UNSUPPORTED
    if question.guess:
        return GUESSED
    if row["indicator"] == "killed":
        return DEATHS
    if question.doubts:
        return DOUBTED
    if question.elsewhere:
        return TWICE
    if _is_unsaid(row, reading):
        return UNSAID
    if row["figure_id"] in reading.get("carried", ()):
        return CARRIED
    if row["bound"] == UNSTATED:
        return PLAIN
    if any(rival["value"] != row["value"] for rival in question.rivals):
        return RIVALLED
    counted = (each["value"] for each in question.before if each["bound"] != UNSTATED)
    last = max(counted, default=0)
    if last and not 1 / LARGE_CHANGE <= row["value"] / last <= LARGE_CHANGE:
        return CHANGED
    return PLAIN


def _is_unsaid(row: Row, reading: Mapping[str, Any]) -> bool:
    """Whether the words that say what a number counts stand in another sentence: "57", three lines
    down."""
    trail = reading.get("trails", {}).get(row["figure_id"])
    return trail is not None and row["unit"] in _SHARED and "indicator" not in trail


def _earlier(row: Row, other: Row) -> bool:
    """Whether another row says the same kind of thing about the days just before."""
    same = ("indicator", "place", "unit", "status", "people", "part", "period")
    if any(row[name] != other[name] for name in same):
        return False
    if CLASS_OF_CAUSE[row["cause"]] != CLASS_OF_CAUSE[other["cause"]]:
        return False
    return 0 < (row["day"] - other["day"]).days <= DAYS_BEFORE


def _published_doubts(reader: Reader, ids: list[str]) -> list[tuple[str, Doubted]]:
    """Doubts of figures that are published already: disputes, and figures that lead since."""
    return [
        (row["figure_id"], Doubted(row["rule"], json.loads(row["detail"])))
        for row in records(queries.doubts(reader, ids))
    ]


def _published_around(reader: Reader, proposed: pd.DataFrame) -> pd.DataFrame:
    """The published figures of the same indicators in the same places, and their baselines."""
    places = {place for code in proposed["place"] for place in (code, PLACES[code].oblast, "UA")}
    indicators = {*proposed["indicator"], *BASELINES}
    return reader.query(
        "FROM figures WHERE list_contains($places, place) "
        "AND list_contains($indicators, indicator)",
        {"places": sorted(places - {""}), "indicators": sorted(indicators)},
    )
