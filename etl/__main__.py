"""python -m etl: load sourced tables, check the store, answer a doubt."""

import argparse
import sys
from pathlib import Path

from etl import source
from etl.load import load
from impact import published
from impact.ledger import ANSWER, Ledger, StoreBusy, store_folder


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the process's exit code."""
    options = _parser().parse_args(arguments)
    ledger = Ledger(options.store)
    try:
        return options.run(ledger, options)
    except (LookupError, OSError, StoreBusy, ValueError) as error:
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
    command.add_argument("--if-empty", action="store_true", help="only into an empty store")
    command.set_defaults(run=_load)

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
    if options.if_empty and published.current(ledger.folder):
        published.publish(ledger)
        return 0
    if options.file and len(options.sources) != 1:
        raise ValueError("--file needs exactly one source to read it with")
    chosen = options.sources or [name for name in source.names() if source.get(name).SOURCE.files]
    for name in chosen:
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
    ledger.decide(options.figure, ANSWER, options.who, options.reason, {"rule": options.rule})
    published.publish(ledger)
    print(f"answered: {options.rule} of {options.figure}")
    return 0


def _say(error: Exception) -> str:
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"no such file: {error.filename}"
    return str(error.args[0]) if error.args else type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
