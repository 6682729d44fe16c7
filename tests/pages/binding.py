"""A server of the dashboard that is started in one of the ways there are, and what it is told."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.pages.driving import ROOT

STREAMLIT = ("-m", "streamlit", "run", "--server.headless", "true")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def started(
    command: Sequence[str], store: Path, folder: Path, environment: Mapping[str, str]
) -> Iterator[str]:
    """The address of a server by this machine's loopback; {port} in the command is its port."""
    port = free_port()
    options = [each.format(port=port) for each in command]
    given = os.environ | {"IMPACT_STORE": str(store), "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, *options],
            cwd=folder,
            env=given | {name: text.format(port=port) for name, text in environment.items()},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(f"http://127.0.0.1:{port}", process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def _await(url: str, process: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            if asked(f"{url}/_stcore/health")[0] == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(log.read_text(errors="replace"))


def asked(url: str, method: str = "GET", body: bytes | None = None, **headers: str):
    """Status and text of the answer to a request."""
    headers = {name.replace("_", "-"): text for name, text in headers.items()}
    request = urllib.request.Request(url, body, headers, method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
