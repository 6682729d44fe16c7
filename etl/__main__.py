"""python -m etl: load sourced tables, serve the dashboard, check the store, answer a doubt."""

import argparse
import sys
from pathlib import Path

from etl import source
from etl.load import load
from etl.serve import load_shipped, serve
from impact import published, queries
from impact.ledger import ANSWER, Ledger, StoreBusy, StoreUnreadable, store_folder


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the process's exit code."""
    options = _parser().parse_args(arguments)
    ledger = Ledger(options.store)
    try:
        return options.run(ledger, options)
    except (LookupError, OSError, StoreBusy, StoreUnreadable, ValueError) as error:
        print(f"etl {options.command}: {_say(error)}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    parser.add_argument("--store", type=Path, default=store_folder(), help="folder of the store")
    commands = parser.add_subparsers(dest="command", required=True)

    command = commands.add_parser("load", help="load sourced tables and publish them")
    command.add_argument("sources", nargs="*", metavar="source", help=", ".join(source.names()))
    command.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        help="a file of one's own in the shape of the source's, instead of the shipped one",
    )
    command.set_defaults(run=_load)

    command = commands.add_parser("serve", help="serve the dashboard on this machine's loopback")
    command.add_argument("--port", type=int, default=8501)
    command.set_defaults(run=lambda ledger, options: serve(ledger, options.port))

    command = commands.add_parser("check", help="verify the store and say what is wrong")
    command.set_defaults(run=_check)

    command = commands.add_parser("answer", help="answer a doubt, so that the figure may lead")
    command.add_argument("figure", help="the figure's id, F-…")
    command.add_argument("rule", help="the doubt's rule")
    command.add_argument("--who", required=True, help="the person who answers")
    command.add_argument("--reason", required=True, help="why the figure stands")
    command.set_defaults(run=_answer)
    return parser


def _load(ledger: Ledger, options: argparse.Namespace) -> int:
    if options.file and len(options.sources) != 1:
        raise ValueError("--file needs exactly one source to read it with")
    if not options.sources:
        load_shipped(ledger)
    for name in options.sources:
        print(load(name, ledger, options.file), flush=True)
    snapshot = published.publish(ledger)
    print(f"published {published.Reader(ledger.folder).count()} figures as {snapshot}")
    return 0


def _check(ledger: Ledger, options: argparse.Namespace) -> int:
    if not ledger.exists:
        print(f"nothing stored yet in {ledger.folder.name}: run `python -m etl load`")
        return 1
    problems = [*ledger.check(), *published.check(ledger)]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems" if problems else "the store is sound")
    return 1 if problems else 0


def _answer(ledger: Ledger, options: argparse.Namespace) -> int:
    raised = queries.doubts(published.Reader(ledger.folder), [options.figure])["rule"].tolist()
    if options.rule not in raised:
        raise LookupError(
            f"{options.figure} has no doubt {options.rule!r}; it has: {', '.join(raised) or 'none'}"
        )
    ledger.decide(options.figure, ANSWER, options.who, options.reason, {"rule": options.rule})
    published.publish(ledger)
    print(f"answered: {options.rule} of {options.figure}")
    return 0


def _say(error: Exception) -> str:
    """An error as one line without Python's own decoration."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {error.filename}"
    return " ".join(str(error.args[0] if error.args else type(error).__name__).split())


if __name__ == "__main__":
    sys.exit(main())
