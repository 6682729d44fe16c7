"""Persons who are described, each with an age, behind the number of all: "Two wounded: a woman, 57,
in hospital, a man, 76", "Six were hurt. A girl of 14 is at home."

Each is counted as those before are. Who is in hospital is one of the injured.
"""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import OUT, Trigger
from etl.reports.resolution.claims import NumberClaim, ParsedSentence, end_of

_TOLLS = ("killed", "injured")
_CARE = ("hospital", "severity")
_MARKS = frozenset(":-")
_MOST = 2  # persons in a sentence that goes on from one about a single person
_AGE = 3  # tokens from a person to an age: "чоловік – 88"


def of_counted(sentence: ParsedSentence, number: Number) -> Trigger | None:
    """What the number before a described person counts; None for other numbers, and where the
    sentence has a verb of its own for the persons."""
    if number.unit != "people" or not _has_age(sentence, number):
        return None
    persons = [n for n in sentence.numbers if n.implied and n.unit == "people"]
    whole, most = _of_sentence(sentence, number)
    if whole is None:
        whole, most = _of_line(sentence, persons[0])
    if whole is None or most < len(persons):
        return None
    care = any(t.indicator == OUT and t.status in _CARE for t in sentence.triggers)
    return None if care and whole.indicator == "killed" else whole.trigger


def _has_age(sentence: ParsedSentence, number: Number) -> bool:
    behind = range(end_of(number), end_of(number) + _AGE)
    ages = (n.start for n in sentence.numbers if n.outside == "age")
    return number.described or any(at in behind for at in ages)


def _of_sentence(sentence: ParsedSentence, person: Number) -> tuple[NumberClaim | None, float]:
    """The count before the colon or dash behind which the persons stand, and how many they are at
    most: "Six were hurt. Two are in hospital: a woman of 64, a man of 88"."""
    counted = [c for c in sentence.made if not c.number.implied and c.number.unit in ("", "people")]
    if not counted:
        return None, 0
    last = counted[-1]
    mark = end_of(last.number)
    if last.trigger is not None and last.trigger in sentence.triggers:
        mark = max(mark, last.trigger.end)
    own = any(t.indicator in _TOLLS and t.start > mark for t in sentence.triggers)
    if sentence.scan.low(mark) not in _MARKS or mark >= person.start or own:
        return None, 0
    if last.out in _CARE:
        last = _one_toll(sentence, ("injured",)) or last
    return (None if last.out or last.indicator not in _TOLLS else last), counted[-1].number.value


def _of_line(sentence: ParsedSentence, first: Number) -> tuple[NumberClaim | None, float]:
    """The count of the sentence before in the line, where this one begins with a person."""
    told = any(trigger.indicator != OUT for trigger in sentence.triggers)
    if told or first.start or not sentence.context.begun:
        return None, 0
    whole = _one_toll(sentence, _TOLLS)
    return whole, max(whole.number.value, _MOST * whole.number.implied) if whole else 0


def _one_toll(sentence: ParsedSentence, tolls: tuple[str, ...]) -> NumberClaim | None:
    """The largest count of the sentence before, if it tells of one toll alone."""
    told = [c for c in sentence.context.last if not c.out and c.indicator]
    alone = len({c.indicator for c in told}) == 1 and told[0].indicator in tolls
    return max(told, key=lambda c: c.number.value) if alone else None
