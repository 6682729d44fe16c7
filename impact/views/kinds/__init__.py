"""The kinds of picture: one module each, and the folder is the list (impact/views/kind.py)."""

import importlib
import pkgutil
from typing import cast

from impact.views.kind import KINDS, Kind

__all__ = ["KINDS"]

for each in pkgutil.iter_modules(__path__):
    KINDS[each.name] = cast(Kind, importlib.import_module(f"{__name__}.{each.name}"))
