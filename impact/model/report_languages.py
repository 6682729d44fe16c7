"""The languages of reports. Each file of data/languages describes one.

The reader of reports uses most of a file (etl/reports/text/lexicon.py). The table [language] holds
what other parts of the program need, such as words in names of places and number words.
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
    """Code of a language ("en", "uk") -> the tables of its file."""
    return MappingProxyType(
        {
            path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
            for path in sorted(FOLDER.glob("*.toml"))
        }
    )


def settings(name: str) -> list[dict[str, Any]]:
    """The table [language.<name>] of every language."""
    return [each["language"][name] for each in tables().values()]


def listed(name: str, key: str) -> list[str]:
    """The phrases under a key of the tables [language.<name>], of all languages."""
    return [phrase for table in settings(name) for phrase in table[key]]


def around(key: str) -> str:
    """A pattern of phrases that stand around a report in a page or mail, in all languages.

    key  a key of the tables [language.around]
    """
    return pattern(listed("around", key))


def pattern(phrases: Iterable[str]) -> str:
    """A pattern that finds any of these phrases. "район*" finds every word that begins like this.

    The pattern of no phrases finds nothing.
    """
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(each).replace(r"\*", r"\w*") for each in longest_first) or "(?!)"
