"""`make train`: makes the weights of etl/reports/weighing from the labelled reports.

The frozen reports are left out: they measure. Prints how well reports are read without weights and
with weights that have not seen them (cross-validated, pages of one address together), then writes
data/weights/weights.csv from all.
"""

import sys
from collections.abc import Iterator
from typing import Any

from etl.commands.read import as_label
from etl.learning import fit
from etl.learning.examples import Example, Known, examples
from etl.reports.reader import read
from etl.reports.weighing.guesses import Weigher
from etl.reports.weighing.weights import SHIPPED, Weights
from tests import score
from tests.accuracy import FORMER, REPORTS, SETS
from tests.score import Score

HELD = "never looked at"
# Sentences of one phenomenon each: learned from, and no measure of reports.
CASES = ("cases_en.jsonl", "cases_uk.jsonl")
# Reports that were looked at and stand in no table: learned from as well.
BESIDE = (
    *("mixed.jsonl", "fresh.jsonl", "whole.jsonl"),
    *("short_uk.jsonl", "partly.jsonl", "turns.jsonl", "posts.jsonl", "tables.jsonl"),
    *("prose.jsonl", "layouts.jsonl", "further.jsonl", "lines.jsonl", "grids.jsonl"),
    *("sheets.jsonl", "voices.jsonl"),
)
LOOKED_AT = [name for title, files in SETS.items() if title != HELD for name in files]
EARLIER = [name for files in FORMER.values() for name in files]


def reports(names: list[str]) -> Iterator[dict[str, Any]]:
    """The labelled reports of files, each with `group`: its address, or the report alone."""
    for name in names:
        for report in score.lines(REPORTS / name):
            alone = f"{name} {report.get('n') or report['case']}"
            yield report | {"group": report.get("url") or alone, "file": name}


def known(report: dict[str, Any]) -> list[Known]:
    """What the labels say of the report's numbers."""
    labels = (score.DEFAULTS | label for label in report["figures"])
    return [
        Known(
            f"{label['indicator']} {label['status'] or ''}".rstrip(),
            float(label["value"]),
            None if label["value_high"] in (None, "") else float(label["value_high"]),
            not score.optional(label) and label["indicator"] != "temperature",
        )
        for label in labels
    ]


def learned(report: dict[str, Any]) -> list[Example]:
    """The examples of a report. Labels of the earlier record are not complete."""
    complete = report["file"] not in EARLIER
    day = report.get("published") or ""
    return list(examples(report["text"], day, known(report), complete=complete))


def scored(names: list[str], parts: list[Weights]) -> Score:
    """The score of reports, each read with the weights of its part."""
    total = Score()
    for report in reports(names):
        weigher = Weigher(parts[fit.fold(report["group"])])
        found = read(report["text"], report.get("published") or "", weigher=weigher).figures
        answers = [as_label(each.figure) for each in found]
        total += sum(score.score(report["figures"], answers).values(), Score())
    return total


def main() -> int:
    """Prints the scores and writes the weights. Returns 1 without scikit-learn."""
    try:
        fit.ready()
    except fit.NoTrainer as missing:
        print(missing, file=sys.stderr)
        return 1
    by_group: dict[str, list[Example]] = {}
    for report in reports([*LOOKED_AT, *BESIDE, *EARLIER, *CASES]):
        by_group.setdefault(report["group"], []).extend(learned(report))
    print(f"{sum(map(len, by_group.values()))} numbers of {len(by_group)} reports and sentences")
    without, crossed = [Weights({})] * fit.FOLDS, fit.crossed(by_group)
    for title, names in (("looked at", LOOKED_AT), ("of the earlier record", EARLIER)):
        for said, parts in (("without weights", without), ("with weights", crossed)):
            print(f"{title}, {said}: {told(scored(names, parts))}")
    fit.fit([each for some in by_group.values() for each in some]).write(SHIPPED)
    print(f"written: data/weights/{SHIPPED.name}")
    return 0


def told(total: Score) -> str:
    """A score as a line."""
    shares = {
        "found": total.f1(total.found),
        "precision": total.precision(total.found),
        "recall": total.recall(total.found),
        "whole": total.f1(total.whole),
    }
    return ", ".join(f"{name} {share:.4f}" for name, share in shares.items())


if __name__ == "__main__":
    sys.exit(main())
