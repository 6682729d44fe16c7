"""What stands in words around conflicts: their names, their list, the frame of their time line."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import pandas as pd

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.queries.conflicts import KINDS, Conflict, Gravest
from impact.wording import captions
from impact.wording.captions import Caption

# How the time line of a conflict is read.
READING = N_(
    "Larger mark: leads. Slash: in doubt. Filled: verified or confirmed; hollow: reported. "
    "Triangle up: at least; down: up to; diamond: about. Dotted line: one source's words one "
    "after the other."
)


def besides(gravest: Gravest, words: Words) -> list[str]:
    """How many differences are not listed: less grave ones, and those of other kinds, as far as
    their kinds were worked out."""
    told = []
    if gravest.less_grave:
        told.append(
            words.plural(
                "{count} less grave difference is not listed: choose a place, a kind of harm or "
                "a shorter period.",
                "{count} less grave differences are not listed: choose a place, a kind of harm or "
                "a shorter period.",
                gravest.less_grave,
            )
        )
    if gravest.other_kinds:
        text = words.plural(
            "{count} difference of another kind is not shown: choose its kind under “More”.",
            "{count} differences of other kinds are not shown: choose their kind under “More”.",
            gravest.other_kinds,
        )
        told.append(text if gravest.all_worked_out else f"{text} {_so_far(gravest, words)}")
    return told


def _so_far(gravest: Gravest, words: Words) -> str:
    """Among how many they were counted."""
    return words.plural(
        "Counted among the gravest difference alone: others were not sorted by kind.",
        "Counted among the {count} gravest differences alone: others were not sorted by kind.",
        gravest.worked_out,
    )


def name(conflict: Conflict, words: Words) -> str:
    """ "Kyiv, 24 January 2026: 3,200–320,000 buildings, lost heating"."""
    return words._(
        "{place}, {day}: {reach}, {what}",
        place=PLACES[conflict.row["place"]].name(words.language),
        day=words.day(conflict.row["day"]),
        reach=vocabulary.between(conflict.low, conflict.high, conflict.row["unit"], words),
        what=what(conflict, words),
    )


def what(conflict: Conflict, words: Words) -> str:
    """What is counted; of several statuses all, the conflict's own first."""
    rows = sorted(
        (each.row for each in conflict.statements), key=lambda row: row["claim"] != conflict.claim
    )
    alone = (captions.what(row | {"also_told": ""}, words) for row in rows)
    return " / ".join(dict.fromkeys(alone))


def kinds(conflict: Conflict, words: Words) -> str:
    """What sort of difference it is."""
    return "; ".join(words._(KINDS[kind]) for kind in conflict.kinds)


def held(row: Mapping, words: Words) -> str:
    """When a statement held; of a toll without such a time when it was published."""
    day = words.stated(row["as_of"]) if row["as_of"] else words.day(row["stated"])
    moment = words.moment(row["moment"])
    return f"{day}, {moment}" if moment else day


def farthest(conflict: Conflict, words: Words) -> str:
    """The two contradicting statements that lie farthest apart, the lower first."""
    low, high = sorted(conflict.pair, key=lambda each: (each.low, each.high))
    return words._(
        "Farthest apart: {low} ({low_by}) and {high} ({high_by}), {ratio} to 1.",
        low=vocabulary.amount(low.row, words, unit=False),
        low_by=captions.said_by(low.row, words),
        high=vocabulary.amount(high.row, words, unit=False),
        high_by=captions.said_by(high.row, words),
        # Of two that are close "1 to 1" would say that they are the same.
        ratio=words.number(round(conflict.apart, 1 if conflict.apart >= 1.05 else 2)),
    )


def leading(conflict: Conflict, words: Words) -> str:
    """The leading claim of the group with its speaker, or that none leads."""
    if conflict.lead is None:
        return words._("none: every one is in doubt")
    row = conflict.lead.row
    return f"{vocabulary.amount(row, words, unit=False)}, {captions.said_by(row, words)}"


def table(found: Sequence[Conflict], words: Words) -> pd.DataFrame:
    """The conflicts as people read them, in their order."""
    return pd.DataFrame(
        [
            {
                words._("Place"): PLACES[each.row["place"]].name(words.language),
                words._("Date"): each.row["day"].date(),
                words._("Range"): vocabulary.between(each.low, each.high, each.row["unit"], words),
                words._("What"): what(each, words),
                words._("Kind of difference"): kinds(each, words),
                words._("Statements"): len(each.told),
                words._("Leads"): leading(each, words),
            }
            for each in found
        ]
    )


def title(conflict: Conflict, words: Words) -> str:
    """ "Heating loss: Kyiv, 24 January 2026, by who said it and when"."""
    row = conflict.row
    return words._(
        "{what}: {place}, {day}, by who said it and when",
        what=INDICATORS[row["indicator"]].title[words.language],
        place=PLACES[row["place"]].name(words.language),
        day=words.day(row["day"]),
    )


def caption(
    conflict: Conflict,
    words: Words,
    known_at: datetime | None,
    *,
    logarithmic: bool,
    named: str = "",
    note: str = "",
) -> Caption:
    """The words around the time line of a conflict.

    named, note  the publisher's own title, and line for the foot; empty where there is none
    """
    row, shown = conflict.row, named or title(conflict, words)
    unit = vocabulary.UNIT_NAMES[row["unit"]]
    pieces = [
        f"{words._(unit)}: {what(conflict, words)}",
        words._("when each statement held, Kyiv time"),
    ]
    if logarithmic:
        pieces.append(words._("logarithmic scale: each line is ten times the one below"))
    foot = captions.foot(
        conflict.figures,
        words,
        known_at,
        notes=(*([note] if note else []), *_untold(conflict, words)),
        named=conflict.lead.row if conflict.lead else None,
    )
    alt = _alt(conflict, shown, words)
    return Caption(shown, "; ".join(pieces), foot, alt, words._(READING))


def _untold(conflict: Conflict, words: Words) -> tuple[str, ...]:
    """How statements stand whose sources give no clock time."""
    rows = conflict.time_line
    notes = []
    if (rows["begins"] < rows["ends"]).any():
        notes.append(words._("Line across: the part of the day that the source names."))
    if not rows["timed"].all():
        notes.append(words._("No hour told: in the order published, which is no order of events."))
    return tuple(notes)


def _alt(conflict: Conflict, title: str, words: Words) -> str:
    """Alt text: what is seen, the reach, and each number with who said it."""
    said = []
    for statement in (several[0] for several in conflict.told):
        row = statement.row
        standing = (
            words._("leading claim")
            if statement.leads
            else words._("in doubt")
            if row["doubted"]
            else ""
        )
        pieces = (
            vocabulary.amount(row, words, unit=False),
            captions.what(row, words),
            captions.said_by(row, words),
            held(row, words),
            standing,
        )
        said.append(", ".join(piece for piece in pieces if piece))
    count = words.plural("{count} statement", "{count} statements", len(said))
    return words._("{title}. {count}. {points}.", title=title, count=count, points="; ".join(said))
