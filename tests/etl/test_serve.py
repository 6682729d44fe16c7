"""`etl serve` hands the server that it starts what it was asked for, and stops it with itself."""

import os
import signal
import subprocess
import sys

import pytest

from etl import __main__ as etl
from etl import serve
from impact.store import snapshot
from tests.made import offer, toll

# Nothing listens there, so that no server of this machine is in the way.
PORT = ("--port", "0")


@pytest.fixture
def started(monkeypatch) -> list[tuple[list[str], dict]]:
    """What would be started: commands and environments."""
    found = []

    def run(command, environment):
        found.append((command, environment))
        return 0

    monkeypatch.setattr(serve, "run", run)
    monkeypatch.setattr(serve, "prepare", lambda ledger: None)
    return found


def test_the_server_reads_the_store_that_was_named(started, store, tmp_path):
    assert etl.main(["--store", str(tmp_path / "other"), "serve", *PORT]) == 0
    assert etl.main(["serve", *PORT]) == 0
    assert [env["IMPACT_STORE"] for _, env in started] == [str(tmp_path / "other"), str(store)]


@pytest.mark.parametrize("given", [[], ["--address", "0.0.0.0"]])
def test_the_server_listens_on_this_machine_alone_unless_told_otherwise(started, store, given):
    assert etl.main(["serve", *PORT, *given]) == 0
    ((command, _),) = started
    address = command[command.index("--server.address") + 1]
    assert address == (given[1] if given else "127.0.0.1")
    assert command[command.index("--server.port") + 1] == PORT[1]


def test_what_is_published_is_served_whatever_publishing_meets(ledger, monkeypatch, capsys):
    offer(ledger, toll())
    name = snapshot.publish(ledger)

    def broken(*_):
        raise ValueError("Length mismatch")

    monkeypatch.setattr(snapshot, "publish", broken)
    serve.prepare(ledger)
    said = capsys.readouterr().out
    assert "Length mismatch" in said and name in said


def test_without_anything_published_it_is_raised(ledger, monkeypatch):
    def broken(*_):
        raise ValueError("Length mismatch")

    monkeypatch.setattr(snapshot, "publish", broken)
    monkeypatch.setattr(serve, "load_shipped", lambda ledger: None)
    with pytest.raises(ValueError, match="Length"):
        serve.prepare(ledger)


# A program that starts another one as a server; that one says its number and then waits.
STARTS = """
import os, sys
from etl import serve
serve.subprocess.DEVNULL = None
waits = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
sys.exit(serve.run([sys.executable, "-c", waits], os.environ))
"""


@pytest.mark.parametrize("said", [signal.SIGTERM, signal.SIGINT])
def test_who_stops_the_command_stops_the_server_with_it(said):
    with subprocess.Popen(
        [sys.executable, "-c", STARTS], cwd=serve.ROOT, stdout=subprocess.PIPE, text=True
    ) as command:
        server = int(command.stdout.readline())
        command.send_signal(said)
        assert command.wait(30) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)


def test_what_a_server_says_at_its_end_is_what_the_command_says():
    ends = STARTS.replace("time.sleep(60)", "sys.exit(3)").replace("os, time;", "os, sys;")
    assert subprocess.run([sys.executable, "-c", ends], cwd=serve.ROOT).returncode == 3
