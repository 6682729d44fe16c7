"""Search: published figures by place, days, indicator, how sure they are, and words.

A word is looked for in what the figure's page says (quote, compiler's note, part), in who said and
who printed it and in the place's name; a figure's id finds the figure. Places and speakers are
found by their names in every language, whatever the page printed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from impact.model import places
from impact.model.places import PLACES
from impact.model.speakers import speakers
from impact.rules import headline
from impact.store.reader import Reader

MOST_WORDS = 8
_APOSTROPHES = str.maketrans("’ʼ`", "'''")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is searched for. Fields that are empty ask for nothing.

    places    P-codes; an oblast stands for its cities too, Ukraine for the country's own figures
    leads_by  a rule of headline.RULES: only figures that lead by it and are not in doubt
    document  the id of the table or report that figures were read from
    text      words that must all occur
    """

    places: Collection[str] = ()
    first: date | None = None
    last: date | None = None
    indicator: str = ""
    status: str = ""
    unit: str = ""
    people: str = ""
    verification: str = ""
    leads_by: str = ""
    document: str = ""
    text: str = ""


def count(reader: Reader, search: Search) -> int:
    """How many figures are found."""
    where, values = _conditions(search)
    return int(reader.query(f"SELECT count(*) AS count FROM figures {where}", values)["count"][0])


def figures(
    reader: Reader, search: Search, limit: int | None = None, offset: int = 0
) -> pd.DataFrame:
    """The figures found, the newest day first, each with its document's title and licence."""
    where, values = _conditions(search)
    return reader.query(
        f"""SELECT figures.*, documents.title AS document, documents.licence
            FROM figures LEFT JOIN documents USING (document_id) {where}
            ORDER BY day DESC, stated DESC, figures.figure_id LIMIT $limit OFFSET $offset""",
        {**values, "limit": limit, "offset": offset},
    )


def indicators(reader: Reader) -> list[str]:
    """Indicators that have a published figure, by name."""
    return reader.query("SELECT DISTINCT indicator FROM figures ORDER BY indicator")[
        "indicator"
    ].tolist()


def verifications(reader: Reader) -> list[str]:
    """How sure the published figures are, the most frequent first."""
    return reader.query(
        """SELECT verification FROM figures GROUP BY verification
           ORDER BY count(*) DESC, verification"""
    )["verification"].tolist()


_TEXT = """translate(lower(concat_ws(' ', quote, note, part, attributed_to, speaker,
    figures.publisher, outlet, origin)), '’ʼ`', '''''''')"""


def _conditions(search: Search) -> tuple[str, dict]:
    """WHERE and its parameters."""
    conditions, values = ["TRUE"], {}

    def add(condition: str, name: str, value: object) -> None:
        if value:
            conditions.append(condition)
            values[name] = value

    add("place IN (SELECT unnest($places))", "places", _within(search.places))
    add("day_end >= $first", "first", search.first)
    add("day <= $last", "last", search.last)
    add("indicator = $indicator", "indicator", search.indicator)
    add("status = $status", "status", search.status)
    add("unit = $unit", "unit", search.unit)
    add("people = $people", "people", search.people)
    add("verification = $verification", "verification", search.verification)
    add("figures.document_id = $document", "document", search.document)
    if search.leads_by:
        conditions.append(f"rank_{headline.known(search.leads_by)} = 0 AND NOT doubted")
    for number, word in enumerate(_fold(search.text).split()[:MOST_WORDS]):
        conditions.append(
            f"""(contains({_TEXT}, $word{number}) OR lower(figure_id) = $word{number}
                OR speaker IN (SELECT unnest($speakers{number}))
                OR place IN (SELECT unnest($named{number})))"""
        )
        values |= {
            f"word{number}": word,
            f"speakers{number}": _called(word, speakers()),
            f"named{number}": _called(word, PLACES),
        }
    return f"WHERE {' AND '.join(conditions)}", values


def _within(pcodes: Collection[str]) -> list[str]:
    """The places asked for, and the cities of oblasts among them."""
    found = [PLACES[pcode] for pcode in pcodes]
    inner = [city for place in found if place.level == "oblast" for city in places.inside(place)]
    return sorted({place.pcode for place in (*found, *inner)})


def _called(word: str, known: Mapping[str, Any]) -> list[str]:
    """Keys of those in whose name, in any language, the word occurs."""
    return [
        key for key, each in known.items() if any(word in _fold(name) for name in each.names.all())
    ]


def _fold(text: str) -> str:
    return text.lower().translate(_APOSTROPHES)
