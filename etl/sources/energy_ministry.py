"""The Energy Ministry's morning lists: oblasts whose customers are without power or heat, in words.

What     a row is one sentence of a list that speaks of power, heat, water or gas
Unit     none: the statements have no number
Cadence  every morning

How to get it: save the text of a morning's message. Its first line is its day, and the address at
which it stands, if there is one: "2026-03-13 https://…". More messages may follow in the same file,
each below such a line. Then
    python -m etl load energy_ministry --file morning.txt

Traps
- Sentences with numbers are refused, as are those that the rules of etl/reports/unnumbered.py leave
  out: numbers need a person's eye. The same text, brought on the page Upload, has them for Review.
- A list tells where customers are cut off, not that all of an oblast is. No statement is no sign
  that all was well.
"""

import re
from collections.abc import Iterator
from datetime import date

from etl.replies import require_data
from etl.reports.unnumbered import Statement, statements
from etl.source import Parsed, Source
from impact.model import speakers
from impact.model.figure import UNSTATED, Figure
from impact.model.language import N_

SOURCE = Source(
    title=N_("Morning lists of the Energy Ministry: oblasts without power, without a number"),
    publisher=N_("Ministry of Energy of Ukraine"),
    url="https://www.mev.gov.ua/",
    licence=N_("facts of public messages: for use with texts saved by oneself"),
)
SPEAKER = "Ministry of Energy"

NO_TEXT = "this is no text in UTF-8"
NO_DAY = "the first line has to be a day and may have an address: 2026-03-13 https://…"
BREAKS_OFF = "the text breaks off in its last sentence"
NOTHING = "no sentence of it speaks of power, heat, water or gas"
SAID = "said above for the same day"

_DAY = re.compile(r"^(\d{4}-\d\d-\d\d)(?:[ \t]+(https?://\S+))?[ \t]*\r?$", re.MULTILINE)
_ENDS = (".", "!", "?", "…", ")", '"', "”", "»")


def parse(payload: bytes) -> Parsed:
    """One statement for each place of each sentence that can be read, or a refusal of the sentence.

    Raises ValueError with a sentence if the payload is no text, a page, has no day, breaks off or
    speaks of no supply.
    """
    require_data(payload)
    parsed, seen = Parsed(), set[str]()
    for day, url, text in _messages(payload):
        for each in statements(text, day):
            parsed.rows += 1
            position = f"sentence {parsed.rows}"
            found = [_figure(each, pcode, day, url, position) for pcode in each.places]
            new = [figure for figure in found if figure.source_key not in seen]
            if each.unfit or not new:
                parsed.refuse(position, each.unfit or SAID, each.words)
            seen |= {figure.source_key for figure in new}
            parsed.figures += new
    if not parsed.rows:
        raise ValueError(NOTHING)
    return parsed


def _messages(payload: bytes) -> Iterator[tuple[date, str, str]]:
    """The day, address and text of each message. Raises ValueError."""
    try:
        text = payload.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise ValueError(NO_TEXT) from None
    heads = list(_DAY.finditer(text))
    if not heads or heads[0].start():
        raise ValueError(NO_DAY)
    if not text.endswith(_ENDS):
        raise ValueError(BREAKS_OFF)
    ends = [*(head.start() for head in heads[1:]), len(text)]
    for head, end in zip(heads, ends, strict=True):
        try:
            day = date.fromisoformat(head[1])
        except ValueError:
            raise ValueError(NO_DAY) from None
        yield day, head[2] or "", text[head.end() : end]


def _figure(statement: Statement, place: str, day: date, url: str, position: str) -> Figure:
    said = day.isoformat()
    role = speakers.identify(SPEAKER, place).role
    return Figure(
        indicator=statement.indicator,
        value=None,
        bound=UNSTATED,
        unit="",
        place=place,
        date=said,
        status=statement.status,
        cause=statement.cause,
        attributed_to=SPEAKER,
        publisher="Ministry of Energy of Ukraine",
        published=said,
        url=url,
        quote=statement.words,
        position=position,
        verification=speakers.verification(statement.indicator, role),
        source="energy_ministry",
        source_key=f"{said} {place}, {statement.indicator}, {statement.status}",
    )
