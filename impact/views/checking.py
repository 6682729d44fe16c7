"""What a reader asks to see again: a figure by its id, or a picture by its address.

The address may be that of any page or address for programs that shows a picture, whole or from its
question mark on, or what stands in the metadata of a PNG (citation.identity). A caption, a file's
name or a whole foot will do for a figure: its id is found in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from impact.address import declared, parameters
from impact.address.parameters import Values, WrongParameter
from impact.model.language import N_
from impact.views.reading import completed, of_view
from impact.views.view import View

_ID = re.compile(r"(?<![A-Z0-9])F-[A-Z2-7]{12}(?![A-Z0-9])")
NEITHER = N_(
    "“{given}” is neither the id of a figure, such as F-ABCDEFGHIJKL, nor the address of a picture."
)
NO_PICTURE = N_(
    "“{given}” is the address of no picture. Paste the link that stands under the picture, or the "
    "id in its foot."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, by its id."""

    figure_id: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture.

    view  without a moment
    at    the moment (UTC) up to which it knew; None where the address follows the news
    """

    view: View
    at: datetime | None


def read(text: str, pages: Mapping[str, Mapping[str, str] | None]) -> Figure | Shown:
    """What a text asks to see again.

    pages  page by its address ("" is the start page) -> the parameters of its picture that the
           address need not name; None without a picture

    Raises WrongParameter for what is neither a figure nor a picture.
    """
    if "=" in text:
        return _shown(text, pages)
    if found := _ID.search(text.upper()):
        return Figure(found[0])
    raise WrongParameter(NEITHER, declared.CHECKED.name, text)


def _shown(text: str, pages: Mapping[str, Mapping[str, str] | None]) -> Shown:
    try:
        parts = urlsplit(text if "?" in text else f"?{text}")
    except ValueError:
        raise WrongParameter(NO_PICTURE, declared.CHECKED.name, text) from None
    given = parameters.pairs(parts.query.encode())
    night, day = declared.NIGHT.name, declared.DAY.name
    given = [(day if name == night else name, value) for name, value in given]
    named = parts.path.rpartition("/")[2] if parts.path or parts.netloc else None
    usual = (pages.get(named) if named is not None else None) or {}
    given = completed(given, usual)
    known = {each.name for each in of_view()}
    values = parameters.read_pairs([pair for pair in given if pair[0] in known], of_view())
    if not _names_one(values):
        raise WrongParameter(NO_PICTURE, declared.CHECKED.name, text)
    at = values.of(declared.ASOF)
    return Shown(View.of(Values({**values, declared.ASOF.name: None})), at)


def _names_one(values: Values) -> bool:
    """Whether an address says what its picture shows."""
    return any(values.of(each) for each in (declared.INDICATOR, declared.EVENT, declared.CONFLICT))
