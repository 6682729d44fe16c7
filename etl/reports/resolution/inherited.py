"""What a sentence goes on to count without a word for it: the trigger of the line that introduced a
list, or of the sentence before."""

from dataclasses import replace

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import LAUNCH, OUT, SERVICES, Trigger
from etl.reports.resolution.claims import WEAPONS, ParsedSentence, end_of
from etl.reports.resolution.uncounted import STRUCTURES
from etl.reports.resolution.unit_of import TOLLS, noun_before
from etl.reports.text.tokens import WORD

_BESIDE_DAMAGE = ("killed", "injured", "casualties", "buildings_damaged", LAUNCH)
_LABEL = 3  # tokens before the number of "Attack drones: 8"
_FEW_WORDS = 3  # of a line that says nothing itself of those it counts
_COUNT_ALONE = 4  # words of a line that only gives a newer count
# A number of these counts what is cut off.
SUBSCRIBERS = ("customers", "households", "properties")


def inherited(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The trigger of the line that introduced a list, or of the sentence before."""
    context = sentence.context
    if not number.unit and _is_row(sentence):
        return None
    for trigger in context.intro if sentence.item else ():
        if trigger.takes(number.unit) and trigger.indicator != OUT:
            return trigger
    if not number.unit and sentence.item and not sentence.triggers:
        noun = noun_before(sentence, number)  # "• Siversk: houses – 6" below who was hurt
        if context.damaged or (context.harmed and noun in STRUCTURES):
            number.unit = noun
    if _in_list_of_damage(sentence, number):
        told = any(trigger.takes(number.unit) for trigger in sentence.triggers)
        return None if told else Trigger(number.start, number.end, "buildings_damaged")
    if launched := _of_labelled_arms(sentence, number):
        return launched
    plans = any(match.value in ("plan", "schedule") for match in sentence.scan.of("left_out"))
    if sentence.triggers or plans:
        return None
    fitting = [each for each in context.triggers if _goes_on(sentence, number, each)]
    fitting = _of_one_toll(sentence, number, fitting)
    if named := _named(sentence):  # "Light: none in 59 houses" goes on from no line about heat
        fitting = [each for each in fitting if each.indicator in named]
    if len({each.indicator for each in fitting}) == 1 and context.last:
        last = context.last[-1].trigger  # of "restored in …; 12,700 in … are still off" the second
        fitting.sort(key=lambda trigger: trigger is not last)
    if fitting and fitting[0].also and number.unit in SUBSCRIBERS:
        power = SERVICES["power"]  # subscribers are of one network, mostly this one
        of = power if power in fitting[0].also else fitting[0].indicator
        return replace(fitting[0], indicator=of, also=())
    return _lasting(sentence, fitting[0]) if fitting else None


def _lasting(sentence: ParsedSentence, trigger: Trigger) -> Trigger:
    """A trigger of what was lost as that of who is still without: "1.1 million lost power. Now it
    is 70,000"."""
    lasts = any(state.value == "remains" for state in sentence.scan.of("states"))
    return replace(trigger, status="without") if trigger.status == "lost" and lasts else trigger


def _of_one_toll(sentence: ParsedSentence, number: Number, fitting: list[Trigger]) -> list[Trigger]:
    """Of several tolls the one whose count is nearest to an earlier count: the injured of "One was
    killed, nine were injured. The mayor had spoken of seven." Places with numbers alone go on from
    one toll only."""
    tolls = {trigger.indicator for trigger in fitting if trigger.indicator in TOLLS}
    if len(tolls) < 2:
        return fitting
    if _lists_places(sentence):
        return []
    if number.increment:  # "One was killed, 12 were injured. In Vilniansk another two."
        last = [each.indicator for each in sentence.context.last if each.indicator in tolls]
        return sorted(fitting, key=lambda each: each.indicator != ["", *last][-1])
    told: dict[str, float] = {}
    for claim in sentence.context.last:
        if claim.indicator in tolls and not claim.out:
            told[claim.indicator] = max(told.get(claim.indicator, 0.0), claim.number.value)
    return sorted(fitting, key=lambda each: abs(told.get(each.indicator, 0.0) - number.value))


def _is_row(sentence: ParsedSentence) -> bool:
    """Whether a line is a row whose cells bars part: what they count stands in a header."""
    bars = [token.text for token in sentence.scan.tokens].count("|")
    return bars > 1


def _of_labelled_arms(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """The launch of the sentence before, for weapons with their number alone: "Missiles launched:
    81, of which 34 downed. Drones: 8"."""
    if number.unit not in WEAPONS or not sentence.scan.before(number.start, ":"):
        return None
    alone = number.noun_end <= number.end and number.start <= _LABEL
    launched = (each for each in sentence.context.triggers if each.indicator == LAUNCH)
    return next(launched, None) if alone else None


def _in_list_of_damage(sentence: ParsedSentence, number: Number) -> bool:
    """Whether houses stand without a verb in a list of what was hit: "• Izium: 5 houses, a school".

    After lines about a supply such a list is of those without it.
    """
    context = sentence.context
    if not sentence.item or number.unit not in STRUCTURES or _named(sentence):
        return False
    supply = {*SERVICES.values()}
    if context.damaged and not context.service:
        return True
    about_supply = context.service and any(t.indicator in supply for t in context.triggers)
    told = context.damaged or context.harmed or context.struck
    return (
        bool(told)
        and not about_supply
        and not any(t.indicator not in _BESIDE_DAMAGE for t in sentence.triggers)
    )


def _named(sentence: ParsedSentence) -> set[str]:
    """The outages of the supplies that a sentence names itself."""
    named = (match.value for match in sentence.scan.of("services"))
    return {SERVICES[name] for name in named if name in SERVICES}


def _goes_on(sentence: ParsedSentence, number: Number, trigger: Trigger) -> bool:
    """Whether a sentence without a trigger goes on counting what the one before it counted."""
    if not trigger.takes(number.unit):
        return False
    if trigger.indicator == "buildings_damaged":
        return number.unit in STRUCTURES and not sentence.context.service
    # "Already 26"
    if not number.unit and trigger.indicator in TOLLS and counted_again(sentence, number):
        return True
    supply = trigger.indicator in SERVICES.values()
    named = bool(sentence.places)
    if trigger.indicator in TOLLS and (_lists_places(sentence) or _is_place_alone(sentence)):
        return True
    # "• Odesa: 8,000"
    if sentence.item and (supply or named) and (number.unit or named):
        own = number.unit == "people" and number.noun_end > number.end
        return (supply and not own) or _says_little(sentence)
    # "The governor had earlier given 12."
    if not number.unit and (sentence.links("restated") or sentence.scan.of("related")):
        return True
    # "This is 3,000 households.", "Another 50 customers in Sumy."
    left = bool(sentence.scan.ending("links", number.start, "all_but"))
    linked = left or sentence.links("this_is", "pronoun")
    linked = linked or (sentence.links("anaphora") and not _linked_elsewhere(sentence, number))
    told = linked or number.increment or number.unit in SUBSCRIBERS
    told = told or (named and not number.unit)
    return supply and bool(told) and bool(linked or number.unit != "people")


def _linked_elsewhere(sentence: ParsedSentence, number: Number) -> bool:
    """Whether "of them" belongs to another number: "We repaired 4,500 of them", one man said."""
    links = sentence.scan.links("anaphora").values()
    return any(
        other.end <= link.start <= end_of(other) + 1
        for link in links
        for other in sentence.numbers
        if other is not number
    )


def _lists_places(sentence: ParsedSentence) -> bool:
    """Whether a sentence only gives places and their numbers: "By oblast: Donetsk - 386, Kharkiv -
    240"."""
    bare = [each for each in sentence.numbers if not each.outside]
    named = [each for each in sentence.places if each.pcode and not each.aside]
    alike = len(bare) == len(named) > 1 and not any(each.unit for each in bare)
    return alike and _says_little(sentence)


def _is_place_alone(sentence: ParsedSentence) -> bool:
    """Whether a sentence is only a place and a number, below a sentence of one toll: "In Kyiv one
    person was killed. | In Odesa, three"."""
    told = {each.indicator for each in sentence.context.triggers if each.indicator in TOLLS}
    if len(told) != 1 or not sentence.places or len(sentence.numbers) != 1:
        return False
    only = sentence.numbers[0]
    bare = not only.unit and not only.outside and sentence.places[0].end <= only.start
    return bare and sentence.scan.sentence.tokens[-1].text == "." and _count_words(sentence) == 0


def _says_little(sentence: ParsedSentence) -> bool:
    """Whether a line has hardly a word besides places, days and what is counted. Others tell of
    something else: "28,000 people in the community have been left without services"."""
    return _count_words(sentence) <= _FEW_WORDS


def _count_words(sentence: ParsedSentence) -> int:
    """How many words a line has besides places, days and what is counted."""
    counted = {i for n in sentence.numbers for i in range(n.start, end_of(n))}
    placed = {i for place in sentence.places for i in range(place.start, place.end)}
    known = counted | placed | set(sentence.scan.taken)
    others = [
        i
        for i, token in enumerate(sentence.scan.tokens)
        if token.kind == WORD and i not in known and not sentence.in_list(i)
    ]
    return len(others)


def counted_again(sentence: ParsedSentence, number: Number) -> bool:
    """Whether a short line only gives a newer count: "Already 26", "UPD: 19"."""
    words = [i for i, token in enumerate(sentence.scan.tokens) if token.kind == WORD]
    alone = len(sentence.numbers) == 1 and len(words) <= _COUNT_ALONE
    return alone and any(sentence.joins("counted_again", i) for i in words if i < number.start)
