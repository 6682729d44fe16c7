"""How much a browser may say of its page at a time. The server keeps it as long as the page is
open, and what it keeps of eighty pages must find room."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState

from pages.parts.shell import crowd


@dataclass(frozen=True, slots=True)
class Most:
    """What data/serving.toml says of messages: bytes of a whole one, by who says it, bytes of a
    name and of an address's parameters, and how many fields or files one may speak of."""

    reader: int
    brings: int
    name: int
    query: int
    fields: int


@cache
def most() -> Most:
    """The limits of this server."""
    return Most(**tomllib.loads(crowd.PATH.read_text(encoding="utf-8"))["message"])


def fits(content: bytes, brings: bool) -> bool:
    """Whether a message is not too long, before anybody reads it.

    brings  whether whoever says it may bring reports
    """
    return len(content) <= (most().brings if brings else most().reader)


def is_sound(told: BackMsg) -> bool:
    """Whether what a message names is not too long or too much for any page of ours."""
    state, files = told.rerun_script, told.file_urls_request.file_names
    query = len(state.query_string.encode()) <= most().query
    few = max(len(state.widget_states.widgets), len(files)) <= most().fields
    return query and few and all(len(each.encode()) <= most().name for each in _names(state))


def _names(state: ClientState) -> Iterator[str]:
    yield from (state.page_name, state.page_script_hash, state.fragment_id)
    yield from (state.context_info.timezone, state.context_info.locale)
    for each in state.widget_states.widgets:
        yield each.id
