"""`make accuracy`: how well reports are read, measured on the labelled ones in tests/reports.

A label is *found* when a figure has its indicator, value and upper value; it is *whole* when unit,
place, date, status and people agree too. tests/reports/README.md has the rules of agreement.
Writes data/accuracy/accuracy.csv, which the Sources page shows.
"""

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from etl.commands.read import as_label
from etl.reports.reader import read

REPORTS = Path(__file__).parent / "reports"
TABLE = Path(__file__).parents[1] / "data" / "accuracy" / "accuracy.csv"
# name in the table -> files of labelled reports
SETS = {
    "labelled by a person": ("reports.jsonl",),
    "restated from sourced figures": ("restated.jsonl",),
    "written for the test": ("written_en.jsonl", "written_uk.jsonl"),
}
FIELDS = ("unit", "place", "date", "status", "group")
SAME_PEOPLE = {"": "all", "healthcare workers": "medics", "health workers": "medics"}
# "a man was killed" is one man, or simply one person.
ONE_PERSON = {"all", "men", "women", "adults"}
DEFAULTS = {"value_high": "", "bound": "exact", "group": "all", "status": ""}


def optional(label: dict) -> bool:
    """Whether a label is scored neither way: a repeat, a subset, a teaser."""
    return any(label.get(key) for key in ("optional", "dup", "opt"))


def agrees(label: dict, answer: dict, name: str) -> bool:
    """Whether a field of the answer is the label's, or one of its further right answers."""
    further = label.get(f"alt_{name}", [])
    wanted = [label.get(name, ""), *(further if isinstance(further, list) else [further])]
    return any(_same(label, answer, name, want) for want in wanted)


def _same(label: dict, answer: dict, name: str, want) -> bool:
    got = answer.get(name, "")
    if name in ("value", "value_high"):
        return _number(want) == _number(got)
    if name == "date":
        return any(_same_day(str(want), day) for day in (got, str(answer.get("as_of") or "")[:10]))
    if name == "group":
        want, got = SAME_PEOPLE.get(want, want), SAME_PEOPLE.get(got, got)
        return want == got or (label["value"] == 1 and {want, got} <= ONE_PERSON)
    return (want or "") == (got or "")


def _number(value) -> float | None:
    return None if value in ("", None) else float(value)


def _same_day(want: str, got: str) -> bool:
    """Within one day, as bulletins name the night or the morning after; a month by its prefix."""
    if len(want) < 10:
        return bool(want) and got.startswith(want)
    try:
        return abs((date.fromisoformat(want) - date.fromisoformat(got)).days) <= 1
    except ValueError:
        return want == got


def found(label: dict, answer: dict) -> bool:
    """Whether an answer states the label's number of the label's indicator."""
    return label["indicator"] == answer["indicator"] and all(
        agrees(label, answer, name) for name in ("value", "value_high")
    )


def pair(labels: Sequence[dict], answers: Sequence[dict]) -> list[tuple[int, int]]:
    """(label, answer) indexes, each used once, those that agree best first."""
    possible = [
        (sum(agrees(label, answer, name) for name in FIELDS), not optional(label), -i, -j)
        for i, label in enumerate(labels)
        for j, answer in enumerate(answers)
        if found(label, answer)
    ]
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(possible, reverse=True):
        if all(-i != a and -j != b for a, b in pairs):
            pairs.append((-i, -j))
    return pairs


@dataclass
class Score:
    """Counts of one group of labels, and what follows from them."""

    found: int = 0
    whole: int = 0
    missed: int = 0
    spurious: int = 0
    wrong: Counter = field(default_factory=Counter)

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.found + other.found,
            self.whole + other.whole,
            self.missed + other.missed,
            self.spurious + other.spurious,
            self.wrong + other.wrong,
        )

    @property
    def labels(self) -> int:
        return self.found + self.missed

    def precision(self, right: int) -> float:
        return right / (self.found + self.spurious) if self.found + self.spurious else 1.0

    def recall(self, right: int) -> float:
        return right / self.labels if self.labels else 1.0

    def f1(self, right: int) -> float:
        precision, recall = self.precision(right), self.recall(right)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score(labels: Sequence[dict], answers: Sequence[dict]) -> dict[str, Score]:
    """Indicator -> Score of one report."""
    labels = [DEFAULTS | label for label in labels]
    pairs = pair(labels, answers)
    scores: dict[str, Score] = {}

    def add(indicator: str, one: Score) -> None:
        scores[indicator] = scores.get(indicator, Score()) + one

    for i, j in pairs:
        if not optional(labels[i]):
            wrong = Counter(n for n in FIELDS if not agrees(labels[i], answers[j], n))
            add(labels[i]["indicator"], Score(found=1, whole=not wrong, wrong=wrong))
    for i, label in enumerate(labels):
        if all(i != a for a, _ in pairs) and not optional(label):
            add(label["indicator"], Score(missed=1))
    for j, answer in enumerate(answers):
        allowed = any(optional(label) and found(label, answer) for label in labels)
        if all(j != b for _, b in pairs) and not allowed:
            add(answer["indicator"], Score(spurious=1))
    return scores


def reports(names: Iterable[str]) -> Iterator[dict]:
    """The labelled reports of files under tests/reports."""
    for name in names:
        with (REPORTS / name).open(encoding="utf-8") as file:
            yield from map(json.loads, filter(str.strip, file))


def measure() -> Iterator[tuple[str, str, str, Score]]:
    """(set, language, indicator, Score); language and indicator "all" for the sums."""
    for name, files in SETS.items():
        rows: list[tuple[str, str, Score]] = []
        for report in reports(files):
            reading = read(report["text"], report.get("published") or "")
            answers = [as_label(each.figure) for each in reading.figures]
            for indicator, one in score(report["figures"], answers).items():
                rows.append((report["lang"], indicator, one))
        for key in (lambda r: ("all", "all"), lambda r: (r[0], "all"), lambda r: ("all", r[1])):
            for (language, indicator), group in groupby(sorted(rows, key=key), key=key):
                yield name, language, indicator, sum((row[2] for row in group), Score())


HEADER = (
    *("set", "language", "indicator", "labels", "found", "missed", "spurious"),
    *("precision", "recall", "f1", "whole", "whole_f1"),
)


def row(name: str, language: str, indicator: str, one: Score) -> dict:
    """A line of the table."""
    shares = (
        one.precision(one.found), one.recall(one.found), one.f1(one.found), one.f1(one.whole)
    )  # fmt: skip
    precision, recall, f1, whole_f1 = (f"{share:.3f}" for share in shares)
    return dict(
        zip(
            HEADER,
            (
                *(name, language, indicator, one.labels, one.found, one.missed, one.spurious),
                *(precision, recall, f1, one.whole, whole_f1),
            ),
            strict=True,
        )
    )


def main() -> int:
    """Prints the table and writes it."""
    rows = [row(*measured) for measured in measure()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    widths = {name: max(len(str(each[name])) for each in [*rows, {name: name}]) for name in HEADER}
    print("  ".join(f"{name:<{widths[name]}}" for name in HEADER))
    for each in rows:
        print("  ".join(f"{each[name]!s:<{widths[name]}}" for name in HEADER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
