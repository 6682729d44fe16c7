"""Two dashboards behind nginx that sends each request to the next one: a sign-in is good on both,
and what ends on one has ended on the other at the next message."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from impact.store.ledger import Ledger
from pages.doors import asking, channel
from tests import made
from tests.pages import providing
from tests.pages.binding import asked
from tests.shared.office import ROOT, dashboard, nginx, until
from tests.shared.ports import free_port

pytest.importorskip("psycopg", reason="requirements-shared.lock is not installed")
pytestmark = pytest.mark.slow

BY_GROUP = {"IMPACT_ROLE_CLAIM": "groups", "IMPACT_REVIEWERS": "desk", "IMPACT_ADMINS": "chiefs"}
SAID = BackMsg(rerun_script={"page_name": "method"}).SerializeToString()


@dataclass
class Office:
    """Two machines whose people sign in with one provider.

    machines  their own addresses; both answer by the name that nginx has
    folder    where they keep their copies and logs
    """

    provider: providing.Provider
    machines: tuple[str, str]
    folder: Path

    def status(self, number: int, word: str) -> int:
        """What one machine answers to a browser with a word that asks for a page."""
        with httpx2.Client(trust_env=False, timeout=30) as client:
            cookie = {"Cookie": f"{asking.WORD}={word}", "Host": self.host}
            return client.get(f"{self.machines[number]}/data", headers=cookie).status_code

    def health(self, number: int) -> int:
        """How one machine says it is."""
        with httpx2.Client(trust_env=False, timeout=30) as client:
            host = {"Host": self.host}
            return client.get(f"{self.machines[number]}/health", headers=host).status_code

    def page(self, number: int, word: str):
        """A page that is open on one machine."""
        at = urlsplit(self.machines[number])
        return connect(
            f"{self.provider.app.replace('http', 'ws')}/_stcore/stream",
            sock=socket.create_connection((at.hostname, at.port)),
            origin=self.provider.app, subprotocols=["streamlit"], max_size=None, compression=None,
            additional_headers={"Cookie": f"{asking.WORD}={word}"},
        )  # fmt: skip

    @property
    def host(self) -> str:
        return self.provider.app.removeprefix("http://")

    def people(self, *arguments: str) -> str:
        """What the command says on a third machine."""
        told = {**os.environ, "IMPACT_COPY": str(self.folder / "third")}
        command = [sys.executable, "-m", "etl", "people", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=told, check=True, capture_output=True, text=True
        ).stdout


@pytest.fixture(scope="module")
def office(postgres_server, tmp_path_factory) -> Iterator[Office]:
    from tests.shared import postgres

    if not providing.installed():
        pytest.skip(providing.MISSING)
    if not shutil.which("nginx"):
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("office")
    (folder / "blobs").mkdir()
    with contextlib.ExitStack() as opened:
        address = opened.enter_context(postgres.database(postgres_server.address))
        patch = opened.enter_context(pytest.MonkeyPatch.context())
        for name, text in {
            "IMPACT_STORE": address, "IMPACT_BLOBS": str(folder / "blobs"),
            "IMPACT_COPY": str(folder / "first"),
        }.items():  # fmt: skip
            patch.setenv(name, text)
        made.publish(Ledger(), made.figure())
        ports, front, of_provider = (free_port(), free_port()), free_port(), free_port()
        told = providing.environment(of_provider, f"http://127.0.0.1:{front}") | BY_GROUP
        for port in ports:
            opened.enter_context(dashboard(folder, port, told))
        machines = tuple(f"http://127.0.0.1:{port}" for port in ports)
        app = opened.enter_context(nginx(folder, front, machines, sticky=False))
        provider = opened.enter_context(providing.served(of_provider, app, folder))
        found = Office(provider, machines, folder)
        for each in machines:
            until(lambda at=each: asked(f"{at}/_stcore/health")[0] > 0, 120)
        yield found


def signed_in(office: Office, subject: str = "olena") -> str:
    """The word of a browser in which somebody has signed in, by way of both machines."""
    browser = office.provider.browser(subject)
    answer = browser.get("/data")
    assert answer.status_code == 200 and answer.url.path == "/data", answer.text
    return browser.cookies[asking.WORD]


def is_ended(page, seconds: float = 5) -> float:
    """Waits until a page is ended as one whose sign-in is over; returns how long that took."""
    began = time.monotonic()
    with pytest.raises(ConnectionClosed) as closed:
        while time.monotonic() - began < seconds:
            page.recv(timeout=seconds)
    assert closed.value.rcvd.code == channel.ENDED
    return time.monotonic() - began


def test_one_sign_in_is_good_on_every_machine(office):
    for _ in range(3):  # the provider sends back to the other machine than the one that sent there
        word = signed_in(office)
        assert [office.status(number, word) for number in range(2)] == [200, 200]
    assert "reviewer" in office.people("list")


def test_who_signs_out_on_one_machine_is_out_on_the_other(office):
    word = signed_in(office)
    with office.page(1, word) as page:
        page.send(SAID)
        page.recv(timeout=30)
        with httpx2.Client(trust_env=False, timeout=30) as client:
            cookie = {"Cookie": f"{asking.WORD}={word}", "Host": office.host}
            assert client.get(f"{office.machines[0]}/sign-out", headers=cookie).status_code == 303
        assert office.status(1, word) == 303 or office.status(1, word) == 401
        assert is_ended(page) < 3


def test_a_role_that_is_taken_away_elsewhere_is_gone_at_the_next_message(office):
    word = signed_in(office, "taras")
    [line] = [each for each in office.people("list").splitlines() if "Taras" in each]
    account = line.split("\t")[1]
    with office.page(0, word) as one, office.page(1, word) as two:
        for page in (one, two):
            page.send(SAID)
            page.recv(timeout=30)
        office.people("remove", account)
        for page in (one, two):
            with contextlib.suppress(ConnectionClosed):
                page.send(SAID)
            assert is_ended(page) < 3
    assert 200 not in [office.status(number, word) for number in range(2)]


def test_while_the_database_is_away_who_is_signed_in_reads_and_everybody_is_told(
    office, postgres_server
):
    word = signed_in(office)
    assert [office.status(number, word) for number in range(2)] == [200, 200]
    with office.page(0, word) as page:
        page.send(SAID)
        page.recv(timeout=30)
        postgres_server.kill()
        try:
            assert [office.status(number, word) for number in range(2)] == [200, 200]
            page.send(SAID)
            until_answered = time.monotonic() + 30
            while not page.recv(timeout=30):
                assert time.monotonic() < until_answered
            with httpx2.Client(trust_env=False, timeout=30) as client:
                host = {"Host": office.host}
                stranger = client.get(f"{office.machines[0]}/data?lang=uk", headers=host)
                assert stranger.status_code == 503 and "База даних" in stranger.text
                assert office.health(0) == 503
                cookie = {"Cookie": f"{asking.WORD}={word}", **host}
                out = client.get(f"{office.machines[1]}/sign-out", headers=cookie)
                assert out.status_code == 503 and "signed out" in out.text
        finally:
            postgres_server.start()
        for number in range(2):
            until(lambda n=number: office.health(n) == 200, 30)
        assert signed_in(office)
    logs = "".join(each.read_text(errors="replace") for each in office.folder.glob("log-*"))
    for secret in (postgres_server.password, providing.SECRET, providing.COOKIE, word):
        assert secret not in logs
