"""What a sentence says of each of its numbers (NumberClaim), and all that was found in it.

A claim becomes a figure, a number to be placed by a person, or a number left out with a reason.
"""

from copy import copy
from dataclasses import dataclass, field
from functools import cached_property

from etl.reports.mentions.day import AS_OF
from etl.reports.mentions.days import days, later, of_that_day
from etl.reports.mentions.distance import Distances
from etl.reports.mentions.numbers import Number, numbers
from etl.reports.mentions.places import mentions
from etl.reports.mentions.shared import is_dealt
from etl.reports.mentions.triggers import LAUNCH, Trigger, hard_marks, triggers
from etl.reports.resolution.context import Context
from etl.reports.text.function_words import is_little
from etl.reports.text.sentence import Scan

# Numbers that describe or name a thing. Numbers on both sides of one still belong together.
NAMING = ("age", "storey", "ordinal", "name")

# Groups that may stand before the numbers of a sentence.
_HEADED_GROUPS = ("children", "women", "men")

WEAPONS = ("drones", "missiles")

# At these parts of the day it is seen how things stand; at night they happen.
_OBSERVED = ("morning", "midday", "afternoon", "evening")

_QUESTION = 2  # tokens at the end of a sentence of which one is its question mark
_OPENS_QUESTION = 3  # tokens at its beginning of which one asks

_ARMS = 9  # tokens of a line of a list of arms
_HEAD = 6  # tokens in which the colon of "Odesa oblast: of the 900,000 …" stands

# What may be said between two numbers of one list: why, and by whom it is told.
_BETWEEN = ("cause", "speech", "speakers")

Tokens = tuple[int, int]


@dataclass(slots=True)
class NumberClaim:
    """One number with what the sentence says of it.

    out      why it is no figure: a key of left_out.REASONS; empty if it may be one
    lacks    what a figure needs and the text does not give: keys of left_out.LACKS
    trail    field -> the tokens of `scan` that gave it
    heading  whether the report's own title says it
    recalled  whether the report only recalls it from an earlier report
    carried  whether its place was told so far before it that it may be another's
    """

    scan: Scan
    number: Number
    indicator: str = ""
    status: str = ""
    unit: str = ""
    people: str = "all"
    place: str = ""
    date: str = ""
    as_of: str = ""
    moment: str = ""
    cause: str = ""
    period: str = "day"
    speaker: str = ""
    out: str = ""
    lacks: tuple[str, ...] = ()
    trail: dict[str, Tokens] = field(default_factory=dict)
    trigger: Trigger | None = None
    heading: bool = False
    recalled: bool = False
    carried: bool = False

    @property
    def still_out(self) -> bool:
        """Whether it counts supplies as they stand on a day, whenever they failed."""
        return self.status in ("without", "restored")

    def lack(self, name: str) -> None:
        """Notes that a field could not be found. Each field is noted once."""
        if name not in self.lacks:
            self.lacks = (*self.lacks, name)


