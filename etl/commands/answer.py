"""python -m etl answer: a person answers a doubt, so that the figure may lead."""

import argparse
from pathlib import Path

from impact import queries
from impact.store import decisions, snapshot
from impact.store.ledger import ANSWER, Ledger, store_folder
from impact.store.reader import Reader

HELP = "answer a doubt, so that the figure may lead"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FIGURE RULE --who WHO --reason REASON"""
    parser.add_argument("figure", help="the figure's id, F-…")
    parser.add_argument("rule", help="the doubt's rule")
    parser.add_argument("--who", required=True, help="the person who answers")
    parser.add_argument("--reason", required=True, help="why the figure stands")


def run(store: Path | None, options: argparse.Namespace) -> int:
    """Stores the answer and publishes. Raises LookupError if the figure has no such doubt."""
    ledger = Ledger(store or store_folder())
    raised = queries.doubts(Reader(ledger.folder), [options.figure])["rule"].tolist()
    if options.rule not in raised:
        raise LookupError(
            f"{options.figure} has no doubt {options.rule!r}; it has: {', '.join(raised) or 'none'}"
        )
    ledger.decide(options.figure, ANSWER, options.who, options.reason, {"rule": options.rule})
    snapshot.publish(ledger)
    about = f"{options.rule} of {options.figure}"
    said = decisions.answers(ledger, [options.figure])[options.figure][options.rule]
    if said.waits:
        print(f"{about}: the answer waits for a second person's, until then the doubt stands")
    else:
        print(f"answered: {about}")
    return 0
