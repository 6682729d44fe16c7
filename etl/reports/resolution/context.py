"""What the sentences read so far leave for the next sentence of the report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from etl.reports.mentions.day import Day
from etl.reports.mentions.gazetteer import KYIV, KYIV_OBLAST, UKRAINE, centre, oblast_called
from etl.reports.mentions.place_mention import CENTRE, FORMER, LATTER, THERE
from etl.reports.mentions.places import CITIES, CITY, FOREIGN, REGION, VAGUE, VILLAGE, Mention
from impact.model.places import PLACES, UnknownPlace, find, own_oblast, smallest_around
from impact.model.speakers import identify

if TYPE_CHECKING:
    from etl.reports.mentions.triggers import Trigger
    from etl.reports.resolution.claims import NumberClaim, ParsedSentence
    from etl.reports.resolution.of_keys import Key

AIR_FORCE = "Air Force"  # the speaker that counts weapons
_SEVERAL = 3  # oblasts through which a list about the country goes
_FAR = 2  # sentences over which a place is carried without a doubt
# An attack longer ago than this is only recalled; the report is not about it.
_SAME_STORY = timedelta(days=4)
# A report came out at most so long after the day that its heading names.
_MOST_LATE = timedelta(days=31)


@dataclass(slots=True)
class Context:
    """Places, days and words that later sentences refer back to."""

    published: date | None = None
    self_dated: bool = False  # whether only a line of the text says when it was published
    place: str = ""  # P-code of the current place
    spot: str = ""  # the place named last, in brackets too
    both: tuple[str, ...] = ()  # the two places that were named together last
    left: str = ""  # the place at which the line before ended
    topic: str = ""  # the place the report or section is about: the first it names
    topic_block: int = 0
    about: str = ""  # the place the whole report is about: its first topic
    of_country: bool = False  # whether the weather of the country was told last
    ahead: str = ""  # ISO day after the publication that the text named last
    spread: bool = False  # whether the first places were named together, in several oblasts
    sections: set[str] = field(default_factory=set)  # the places of which lines are headings
    tabled: set[str] = field(default_factory=set)  # the places of a table in the text
    block: int = -1  # the line being read
    listing: bool = False  # whether that line is an item of a list
    linking: bool = False  # whether that line is among the headlines of other stories
    above_list: str = ""  # the place that was current when the list began
    heads: set[str] = field(default_factory=set)  # the places that head the lines just above
    listed: set[str] = field(default_factory=set)  # oblasts of the places that the list tells of
    begun: bool = False  # whether a sentence of that line was read before
    summing: bool = False  # whether that line begins with a word for a sum
    read: int = 0  # sentences read so far
    placed: int = 0  # how many had been read when the current place was named
    crossed: bool = False  # whether an unknown place or another subject was told of since
    city: str = ""
    oblast: str = ""
    foreign: bool = False
    areas: bool = False  # whether the places that head the lines are oblasts or districts
    by_oblast: bool = False  # whether a heading says that what follows is told by oblast
    national: bool = False  # whether the heading names a body that speaks of the whole country
    of_state: bool = False  # whether the heading names a body of the state and no place
    state_heard: bool = False  # whether a body of the state has said anything
    heard: bool = False  # whether a body that speaks of the whole country has said anything
    month: str = ""  # ISO month named last
    month_of_line: tuple[int, str] = (-1, "")  # the line that named one last, and the month
    begun_on: str = ""  # ISO day since which was counted, until another day is told
    closing: str = ""  # ISO day or month that the report's heading names
    total: bool = False  # whether the heading says that the report sums up a longer time
    told: dict[str, set[str]] = field(default_factory=dict)  # indicator -> places counted last
    cut_off: dict[str, set[str]] = field(default_factory=dict)  # outage -> where, in the whole text
    harmed: set[str] = field(default_factory=set)  # the tolls of the sentence that told of any last
    lumping: bool = False  # whether the word for all who were hurt counts the dead, too
    event: str = ""  # ISO day of the latest attack told of
    struck: bool = False  # whether the text says of that day that it is the attack's
    section_day: str = ""  # ISO day that the heading of the section names
    headed_day: str = ""  # ISO day that the heading of the report names
    counting_day: str = ""  # the same, if the report came out so long after it that it counts then
    heads_of_days: frozenset[int] = frozenset()  # the lines that are only a day and begin a section
    event_here: str = ""  # ISO day of the attack told of last in the line that is being read
    evacuating: bool = False  # whether the section is about evacuation: who left was evacuated
    evacuated_line: int = -1  # the line that told of an evacuation last
    air_force: bool = False  # whether the report is the Air Force's
    damaged: bool = False  # whether damage was told of
    counted_here: str = ""  # ISO day of which the count in the line is
    list_days: tuple[str, str] = ("", "")  # these two of the line that leads on to a list
    service: str = ""
    unit: str = ""
    supplied: str = ""  # the unit in which customers without or with a supply were counted last
    supplied_of: dict[str, str] = field(default_factory=dict)  # outage -> its unit, counted last
    headed: str = ""  # the unit that the heading, or the line that leads on to a list, names
    cause: str = ""
    speaker: str = ""
    named: set[str] = field(default_factory=set)  # every place that was the current one so far
    triggers: list["Trigger"] = field(default_factory=list)  # of the sentence before
    intro: list["Trigger"] = field(default_factory=list)  # of a line that ends with a colon
    last: list["NumberClaim"] = field(default_factory=list)  # of the last sentence that has any
    unplaced: list["NumberClaim"] = field(default_factory=list)  # of the sentence before
    key: "Key | None" = None  # the toll of the line above, of which lines below may be parts
    weigh: "Callable[[ParsedSentence], None] | None" = None  # looks at each sentence that is read

    def enter(self, block: int, item: bool = False) -> None:
        """Begins a new line, which may be an item of a list.

        What the line does not place itself is about the report's own place, unless the line before
        had moved on to another region. In a report of a month or longer an item of a list about all
        of Ukraine is about that, and not about the place of the item before.
        """
        if block == self.block:
            return
        if item and not self.listing:
            self.above_list = self.place
        if self.listing and not item:
            self._leave_list()
        self.listing = item
        if item and self.total and self.above_list == UKRAINE:
            self.place = UKRAINE
        self.block, self.begun, self.left = block, False, self.place
        self.summing = False
        self.event_here, self.counted_here = self.list_days
        self.event_here = self.event_here or self.section_day
        if self.national:
            self.place = self.topic or UKRAINE
            return
        if self.topic and self.place and self.topic != self.place:
            last, topic = PLACES[self.place], PLACES[self.topic]
            if own_oblast(last) == own_oblast(topic) or self.topic == UKRAINE:
                named = self.placed, self.crossed
                self.remember(self.topic)
                self.placed, self.crossed = named

    def look_ahead(self, told: Iterable[Day]) -> None:
        """Notes the last of some days that lies after the publication."""
        published = self.published.isoformat() if self.published else ""
        ahead = [day.stated for day in told if len(day.stated) == len(published) > 0]
        self.ahead = next((day for day in reversed(ahead) if day > published), self.ahead)

    def _leave_list(self) -> None:
        """What stands below a list that went through several oblasts is about the country, if no
        place was told above the list."""
        if len(self.listed) >= _SEVERAL and self.above_list in ("", UKRAINE):
            self.place = self.topic = UKRAINE
        self.listed = set()

    def remember(self, pcode: str) -> None:
        """Makes a place the current one, to which later words refer."""
        place = PLACES[pcode]
        self.named.add(pcode)
        if not self.topic and pcode != UKRAINE:
            self.topic, self.topic_block, self.about = pcode, self.block, self.about or pcode
        self.place, self.spot, self.foreign = pcode, pcode, False
        self.placed, self.crossed = self.read, False
        if place.level == "city":
            self.city, self.oblast = pcode, place.oblast
        elif place.level == "oblast":
            self.oblast = pcode
            if self.city and own_oblast(PLACES[self.city]) != pcode:
                self.city = ""

    @property
    def far(self) -> bool:
        """Whether the current place was named so far above that what follows may be another's:
        over an unknown place or another subject, or over several sentences."""
        only = len(self.named - {UKRAINE}) < 2 or self.place in self.sections
        return self.crossed or (self.read - self.placed > _FAR and not only)

    def leave_sections(self) -> None:
        """Ends the sections about single places: what follows is about all of them."""
        self.topic = self.place = smallest_around(self.sections)

    def resolve(self, mention: Mention) -> str:
        """The P-code that a mention means; FOREIGN or VAGUE; VILLAGE if it may lie in several
        oblasts or nobody knows the name; empty if nothing was named before."""
        heads = mention.head and not mention.cities and (mention.start or not self.begun)
        if mention.pcode and self.areas and heads:
            return own_oblast(PLACES[mention.pcode]) or mention.pcode
        if mention.pcode and self.by_oblast and mention.head:
            return oblast_called(mention.pcode)
        if mention.bank:
            return self._of_bank(mention)
        if mention.cities:
            return self._of_district(mention.cities) or mention.pcode
        if mention.pcode:
            return self._village(mention) or mention.pcode
        if mention.pointer in (FOREIGN, VAGUE):
            return mention.pointer
        if mention.pointer == THERE:
            return self.spot or self.place
        if mention.oblasts:
            return self._oblast_of(mention.oblasts) or mention.pointer
        if self.foreign:
            return FOREIGN
        if mention.pointer == VILLAGE:
            return VILLAGE
        if mention.pointer == CITY:
            return self.city or centre(self.oblast)
        if mention.pointer in (FORMER, LATTER):
            return self.both[mention.pointer == LATTER] if self.both else ""
        if mention.pointer == CENTRE:
            return centre(self._region()) or self.city
        if mention.pointer == CITIES:
            return smallest_around(self.named)
        if mention.pointer == REGION:
            return self._region()
        return ""

    def _oblast_of(self, oblasts: tuple[str, ...]) -> str:
        """Which of the oblasts that have an area of one name is meant: the current one, else the
        only one that the report has named. Empty if none is."""
        here = KYIV_OBLAST if self.oblast == KYIV else self.oblast
        named = {own_oblast(PLACES[code]) for code in self.named} & {*oblasts}
        return here if here in oblasts else named.pop() if len(named) == 1 else ""

    def _of_district(self, cities: tuple[str, ...]) -> str:
        """Which of the cities that have a district of one name the text is about; else empty."""
        near = (self.city, self.topic, self.about, centre(self.oblast))
        return next((each for each in near if each in cities), "")

    def _of_bank(self, mention: Mention) -> str:
        """What a bank of the river means: in the city on both banks that the report is about, else
        in the place that it is at, if the report is not of Kyiv."""
        around = own_oblast(PLACES[self.topic]) if self.topic else ""
        near = (self.topic, self.about, centre(around))
        city = next((each for each in near if each in mention.cities), "")
        return city or (mention.pcode if around in ("", KYIV, KYIV_OBLAST) else self.place)

    def _village(self, mention: Mention) -> str:
        """The oblast that a report is about, if it has a village of a small city's name and the
        city lies elsewhere. In a report that tells of other oblasts, too, the city is meant."""
        city, topic = PLACES[mention.pcode], PLACES.get(self.topic)
        here = own_oblast(topic) if topic else ""
        if not here or here not in mention.oblasts:
            return ""
        large = centre(city.oblast) == city.pcode and not self.sections
        near = own_oblast(city) in (here, self.oblast)
        return "" if near or large or self._goes_around(here) else here

    def _goes_around(self, here: str) -> bool:
        """Whether the report has told of places outside of an oblast, too, and of none in a section
        or list of its own."""
        parted = self.sections or self.listing
        return not parted and any(own_oblast(PLACES[c]) not in (here, "") for c in self.named)

    def _region(self) -> str:
        """What "the region" means: the oblast named last, or the one around the city."""
        if self.oblast and self.oblast != KYIV:
            return self.oblast
        return own_oblast(PLACES[self.city]) if self.city else ""

    def is_recent(self, stated: str) -> bool:
        """Whether an ISO day is so near the publication that it belongs to the same story."""
        if self.published is None or len(stated) != 10:
            return False
        return timedelta(0) <= self.published - date.fromisoformat(stated) <= _SAME_STORY

    def may_be_about(self, stated: str) -> bool:
        """Whether a report that came out when this one did may be about an ISO day."""
        if self.published is None or len(stated) != 10:
            return False
        return timedelta(0) <= self.published - date.fromisoformat(stated) <= _MOST_LATE

    def take_headed(self, stated: str, of_event: bool = False) -> None:
        """Takes the ISO day that the report's heading names for the day that it is about.

        of_event  whether it is the day of what happened, and not that of the counting
        """
        if self.may_be_about(stated):
            self.headed_day = stated
            self.event = max(self.event, stated)
            self.counting_day = "" if self.is_recent(stated) or of_event else stated

    @property
    def attack(self) -> str:
        """ISO day of the attack that the text tells of: the line's own, else the latest."""
        return self.event_here or self.event

    @property
    def reference(self) -> date | None:
        """A day by which those without a year are told, if the publication's is not known."""
        return date.fromisoformat(self.event) if self.event else None

    def event_day(self) -> str:
        """The attack's day if its line tells it or if it is near the publication, else the
        publication's own."""
        if self.event_here or self.published is None or self.is_recent(self.attack):
            return self.attack
        if self.attack and self.attack == self.headed_day:
            return self.attack
        return self.published.isoformat()


