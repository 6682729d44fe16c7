"""Conflicts: published statements about one thing that give different numbers, the gravest first.

A conflict is one claim (figure.CLAIM) whose figures differ, those in doubt included. A figure whose
size is in doubt is compared with everything said of the same thing, lost and still without alike,
because its doubt came from there. Nothing is chosen, added or averaged here. Which figure leads is
decided by the headline rule (headline.py).
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from impact.model.figure import CAUSE_CLASSES
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.rows import records
from impact.rules import hours
from impact.rules.headline import DEFAULT_RULE, RULES
from impact.rules.hours import PARTS_OF_DAY
from impact.rules.twins import STATUSES
from impact.store.reader import Reader

DISAGREEMENT, DOUBT, DEVELOPMENT = "disagreement", "doubt", "development"
KINDS = {
    DISAGREEMENT: N_("sources disagree"),
    DOUBT: N_("a figure in doubt"),
    DEVELOPMENT: N_("a count that moved on"),
}
KINDS_HELP = N_(
    "Sources disagree: two bodies or outlets give different numbers for the same time, each in its "
    "latest word. A figure in doubt: it stands against sound ones and cannot lead. A count that "
    "moved on: a later statement changes an earlier one, as when a toll rises or repairs go on; "
    "alone it is no conflict of sources."
)
RANKED = N_(
    "Ranked by how many times the higher figure is the lower, and by how grave: deaths before "
    "people injured or missing, these before all else, and many before few. Counts that only "
    "moved on come last."
)
RANK_HELP = N_(
    "The score of a conflict is the power of ten by which the higher of two contradicting figures "
    "exceeds the lower, times the power of ten of the higher figure plus ten, times eight for "
    "deaths and four for people injured or missing. A figure in doubt is measured against the "
    "sound figure nearest to it."
)
# How much a unit of an indicator weighs in the ranking; any other indicator weighs 1.
GRAVITY = {"killed": 8, "injured": 4, "missing": 4}
# Indicators of what the war does; degrees and baselines are left out.
COUNTED = tuple(
    name
    for name, each in INDICATORS.items()
    if each.kind != "baseline" and "celsius" not in each.units
)

# The hours of the day taken for a statement whose source tells no hour.
UNTOLD = {"first": (0, 12), "later": (12, 24)}
# Statements with a clock time are of the same time when they lie this near.
SAME_TIME = timedelta(hours=1)


class Statement(NamedTuple):
    """What one source said: every row that prints it, the one that dates it best first.

    source      the body that spoke; of a report that names none, its outlet
    at          what it is ordered by, Kyiv time; never shown
    first, last between which times it held, as closely as its source says
    """

    rows: list[dict]
    source: str
    at: datetime
    first: datetime
    last: datetime

    @property
    def row(self) -> dict:
        return self.rows[0]

    @property
    def low(self) -> float:
        return self.row["value"]

    @property
    def high(self) -> float:
        high = self.row["value_high"]
        return self.low if pd.isna(high) else high

    @property
    def amount(self) -> tuple[float, float]:
        return self.low, self.high

    @property
    def doubted(self) -> bool:
        return bool(self.row["doubted"])

    @property
    def timed(self) -> bool:
        """Whether its source says when on its day it held."""
        return bool("T" in self.row["as_of"] or self.row["moment"])

    @property
    def leads(self) -> bool:
        """Whether it holds the leading figure of its claim."""
        own = (row["rank"] == 0 for row in self.rows if row["claim"] == self.row["claim"])
        return any(own) and not self.doubted


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing of which statements differ.

    claim       the claim group; statements about the same thing may belong to another status
    statements  in the order by which their sources' latest words are told (headline.rank)
    kinds       what sort of difference it is, of KINDS and in their order
    pair        the two contradicting statements that lie farthest apart
    apart       how many times the lower of the two goes into the higher
    score       what it is ranked by: see RANK_HELP
    untimed     whether sources that disagree name no hour, so that one may be older than the other
    """

    claim: str
    statements: tuple[Statement, ...]
    kinds: tuple[str, ...]
    pair: tuple[Statement, Statement]
    apart: float
    score: float
    untimed: bool

    @property
    def row(self) -> dict:
        """A figure of the claim group, for what is the same in all: indicator, place, day…"""
        return next(each.row for each in self.statements if each.row["claim"] == self.claim)

    @property
    def low(self) -> float:
        return min(each.low for each in self.statements)

    @property
    def high(self) -> float:
        return max(each.high for each in self.statements)

    @property
    def lead(self) -> Statement | None:
        """The leading statement of the claim; None if every figure of the claim is in doubt."""
        return next(
            (each for each in self.statements if each.leads and each.row["claim"] == self.claim),
            None,
        )

    @property
    def told(self) -> list[list[Statement]]:
        """The statements as they are shown: reports without a speaker that say the same are one
        entry.

        The leading statement comes first, then the rest by claim and in the order of the rule.
        """
        several: dict[tuple, list[Statement]] = {}
        for each in self.statements:
            body = each.row["body"]
            key = (each.row["claim"], body, *each.amount, each.row["bound"], each.doubted)
            several.setdefault(key, []).append(each)
        return sorted(
            several.values(),
            key=lambda said: (
                said[0].row["claim"] != self.claim,
                said[0].row["claim"],
                min(row["rank"] for each in said for row in each.rows),
            ),
        )

    @property
    def figures(self) -> pd.DataFrame:
        """Every figure, in the order of the statements."""
        return pd.DataFrame([row for each in self.statements for row in each.rows])

    @property
    def time_line(self) -> pd.DataFrame:
        """A row a statement, as hours.in_sequence has them: its figure's columns, source, leads."""
        return hours.in_sequence(
            pd.DataFrame(
                each.row | {"source": each.source, "leads": each.leads} for each in self.statements
            )
        )


