"""Indicators: what the product counts, from data/indicators.toml. No name of one stands in here."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType

from impact.model.colours import COLOURS
from impact.model.names import SOURCE

PATH = Path(__file__).parents[2] / "data" / "indicators.toml"
KINDS = ("stock", "flow", "baseline")
GROUPS = ("", "toll", "launch", "supply")


class Texts(dict[str, str]):
    """Language -> text. A language without a text gets the English one."""

    def __missing__(self, language: str) -> str:
        return self[SOURCE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One table of indicators.toml. The comments at the top of the file explain each key.

    tone, colour  the name of its colour, and the colour by theme
    """

    name: str
    kind: str
    group: str = ""
    units: tuple[str, ...]
    hxl: str
    responsible: tuple[str, ...]
    tone: str
    colour: Mapping[str, str]
    title: Mapping[str, str]
    wording: Mapping[str, str]
    statuses: tuple[str, ...] = ()
    breaks: tuple[float, ...] = ()
    beside: bool = False
    lost: Mapping[str, str] | None = None
    without: Mapping[str, str] | None = None
    restored: Mapping[str, str] | None = None

    def says(self, status: str, language: str) -> str:
        """The words for a status ("without heating"), or for the indicator if `status` is ""."""
        return (getattr(self, status) if status else self.wording)[language]

    @property
    def adds_up_over_days(self) -> bool:
        """Whether figures of several days may be added: those of a flow, never those of a stock."""
        return self.kind == "flow"


def load(path: Path = PATH) -> Mapping[str, Indicator]:
    """Reads the file. Name -> indicator.

    Raises ValueError that names the indicator for an unknown key, kind or colour.
    """
    known = {field.name for field in fields(Indicator)} - {"tone"}
    indicators = {}
    for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
        if unknown := table.keys() - known:
            raise ValueError(f"{path.name}: {name} has unknown keys {sorted(unknown)}")
        if table["kind"] not in KINDS:
            raise ValueError(f"{path.name}: {name} is of no known kind: {table['kind']}")
        if table.get("group", "") not in GROUPS:
            raise ValueError(f"{path.name}: {name} is of no known group: {table['group']}")
        if table["colour"] not in COLOURS:
            raise ValueError(f"{path.name}: {name} is of no known colour: {table['colour']}")
        lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
        colour = {"tone": table["colour"], "colour": COLOURS[table["colour"]]}
        texts = {key: Texts(value) for key, value in table.items() if isinstance(value, dict)}
        indicators[name] = Indicator(name=name, **(table | lists | texts | colour))
    return MappingProxyType(indicators)


INDICATORS = load()
IMPACTS = tuple(name for name, each in INDICATORS.items() if each.kind != "baseline")
# What stands beside harm and is none: in no total.
BESIDE = tuple(name for name, each in INDICATORS.items() if each.beside)
BASELINES = tuple(name for name, each in INDICATORS.items() if each.kind == "baseline")


def of_group(group: str) -> tuple[str, ...]:
    """The indicators of a group, in the order of the table."""
    return tuple(name for name, each in INDICATORS.items() if each.group == group)


TOLLS, LAUNCHES, OUTAGES = map(of_group, ("toll", "launch", "supply"))
