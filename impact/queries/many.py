"""Figures that are too many to be read each time: which they are, and what a caption says of them.

At a million figures a bar of one day stands for hundreds of them and a picture of a winter for
hundreds of thousands. A picture keeps the question that finds them. They are read when somebody
opens the table or saves the file.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import pandas as pd

from impact.model import links
from impact.model.rows import Row, record
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Asked:
    """A SELECT of the figure_id of figures, and its parameters by name."""

    sql: str
    parameters: Mapping[str, object]

    def numbered(self, number: int) -> "Asked":
        """The same with other names of its parameters, to stand beside others."""
        sql = re.sub(r"\$(\w+)", rf"$\1_{number}", self.sql)
        return Asked(sql, {f"{name}_{number}": value for name, value in self.parameters.items()})


@dataclass(frozen=True, slots=True)
class Many:
    """Figures by the questions that find them, group by group."""

    groups: tuple[Asked, ...]

    @classmethod
    def of(cls, sql: str, parameters: Mapping[str, object]) -> "Many":
        """One group: a SELECT of figure_id with its parameters."""
        return cls((Asked(sql, parameters),))

    @classmethod
    def named(cls, figure_ids: Collection[str]) -> "Many":
        """Those with these ids."""
        return cls.of("SELECT unnest($ids::VARCHAR[]) AS figure_id", {"ids": list(figure_ids)})

    def __add__(self, other: "Many") -> "Many":
        """These, then those."""
        return Many((*self.groups, *other.groups))

    def read(self, reader: Reader) -> pd.DataFrame:
        """The figures, each once: group by group, in the order of days and places."""
        found = [
            reader.query(_READ.format(ids=each.sql), dict(each.parameters)) for each in self.groups
        ]
        some = [each for each in found if len(each)] or found[:1]
        return pd.concat(some, ignore_index=True).drop_duplicates("figure_id", ignore_index=True)

    def ask(self, reader: Reader, text: str) -> pd.DataFrame:
        """The rows of a query of all of them, in which {ids} stands for a SELECT of their ids."""
        groups = [each.numbered(number) for number, each in enumerate(self.groups)]
        ids = " UNION ".join(f"({each.sql})" for each in groups)
        parameters = {name: each.parameters[name] for each in groups for name in each.parameters}
        return reader.query(text.format(ids=ids), parameters)


NOTHING = Many.named(())


@dataclass(frozen=True, slots=True)
class Gist:
    """What a caption says of figures without naming each.

    count     how many there are
    latest    the one stated last; None where there are none
    statuses  verification -> how many figures have it, the most frequent first
    pages     how many pages print them and what is drawn beside them
    """

    count: int
    latest: Row | None = None
    statuses: Mapping[str, int] = field(default_factory=dict)
    pages: int = 0


def gist(reader: Reader, about: Many, beside: Many) -> Gist:
    """What a caption says of figures, and of those drawn beside them."""
    last = about.ask(reader, _LATEST)
    if last.empty:
        return Gist(0)
    counted = about.ask(reader, _STATUSES)
    statuses = dict(zip(counted["verification"], counted["count"].tolist(), strict=True))
    return Gist(sum(statuses.values()), record(last), statuses, _pages(reader, about + beside))


def _pages(reader: Reader, printed: Many) -> int:
    """How many different pages there are; those that lead nowhere safe are one (links.py)."""
    found = record(printed.ask(reader, _PAGES))
    return int(found["plain"]) + len({links.web(each) for each in found["others"]})


_READ = "FROM figures WHERE figure_id IN ({ids}) ORDER BY day, place, figure_id"
_LATEST = """
FROM figures WHERE figure_id IN ({ids}) ORDER BY stated DESC, figure_id DESC LIMIT 1
"""
# Of equally frequent ones first the one that comes first.
_STATUSES = """
SELECT verification, count(*) AS count FROM figures WHERE figure_id IN ({ids})
GROUP BY verification ORDER BY count DESC, min((day, place, figure_id))
"""
# Addresses of the plainest kind are counted where they are; a million of them would be long to
# look at one by one. Of the others links.web decides.
_PAGES = r"""
WITH printed AS (SELECT DISTINCT url FROM figures WHERE figure_id IN ({ids})),
judged AS (
    SELECT url,
           regexp_full_match(url, 'https?://[a-z0-9][a-z0-9.-]*(/[!#-;=?A-Z_a-z~%&+]*)?') AS plain
    FROM printed
)
SELECT count(*) FILTER (plain) AS plain,
       coalesce(list(url) FILTER (NOT plain), []) AS others
FROM judged
"""