# Roles (data/speakers.csv) of bodies that speak of the whole country.
_NATIONAL = ("un", "recorder")


@cache
def is_national(attributed_to: str) -> bool:
    """Whether a body that an attribution names speaks of the whole country, as the UN does."""
    return identify(attributed_to, UKRAINE).role in _NATIONAL


_STATE_COMPANIES = ("ukrenergo", "naftogaz")  # operators of the whole country's networks
_OF_STATE = ("ministry", "president", "air_force", "rescue_service")


@cache
def is_of_state(attributed_to: str) -> bool:
    """Whether an attribution names a body of the state, such as a ministry."""
    speaker = identify(attributed_to, UKRAINE)
    return speaker.role in _OF_STATE or speaker.body in _STATE_COMPANIES


# What the ids of local bodies in data/speakers.csv end with: "kharkiv_oblast_administration".
_OBLAST_BODY = "_oblast_administration"
_GRID = "oblenergo"  # ends the ids of the operators of an oblast's grid
_CITY_BODIES = ("_city_administration", "_mayor", "_defence_council")


@cache
def office_of(attributed_to: str) -> str:
    """The P-code of the place whose mayor, governor or grid an attribution names; else empty."""
    body = identify(attributed_to, UKRAINE).body
    if body.endswith(_GRID):
        return _oblast_called(body.removesuffix(_GRID))
    ending = next((each for each in (_OBLAST_BODY, *_CITY_BODIES) if body.endswith(each)), "")
    if not ending:
        return ""
    try:
        place = find(body.removesuffix(ending).replace("_", " "))
    except UnknownPlace:
        return ""
    return own_oblast(place) if ending == _OBLAST_BODY else place.pcode


def _oblast_called(name: str) -> str:
    """The P-code of the oblast whose centre has a name; empty if there is none."""
    try:
        return own_oblast(find(name))
    except UnknownPlace:
        return ""
