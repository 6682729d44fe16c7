"""What is known, worked out once a snapshot: small tables between the claims and the pages.

Each .sql file of this folder is one summary. Its comments at the top say what a row is, in which
units, where the rule comes from, after which other summaries it runs, which figures it reads, and
into which parts it falls (renewal.py). Its name is the table's. Every row carries the ids of the
figures that it is made of.
"""

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache
from graphlib import TopologicalSorter
from itertools import takewhile
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from impact.model import copies
from impact.model.figure import CAUSE_CLASSES
from impact.model.indicators import BESIDE, INDICATORS
from impact.model.parts import PARTS
from impact.model.places import PLACES, UKRAINE, Place
from impact.model.units import SCALE
from impact.rules.headline import RULES
from impact.rules.hours import PARTS_OF_DAY

FOLDER = Path(__file__).parent
# What is known of the figures that the summaries are made of, as a view: see `leading`.
LEADING = "leading_claims"
FIGURES = "figures"
# A table in a head, and in brackets the columns that are read of it.
_TABLE = re.compile(r"(\w+)(?: \(([\w, ]*)\))?")


class Connection(Protocol):
    """What runs statements on a snapshot."""

    def execute(self, query: str, /) -> Any: ...

    def register(self, view_name: str, python_object: object, /) -> Any: ...

    def unregister(self, view_name: str, /) -> Any: ...


@cache
def texts() -> Mapping[str, str]:
    """Summary -> its SQL, in the order in which they run. Raises CycleError."""
    found = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.sql")}
    order = TopologicalSorter({name: after(text) for name, text in found.items()})
    return {name: found[name] for name in order.static_order() if name != FIGURES}


class Kept(Enum):
    """Which summaries are tables. The others are views, which cost nothing until they are asked.

    ALL   of what many readers ask for
    READ  those that others are made of: for a snapshot that few ask, and that somebody waits for
    NONE  for figures that are only held in memory
    """

    ALL = "all"
    READ = "read"
    NONE = "none"

    def holds(self, name: str) -> bool:
        """Whether a summary is a table."""
        return self is Kept.ALL or (self is Kept.READ and name in _read())


@cache
def _read() -> frozenset[str]:
    """The summaries of which others are made."""
    return frozenset(name for text in texts().values() for name in after(text)) - {FIGURES}


def build(connection: Connection, kept: Kept = Kept.ALL) -> None:
    """Makes every summary of the snapshot that the connection uses, from its figures and doubts."""
    _teach(connection)
    connection.execute(f"CREATE VIEW {LEADING} AS {leading('figures')}")
    for name, text in texts().items():
        connection.execute(f"CREATE {'TABLE' if kept.holds(name) else 'VIEW'} {name} AS {text}")
    if kept is Kept.ALL:
        connection.execute(f"DROP VIEW {LEADING}")


def loosen(connection: Connection, kept: Kept) -> None:
    """Makes views of those summaries of a snapshot that need not be tables."""
    connection.execute(f"DROP VIEW IF EXISTS temp.{LEADING}")
    connection.execute(f"CREATE VIEW {LEADING} AS {leading('figures')}")
    for name, text in texts().items():
        if not kept.holds(name):
            connection.execute(f"DROP TABLE {name}")
            connection.execute(f"CREATE VIEW {name} AS {text}")


def _teach(connection: Connection) -> None:
    """Makes the tables of schema `model`: what summaries must know of places, units and parts."""
    connection.execute("CREATE SCHEMA model")
    for name, frame in _model().items():
        connection.register("frame", frame)
        connection.execute(f"CREATE TABLE model.{name} AS FROM frame")
        connection.unregister("frame")


@cache
def _model() -> Mapping[str, pd.DataFrame]:
    """Table -> its rows.

    places       parent: the next wider area; that of Kyiv and Sevastopol is Ukraine
    indicators   kind: stock, flow or baseline; group: toll, launch, supply or nothing
    hours        begins, ends: the hours of a part of the day, from 0 (impact/rules/hours.py)
    units        people: how many stand behind one, to order by (data/units.csv)
    wider_parts  beyond: the places that a part takes in beside the figure's own (data/parts.csv)
    """
    places = [(p.pcode, p.level, _parent(p), p.population) for p in PLACES.values()]
    wider = [(label, list(part.beyond)) for label, part in PARTS.items() if part.beyond]
    found = {
        "places": pd.DataFrame(places, columns=["pcode", "level", "parent", "population"]),
        "indicators": pd.DataFrame(
            [(each.name, each.kind, each.group) for each in INDICATORS.values()],
            columns=["indicator", "kind", "group"],
        ),
        "units": pd.DataFrame(SCALE.items(), columns=["unit", "people"]),
        "hours": pd.DataFrame(
            [(moment, *hours) for moment, hours in PARTS_OF_DAY.items()],
            columns=["moment", "begins", "ends"],
        ),
        "wider_parts": pd.DataFrame(wider, columns=["part", "beyond"]),
    }
    return copies.watched(found)


def _parent(place: Place) -> str:
    if place == UKRAINE:
        return ""
    return UKRAINE.pcode if place.oblast == place.pcode else place.oblast


def after(text: str) -> dict[str, tuple[str, ...] | None]:
    """The summaries that a summary's head names, or the figures: each with the columns that are
    read of it; None where it may be any."""
    return tables(said(text, "After"))


@cache
def of(text: str) -> str:
    """Which figures a summary reads, as a condition; empty where it reads none."""
    found = re.search(r"^-- Of:((?:.*\n)(?:--  .*\n)*)", text, re.MULTILINE)
    return " ".join(found[1].replace("--", "").split()) if found else ""


def head(text: str) -> str:
    """What a summary's head tells whoever reads the table: a row, its unit, rule and columns."""
    lines = takewhile(lambda line: line.startswith("--"), text.splitlines())
    what, _, columns = "\n".join(line[2:].strip() for line in lines).partition("\n\n")
    told = f"{what.partition('After:')[0]}\n{columns}".strip()
    return re.sub(" +", " ", told)


def said(text: str, word: str) -> str:
    """What a summary's head says after a word; empty where it does not have the word."""
    found = re.search(rf"^-- {word}:(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""


def tables(named: str) -> dict[str, tuple[str, ...] | None]:
    """The tables that a line of a head names, each with the columns in its brackets."""
    found = {each[1]: each[2] for each in _TABLE.finditer(named)}
    return {table: None if read is None else _names(read) for table, read in found.items()}


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def leading(figures: str) -> str:
    """The claims that summaries are made of, as a SELECT from a table of figures.

    They are the leading claims about single days, by each rule. Left out are totals since a start,
    averages, forecasts, months and years, losses from weather, accidents and planned cuts, and what
    stands beside harm and is none.
    """
    causes = ", ".join(f"'{cause}'" for cause in CAUSE_CLASSES["strike"])
    beside = ", ".join(f"'{name}'" for name in BESIDE)
    rules = ", ".join(f"('{rule}')" for rule in RULES)
    rank = " ".join(f"WHEN '{rule}' THEN rank_{rule}" for rule in RULES)
    # The figures are named once: for each rule anew, the database plans a third longer.
    return f"""
        SELECT rule, own.* FROM {figures} AS own CROSS JOIN (VALUES {rules}) AS ruled (rule)
        WHERE CASE rule {rank} END = 0 AND NOT doubted AND period = 'day' AND length("date") = 10
          AND cause IN ({causes}) AND indicator NOT IN ({beside})"""