class Gravest(NamedTuple):
    """The gravest conflicts that were asked for.

    some         in the order of their rank
    other_kinds  how many of those that were worked out are of kinds that nobody asked for
    less_grave   how many differences more there are, none of them graver than one of some; they may
                 be of any kind
    worked_out   how many differences were looked at closely, the gravest; the kinds of others are
                 not known
    """

    some: list[Conflict]
    other_kinds: int
    less_grave: int
    worked_out: int

    @property
    def all_worked_out(self) -> bool:
        """Whether the kind of every difference is known."""
        return self.worked_out == len(self.some) + self.other_kinds + self.less_grave


def conflicts(
    reader: Reader,
    first: date,
    last: date,
    *,
    indicators: Collection[str] = (),
    places: Collection[str] = (),
    rule: str = DEFAULT_RULE,
) -> list[Conflict]:
    """The conflicts of a period in the order of their rank, equal ones in the order of their
    claims.

    indicators, places  names and P-codes; empty for all
    """
    asked = _Asked(reader, first, last, indicators, places, rule)
    return ranked(asked.figures(asked.differing()["conflict"]))


def ranked(figures: pd.DataFrame) -> list[Conflict]:
    """The conflicts of figures, in the order of their rank.

    figures  sorted by their column `conflict`, the claim whose conflict a figure belongs to; rank
             and why say the order of the rule
    """
    return _sorted(_conflicts(figures))


def gravest(
    reader: Reader,
    first: date,
    last: date,
    most: int,
    *,
    kinds: Collection[str] = tuple(KINDS),
    indicators: Collection[str] = (),
    places: Collection[str] = (),
    rule: str = DEFAULT_RULE,
) -> Gravest:
    """The gravest conflicts of a period, as many as asked, in the order of their rank. What cannot
    be among them is not worked out: each thing with differing figures has a score that its conflict
    cannot exceed.

    most                so many at the most
    kinds               of KINDS; a conflict of several is one of each
    indicators, places  names and P-codes; empty for all
    """
    asked = _Asked(reader, first, last, indicators, places, rule)
    differing = asked.differing()
    worked: list[Conflict] = []
    found: list[Conflict] = []
    done = 0
    while done < len(differing):
        batch = differing["conflict"][done : done + max(most, done)]
        done += len(batch)
        worked += _conflicts(asked.figures(batch))
        # SQL and Python may differ in the last digit of a logarithm.
        bound = 0 if done == len(differing) else differing["at_most"].iloc[done] * (1 + 1e-9)
        found = [each for each in worked if set(each.kinds) & set(kinds)]
        safe = [each.kinds != (DEVELOPMENT,) and each.score > bound for each in found]
        if sum(safe) >= most:
            break
    some = _sorted(found)[:most]
    less_grave = len(found) - len(some) + len(differing) - done
    return Gravest(some, len(worked) - len(found), less_grave, len(worked))


