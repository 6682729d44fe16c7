"""A brief in words: each entry a few lines, each line with the sources it stands on."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pandas as pd

from impact.brief import changes
from impact.brief.changes import Change, Corrected, Course, New, Silent
from impact.brief.content import Brief, Headline, HeldBack, before
from impact.model import links, periods, vocabulary
from impact.model.indicators import INDICATORS
from impact.model.language import N_, Words
from impact.model.places import PLACES
from impact.model.rows import Row, record, records
from impact.queries import corrections
from impact.queries.conflicts import Conflict, Statement
from impact.queries.summary import Card
from impact.rules import plausibility
from impact.wording import captions, card_captions, conflict_captions, glossary

# Characters of a text that others wrote: what is longer is cut, and shows that it is.
LONGEST = 150
# Of the claims of a sum, the statements of a conflict and the pages of a doubt, so many are told.
MOST_PARTS, MOST_STATEMENTS, MOST_ALSO = 2, 4, 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text with the numbers of its sources; `quote` if it is a source's own sentence."""

    text: str
    sources: Sequence[int] = ()
    quote: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading with lines under it; of a figure also its number, with bound and unit apart."""

    heading: str
    lines: Sequence[Line] = ()
    bound: str = ""
    number: str = ""
    unit: str = ""


@dataclass(slots=True)
class Sources:
    """The pages that a brief names, numbered as they first come up."""

    words: Words
    pages: dict[tuple[str, str, str], int] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)

    def cite(self, rows: Iterable[Row]) -> tuple[int, ...]:
        """The numbers of the pages behind figures, each once."""
        return tuple(dict.fromkeys(self._number(row) for row in rows))

    def _number(self, row: Row) -> int:
        page = (row["publisher"], row["published"], row["url"])
        if page not in self.pages:
            self.pages[page] = len(self.pages) + 1
            self.lines.append((self._told(row), links.web(row["url"])))
        return self.pages[page]

    def _told(self, row: Row) -> str:
        """Outlet, day and site: what finds the page on paper too."""
        printed = captions.printed_by(row, self.words) if row["outlet"] else row["publisher"]
        day = self.words.stated(row["published"]) if row["published"] else ""
        site = urlsplit(row["url"]).netloc.removeprefix("www.") if links.web(row["url"]) else ""
        return ", ".join(cut(each) for each in (printed, day, site) if each)


def cut(text: str) -> str:
    """A text of others on one line, at most so long."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1].rstrip()}…"


# The winter around the period


def winter(brief: Brief, sources: Sources) -> list[Line]:
    """The worst day of the winter and the last number, which a brief of any other day tells too."""
    card, words = brief.winter, brief.words
    if card is None or card.worst is None:
        return []
    worst = words._(
        "{indicator}, worst day of {period}: {number}.",
        indicator=INDICATORS[card.indicator].title[brief.language],
        period=words.period(*periods.winter_of((brief.first, brief.last))),
        number=card_captions.counted(card.worst, words, card.indicator),
    )
    lines = [Line(worst, sources.cite(card.worst.rows))]
    if card.latest:
        lines.append(Line(f"{card_captions.latest(card, words)}.", sources.cite(card.latest.rows)))
    return lines


# Headline figures


def figure(headline: Headline, brief: Brief, sources: Sources) -> Entry:
    """A headline figure: number, whose and as of when, how sure, rivals, its sentence."""
    words, card, total = brief.words, headline.card, headline.total
    alone = len(headline.rows) == 1
    row = record(headline.rows)
    counted = vocabulary.unit_alone(total, words)
    if row["status"]:
        counted = f"{counted} {INDICATORS[card.indicator].says(row['status'], words.language)}"
        if alone and row["also_told"]:
            counted = f"{counted}, {captions.also_told(row, words)}"
    return Entry(
        heading=_heading(card, brief),
        bound=vocabulary.bound_alone(total, words),
        number=vocabulary.amount({**total, "bound": "exact"}, words, unit=False),
        unit=counted,
        lines=[
            *(_alone(row, words, sources) if alone else _sum(headline.rows, words, sources)),
            *_beside(headline, words, sources, MOST_ALSO if alone else 1),
            *_held(card, words, sources),
        ],
    )


def _heading(card: Card, brief: Brief) -> str:
    """The indicator, and the place where it is not the brief's own."""
    title = INDICATORS[card.indicator].title[brief.language]
    if card.place == brief.area:
        return title
    return f"{title} · {card.place.name(brief.language)}"


def _alone(row: Row, words: Words, sources: Sources) -> list[Line]:
    sure = [vocabulary.standing(row, words), captions.rivals(row, words)]
    lines = [
        Line(f"{captions.when(row, words)} · {cut(captions.via(row, words))}", sources.cite([row])),
        Line(" · ".join(each for each in sure if each)),
    ]
    return [*lines, Line(cut(row["quote"]), quote=True)] if row["quote"] else lines


