"""Names in the languages of the pages. A table has a column `name_<language>` for each."""

from collections.abc import Mapping
from typing import NamedTuple

SOURCE = "en"


class Names(NamedTuple):
    """The names of one thing: pairs (language, name), so that it can be a key of a dict."""

    pairs: tuple[tuple[str, str], ...]

    @classmethod
    def of_row(cls, row: Mapping[str, str], kind: str = "name") -> "Names":
        """The names in a row of a table. Empty ones are left out.

        kind  the part of the columns' names before "_<language>"
        """
        return cls(
            tuple(
                (column.removeprefix(f"{kind}_"), name)
                for column, name in row.items()
                if column.startswith(f"{kind}_") and name
            )
        )

    def of(self, language: str) -> str:
        """The name in a language, else the English name, else ""."""
        names = dict(self.pairs)
        return names.get(language) or names.get(SOURCE, "")

    def all(self) -> list[str]:
        """Every name. The English one comes first."""
        return [name for _, name in sorted(self.pairs, key=lambda pair: pair[0] != SOURCE)]
