"""`make accuracy`: how well reports are read, measured on the labelled ones in tests/reports.

tests/score.py has the rules of agreement, tests/reports/README.md says what the reports are. Writes
data/accuracy/accuracy.csv, which the Sources page shows.
"""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from etl.commands.read import as_label
from etl.reports.reader import read
from tests import score
from tests.score import Score

REPORTS = Path(__file__).parent / "reports"
TABLE = Path(__file__).parents[1] / "data" / "accuracy" / "accuracy.csv"
# name in the table -> files of labelled reports
SETS = {
    "never looked at": ("frozen.jsonl",),
    "looked at": (
        *("open.jsonl", "genres.jsonl", "hard.jsonl"),
        *("kinds.jsonl", "updates.jsonl", "strangers.jsonl"),
    ),
    "looked at longest": ("reports.jsonl",),
}
# Labelled by an earlier record, which knew no totals and no casualties: for tests alone.
FORMER = {
    "restated from sourced figures": ("restated.jsonl",),
    "written for the test": ("written_en.jsonl", "written_uk.jsonl"),
}
ALL = "all"


class Group(NamedTuple):
    """Which reports and labels were counted together: a set's, of one language, genre or
    indicator, or of all."""

    set: str
    language: str = ALL
    genre: str = ALL
    indicator: str = ALL


def reports(names: Iterable[str]) -> Iterator[dict]:
    """The labelled reports of files under tests/reports."""
    for name in names:
        yield from score.lines(REPORTS / name)


def measure(sets: Mapping[str, Sequence[str]] = SETS) -> Iterator[tuple[Group, list[Score]]]:
    """Group -> the Score of each of its reports."""
    for name, files in sets.items():
        groups: dict[Group, list[Score]] = {}
        for report in reports(files):
            reading = read(report["text"], report.get("published") or "")
            answers = [as_label(each.figure) for each in reading.figures]
            scores = score.score(report["figures"], answers)
            whole = sum(scores.values(), Score())
            belongs = [Group(name), Group(name, language=report["lang"])]
            if genre := report.get("genre"):
                belongs.append(Group(name, genre=genre))
            for group in belongs:
                groups.setdefault(group, []).append(whole)
            for indicator, one in scores.items():
                groups.setdefault(Group(name, indicator=indicator), []).append(one)
        yield from sorted(groups.items(), key=_order)


def _order(each: tuple[Group, list[Score]]) -> tuple:
    """All first, then languages, genres and indicators."""
    group = each[0]
    return (group.indicator != ALL, group.genre != ALL, group.language != ALL, group)


HEADER = (
    *Group._fields,
    *("reports", "labels", "found", "missed", "spurious", "precision", "recall"),
    *("f1", "f1_low", "f1_high", "whole", "whole_f1", "whole_low", "whole_high"),
)


def row(group: Group, scores: Sequence[Score]) -> dict[str, str]:
    """A line of the table."""
    total = sum(scores, Score())
    found, whole = score.interval(scores), score.interval(scores, whole=True)
    shares = {
        "precision": total.precision(total.found),
        "recall": total.recall(total.found),
        "f1": total.f1(total.found),
        "whole_f1": total.f1(total.whole),
        **dict(zip(("f1_low", "f1_high"), found, strict=True)),
        **dict(zip(("whole_low", "whole_high"), whole, strict=True)),
    }
    told = {
        **group._asdict(),
        "reports": len(scores),
        **{name: getattr(total, name) for name in ("labels", "found", "missed", "spurious")},
        "whole": total.whole,
        **{name: f"{share:.3f}" for name, share in shares.items()},
    }
    return {name: str(told[name]) for name in HEADER}


def main() -> int:
    """Prints the table and writes it."""
    rows = [row(*measured) for measured in measure()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, HEADER, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    widths = {name: max(len(each[name]) for each in [*rows, {name: name}]) for name in HEADER}
    print("  ".join(f"{name:<{widths[name]}}" for name in HEADER))
    for each in rows:
        print("  ".join(f"{each[name]:<{widths[name]}}" for name in HEADER))
    return 0


if __name__ == "__main__":
    sys.exit(main())