def _sum(rows: pd.DataFrame, words: Words, sources: Sources) -> list[Line]:
    """A sum: how many claims, which are the largest, and the pages of them all."""
    rows = rows.sort_values(["value", "figure_id"], ascending=[False, True])
    first, last = rows["day"].min().date(), rows["day"].max().date()
    count = words.plural("sum of {count} claim", "sum of {count} claims", len(rows))
    lines = [Line(f"{words.days(first, last)} · {count} · {vocabulary.statuses(rows, words)}")]
    parts = records(rows)
    for row in parts[:MOST_PARTS]:
        place = PLACES[row["place"]].name(words.language)
        told = (
            f"{place}, {words.short_day(row['day'])}: {vocabulary.amount(row, words, unit=False)}"
        )
        lines.append(Line(f"{told} · {cut(captions.via(row, words))}", sources.cite([row])))
    if rest := parts[MOST_PARTS:]:
        more = words.plural("and {count} more", "and {count} more", len(rest))
        lines.append(Line(more, sources.cite(rest)))
    return lines


def _beside(headline: Headline, words: Words, sources: Sources, most: int) -> list[Line]:
    """The latest number, then what was said in other units and statuses, then what is back."""
    card = headline.card
    told = [
        (card_captions.worst(card, words), card.worst),
        (card_captions.latest(card, words), card.latest),
        *zip(card_captions.also(card, words, most), card.also[:most], strict=False),
    ]
    lines = [Line(text, sources.cite(each.rows)) for text, each in told if text and each]
    if rest := card.also[most:]:
        more = words.plural("and {count} more", "and {count} more", len(rest))
        lines.append(Line(more, sources.cite(row for each in rest for row in each.rows)))
    return [*lines, *_restored(headline.restored, words, sources)]


def _restored(rows: pd.DataFrame, words: Words, sources: Sources) -> list[Line]:
    """What was said to be back on that day."""
    return [
        Line(
            words._(
                "Also {what}: {amount} ({source})",
                what=captions.what(row, words),
                amount=vocabulary.amount(row, words),
                source=cut(captions.via(row, words)),
            ),
            sources.cite([row]),
        )
        for row in records(rows)[:MOST_ALSO]
    ]


def _held(card: Card, words: Words, sources: Sources) -> list[Line]:
    """What the number leaves out: it may be another day's told again."""
    told = captions.not_added(card.held, card.place, words)
    return [Line(told, sources.cite(records(card.held)))] if told else []


def in_brief(headline: Headline, brief: Brief, sources: Sources) -> Line:
    """A figure that finds no room of its own, on one line."""
    card = headline.card
    told = f"{_heading(card, brief)}: {vocabulary.amount(headline.total, brief.words)}"
    return Line(told, sources.cite(records(headline.rows)))


def missing(brief: Brief) -> str:
    """What nobody reported on."""
    words = brief.words
    names = [INDICATORS[card.indicator].title[brief.language] for card in brief.missing]
    if not names:
        return ""
    told = words._("No report in this period: {names}.", names=", ".join(names))
    return " ".join((told, words._("No report is not zero.")))


def last_known(brief: Brief, sources: Sources) -> list[Line]:
    """Of a period without any figure, the last numbers before it."""
    words = brief.words
    return [
        Line(
            words._(
                "{what}: last report {number}",
                what=INDICATORS[card.indicator].title[brief.language],
                number=cut(card_captions.before(card, words)),
            ),
            sources.cite(card.before.rows),
        )
        for card in brief.missing
        if card.before
    ]


# What changed


def since(brief: Brief) -> str:
    """ "What changed since the brief of 23 January 2026"."""
    words, earlier = brief.words, before((brief.first, brief.last))
    if brief.length == "day":
        return words._("What changed since {day}", day=words.day(earlier[0]))
    return words._("What changed since the week {days}", days=words.days(*earlier))


COMPARED = N_(
    "Compared is what was reported, in the same unit and status. A higher number may mean more "
    "harm or fuller reports."
)


def change(each: Change, brief: Brief, sources: Sources) -> Entry:
    """One change as a heading (indicator and kind) and a line."""
    words = brief.words
    if isinstance(each, Corrected):
        return _correction(each.row, words)
    card = each.before if isinstance(each, Silent) else each.now
    kind = changes.KINDS[each.kind]
    heading = f"{_heading(card, brief)}: {words._(kind)}"
    return Entry(heading, [_moved(each, words, sources)])


def _moved(each: Course, words: Words, sources: Sources) -> Line:
    if isinstance(each, New):
        now = _counted(each.now, words)
        return Line(words._("{now}; no report in the period before", now=now))
    then = _counted(each.before, words)
    cited = sources.cite([each.source])
    if isinstance(each, Silent):
        return Line(words._("in the period before {then}", then=then), cited)
    return Line(words._("{now}, after {then}", now=_counted(each.now, words), then=then), cited)


def _counted(card: Card, words: Words) -> str:
    """The number, and of a level its day."""
    amount = vocabulary.amount(changes.total(card), words)
    return f"{amount} ({words.short_day(card.day)})" if card.day else amount


