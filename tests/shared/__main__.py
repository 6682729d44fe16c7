"""`make shared`: several machines on one store, for trial, all of them this one.

python -m tests.shared [--port PORT]

Starts a PostgreSQL and an S3 server of its own, loads the shipped figures, serves two dashboards on
PORT and PORT + 1, and has one worker read what is brought to either. Each has a copy of its own, as
on a machine of its own. All of it is gone when it is stopped. IMPACT_TEST_POSTGRES names another
PostgreSQL to use, with its password in PGPASSWORD.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.shared import object_server, postgres

ROOT = Path(__file__).parents[2]
# Seconds that whoever is stopped has to end by itself.
PATIENCE = 20


def main(port: int) -> int:
    """Serves until it is stopped, or until one of the processes ends by itself: then 1."""
    missing = [] if object_server.installed() else [object_server.MISSING]
    if not (binaries := postgres.binaries()) and not os.environ.get(postgres.GIVEN):
        missing.append(postgres.MISSING)
    if missing:
        print("\n".join(missing), file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="impact-shared-")))
        address, password = opened.enter_context(database(binaries))
        objects = opened.enter_context(object_server.served(folder / "s3"))
        print(f"PostgreSQL {address}, objects at {objects.environment['AWS_ENDPOINT_URL']}")
        shared = {**objects.environment, "IMPACT_STORE": address, "IMPACT_BLOBS": objects.address}
        shared |= {"PGPASSWORD": password} if password else {}
        etl("load", environment(shared, folder / "loader"))
        machines = {"one": ["serve", f"--port={port}"], "two": ["serve", f"--port={port + 1}"]}
        machines["worker"] = ["work"]
        started = {
            name: opened.enter_context(machine(command, environment(shared, folder / name)))
            for name, command in machines.items()
        }
        while not (ended := [name for name, each in started.items() if each.poll() is not None]):
            time.sleep(0.5)
        print(f"ended by itself: {', '.join(ended)}", file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def database(binaries: Path | None) -> Iterator[tuple[str, str]]:
    """The address of an empty database and its password: of the PostgreSQL that the environment
    names, or of one of our own."""
    with contextlib.ExitStack() as opened:
        if given := os.environ.get(postgres.GIVEN):
            yield opened.enter_context(postgres.database(given)), ""
            return
        assert binaries
        server = opened.enter_context(postgres.served(binaries))
        yield server.address, server.password


def environment(shared: Mapping[str, str], copy: Path) -> dict[str, str]:
    """What one machine is told: where the store is, and where its own copy goes."""
    return {**os.environ, **shared, "IMPACT_COPY": str(copy), "PYTHONUNBUFFERED": "1"}


def etl(command: str, told: Mapping[str, str]) -> None:
    """Runs one command to its end."""
    subprocess.run([sys.executable, "-m", "etl", command], cwd=ROOT, env=told, check=True)


@contextlib.contextmanager
def machine(command: list[str], told: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that goes on until the block ends. It hears nothing of Ctrl-C by itself, so that
    the servers that it needs are stopped after it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *command], cwd=ROOT, env=told, start_new_session=True
    )
    try:
        yield process
    finally:
        until = time.monotonic() + PATIENCE
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
            while time.monotonic() < until:  # the last of its processes may be its child
                process.poll()
                os.killpg(process.pid, 0)
                time.sleep(0.1)
            os.killpg(process.pid, signal.SIGKILL)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=8501)
    sys.exit(main(parser.parse_args().port))
