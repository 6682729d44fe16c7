"""Grammar: a sentence's numbers, triggers, places and days joined to claims.

It knows no word of any language; languages/*.toml does. A claim is what a figure needs, with the
tokens that gave each part. What is left out on purpose is kept with its reason.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from etl.reports.context import Context, office_of, own_oblast
from etl.reports.days import AS_OF, EVENT, Day, days
from etl.reports.numbers import Number, numbers
from etl.reports.placing import FOREIGN, KYIV, REGION, UKRAINE, VAGUE, Mention, mentions
from etl.reports.scan import Scan
from etl.reports.triggers import LAUNCH, OUT, SERVICES, Trigger, cost, hard_marks, triggers
from impact.indicators import INDICATORS
from impact.places import PLACES

_FAR = 24.0  # a trigger further away than this says nothing about a number
_PAST = timedelta(days=300)
_TOLLS = ("killed", "injured", "missing", "rescued", "evacuated", "displaced")
# A person described without a number counts only right beside the word for the harm.
_BESIDE = 7.0

Tokens = tuple[int, int]


@dataclass(slots=True)
class Claim:
    """One number with what the sentence says of it. `trail` maps fields to tokens of `scan`."""

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
    out: str = ""  # the reason why it is no figure
    lacks: tuple[str, ...] = ()
    trail: dict[str, Tokens] = field(default_factory=dict)
    trigger: Trigger | None = None


def claims(scan: Scan, context: Context) -> list[Claim]:
    """The claims of a sentence in order, those left out included; updates the context."""
    return _Sentence(scan, context).claims()


class _Sentence:
    """What one sentence holds, and how its parts are joined."""

    def __init__(self, scan: Scan, context: Context):
        self.scan, self.context = scan, context
        self.days = days(scan, context.published)
        self.places = mentions(scan)
        self.numbers = numbers(scan)
        self.marks = hard_marks(scan)
        as_of = any(day.role == AS_OF for day in self.days)
        self.triggers = triggers(scan, context.service, as_of)
        self.whole = _whole(scan)
        self.whole_first = self._whole_first()
        self.made: list[Claim] = []

    def claims(self) -> list[Claim]:
        self._set_event()
        for number in self.numbers:
            self.made += self._claim(number)
        self._update()
        return self.made

    # ------------------------------------------------------------------ one number

    def _claim(self, number: Number) -> list[Claim]:
        claim = Claim(self.scan, number, unit=number.unit, people=number.group or "all")
        claim.trail["value"] = number.core
        if number.bound_at != (0, 0):
            claim.trail["bound"] = number.bound_at
        claim.out = number.outside or self.whole or ("earlier" if number.earlier else "")
        if claim.out in ("age", "storey", "ordinal", "name", "length"):
            return []
        self._count(claim)
        if claim.out or not claim.indicator:
            return [claim] if claim.out or claim.lacks else []
        return self._placed(claim)

    def _placed(self, claim: Claim) -> list[Claim]:
        self._where(claim)
        self._when(claim)
        self._who(claim)
        self._why(claim)
        if claim.out:
            return [claim]
        found = [claim]
        if claim.trigger:
            for also in claim.trigger.also:
                found.append(replace(claim, indicator=also, trail=dict(claim.trail)))
        return found

    def _count(self, claim: Claim) -> None:
        """Indicator, status, unit and people of a number, or the reason why it has none."""
        number = claim.number
        if self._is_whole_of(claim) or self._is_subset(claim):
            return
        trigger, far = self._trigger(number)
        if (trigger is None or far > 8) and (listed := self._list_before(number)):
            trigger, far = listed, 0.0
        elif not number.unit and far > 11:
            trigger = None
        if trigger is not None and trigger.indicator != OUT and (reason := self._harm_only(number, far)):
            claim.out = reason
            return
        if number.implied and (trigger is None or far > _BESIDE or trigger.indicator == OUT):
            claim.out = claim.out or "described"
            return
        if number.implied and self._one_of_several(number, trigger):
            claim.out = "described"
            return
        if number.increment and number.value == 1 and number.toll and trigger and trigger.noun:
            claim.out = "increment"
            return
        if trigger is None:
            trigger = self._inherited(number)
        distant = trigger is not None and trigger.indicator == OUT and far > 8
        if number.unit in ("drones", "missiles") and (trigger is None or distant):
            if any(m.value == "Air Force" for m in self.scan.of("speakers")):
                trigger = Trigger(number.start, number.end, LAUNCH)
        if trigger is None:
            self._untold(claim)
            return
        self._apply(claim, trigger)

    def _apply(self, claim: Claim, trigger: Trigger) -> None:
        number = claim.number
        claim.trigger = trigger
        if trigger in self.triggers:
            claim.trail["indicator"] = (trigger.start, trigger.end)
        if trigger.indicator == OUT:
            claim.out = claim.out or trigger.status
            return
        if claim.out:
            return
        if reason := self._planned(number, trigger):
            claim.out = reason
            return
        if trigger.indicator == LAUNCH:
            claim.indicator = "drones_launched" if number.unit == "drones" else "missiles_launched"
        else:
            claim.indicator = trigger.indicator
            claim.status = trigger.status
            if self.whole_first is not None and trigger.status == "lost":
                claim.status = "without"
        self._unit(claim)

    def _unit(self, claim: Claim) -> None:
        if not claim.unit:
            units = INDICATORS[claim.indicator].units
            claim.unit = "people" if claim.indicator in _TOLLS else ""
            if not claim.unit and (noun := self._unit_before(claim.number)) in units:
                claim.unit = noun
            if not claim.unit and self._last_unit() in units:
                claim.unit = self._last_unit()
            if not claim.unit and claim.indicator == "buildings_damaged":
                claim.unit = "buildings"
        if claim.unit not in INDICATORS[claim.indicator].units:
            claim.out = "unit" if claim.unit else ""
            claim.lacks = () if claim.unit else ("unit",)
            if not claim.unit:
                claim.indicator = ""
        if claim.number.noun_end > claim.number.end:
            claim.trail["unit"] = (claim.number.end, claim.number.noun_end)

    def _unit_before(self, number: Number) -> str:
        """"The number of homes without electricity fell to 8,600": the noun stands first."""
        told = self.scan.change or any(link.value == "counted" for link in self.scan.of("links"))
        marked = self.scan.tokens[number.start - 1].text in "-:" if number.start else False
        for unit in reversed(self.scan.of("units")):
            if unit.end <= number.start and (told or marked) and unit.value != "people":
                if not any(n.start < unit.end and unit.start < n.noun_end for n in self.numbers):
                    return unit.value
        return ""

    def _last_unit(self) -> str:
        for claim in reversed(self.made):
            if claim.unit:
                return claim.unit
        return self.context.unit

    # ------------------------------------------------------------------ triggers

    def _trigger(self, number: Number) -> tuple[Trigger | None, float]:
        """The trigger nearest to a number that can count it, and how far it is."""
        best, far = None, _FAR
        for trigger in self.triggers:
            if not trigger.takes(number.unit):
                continue
            if not number.unit and trigger.indicator == LAUNCH:
                continue
            if not number.unit and trigger.indicator == "buildings_damaged" and not (
                number.increment or self._unit_before(number)
            ):
                continue
            if number.toll and trigger.indicator not in (number.toll, OUT):
                if number.toll in ("killed", "injured", "missing") and trigger.indicator in _TOLLS:
                    continue
            distance = cost(self.scan, number, trigger, self.numbers, self.marks)
            if distance < far:
                best, far = trigger, distance
        return best, far

    def _list_before(self, number: Number) -> Trigger | None:
        """The trigger of the number before, if the two stand in one list."""
        before = next((c for c in reversed(self.made) if c.number.end <= number.start), None)
        if before is None or before.trigger is None:
            return None
        if number.implied and not (number.group and before.number.group):
            return None
        gap = range(max(before.number.noun_end, before.number.end), number.start)
        placed = any(gap.start <= p.start < gap.stop for p in self.places) or self._own_place(number)
        joined = all(
            self.scan.tokens[i].text in ",;-:" or self.scan.link("and", i)
            or self.scan.low(i) in _IN_LISTS or i in self.scan.taken
            or any(p.start <= i < p.end for p in self.places)
            for i in gap
        )
        if not gap or not joined or len(gap) > 10 or before.indicator == "":
            return None
        unit = number.unit or (before.unit if placed else "")
        if unit and before.trigger.takes(unit):
            number.unit = unit
            return before.trigger
        return None

    def _harm_only(self, number: Number, far: float) -> str:
        """"14 поранених госпіталізовані", "one person is in serious condition": no new toll."""
        end = max(number.noun_end, number.end)
        for trigger in self.triggers:
            if trigger.indicator != OUT or trigger.status not in ("hospital", "severity", "safe"):
                continue
            gap = range(end, trigger.start)
            if trigger.start >= end and len(gap) <= 4 and not any(
                self.scan.tokens[i].text in ",;:-" or self.scan.link("and", i) for i in gap
            ) and not any(t.start in gap and t.indicator in _TOLLS for t in self.triggers):
                return trigger.status
            if trigger.status == "safe" and number.unit == "people" and self.scan.of("toll") and any(
                m.value == "missing" for m in self.scan.of("toll")
            ):
                return trigger.status
        return ""

    def _inherited(self, number: Number) -> Trigger | None:
        """The trigger of the line that introduced a list, or of the sentence before."""
        told = [t for t in self.triggers if t.indicator != OUT]
        for trigger in self.context.intro if self.scan.sentence.bullet else ():
            if trigger.takes(number.unit) and trigger.indicator != OUT:
                return trigger
        if told or self.triggers:
            return None
        if self.scan.sentence.bullet:
            for trigger in self.context.triggers:
                told_of = trigger.indicator in SERVICES.values() or self.places
                if trigger.takes(number.unit) and told_of and (number.unit or self.places):
                    return trigger
        if not number.unit and any(link.value == "restated" for link in self.scan.of("links")):
            for trigger in self.context.triggers:
                if trigger.takes(""):
                    return trigger
        strong = number.unit in ("customers", "households", "properties")
        linked = any(link.value in ("this_is", "anaphora", "pronoun") for link in self.scan.of("links"))
        if not (strong or linked or number.increment or (self.places and not number.unit)):
            return None
        for trigger in self.context.triggers:
            if trigger.indicator in SERVICES.values() and trigger.takes(number.unit):
                if number.unit == "people" and not linked:
                    continue
                return trigger
        return None

    def _untold(self, claim: Claim) -> None:
        """A number without a trigger: for a person if its noun is one of impact, else nothing."""
        unit = claim.number.unit
        if claim.out or claim.number.implied:
            return
        if unit in ("customers", "households", "properties"):
            claim.lacks = ("indicator",)

    def _planned(self, number: Number, trigger: Trigger) -> str:
        """Whether a plan, a threat or a schedule stands over a number and its trigger."""
        if trigger not in self.triggers:
            return ""
        if trigger.indicator == "missing":
            return ""
        begin = min(number.start, trigger.start) - 6
        end = max(number.noun_end, number.end, trigger.end) + 2
        for match in self.scan.of("left_out"):
            if match.value not in ("plan", "schedule") or not begin <= match.start < end:
                continue
            if any(match.start < mark <= max(number.start, trigger.start) for mark in self.marks):
                continue
            if self.scan.low(match.start) == "may" and self.scan.tokens[match.start].text == "May":
                continue
            if match.value == "schedule" and trigger.indicator not in SERVICES.values():
                continue
            if any(
                self.scan.tokens[i].text in ",:" and match.start < i < number.start
                for i in range(match.start, number.start)
            ) and match.end <= number.start - 4:
                continue
            if match.start > max(number.noun_end, trigger.end) and self.scan.mark(match.start - 1):
                continue
            if match.start >= max(number.noun_end, number.end, trigger.end):
                continue
            return match.value
        return ""

    def _one_of_several(self, number: Number, trigger: Trigger) -> bool:
        """Whether several persons are described one by one: who they were, not how many."""
        if number.unit in ("buildings", "facilities"):
            # "an entrance of a building", "houses and a school": seen, not counted
            others = any(n.unit in ("buildings", "facilities") and n is not number for n in self.numbers)
            passive = trigger.start >= number.noun_end
            told = self.scan.low(trigger.start).startswith(("damag", "destroy"))
            return number.unit == "facilities" or others or not passive or not told
        if self._apposition(number):
            return True
        if not number.described:
            return False
        described = [
            other for other in self.numbers
            if other.implied and other.unit == "people" and other is not number and other.described
        ]
        ages = sum(other.outside == "age" for other in self.numbers)
        if self.scan.language.settings["articles"]:
            counted = any(
                n.unit == "people" and not n.implied and not n.outside for n in self.numbers
            )
            return counted or len(described) > 1
        return bool(described) or ages > 1

    def _apposition(self, number: Number) -> bool:
        """"One civilian, a 33-year-old man, was injured": who it was, after how many."""
        before = next(
            (n for n in reversed(self.numbers) if n.start < number.start and not n.outside), None
        )
        if before is None or before.unit != "people" or number.unit != "people":
            return False
        gap = range(max(before.noun_end, before.end), number.start)
        return 0 < len(gap) <= 2 and all(self.scan.tokens[i].text in ",:-" for i in gap)

    # ------------------------------------------------------------------ parts and wholes

    def _whole_first(self) -> Number | None:
        """The number of "Of the 5,635 buildings that lost heating, 4,000 are still cold"."""
        counted = [n for n in self.numbers if not n.outside]
        if len(counted) > 1 and counted[0].start <= 3 and any(
            self.scan.link("out_of", i) for i in range(min(2, counted[0].start))
        ):
            return counted[0]
        return None

    def _is_whole_of(self, claim: Claim) -> bool:
        """"4,000 of the 5,635 that lost heating": the second number is what was lost."""
        number = claim.number
        if number is self.whole_first:
            trigger, _ = self._trigger(number)
            if trigger is None or trigger.indicator not in SERVICES.values():
                return False
            self._lose(claim, trigger)
            return True
        before = next((c for c in reversed(self.made) if c.number.end <= number.start), None)
        if before is None or before.number.implied or not self._parted(before.number, number):
            return False
        if self._is_stock(before.number, number):
            claim.out = "stock"
            return True
        if before.out == "shot_down" and number.unit in ("drones", "missiles"):
            for trigger in self.triggers:
                if trigger.indicator == LAUNCH:
                    self._apply(claim, trigger)
                    return True
        trigger, far = self._trigger(number)
        if trigger is None or trigger.indicator not in SERVICES.values():
            if before.trigger and before.trigger.indicator in SERVICES.values():
                trigger = before.trigger
            else:
                return False
        claim.unit = number.unit or before.unit
        self._lose(claim, trigger)
        return True

    def _lose(self, claim: Claim, trigger: Trigger) -> None:
        claim.trigger = trigger
        claim.indicator, claim.status = trigger.indicator, "lost"
        claim.trail["indicator"] = (trigger.start, trigger.end)
        self._unit(claim)

    def _parted(self, part: Number, whole: Number) -> bool:
        between = range(max(part.end, 0), whole.start)
        direct = any(self.scan.link("out_of", i) and self.scan.low(i) == "out" for i in between)
        if len(between) > (16 if direct else 8) or any(self.scan.tokens[i].text == "," and self.scan.language.name == "en"
                                   and not self.scan.link("out_of", i + 1) for i in between):
            return False
        return any(self.scan.link("out_of", i) and whole.core[0] - i <= 6 for i in between) and not any(
            self.scan.at("toll", i) or self.scan.link("to", i) for i in between
        )

    def _is_stock(self, part: Number, whole: Number) -> bool:
        """"of the capital's 12,000 apartment blocks": all there are, not all that were hit."""
        between = [self.scan.tokens[i].low for i in range(part.end, whole.core[0])]
        if any((word.endswith(("'s", "s'")) and word not in ("it's",)) or word in ("all", "total", "усіх", "всіх", "загалом", "наявних") for word in between):
            return True
        following = range(whole.noun_end, min(whole.noun_end + 5, len(self.scan.tokens)))
        return any(self.scan.low(i) in ("total", "altogether") for i in following)

    def _is_subset(self, claim: Claim) -> bool:
        """"13 people, including four children": the part takes what the whole counts."""
        number = claim.number
        link = self._subset_link(number)
        if link is None:
            return False
        parent = self._parent(number, link)
        if parent is None:
            return False
        if claim.out:
            return True
        own, far = self._trigger(number)
        if own and own.indicator == OUT and far < 8:
            claim.out = own.status
            return True
        people = number.group or self._group_after(number)
        if own and far <= 2 and own is not parent.trigger and own.indicator != OUT and not people and number.unit:
            return False
        if not (people or number.unit in ("buildings", "facilities", "households", "customers", "settlements", "drones", "missiles")):
            if number.implied and number.unit == "people":
                claim.out = "described"
                return True
            if own and own.indicator != OUT and own is not parent.trigger and far <= 4:
                return False
            if self._own_place(number) and not parent.out:
                self._take(claim, parent)
                return True
            claim.out = "subset"
            return True
        if number.unit in ("drones", "missiles") and not (parent.unit == number.unit):
            return False
        if parent.out and parent.out != "subset":
            claim.out = parent.out
            return True
        if parent.unit == "people" or not people:
            self._take(claim, parent)
            if people:
                claim.people, claim.unit = people, "people"
            elif number.unit:
                claim.unit = number.unit
                if number.unit not in INDICATORS[claim.indicator].units:
                    claim.out = "subset"
            return True
        return False

    def _take(self, claim: Claim, parent: Claim) -> None:
        claim.trigger, claim.indicator, claim.status = parent.trigger, parent.indicator, parent.status
        claim.unit = claim.unit or parent.unit
        claim.place, claim.date, claim.as_of = parent.place, parent.date, parent.as_of
        claim.moment = parent.moment
        if parent.scan is self.scan:
            for name in ("indicator", "place", "date", "as_of"):
                if name in parent.trail:
                    claim.trail[name] = parent.trail[name]

    def _subset_link(self, number: Number):
        for link in self.scan.of("links"):
            if link.value != "subset" and link.value != "anaphora":
                continue
            gap = number.start - link.end
            if 0 <= gap <= 3 and not any(self._crossing(i) for i in range(link.end, number.start)):
                return link
            after = range(max(number.end, number.noun_end), link.start)
            if 0 <= len(after) <= 1 and not any(self.scan.mark(i) for i in after) and self.scan.low(link.start) not in ("including", "зокрема", "included", "includes", "серед") and link.end - link.start > 1 and self.scan.low(link.start + 1) not in ("того",):
                return link
            # "including two boys and a girl": the list goes on
            if link.end <= number.start and self._listed_after(link.end, number):
                return link
        return None

    def _listed_after(self, i: int, number: Number) -> bool:
        inside = [n for n in self.numbers if i <= n.start < number.start and not n.outside]
        if not inside or not all(n.group or n.unit == "people" for n in inside) or not number.group:
            return False
        last = inside[-1]
        gap = range(max(last.noun_end, last.end), number.start)
        return len(gap) <= 8 and all(
            self.scan.tokens[j].text == "," or self.scan.link("and", j) or j in self.scan.taken
            or self.scan.low(j) in ("aged", "віком", "also", "також") or self.scan.is_number(j)
            or self.scan.link("increment", j) or any(n.start <= j < n.end for n in self.numbers)
            for j in gap
        ) and not any(self.scan.at("toll", j) for j in gap)

    def _crossing(self, i: int) -> bool:
        return self.scan.tokens[i].text in (";", ",") or bool(self.scan.at("toll_active", i))

    def _parent(self, number: Number, link) -> Claim | None:
        wanted = ""
        for kind in ("toll", "toll_noun"):
            for i in range(link.start, link.end):
                if match := self.scan.at(kind, i):
                    wanted = match.value if match.value != "victims" else ""
        earlier = [c for c in self.made if c.number.start < number.start and not _described(c)]
        if not earlier and self.context.last is not None:
            earlier = [c for c in self.context.last if not _described(c)]
        for claim in reversed(earlier):
            if wanted and claim.indicator != wanted and not claim.out:
                continue
            if claim.people != "all" and not claim.out:
                continue
            return claim
        return None

    def _group_after(self, number: Number) -> str:
        """"Three of them were children", "з них двоє — діти"."""
        if number.noun_end > number.end:
            return ""
        for i in range(number.end, min(number.end + 7, len(self.scan.tokens))):
            if self.scan.tokens[i].text in (",", ";", "("):
                return ""
            if (found := self.scan.at("groups", i)):
                number.noun_end = found.end
                return found.value
            if unit := self.scan.at("units", i):
                if unit.value in ("buildings", "facilities"):
                    number.unit, number.noun_end = unit.value, unit.end
                    return ""
        return ""

    # ------------------------------------------------------------------ place

    def _own_place(self, number: Number) -> Mention | None:
        """A place right beside a number, before any other number or mark."""
        for mention in self.places:
            gap = range(max(number.end, number.noun_end), mention.start)
            if 0 <= len(gap) <= 3 and mention.start >= number.end and not any(self.scan.tokens[i].text in ",;" for i in gap):
                return mention
            gap = range(mention.end, number.start)
            if mention.end <= number.start and len(gap) <= 2 and not any(self.scan.tokens[i].text in ",;" for i in gap):
                return mention
        return None

    def _where(self, claim: Claim) -> None:
        if claim.indicator in ("drones_launched", "missiles_launched"):
            self._where_launched(claim)
            return
        if claim.place:
            own = self._own_place(claim.number) if claim.people == "all" else None
            if own and not own.aside:
                self._settle(claim, own)
            return
        mention = self._mention(claim.number, claim.trigger)
        if mention is None and claim.number.start in range(0) :
            return
        if mention is not None:
            self._settle(claim, mention)
        elif self.context.foreign:
            claim.out = FOREIGN
        elif any(t.indicator == LAUNCH and not t.aimed for t in self.triggers) and any(
            n.unit in ("drones", "missiles") for n in self.numbers
        ):
            claim.place = UKRAINE  # "Russia launched 600 drones, killing three": all over
        else:
            claim.place = self._speakers_place() or self.context.place
            self._finest(claim)
        if not claim.place and not claim.out:
            claim.lacks = (*claim.lacks, "place")

    def _speakers_place(self) -> str:
        """Where the mayor or governor who speaks holds office, if the text has moved elsewhere."""
        for match in self.scan.of("speakers"):
            office = office_of(match.value)
            if not office:
                continue
            here = self.context.place
            if not here or (here != office and office not in (PLACES[here].oblast, own_oblast(PLACES[here]))):
                return office
            if PLACES[office].level == "city" or office == KYIV:
                return office
        return ""

    def _finest(self, claim: Claim) -> None:
        """A count of settlements cannot be a city's; the oblast around it is meant."""
        if claim.unit == "settlements" and claim.place:
            place = PLACES[claim.place]
            if place.level == "city" or place.pcode == KYIV:
                claim.place = own_oblast(place)

    def _settle(self, claim: Claim, mention: Mention) -> None:
        resolved = self._resolve(mention)
        if resolved == FOREIGN:
            claim.out = FOREIGN
        elif resolved == VAGUE:
            claim.lacks = (*claim.lacks, "place")
        elif resolved:
            claim.place = resolved
            claim.trail["place"] = (mention.start, mention.end)
            self._finest(claim)
        else:
            claim.place = self.context.place

    def _resolve(self, mention: Mention) -> str:
        """What a mention means; "the region" of an oblast named before it in this sentence."""
        if mention.pointer == REGION:
            for other in reversed(self.places):
                if other.end <= mention.start and other.pcode and other.pcode != UKRAINE:
                    place = PLACES[other.pcode]
                    if place.level == "oblast" and place.pcode != KYIV:
                        return other.pcode
                    if not self.context.oblast:
                        return own_oblast(place)
        return self.context.resolve(mention)

    def _where_launched(self, claim: Claim) -> None:
        """Launches are at the whole country unless the words say at which part."""
        aimed = claim.trigger is not None and claim.trigger.aimed
        if claim.trigger in self.triggers and not aimed:
            aimed = any(t.aimed and abs(t.start - claim.trigger.start) <= 1 for t in self.triggers)
        mention = self._mention(claim.number, claim.trigger)
        mention = mention if mention and not mention.aside else None
        if mention is not None and mention.pointer == FOREIGN:
            if aimed and claim.trigger.start < mention.start:
                claim.out = FOREIGN
                return
            mention = None
        if self.context.foreign and mention is None and not self.places and aimed:
            claim.out = FOREIGN
            return
        targeted = mention is not None and (
            self._target(mention)
            or (aimed and (mention.start - claim.trigger.end <= 3 or mention.end <= claim.trigger.start))
        )
        if targeted and mention is not None and mention.pointer != VAGUE:
            self._settle(claim, mention)
            if claim.place:
                return
        force = any(m.value in ("Air Force", "Zelenskyy") for m in self.scan.of("speakers"))
        massive = claim.number.value >= (100 if claim.unit == "drones" else 15)
        here = aimed and not force and not massive and self.context.place
        claim.place = self.context.place if here else UKRAINE

    def _target(self, mention: Mention) -> bool:
        i = mention.start - 1
        while i > 0 and self.scan.low(i) in ("the", "м", "."):
            i -= 1
        return self.scan.low(i) in ("at", "on", "against", "over", "по", "на", "над", "towards", "in", "у", "в")

    def _mention(self, number: Number, trigger: Trigger | None) -> Mention | None:
        """The place that governs a number: the nearest by what stands between."""
        best, least = None, 99.0
        begin, end = number.start, max(number.noun_end, number.end)
        for mention in self.places:
            if not self._resolve(mention):
                continue
            if mention.start >= end:
                distance = self._after(mention, end)
            elif mention.end <= begin:
                distance = self._before(mention, begin)
            else:
                distance = 0.0
            if mention.aside:
                distance += 12
            if mention.pcode == UKRAINE:
                distance += 1.5
            if distance < least:
                best, least = mention, distance
        return best if least < 60 else None

    def _after(self, mention: Mention, end: int) -> float:
        if any(end <= mark <= mention.start for mark in self.marks):
            return 70.0
        crossed = self._numbers_between(end, mention.start)
        commas = sum(self.scan.tokens[i].text in ",()-" for i in range(end, mention.start))
        if self._fronted(mention) and self._number_follows(mention):
            return 50.0
        return 0.1 * (mention.start - end) + 3.5 * crossed + 2.0 * commas

    def _before(self, mention: Mention, begin: int) -> float:
        crossed = self._numbers_between(mention.end, begin)
        hard = any(mention.end <= mark <= begin for mark in self.marks)
        if self._fronted(mention):
            return 1.0 + 0.05 * crossed + (4 if hard else 0) + 0.02 * (begin - mention.end)
        return 2.5 + 0.8 * crossed + (8 if hard else 0) + 0.03 * (begin - mention.end)

    def _numbers_between(self, start: int, end: int) -> int:
        return sum(
            start <= n.start and n.end <= end
            for n in self.numbers
            if n.outside not in ("age", "storey", "ordinal", "name") and not n.implied
        )

    def _number_follows(self, mention: Mention) -> bool:
        """Whether a place in front of a clause has a number of its own to govern."""
        for number in self.numbers:
            if number.start >= mention.end and number.outside not in ("age", "ordinal", "name"):
                gap = range(mention.end, number.start)
                return not any(i in self.marks for i in gap)
        return False

    def _fronted(self, mention: Mention) -> bool:
        """Whether a place opens its clause and so governs what follows."""
        i = mention.start - 1
        while i >= 0:
            token = self.scan.tokens[i]
            if i in self.scan.taken or token.low in _BEFORE_PLACES or self.scan.at("bounds", i):
                i -= 1
                continue
            if token.text == "." and self.scan.glued(i):
                i -= 1
                continue
            break
        if i < 0:
            return True
        token = self.scan.tokens[i]
        if token.text in ";:(-" or i in self.marks:
            return True
        listed = any(m.end in (i, i - 1) for m in self.places if m is not mention)
        if token.text == "," or self.scan.link("and", i) or token.low in ("а", "чи", "as"):
            return not listed
        return False

    # ------------------------------------------------------------------ time

    def _set_event(self) -> None:
        for day in self.days:
            if day.stated and len(day.stated) == 10 and day.role != AS_OF:
                speech = self.scan.at("speech", day.start - 2) or self.scan.at("speech", day.start - 1)
                if day.relative in ("tomorrow",) or speech:
                    continue
                if day.relative == "since":
                    continue
                self.context.event = max(self.context.event, day.stated)

    def _when(self, claim: Claim) -> None:
        if claim.date:
            return
        context = self.context
        day = self._day(claim)
        outage_now = claim.status in ("without", "restored")
        stated = day.stated if day else ""
        if day and day.relative in ("last_week", "year", "since"):
            if day.relative == "year":
                if context.published and not self._year_just_over(int(stated)):
                    claim.out = "past"
                    return
                claim.period = "cumulative"
            else:
                stated = ""
                day = None
        if day and day.relative == "tomorrow":
            claim.out = "plan"
            return
        claim.date = stated
        as_of = next((d for d in self.days if d.role == AS_OF or d.clock), None)
        if as_of is not None:
            self._set_as_of(claim, as_of, stated)
        if not claim.date:
            if outage_now:
                claim.date = (claim.as_of or "")[:10] or (context.published.isoformat() if context.published else context.event)
            else:
                claim.date = context.event_day()
        elif day is not None:
            claim.trail["date"] = (day.start, day.end)
            if not claim.moment and day.moment:
                claim.moment = day.moment
        if not claim.date:
            claim.lacks = (*claim.lacks, "date")
            return
        self._period(claim)
        self._too_old(claim)

    def _year_just_over(self, year: int) -> bool:
        """Whether a year is the publication's own, or the one summed up in its first weeks."""
        published = self.context.published
        return year == published.year or (year == published.year - 1 and published.month <= 2)

    def _set_as_of(self, claim: Claim, day: Day, stated: str) -> None:
        context = self.context
        base = day.stated or (stated if len(stated) == 10 else "")
        if not base and context.published:
            base = context.published.isoformat()
        if not base or len(base) != 10:
            return
        claim.as_of = f"{base}T{day.clock}" if day.clock else base
        claim.moment = "" if day.clock else day.moment
        claim.trail["as_of"] = (day.start, day.end)

    def _day(self, claim: Claim) -> Day | None:
        """The day that belongs to a number: not the attack's for what is counted today."""
        outage_now = claim.status in ("without", "restored")
        best, least = None, 99.0
        for day in self.days:
            if not day.stated or (outage_now and day.role == EVENT):
                continue
            if self.whole_first is not None and claim.number is not self.whole_first and day.start < claim.number.start:
                continue
            if not outage_now and day.role == AS_OF and any(
                d.stated and d.role != AS_OF for d in self.days
            ):
                continue
            distance = self._day_distance(claim.number, day)
            if day.role == EVENT and not outage_now:
                distance -= 2
            if day.relative in ("weekday", "today", "past_day") and any(
                d.stated and not d.relative and d.role != EVENT for d in self.days
            ):
                distance += 3
            if self.scan.at("speech", day.start - 2) or self.scan.at("speech", day.start - 1):
                distance += 6
            if distance < least:
                best, least = day, distance
        if best is not None and not outage_now and best.role == AS_OF and claim.status != "lost":
            # A toll "as of" a day belongs to the day of its attack.
            event = self.context.event
            if event and event <= best.stated:
                return Day(best.start, best.end, event)
        return best if least < 40 else None

    def _day_distance(self, number: Number, day: Day) -> float:
        begin, end = number.start, max(number.noun_end, number.end)
        gap = range(end, day.start) if day.start >= end else range(day.end, begin)
        crossed = self._numbers_between(gap.start, gap.stop)
        hard = any(gap.start <= mark <= gap.stop for mark in self.marks)
        front = day.start <= 4
        return 0.1 * len(gap) + (1.5 if front else 3) * crossed + (4 if front else 12) * hard

    def _period(self, claim: Claim) -> None:
        if len(claim.date) < 10:
            claim.period = "cumulative"
        for match in self.scan.of("totals"):
            if match.value == "cumulative" and abs(match.start - claim.number.start) <= 14:
                claim.period = "cumulative"

    def _too_old(self, claim: Claim) -> None:
        published = self.context.published
        if published is None or not claim.date:
            return
        parts = [int(part) for part in claim.date.split("-")]
        stated = date(*(parts + [1, 1])[:3])
        if published - stated > _PAST + timedelta(days=0 if len(parts) == 3 else 31) and len(parts) > 1:
            claim.out = "past"
        if stated - published > timedelta(days=1):
            claim.out = "plan"

    # ------------------------------------------------------------------ who and why

    def _who(self, claim: Claim) -> None:
        found = sorted(
            self.scan.of("speakers"),
            key=lambda m: (_rank(m.value), abs(m.start - claim.number.start)),
        )
        if found and (self.scan.of("speech") or self.scan.sentence.heading):
            claim.speaker = found[0].value
            claim.trail["attributed_to"] = (found[0].start, found[0].end)

    def _why(self, claim: Claim) -> None:
        if claim.indicator not in SERVICES.values():
            if any(m.value == "accident" for m in self.scan.of("cause")):
                claim.out = "accident"
            claim.cause = "strike"
            return
        values = {m.value for m in self.scan.of("cause") if m.value != "accident"}
        if {"weather", "strike"} <= values:
            claim.cause = self._nearest_cause(claim)
        elif values:
            claim.cause = values.pop() if len(values) == 1 else "strike"
        else:
            claim.cause = self.context.cause or "unknown"
        for match in self.scan.of("cause"):
            if match.value == claim.cause:
                claim.trail["cause"] = (match.start, match.end)
                break

    def _nearest_cause(self, claim: Claim) -> str:
        found = [m for m in self.scan.of("cause") if m.value in ("weather", "strike")]
        apart = [
            m for m in found
            if not any(mark in range(*sorted((m.start, claim.number.start))) for mark in self.marks)
            and self._numbers_between(*sorted((m.start, claim.number.start))) == 0
        ]
        values = {m.value for m in apart}
        if len(values) == 1:
            return values.pop()
        return "mixed"

    # ------------------------------------------------------------------ what stays for later

    def _update(self) -> None:
        context = self.context
        context.last = list(self.made) or context.last
        told = [t for t in self.triggers if t.indicator != OUT]
        named = [m.value for m in self.scan.of("services") if m.value in SERVICES]
        if named:
            context.service = named[-1]
        if told:
            context.triggers = told
        for trigger in told:
            for service, indicator in SERVICES.items():
                if indicator == trigger.indicator:
                    context.service = service
        if not self.scan.sentence.bullet:
            context.intro = told if self.scan.tokens[-1].text == ":" else []
        for claim in self.made:
            if claim.unit and not claim.out:
                context.unit = claim.unit
        values = {m.value for m in self.scan.of("cause")} & {"weather", "strike"}
        if len(values) == 1:
            context.cause = values.pop()
        self._remember_places()

    def _remember_places(self) -> None:
        context = self.context
        if not self.places and not context.place:
            for match in self.scan.of("speakers"):
                if office := office_of(match.value):
                    context.remember(office)
        named = [m for m in self.places if not m.aside] or self.places
        listed = [m for m in named if m.pcode and m.pcode != UKRAINE]
        for mention in self.places:
            resolved = context.resolve(mention)
            if mention.aside and context.place:
                continue
            if resolved == FOREIGN:
                if not any(t.indicator == LAUNCH for t in self.triggers) or not listed:
                    context.foreign = True
            elif resolved and resolved != VAGUE:
                if resolved == UKRAINE and context.place:
                    continue
                context.remember(resolved)


