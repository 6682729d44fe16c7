"""Letters that look alike: a Latin letter inside a Cyrillic word came from an old keyboard."""

import tomllib
from pathlib import Path

_CYRILLIC = tomllib.loads(
    (Path(__file__).parents[2] / "data" / "scripts.toml").read_text(encoding="utf-8")
)["cyrillic"]
# For str.translate: of a text as it was written, and of a name in lower case, which may have been
# in capitals.
TO_CYRILLIC = str.maketrans(_CYRILLIC["latin"], _CYRILLIC["lookalikes"])
NAME_TO_CYRILLIC = str.maketrans(_CYRILLIC["latin_name"], _CYRILLIC["lookalikes_name"])
