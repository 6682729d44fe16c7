"""`etl serve` hands the server that it starts what it was asked for."""

import subprocess

import pytest

from etl import __main__ as etl
from etl import serve


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
    assert etl.main(["--store", str(tmp_path / "other"), "serve"]) == 0
    assert etl.main(["serve"]) == 0
    assert [env["IMPACT_STORE"] for _, env in started] == [str(tmp_path / "other"), str(store)]


@pytest.mark.parametrize("given", [[], ["--address", "0.0.0.0"]])
def test_the_server_listens_on_this_machine_alone_unless_told_otherwise(started, store, given):
    assert etl.main(["serve", "--port", "8599", *given]) == 0
    ((command, _),) = started
    address = command[command.index("--server.address") + 1]
    assert address == (given[1] if given else "127.0.0.1")
    assert command[command.index("--server.port") + 1] == "8599"
