"""The claims of a whole report as figures, as numbers for a person to place, or as left out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from etl.reports.mentions.places import UKRAINE, mentions, names_an_unknown
from etl.reports.model.document import Document, Span
from etl.reports.model.left_out import LACKS
from etl.reports.model.reading import LeftOut, Read, Reading, Unplaced
from etl.reports.resolution.claims import WEAPONS, NumberClaim
from etl.reports.resolution.context import Context
from etl.reports.resolution.unit_of import TOLLS
from etl.reports.results import torn
from etl.reports.results.deduplication import without_repeats
from etl.reports.results.quotes import number_alone, quote, trail
from etl.reports.text.cleaned import Cleaned
from etl.reports.weighing.guesses import Guess, additions
from impact.model.figure import Figure, InvalidFigure
from impact.model.places import PLACES, own_oblast, smallest_around

# A box of key figures may name its place below them, at most so many lines away.
_WHOLE_DAY = 10  # letters of an ISO day
_BOX = 4
_SEVERAL = 3  # oblasts of which a list is about the country
_TOP = 1  # the last line that may sum up what follows


def collect(
    made: list[NumberClaim],
    language: str,
    cleaned: Cleaned,
    context: Context,
    document: Document | None,
    guesses: Sequence[Guess] = (),
) -> Reading:
    """Every claim as a figure, as a number for a person to place, or as left out.

    guesses  claims that only words tell; they stand behind what the grammar found
    """
    _place_the_rest(made, context)
    lost = torn.leave_out(made, cleaned)
    torn.leave_out([guess.claim for guess in guesses], cleaned)
    guesses = [guess for guess in guesses if not guess.claim.out]
    # Tables are blanked in the text that is read, so quotes are taken from the document itself.
    given = document.text if document else cleaned.given
    left_out = [claim for claim in made if claim.out]
    unplaced = [claim for claim in made if claim.lacks and not claim.out]
    told = [claim for claim in made if not claim.lacks and not claim.out]
    added = additions(guesses, told)
    once = without_repeats(told, by_day=bool(context.heads_of_days))
    left_out += [claim for claim in told if claim.out]
    settled = {id(guess.claim.number) for guess in added}
    left_out = [claim for claim in left_out if id(claim.number) not in settled]
    unplaced = [claim for claim in unplaced if id(claim.number) not in settled]
    reading = Reading(
        language,
        unplaced=[_unplaced(claim, quote(claim, cleaned), given) for claim in unplaced],
        left_out=_left_out(left_out, lost, cleaned),
    )
    why = {id(guess.claim): guess.weighed.why for guess in added}
    for claim in [*once, *(guess.claim for guess in added)]:
        span = quote(claim, cleaned)
        try:
            figure = _figure(claim, span, given, context, document)
        except InvalidFigure as error:
            claim.lack(error.field if error.field in LACKS else "record")
            reading.unplaced.append(_unplaced(claim, span, given))
        else:
            reason = why.get(id(claim), ())
            reading.figures.append(Read(figure, trail(claim, cleaned), reason, claim.carried))
    return reading


def _left_out(claims: list[NumberClaim], lost: list[Span], cleaned: Cleaned) -> list[LeftOut]:
    """What is left out, with the reason; a number that was lost stands for its parts."""
    alone = [LeftOut(*number_alone(claim, cleaned), claim.out) for claim in claims]
    parts = [each for each in alone if any(s < each.end and each.start < e for s, e in lost)]
    return [
        *(each for each in alone if each not in parts),
        *(LeftOut(*span, "torn") for span in lost),
    ]


def _place_the_rest(made: list[NumberClaim], context: Context) -> None:
    """Gives claims without a place the only place that the report names ("Чернігів, 24 січня"
    below)."""
    place = _only_place(context)
    parts = _parts_of(made)
    everywhere = not context.crossed and not context.named - {UKRAINE} and _launched_at_all(made)
    listing: bool | None = None
    for claim in made:
        if claim.lacks != ("place",) or claim.out or names_an_unknown(claim.scan):
            continue
        of_state = context.of_state and _names_several(context)
        of_state = of_state or everywhere or _speaks_of_all(context)
        summed = len(claim.date) < _WHOLE_DAY or claim.period == "cumulative"
        total = claim.indicator in TOLLS and summed and not context.crossed
        of_state = of_state or (total and not context.named - {UKRAINE})
        if of_state or _sums_up(claim, parts[claim.indicator, claim.people]):
            claim.place, claim.lacks = UKRAINE, ()
            continue
        sentence = claim.scan.sentence
        at_top = sentence.block <= (_BOX if sentence.heading else _TOP)
        if at_top and (whole := _tabled(context)):
            claim.place, claim.lacks = whole, ()
            continue
        soon = sentence.heading and context.topic_block - sentence.block <= _BOX
        if soon and not place and listing is None:
            listing = _lists_oblasts(made, context)
        if soon and not place and (listing or context.spread):
            claim.place, claim.lacks = UKRAINE, ()
            continue
        if found := place or (_told_below(context) if soon else ""):
            claim.place, claim.lacks, claim.carried = found, (), not place


def _tabled(context: Context) -> str:
    """The place that holds all rows of a table by oblast, which the lines at the top sum up; empty
    without one."""
    oblasts = {own_oblast(PLACES[pcode]) for pcode in context.tabled - {UKRAINE}} - {""}
    return smallest_around(oblasts) if len(oblasts) >= _SEVERAL else ""


def _told_below(context: Context) -> str:
    """The place that a title without one is about: the report's topic, or all of its sections."""
    several = len(context.sections) > 1
    return smallest_around(context.sections) if several else context.topic


