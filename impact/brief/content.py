"""What a brief says, gathered from a snapshot: nothing here is words yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd

from impact import queries, views
from impact.brief import changes, showing
from impact.brief.changes import Change
from impact.model import periods
from impact.model.indicators import IMPACTS, OUTAGES, TOLLS
from impact.model.language import SOURCE_LANGUAGE, Words
from impact.model.language import words as words_of
from impact.model.places import Place, inside
from impact.model.rows import Row, records
from impact.queries import conflicts, known, summary
from impact.queries.conflicts import DEVELOPMENT, Conflict
from impact.queries.summary import Card
from impact.rules.headline import DEFAULT_RULE
from impact.store.reader import Reader
from impact.views import Picture

Period = tuple[date, date]
# Days that a brief may be about.
LENGTHS = ("day", "week")
# In the order in which a reader asks; what is left of the impacts stands behind them.
_FIRST = (
    *("killed", "injured", "power_outage", "heating_loss", "water_outage", "gas_outage"),
    *("temperature", "drones_launched", "missiles_launched"),
)
REPORTED = (*_FIRST, *(name for name in IMPACTS if name not in _FIRST))

# The worst day of a winter is that of the first of these that somebody counted.
_WORST_BY = (*OUTAGES, *TOLLS)


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure that leads in the area and period.

    card      the number, as the Overview has it
    total     its number
    rows      the figures that it is made of
    restored  what was said to be back on the number's day
    """

    card: Card
    total: Row
    rows: pd.DataFrame
    restored: pd.DataFrame


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Figures that one doubt keeps from leading.

    rows    the pages that print it, one figure each
    doubts  rule and detail (JSON) of everything held against them
    """

    rows: Sequence[Row]
    doubts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Brief:
    """What is published of an area in a period.

    known_at   when the snapshot was made (UTC); None of an empty store
    headlines  the leading figures, in the order in which readers ask
    missing    indicators nobody reported on in the period, with the last card that had a number
    changes    against the period of the same length before
    conflicts  where sources disagree or a figure is in doubt, the gravest first
    doubts     of figures in them: figure_id, rule, detail
    held_back  figures in doubt that stand in no conflict
    winter     the worst of the heating season that the period lies in, beside its last number;
               None in summer, and where nobody gave a number
    pictures   three charts and the map, or as many as there are figures for
    licences   title and licence of every document that stands behind any of it
    """

    area: Place
    first: date
    last: date
    language: str
    known_at: datetime | None
    headlines: Sequence[Headline]
    missing: Sequence[Card]
    changes: Sequence[Change]
    conflicts: Sequence[Conflict]
    doubts: pd.DataFrame
    held_back: Sequence[HeldBack]
    winter: Card | None
    pictures: Sequence[Picture]
    licences: Sequence[tuple[str, str]]

    @property
    def words(self) -> Words:
        """The words of its language."""
        return words_of(self.language)

    @property
    def length(self) -> str:
        """ "day" or "week"."""
        return "day" if self.first == self.last else "week"


def period(day: date, length: str) -> Period:
    """The day itself, or its week from Monday to Sunday."""
    if length == "day":
        return day, day
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def before(period: Period) -> Period:
    """The period of the same length that ends the day before."""
    first, last = period
    days = (last - first).days + 1
    return first - timedelta(days=days), first - timedelta(days=1)


def latest(reader: Reader, area: Place) -> date | None:
    """The last day on which anybody reported on the area; None where nobody ever did."""
    found = queries.latest_days(reader, IMPACTS, _here(area))
    return found[1] if found else None


def opening(reader: Reader, area: Place) -> date | None:
    """The day that a brief of an area opens on: the worst of the latest winter with a report, else
    the last day with one; None where nobody ever reported."""
    last = latest(reader, area)
    if last is None or not periods.winter_code(last):
        return last
    peaks = known.peaks(reader, _WORST_BY, [area.pcode], periods.winter_of((last, last)))
    days = dict(zip(peaks["indicator"], peaks["day"].dt.date, strict=True))
    return next((days[each] for each in _WORST_BY if each in days), last)


def gather(reader: Reader, area: Place, period: Period, language: str = SOURCE_LANGUAGE) -> Brief:
    """The brief of an area and period from whatever the reader knows."""
    cards = summary.cards(reader, [(each, area) for each in REPORTED], period)
    disputed = [
        each
        for each in conflicts.conflicts(reader, *period, places=_here(area))
        if each.kinds != (DEVELOPMENT,)
    ]
    in_conflict = {figure_id for each in disputed for figure_id in each.figures["figure_id"]}
    held_back, doubts = _held_back(reader, area, period, in_conflict)
    pictures = [views.draw(view, reader) for view in showing.chosen(reader, area, period, language)]
    headlines = [
        Headline(card, card.total, card.behind.read(reader), _restored(reader, card))
        for card in cards
        if card.total
    ]
    return Brief(
        area=area,
        first=period[0],
        last=period[1],
        language=language,
        known_at=queries.extent(reader).built_at,
        headlines=headlines,
        missing=[card for card in cards if not card.total],
        changes=changes.since(reader, area, cards, before(period), period),
        conflicts=disputed,
        doubts=doubts,
        held_back=held_back,
        winter=_winter(reader, area, period),
        pictures=pictures,
        licences=_licences(reader, headlines, pictures),
    )


def _winter(reader: Reader, area: Place, period: Period) -> Card | None:
    """The card of the first supply, else toll, that somebody counted in the period's winter."""
    if not periods.winter_code(period[1]):
        return None
    cards = summary.cards(reader, [(each, area) for each in _WORST_BY], periods.winter_of(period))
    return next((card for card in cards if card.worst), None)


