"""Packages: whether those are installed that were tested, and none with a known hole.

The tested ones are those of requirements.lock. data/advisories.csv says from which version on a
published hole of a package is closed; it knows what was published by November 2026.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path

from packaging.markers import Marker
from packaging.version import Version

from etl.doctor.finding import FINE, WRONG, Finding

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
ADVISORIES = ROOT / "data" / "advisories.csv"
MEND = "stop the server and run `make setup`"
_PINNED = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?:\s*;\s*([^\\]+))?", re.MULTILINE)
_MOST = 3  # packages that a sentence names


def examine(store: Path) -> Iterator[Finding]:
    """Compares what is installed with the lock and with the advisories."""
    have = installed()
    other = sorted(differences(locked(), have))
    if other:
        named = ", ".join(other[:_MOST]) + (
            f" and {len(other) - _MOST} more" * (len(other) > _MOST)
        )
        yield Finding(WRONG, "packages", f"not as they were tested: {named}; {MEND}")
    else:
        yield Finding(FINE, "packages", "all are those that were tested")
    holes = list(known_holes(have))
    yield from (Finding(WRONG, "advisories", each) for each in holes)
    if not holes:
        yield Finding(FINE, "advisories", f"no package has one of those in data/{ADVISORIES.name}")


def installed() -> dict[str, str]:
    """Package -> version, of what Python finds here."""
    return {
        normal(each.metadata["Name"]): each.version for each in distributions() if each.metadata
    }


def locked(text: str | None = None) -> dict[str, str]:
    """Package -> version, of the lock's lines that are for this machine."""
    text = LOCK.read_text(encoding="utf-8") if text is None else text
    return {
        normal(name): version
        for name, version, marker in _PINNED.findall(text)
        if not marker or Marker(marker.strip()).evaluate()
    }


def differences(wanted: Mapping[str, str], have: Mapping[str, str]) -> Iterator[str]:
    """What is not installed as it is wanted."""
    for name, version in wanted.items():
        if name not in have:
            yield f"{name} is missing"
        elif Version(have[name]) != Version(version):
            yield f"{name} is {have[name]}, not {version}"


def known_holes(have: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each installed package that is older than the version which closed a hole."""
    with ADVISORIES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            version = have.get(row["package"])
            if version and Version(version) < Version(row["safe_from"]):
                yield (
                    f"{row['package']} {version} has {row['advisory']} ({row['what']}); "
                    f"{row['safe_from']} or newer has not: {MEND}"
                )


def normal(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
