"""Fetching from a server at hand: what it answers, what then stands in the store, what is said."""

import contextlib
import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.fetching import TRIES, Fetcher, Refused, Unreachable
from etl.sources import open_meteo
from etl.update import NO_NETWORK, fetched_names, update
from impact.store.ledger import Ledger
from impact.store.reader import Reader

REPLY = (Path(__file__).parent / "recorded" / "open_meteo" / "reply.json").read_bytes()

# A request's number, from 1, and its headers -> status, headers and body of the answer.
Answers = Callable[[int, dict[str, str]], tuple[int, dict[str, str], bytes]]


@dataclass
class Server:
    """A server on this machine's loopback."""

    url: str
    answers: Answers
    asked: Counter[str] = field(default_factory=Counter)


@contextlib.contextmanager
def serving(answers: Answers) -> Iterator[Server]:
    """A server that gives the answers until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked[self.path] += 1
            number = server.asked.total()
            status, headers, body = server.answers(number, dict(self.headers))
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{listening.server_port}", answers)
    # It looks every 0.02 s whether it is to end, not every half second.
    threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()


def always(body: bytes, status: int = 200, **headers: str) -> Answers:
    return lambda _number, _headers: (status, headers, body)


@pytest.fixture
def fetcher(tmp_path):
    """A fetcher that does not wait and asks again at once."""
    return lambda url="", fresh=0.0: Fetcher(tmp_path / "fetched", url, pause=0.0, fresh=fresh)


ADDRESS = "https://example.org/data?day=1"


def test_an_address_is_asked_of_the_mirror_with_its_path(fetcher):
    with serving(always(b"data")) as server:
        assert fetcher(server.url).get(ADDRESS) == b"data"
        assert server.asked == {"/data?day=1": 1}


def test_what_was_fetched_lately_is_not_asked_for_again(fetcher):
    with serving(always(b"data")) as server:
        assert {fetcher(server.url, fresh=60).get(ADDRESS) for _ in range(3)} == {b"data"}
        assert server.asked.total() == 1


def test_a_server_may_say_that_nothing_has_changed(fetcher):
    def answers(_number: int, headers: dict[str, str]):
        same = headers.get("If-None-Match") == '"1"'
        return (304, {}, b"") if same else (200, {"ETag": '"1"'}, b"data")

    with serving(answers) as server:
        assert [fetcher(server.url).get(ADDRESS) for _ in range(3)] == [b"data"] * 3
        assert server.asked.total() == 3


def test_a_damaged_copy_is_fetched_again(fetcher, tmp_path):
    with serving(always(b"data")) as server:
        fetcher(server.url, fresh=60).get(ADDRESS)
        (kept,) = (each for each in (tmp_path / "fetched").iterdir() if not each.suffix)
        kept.write_bytes(b"da")
        assert fetcher(server.url, fresh=60).get(ADDRESS) == b"data"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(fetcher, status):
    def answers(number: int, _headers: dict[str, str]):
        return (status, {"Retry-After": "0"}, b"") if number < TRIES else (200, {}, b"data")

    with serving(answers) as server:
        assert fetcher(server.url).get(ADDRESS) == b"data"
        assert server.asked.total() == TRIES


def test_a_server_that_stays_busy_is_left_alone_in_the_end(fetcher):
    with serving(always(b"", 503)) as server, pytest.raises(Refused, match="503"):
        fetcher(server.url).get(ADDRESS)
    assert server.asked.total() == TRIES


def test_what_is_not_there_is_asked_for_once(fetcher):
    with serving(always(b"", 404)) as server, pytest.raises(Refused, match="answers 404"):
        fetcher(server.url).get(ADDRESS)
    assert server.asked.total() == 1


def test_half_an_answer_is_none(fetcher):
    half = always(b"da", **{"Content-Length": "4"})
    with serving(half) as server, pytest.raises(Refused, match="broke off"):
        fetcher(server.url).get(ADDRESS)


def test_between_two_requests_of_a_host_there_is_a_pause(tmp_path):
    with serving(always(b"data")) as server:
        slow = Fetcher(tmp_path, server.url, pause=0.2, fresh=0)
        began = threading.Event()
        timer = threading.Timer(0.15, began.set)
        slow.get(ADDRESS)
        timer.start()
        slow.get(ADDRESS)
        assert began.is_set()


def test_nobody_there_is_told_apart_from_an_answer(fetcher):
    with pytest.raises(Unreachable, match="cannot be reached"):
        fetcher("http://127.0.0.1:9").get(ADDRESS)


# The command


@pytest.fixture
def etl(store, capsys):
    """Runs a command on the store; returns its code, its lines and its complaint."""

    def run(*arguments: str) -> tuple[int, list[str], str]:
        code = main(["--store", str(store), *arguments])
        out, err = capsys.readouterr()
        return code, out.splitlines(), err

    return run


def asking(url: str) -> tuple[str, ...]:
    """Arguments: ask a server at hand, without pauses."""
    return ("--mirror", url, "--pause", "0")


def ledger_of(store: Path) -> bytes:
    path = store / "ledger.duckdb"
    return path.read_bytes() if path.exists() else b""


def again(store: Path) -> None:
    """Makes the next update ask anew."""
    for path in (store / "fetched").iterdir():
        path.unlink()


def test_every_source_that_is_fetched_asks_a_safe_address_without_a_key():
    assert fetched_names() == ["open_meteo"]
    for address in open_meteo.addresses(open_meteo.FIRST.replace(year=2026)):
        assert address.startswith("https://") and "key" not in address and len(address) < 2000


def test_an_update_loads_what_came_and_publishes_it(etl, store):
    with serving(always(REPLY)) as server:
        code, [line, *_], _ = etl("update", *asking(server.url))
    assert code == 0 and line.startswith("open_meteo: ")
    found = Reader(store).query("SELECT place, day, value FROM figures ORDER BY day, place")
    assert found["value"].tolist() == [-12.5, -9.5, -14.0, -11.0]


def test_the_same_again_changes_nothing(etl, store):
    with serving(always(REPLY)) as server:
        etl("update", *asking(server.url))
        before = ledger_of(store)
        again(store)
        code, [line], _ = etl("update", *asking(server.url))
    assert code == 0 and "nothing new" in line
    assert ledger_of(store) == before


def test_an_update_since_a_day_asks_for_no_day_before_and_leaves_those_it_knows(etl, store):
    later = json.loads(REPLY)
    for each in later:  # the last day alone, which had no value yet
        each["daily"] = {name: told[-1:] for name, told in each["daily"].items()}
        each["daily"]["temperature_2m_mean"] = [-1.25]
    with serving(always(REPLY)) as server:
        etl("update", *asking(server.url))
        again(store)
        server.asked.clear()
        server.answers = always(json.dumps(later).encode())
        code, [line, *_], _ = etl("update", "--since", "2026-01-11", *asking(server.url))
        first, *_ = sorted(re.findall(r"start_date=([\d-]+)", " ".join(server.asked)))
    assert (code, first) == (0, "2026-01-11") and line.startswith("open_meteo: ")
    found = Reader(store).query("SELECT value FROM figures ORDER BY day, place")
    assert found["value"].tolist() == [-12.5, -9.5, -14.0, -11.0, -1.25, -1.25]


def test_an_update_since_a_day_to_come_asks_for_nothing(etl, store):
    with serving(always(REPLY)) as server:
        code, [line], _ = etl("update", "--since", "2099-01-01", *asking(server.url))
        assert not server.asked
    assert code == 1 and line == "open_meteo: nothing to ask for since 2099-01-01"
    assert ledger_of(store) == b""


def test_a_day_that_is_none_is_told(etl, capsys):
    with pytest.raises(SystemExit):
        etl("update", "--since", "yesterday")
    assert "a day is written 2026-03-13" in capsys.readouterr().err


WRONG = [
    (b"", "the reply is empty"),
    (b"[]", "none of 0 rows gave a figure"),
    (b"<!DOCTYPE html><title>Sign in</title>", "this is a web page and no data"),
    (REPLY[: len(REPLY) // 2], "the reply breaks off or is no JSON"),
    (REPLY.replace(b"temperature_2m_mean", b"t_mean"), "has no “temperature_2m_mean” any more"),
    (REPLY.replace(b"latitude", b"lat"), "has no “latitude” any more"),
    (json.dumps(json.loads(REPLY)[:1]).encode(), "only"),
]


@pytest.mark.parametrize(("body", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_wrong_reply_is_told_in_a_sentence_and_changes_nothing(etl, store, body, sentence):
    with serving(always(REPLY)) as server:
        etl("update", *asking(server.url))
        before = ledger_of(store)
        again(store)
        server.answers = always(body)
        code, [line], _ = etl("update", *asking(server.url))
    assert code == 1 and sentence in line and line.endswith("left as it was")
    assert ledger_of(store) == before


def test_without_a_network_one_line_says_so_and_nothing_changes(etl, store):
    code, lines, err = etl("update", *asking("http://127.0.0.1:9"))
    assert (code, lines, err) == (1, [NO_NETWORK], "")
    assert ledger_of(store) == b""


def test_only_one_update_runs_at_a_time(etl, store):
    inner: list[tuple[int, list[str], str]] = []

    def answers(number: int, _headers: dict[str, str]):
        if number == 1:
            inner.append(etl("update", *asking("http://127.0.0.1:9")))
        return 200, {}, REPLY

    with serving(answers) as server:
        update(Ledger(store), Fetcher(store / "fetched", server.url, pause=0.0))
    assert inner == [(1, [], "etl update: another update of this store is running\n")]


def test_a_source_that_is_not_fetched_is_refused_with_those_that_are(etl):
    code, _, err = etl("update", "curated")
    assert code == 1 and err == "etl update: curated is not fetched; these are: open_meteo\n"


def test_a_watch_updates_again_and_again_and_outlives_a_fault(etl, store):
    with serving(lambda number, _: (200, {}, b"" if number == 1 else REPLY)) as server:
        code, lines, _ = etl("watch", "--every", "0", "--rounds", "2", *asking(server.url))
    assert code == 0
    assert "the reply is empty" in lines[0] and "rows in" in lines[1]
