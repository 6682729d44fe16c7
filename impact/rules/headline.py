"""Which of several claims leads, why, and how claims of parts make up a whole.

A claim group is every figure about one thing (figure.CLAIM). Its figures are ordered,
never added and never averaged. The order is total: it ends in the figure's id, so the same figures
always give the same headline.

A frame has one row for each figure: the columns of Figure and those that snapshot.py adds (body and
role of the speaker, outlet, doubted).
"""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from impact.model import columns, dates
from impact.model.figure import CLAIM, CLASS_OF_CAUSE, UNSTATED, Figure
from impact.model.indicators import INDICATORS
from impact.model.language import N_
from impact.model.places import PLACES, Place, parts
from impact.model.rows import NamedRow, Row, records
from impact.rules import twins

# The classes of the published rule, best first (docs/architecture.md, "The record").
VERIFIED, RESPONSIBLE, ATTRIBUTED, UNATTRIBUTED = range(4)

# Why the leading claim leads, by its class.
WHY = {
    VERIFIED: N_("verified by an independent recorder"),
    RESPONSIBLE: N_("latest statement of the body responsible"),
    ATTRIBUTED: N_("latest attributed report"),
    UNATTRIBUTED: N_("most cautious of the reports that name no speaker"),
}
ONLY = N_("the only figure")
SAME = N_("says the same")
LATEST = N_("latest statement")
CAUTIOUS = N_("most cautious figure")

# Why another claim stands behind it: the first key in which it differs.
BEHIND = {
    "doubted": N_("in doubt"),
    "recalled": N_("an earlier story's number, only recalled"),
    "estimated": N_("worked out from other numbers, told by nobody"),
    "standing": N_("weaker source"),
    "recency": N_("earlier statement"),
    "distance": N_("a body further from the place"),
    "rounded": N_("rounded or bounded"),
    "caution": N_("higher figure"),
}

RULE_HELP = N_(
    "Body responsible first: verified by an independent recorder, else the latest statement of "
    "the body responsible, else the latest attributed report, else the most cautious. Claims are "
    "never added or averaged. A figure in doubt never leads."
)

# A claim without its status: what was lost and what is still without supply are of one thing.
_THING = [name for name in CLAIM if name != "status"]

# Numbers are added only if they are equal in all of these.
KIND = ("indicator", "unit", "people", "status")

DEFAULT_RULE = "responsible"
# Every rule begins with doubt: a figure in doubt never leads, whatever the rule. What somebody
# worked out, as a sum of the places that a page lists, never leads over what somebody said.
RULES: Mapping[str, tuple[str, ...]] = {
    "responsible": (
        "doubted",
        "recalled",
        "estimated",
        "standing",
        "recency",
        "distance",
        "rounded",
        "caution",
    ),
    "latest": (
        "doubted",
        "recalled",
        "estimated",
        "moment",
        "standing",
        "distance",
        "rounded",
        "caution",
    ),
    "cautious": (
        "doubted",
        "recalled",
        "estimated",
        "caution",
        "standing",
        "recency",
        "distance",
    ),
}
RULE_TITLES = {
    "responsible": N_("Body responsible first"),
    "latest": N_("Latest statement first"),
    "cautious": N_("Most cautious first"),
}


def known(rule: str) -> str:
    """The rule, if there is one of this name, which becomes part of a column's name."""
    if rule not in RULES:
        raise LookupError(f"no headline rule {rule!r}")
    return rule


def joined(frame: pd.DataFrame, names: Sequence[str]) -> pd.Series:
    """Columns of figures as one text for each row, with "|" between: a key to group by.

    The cause is replaced by its class.
    """
    frame = classed(frame)
    return columns.joined(frame[name] for name in names)


