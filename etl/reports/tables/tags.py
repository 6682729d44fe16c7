"""HXL tags: what a row of tags such as "#adm1+name" below a header says of its columns.

The standard is at https://hxlstandard.org/.
"""

import re
from collections.abc import Mapping
from functools import cache

from etl.reports.model.document import Span
from etl.reports.tables.cells import Cells, Facts, filled
from etl.reports.tables.numbers import is_error
from etl.reports.tables.words import words
from impact.model.figure import COLUMNS
from impact.model.indicators import INDICATORS


def is_tag(text: str) -> bool:
    """Whether a cell is an HXL tag. An error such as "#DIV/0!" is not."""
    return bool(re.match(r"#\s?[a-z]", text, re.IGNORECASE)) and not is_error(text)


def are_tags(row: Cells) -> bool:
    """Whether most cells of a row are HXL tags. Published files have remarks beside them."""
    cells = filled(row)
    return bool(cells) and 2 * sum(is_tag(cell.text) for cell in cells) > len(cells)


def tagged(tag: str, span: Span) -> tuple[str, Facts]:
    """The role and the facts that an HXL tag gives its column; both empty for an unknown tag."""
    name, *attributes = re.split(r"\s*\+\s*", tag.strip().casefold())
    own = frozenset(attributes)
    best = max(
        (known for known in _known() if known[0] == name.replace(" ", "") and known[1] <= own),
        key=lambda known: len(known[1]),
        default=None,
    )
    if best is None:
        return "", {}
    meaning = _known()[best]
    if meaning not in INDICATORS:
        return meaning, {}
    facts = {"indicator": (meaning, span)}
    for each in sorted(own - best[1] - words().hxl_neutral):
        if people := words().hxl_people.get(each):
            facts["people"] = (people, span)
        else:
            facts["part"] = (each, span)
    return "measure", facts


@cache
def _known() -> Mapping[tuple[str, frozenset[str]], str]:
    """(tag, its attributes) -> role of a column, or name of an indicator."""
    listed = words().hxl | {each.hxl: each.name for each in INDICATORS.values()}
    listed |= {each.metadata["hxl"]: each.name for each in COLUMNS if each.metadata["hxl"]}
    return {
        (tag.partition("+")[0], frozenset(tag.split("+")[1:])): meaning
        for tag, meaning in listed.items()
    }
