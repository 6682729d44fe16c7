"""Replaces Latin letters in Cyrillic words by the Cyrillic letters that look the same.

People mistype such words, and the two letters cannot be told apart on screen.
"""

import tomllib
from pathlib import Path

_CYRILLIC = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "scripts.toml").read_text(encoding="utf-8")
)["cyrillic"]
# Both are tables for str.translate. The first is for a text as written. The second is for a name in
# lower case, which may have been written in capitals: more letters look alike there.
TO_CYRILLIC = str.maketrans(_CYRILLIC["latin"], _CYRILLIC["lookalikes"])
NAME_TO_CYRILLIC = str.maketrans(_CYRILLIC["latin_name"], _CYRILLIC["lookalikes_name"])
