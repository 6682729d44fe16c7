"""Reader: the text of a report -> the figures it states, each with the words that say it."""

import re
from collections.abc import Iterable
from datetime import date

from etl.reports.cleaned import Cleaned, clean
from etl.reports.context import Context, own_oblast
from etl.reports.days import days
from etl.reports.document import Document
from etl.reports.grammar import Claim, claims
from etl.reports.placing import UKRAINE, mentions
from etl.reports.reading import LeftOut, Read, Reading, Unplaced
from etl.reports.scan import Scan
from etl.reports.tables import read_table
from etl.reports.temperature import temperatures
from etl.reports.tokens import sentences
from etl.reports.words import Language, languages
from impact.figure import Figure, InvalidFigure
from impact.places import PLACES


def read(text: str, published: str = "", document: Document | None = None) -> Reading:
    """Every figure that a text states; numbers that look like one and lack something apart.

    published  ISO day of publication, against which "yesterday" and days without a year are told;
               if empty, the first full date of the text's opening lines is taken
    document   gives publisher, address and pages, if the text came from a file
    Deterministic; raises nothing on any text.
    """
    cleaned = clean(text)
    default = _language(cleaned.text, None)
    reading = Reading(language=default.name)
    context = Context(published=_day(published))
    made: list[Claim] = []
    title_block = True
    for sentence, language in sentences(cleaned.text, lambda block: _language(block, default)):
        scan = Scan(sentence, language)
        context.enter(sentence.block)
        _section(scan, context)
        if _dateline(scan, context):
            for mention in mentions(scan):
                if (pcode := context.resolve(mention)) in PLACES:
                    context.remember(pcode)
            continue
        if _related(scan, context):
            continue
        found = temperatures(scan, context) + claims(scan, context)
        for claim in found:
            claim.trail["heading"] = (int(title_block and sentence.block == 0 and sentence.heading), 0)
        made += found
    _place_the_rest(made, context)
    return _collect(reading, made, cleaned, context, document)


def _place_the_rest(made: list[Claim], context: Context) -> None:
    """Gives claims without a place the only one the report names ("Чернігів, 24 січня" below)."""
    named = {code for code in context.named if code != UKRAINE}
    oblasts = {own_oblast(PLACES[code]) for code in named}
    if len(named) == 1:
        place = next(iter(named))
    elif len(oblasts) == 1 and oblasts <= named:
        place = next(iter(oblasts))
    else:
        place = ""
    for claim in made:
        if not claim.lacks or set(claim.lacks) != {"place"} or claim.out:
            continue
        soon = claim.scan.sentence.heading and context.topic and (
            context.topic_block - claim.scan.sentence.block <= 4
        )
        if place or soon:  # a box of key figures may name its place last
            claim.place, claim.lacks = place or context.topic, ()


def read_document(document: Document, published: str = "") -> Reading:
    """Every figure of a document, in its running text and in its tables.

    published  ISO day, if a person knows it; else the document's own
    """
    published = published or document.published[:10]
    whole = Reading()
    prose = document.text
    for table in document.tables:
        found = read_table(document, table, published)
        if not (found.rows or found.figures or found.unplaced):
            continue  # a table for looks: its cells are running text
        start, end = table.span
        prose = prose[:start] + _blank(prose[start:end]) + prose[end:]
        whole.add(found)
    if document.kind in SHEETS:
        whole.language = whole.language or _language(document.text, None).name
        return whole
    told = read(prose, published, document)
    whole.add(told)
    whole.language = told.language
    return whole


# A file of these kinds is all table: what is no table of figures in it is no sentence either.
SHEETS = ("csv", "xlsx", "xls")


def _blank(text: str) -> str:
    """As many characters that say nothing: offsets behind them stay what they are."""
    return "".join("\n" if character == "\n" else " " for character in text)


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None


def _language(text: str, default: Language | None) -> Language:
    """The language whose commonest words and letters a text has most of."""
    if default is not None and not any(
        other.letters.search(text) for other in languages().values() if other is not default
    ):
        return default
    best, most = default, 0.0
    low = text.lower()[:4000]
    words = re.findall(r"[^\W\d_]+", low)
    for language in languages().values():
        common = sum(word in language.common for word in words)
        score = len(language.letters.findall(low)) + 8 * common
        if score > most:
            best, most = language, score
    return best or next(iter(languages().values()))


def _dateline(scan: Scan, context: Context) -> bool:
    """Whether a line is only a date ("19:42, 15 січня 2026"); dates the report if nothing does."""
    full = [d for d in days(scan, context.published) if len(d.stated) == 10]
    short = len(scan.tokens) <= 14
    if full and short and context.published is None and scan.sentence.block <= 4:
        context.published = _day(full[0].stated)
    rest = [t for i, t in enumerate(scan.tokens) if i not in scan.taken and t.kind == "word"]
    return bool(full) and short and len(rest) <= 4 and not any(
        scan.of(kind)
        for kind in ("toll", "services", "units", "outright", "states", "reconnected", "temperature")
    )


