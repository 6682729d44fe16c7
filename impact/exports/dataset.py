"""What the published figures are, as schema.org's Dataset: for search engines and catalogues.

https://schema.org/Dataset. It says only what the snapshot knows: no single licence where tables and
reports have several, and no author of numbers that many have said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from impact import queries
from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import Words
from impact.model.places import UKRAINE
from impact.queries import search
from impact.store.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One way to the data: its whole address, its media type, what it gives in words."""

    url: str
    mime: str
    name: str


def described(
    reader: Reader, words: Words, *, name: str, about: str, url: str, files: Iterable[File]
) -> dict[str, Any] | None:
    """The Dataset of what is published; None where nothing is.

    name, about  what it is called, and a sentence on it, in the reader's language
    url          address of the page that shows it
    """
    extent = queries.extent(reader)
    if extent.first is None or extent.last is None or extent.built_at is None:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": name,
        "description": about,
        "url": url,
        "inLanguage": words.language,
        "isAccessibleForFree": True,
        "temporalCoverage": f"{extent.first}/{extent.last}",
        "spatialCoverage": {"@type": "Place", "name": UKRAINE.name(words.language)},
        "dateModified": f"{extent.built_at:%Y-%m-%dT%H:%M:%SZ}",
        "version": reader.snapshot,
        "license": [
            {"@type": "CreativeWork", "name": words._(licence)}
            for licence, _ in queries.licences(reader)
        ],
        "variableMeasured": [_variable(each, words) for each in search.indicators(reader)],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": each.name,
                "contentUrl": each.url,
                "encodingFormat": each.mime,
            }
            for each in files
        ],
    }


def _variable(indicator: str, words: Words) -> dict[str, Any]:
    known = INDICATORS[indicator]
    units = [words._(vocabulary.UNIT_NAMES[unit]) for unit in known.units]
    return {
        "@type": "PropertyValue",
        "propertyID": indicator,
        "name": known.title[words.language],
        "unitText": ", ".join(units),
    }
