"""The words of a list of places: the worst day as said, its share, tolls, days reported."""

from collections.abc import Callable, Sequence

from impact.model import vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import told_apart
from impact.queries.comparing import SAID, SHARE, SUPPLIES, TOLLS, Compared, Worst
from impact.wording import markup, shares
from impact.wording.markup import Cell, Html, Link

# What the list may be sorted by.
SORTS = {
    "power": N_("By power"),
    "heating": N_("By heating"),
    "killed": N_("By people killed"),
    "injured": N_("By people injured"),
    "rate": N_("By killed and injured per 100,000 people"),
    "days": N_("By days reported"),
}
LEVELS = {"city": N_("Cities"), "oblast": N_("Oblasts")}
MEASURES = {SAID: N_("As said"), SHARE: N_("As a share")}
# Bars and numbers of the list, by what it compares.
EXPLAINED = {
    SAID: N_(
        "The worst day of each place, as said. Bar: at most this share of the place's own "
        "households, people or apartment blocks, where a baseline is named. Killed and "
        "injured: the days added up, at least."
    ),
    SHARE: N_(
        "The day of the largest share of the place's own households, people or apartment blocks: "
        "lowest and highest by the named baselines. Without a baseline the number stands as said. "
        "Killed and injured: the days added up, at least, per 100,000 people."
    ),
}


def most(rows: Sequence[Compared], words: Words, link: Link, measure: str = SAID) -> list[Html]:
    """Where most were cut off from power, and where from heating: "Power, most on one day: Kyiv,
    at least 1 million customers (20 Jan; without power; 65–89% of households)."."""
    told = []
    for supply, by in zip(SUPPLIES, ("power", "heating"), strict=True):
        known = [each for each in rows if of(each, supply, measure)]
        if not known:
            continue
        first = max(known, key=lambda each: each.order(by, measure))
        worst = of(first, supply, measure)
        if worst is None or (measure == SHARE and not worst.fits):
            continue
        sentence = (
            words._("{what}, largest share on one day: {place}, {number} ({told}).")
            if measure == SHARE
            else words._("{what}, most on one day: {place}, {number} ({told}).")
        )
        told.append(
            markup.prose(
                sentence,
                what=markup.plain(INDICATORS[supply].title[words.language]),
                place=markup.plain(first.place.name(words.language)),
                number=link(_head(worst, measure, words), worst.claim),
                told=markup.plain(_said_of(worst, supply, words, measure)),
            )
        )
    return told


def of(each: Compared, supply: str, measure: str) -> Worst | None:
    """The day that stands for a place in a supply: the worst as said, or that of the largest share;
    where no baseline is named, the worst as said."""
    worst = each.worst.get(supply)
    return each.shared.get(supply, worst) if measure == SHARE else worst


def table(
    rows: Sequence[Compared],
    words: Words,
    link: Link,
    course: Callable[[Compared], Html],
    measure: str = SAID,
) -> Html:
    """A row a place. Bars show the share of the place's own households, people or blocks.

    course  draws the days of a place
    """
    head = [
        words._("Place"),
        *(_worst_day(supply, words, measure) for supply in SUPPLIES),
        *(_toll_column(toll, words, measure) for toll in TOLLS),
        words._("Per 100,000 people"),
        words._("Days reported"),
        words._("Day by day"),
    ]
    names = told_apart([each.place.pcode for each in rows], words.language)
    lines = [
        [
            Cell((markup.plain(names[each.place.pcode]),)),
            *(_supply(each, supply, words, link, measure) for supply in SUPPLIES),
            *(_toll(each, toll, words, link, measure) for toll in TOLLS),
            _rate(each, TOLLS, words),
            Cell((markup.plain(words.number(each.days)),)),
            Cell((course(each),)),
        ]
        for each in rows
    ]
    return markup.table("harm compared", head, lines)


def _worst_day(supply: str, words: Words, measure: str) -> str:
    what = INDICATORS[supply].title[words.language]
    if measure == SHARE:
        return words._("{what}: largest share", what=what)
    return words._("{what}: worst day", what=what)


def _toll_column(toll: str, words: Words, measure: str) -> str:
    what = INDICATORS[toll].title[words.language]
    return words._("{what}, per 100,000", what=what) if measure == SHARE else what


def _nothing(words: Words) -> Cell:
    return Cell((markup.nothing(words._("no report")),))


def _supply(each: Compared, supply: str, words: Words, link: Link, measure: str) -> Cell:
    """The number of the worst day, or the share of the day of the largest; under it the day, the
    other of the two and, with a bar, how large the share is."""
    worst = of(each, supply, measure)
    if worst is None:
        return _nothing(words)
    fill = "solid" if worst.total["status"] == "lost" else "outlined"
    bar = min(1.0, worst.share[1]) if worst.share and worst.fits else 0.0
    lines = (
        link(_head(worst, measure, words), worst.claim),
        markup.small(_said_of(worst, supply, words, measure)),
    )
    return Cell(lines, bar, f"{INDICATORS[supply].tone} {fill}")


def _toll(each: Compared, toll: str, words: Words, link: Link, measure: str) -> Cell:
    """The toll of the period; by shares per 100,000 people, and the number under it."""
    told = each.tolls.get(toll)
    if told is None:
        return _nothing(words)
    rate = each.rate(toll) if measure == SHARE else None
    if rate is None:
        return Cell((link(words.number(told.value), told.claim),))
    as_said = INDICATORS[toll].title[words.language], words.number(told.value)
    return Cell((link(_range(rate, words), told.claim), markup.small(": ".join(as_said))))


def _rate(each: Compared, tolls: Sequence[str], words: Words) -> Cell:
    rate = each.rate(*tolls)
    return Cell((markup.plain(_range(rate, words)),)) if rate else _nothing(words)


def _head(worst: Worst, measure: str, words: Words) -> str:
    """The number as said, or its share."""
    if measure == SHARE and worst.share and worst.fits:
        return shares.told(worst.share, worst.total["unit"], worst.whole, words)
    return vocabulary.amount(worst.total, words)


def _said_of(worst: Worst, supply: str, words: Words, measure: str) -> str:
    """A worst day's date, what happened on it, and of number and share the one that does not stand
    above it."""
    told = [
        words.short_day(worst.total["day"]),
        INDICATORS[supply].says(worst.total["status"], words.language),
    ]
    if measure == SHARE and worst.fits:
        told.append(vocabulary.amount(worst.total, words))
    elif worst.share:
        told.append(shares.told(worst.share, worst.total["unit"], worst.whole, words))
    elif measure == SHARE:
        told.append(words._("no baseline"))
    return "; ".join(told)


def _range(ends: tuple[float, float], words: Words) -> str:
    low, high = (words.number(round(each, 1 if each < 10 else 0)) for each in ends)
    return low if low == high else f"{low}–{high}"
