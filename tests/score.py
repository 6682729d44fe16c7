"""Scores a reader of situation reports against labelled ones.

    python -m tests.score LABELLED.jsonl ANSWERS.jsonl [--by lang|genre] [--worst N] [--json]

Both files hold one JSON object a line, with `n`, the report's number, and `figures`, a list of
objects with the fields of tests/reports/record.md. A figure is *found* when indicator, value and
upper value agree. It is *whole* when unit, place, date, status and people agree too. `bound` and
`period` are told apart from both. Needs Python alone, so that any reader can be scored.
"""

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

Label = Mapping[str, Any]

FIELDS = ("unit", "place", "date", "status", "group")
DEFAULTS = {"value_high": "", "bound": "exact", "group": "all", "status": "", "period": "day"}
SAME_PEOPLE = {
    **dict.fromkeys(("healthcare workers", "health workers", "doctors"), "medics"),
    **dict.fromkeys(("medical workers", "paramedics"), "medics"),
    **dict.fromkeys(("boys", "girls", "child"), "children"),
    **{"": "all", "firefighters": "rescuers", "police officers": "police"},
}
# "A man was killed" is one man, or simply one person.
ONE_PERSON = {"all", "men", "women", "adults"}
SAME_PLACE = {
    **{"kiev": "kyiv", "odessa": "odesa", "kharkov": "kharkiv", "lvov": "lviv"},
    **dict.fromkeys(("mykolayiv", "nikolaev"), "mykolaiv"),
    **dict.fromkeys(("zaporizhzhya", "zaporozhye"), "zaporizhzhia"),
    **dict.fromkeys(("kryvyy rih", "krivoy rog"), "kryvyi rih"),
    **{"chernigov": "chernihiv", "slovyansk": "sloviansk"},
    "dnepropetrovsk": "dnipropetrovsk",
}
RESAMPLED, SEED = 1_000, 1


def optional(label: Label) -> bool:
    """Whether a label is scored neither way: a repeat, a subset, a teaser."""
    return any(label.get(key) for key in ("optional", "dup", "opt"))


def agrees(label: Label, answer: Label, name: str) -> bool:
    """Whether a field of the answer is the label's, or one of its further right answers."""
    further = label.get(f"alt_{name}") or []
    wanted = [label.get(name), *(further if isinstance(further, list) else [further])]
    return any(_same(label, answer, name, want) for want in wanted)


def _same(label: Label, answer: Label, name: str, want: Any) -> bool:
    got = answer.get(name)
    if name in ("value", "value_high"):
        return _number(want) == _number(got)
    if name == "date":  # a late toll may be dated by its event or by its statement
        return any(_same_day(str(want or ""), str(day or "")[:10]) for day in _days(answer))
    if name == "place":
        return _place(want) == _place(got)
    if name == "group":
        people = {SAME_PEOPLE.get(each or "", each) for each in (want, got)}
        one = _number(label.get("value")) == 1
        return len(people) == 1 or (one and people <= ONE_PERSON)
    return (want or DEFAULTS.get(name, "")) == (got or DEFAULTS.get(name, ""))


def _number(value: Any) -> float | None:
    return None if value in ("", None) else float(value)


def _days(answer: Label) -> tuple[Any, Any]:
    return answer.get("date"), answer.get("as_of")


def _same_day(want: str, got: str) -> bool:
    """Within one day, as bulletins name the night or the morning after; a month by its prefix."""
    if len(want) < 10:
        return bool(want) and got.startswith(want)
    try:
        return abs((date.fromisoformat(want) - date.fromisoformat(got)).days) <= 1
    except ValueError:
        return want == got


def _place(name: Any) -> str:
    """A place's name with its usual spellings as one: "the Odessa region" -> "odesa oblast"."""
    plain = re.sub(r"[\u2019\u02bc'`]", "", str(name or "")).casefold().strip()
    plain = re.sub(r"^(the |city of )+| city$", "", plain)
    plain = re.sub(r" (region|province|obl\.?)$", " oblast", plain)
    stem, oblast, rest = plain.partition(" oblast")
    return SAME_PLACE.get(stem, stem) + oblast + rest


def found(label: Label, answer: Label) -> bool:
    """Whether an answer states the label's number of the label's indicator."""
    return label["indicator"] == answer["indicator"] and all(
        agrees(label, answer, name) for name in ("value", "value_high")
    )


def pair(labels: Sequence[Label], answers: Sequence[Label]) -> list[tuple[int, int]]:
    """(label, answer) indexes, each used once, those that agree best first."""
    possible = [
        (sum(agrees(label, answer, name) for name in FIELDS), not optional(label), -i, -j)
        for i, label in enumerate(labels)
        for j, answer in enumerate(answers)
        if found(label, answer)
    ]
    pairs: list[tuple[int, int]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for _, _, i, j in sorted(possible, reverse=True):
        if -i not in used[0] and -j not in used[1]:
            pairs.append((-i, -j))
            used[0].add(-i)
            used[1].add(-j)
    return pairs


@dataclass
class Score:
    """Counts of one group of labels, and what follows from them.

    wrong  field -> how many of the found have it wrong; bound and period beside FIELDS
    """

    found: int = 0
    whole: int = 0
    missed: int = 0
    spurious: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

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

    @property
    def answers(self) -> int:
        return self.found + self.spurious

    def precision(self, right: int) -> float:
        return right / self.answers if self.answers else 1.0

    def recall(self, right: int) -> float:
        return right / self.labels if self.labels else 1.0

    def f1(self, right: int) -> float:
        precision, recall = self.precision(right), self.recall(right)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True)
