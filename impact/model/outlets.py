"""Who printed it: the outlet behind the name on a page, so that no outlet counts twice."""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
PATH = DATA / "publishers.csv"
NAMES = DATA / "outlets.csv"  # what an outlet is called in another language than English


@dataclass(frozen=True, slots=True)
class Outlet:
    """name: the canonical name; origin: the outlet it took the text from; kind: see the table."""

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
    """The outlet behind a printed name; a name nobody has listed yet is its own outlet."""
    return _outlets().get(publisher) or Outlet(publisher)


@lru_cache
def _names() -> dict[str, dict[str, str]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return {row["name"]: row for row in csv.DictReader(file)}


def called(name: str, language: str) -> str:
    """An outlet's name in a language; its canonical name where it has no other."""
    return _names().get(name, {}).get(f"name_{language}") or name