def classed(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with the class of the cause in place of the cause."""
    return figures.assign(cause=figures["cause"].map(CLASS_OF_CAUSE))


def rank(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures with, for each claim group, the order of its claims and what stands beside.

    Adds: claim (the group's key), standing, stated (Kyiv time that orders statements),
    rank_<rule> from 0, why_<rule> (for rank 0 why it leads, else what it stands behind for;
    a message to translate), rivals (distinct other values not in doubt), rivals_low,
    rivals_high, doubts_beside, bodies (independent bodies that state the leading value) and
    outlets (that print it), both under the default rule; fact and also_told (twins.mark).
    """
    return order(weighed(figures))


def weighed(figures: pd.DataFrame) -> pd.DataFrame:
    """Adds what orders a claim, whatever is in doubt: claim, standing and stated."""
    return figures.assign(
        claim=claim_keys(figures), standing=_standing(figures), stated=_stated(figures)
    )


def order(figures: pd.DataFrame) -> pd.DataFrame:
    """Adds to weighed figures what depends on which of them are in doubt; see `rank`.

    A statement without a number has no rank (empty): it leads nothing and is behind nothing.
    """
    figures = twins.mark(figures, columns.groups(classed(figures), _THING))
    keys = _keys(figures)
    claims = columns.groups(figures, ["claim"])
    amounts = columns.groups(figures, ["value", "value_high", "bound"])
    ids = _last_resort(figures, keys, claims)
    for rule, names in RULES.items():
        sequence = np.lexsort((ids, *(keys[name] for name in reversed(names)), claims))
        figures[f"rank_{rule}"] = _position_in_group(claims, sequence)
        figures[f"why_{rule}"] = _why(figures, keys, claims, amounts, sequence, rule)
    return _unranked(_beside(figures, claims))


def _unranked(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures, with no rank and no reason where no number is told."""
    unstated = figures["bound"] == UNSTATED
    if not unstated.any():
        return figures
    ranks = {f"rank_{rule}": figures[f"rank_{rule}"].astype("Int32") for rule in RULES}
    whys = {f"why_{rule}": figures[f"why_{rule}"] for rule in RULES}
    return figures.assign(
        **{name: column.mask(unstated) for name, column in ranks.items()},
        **{name: column.mask(unstated, "") for name, column in whys.items()},
    )


def _last_resort(
    figures: pd.DataFrame, keys: Mapping[str, columns.Numbers], claims: columns.Numbers
) -> columns.Numbers:
    """Orders figures that nothing else tells apart: by the id that each has with its class as
    cause.

    So a cause that the reader of a report has guessed moves no figure.
    """
    ids = figures["figure_id"].to_numpy(dtype=object)
    guessed = figures["cause"].to_numpy() != figures["cause"].map(CLASS_OF_CAUSE).to_numpy()
    if guessed.any():  # seldom
        guessed &= _tied(keys, claims)
    some = np.flatnonzero(guessed)
    for at, row in zip(some, records(figures.iloc[some]), strict=True):
        ids[at] = Figure.of_row({**row, "cause": CLASS_OF_CAUSE[row["cause"]]}).figure_id
    told, own = (columns.in_order(pd.Series(each)) for each in (ids, figures["figure_id"]))
    return np.argsort(np.lexsort((own, told)))


def _tied(keys: Mapping[str, columns.Numbers], claims: columns.Numbers) -> columns.Numbers:
    """Which figures some rule's keys do not tell from every other figure of their claim."""
    tied = np.zeros(len(claims), dtype=bool)
    for names in RULES.values():
        told = pd.DataFrame({"claim": claims} | {name: keys[name] for name in names})
        tied |= told.duplicated(keep=False).to_numpy()
    return tied


def claim_keys(figures: pd.DataFrame) -> pd.Series:
    """The claim group of each figure as readable text, usable in an address."""
    return joined(figures, CLAIM)


def claim_key(named: str) -> str:
    """The claim that an address names.

    Older links name a cause where the class of causes stands now. They go on opening the same
    evidence.
    """
    rest, _, cause = named.rpartition("|")
    return f"{rest}|{CLASS_OF_CAUSE[cause]}" if rest and cause in CLASS_OF_CAUSE else named


def leading(figures: pd.DataFrame, rule: str = DEFAULT_RULE) -> pd.DataFrame:
    """The leading figure of each claim. A claim has none if all its figures are in doubt."""
    return figures[(figures[f"rank_{rule}"] == 0) & ~figures["doubted"]]


def statements(ranked: pd.DataFrame) -> list[list[Row]]:
    """The figures of one claim as statements: rows of one body that say the same are one statement.

    They keep the order given. What several outlets print of one mayor is one statement.
    """
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in records(ranked):
        high: float | None = None if pd.isna(row["value_high"]) else row["value_high"]
        key = (row["value"], high, row["bound"], row["body"], row["doubted"])
        grouped.setdefault(key, []).append(row)
    return list(grouped.values())


class MixedKinds(ValueError):
    """Figures of several indicators, units, peoples or statuses were to be counted together."""


def single_kind(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, if they count one kind of thing. Raises MixedKinds if not: 375 drones and 21
    missiles are no 396 of anything."""
    names = [name for name in KIND if name in rows]
    if len(rows) and len(kinds := rows[names].drop_duplicates()) > 1:
        raise MixedKinds(f"nothing counts these together: {kinds.to_dict('records')}")
    return rows


def by_kind(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows grouped by what they count, in the order in which each kind comes first."""
    return [some for _, some in rows.groupby(list(KIND), sort=False)]


def totals(rows: pd.DataFrame) -> list["_Sum | None"]:
    """The total of each kind of number, in the order of by_kind.

    A single claim counts as it is. Several give "at least" their sum. If all of several say "up
    to", there is no total: None.
    """
    return [total(some) for some in by_kind(rows)]


def total(rows: pd.DataFrame) -> "_Sum | None":
    """The total of figures of one kind. Raises MixedKinds."""
    several = [_Sum.of(row) for row in single_kind(rows).itertuples()]
    return several[0] if len(several) == 1 else _Sum.total(several)


def add_up(leads: pd.DataFrame, area: Place) -> pd.DataFrame:
    """Totals of an area by date, from leading claims of one indicator, unit, people and status.

    The total is the area's own claim. Without one it is the sum of its parts, marked "at least":
    cities for an oblast, oblast-level units for the country. An own claim and its parts are never
    added together. Some claims are only about a part of the area ("several oblasts"). They may
    overlap with the claims of its places, so the greater of the two sums is taken. Returns date,
    value, value_high, bound and figure_ids (all that were added), sorted by date. Raises
    MixedKinds.
    """
    single_kind(leads)
    stated: dict[str, dict[str, dict[str, _Sum]]] = {}
    rows: list[NamedRow] = list(leads[_SUMMED].itertuples(index=False))
    for row in sorted(rows, key=attrgetter("figure_id")):
        stated.setdefault(row.date, {}).setdefault(row.place, {}).setdefault(row.part, _Sum.of(row))
    totals = {date: _total(area, places) for date, places in stated.items()}
    found = sorted((date, *total) for date, total in totals.items() if total)
    return pd.DataFrame(found, columns=["date", "value", "value_high", "bound", "figure_ids"])


def _total(area: Place, stated: Mapping[str, Mapping[str, "_Sum"]]) -> "_Sum | None":
    """One day's total of an area from place -> part -> claim; None if nobody spoke."""
    own = stated.get(area.pcode, {})
    if "" in own:
        return own[""]
    present = {PLACES[pcode].oblast or pcode for pcode in stated} | stated.keys()
    inner = [
        total for part in parts(area) if part.pcode in present and (total := _total(part, stated))
    ]
    sums = filter(None, (_Sum.total(list(own.values())), _Sum.total(inner)))
    return max(sums, key=lambda each: (each.value, each.figure_ids), default=None)


_SUMMED = ["place", "date", "part", "value", "value_high", "bound", "figure_id"]


class _Sum(NamedTuple):
    """A claim, or several added up; value_high is NaN when none of them is a range."""

    value: float
    value_high: float
    bound: str
    figure_ids: tuple[str, ...]

    @classmethod
    def of(cls, row: NamedRow) -> "_Sum":
        return cls(row.value, row.value_high, row.bound, (row.figure_id,))

    @classmethod
    def total(cls, several: Sequence["_Sum"]) -> "_Sum | None":
        """The sum as a lower bound: "up to" so many says nothing about how few it may be."""
        several = [each for each in several if each.bound != "at_most"]
        if not several:
            return None
        ranged = any(not math.isnan(each.value_high) for each in several)
        highs = (each.value if math.isnan(each.value_high) else each.value_high for each in several)
        return cls(
            sum(each.value for each in several),
            sum(highs) if ranged else math.nan,
            "at_least",
            tuple(figure_id for each in several for figure_id in each.figure_ids),
        )


def _standing(figures: pd.DataFrame) -> pd.Series:
    """The class of each claim under the published rule."""
    responsible = columns.spread(
        *columns.each(
            figures,
            ["indicator", "role"],
            lambda indicator, role: role in INDICATORS[indicator].responsible,
        )
    ).to_numpy(dtype=bool)
    return pd.Series(
        np.select(
            [
                (figures["verification"] == "verified").to_numpy(dtype=bool),
                responsible,
                (figures["attributed_to"] != "").to_numpy(dtype=bool),
            ],
            [VERIFIED, RESPONSIBLE, ATTRIBUTED],
            UNATTRIBUTED,
        ),
        index=figures.index,
        dtype="int8",
    )


_STATED = ("indicator", "date", "as_of", "moment", "published")


def _stated(figures: pd.DataFrame) -> pd.Series:
    """When each claim held, see _held."""
    return pd.Series(columns.spread(*columns.each(figures, _STATED, _held)), figures.index)


def _held(indicator: str, date: str, as_of: str, moment: str, published: str) -> datetime:
    """When a claim held, for ordering.

    A toll holds as of its publication unless it says otherwise; "first reports" hold as of the
    event's own day. A stock was counted on its own day: a page that recalls it a week later has not
    counted again. Of a month or a year the last day counts.
    """
    if as_of:
        return dates.stated_at(as_of, moment)
    flow = INDICATORS[indicator].kind == "flow" and moment != "first"
    counted = published if published and flow else date
    return dates.stated_at(dates.span(counted)[1].isoformat(), moment)


def _keys(figures: pd.DataFrame) -> dict[str, columns.Numbers]:
    """What the rules order by; smaller is better."""
    standing = figures["standing"].to_numpy()
    moment = -pd.to_datetime(figures["stated"]).astype("datetime64[s]").astype("int64").to_numpy()
    return {
        "doubted": figures["doubted"].to_numpy(dtype=bool),
        "recalled": figures["recalled"].to_numpy(dtype=bool),
        "estimated": (figures["verification"] == "estimated").to_numpy(dtype=bool),
        "standing": standing,
        "moment": moment,
        # A later report that names no speaker is no better than an earlier one.
        "recency": np.where(standing == UNATTRIBUTED, 0, moment),
        "distance": _distance(figures),
        "rounded": (figures["bound"] != "exact").to_numpy(),
        # The cautious toll is the lower one, the cautious frost the milder one.
        "caution": np.where(figures["unit"] == "celsius", -1.0, 1.0)
        * figures["value"].to_numpy(dtype=float),
    }


def _distance(figures: pd.DataFrame) -> columns.Numbers:
    """How far the responsible body is from the place: its index in indicators.toml."""

    def far(indicator: str, role: str, standing: int) -> int:
        return INDICATORS[indicator].responsible.index(role) if standing == RESPONSIBLE else 0

    by = ["indicator", "role", "standing"]
    return columns.spread(*columns.each(figures, by, far)).to_numpy(dtype="int8")


def _position_in_group(groups: columns.Numbers, sequence: columns.Numbers) -> columns.Numbers:
    """For each row its place in its group, from 0, of a sequence in the groups' order."""
    position = np.empty(len(sequence), dtype="int32")
    first = columns.begins(groups[sequence])
    counts = np.diff(first, append=len(sequence))
    position[sequence] = np.arange(len(sequence)) - np.repeat(first, counts)
    return position


def _leaders(claims: columns.Numbers, sequence: columns.Numbers) -> columns.Numbers:
    """For each row the index of its group's first row in the sequence."""
    leaders: columns.Numbers = sequence[columns.begins(claims[sequence])][claims]
    return leaders


def _why(
    figures: pd.DataFrame,
    keys: Mapping[str, columns.Numbers],
    claims: columns.Numbers,
    amounts: columns.Numbers,
    sequence: columns.Numbers,
    rule: str,
) -> pd.Series:
    """For each figure why it leads its claim, else the first key by which the leading one is
    before it."""
    leader = _leaders(claims, sequence)
    leads = leader == np.arange(len(figures))
    same = (amounts == amounts[leader]) & ~keys["doubted"]
    others = np.bincount(claims, weights=amounts != amounts[leader], minlength=len(claims))
    alone = others[claims] == 0
    standing = figures["standing"].to_numpy()
    why_leads = {
        "responsible": [(standing == level, why) for level, why in WHY.items()],
        "latest": [(leads, LATEST)],
        "cautious": [(leads, CAUTIOUS)],
    }[rule]
    reasons: list[tuple[columns.Numbers, str]] = [
        (keys["doubted"], BEHIND["doubted"]),
        (leads & alone, ONLY),
        *((leads & which, why) for which, why in why_leads),
        (same, SAME),
        *(
            (keys[name] != keys[name][leader], BEHIND.get(name, BEHIND["recency"]))
            for name in RULES[rule]
        ),
    ]
    number = np.select([which for which, _ in reasons], range(len(reasons)), len(reasons))
    return pd.Series(
        columns.spread(number, [*(why for _, why in reasons), SAME]).astype("str"), figures.index
    )


def _beside(figures: pd.DataFrame, claims: columns.Numbers) -> pd.DataFrame:
    """What stands beside each group's leading claim under the default rule."""
    leader = np.empty(len(figures), dtype="int64")
    leads = np.flatnonzero(figures[f"rank_{DEFAULT_RULE}"] == 0)
    leader[claims[leads]] = leads
    leader = leader[claims]
    doubted = figures["doubted"].to_numpy(dtype=bool)
    value, high = (figures[name].to_numpy(dtype=float) for name in ("value", "value_high"))
    # Statements without a number agree with each other.
    agrees = _same(value, value[leader]) & _same(high, high[leader])
    said, rival = agrees & ~doubted, ~agrees & ~doubted & ~np.isnan(value)
    ends = np.where(np.isnan(high), value, high)
    named = said & (figures["body"] != "").to_numpy()
    return figures.assign(
        rivals=columns.distinct(claims, figures["value"], rival).astype("int32"),
        rivals_low=columns.least(claims, value, rival),
        rivals_high=-columns.least(claims, -ends, rival),
        doubts_beside=np.bincount(claims[doubted], minlength=len(claims))[claims],
        bodies=columns.distinct(claims, figures["body"], named),
        outlets=columns.distinct(claims, figures["outlet"], said),
    )


def _same(numbers: columns.Numbers, others: columns.Numbers) -> columns.Numbers:
    """Where numbers are equal, or both missing."""
    same: columns.Numbers = (numbers == others) | (np.isnan(numbers) & np.isnan(others))
    return same