class Faults:
    """What is wrong with the answers about one report.

    scored  label and answer of every figure that was found and counts
    wrong   those of them that are not whole
    """

    missed: list[Label]
    spurious: list[Label]
    scored: list[tuple[Label, Label]]

    @property
    def wrong(self) -> list[tuple[Label, Label]]:
        return [each for each in self.scored if not all(agrees(*each, name) for name in FIELDS)]

    def __len__(self) -> int:
        return len(self.missed) + len(self.spurious) + len(self.wrong)


def faults(labels: Sequence[Label], answers: Sequence[Label]) -> Faults:
    """The faults in the answers about one report."""
    pairs = pair(labels, answers)
    taken, given = {i for i, _ in pairs}, {j for _, j in pairs}
    return Faults(
        missed=[x for i, x in enumerate(labels) if i not in taken and not optional(x)],
        spurious=[
            x
            for j, x in enumerate(answers)
            if j not in given and not any(optional(each) and found(each, x) for each in labels)
        ],
        scored=[(labels[i], answers[j]) for i, j in pairs if not optional(labels[i])],
    )


def score(labels: Sequence[Label], answers: Sequence[Label]) -> dict[str, Score]:
    """Indicator -> Score of one report."""
    labels = [DEFAULTS | dict(label) for label in labels]
    told = faults(labels, answers)
    scores: dict[str, Score] = {}

    def add(indicator: str, one: Score) -> None:
        scores[indicator] = scores.get(indicator, Score()) + one

    for label, answer in told.scored:
        names = (*FIELDS, "bound", "period")
        wrong = Counter(name for name in names if not agrees(label, answer, name))
        whole = not any(wrong[name] for name in FIELDS)
        add(label["indicator"], Score(found=1, whole=whole, wrong=wrong))
    for label in told.missed:
        add(label["indicator"], Score(missed=1))
    for answer in told.spurious:
        add(answer["indicator"], Score(spurious=1))
    return scores


def interval(reports: Sequence[Score], *, whole: bool = False) -> tuple[float, float]:
    """Within which the F1 of found, or of whole, figures lies with 95 % confidence.

    Reports are drawn anew with repetition, because the labels of one report err together
    (bootstrap, the middle 95 % of RESAMPLED draws). The same reports give the same interval.
    """
    rng = random.Random(SEED)
    # F1 is twice what is right, of what was answered and what is labelled.
    each = [(one.whole if whole else one.found, one.answers + one.labels) for one in reports]
    drawn = []
    for _ in range(RESAMPLED):
        rights, all_ = zip(*rng.choices(each, k=len(each)), strict=True)
        drawn.append(2 * sum(rights) / sum(all_) if sum(all_) else 1.0)
    drawn.sort()
    aside = RESAMPLED // 40
    return drawn[aside], drawn[-1 - aside]


# --- the command ---


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the scores of a file of answers."""
    parser = argparse.ArgumentParser(description="Scores answers against labelled reports.")
    parser.add_argument("labelled", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--by", metavar="KEY", help="score each value of this key, too")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show N reports' faults")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args(arguments)
    answers = {each["n"]: each["figures"] for each in lines(asked.answers)}
    reports = [(each, answers.get(each["n"], [])) for each in lines(asked.labelled)]
    groups = {"all": reports}
    for each in reports if asked.by else ():
        groups.setdefault(f"{asked.by} {each[0].get(asked.by, '')}", []).append(each)
    told = {name: _told(some) for name, some in sorted(groups.items())}
    if asked.json:
        print(json.dumps(told, indent=1))
        return 0
    for name, numbers in told.items():
        print(f"{name:24}", *(f"{key} {number}" for key, number in numbers.items()), sep="  ")
    by_faults = sorted(reports, key=lambda each: -len(faults(each[0]["figures"], each[1])))
    for report, given in by_faults[: asked.worst]:
        print("\n".join(_listed(report, faults(report["figures"], given))))
    return 0


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file with one JSON object a line."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, filter(str.strip, file))


def _told(reports: Iterable[tuple[Label, list[Label]]]) -> dict[str, float]:
    each = [sum(score(report["figures"], given).values(), Score()) for report, given in reports]
    total = sum(each, Score())
    low, high = interval(each)
    numbers = {
        "precision": total.precision(total.found),
        "recall": total.recall(total.found),
        "f1": total.f1(total.found),
        "low": low,
        "high": high,
        "whole": total.f1(total.whole),
    }
    counts = {"reports": len(each), "labels": total.labels}
    return counts | {name: round(number, 3) for name, number in numbers.items()}


def _listed(report: Label, told: Faults) -> Iterator[str]:
    yield f"\n{report['n']}: {len(told)} faults"
    yield from (f"  missed    {_brief(each)}" for each in told.missed)
    yield from (f"  spurious  {_brief(each)}" for each in told.spurious)
    for label, answer in told.wrong:
        yield f"  wrong     {_brief(answer)}\n  wanted    {_brief(label)}"


def _brief(figure: Label) -> dict[str, Any]:
    aside = ("note", "quote", "start", "end")
    return {
        key: each for key, each in figure.items() if each not in (None, "") and key not in aside
    }


if __name__ == "__main__":
    sys.exit(main())