def _here(area: Place) -> list[str]:
    return [area.pcode, *(each.pcode for each in inside(area))]


def _restored(reader: Reader, card: Card) -> pd.DataFrame:
    """Of a level, what was back on the card's day at its place."""
    if card.day is None:
        return pd.DataFrame()
    rows = queries.leads(
        reader, [card.indicator], card.day, card.day, places=[card.place.pcode], rule=DEFAULT_RULE
    )
    return rows[rows["status"] == "restored"]


def _held_back(
    reader: Reader, area: Place, period: Period, elsewhere: set[str]
) -> tuple[list[HeldBack], pd.DataFrame]:
    """Figures in doubt outside conflicts, and the doubts of those within them too."""
    rows = queries.in_doubt(reader, IMPACTS, *period)
    rows = rows[rows["place"].isin(_here(area))]
    doubts = queries.doubts(reader, [*rows["figure_id"], *elsewhere])
    doubts = doubts[~doubts["answered"].astype(bool)]
    own = {
        figure_id: tuple(zip(some["rule"], some["detail"], strict=True))
        for figure_id, some in doubts.groupby("figure_id")
    }
    grouped: dict[tuple, list[Row]] = {}
    for row in records(rows[~rows["figure_id"].isin(elsewhere)]):
        key = (row["claim"], row["value"], row["bound"], own.get(row["figure_id"], ()))
        grouped.setdefault(key, []).append(row)
    return [HeldBack(some, key[-1]) for key, some in grouped.items()], doubts


def _licences(
    reader: Reader, headlines: Sequence[Headline], pictures: Sequence[Picture]
) -> list[tuple[str, str]]:
    """Of the documents behind figures and pictures."""
    claims = {claim for each in headlines for claim in each.rows["claim"]}
    frames = [queries.of_claims(reader, claims), *(picture.rows for picture in pictures)]
    named = {
        pair
        for frame in frames
        for pair in zip(frame["document"].fillna(""), frame["licence"].fillna(""), strict=True)
    }
    return sorted(pair for pair in named if any(pair))
