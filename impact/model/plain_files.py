"""Files of a store as they are read: only what is a file is waited for.

A pipe that lies where a file should holds up whoever opens it until somebody writes into it, and
what a device says has no end.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """A file to read. Raises OSError, also where it is anything but a file."""
    # So a pipe is opened at once, too; of a file it makes no difference.
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "This is no file", str(path))
        yield file


def content(path: Path) -> bytes:
    """The bytes of a file. Raises OSError, also where it is anything but a file."""
    with opened(path) as file:
        return file.read()


def text(path: Path, encoding: str = "utf-8") -> str:
    """The text of a file. Raises OSError as `content` does, and ValueError where it is no text."""
    return content(path).decode(encoding)
