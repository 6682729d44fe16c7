"""The numbers of a report with what is known of each: what the weights are learned from."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.reports.mentions.numbers import Number
from etl.reports.reader import read
from etl.reports.resolution.claims import ParsedSentence
from etl.reports.weighing.features import features, weighed
from etl.reports.weighing.guesses import Weigher
from etl.reports.weighing.weights import NONE, Weights


class Known(NamedTuple):
    """What is known of a number of a report.

    kind  its indicator, with the status of a supply: "power_outage without"; NONE for no figure
    sure  whether it is to be learned: not what may be a figure or not, a repeat or a part
    """

    kind: str
    value: float
    high: float | None = None
    sure: bool = True


class Example(NamedTuple):
    """A number's features and its kind."""

    features: tuple[str, ...]
    kind: str


@dataclass(slots=True)
class _Gatherer(Weigher):
    """Keeps every number that may be weighed, with the indicators that the grammar gave it."""

    found: list[tuple[Number, tuple[str, ...], set[str]]] = field(default_factory=list)

    def consider(self, sentence: ParsedSentence) -> None:
        """Guesses nothing."""
        may = {id(each) for each in weighed(sentence)}
        for number, stated in zip(sentence.numbers, sentence.stated, strict=True):
            if id(stated) in may:
                claims = (each for each in sentence.made if each.number is number)
                told = {each.indicator for each in claims if not each.out and not each.lacks}
                self.found.append((stated, tuple(features(sentence, stated)), told - {""}))


def examples(
    text: str, published: str, known: Collection[Known], *, complete: bool = True
) -> Iterator[Example]:
    """The examples of a report.

    complete  whether every figure of the report is known, so that any other number is none; else
              only those are that the grammar makes no figure of

    A number that stands several times is an example where all that is known of it agrees, or where
    the grammar reads one of the kinds that are known.
    """
    numbers = gathered(text, published)
    for (value, high), same in numbers.items():
        told = [each for each in known if each.value == value and each.high in (None, high)]
        for features_, read_as in same:
            if kind := _kind(told, len(same), read_as, complete=complete):
                yield Example(features_, kind)


def gathered(
    text: str, published: str
) -> dict[tuple[float, float | None], list[tuple[tuple[str, ...], set[str]]]]:
    """(value, upper value) -> the features and indicators of each number that has them."""
    gatherer = _Gatherer(Weights({}))
    read(text, published, weigher=gatherer)
    found: dict[tuple[float, float | None], list[tuple[tuple[str, ...], set[str]]]]
    found = defaultdict(list)
    for number, features_, told in gatherer.found:
        found[number.value, number.high].append((features_, told))
    return found


def _kind(told: Sequence[Known], times: int, read_as: set[str], *, complete: bool) -> str:
    """The kind of a number; empty where it is not certain."""
    if not told:
        return NONE if complete or not read_as else ""
    if not all(each.sure for each in told):
        return ""
    kinds = {each.kind for each in told}
    if len(kinds) == 1 and len(told) == times:
        return kinds.pop()
    agreed = {each.kind for each in told if each.kind.partition(" ")[0] in read_as}
    return agreed.pop() if len(agreed) == 1 and len(read_as) == 1 else ""
