"""Speakers: finds the speaker behind a printed attribution, so that one mayor is counted once.

Sources are independent if different bodies spoke. How many outlets printed it does not matter.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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

    speaker  the key in data/speakers.csv; the attribution itself if it is not listed
    body     the office for which the speaker speaks; a governor and the administration are one body
    role     one of the roles in data/speakers.csv; "" if it is not listed, or nobody was named
    """

    speaker: str
    body: str
    role: str
    names: Names

    def name(self, language: str) -> str:
        """Name and office in a language, else in English."""
        return self.names.of(language)


NOBODY = Speaker("", "", "", Names(()))


@lru_cache
def speakers() -> Mapping[str, Speaker]:
    """Key -> speaker of data/speakers.csv."""
    with (DATA / "speakers.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["speaker"]: _speaker(row) for row in csv.DictReader(file)})


def _speaker(row: Mapping[str, str]) -> Speaker:
    return Speaker(row["speaker"], row["body"], row["role"], Names.of_row(row))


@lru_cache
def _spellings() -> Mapping[tuple[str, str], str]:
    """(attribution in lower case, P-code or "") -> key of the speaker."""
    with (DATA / "speaker_spellings.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["attributed_to"].casefold(), _pcode(row["place"])): row["speaker"]
            for row in csv.DictReader(file)
        }


def spellings() -> tuple[str, ...]:
    """Every attribution in data/speaker_spellings.csv, in lower case, once."""
    return tuple(dict.fromkeys(attributed_to for attributed_to, _ in _spellings()))


def _pcode(place: str) -> str:
    try:
        return find(place).pcode if place else ""
    except UnknownPlace:
        return place


@lru_cache
def _offices() -> Mapping[str, tuple[str, str]]:
    """Attribution -> (its office, the body that this office leads), from data/offices.csv."""
    with (DATA / "offices.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {row["attributed_to"]: (row["office"], row["body"]) for row in csv.DictReader(file)}
        )


@lru_cache
def _former() -> Mapping[str, tuple[date, str]]:
    """Attribution -> (the last day before its office, the attribution until then), from
    data/former_offices.csv."""
    with (DATA / "former_offices.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType(
            {
                row["attributed_to"]: (date.fromisoformat(row["until"]), row["then"])
                for row in csv.DictReader(file)
            }
        )


def then(attributed_to: str, day: date) -> str:
    """Who somebody was on a day: a person who moved to another office spoke for the former one
    until then."""
    until, former = _former().get(attributed_to, (date.min, attributed_to))
    return former if day <= until else attributed_to


def beside(rank: str, attributed_to: str) -> str:
    """The attribution of a person who works with the holder of an office, or held it before.

    rank           "deputy", "acting", "former", "adviser" or "spokesperson"
    attributed_to  the attribution of the office's holder, or of a body

    A spokesperson speaks for the body. If no single office leads a body, as with the police, its
    deputies and acting heads speak for it, too. A former member or an adviser does not speak for
    such a body: the result is "".
    """
    office, body = _offices().get(attributed_to, ("", attributed_to))
    if rank == SPOKESPERSON:
        return body
    if not office:
        return attributed_to if rank in OFFICIALS else ""
    return f"{rank} to {office}" if rank == ADVISER else f"{rank} {office}"


@lru_cache(maxsize=65536)
def identify(attributed_to: str, place: str) -> Speaker:
    """The speaker behind an attribution in a figure about a place (P-code).

    "mayor" is another person in each city, and "governor" in each oblast. So the tables are asked
    for the place first, then for its oblast, then without a place.

    An attribution that is not listed is a speaker of its own, without a role. Its figure may lead
    as a report that names its speaker, but never as one of the body responsible.
    """
    if not attributed_to:
        return NOBODY
    spelling = attributed_to.casefold()
    for where in (place, PLACES[place].oblast, ""):
        if key := _spellings().get((spelling, where)):
            return speakers()[key]
    return Speaker(attributed_to, attributed_to, "", Names(((SOURCE, attributed_to),)))


def verification(indicator: str, role: str) -> str:
    """The verification of a figure, from the role of its speaker.

    "verified" if the speaker is an independent recorder. "confirmed" if the speaker's role is
    responsible for the indicator (data/indicators.toml). Else "reported", no matter how many
    outlets repeat it.
    """
    if role == RECORDER:
        return "verified"
    known = INDICATORS.get(indicator)
    return "confirmed" if known and role in known.responsible else "reported"
