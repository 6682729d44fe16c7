"""A real OpenID provider on loopback, and a dashboard whose people sign in with it.

The provider is the npm package oidc-provider (tests/pages/provider/); `npm install` gets it once.
"""

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx2

from tests import npm
from tests.pages.binding import STREAMLIT, free_port, started
from tests.pages.driving import ROOT

OWN = Path(__file__).with_name("provider")
INSTALLED = ROOT / ".venv" / "provider"
MISSING = "no OpenID provider: Node 20 or newer and `npm install oidc-provider` are needed"
SECRET, COOKIE = "k3Vd8Qz1Wm7Xb5Tn2Jc9Rf6Hp4Ls0GyA", "Zp4Yc8Ub2Fn6Tx1Hq9Lw3Ks7Mv5Rd0Ej"


def installed() -> bool:
    """Whether the provider can be started; gets it first where it is not there."""
    return npm.installed(OWN, INSTALLED, "oidc-provider")


class Provider:
    """The provider, as a test asks it for things that no browser does."""

    def __init__(self, url: str, app: str) -> None:
        self.url, self.app = url, app

    def signed(self, **claims: object) -> str:
        """A word with these claims, signed by the provider's key."""
        return httpx2.post(f"{self.url}/sign", content=json.dumps(claims), trust_env=False).text

    def rotate(self) -> None:
        """Has the provider sign with a new key from now on."""
        assert httpx2.post(f"{self.url}/rotate", trust_env=False).text == "rotated"

    def asked(self) -> int:
        """How often its keys were asked for."""
        return int(httpx2.post(f"{self.url}/asked", trust_env=False).text)

    def leave(self, subject: str) -> None:
        """Tells the dashboard over the back channel that somebody has left."""
        answer = httpx2.post(f"{self.url}/leave?sub={subject}", trust_env=False)
        assert answer.text == "left", answer.text

    def browser(self, subject: str) -> httpx2.Client:
        """A browser without scripts, in which a person signs in at the provider."""
        client = httpx2.Client(
            base_url=self.app, follow_redirects=True, trust_env=False, timeout=30,
            headers={"Accept": "text/html", "Sec-Fetch-Dest": "document"},
        )  # fmt: skip
        client.cookies.set("test_person", subject, domain="127.0.0.1")
        return client


@contextlib.contextmanager
def office(store: Path, folder: Path, **settings: str) -> Iterator[Provider]:
    """A dashboard with a copy of a store, and its provider. Groups give roles, as settings say."""
    own = shutil.copytree(store, folder / "store")
    port = free_port()
    command = (*STREAMLIT, str(ROOT / "dashboard.py"), "--server.port", "{port}")
    address = ("--server.address", "127.0.0.1")
    told = environment(port, "http://127.0.0.1:{port}") | settings
    with (
        started((*command, *address), own, folder, told) as app,
        served(port, app, folder) as provider,
    ):
        yield provider


def environment(port: int, app: str) -> dict[str, str]:
    """What a dashboard is told whose people sign in with the provider at a port.

    app  the dashboard's address, as its readers know it
    """
    return {
        "IMPACT_SIGN_IN": "oidc",
        "IMPACT_PUBLIC_ADDRESS": app,
        "IMPACT_OIDC_PROVIDER": f"http://127.0.0.1:{port}/.well-known/openid-configuration",
        "IMPACT_OIDC_CLIENT": "impact",
        "IMPACT_OIDC_SECRET": SECRET,
        "IMPACT_COOKIE_SECRET": COOKIE,
        "IMPACT_OIDC_PROMPT": "login",
    }


@contextlib.contextmanager
def served(port: int, app: str, folder: Path) -> Iterator[Provider]:
    """The provider at a port, for the dashboard at an address."""
    command = ["node", str(INSTALLED / "provider.mjs"), str(port), app, SECRET]
    with (
        (folder / "provider.log").open("wb") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log) as process,
    ):
        try:
            assert process.stdout.readline() == b"ready\n"
            yield Provider(f"http://127.0.0.1:{port}", app)
        finally:
            process.terminate()
