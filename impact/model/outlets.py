"""Outlets: finds the outlet behind the publisher's name on a page, so that none counts twice."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
PATH = DATA / "publishers.csv"
NAMES = DATA / "outlets.csv"  # names of outlets in languages other than English


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper, agency, channel or site that prints figures.

    name    its one name in this program
    origin  the outlet from which it took the text, or ""
    kind    as in data/publishers.csv, or ""
    """

    name: str
    origin: str = ""
    kind: str = ""


@lru_cache
def _outlets() -> dict[str, Outlet]:
    with PATH.open(encoding="utf-8", newline="") as file:
        return {
            row["publisher"]: Outlet(row["name"], row["origin"], row["kind"])
            for row in csv.DictReader(file)
        }


def outlet(publisher: str) -> Outlet:
    """The outlet behind a printed name. A name that is not listed is an outlet of its own."""
    return _outlets().get(publisher) or Outlet(publisher)


def listed() -> tuple[str, ...]:
    """Every printed name in data/publishers.csv."""
    return tuple(_outlets())


@lru_cache
def _names() -> dict[str, dict[str, str]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def called(name: str, language: str) -> str:
    """The name of an outlet in a language, else its one name in this program."""
    return _names().get(name, {}).get(f"name_{language}") or name
