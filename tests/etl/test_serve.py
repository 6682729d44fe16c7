"""`etl serve` hands the server what it was asked for, and becomes it."""

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

    def become(command, environment):
        found.append((command, environment))
        sys.exit(0)

    monkeypatch.setattr(serve, "become", become)
    monkeypatch.setattr(serve, "prepare", lambda ledger: None)
    return found


def test_the_server_reads_the_store_that_was_named(started, store, tmp_path):
    for named in (["--store", str(tmp_path / "other")], []):
        with pytest.raises(SystemExit):
            etl.main([*named, "serve", *PORT])
    assert [env["IMPACT_STORE"] for _, env in started] == [str(tmp_path / "other"), str(store)]


@pytest.mark.parametrize("given", [[], ["--address", "0.0.0.0"]])
def test_the_server_listens_on_this_machine_alone_unless_told_otherwise(started, store, given):
    with pytest.raises(SystemExit):
        etl.main(["serve", *PORT, *given])
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


# A program that becomes another one, which tells its number and then waits.
BECOMES = """
import os, sys
from etl import serve
print("a line of the command's own")
waits = "import os, sys, time; print('shown'); print(os.getpid(), file=sys.stderr); time.sleep(60)"
serve.become([sys.executable, "-c", waits], os.environ)
"""


@pytest.mark.parametrize("said", [signal.SIGTERM, signal.SIGINT])
def test_the_server_takes_the_place_of_the_command_and_is_stopped_as_it(said):
    with subprocess.Popen(
        [sys.executable, "-c", BECOMES],
        cwd=serve.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as command:  # fmt: skip
        assert int(command.stderr.readline()) == command.pid
        command.send_signal(said)
        assert command.stdout.read() == "a line of the command's own\n"
    with pytest.raises(ProcessLookupError):
        os.kill(command.pid, 0)


def test_what_a_server_says_at_its_end_is_what_the_command_says():
    ends = BECOMES.replace("time.sleep(60)", "sys.exit(3)")
    assert subprocess.run([sys.executable, "-c", ends], cwd=serve.ROOT).returncode == 3
