"""The words of an attack: its name, its paragraph, what it did place by place, who said so when."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import pandas as pd

from impact.model import vocabulary
from impact.model.indicators import INDICATORS, OUTAGES, TOLLS
from impact.model.language import N_, Words
from impact.model.places import PLACES, UKRAINE
from impact.model.rows import Row, records
from impact.queries.nights import Harm, Night, Struck, Told
from impact.rules import shares
from impact.wording import captions, card_captions, markup
from impact.wording.markup import Cell, Html, Link

# Who said it: so many are named in a short text.
MOST_SOURCES = 4
# Of a sentence the speakers of so many places are named, those with the largest numbers.
MOST_SPOKEN = 2


def title(day: date, words: Words) -> str:
    """ "Night of 23–24 January 2026": a night is dated by its morning."""
    return words._("Night of {days}", days=words.days(day - timedelta(days=1), day))


def paragraphs(night: Night, words: Words, link: Link) -> list[Html]:
    """What is known of an attack, a sentence each; each number leads to its evidence."""
    told: list[Html] = []
    if night.launches:
        told.append(
            markup.prose(
                words._("Russia launched {weapons}."),
                weapons=_launched(night.launches, words, link),
            )
        )
    told += [
        _sentence(indicator, night, words, link)
        for indicator in (*TOLLS, *OUTAGES)
        if _spoken_of(indicator, night)
    ]
    if night.doubted:
        told.append(_doubted(night, words, link))
    spoken = words._(
        "{speakers}, {outlets}, {oblasts}.",
        speakers=words.plural("{count} speaker", "{count} speakers", night.speakers),
        outlets=words.plural("{count} outlet", "{count} outlets", night.outlets),
        oblasts=words.plural(
            "reports on {count} oblast", "reports on {count} oblasts", night.oblasts
        ),
    )
    return [*told, markup.small(spoken)]


def _doubted(night: Night, words: Words, link: Link) -> Html:
    """What is in doubt and who said it, beside what is counted: "Kyiv – 320,000 buildings lost
    heating (upday, no speaker named)"."""
    said = []
    for row in night.doubted:
        number = link(_harmed(row, words), row["claim"])
        speaker = markup.plain(f"({captions.said_by(row, words)})")
        place = PLACES[row["place"]].name(words.language)
        said.append(_named(place, markup.joined(" ", [number, speaker])))
    return markup.labelled(words._("In doubt and not counted"), markup.joined("; ", said))


def _harmed(row: Row, words: Words) -> str:
    """ "320,000 buildings lost heating"; of people "killed: 36 people"."""
    amount, what = vocabulary.amount(row, words), captions.what(row, words)
    return f"{what}: {amount}" if row["indicator"] in TOLLS else f"{amount} {what}"


def in_short(row: Row, words: Words) -> str:
    """An attack of a list in a few words: "375 drones, 21 missiles, killed 1, injured 31 …"."""
    told: list[str] = []
    for name, unit in (("drones", "drones"), ("missiles", "missiles")):
        if not pd.isna(row[name]):
            told.append(words.plural(*vocabulary.UNITS[unit], row[name]))
    for name in ("killed", "injured"):
        if not pd.isna(row[name]):
            title = INDICATORS[name].says("", words.language)
            told.append(f"{title}: {_bounded(row, name, 'people', words, unit_said=False)}")
    for name, indicator in (("power", "power_outage"), ("heating", "heating_loss")):
        if not pd.isna(row[name]):
            status = INDICATORS[indicator].says(row[f"{name}_status"], words.language)
            told.append(f"{_bounded(row, name, row[f'{name}_unit'], words)} {status}")
    return ", ".join(told)


def sources(figures: pd.DataFrame, words: Words) -> str:
    """Who said the numbers of an attack, the first of them by name: "Air Force of Ukraine; Liberty
    Times Net, no speaker named; and 2 more"."""
    named = list(dict.fromkeys(captions.said_by(row, words) for row in records(figures)))
    told = named[:MOST_SOURCES]
    if rest := len(named) - len(told):
        told.append(words.plural("and {count} more", "and {count} more", rest))
    return "; ".join(told)