def _section(scan: Scan, context: Context) -> None:
    """A line that is only a place ("Київщина") begins a section about it."""
    if not scan.sentence.heading or len(scan.tokens) > 4:
        return
    found = [m for m in mentions(scan) if m.pcode]
    words = sum(token.kind == "word" for token in scan.tokens)
    if len(found) == 1 and words <= found[0].end - found[0].start:
        context.topic = found[0].pcode
        context.remember(found[0].pcode)


def _related(scan: Scan, context: Context) -> bool:
    """Whether a sentence only points at another story or tells an old one again."""
    return any(match.start <= 1 for match in scan.of("related"))


def _collect(
    reading: Reading,
    made: Iterable[Claim],
    cleaned: Cleaned,
    context: Context,
    document: Document | None,
) -> Reading:
    kept: list[Claim] = []
    for claim in made:
        if claim.out:
            start, end = _chars(claim, cleaned, [(claim.number.start, claim.number.noun_end)])
            reading.left_out.append(LeftOut(start, end, claim.out))
        elif claim.lacks:
            start, end = _quote(claim, cleaned)
            reading.unplaced.append(Unplaced(start, end, cleaned.given[start:end], claim.lacks))
        else:
            kept.append(claim)
    for claim in _without_repeats(kept, reading, cleaned):
        start, end = _quote(claim, cleaned)
        try:
            figure = _figure(claim, cleaned, start, end, context, document)
        except InvalidFigure as error:
            reading.unplaced.append(
                Unplaced(start, end, cleaned.given[start:end], (error.field,))
            )
            continue
        trail = {
            name: _chars(claim, cleaned, [span])
            for name, span in claim.trail.items()
            if name != "heading"
        }
        reading.figures.append(Read(figure, trail))
    return reading


def _figure(claim, cleaned, start, end, context, document) -> Figure:
    number = claim.number
    return Figure(
        indicator=claim.indicator,
        value=number.value,
        value_high=number.high,
        bound=number.bound,
        unit=claim.unit,
        people=claim.people,
        place=claim.place,
        date=claim.date,
        as_of=claim.as_of,
        moment=claim.moment,
        status=claim.status,
        cause=claim.cause or "strike",
        period=claim.period,
        attributed_to=claim.speaker,
        publisher=document.publisher if document else "",
        published=context.published.isoformat() if context.published else "",
        url=document.url if document else "",
        quote=(document.text if document else cleaned.given)[start:end],
        start=start,
        end=end,
        position=document.position(start) if document else "",
        language=claim.scan.language.name,
        source="report",
    )


def _chars(claim: Claim, cleaned: Cleaned, spans) -> tuple[int, int]:
    """Spans of tokens as one span of the given text."""
    tokens = claim.scan.tokens
    first = min(span[0] for span in spans)
    last = max(max(span[1], span[0] + 1) for span in spans)
    return cleaned.span(tokens[first].start, tokens[min(last, len(tokens)) - 1].end)


def _quote(claim: Claim, cleaned: Cleaned) -> tuple[int, int]:
    """The characters that carry a claim: number, noun, trigger and, where near, place."""
    number = claim.number
    spans = [(number.start, max(number.noun_end, number.end))]
    for name in ("indicator", "place", "bound"):
        if name in claim.trail:
            spans.append(claim.trail[name])
    return _chars(claim, cleaned, spans)


_SAME = ("indicator", "unit", "people", "place", "status", "period")


def _without_repeats(kept: list[Claim], reading: Reading, cleaned: Cleaned) -> list[Claim]:
    """Claims said once: a repeat in other words, or rounded in the headline, is set aside."""
    found: list[Claim] = []
    for claim in kept:
        if any(_repeats(claim, other) for other in found):
            _set_aside(claim, reading, cleaned)
        else:
            found.append(claim)
    body = [claim for claim in found if not claim.trail["heading"][0]]
    result = []
    for claim in found:
        if claim.trail["heading"][0] and any(_rounds(claim, other) for other in body):
            _set_aside(claim, reading, cleaned)
        else:
            result.append(claim)
    return result


def _set_aside(claim: Claim, reading: Reading, cleaned: Cleaned) -> None:
    start, end = _chars(claim, cleaned, [(claim.number.start, claim.number.noun_end)])
    reading.left_out.append(LeftOut(start, end, "repeat"))


def _repeats(claim: Claim, other: Claim) -> bool:
    same = all(getattr(claim, name) == getattr(other, name) for name in _SAME)
    return same and claim.number.value == other.number.value and claim.number.high == other.number.high


def _rounds(claim: Claim, other: Claim) -> bool:
    """Whether a headline's number is another's, rounded."""
    if claim.indicator != other.indicator or claim.people != other.people:
        return False
    if claim.status == "restored" != other.status or other.status == "restored" != claim.status:
        return False
    mine, theirs = claim.number.value, other.number.value
    if mine == theirs:
        return True
    return (claim.number.bound != "exact" and abs(mine - theirs) <= 0.25 * theirs) or abs(mine - theirs) <= 0.03 * theirs
