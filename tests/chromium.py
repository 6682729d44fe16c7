"""The Chromium of the browser tests. `python -m tests.chromium` gets one if there is none.

CHROMIUM in the environment names one outright; else the system's is taken, else Playwright's own.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first draws no window of its own at all, which saves a quarter of a page's time.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "no Chromium: install the package chromium, run `.venv/bin/playwright install chromium`, "
    "or set CHROMIUM=/path/to/one"
)
OPTIONS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A window lives for seconds: what V8's optimisers take is more than they give back.
    "--js-flags=--no-maglev --no-opt",
)
PATIENCE = 600


def options() -> list[str]:
    """Launch options: nothing but the pages under test may speak to a network."""
    return [*OPTIONS, "--no-sandbox"] if _is_root() else list(OPTIONS)


def find() -> str | None:
    """The path of a Chromium that starts, or None."""
    return next((path for path in _candidates() if path and _starts(path)), None)


def ensure() -> str | None:
    """The path of a Chromium, installed if need be; None when none can be had."""
    if (path := find()) or os.environ.get("CHROMIUM"):
        return path
    if _is_root() and shutil.which("apt-get"):
        quietly = ["apt-get", "-qq", "-y", "-o", "Acquire::Retries=1"]
        _run([*quietly, "update"])
        install = [*quietly, "install", "--no-install-recommends", "fonts-dejavu-core"]
        _run([*install, SHELL]) or _run([*install, "chromium"])
    if path := find():
        return path
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return find()


def _candidates() -> Iterator[str | None]:
    if named := os.environ.get("CHROMIUM"):
        yield named
    else:
        yield from map(shutil.which, NAMES)
        yield _playwrights_own()


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


@cache
def _playwrights_own() -> str:
    """Where Playwright keeps the Chromium it downloads, whether it is there or not."""
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _starts(path: str) -> bool:
    """Whether it runs at all: Ubuntu's chromium-browser only says where to get one."""
    return Path(path).exists() and _run([path, "--version", *options()], 30)


def _run(command: list[str], seconds: float = PATIENCE) -> bool:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, capture_output=True, timeout=seconds)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Says in one line which Chromium the browser tests use, or what to do."""
    path = ensure()
    print(f"browser tests use {path}" if path else f"browser tests are skipped: {MISSING}")
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