def _bounded(row: Row, name: str, unit: str, words: Words, *, unit_said: bool = True) -> str:
    total = {"value": row[name], "bound": row[f"{name}_bound"], "unit": unit}
    return vocabulary.amount(total, words, unit=unit_said)


def _launched(launches: Sequence[Told], words: Words, link: Link) -> Html:
    """ "375 drones and 21 missiles (Air Force of Ukraine)": whoever said all is named once."""
    weapons = [_number(each, words, link) for each in launches]
    if len({_speaker(each, words) for each in launches}) == 1:
        return _by(_and(weapons, words), launches[0], words)
    named = [_by(*each, words) for each in zip(weapons, launches, strict=True)]
    return _and(named, words)


def _by(text: Html, told: Told, words: Words) -> Html:
    """A number and, in brackets, who said it."""
    return markup.joined(" ", [text, markup.plain(f"({_speaker(told, words)})")])


def _speaker(told: Told, words: Words) -> str:
    """Who said a number; of a sum, of how many claims it is one."""
    if told.figures > 1:
        return card_captions.sum_of(told.figures, words)
    return captions.said_by(told.said, words)


def _spoken_of(indicator: str, night: Night) -> bool:
    return any(place.of(indicator) for place in night.places) or any(
        each.total["indicator"] == indicator for each in night.country
    )


def _sentence(indicator: str, night: Night, words: Words, link: Link) -> Html:
    """ "Killed: Kyiv 1 person; Ukraine as a whole, as said: 1 person."

    Of a place the larger of what was lost and what was still without, in each unit the largest. Who
    said the largest numbers stands with them: a sentence is quoted without its links.
    """
    said = []
    struck = [(place, harms[0]) for place in night.places if (harms := place.of(indicator))]
    struck.sort(key=lambda each: -each[1].size)
    for turn, (place, harm) in enumerate(struck):
        number = _most(harm, words, link, spoken=turn < MOST_SPOKEN)
        said.append(_named(place.place.name(words.language), number))
    country = [each for each in night.country if each.total["indicator"] == indicator]
    if country:
        whole = words._("{place} as a whole, as said", place=UKRAINE.name(words.language))
        numbers = (_by(_number(each, words, link, indicator), each, words) for each in country)
        said.append(_named(whole, markup.joined("; ", numbers)))
    title = INDICATORS[indicator].title[words.language]
    return markup.labelled(title, markup.joined("; ", said))


def _named(name: str, number: Html) -> Html:
    """A name and its number, on one line."""
    return markup.joined("\u00a0– ", [markup.plain(name), number])


def _most(harm: Harm, words: Words, link: Link, *, spoken: bool) -> Html:
    """The larger of what was lost and who was still without, and who was without at last; where
    `spoken` is set with who said so, who said both once."""
    known = [each for each in (harm.told, harm.still) if each]
    told = [max(known, key=lambda each: each.size)] if known else []
    numbers = [_number(each, words, link, harm.indicator) for each in told]
    if harm.last:
        told.append(harm.last)
        numbers.append(_later(harm.last, words, link, harm.indicator))
    if spoken:
        speakers = [_speaker(each, words) for each in told]
        numbers = [
            number if speakers[turn] in speakers[:turn] else _by(number, told[turn], words)
            for turn, number in enumerate(numbers)
        ]
    return markup.joined(", ", numbers)


def _number(told: Told, words: Words, link: Link, indicator: str = "") -> Html:
    """A number in words as a way to its evidence, with the status where a supply is named."""
    text = vocabulary.amount(told.total, words)
    if indicator and told.total["status"]:
        text = f"{text} {INDICATORS[indicator].says(told.total['status'], words.language)}"
    return link(text, told.claim)


