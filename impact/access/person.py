"""A person who brings or decides."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impact.access.rules import Role

ALIKE = Path(__file__).parents[2] / "data" / "alike_letters.csv"
# Characters of a name.
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose name the ledger keeps.

    name     as the ledger has it; no two accounts of a store have one
    account  what the provider or proxy calls them; empty where nobody signs in and names are typed
    role     what they may do
    """

    name: str
    account: str = ""
    role: Role = Role.ADMIN


# Characters that draw nothing though they count as letters or marks: Unicode's default ignorable
# code points (DerivedCoreProperties.txt), the empty Braille pattern and the empty note head.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)

# Two letters that side by side look like one.
_PAIRS = {"rn": "m", "vv": "w"}
# What parts two words as a space does, and what is neither letter, digit nor space.
_DASHES = re.compile("[-\u2010-\u2015_/]")
_SIGNS = re.compile(r"[^\w\s]")


def cleaned(name: str) -> str:
    """A name without characters that draw nothing or turn what stands around them, white space as
    single spaces, not too long."""
    composed = _UNSEEN.sub("", unicodedata.normalize("NFC", name))
    shown = "".join(each if each.isprintable() else " " for each in composed)
    return " ".join(shown.split())[:LONGEST].strip()


def looks(name: str) -> str:
    """What a name looks like: two names that look the same to a reader give the same.

    Compatible forms, case, accents and letters of other scripts that look alike count as one, as
    do two letters that together look like a third. Signs that part a name or stand beside it are
    no part of its look.
    """
    # Letters as they stand first: a Greek capital may look like a Latin one, its small form not.
    drawn = _bare(unicodedata.normalize("NFKC", cleaned(name))).translate(_alike())
    drawn = _bare(drawn.casefold()).translate(_alike())
    for pair, letter in _PAIRS.items():
        drawn = drawn.replace(pair, letter)
    return " ".join(_SIGNS.sub("", _DASHES.sub(" ", drawn)).split())


def _bare(text: str) -> str:
    """A text without its accents."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each))


@cache
def _alike() -> dict[int, str]:
    """Letters of other scripts that are drawn like Latin ones, and those that look like each
    other; a small letter counts for both its forms unless the capital has a line of its own."""
    with ALIKE.open(encoding="utf-8", newline="") as file:
        return str.maketrans({row["letter"]: row["looks_like"] for row in csv.DictReader(file)})