class _Asked:
    """The figures that may be in conflict: of a period, of indicators and places."""

    def __init__(
        self,
        reader: Reader,
        first: date,
        last: date,
        indicators: Collection[str],
        places: Collection[str],
        rule: str,
    ) -> None:
        if rule not in RULES:
            raise LookupError(f"no headline rule {rule!r}")
        self._reader, self._rule = reader, rule
        self._parameters: dict[str, object] = {
            "indicators": sorted(indicators) or list(COUNTED),
            "places": sorted(places) or None,
            "first": first,
            "last": last,
            "causes": list(CAUSE_CLASSES["strike"]),
        }

    def differing(self) -> pd.DataFrame:
        """The claims of which figures differ (`conflict`), but those of which one about what was
        lost tells every fact (twins.py). The one that may be gravest comes first: `at_most` is the
        highest score that it can have.
        """
        return self._query(_DIFFERING, self._parameters | {"lost": STATUSES[0]})

    def figures(self, claims: Iterable[str]) -> pd.DataFrame:
        """The figures of conflicts, sorted by `conflict`, the claim whose conflict each belongs to.
        rank and why say the order of the rule.
        """
        return self._query(_FIGURES, self._parameters | {"conflicts": list(claims)})

    def _query(self, sql: str, parameters: dict[str, object]) -> pd.DataFrame:
        return self._reader.query(sql.format(rule=self._rule), parameters)


def _conflicts(figures: pd.DataFrame) -> list[Conflict]:
    rows = [dict(row) for row in records(figures)]
    return [_conflict(*each) for each in groupby(rows, itemgetter("conflict"))]


def _sorted(found: Iterable[Conflict]) -> list[Conflict]:
    return sorted(found, key=lambda each: (each.kinds == (DEVELOPMENT,), -each.score, each.claim))


_GROUPED = """
daily AS NOT MATERIALIZED (
    SELECT *, rank_{rule} AS rank, why_{rule} AS why FROM figures
    WHERE indicator IN (SELECT unnest($indicators)) AND day BETWEEN $first AND $last
      AND ($places IS NULL OR place IN (SELECT unnest($places)))
      AND period = 'day' AND length("date") = 10 AND cause IN (SELECT unnest($causes))
), out_of_scale AS (
    SELECT DISTINCT claim AS conflict, claim_scale FROM daily
    JOIN doubts USING (figure_id)
    WHERE contains(detail, '"rivals"') AND NOT answered AND status <> 'restored'
), beside AS NOT MATERIALIZED (
    SELECT conflict, daily.* FROM daily JOIN out_of_scale USING (claim_scale)
    WHERE claim <> conflict AND status <> 'restored' AND NOT doubted
), grouped AS NOT MATERIALIZED (
    SELECT claim AS conflict, * FROM daily UNION ALL BY NAME FROM beside
)
"""
_GRAVITY = " ".join(f"WHEN '{name}' THEN {weight}" for name, weight in GRAVITY.items())
_DIFFERING = f"""
WITH {_GROUPED}, differing AS (
    SELECT conflict, any_value(indicator) AS indicator,
        any_value(status) FILTER (claim = conflict) AS status, bool_or(fact = '') AS bare,
        greatest(min(value), 1) AS lowest, greatest(max(coalesce(value_high, value)), 1) AS highest
    FROM grouped GROUP BY conflict
    HAVING min(value) <> max(value) OR min(value_high) <> max(value_high)
        OR count(value_high) BETWEEN 1 AND count(*) - 1
), facts AS (
    SELECT DISTINCT conflict, differing.status AS status, fact
    FROM grouped JOIN differing USING (conflict)
    WHERE fact <> '' AND (differing.status = $lost OR NOT bare)
), others AS (
    SELECT conflict, count(*) AS facts FROM facts WHERE status <> $lost GROUP BY conflict
), told AS (
    SELECT others.conflict FROM others
    JOIN facts AS mine USING (conflict)
    JOIN facts AS lost ON lost.fact = mine.fact AND lost.status = $lost
    GROUP BY others.conflict, others.facts, lost.conflict HAVING count(*) = others.facts
)
SELECT conflict, CASE indicator {_GRAVITY} ELSE 1 END
    * log10(highest / lowest) * log10(10 + highest) AS at_most
FROM differing ANTI JOIN told USING (conflict)
ORDER BY at_most DESC, conflict
"""
_FIGURES = f"""
WITH {_GROUPED}
FROM grouped WHERE conflict IN (SELECT unnest($conflicts)) ORDER BY conflict, claim, rank
"""


def _told_once(found: Sequence[Conflict]) -> Iterator[Conflict]:
    """The conflicts but those of which one about what was lost tells every fact (twins.py)."""
    lost: dict[str, list[set[str]]] = {}
    for each in found:
        if each.row["status"] == STATUSES[0]:
            for fact in (facts := _facts(each)):
                lost.setdefault(fact, []).append(facts)
    for each in found:
        facts = _facts(each)
        told = lost.get(next(iter(facts)), ())
        again = each.row["status"] != STATUSES[0] and any(facts <= other for other in told)
        if "" in facts or not again:
            yield each


def _facts(conflict: Conflict) -> set[str]:
    return {row["fact"] for each in conflict.statements for row in each.rows}


