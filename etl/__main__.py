"""python -m etl: load sourced tables, read reports, serve the dashboard, check the store."""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path
from types import ModuleType

from etl import commands


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the process's exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    options = _parser(arguments).parse_args(arguments)
    try:
        return options.run(options.store, options)
    except (LookupError, OSError, ValueError, RuntimeError) as error:
        if type(error) is RuntimeError:
            raise  # a fault of the program's own, not of what it was given
        print(f"etl {options.command}: {_say(error)}", file=sys.stderr)
        return 1


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    """The parser of the command that was asked for.

    Other commands are not imported: that takes time.
    """
    parser = argparse.ArgumentParser(prog="python -m etl", description=__doc__)
    parser.add_argument("--store", type=Path, help="folder of the store")
    sub = parser.add_subparsers(dest="command", required=True)
    names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
    asked = [name for name in names if name in arguments] or names
    for name in asked:
        command = _command(name)
        each = sub.add_parser(name, help=command.HELP, description=command.HELP)
        command.add_arguments(each)
        each.set_defaults(run=command.run)
    return parser


def _command(name: str) -> ModuleType:
    return importlib.import_module(f"etl.commands.{name}")


def _say(error: Exception) -> str:
    """An error as one line without Python's own decoration."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    # str() of a KeyError is the representation of what it was given.
    said = error.args[0] if type(error) is KeyError and error.args else str(error)
    return " ".join(str(said or type(error).__name__).split())


if __name__ == "__main__":
    sys.exit(main())
