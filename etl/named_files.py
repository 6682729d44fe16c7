"""Files that a person names on the command line, looked at before anything is read or written."""

import argparse
from pathlib import Path


def to_read(text: str) -> Path:
    """A file to read, as argparse takes it. A pipe or a device may never end, or end the memory.

    Raises ArgumentTypeError for what is there and is neither a file nor a folder; whether there is
    anything at all is told when it is read.
    """
    path = Path(text)
    if _is_odd(path):
        raise argparse.ArgumentTypeError(f"{text} is no file: save what it holds as one")
    return path


def to_write(path: Path, store: Path) -> Path:
    """A file to write. Raises ValueError within a store's folder, whose own files would be lost,
    and in place of a pipe or a device."""
    if path.resolve().is_relative_to(store.resolve()):
        raise ValueError(f"{path} lies in the store itself: name a file in another folder")
    if _is_odd(path):
        raise ValueError(f"{path} is no file, and would be lost: name another one")
    return path


def _is_odd(path: Path) -> bool:
    return path.exists() and not (path.is_file() or path.is_dir())