def _conflict(claim: str, rows: Iterable[dict]) -> Conflict:
    statements = sorted(
        _statements(claim, [*rows]),
        key=lambda each: (each.at, each.row["rank"], each.row["figure_id"]),
    )
    sound = [each for each in statements if not each.doubted]
    against = [*_disagreeing(sound, claim)]
    doubts = [*_out_of_line(statements, sound)]
    moved = _moved_on(sound) or not (against or doubts)
    kinds = {DISAGREEMENT: against, DOUBT: doubts, DEVELOPMENT: moved}
    pairs = against + doubts or [*combinations(statements, 2)]
    pair = max(pairs, key=lambda each: _apart(*each))
    apart = _apart(*pair)
    highest = max(each.high for several in pairs for each in several)
    gravity = GRAVITY.get(statements[0].row["indicator"], 1)
    return Conflict(
        claim,
        tuple(statements),
        tuple(kind for kind in KINDS if kinds[kind]),
        pair,
        apart,
        gravity * math.log10(apart) * math.log10(10 + highest),
        any({one.timed, other.timed} != {True} for one, other in against),
    )


def _statements(claim: str, rows: Sequence[dict]) -> list[Statement]:
    """What each source says, each thing once.

    A report that names no speaker speaks for its outlet. A fact told under two statuses is one
    statement, under the conflict's own status.
    """
    said: dict[tuple, list[dict]] = {}
    told: dict[str, tuple] = {}
    for row in sorted(rows, key=lambda each: each["claim"] != claim):
        source = row["body"] or row["outlet"]
        high = None if pd.isna(row["value_high"]) else row["value_high"]
        key = (row["claim"], source, row["value"], high, row["bound"], row["doubted"])
        if row["fact"] and row["claim"] == claim:
            told.setdefault(row["fact"], key)
        elif row["fact"]:
            key = told.get(row["fact"], key)
        said.setdefault(key, []).append(row)
    return [_dated(several, source) for (_, source, *_), several in said.items()]


def _dated(rows: list[dict], source: str) -> Statement:
    """A statement, dated by the row that says most closely when it held; of several, the
    earliest."""
    held = [(row, *_held(row)) for row in rows if row["claim"] == rows[0]["claim"]]
    row, first, last = min(held, key=lambda each: (each[2] - each[1], each[1]))
    others = [each for each in rows if each is not row]
    return Statement([row, *others], source, row["stated"].to_pydatetime(), first, last)


def _held(row: dict) -> tuple[datetime, datetime]:
    """Between which times (Kyiv) a statement held."""
    at = row["stated"].to_pydatetime()
    if "T" in row["as_of"]:
        return at - SAME_TIME / 2, at + SAME_TIME / 2
    day = datetime.combine(at, time())
    begins, ends = PARTS_OF_DAY.get(row["moment"]) or UNTOLD.get(row["moment"], (0, 24))
    return day + timedelta(hours=begins), day + timedelta(hours=ends)


def _disagreeing(sound: Sequence[Statement], claim: str) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of sources whose latest statements differ and are of the same time."""
    latest: dict[str, Statement] = {}
    for each in sound:
        if each.row["claim"] == claim:
            latest[each.source] = each
    for one, other in combinations(latest.values(), 2):
        if one.amount != other.amount and one.first < other.last and other.first < one.last:
            yield one, other


def _out_of_line(
    statements: Sequence[Statement], sound: Sequence[Statement]
) -> Iterator[tuple[Statement, Statement]]:
    """Each figure in doubt whose number no sound figure gives, with the nearest sound one."""
    known = {each.amount for each in sound}
    for each in statements:
        if each.doubted and each.amount not in known:
            beside = sound or [other for other in statements if other.amount != each.amount]
            yield each, min(beside, key=lambda other: (_apart(each, other), other.at))


def _moved_on(sound: Sequence[Statement]) -> bool:
    """Whether a source's later statement differs from its earlier one of the same thing."""
    by_source: dict[tuple[str, str], list[Statement]] = {}
    for each in sound:
        by_source.setdefault((each.row["claim"], each.source), []).append(each)
    return any(
        one.amount != other.amount for said in by_source.values() for one, other in pairwise(said)
    )


def _apart(one: Statement, other: Statement) -> float:
    """How many times the higher figure is the lower one; zero counts as one."""
    return max(one.high, other.high, 1) / max(min(one.low, other.low), 1)


def rows_of(said: Sequence[Statement]) -> list[dict]:
    """The figures of one entry of `told`, as the evidence shows them.

    The first row says when the statement held. It has the reason of the best placed row.
    """
    rows = [row for each in said for row in each.rows]
    placed = min(rows, key=itemgetter("rank"))
    return [rows[0] | {"why": placed["why"]}, *rows[1:]]
