"""Feeds: how often the data of a source change, and when it counts as silent (data/feeds.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType

from impact.model.indicators import Texts

PATH = Path(__file__).parents[2] / "data" / "feeds.toml"
# Days. A feed that has fallen silent so lately is worth an alarm. One that has been silent for
# longer has ended: readers are told, but nobody is called.
LATELY = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A source as something that is expected to bring new data.

    source       name of its module under etl/sources
    short        its name in a line of text
    rhythm       how often its data change, in words
    stale_after  days after its newest day from which it counts as silent; None if nothing is
                 expected to follow
    continues    the source whose series it goes on with; "" if none
    """

    source: str
    short: Mapping[str, str]
    rhythm: Mapping[str, str]
    stale_after: int | None = None
    continues: str = ""

    def is_silent(self, newest: date, on: date) -> bool:
        """Whether it counts as silent on a day, if its data end with the day `newest`."""
        return self.stale_after is not None and (on - newest).days > self.stale_after

    def fell_silent_lately(self, newest: date, on: date) -> bool:
        """Whether it has been silent for at most LATELY days."""
        if self.stale_after is None or not self.is_silent(newest, on):
            return False
        return on - newest <= timedelta(days=self.stale_after + LATELY)


@cache
def feeds() -> Mapping[str, Feed]:
    """Source -> its feed. Raises ValueError that names the source for a wrong number of days."""
    found = {}
    for source, table in tomllib.loads(PATH.read_text(encoding="utf-8")).items():
        days = table.get("stale_after")
        if days is not None and (type(days) is not int or days < 1):
            raise ValueError(f"{PATH.name}: {source} must be stale after a number of whole days")
        texts = {key: Texts(table[key]) for key in ("short", "rhythm")}
        series = table.get("continues", "")
        found[source] = Feed(source=source, stale_after=days, continues=series, **texts)
    return MappingProxyType(found)