_BEFORE_PLACES = frozenset(
    ["in", "at", "the", "near", "across", "around", "over", "throughout", "of", "for", "on", "from", "to", "elsewhere", "also", "city", "town", "region", "oblast", "district", "districts", "wider", "northern", "southern", "eastern", "western", "central", "у", "в", "на", "з", "із", "зі", "до", "по", "під", "біля", "поблизу", "через", "також", "для", "м", "місті", "місто", "районі", "районах", "області", "сел", "смт", "село", "селі", "водночас", "тим", "часом", "ще", "зокрема", "самому", "самій"]
)


_IN_LISTS = frozenset(
    ["as", "well", "also", "more", "another", "others", "у", "в", "на", "з", "із", "а", "також", "ще", "по", "in", "and", "near", "the", "of", "за", "by"]
)


def _described(claim: Claim) -> bool:
    return claim.number.implied and claim.out == "described"


def _rank(speaker: str) -> int:
    """Named persons before bodies, bodies before bare offices."""
    if "(" in speaker:
        return 0
    return 1 if speaker[:1].isupper() else 2


def _whole(scan: Scan) -> str:
    """The reason why no number of a sentence is a figure: other wars, armies, past years."""
    for match in scan.of("left_out"):
        if match.value in ("foreign", "military", "past", "opinion"):
            return match.value
    return ""
