"""Review: what a person should look at first in a report, and what others have said.

Nothing here decides. It orders the figures that were read, says what speaks against each, and lays
beside it what is published about the same thing.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from impact import headline, plausibility, published
from impact.figure import COLUMNS
from impact.indicators import INDICATORS
from impact.language import N_
from impact.places import PLACES
from impact.published import Reader

# Why a figure is looked at first, gravest first.
UNSUPPORTED, DEATHS, DOUBTED, RIVALLED, CHANGED, PLAIN = range(6)
REASONS = {
    UNSUPPORTED: N_("its sentence does not contain the number"),
    DEATHS: N_("deaths"),
    DOUBTED: N_("in doubt"),
    RIVALLED: N_("others say something else"),
    CHANGED: N_("far from what was said before"),
    PLAIN: N_("nothing speaks against it"),
}
# A new number this many times the last published one, or its inverse, is a large change.
LARGE_CHANGE = 2
# A neighbour of a claim: what was said about the same thing this many days before.
DAYS_BEFORE = 3

_BASELINES = tuple(name for name, each in INDICATORS.items() if each.kind == "baseline")
_NAMES = [each.name for each in COLUMNS]


@dataclass(frozen=True, slots=True)
class Doubted:
    """One rule's objection to a figure that awaits review."""

    rule: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Question:
    """A figure that awaits review.

    row      its columns
    risk     the gravest of UNSUPPORTED … PLAIN
    doubts   what speaks against it
    rivals   rows of what others said about the same thing, the leading one first
    before   rows of what was said about it on the days before
    """

    row: Mapping[str, object]
    risk: int
    doubts: tuple[Doubted, ...]
    rivals: tuple[Mapping[str, object], ...]
    before: tuple[Mapping[str, object], ...]

    @property
    def unquestioned(self) -> bool:
        """Whether it may be accepted together with others in one step."""
        return self.risk == PLAIN


def questions(reader: Reader, proposed: pd.DataFrame) -> list[Question]:
    """A document's figures, the riskiest first, then in the order of the text."""
    if proposed.empty:
        return []
    around = _published_around(reader, proposed)
    together = pd.concat([proposed[["figure_id", *_NAMES]], around[["figure_id", *_NAMES]]])
    described = published.describe(together.drop_duplicates("figure_id").reset_index(drop=True))
    raised: dict[str, list[Doubted]] = {}
    for doubt in plausibility.doubts(described):
        raised.setdefault(doubt.figure_id, []).append(Doubted(doubt.rule, json.loads(doubt.detail)))
    keys = dict(zip(described["figure_id"], headline.claim_keys(described), strict=True))
    rows = {row["figure_id"]: row for row in described.to_dict("records")}
    others = around["figure_id"].tolist()
    found = []
    for figure_id in proposed["figure_id"]:
        row = rows[figure_id]
        doubts = tuple(raised.get(figure_id, ()))
        rivals = tuple(rows[o] for o in others if keys[o] == keys[figure_id] and o != figure_id)
        before = tuple(rows[o] for o in others if o in rows and _earlier(row, rows[o]))
        risk = _risk(row, doubts, rivals, before)
        found.append(Question(row, risk, doubts, rivals, before))
    return sorted(found, key=lambda q: (q.risk, q.row["start"] if q.row["start"] >= 0 else 0))


def supported(row: Mapping[str, object]) -> bool:
    """Whether a figure's quote contains its value: in digits, or in words, which say none.

    A number that its sentence does not contain cannot be published (DESIGN.md, 2.).
    """
    digits = re.findall(r"\d+", str(row["quote"]))
    if not digits:
        return bool(re.search(r"[^\W\d_]", str(row["quote"])))
    wanted = f"{abs(float(row['value'])):.15g}".replace(".", "").rstrip("0") or "0"
    return (
        wanted in "".join(digits)
        or any(wanted == part.strip("0") for part in digits)
        or (float(row["value"]) <= 100 and bool(re.search(r"[^\W\d_]{3}", str(row["quote"]))))
    )


def _risk(row, doubts, rivals, before) -> int:
    if not supported(row):
        return UNSUPPORTED
    if row["indicator"] == "killed":
        return DEATHS
    if doubts:
        return DOUBTED
    if any(rival["value"] != row["value"] for rival in rivals):
        return RIVALLED
    last = max((each["value"] for each in before), default=0)
    if last and not 1 / LARGE_CHANGE <= row["value"] / last <= LARGE_CHANGE:
        return CHANGED
    return PLAIN


def _earlier(row, other) -> bool:
    """Whether another row says the same kind of thing about the days just before."""
    same = ("indicator", "place", "unit", "status", "people", "part", "cause", "period")
    if any(row[name] != other[name] for name in same):
        return False
    return 0 < (row["day"] - other["day"]).days <= DAYS_BEFORE


def _published_around(reader: Reader, proposed: pd.DataFrame) -> pd.DataFrame:
    """The published figures of the same indicators in the same places, and their baselines."""
    places = {place for code in proposed["place"] for place in (code, PLACES[code].oblast, "UA")}
    indicators = {*proposed["indicator"], *_BASELINES}
    return reader.query(
        "FROM figures WHERE list_contains($places, place) "
        "AND list_contains($indicators, indicator)",
        {"places": sorted(places - {""}), "indicators": sorted(indicators)},
    )