def _correction(row: Row, words: Words) -> Entry:
    what = corrections.WHAT[row["what"]]
    indicator, place = INDICATORS[row["indicator"]], PLACES[row["place"]]
    heading = words._(
        "{indicator}, {place}, {day}: {what}",
        indicator=indicator.title[words.language],
        place=place.name(words.language),
        day=words.stated(row["date"]),
        what=words._(what),
    )
    moved = words.number(row["was"])
    if not pd.isna(row["now"]):
        moved = f"{moved} → {words.number(row['now'])}"
    by = cut(f"{row['who']}: {row['reason']}")
    return Entry(heading, [Line(f"{moved} · {words.time(row['decided_at'])} · {by}")])


# Conflicts and doubts


def conflict(each: Conflict, brief: Brief, sources: Sources) -> Entry:
    """A conflict: what leads, what stands beside it, and what is held against figures in doubt."""
    words = brief.words
    told = _different_first(sorted(each.told, key=lambda said: _place_of(said, each)))
    lines = [_statement(said, each, brief, sources) for said in told[:MOST_STATEMENTS]]
    if len(told) > MOST_STATEMENTS:
        rest = told[MOST_STATEMENTS:]
        more = words.plural("and {count} more statement", "and {count} more statements", len(rest))
        lines.append(Line(more, sources.cite(row for said in rest for row in said[0].rows[:1])))
    kinds = conflict_captions.kinds(each, words)
    return Entry(f"{conflict_captions.name(each, words)} · {kinds}", lines)


def _different_first(told: Sequence[Sequence[Statement]]) -> list[Sequence[Statement]]:
    """In their order, but what says the same as an earlier one behind all others."""
    known: set[tuple[object, ...]] = set()
    first: list[Sequence[Statement]] = []
    again: list[Sequence[Statement]] = []
    for said in told:
        key = (said[0].row["status"], *said[0].amount, said[0].doubted)
        (again if key in known else first).append(said)
        known.add(key)
    return [*first, *again]


def _place_of(said: Sequence[Statement], conflict: Conflict) -> int:
    """Leading claim, doubts, the two farthest apart, then all others in their order."""
    if any(each.leads for each in said) and said[0].row["claim"] == conflict.claim:
        return 0
    if said[0].doubted:
        return 1
    return 2 if any(each in conflict.pair for each in said) else 3


def _statement(
    said: Sequence[Statement], conflict: Conflict, brief: Brief, sources: Sources
) -> Line:
    words, row = brief.words, said[0].row
    several = len({each.row["status"] for each in conflict.statements}) > 1
    amount = vocabulary.amount(row, words, unit=False)
    told = several or row["also_told"]
    what = f"{amount} {captions.what(row, words)}" if told else amount
    when = conflict_captions.held(row, words)
    text = f"{what} ({cut(captions.said_by(row, words))}, {when})"
    if _place_of(said, conflict) == 0:
        text = words._("Leads: {claim}", claim=text)
    elif row["doubted"]:
        doubts = brief.doubts[brief.doubts["figure_id"] == row["figure_id"]]
        reasons = _reasons(zip(doubts["rule"], doubts["detail"], strict=True), words)
        text = words._("In doubt: {claim}. {reasons}", claim=text, reasons=reasons)
    return Line(text, sources.cite([row]))


def held_back(each: HeldBack, brief: Brief, sources: Sources) -> Entry:
    """A figure in doubt, under what is held against it."""
    words, row = brief.words, each.rows[0]
    text = words._(
        "{place}, {day}: {amount}, {what} ({source})",
        place=PLACES[row["place"]].name(words.language),
        day=words.short_day(row["day"]),
        amount=vocabulary.amount(row, words),
        what=captions.what(row, words),
        source=cut(captions.said_by(row, words)),
    )
    return Entry(_reasons(each.doubts, words), [Line(text, sources.cite(each.rows))])


def together(entries: Iterable[Entry]) -> list[Entry]:
    """Entries of equal heading as one."""
    found: dict[str, list[Line]] = {}
    for each in entries:
        found.setdefault(each.heading, []).extend(each.lines)
    return [Entry(heading, lines) for heading, lines in found.items()]


def _reasons(doubts: Iterable[tuple[str, str]], words: Words) -> str:
    """Why figures are in doubt; what others said stands beside them already."""
    return " ".join(
        plausibility.sentence(rule, json.loads(detail) | {"rivals": ()}, words)
        for rule, detail in doubts
    )


# What to know


def caveats(brief: Brief) -> list[str]:
    """The limits that matter for what this brief says."""
    words = brief.words
    cards = [each.card for each in brief.headlines]
    shown = pd.concat([each.rows for each in brief.headlines]) if cards else None
    levels = any(INDICATORS[card.indicator].statuses for card in cards)
    mapped = any(picture.view.kind == "map" for picture in brief.pictures)
    wanted = (
        (glossary.COVERAGE, True),
        (glossary.RIVALS, True),
        (glossary.TOTALS, any(len(card.behind) > 1 for card in cards)),
        (glossary.LEVELS, levels),
        (glossary.CAUSES, levels),
        (glossary.NO_SENTENCES, shown is not None and (shown["quote"] == "").any()),
        (glossary.DEGREES, any(card.indicator == "temperature" for card in cards)),
        (glossary.BORDERS, mapped),
    )
    return [words._(text) for text, matters in wanted if matters]
