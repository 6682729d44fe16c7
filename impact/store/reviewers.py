"""People: who may accept figures, where a store names them.

The file that IMPACT_PEOPLE names, or people.toml in the store, lists them:

    reviewers = ["Olena Koval", "Taras Melnyk"]

Where it does, deaths and figures in doubt need the acceptance of two of them. Without such a file
one person suffices. The name that somebody types is the person: nothing here checks who types it.
Where people sign in (impact/access/settings.py), two accounts are needed, and the file does not
count.
"""

import os
import tomllib
from collections.abc import Collection
from pathlib import Path

from impact.access import settings
from impact.access.person import looks
from impact.model import plain_files

NAME = "people.toml"


# What counts the dead, by themselves or in one number with the injured.
DEATHS = ("killed", "casualties")


class PeopleUnreadable(ValueError):
    """The file of people is missing though named, is no TOML, or names fewer than two."""


def reviewers(folder: Path) -> tuple[str, ...]:
    """Who may accept figures of the store in a folder; empty where nobody is named.

    Raises PeopleUnreadable: a slip in the file must not let one person suffice.
    """
    named = os.environ.get("IMPACT_PEOPLE")
    path = Path(named) if named else folder / NAME
    if not named and not path.exists():
        return ()
    try:
        found = tomllib.loads(plain_files.text(path)).get("reviewers")
    except (OSError, ValueError) as error:
        raise PeopleUnreadable(f"{path.name} cannot be read: {error}") from None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise PeopleUnreadable(f"{path.name} has no list of names called reviewers")
    names = {looks(each): " ".join(each.split()) for each in found if each.strip()}
    if len(names) < 2:
        raise PeopleUnreadable(f"{path.name} names fewer than two reviewers")
    return tuple(names.values())


def same(one: str, other: str) -> bool:
    """Whether two names are one person's: names that look the same are no two persons'."""
    return looks(one) == looks(other)


def among(who: str, named: Collection[str]) -> bool:
    """Whether a person may accept: is named, or nobody is."""
    return not named or any(same(who, each) for each in named)


def two_needed(folder: Path) -> bool:
    """Whether the store in a folder asks for two persons: people sign in, or it names reviewers.

    Raises PeopleUnreadable.
    """
    return bool(settings.current().way or reviewers(folder))


def second_needed(indicator: str, doubted: bool, two: bool) -> bool:
    """Whether a figure needs two persons: a death, or anything in doubt, answered or not.

    two  whether the store asks for two persons at all
    """
    return two and (indicator in DEATHS or doubted)
