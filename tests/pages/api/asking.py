"""How tests ask the addresses: in this process, or a running server as any program would."""

import http.client
import json
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from pages.api import addresses
from pages.api._serving import respond


def ask(target: str, method: str = "GET", **headers: str) -> Response:
    """The response of this process to a request; the target is written as in an address."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "path": path,
        "query_string": query.encode(),
        "headers": [
            (name.replace("_", "-").lower().encode(), text.encode())
            for name, text in headers.items()
        ],
    }
    (address,) = (each for each in addresses() if each.path == path)
    return respond(address, Request(scope))


def told(response: Response) -> dict:
    """What a response says in JSON."""
    return json.loads(response.body)


def fetch(
    url: str, target: str, method: str = "GET", headers: dict | None = None
) -> tuple[int, dict, bytes]:
    """Status, headers (names in lower case) and body as a server sends them."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    try:
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        body = response.read()
        return response.status, {n.lower(): text for n, text in response.getheaders()}, body
    finally:
        connection.close()