def _later(told: Told, words: Words, link: Link, indicator: str) -> Html:
    """ "on 30 January 378 buildings without heating"."""
    return markup.prose(
        words._("on {day} {number}"),
        day=markup.plain(words.day_of_month(told.total["day"])),
        number=_number(told, words, link, indicator),
    )


def _and(texts: Sequence[Html], words: Words) -> Html:
    if len(texts) < 2:
        return markup.joined("", texts)
    several = markup.joined(", ", texts[:-1])
    return markup.prose(words._("{several} and {last}"), several=several, last=texts[-1])


def columns(night: Night) -> list[tuple[str, str]]:
    """The columns of the table of places: indicator and status, those alone that anybody tells."""
    wanted = [(toll, "") for toll in TOLLS]
    wanted += [(supply, status) for supply in OUTAGES for status in ("lost", "without")]
    return [
        (indicator, status)
        for indicator, status in wanted
        if any(_numbers(place, indicator, status) for place in night.places)
    ]


def _numbers(place: Struck, indicator: str, status: str) -> list[tuple[Told, ...]]:
    """The numbers of a cell: of each unit those that a status has, the largest unit first."""
    found = []
    for harm in place.of(indicator):
        parts = (harm.still, harm.last) if status == "without" else (harm.told,)
        if several := tuple(each for each in parts if each):
            found.append(several)
    return found


def table(night: Night, words: Words, link: Link) -> Html:
    """Place by place: what was told of each. Bars compare the places of one column."""
    shown = columns(night)
    head = [words._("Place"), *(_head(*each, words) for each in shown), words._("Sources")]
    widest = {each: _widest(night.places, *each) for each in shown}
    rows = [
        [
            Cell((markup.plain(place.place.name(words.language)),)),
            *(_cell(place, *each, widest[each], words, link) for each in shown),
            Cell((markup.plain(words.number(place.sources)),)),
        ]
        for place in night.places
    ]
    return markup.table("harm", head, rows)


def _head(indicator: str, status: str, words: Words) -> str:
    title = INDICATORS[indicator].title[words.language]
    if not status:
        return title
    return f"{title}: {words._(_STATUS[status])}"


_STATUS = {"lost": N_("newly lost"), "without": N_("still without")}


def _widest(places: Iterable[Struck], indicator: str, status: str) -> float:
    return max(
        (several[0].size for place in places for several in _numbers(place, indicator, status)[:1]),
        default=0,
    )


def _cell(
    place: Struck, indicator: str, status: str, widest: float, words: Words, link: Link
) -> Cell:
    """The largest number of a cell with a bar, then its later count and other units."""
    found = _numbers(place, indicator, status)
    if not found:
        return Cell((markup.nothing(words._("no report")),))
    lines = [
        markup.joined(", ", [_dated(each, place, words, link) for each in several])
        for several in found
    ]
    fill = "outlined" if status == "without" else "hatched" if indicator == "injured" else "solid"
    share = found[0][0].size / widest if widest else 0
    return Cell(tuple(lines), share, f"{INDICATORS[indicator].tone} {fill}")


def _dated(told: Told, place: Struck, words: Words, link: Link) -> Html:
    """A number, with its day where that is a later one."""
    number = link(vocabulary.amount(told.total, words), told.claim)
    first = min(each.total["day"] for each in _all(place))
    if told.total["day"] == first:
        return number
    day = markup.small(f"({words.short_day(told.total['day'])})")
    return markup.joined(" ", [number, day])


def _all(place: Struck) -> list[Told]:
    return [told for harm in place.harms for told in (harm.told, harm.still, harm.last) if told]


Rows = list[list[Cell]]
# Over a table of recovery; the second where a share would be above all (impact/rules/shares.py).
FOLLOWS = N_(
    "How much of what was cut off was still cut off so many days after, as counted. "
    "An open day was not counted."
)
NOT_OF_ALL = N_(
    "Where more were still cut off than had been counted as lost, the first count was not of all: "
    "numbers stand without a share."
)
# Days that an attack is followed (recovery.sql).
FOLLOWED = 7


