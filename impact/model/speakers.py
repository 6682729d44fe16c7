"""Who said it: any printed attribution -> Speaker, so that one mayor is counted once.

Independence is counted by the body that spoke, never by the outlets that printed it.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from impact.model.indicators import INDICATORS
from impact.model.names import SOURCE, Names
from impact.model.places import PLACES, UnknownPlace, find

DATA = Path(__file__).parents[2] / "data"
RECORDER = "recorder"
ADVISER, SPOKESPERSON = "adviser", "spokesperson"
OFFICIALS = ("deputy", "acting")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body that states figures.

    body  the office spoken for: a governor and their administration are one body
    role  one of the roles in data/speakers.csv; empty when nobody was named
    """

    speaker: str
    body: str
    role: str
    names: Names

    def name(self, language: str) -> str:
        """Name and office in a language; in English where it has none."""
        return self.names.of(language)


NOBODY = Speaker("", "", "", Names(()))


@lru_cache
def speakers() -> Mapping[str, Speaker]:
    """data/speakers.csv by key."""
    with (DATA / "speakers.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["speaker"]: _speaker(row) for row in csv.DictReader(file)})


def _speaker(row: Mapping[str, str]) -> Speaker:
    return Speaker(row["speaker"], row["body"], row["role"], Names.of_row(row))


@lru_cache
def _spellings() -> Mapping[tuple[str, str], str]:
    """(attribution as printed, P-code or "") -> speaker key."""
    with (DATA / "speaker_spellings.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["attributed_to"].casefold(), _pcode(row["place"])): row["speaker"]
            for row in csv.DictReader(file)
        }


def _pcode(place: str) -> str:
    try:
        return find(place).pcode if place else ""
    except UnknownPlace:
        return place


@lru_cache
def _offices() -> Mapping[str, tuple[str, str]]:
    """data/offices.csv: attribution -> (the office it names, the body that office leads)."""
    with (DATA / "offices.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {row["attributed_to"]: (row["office"], row["body"]) for row in csv.DictReader(file)}
        )


def beside(rank: str, attributed_to: str) -> str:
    """The attribution of who stands beside an office, and is not its holder.

    rank  deputy, acting, former, adviser or spokesperson

    A spokesperson speaks for the body. A deputy of a body that no single office leads, such as
    the police, speaks for it too. Who left a body or advises it does not: empty.
    """
    office, body = _offices().get(attributed_to, ("", attributed_to))
    if rank == SPOKESPERSON:
        return body
    if not office:
        return attributed_to if rank in OFFICIALS else ""
    return f"{rank} to {office}" if rank == ADVISER else f"{rank} {office}"


@lru_cache(maxsize=65536)
def identify(attributed_to: str, place: str) -> Speaker:
    """The speaker behind an attribution about a place (P-code).

    "mayor" is another person in every city and "governor" in every oblast: the place itself is
    tried first, then its oblast, then the spelling alone. An attribution nobody has listed yet
    is a speaker of its own, without a role: it may lead as a report, never as a body responsible.
    """
    if not attributed_to:
        return NOBODY
    spelling = attributed_to.casefold()
    for where in (place, PLACES[place].oblast, ""):
        if key := _spellings().get((spelling, where)):
            return speakers()[key]
    return Speaker(attributed_to, attributed_to, "", Names(((SOURCE, attributed_to),)))


def verification(indicator: str, role: str) -> str:
    """What a speaker's role says of a figure: verified, confirmed or reported.

    Verified is kept for an independent recorder; a body responsible confirms; everything else is
    one report, however many outlets repeat it.
    """
    if role == RECORDER:
        return "verified"
    known = INDICATORS.get(indicator)
    return "confirmed" if known and role in known.responsible else "reported"
