"""What a browser says and what the log says find room, however much somebody sends."""

import contextlib
import logging
import socket
import time
from urllib.parse import urlsplit

import httpx2
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from impact.access import people
from pages.doors import logs
from tests.pages.asking import as_, proxied
from tests.pages.test_doors import opened, run

LONG = {
    "a field's text": {"widget_states": {"widgets": [{"id": "x", "string_value": "a" * 10**6}]}},
    "a field's name": {"widget_states": {"widgets": [{"id": "x" * 501, "trigger_value": True}]}},
    "many fields": {
        "widget_states": {"widgets": [{"id": f"{n}", "trigger_value": True} for n in range(5001)]}
    },
    "a page's name": {"page_name": "p" * 501},
    "a page's digest": {"page_script_hash": "p" * 501},
    "a part of a page": {"fragment_id": "f" * 501},
    "an address": {"query_string": f"places={'x' * 66_000}"},
    "a time zone": {"context_info": {"timezone": "x" * 501}},
}


@pytest.fixture(scope="module")
def office(tmp_path_factory, stores):
    with proxied(stores["small"], tmp_path_factory.mktemp("office")) as url:
        yield url


def test_what_is_longer_than_any_page_says_is_not_heard(office):
    """All of it at once, as it takes two seconds to see that nothing happens."""
    with contextlib.ExitStack() as visits:
        sockets = {what: visits.enter_context(opened(office, "viewer")) for what in LONG}
        for what, socket in sockets.items():
            visit, _ = run(socket, "method")
            assert visit
            socket.send(BackMsg(rerun_script=LONG[what]).SerializeToString())
        time.sleep(2)
        assert [what for what, socket in sockets.items() if is_run(socket, within=0.1)] == []
        for socket in sockets.values():
            socket.send(BackMsg(rerun_script={"page_name": "status"}).SerializeToString())
        assert [what for what, socket in sockets.items() if not is_run(socket, within=20)] == []


def is_run(socket, within: float) -> bool:
    """Whether a page begins to run within so many seconds."""
    until = time.monotonic() + within
    try:
        while True:
            told = ForwardMsg.FromString(socket.recv(timeout=max(0, until - time.monotonic())))
            if told.WhichOneof("type") == "new_session":
                return True
    except TimeoutError:
        return False


def test_whoever_brings_reports_may_paste_one(office):
    text = {"widgets": [{"id": "x", "string_value": "a" * 2 * 10**6}]}
    with opened(office, "contributor") as socket:
        run(socket, "method")
        state = {"page_name": "status", "widget_states": text}
        socket.send(BackMsg(rerun_script=state).SerializeToString())
        assert is_run(socket, within=20)


def test_nobody_asks_for_room_for_more_files_than_are_chosen(office):
    with opened(office, "contributor") as socket:
        visit, _ = run(socket, "method")
        for count in (5001, 1):
            asked = {"request_id": f"{count}", "session_id": visit, "file_names": ["a"] * count}
            socket.send(BackMsg(file_urls_request=asked).SerializeToString())
        while True:
            told = ForwardMsg.FromString(socket.recv(timeout=20))
            if told.WhichOneof("type") == "file_urls_response":
                assert told.file_urls_response.response_id == "1"
                return


def test_a_request_that_ends_in_two_ways_is_none(office):
    """What a proxy takes for the rest of it would be another person's request."""
    place = urlsplit(office)
    ends = b"Content-Length: 4\r\nTransfer-Encoding: chunked"
    asked = b"POST /health HTTP/1.1\r\nHost: localhost\r\n" + ends + b"\r\n\r\n0\r\n\r\n"
    asked += b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection((place.hostname, place.port), timeout=20) as one:
        one.sendall(asked)
        told = b""
        while piece := one.recv(65_536):
            told += piece
    assert told.startswith(b"HTTP/1.1 400") and told.count(b"HTTP/1.1 ") == 1


def test_a_role_that_ends_while_a_file_comes_ends_the_file(tmp_path, stores):
    body = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    body += b"a,b\r\n" * 1000 + b"\r\n--b--\r\n"
    with proxied(stores["small"], tmp_path) as url, opened(url, "contributor") as page:
        visit, _ = run(page, "upload")
        place = urlsplit(url)
        mark = httpx2.get(f"{url}/_stcore/health", trust_env=False).cookies["_streamlit_xsrf"]
        head = {
            "Host": "localhost", "Content-Length": str(len(body)), "X-Xsrftoken": mark,
            "Content-Type": "multipart/form-data; boundary=b", "Cookie": f"_streamlit_xsrf={mark}",
        }  # fmt: skip
        lines = [f"{name}: {text}" for name, text in (head | as_("contributor")).items()]
        asked = "\r\n".join([f"PUT /_stcore/upload_file/{visit}/f HTTP/1.1", *lines, "", ""])
        with socket.create_connection((place.hostname, place.port), timeout=20) as one:
            one.sendall(asked.encode() + body[:1000])
            time.sleep(1)
            people.give(tmp_path / "store", "contributor", None)
            one.sendall(body[1000:])
            told = b""
            while b"another role" not in told and (piece := one.recv(65_536)):
                told += piece
        assert told.startswith(b"HTTP/1.1 403") and b"another role" in told


# The log


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setattr(logs, "_PLACES", {})
    before = logging.getLogRecordFactory()
    logs.keep_plain()
    yield
    logging.setLogRecordFactory(before)


def fail(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError:
        logging.getLogger("x").exception("a page failed")


def test_a_line_of_the_log_is_not_longer_than_can_be_read(plain, caplog):
    logging.getLogger("x").warning("no page %s", "p" * 10**6)
    assert len(caplog.text) < 3000 and "(1,000,008 characters)" in caplog.text


def test_no_line_of_a_trace_looks_like_a_line_of_the_log(plain, caplog):
    fail("all is well\n2026-11-29 admin has signed in\x1b[2J")
    fail("x" * 10**6)
    lines = caplog.text.splitlines()
    assert any("  | 2026-11-29 admin has signed in\\x1b[2J" in line for line in lines)
    assert not any(line.startswith("2026") for line in lines)
    assert len(caplog.text) < 5000


def test_what_is_sent_a_thousand_times_fills_no_disk(plain, caplog, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(logs.time, "monotonic", lambda: now[0])
    for number in range(1000):
        fail(f"number {number}")
    assert caplog.text.count("Traceback") == logs.TRACES
    assert len(caplog.records) == logs.MOST
    assert "a page failed: ValueError, as above" in caplog.text
    # What fails elsewhere is told all the same.
    try:
        _ = {}["another"]
    except KeyError:
        logging.getLogger("x").exception("a page failed")
    assert "KeyError: 'another'" in caplog.text
    now[0] = 61.0
    fail("number 1000")
    assert "a page failed (970 more like this were left out)" in caplog.text
    assert "number 1000" in caplog.text


def test_what_goes_well_is_told_each_time(plain, caplog):
    caplog.set_level(logging.INFO)
    for _ in range(100):
        logging.getLogger("x").info("somebody has signed in")
    assert len(caplog.records) == 100