def recovery(rows: pd.DataFrame, words: Words) -> Html:
    """How much was still cut off so many days after: a row a place, a column a day. What nobody
    counted stays open."""
    return _days_after(rows, "area", words._("Place"), words)


def recoveries(rows: pd.DataFrame, words: Words) -> Html:
    """The same of one place: a row an attack, over one another."""
    return _days_after(rows, "day", words._("Night to"), words)


def _days_after(rows: pd.DataFrame, by: str, name: str, words: Words) -> Html:
    """A row for each loss of a place, or of a day, under the column's name."""
    head = [name, words._("Cut off"), *(words.number(day) for day in range(FOLLOWED + 1))]
    told = []
    for _, own in rows.groupby([by, "indicator", "unit"], sort=False):
        several = records(own)
        day, area = several[0]["day"], several[0]["area"]
        called = words.day(day) if by == "day" else PLACES[area].name(words.language)
        told.append(_followed(called, several, words))
    return markup.table("harm", head, told)


def _followed(name: str, rows: Sequence[Row], words: Words) -> list[Cell]:
    first, counted = rows[0], {row["after"]: row for row in rows}
    lost = {"value": first["lost"], "bound": first["lost_bound"], "unit": first["unit"]}
    title = INDICATORS[first["indicator"]].title[words.language]
    of_all = shares.fit(row["share"] for row in rows)
    return [
        Cell((markup.plain(name),)),
        Cell((markup.plain(vocabulary.amount(lost, words)), markup.small(title))),
        *(
            _still(counted[day], of_all, words) if day in counted else Cell((markup.nothing("–"),))
            for day in range(FOLLOWED + 1)
        ),
    ]


def _still(row: Row, of_all: bool, words: Words) -> Cell:
    """How many were still cut off, and which share of all that were."""
    number = vocabulary.amount(row, words, unit=False)
    if not of_all:
        return Cell((markup.plain(number),))
    lines = (markup.plain(words.percent(row["share"])), markup.small(number))
    return Cell(lines, row["share"], f"{INDICATORS[row['indicator']].tone} outlined")


def how_followed(rows: pd.DataFrame, words: Words) -> str:
    """What such a table shows, and why numbers in it stand without a share."""
    told = [FOLLOWS] if shares.fit(rows["share"]) else [FOLLOWS, NOT_OF_ALL]
    return " ".join(words._(each) for each in told)


def hours(rows: pd.DataFrame, words: Words, link: Link) -> tuple[Rows, Rows]:
    """Rows of a table of statements: those whose hour is told, in its order, and the others, as
    they were published. What several pages print of one body is one statement."""
    timed: Rows = []
    untimed: Rows = []
    seen = set()
    for row in records(rows):
        said = (row["place"], row["indicator"], row["unit"], row["status"], row["people"],
                row["part"], row["value"], row["bound"], row["body"] or row["outlet"])  # fmt: skip
        if said in seen:
            continue
        seen.add(said)
        (timed if row["timed"] else untimed).append(_statement(row, words, link))
    return timed, untimed


def hours_head(words: Words) -> list[str]:
    """The columns of `hours`."""
    return [words._("Time"), words._("Place"), words._("What"), words._("Said by")]


def _statement(row: Row, words: Words, link: Link) -> list[Cell]:
    told = [
        link(vocabulary.amount(row, words), row["claim"]),
        markup.plain(captions.what(row, words)),
        *([markup.small(words._("in doubt"))] if row["doubted"] else []),
    ]
    return [
        Cell((markup.plain(_hour(row, words)),)),
        Cell((markup.plain(PLACES[row["place"]].name(words.language)),)),
        Cell((markup.joined(" ", told),)),
        Cell((markup.plain(captions.via(row, words)),)),
    ]


def _hour(row: Row, words: Words) -> str:
    if "T" in row["as_of"]:
        return f"{row['begins']:%H:%M}"
    return words.moment(row["moment"]) if row["timed"] else "–"
