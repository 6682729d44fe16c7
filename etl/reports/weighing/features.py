"""What stands around a number, as features that a person can read: "after: wounde…".

Features are words, mentions and their distances, never what the grammar made of a number. So a
changed rule of the grammar leaves the weights as they are.
"""

from collections.abc import Iterator

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import OUT, Trigger
from etl.reports.resolution.claims import NAMING, ParsedSentence, end_of
from etl.reports.text.tokens import NUMBER, WORD

# Numbers that their own words make none of ours: nothing around them changes that.
_NEVER = (
    *NAMING,
    *("percent", "length", "fahrenheit", "building", "storeys", "duration", "area", "power"),
    *("money", "change", "vehicles", "weapons"),
)
_LETTERS = 6  # of a word that are compared, as endings differ
_BEFORE, _AFTER = 4, 5  # words beside a number
_BESIDE, _NEAR, _FAR = 1.5, 5.0, 12.0  # distances, as mentions/distance.py counts
_OWN_CLAUSE = 25.0  # the same within a clause


def weighed(sentence: ParsedSentence) -> Iterator[Number]:
    """The numbers of a sentence that may be learned: no ages, shares or names, and no bare numbers
    of tables and lines, of which no word says what they count."""
    line = sentence.item or sentence.scan.sentence.heading
    for number in sentence.stated:
        bare = not number.unit and number.noun_end <= number.end
        if number.outside not in _NEVER and not (bare and line):
            yield number


def features(sentence: ParsedSentence, number: Number) -> list[str]:
    """The features of a number, each once."""
    found = [
        *_of_number(number),
        *_of_words(sentence, number),
        *_of_triggers(sentence, number),
        *_of_neighbours(sentence, number),
        *_of_text(sentence),
    ]
    return list(dict.fromkeys(found))


def _of_number(number: Number) -> Iterator[str]:
    yield f"unit: {number.unit or 'no noun'}"
    yield f"digits: {len(str(int(number.value)))}"
    if number.group:
        yield f"people: {number.group}"
    if number.toll:
        yield f"noun: {number.toll}"
    if number.outside:
        yield f"noun: {number.outside}"
    if number.bound != "exact":
        yield f"bound: {number.bound}"
    if number.implied:
        yield "one, not counted"
    if number.increment:
        yield "one more"
    if number.earlier:
        yield "before a change"


def _of_words(sentence: ParsedSentence, number: Number) -> Iterator[str]:
    """The words before, in and behind a number's noun, in its clause and in its sentence."""
    scan, end = sentence.scan, end_of(number)
    words = _words(sentence)
    yield from (f"counted: {words[i]}" for i in range(number.end, end))
    before = range(max(0, number.start - _BEFORE), number.start)
    after = range(end, min(end + _AFTER, len(words)))
    yield f"right before: {words[before[-1]] if before else 'start'}"
    yield f"right after: {words[after[0]] if after else 'end'}"
    yield from (f"before: {words[i]}" for i in before)
    yield from (f"after: {words[i]}" for i in after)
    first, last = _clause(sentence, number)
    for i in range(len(words)):
        if scan.tokens[i].kind == WORD and not number.start <= i < end:
            yield f"{'clause' if first <= i < last else 'sentence'}: {words[i]}"


def _words(sentence: ParsedSentence) -> list[str]:
    """The beginning of each word; names and numbers as one kind each."""
    named = {i for place in sentence.places for i in range(place.start, place.end)}
    told = []
    for i, token in enumerate(sentence.scan.tokens):
        if i in named:
            told.append("PLACE")
        elif i in sentence.scan.taken:
            told.append("DAY")
        elif token.kind == NUMBER:
            told.append("NUMBER")
        else:
            low = token.low
            told.append(low if len(low) <= _LETTERS else f"{low[:_LETTERS]}…")
    return told


def _clause(sentence: ParsedSentence, number: Number) -> tuple[int, int]:
    """The tokens between the marks around a number."""
    tokens, first, last = sentence.scan.tokens, number.start, end_of(number)
    ends = {*sentence.marks}
    while first and first - 1 not in ends and tokens[first - 1].text not in ",;:":
        first -= 1
    while last < len(tokens) and last not in ends and tokens[last].text not in ",;:":
        last += 1
    return first, last


def _of_triggers(sentence: ParsedSentence, number: Number) -> Iterator[str]:
    """Which words that tell a kind of impact stand how far away; which is nearest."""
    far: dict[str, tuple[float, Trigger]] = {}
    for trigger in sentence.triggers:
        cost = sentence.distances.cost(number, trigger)
        name = told(trigger)
        if name not in far or cost < far[name][0]:
            far[name] = cost, trigger
    unit = number.unit or "no noun"
    for name, (cost, trigger) in far.items():
        yield f"{name}: {_distance(cost)}"
        side = "before" if trigger.start < number.start else "after"
        if cost < _OWN_CLAUSE:
            yield f"{name}: {side}"
            yield f"{unit} with {name}"
    if far:
        nearest = min(far, key=lambda name: far[name][0])
        yield f"nearest: {nearest}"
        yield f"nearest of {unit}: {nearest}"
    else:
        yield "nearest: none"


def told(trigger: Trigger) -> str:
    """A trigger's kind of impact, with the status of a supply, or why its numbers are left out."""
    if trigger.indicator == OUT:
        return f"not counted ({trigger.status})"
    return f"{trigger.indicator} {trigger.status}".rstrip()


def _distance(cost: float) -> str:
    for name, most in (("beside", _BESIDE), ("near", _NEAR), ("far", _FAR)):
        if cost <= most:
            return name
    return "same clause" if cost < _OWN_CLAUSE else "other clause"


def _of_neighbours(sentence: ParsedSentence, number: Number) -> Iterator[str]:
    """The numbers before and behind, and the words between that join them."""
    scan, at = sentence.scan, sentence.stated.index(number)
    for name, other in (
        ("number before", sentence.stated[at - 1] if at else None),
        ("number behind", sentence.stated[at + 1] if at + 1 < len(sentence.stated) else None),
    ):
        if other is None:
            yield f"{name}: none"
            continue
        yield f"{name}: {other.outside or other.toll or other.unit or 'bare'}"
        first, last = sorted((number, other), key=lambda each: each.start)
        gap = range(end_of(first), last.start)
        if len(gap) == 1 and (scan.tokens[gap[0]].text == "," or scan.link("and", gap[0])):
            yield f"{name}: in a list"
    for match in scan.of("left_out"):
        near = abs(match.start - number.start) <= _FAR
        yield f"says {match.value}: {'near' if near else 'in the sentence'}"
    for kind in ("services", "where", "totals", "cause"):
        yield from (f"{kind}: {match.value}" for match in scan.of(kind))


def _of_text(sentence: ParsedSentence) -> Iterator[str]:
    """Where the sentence stands, and what those before it told."""
    context, said = sentence.context, sentence.scan.sentence
    yield f"place in the sentence: {'yes' if sentence.places else 'no'}"
    if said.heading:
        yield "heading"
    if sentence.item:
        yield "item of a list"
    if said.block == 0:
        yield "first line"
    units = {number.unit for number in sentence.stated if number.unit}
    alone = not sentence.triggers
    for trigger in context.triggers[-2:]:
        yield f"line before: {told(trigger)}"
        if alone:
            yield from (f"{unit}, line before: {told(trigger)}" for unit in sorted(units))
    yield from (f"list of: {told(trigger)}" for trigger in context.intro)
    if context.service:
        yield f"supply told of: {context.service}"
    if context.damaged:
        yield "damage told of"
