"""`etl serve` hands the server that it starts what it was asked for."""

import subprocess

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

    def run(command, *, env, **_):
        found.append((command, env))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
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
