"""python -m etl share FOLDER: moves the store of a folder to where machines share one."""

import argparse
from pathlib import Path

from impact.sharing import place
from impact.store import engine

HELP = "put a folder's store where IMPACT_STORE and IMPACT_BLOBS name a shared one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments: FOLDER [--back]"""
    parser.add_argument("folder", type=Path, help="folder of the store")
    parser.add_argument(
        "--back", action="store_true", help="make a store of the folder from the shared one instead"
    )


def run(_store: Path | None, options: argparse.Namespace) -> int:
    """Moves. Raises PlaceWrong where the environment names no shared store, NotEmpty, NotMoved."""
    where = place.of_environment()
    if where is None:
        raise place.PlaceWrong(
            "set IMPACT_STORE to postgresql://… and IMPACT_BLOBS, see docs/scaling.md"
        )
    shared = engine.shared(where)
    # Without the packages of a shared store this cannot be imported.
    from impact.store.shared import moving

    if options.back:
        count = moving.unshare(shared, options.folder)
        print(f"{options.folder.name} is a store of its own now, with {count} files")
    else:
        count = moving.share(options.folder, shared)
        print(f"{count} rows of {options.folder.name} are shared now: store nothing more in it")
    return 0
