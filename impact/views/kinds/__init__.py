"""The kinds of picture: one module each, and the folder is the list.

A kind has a TITLE, the MOST_PLACES it can show and their LEVELS, and four functions:

    fits(indicator)                     whether an indicator can be shown so
    settled(view, reader)               the view with everything it left open
    claims(view, reader)                the claim groups it draws
    drawing(view, figures, known_at)    chart, words and the figures it is about, from the claims'
                                        figures alone: the same table draws the same picture

`view` is a View whose places, days and unit are settled; `figures` are ranked.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from impact.model.indicators import Indicator

# Name of a kind, as it stands in an address -> its module.
KINDS: Mapping[str, ModuleType] = MappingProxyType(
    {
        each.name: importlib.import_module(f"{__name__}.{each.name}")
        for each in pkgutil.iter_modules(__path__)
    }
)


def kinds_of(indicator: Indicator) -> tuple[str, ...]:
    """The kinds in which an indicator can be shown."""
    return tuple(name for name, kind in KINDS.items() if kind.fits(indicator))