class ParsedSentence:
    """One sentence with the days, places, numbers and triggers found in it and its claims so far.

    marks  tokens at which a clause ends for good, such as ";" and "while"
    """

    def __init__(self, scan: Scan, context: Context):
        self.scan, self.context = scan, context
        # Days come first, so that their tokens are not taken for numbers.
        scan.reference = context.reference
        told = days(scan, context.published)
        told = [of_that_day(day, context.begun_on) for day in told]
        self.days = [later(day, context.attack, context.published) for day in told]
        self.places = mentions(scan)
        self.numbers = numbers(scan)
        # As their own words say them: the grammar gives some a noun from elsewhere.
        self.stated = [copy(number) for number in self.numbers] if context.weigh else []
        self.marks = hard_marks(scan)
        self.distances = Distances(scan, self.numbers, self.marks)
        as_of = any(d.role == AS_OF or d.clock or d.moment in _OBSERVED for d in self.days)
        self.triggers = triggers(scan, context.service, as_of)
        self.asks = "?" in scan.words and self._asks()  # whether it tells nothing
        self.made: list[NumberClaim] = []
        self.dealt: dict[int, str] | None = None  # number -> its place of a list, once it is asked
        self._joins: dict[str, list[str]] = scan.language.settings["joins"]

    @property
    def item(self) -> bool:
        """Whether it is an item of a list: by its bullet, by the place that heads it, or because it
        is a thing with its number or nothing but a person."""
        headed = bool(self.places) and self.places[0].head and self.places[0].start <= 1
        only = self.labelled or self.of_persons or self.of_arms
        return self.scan.sentence.bullet or headed or only

    @cached_property
    def of_persons(self) -> bool:
        """Whether nothing stands here but persons and their ages: "чоловік, 54 роки; жінка, 61"."""
        first, *_ = *self.numbers, None
        if first is None or first.start or not (first.implied and first.unit == "people"):
            return False
        ages = any(each.outside == "age" or each.described for each in self.numbers)
        told = {i for each in self.numbers for i in range(each.start, end_of(each))}
        told |= {i for i in range(len(self.scan.tokens)) if self.joins("before_age", i)}
        return ages and all(i in told or self.scan.mark(i) for i in range(len(self.scan.tokens)))

    @cached_property
    def of_arms(self) -> bool:
        """Whether a line of a list, below words for what was used, is only a kind of weapon and
        its number: "22 drones of the type Geran-2;"."""
        scan = self.scan
        launched = any(t.indicator == LAUNCH and t.used for t in self.context.intro)
        if not launched or self.triggers or len(scan.tokens) > _ARMS:
            return False
        arms = any(unit.value in WEAPONS for unit in scan.of("units"))
        return arms or any(match.value == "weapons" for match in scan.of("stops"))

    @property
    def labelled(self) -> bool:
        """Whether a line is only a thing and its number: "заклади освіти — 3", "Schools: 3"."""
        tokens = self.scan.tokens
        if not self.scan.sentence.heading or len(self.numbers) != 1:
            return False
        number = self.numbers[0]
        marked = number.start > 1 and tokens[number.start - 1].text in "-:"
        return marked and end_of(number) == len(tokens) and not self.triggers

    def joins(self, meaning: str, i: int) -> bool:
        """Whether the word at a token has this meaning in the language's joins."""
        return self.scan.low(i) in self._joins[meaning]

    def links(self, *values: str) -> bool:
        """Whether linking words with one of these values stand anywhere in the sentence."""
        return any(link.value in values for link in self.scan.of("links"))

    def in_list(self, i: int) -> bool:
        """Whether a token may stand between two numbers of one list: a mark, a place, an age …"""
        scan = self.scan
        return bool(
            scan.tokens[i].text in ",;-:"
            or scan.link("and", i)
            or scan.link("increment", i)
            or scan.link("passive", i)
            or self.joins("in_list", i)
            or i in scan.taken
            or scan.at("where", i, "near")
            or scan.at("where", i, "settlement")
            or is_little(scan, i, "place_own")
            or any(place.start <= i < place.end for place in self.places)
            or any(n.start <= i < end_of(n) for n in self.numbers if n.outside == "age")
            or any(m.start <= i < m.end for kind in _BETWEEN for m in scan.of(kind))
        )

    def parted(self, start: int, end: int) -> bool:
        """Whether a clause ends for good between two tokens, these included."""
        return any(start <= mark <= end for mark in self.marks)

    def shares(self, start: int, end: int) -> bool:
        """Whether words for some of what was told stand behind a comma between two tokens: "2,500
        houses, most of which had lost heat on 20 January"."""
        return any(
            match.value == "share"
            and start < match.start < end
            and self.scan.before(match.start, ",")
            for match in self.scan.of("unquantified")
        )

    def numbers_between(self, start: int, end: int) -> int:
        """How many numbers that count something stand between two tokens."""
        return sum(
            start <= number.start
            and number.end <= end
            and number.outside not in NAMING
            and not number.implied
            for number in self.numbers
        )

    def claim_before(self, number: Number) -> NumberClaim | None:
        """The claim of the last number before this one."""
        return next((c for c in reversed(self.made) if c.number.end <= number.start), None)

    def joins_strike(self, start: int, stop: int) -> bool:
        """Whether "and" joins another strike on between two tokens, and no number stands there."""
        joined = next((i for i in range(start, stop) if self.scan.link("and", i)), None)
        if joined is None or self.numbers_between(start, stop):
            return False
        strikes = (match for match in self.scan.of("cause") if match.value == "strike")
        return any(joined < match.start < stop for match in strikes)

    def said_of_part(self, i: int, start: int = 0) -> bool:
        """Whether a token stands in what is said of a part of a number behind a comma: "11 wounded,
        one of whom died | on Saturday".

        start  where the part begins at the earliest
        """
        return bool(self.scan.links("subset")) and any(
            start <= part.start < i
            and self.scan.before(part.start, ",")
            and self.scan.link("subset", end_of(part))
            and not any(self.scan.low(k) in (",", ";") for k in range(part.start, i))
            for part in self.numbers
        )

    def spoken(self, i: int) -> bool:
        """Whether a verb of speech stands just before a token ("said on Monday")."""
        return bool(self.scan.at("speech", i - 2) or self.scan.at("speech", i - 1))

    def _asks(self) -> bool:
        """Whether the sentence asks whether something is true, and tells nothing: "Were 12 people
        killed?". What asks why or how tells the rest."""
        ends = [token.text for token in self.scan.tokens[-_QUESTION:]]
        if "?" not in ends or "!" in ends:
            return False  # "5,000 homes without power?!" is told
        words = range(len(self.scan.tokens))
        more = next((i for i in words if is_little(self.scan, i, "asks_more")), len(words))
        opening = range(min(more, _OPENS_QUESTION))
        return more == len(words) or any(is_little(self.scan, i, "asks") for i in opening)

    @cached_property
    def deals_out(self) -> bool:
        """Whether the members of one list are dealt out to those of another: "respectively"."""
        return is_dealt(self.scan)

    @cached_property
    def relative_clauses(self) -> list[range]:
        """The clauses between commas that only say more of a noun: ", whose homes lost power,"."""
        found = []
        for i in self.scan.links("relative"):
            led = is_little(self.scan, i - 1, "place_in")  # ", in which six people died,"
            if not (i and self.scan.low(i - 1 - led) == ","):
                continue
            closing = (
                k for k in range(i, len(self.scan.tokens)) if self.scan.tokens[k].text in ",;"
            )
            if end := next(closing, 0):
                found.append(range(i, end))
        return found

    @cached_property
    def leading_group(self) -> str:
        """The children of "Children: 21 were injured", "Дітей загинуло 19", "Among children 5 died
        and 7 were hurt": all its people are."""
        begin = is_little(self.scan, 0, "among")
        group = self.scan.at("groups", int(begin))
        if group is None or self.scan.at("singular", int(begin)):
            return ""
        if group.value not in _HEADED_GROUPS and not begin:
            return ""
        counted = any(n.start < group.end <= n.noun_end for n in self.numbers)
        return "" if counted else group.value

    @cached_property
    def leading_whole(self) -> Number | None:
        """The 5,635 of "Of the 5,635 buildings that lost heating, 4,000 are still cold"."""
        counted = [number for number in self.numbers if not number.outside]
        if len(counted) < 2 or counted[0].start > _HEAD + 3:
            return None
        head = next((i + 1 for i in range(_HEAD) if self.scan.low(i) == ":"), 0)
        if counted[0].start > head + 3:
            return None
        first = counted[0]
        led = [
            i
            for i in (head, head + 1, first.start - 1)
            if i < first.start and self.scan.link("out_of", i)
        ]
        led = [i for i in led if i < head + 2 or self.scan.mark(i - 1)]  # "Харків: із 820 будинків"
        return first if led else None


def end_of(number: Number) -> int:
    """The token after a number and the noun it counts."""
    return max(number.noun_end, number.end)
