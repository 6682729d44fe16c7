"""Killed and injured counted in one number: "40 killed or injured", "592 civilian casualties"."""

from typing import NamedTuple

from etl.reports.mentions.trigger import BOTH
from etl.reports.text.lexicon import Match
from etl.reports.text.sentence import Scan

_TOGETHER = {"killed", "injured"}
_KINDS = ("toll_noun", "toll")
_HELPERS = 2  # words between the two: "killed or | been injured"
_PART_WITHIN, _DEAD_WITHIN = 7, 5  # tokens to the words for a part, and on to the dead
_VERB_WITHIN = 14  # tokens from victims to the verb that tells of their deaths
_SHARED = 5  # tokens before the two in which their number stands
# Nouns that mean both where both are told of, and else one of them.
_ELSE = {"casualties_or_injured": "injured", "casualties_or_killed": "killed"}
# A count of the dead after these is a part of the casualties before it.
_OPENING = frozenset("(:-")


class Lump(NamedTuple):
    """Words for the killed and the injured that share a number: tokens [start, end)."""

    start: int
    end: int
    noun: bool  # "40 dead and wounded", which are counted themselves
    words: tuple[int, int]


def lumps(scan: Scan) -> dict[int, Lump]:
    """Token -> the words for both that begin there."""
    if scan.lumps is None:
        found = [_lump(scan, first) for kind in _KINDS for first in scan.of(kind)]
        scan.lumps = {lump.start: lump for lump in reversed(found) if lump}
    return scan.lumps


def paired(scan: Scan) -> tuple[str, str] | None:
    """What the two numbers of "68/265" count where "killed/injured" stands beside them; None
    elsewhere."""
    for lump in lumps(scan).values():
        first, second = lump.words
        if not any(map(scan.in_pair, range(len(scan.tokens)))):
            return None
        if any(scan.low(i) == "/" for i in range(first, second)):
            told = ("killed", "injured")
            return told if any(scan.at(kind, first, "killed") for kind in _KINDS) else told[::-1]
    return None


def toll_of(scan: Scan, noun: Match) -> str:
    """What a noun for casualties counts in its sentence: "killed", "injured", "casualties" …"""
    if holds_dead(scan, noun):
        return BOTH
    if noun.value == "victims":
        return _victims(scan, noun)
    if otherwise := _ELSE.get(noun.value):
        return BOTH if lumps(scan) or _holds_dead(scan, noun) else otherwise
    return noun.value


def holds_dead(scan: Scan, hurt: Match) -> bool:
    """Whether a word for those who were hurt counts the dead, too: "15 постраждалих, з них троє
    загинули". Not where the dead were counted before."""
    if scan.at("lumping", hurt.start) is None:
        return False
    dead = [match.start for kind in _KINDS for match in scan.of(kind) if match.value == "killed"]
    if not dead or min(dead) < hurt.start:
        return False
    near = range(hurt.end, hurt.end + _PART_WITHIN)
    parts = [link.end for link in scan.links("subset").values() if link.start in near]
    parts += [i for i in near if scan.low(i) in ("(", ":")]
    return any(
        part <= i < part + _DEAD_WITHIN and not any(scan.low(k) == "," for k in range(part, i))
        for part in parts
        for i in dead
    )


def may_lump(noun: Match) -> bool:
    """Whether a noun may mean both killed and injured, as the text around shows."""
    return noun.value in _ELSE


def _lump(scan: Scan, first: Match) -> Lump | None:
    """ "killed or injured", "загинули чи дістали поранення", "загиблих і поранених"."""
    i = first.end
    either, both = scan.at("ranges", i, "or") or scan.low(i) == "/", scan.link("and", i)
    if scan.low(i) == ",":  # "kills, injures 300": a headline's "and"
        both = scan.at("number_side", first.start, "after")
    if first.value not in _TOGETHER or not (either or both):
        return None
    for at in range(i + 1, i + 2 + _HELPERS):
        if scan.at("unquantified", at) or scan.link("another", at) or scan.at("singular", at):
            return None  # "three were killed and dozens wounded", "… and another hurt"
        for kind in _KINDS:
            second = scan.at(kind, at)
            if second is None or {first.value, second.value} != _TOGETHER:
                continue
            alike = scan.low(first.end - 1)[-1:] == scan.low(second.end - 1)[-1:]
            if (either or alike) and not _apart(scan, first.start, second.end):
                noun = first.kind == second.kind == "toll_noun"
                return Lump(first.start, second.end, noun, (first.start, second.start))
        if scan.mark(at) or scan.is_number(at):
            return None
    return None


def _apart(scan: Scan, start: int, end: int) -> bool:
    """Whether each of the two has its own number: "5 killed and injured 12"."""
    end += scan.link("passive", end) is not None
    own = scan.is_number(end) or scan.at("bounds", end)
    before = range(start - _SHARED, start)
    return bool(own) and any(
        scan.is_number(i) and i not in scan.taken and not scan.at("stops", i + 1) for i in before
    )


def _holds_dead(scan: Scan, noun: Match) -> bool:
    """ "1,500 casualties, including 410 killed", "1,389 casualties (221 killed)"."""
    parts = [link.start for link in scan.links("subset").values() if link.start >= noun.end]
    parts += [i for i in range(noun.end, min(noun.end + 2, len(scan.tokens)))
              if scan.tokens[i].text in _OPENING]  # fmt: skip
    if not parts:
        return False
    told = (match for kind in _KINDS for match in scan.of(kind))
    return any(match.value == "killed" and match.start > min(parts) for match in told)


def _victims(scan: Scan, victims: Match) -> str:
    """Victims are the dead where bodies are told of, or the injured by another word, or where they
    are said to have died."""
    for i in range(victims.end, victims.end + _VERB_WITHIN):
        if scan.mark(i) or scan.is_number(i):
            break
        if verb := scan.at("toll", i):
            if verb.value == "killed":
                return "killed"
            break
    if any(match.start < victims.start for match in scan.of("bodies")):
        return "killed"
    told = {match.value for kind in ("toll", "toll_noun") for match in scan.of(kind)}
    return "killed" if "injured" in told and "killed" not in told else "injured"
