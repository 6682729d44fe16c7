"""The languages that reports are written in: one file of data/languages each.

The reader of reports takes most of a file (etl/reports/text/lexicon.py). What is asked of a
language elsewhere, from names of places to numbers in words, stands in its [language] table.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

FOLDER = Path(__file__).parents[2] / "data" / "languages"


@cache
def tables() -> Mapping[str, dict[str, Any]]:
    """The tables of each file by the language's short name."""
    return MappingProxyType(
        {
            path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
            for path in sorted(FOLDER.glob("*.toml"))
        }
    )


def settings(name: str) -> list[dict[str, Any]]:
    """One of the tables under [language], of every language."""
    return [each["language"][name] for each in tables().values()]


def listed(name: str, key: str) -> list[str]:
    """What the languages list under a key of such a table, one language after the other."""
    return [phrase for table in settings(name) for phrase in table[key]]


def around(key: str) -> str:
    """A pattern of what stands around a report in a page or a mail, in every language."""
    return pattern(listed("around", key))


def pattern(phrases: Iterable[str]) -> str:
    """A pattern of any of these phrases, in which "район*" is a word that begins so."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(each).replace(r"\*", r"\w*") for each in longest_first) or "(?!)"
