"""Persons of whom the toll told before is made up: "19 were hurt. 11 women, seven men, a boy."

Such a sentence has no verb. It is known by its sum, which is that of the toll.
"""

from etl.reports.mentions.numbers import Number
from etl.reports.mentions.triggers import Trigger
from etl.reports.resolution.claims import ParsedSentence
from etl.reports.resolution.unit_of import TOLLS

_GROUPS = ("women", "men", "children", "adults")


def of_toll_before(sentence: ParsedSentence) -> Trigger | None:
    """The trigger of the toll that all persons of a sentence make up; None for other sentences."""
    if sentence.triggers:
        return None
    persons = [each for each in sentence.numbers if not each.outside]
    if len(persons) < 2 or not all(map(_is_person, persons)):
        return None
    told = [each for each in sentence.context.last if not each.out and each.trigger is not None]
    tolls = [each for each in told if each.indicator in TOLLS and each.people == "all"]
    whole = next((each for each in reversed(tolls) if each.number.value == _sum(persons)), None)
    return whole.trigger if whole is not None else None


def _is_person(number: Number) -> bool:
    return number.unit == "people" and number.group in _GROUPS and number.high is None


def _sum(persons: list[Number]) -> float:
    return sum(each.value for each in persons)
