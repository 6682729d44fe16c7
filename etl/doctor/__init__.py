"""What is wrong with a set-up, before somebody meets it: a sentence each, with what to do.

Each module of this folder looks at one thing. It has a function

    examine  (folder of the store) -> findings

Nothing is changed, and no other machine is asked.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from etl.doctor.finding import WRONG, Finding

HELPERS = ("finding",)


def findings(store: Path) -> Iterator[Finding]:
    """What every module of the folder finds. A module that fails is a finding, too: the others are
    asked all the same."""
    for each in pkgutil.iter_modules(__path__):
        if each.name in HELPERS:
            continue
        module = importlib.import_module(f"{__name__}.{each.name}")
        try:
            yield from module.examine(store)
        except Exception as error:
            yield Finding(WRONG, each.name, f"this could not be looked at: {error}")
