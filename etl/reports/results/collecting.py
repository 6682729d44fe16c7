"""Collecting: the claims of a whole report as figures, numbers to be placed and those left out."""

from etl.reports.mentions.places import UKRAINE
from etl.reports.model.document import Document, Span
from etl.reports.model.left_out import LACKS
from etl.reports.model.reading import LeftOut, Read, Reading, Unplaced
from etl.reports.resolution.claims import NumberClaim
from etl.reports.resolution.context import Context, own_oblast
from etl.reports.results.deduplication import without_repeats
from etl.reports.results.quotes import number_alone, quote, trail
from etl.reports.text.cleaned import Cleaned
from impact.model.figure import Figure, InvalidFigure
from impact.model.places import PLACES

# A box of key figures may name its place only so many lines below them.
_BOX = 4


def collect(
    made: list[NumberClaim],
    language: str,
    cleaned: Cleaned,
    context: Context,
    document: Document | None,
) -> Reading:
    """Every claim as what it is: a figure, to be placed by a person, or left out."""
    _place_the_rest(made, context)
    # Tables are blanked in the text that is read: the document's own characters are quoted.
    given = document.text if document else cleaned.given
    left_out = [claim for claim in made if claim.out]
    unplaced = [claim for claim in made if claim.lacks and not claim.out]
    told = [claim for claim in made if not claim.lacks and not claim.out]
    once = without_repeats(told)
    left_out += [claim for claim in told if claim.out]
    reading = Reading(
        language,
        unplaced=[_unplaced(claim, quote(claim, cleaned), given) for claim in unplaced],
        left_out=[LeftOut(*number_alone(claim, cleaned), claim.out) for claim in left_out],
    )
    for claim in once:
        span = quote(claim, cleaned)
        try:
            figure = _figure(claim, span, given, context, document)
        except InvalidFigure as error:
            claim.lack(error.field if error.field in LACKS else "record")
            reading.unplaced.append(_unplaced(claim, span, given))
        else:
            reading.figures.append(Read(figure, trail(claim, cleaned)))
    return reading


def _place_the_rest(made: list[NumberClaim], context: Context) -> None:
    """Gives claims without a place the only one the report names ("Чернігів, 24 січня" below)."""
    place = _only_place(context)
    for claim in made:
        if claim.lacks != ("place",) or claim.out:
            continue
        sentence = claim.scan.sentence
        soon = sentence.heading and context.topic_block - sentence.block <= _BOX
        if found := place or (context.topic if soon else ""):
            claim.place, claim.lacks = found, ()


def _only_place(context: Context) -> str:
    """The one place a report names, or the oblast that all its places lie in, if named too."""
    named = context.named - {UKRAINE}
    oblasts = {own_oblast(PLACES[pcode]) for pcode in named}
    if len(named) == 1:
        return min(named)
    return min(oblasts) if len(oblasts) == 1 and oblasts <= named else ""


def _unplaced(claim: NumberClaim, span: Span, given: str) -> Unplaced:
    start, end = span
    return Unplaced(start, end, given[start:end], claim.lacks)


def _figure(
    claim: NumberClaim, span: Span, given: str, context: Context, document: Document | None
) -> Figure:
    number, (start, end) = claim.number, span
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
        quote=given[start:end],
        start=start,
        end=end,
        position=document.position(start) if document else "",
        language=claim.scan.language.name,
        recalled=claim.recalled,
        source="report",
    )
