"""The words of a list of places: the worst day as said, its share, tolls, days reported."""

from collections.abc import Callable, Sequence

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.rows import Row
from impact.queries.comparing import SUPPLIES, TOLLS, Compared, Worst
from impact.wording import markup
from impact.wording.markup import Cell, Html, Link

# What the list may be sorted by.
SORTS = {
    "power": N_("power: worst day"),
    "heating": N_("heating: worst day"),
    "killed": N_("people killed"),
    "injured": N_("people injured"),
    "rate": N_("killed and injured per 100,000 people"),
    "days": N_("days reported"),
}
LEVELS = {"city": N_("Cities"), "oblast": N_("Oblasts")}


def most(rows: Sequence[Compared], words: Words, link: Link) -> list[Html]:
    """Where most were cut off from power, and where from heating: "Power, most on one day: Kyiv,
    at least 1 million customers (20 Jan; without power; 65–89% of households)."."""
    told = []
    for supply in SUPPLIES:
        known = [each for each in rows if supply in each.worst]
        if not known:
            continue
        first = max(known, key=lambda each: each.worst[supply].size)
        worst = first.worst[supply]
        told.append(
            markup.prose(
                words._("{what}, most on one day: {place}, {number} ({told})."),
                what=markup.plain(INDICATORS[supply].title[words.language]),
                place=markup.plain(first.place.name(words.language)),
                number=link(vocabulary.amount(worst.total, words), worst.claim),
                told=markup.plain(_said_of(worst, supply, words)),
            )
        )
    return told


def table(
    rows: Sequence[Compared], words: Words, link: Link, course: Callable[[Compared], Html]
) -> Html:
    """A row a place. Bars show the share of the place's own households, people or blocks.

    course  draws the days of a place
    """
    head = [
        words._("Place"),
        *(_worst_day(supply, words) for supply in SUPPLIES),
        *(INDICATORS[toll].title[words.language] for toll in TOLLS),
        words._("Per 100,000 people"),
        words._("Days reported"),
        words._("Day by day"),
    ]
    return markup.table("harm", head, [_row(each, words, link, course) for each in rows])


def _worst_day(supply: str, words: Words) -> str:
    return words._("{what}: worst day", what=INDICATORS[supply].title[words.language])


def _row(
    each: Compared, words: Words, link: Link, course: Callable[[Compared], Html]
) -> list[Cell]:
    nothing = Cell((markup.nothing(words._("no report")),))
    return [
        Cell((markup.plain(each.place.name(words.language)),)),
        *(
            _worst(each.worst[supply], supply, words, link) if supply in each.worst else nothing
            for supply in SUPPLIES
        ),
        *(
            Cell((link(words.number(each.tolls[toll].value), each.tolls[toll].claim),))
            if toll in each.tolls
            else nothing
            for toll in TOLLS
        ),
        Cell((markup.plain(_range(each.rate, words)),)) if each.rate else nothing,
        Cell((markup.plain(words.number(each.days)),)),
        Cell((course(each),)),
    ]


def _worst(worst: Worst, supply: str, words: Words, link: Link) -> Cell:
    """The number as said, its day and, with a bar, its share."""
    lines = (
        link(vocabulary.amount(worst.total, words), worst.claim),
        markup.small(_said_of(worst, supply, words)),
    )
    fill = "solid" if worst.total["status"] == "lost" else "outlined"
    bar = min(1.0, worst.share[1]) if worst.share else 0.0
    return Cell(lines, bar, f"{INDICATORS[supply].tone} {fill}")


def _said_of(worst: Worst, supply: str, words: Words) -> str:
    """A worst day's date, what happened on it, and the share."""
    told = [
        words.short_day(worst.total["day"]),
        INDICATORS[supply].says(worst.total["status"], words.language),
    ]
    if worst.share:
        told.append(share(worst.share, worst.total["unit"], words))
    return "; ".join(told)


def share(ends: tuple[float, float], unit: str, words: Words) -> str:
    """ "22–27 % of households"; above all of them that number and baseline do not fit."""
    low, high = (words.percent(each) for each in ends)
    text = low if low == high else f"{low}–{high}"
    said = words._(_OF.get(unit, _HOUSEHOLDS), share=text)
    if ends[0] <= 1:
        return said
    return words._("{share}: number and baseline do not fit", share=said)


_HOUSEHOLDS = N_("{share} of households")
_OF = {"people": N_("{share} of people"), "buildings": N_("{share} of apartment blocks")}


def _range(ends: tuple[float, float], words: Words) -> str:
    low, high = (words.number(round(each, 1 if each < 10 else 0)) for each in ends)
    return low if low == high else f"{low}–{high}"


def elsewhere(name: str, row: Row, unit: str, words: Words) -> str:
    """ "Kharkiv: 400,000 people (15 Jan); nothing in households"."""
    return words._(
        "{place}: {amount} ({day}); nothing in {unit}.",
        place=name,
        amount=vocabulary.amount(row, words),
        day=words.short_day(row["day"]),
        unit=words._(vocabulary.UNIT_NAMES[unit]),
    )
