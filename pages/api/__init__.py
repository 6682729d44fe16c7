"""Addresses for machines, beside the pages and from the same store. One module an address: the
folder is the registry.

Each module holds ADDRESSES, a tuple of Address. To add an address, add a module; a name with "_"
in front is a helper. pages/trust/api.py lists them from the same declarations that read them.
Nothing here receives or decides, and no report or upload is given out as it came.
"""

import importlib
import json
import pkgutil
import shlex
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
from starlette.requests import Request

from impact.access import settings
from impact.address import declared, parameters
from impact.address.parameters import Parameter, Values
from impact.model.language import Words
from impact.store.reader import Reader

JSON = "application/json"
# What leads an answer that is not for the public cache.
NOT_KEPT = MappingProxyType({"Cache-Control": "no-store"})


# Results that the addresses' reader keeps, a megabyte each at most: programs seldom ask again.
KEPT_RESULTS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request, read and found right.

    values  by parameter name
    given   names and texts as they stood in the address
    base    scheme and host under which the server was reached, without a slash at the end
    """

    path: str
    values: Values
    given: Sequence[tuple[str, str]]
    reader: Reader
    words: Words
    base: str

    def further(self, offset: int, total: int) -> str | None:
        """The same address with an offset, relative to this server; None beyond the end."""
        name = declared.OFFSET.name
        given = [pair for pair in self.given if pair[0] != name]
        written = parameters.write([*given, (name, str(offset))])
        return f"{self.path}?{written}" if offset < total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request gets.

    file  what is sent instead of the body, piece by piece: it is too large to be held
    """

    body: bytes
    mime: str
    status: int = 200
    file: Path | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Unavailable(Exception):
    """What was asked for cannot be given now.

    It carries a sentence to translate, and after how many seconds to ask again.
    """

    def __init__(self, message: str, status: int = 503, *, again_in: int = 0):
        super().__init__(message)
        self.message, self.status, self.again_in = message, status, again_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address.

    meaning   what it gives, to translate
    answer    from what is asked to what is given; may raise WrongParameter and Unavailable
    kept      whether an answer stays true as long as the snapshot does, and may be cached
    turns     how many are answered at a time; more wait, see _serving
    examples  queries to try, in plain letters, "" for none; a test asks each of them
    saved     whether what comes is no text: curl then writes it to a file
    mime      the media type of its answers
    shape     what an answer in JSON holds, as JSON Schema
    """

    path: str
    meaning: str
    answer: Callable[[Asked], Answer]
    parameters: Sequence[Parameter] = ()
    kept: bool = True
    turns: int = 4
    examples: Sequence[str] = ("",)
    saved: bool = False
    mime: str = JSON
    shape: Mapping[str, Any] = field(default_factory=dict)

    def commands(self, base: str) -> list[str]:
        """The examples as curl takes them, for a server at `base`."""
        return [self._command(base, dict(parse_qsl(query))) for query in self.examples]

    def _command(self, base: str, query: Mapping[str, str]) -> str:
        url = f"{base}{self.path}"
        pieces = ["curl", "-s"]
        if self.saved:
            pieces += ["-o", self.path.rpartition("/")[2]]
        if all(text.isascii() for text in query.values()):
            written = f"?{parameters.write(query)}" if query else ""
            return shlex.join([*pieces, f"{url}{written}"])
        # Letters that an address cannot hold as they are: curl encodes them.
        given = [("--data-urlencode", f"{name}={text}") for name, text in query.items()]
        return shlex.join([*pieces, "-G", url, *sum(given, ())])


@cache
def addresses() -> tuple[Address, ...]:
    """Every address, by its path."""
    names = [each.name for each in pkgutil.iter_modules(__path__) if each.name[0] != "_"]
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    every = [address for module in modules for address in module.ADDRESSES]
    return tuple(sorted(every, key=lambda each: each.path))


@cache
def reader(folder: str) -> Reader:
    """The reader of a store for every address for programs.

    It is another reader than the pages', so that many questions of programs do not push out what
    pages have at hand.
    """
    return Reader(Path(folder), kept=KEPT_RESULTS)


def base(request: Request) -> str:
    """Scheme and host by which readers reach this server, without a slash at the end.

    Without an address of its own (IMPACT_PUBLIC_ADDRESS) it is what the request says.
    """
    return settings.current().address or str(request.base_url).rstrip("/")


@cache
def version() -> str:
    """The release, as pyproject.toml has it."""
    path = Path(__file__).parents[2] / "pyproject.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))["project"]["version"]


def page_of(rows: str, each: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer in pages holds (JSON Schema): its rows under a name, and where more are."""
    number = {"type": "integer", "minimum": 0}
    return {
        "type": "object",
        "required": ["total", "returned", "limit", "offset", "next", "snapshot", rows],
        "properties": {
            **dict.fromkeys(("total", "returned", "limit", "offset"), number),
            "next": {"type": ["string", "null"]},
            "snapshot": {"type": "string"},
            rows: {"type": "array", "items": {"type": "object", **each}},
        },
    }


def page_headers(total: int, more: str | None) -> dict[str, str]:
    """Headers that say how many rows there are in all, and where the next ones are (RFC 8288)."""
    headers = {"X-Total-Count": str(total)}
    return headers | ({"Link": f'<{more}>; rel="next"'} if more else {})


def in_json(told: object, status: int = 200, **headers: str) -> Answer:
    """An answer in JSON, letters as they are."""
    body = json.dumps(told, ensure_ascii=False, indent=1).encode()
    return Answer(body=body + b"\n", mime=JSON, status=status, headers=headers)


def in_utc(time: datetime | None) -> str | None:
    """A stored UTC time as ISO 8601; None where none is known."""
    return None if pd.isna(time) else f"{time.isoformat()}Z"
