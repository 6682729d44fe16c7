"""Asks a served dashboard as somebody: behind a trusted proxy that says who it is."""

import contextlib
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from impact.access import people
from impact.access.rules import Role
from tests.pages.binding import STREAMLIT, started
from tests.pages.driving import ROOT

PROXY_SECRET = "k3Vd8Qz1Wm7Xb5Tn2Jc9Rf6Hp4Ls0GyA"
# Account -> role. Each account is called like its role.
GIVEN = {str(role): role for role in people.GIVEN}


def behind_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets a trusted proxy sign people in, in this process."""
    monkeypatch.setenv("IMPACT_SIGN_IN", "proxy")
    monkeypatch.setenv("IMPACT_PUBLIC_ADDRESS", "https://impact.example.org")
    monkeypatch.setenv("IMPACT_PROXY_SECRET", PROXY_SECRET)


def as_(who: str) -> dict[str, str]:
    """What the proxy sends of somebody; nothing of nobody."""
    return {} if who == "nobody" else {"X-Impact-User": who, "X-Impact-Secret": PROXY_SECRET}


def asked(
    url: str, method: str = "GET", body: bytes | None = None, headers: Mapping[str, str] = {}
) -> tuple[int, str]:
    """Status and text of an answer, which may lead elsewhere."""
    request = urllib.request.Request(url, body, dict(headers), method=method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stays())
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no answer that leads elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


def filled(store: Path) -> None:
    """Gives a store an account of each role, and one that has lost it."""
    for name, role in GIVEN.items():
        people.add(store, name, f"The {name}", role)
    people.add(store, "removed", "The removed", Role.ADMIN)
    people.give(store, "removed", None)


@contextlib.contextmanager
def proxied(store: Path, folder: Path, **settings: str) -> Iterator[str]:
    """The address of a server that a trusted proxy stands before, with a copy of a store."""
    own = shutil.copytree(store, folder / "store")
    filled(own)
    environment = {
        "IMPACT_SIGN_IN": "proxy",
        "IMPACT_PUBLIC_ADDRESS": "https://impact.example.org",
        "IMPACT_PROXY_SECRET": PROXY_SECRET,
    } | settings
    command = (*STREAMLIT, str(ROOT / "dashboard.py"), "--server.port", "{port}")
    address = ("--server.address", "127.0.0.1")
    with started((*command, *address), own, folder, environment) as url:
        yield url
