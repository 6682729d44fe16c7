"""Names in the languages of the pages: a table has one column `name_<language>` for each."""

from collections.abc import Mapping
from typing import NamedTuple

SOURCE = "en"


class Names(NamedTuple):
    """What one thing is called: language -> name, as pairs, so that it can be a key."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of_row(cls, row: Mapping[str, str], kind: str = "name") -> "Names":
        """The names of a table's row, of which some may be empty."""
        return cls(
            tuple(
                (column.removeprefix(f"{kind}_"), name)
                for column, name in row.items()
                if column.startswith(f"{kind}_") and name
            )
        )

    def of(self, language: str) -> str:
        """The name in a language; in English where it has none."""
        names = dict(self.pairs)
        return names.get(language) or names.get(SOURCE, "")

    def all(self) -> list[str]:
        """Every name, the English one first."""
        return [name for _, name in sorted(self.pairs, key=lambda pair: pair[0] != SOURCE)]
