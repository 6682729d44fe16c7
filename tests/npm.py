"""Packages of npm that tests start as servers of their own; each is got once, into .venv."""

import contextlib
import shutil
import subprocess
from functools import cache
from pathlib import Path

PATIENCE = 300


@cache
def installed(own: Path, into: Path, package: str) -> bool:
    """Whether a package can be started; gets it first where it is not there.

    own   the folder with package.json and what starts it, which is copied
    into  where it is installed
    """
    if not (shutil.which("node") and shutil.which("npm")):
        return False
    into.mkdir(exist_ok=True)
    for each in own.iterdir():
        shutil.copy(each, into)
    if (into / "node_modules" / package).exists():
        return True
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent"]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        return not subprocess.run(command, cwd=into, timeout=PATIENCE).returncode
    return False