def _launched_at_all(made: list[NumberClaim]) -> bool:
    """Whether weapons were launched at the whole country: what a text without places tells beside
    them is the country's, too."""
    return any(c.place == UKRAINE and c.unit in WEAPONS and not c.out for c in made)


def _speaks_of_all(context: Context) -> bool:
    """Whether a body of the state speaks in a report that names no place and no other subject."""
    return context.state_heard and not context.crossed and not context.named - {UKRAINE}


@dataclass(slots=True)
class _Parts:
    """What a text counts of one indicator and group by place: in which oblasts, and the largest
    number of each unit."""

    oblasts: set[str] = field(default_factory=set)
    largest: dict[str, float] = field(default_factory=dict)


def _parts_of(made: list[NumberClaim]) -> Mapping[tuple[str, str], _Parts]:
    """Indicator and group -> what the text counts of it by place."""
    found: dict[tuple[str, str], _Parts] = defaultdict(_Parts)
    for each in made:
        if each.place in PLACES and each.place != UKRAINE and not each.out:
            parts = found[each.indicator, each.people]
            parts.oblasts.add(own_oblast(PLACES[each.place]))
            largest = parts.largest.get(each.unit, each.number.value)
            parts.largest[each.unit] = max(largest, each.number.value)
    return found


def _sums_up(claim: NumberClaim, parts: _Parts) -> bool:
    """Whether a number at the top is the sum of those that the text gives for several oblasts: it
    is more than each."""
    below = parts.largest.get(claim.unit)
    more = below is None or below < claim.number.value
    return claim.scan.sentence.block <= _TOP and len(parts.oblasts) > 1 and more


def _names_several(context: Context) -> bool:
    """Whether a report of a body of the state names several oblasts."""
    return len({own_oblast(PLACES[pcode]) for pcode in context.named - {UKRAINE}}) > 1


def _lists_oblasts(made: list[NumberClaim], context: Context) -> bool:
    """Whether below a box of key figures each line is headed by a place, in several oblasts."""
    heads = [each for claim in made for each in mentions(claim.scan) if each.head]
    areas = {own_oblast(PLACES[each.pcode]) for each in heads if each.pcode in PLACES}
    return len(areas - {""}) >= _SEVERAL and _names_several(context)


def _only_place(context: Context) -> str:
    """The only place that a report names, or a named oblast in which all its places lie."""
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
