"""A real PostgreSQL on loopback, with a folder of its own: the binaries that the system has.

PostgreSQL refuses root; there it runs as the user that its package has made, or as nobody.
IMPACT_TEST_POSTGRES names another one to use instead, as postgresql://USER@HOST:PORT/DATABASE with
the password in PGPASSWORD; tests make databases of their own in it and remove them.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
from psycopg import sql

from tests.shared.ports import free_port

GIVEN = "IMPACT_TEST_POSTGRES"
MISSING = f"no PostgreSQL: install it (Debian: postgresql), or name one in {GIVEN}"
USER = "impact"


@cache
def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, of the newest version that is installed."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    found = sorted((each for each in folders if (each / "initdb").exists()), key=_version)
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).parent if on_path else None


def _version(folder: Path) -> float:
    return float(folder.parent.name)


class Postgres:
    """A server, which a test may stop, kill and start again at the same address.

    address   of the database that is there from the start; it holds no password
    password  what PGPASSWORD must hold
    """

    def __init__(self, folder: Path, bin_: Path) -> None:
        self._folder, self._bin, self._port = folder, bin_, free_port()
        self.password = secrets.token_urlsafe(12)
        self.address = f"postgresql://{USER}@127.0.0.1:{self._port}/postgres"
        self._owner = _owner()
        if self._owner:
            shutil.chown(folder, self._owner)
        secret = folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        if self._owner:
            shutil.chown(secret, self._owner)
        options = ["--auth=scram-sha-256", f"--pwfile={secret}", f"--username={USER}"]
        self._run("initdb", "--encoding=UTF8", "--locale=C", "--no-instructions", *options)

    def start(self) -> None:
        """Returns when it answers."""
        options = f"-h 127.0.0.1 -p {self._port} -k {self._folder} -c max_connections=60"
        self._run("pg_ctl", "-w", "-t", "60", "-l", f"{self._folder}/log", "-o", options, "start")

    def stop(self) -> None:
        """As an administrator stops it: open connections are cut."""
        self._run("pg_ctl", "-w", "-m", "fast", "stop")

    def kill(self) -> None:
        """As if its machine lost power."""
        self._run("pg_ctl", "-w", "-m", "immediate", "stop")

    def restart(self) -> None:
        self._run("pg_ctl", "-w", "-m", "fast", "-l", f"{self._folder}/log", "restart")

    @property
    def runs(self) -> bool:
        return (self._folder / "data" / "postmaster.pid").exists()

    def _run(self, program: str, *options: str) -> None:
        command = [str(self._bin / program), "-D", str(self._folder / "data"), *options]
        # Its own output goes to a file: a server that goes on would keep a pipe open.
        with (self._folder / "said").open("w+") as said:
            run = subprocess.run(
                command, user=self._owner, group=self._group(), extra_groups=self._none(),
                cwd=self._folder, stdout=said, stderr=said, env=_environment(),
            )  # fmt: skip
            said.seek(0)
            assert run.returncode == 0, f"{program}: {said.read()}"

    def _group(self) -> int | None:
        return pwd.getpwnam(self._owner).pw_gid if self._owner else None

    def _none(self) -> list[int] | None:
        return [] if self._owner else None


def _owner() -> str | None:
    """Who runs the server; None where it is whoever runs the tests."""
    if os.geteuid():
        return None
    known = {each.pw_name for each in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _environment() -> dict[str, str]:
    """Without what would have its tools ask another server."""
    return {name: text for name, text in os.environ.items() if not name.startswith("PG")}


@contextlib.contextmanager
def served(bin_: Path) -> Iterator[Postgres]:
    """A server whose folder is removed with it. Its user must reach the folder, which those of
    pytest do not allow."""
    folder = Path(tempfile.mkdtemp(prefix="impact-postgres-"))
    server = None
    try:
        server = Postgres(folder, bin_)
        server.start()
        yield server
    finally:
        if server and server.runs:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def database(address: str) -> Iterator[str]:
    """The address of an empty database beside another one, which is removed afterwards."""
    name = f"impact_{secrets.token_hex(6)}"
    start, _, _ = address.rpartition("/")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{start}/{name}"
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
