"""python -m etl learn: learns from what reviewers decided which numbers are figures."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from etl.learning import decided, fit, gain, proposed_words
from etl.learning.decided import Decided
from etl.learning.further import further
from etl.learning.gain import Score
from etl.reports.weighing import weights
from etl.reports.weighing.weights import Weights
from impact.store import atomic_files
from impact.store.ledger import Ledger, store_folder

HELP = "learn from the reviewers' decisions which numbers are figures"

# Of fewer reviewed reports no gain could be told from chance.
LEAST = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: none."""


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Learns from every report that was reviewed to the end, and says how reports are read before
    and after by weights that have not seen them. Writes the weights into the store if they gain.
    Prints words that reviewers' additions have in common. Nothing leaves the machine.

    Returns 1 without scikit-learn.
    """
    try:
        fit.ready()
    except fit.NoTrainer as missing:
        print(missing, file=sys.stderr)
        return 1
    ledger = Ledger(store or store_folder())
    reports = list(decided.reports(ledger)) if ledger.lived else []
    if len(reports) < LEAST:
        print(f"{len(reports)} reports are reviewed to the end: {LEAST} are needed to learn")
    else:
        _learn(ledger, reports)
    for line in proposed_words.lines(reports):
        print(f"a word for {line}")
    return 0


def _learn(ledger: Ledger, reports: Sequence[Decided]) -> None:
    shipped = weights.shipped()
    before = gain.total(gain.score(each, shipped) for each in reports)
    after = gain.total(_unseen(reports, shipped))
    print(f"{len(reports)} reports are reviewed to the end")
    print(f"with the shipped weights: {_said(before)}")
    print(f"with weights learned from the other reports: {_said(after)}")
    path = ledger.folder / weights.OWN
    if after.gains_on(before):
        learned = further(shipped, [one for each in reports for one in each.examples()])
        with atomic_files.drafted(path) as draft:
            learned.write(draft)
        print(f"they gain: written to {path.name} of the store; reports are read with them now")
    else:
        path.unlink(missing_ok=True)
        print("they do not gain: reports are read with the shipped weights")


def _unseen(reports: Sequence[Decided], shipped: Weights) -> list[Score]:
    """The scores of reports, each read by weights that were learned from others."""
    scores = []
    for part in range(fit.FOLDS):
        others = [each for each in reports if fit.fold(each.document) != part]
        learned = further(shipped, [one for each in others for one in each.examples()])
        scores += [gain.score(each, learned) for each in reports if fit.fold(each.document) == part]
    return scores


def _said(score: Score) -> str:
    return (
        f"{score.found} figures found, {score.missed} missed, {score.wrong} wrong "
        f"(F1 {score.f1:.3f}, precision {score.precision:.3f})"
    )
