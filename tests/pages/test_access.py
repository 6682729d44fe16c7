"""Without sign-in a server that a network reaches is read-only: on its pages, at every action, at
every address, however it was started."""

import ast
import asyncio
import shutil
import socket
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etl.reports.intake import read_upload
from impact.access.actions import Action
from impact.access.person import Person
from impact.model import language
from impact.store import inbox, snapshot
from impact.store.ledger import ACCEPT, Ledger
from pages.doors.guard import Guard
from pages.parts.review import origin, steps, uploads
from pages.parts.review.origin import Origin
from pages.parts.shell import access, sockets
from tests import combining
from tests.made import figure, offer
from tests.pages import driving, reading
from tests.pages.binding import STREAMLIT, asked, started
from tests.pages.driving import ROOT

UPLOAD, REVIEW, CONFLICTS = (
    "pages/reports/upload.py",
    "pages/reports/review.py",
    "pages/trust/conflicts.py",
)
A = Person("A")
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\r\n--b--\r\n'
)


@pytest.fixture
def listen():
    """Opens sockets that wait for connections in this process, as a server does."""
    opened = []

    def open_(*addresses: str) -> None:
        for address in addresses:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            opened.append(socket.socket(family))
            opened[-1].bind((address, 0))
            opened[-1].listen()

    yield open_
    for each in opened:
        each.close()


# What counts


@pytest.mark.parametrize(
    ("addresses", "reason"),
    [
        ((), None),
        (("127.0.0.1",), None),
        (("127.8.0.1",), None),
        (("::1",), None),
        (("::ffff:127.0.0.1",), None),
        (("0.0.0.0",), access.OPEN_TO_A_NETWORK),
        (("::",), access.OPEN_TO_A_NETWORK),
        (("127.0.0.1", "0.0.0.0"), access.OPEN_TO_A_NETWORK),
    ],
)
def test_a_server_is_open_to_a_network_unless_all_its_sockets_are_on_loopback(
    listen, addresses, reason
):
    listen(*addresses)
    assert access.closed(Action.ACCEPT) == reason


def test_a_socket_in_the_file_system_is_not_loopback(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        assert access.closed(Action.ACCEPT) == access.OPEN_TO_A_NETWORK


def test_what_cannot_be_told_is_closed(monkeypatch, tmp_path):
    monkeypatch.setattr(sockets, "DESCRIPTORS", tmp_path / "missing")
    assert access.closed(Action.ACCEPT) == access.UNTOLD


def test_a_browser_that_asks_where_nothing_listens_cannot_be_told(monkeypatch):
    monkeypatch.setattr(access, "_is_asked", lambda: True)
    assert access.closed(Action.ACCEPT) == access.UNTOLD


def test_several_reasons_can_close_and_the_first_is_told(monkeypatch):
    monkeypatch.setattr(access, "REASONS", (lambda: None, lambda: "a", lambda: "b"))
    assert access.closed(Action.ACCEPT) == "a"
    with pytest.raises(access.Closed, match="a"):
        access.require(A, Action.ACCEPT)


def test_asking_leaves_the_sockets_as_they_were(listen):
    listen("127.0.0.1")
    before = len(sockets.listening())
    for _ in range(50):
        access.closed(Action.ACCEPT)
    assert len(sockets.listening()) == before == 1


def test_what_is_written_to_an_accepted_connection_leaves_at_once():
    with socket.create_server(("127.0.0.1", 0)) as server:
        sockets.send_at_once()
        with socket.create_connection(server.getsockname()), server.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


# Every action


def writers() -> list[str]:
    """Every function of the pages that takes the ledger to write to it, by the code."""
    found = []
    for path in sorted((ROOT / "pages").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and "reports.writing(" in ast.unparse(node):
                found += [f"{path.stem}.{node.name}"] if node.name != "act" else []
    return found


def row(ledger: Ledger) -> dict:
    """A figure's row as pages have it."""
    stated = figure()
    offer(ledger, stated)
    return {
        **dict.fromkeys(
            (
                "replaces",
                "carries",
                "replaced_by",
                "first",
                "added",
                "disputed",
                "disputed_by",
                "decided_by",
                "reason",
                "source",
            ),
            "",
        ),
        "figure_id": stated.figure_id,
        "verdict": ACCEPT,
        "state": ledger.states([stated.figure_id])[stated.figure_id],
    }


# How each is called; a function that is not here fails the test below.
ACTIONS = {
    "steps.accept": lambda row: steps.accept(row, A, "b", {}, second=False),
    "steps.correct": lambda row: steps.correct(
        row, figure(value=7.0), A, "b", {"value": [1, 7]}, second=False
    ),
    "steps.add": lambda row: steps.add("d", figure(value=8.0), A, "b", second=False),
    "steps.note": lambda row: steps.note(row["figure_id"], A, "b"),
    "steps.note_back": lambda row: steps.note_back(row["figure_id"], "D-1", A),
    "steps._recorded": lambda row: steps.withdraw(row, A, "b"),
    "steps._taken_partly": lambda row: steps.accept_all([row], A),
    "uploads.receive": lambda row: uploads.receive([uploads.Brought("a.txt", b"a")], A),
    "origin._said": lambda row: origin._said(
        {"upload_id": "u", "part": "p"}, A, Origin("2026-01-24")
    ),
}


def test_every_action_of_the_code_is_tried():
    assert set(writers()) == set(ACTIONS)


# Everything that writes to a ledger, by the names of its methods and of what takes one.
WRITES = (
    *("accept", "correct", "add", "record", "record_unchanged"),
    *("decide", "store", "append", "keep"),
)
TAKES = ("inbox.receive", "inbox.record", "rereading.say", "rereading.record")


def test_no_page_writes_past_the_guard():
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            assert called not in [f"reports.store().{each}" for each in WRITES], path
            if called in TAKES:
                assert ast.unparse(node.args[0]).startswith("reports.writing("), path


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_stores_nothing_where_a_network_reaches(ledger, listen, name):
    known = row(ledger)
    before = {table: len(ledger.table(table)) for table in ("decisions", "uploads", "said")}
    listen("0.0.0.0")
    assert not ACTIONS[name](known)
    assert before == {table: len(ledger.table(table)) for table in before}
    assert name[:5] != "steps" or steps.failure() == access.OPEN_TO_A_NETWORK


# What a page says


@pytest.mark.parametrize(
    ("page", "lang"), combining.in_turn([UPLOAD, REVIEW, CONFLICTS], ["en", "uk"])
)
def test_a_closed_page_says_so_and_offers_nothing(ledger, listen, page, lang):
    offer(ledger, figure(value=3300.0), figure(value=900.0, publisher="Other"))
    upload, _ = inbox.receive(ledger, b"In Kharkiv 5 people were killed on 24 January 2026.",
                              "a.txt", "Taras")  # fmt: skip
    read_upload(ledger, upload)
    snapshot.publish(ledger)
    listen("0.0.0.0")
    test = reading.open_page(page, lang)
    assert not test.exception
    told = language.words(lang)._(access.OPEN_TO_A_NETWORK)
    assert told in [each.value for each in test.info]
    offered = {"accept", "correct", "reject", "undo", "all", "all-yes", "reopen"}
    assert [each.key for each in test.button if each.key in offered and not each.disabled] == []
    assert not test.text_area and "reviewer" not in [each.key for each in test.text_input]
    assert not test.get("file_uploader")


# Every way to start


def moved(folder: Path) -> None:
    """The dashboard in a folder without its own configuration: Streamlit then binds everywhere."""
    for name in ("pages", "impact", "etl", "pictures", "data", "locale"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("dashboard.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)


def configured(folder: Path) -> None:
    """The same, with another configuration."""
    moved(folder)
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "config.toml").write_text('[server]\naddress = "0.0.0.0"\n')


DASHBOARD = str(ROOT / "dashboard.py")
PORT = ("--server.port", "{port}")
UVICORN = ("-m", "uvicorn", "dashboard:app", "--port", "{port}")
# name -> command, environment, what is prepared, whether it is closed
WAYS = {
    "loopback": ((*STREAMLIT, DASHBOARD, *PORT, "--server.address", "127.0.0.1"), {}, None, False),
    "option": ((*STREAMLIT, DASHBOARD, *PORT, "--server.address", "0.0.0.0"), {}, None, True),
    "option6": ((*STREAMLIT, DASHBOARD, *PORT, "--server.address", "::"), {}, None, True),
    "environment": (
        (*STREAMLIT, DASHBOARD, *PORT), {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}, None, True,
    ),
    "configuration": ((*STREAMLIT, "dashboard.py", *PORT), {}, configured, True),
    "no address": ((*STREAMLIT, "dashboard.py", *PORT), {}, moved, True),
    "uvicorn": ((*UVICORN, "--host", "0.0.0.0"), {}, None, True),
    "uvicorn on loopback": ((*UVICORN, "--host", "127.0.0.1"), {}, None, False),
    "one page": (
        (*STREAMLIT, str(ROOT / UPLOAD), *PORT, "--server.address", "0.0.0.0"), {}, None, True,
    ),
    # Nothing stands before it that looks at the names by which it is asked.
    "one page on loopback": (
        (*STREAMLIT, str(ROOT / UPLOAD), *PORT, "--server.address", "127.0.0.1"), {}, None, True,
    ),
}  # fmt: skip


# A command, an environment, another server than Streamlit's own, and what passes the guard by.
SOME_WAYS = combining.first(
    sorted(WAYS, key=lambda way: way not in ("loopback", "environment", "uvicorn", "one page")), 4
)


@pytest.mark.browser
@pytest.mark.parametrize("way", SOME_WAYS)
def test_whatever_a_network_reaches_is_read_only_however_it_was_started(
    window, store, tmp_path, way
):
    command, environment, prepare, closed = WAYS[way]
    if prepare:
        prepare(tmp_path)
    with started(command, store, tmp_path, environment) as url, window() as page:
        path = "/" if way.startswith("one page") else "/upload"
        page.goto(url + path)
        expect(page.get_by_role("heading", name="Upload", exact=True)).to_be_visible(
            timeout=driving.PATIENCE_MS
        )
        told = page.get_by_text("Read-only: ")
        fields = page.locator("input[type=file]")
        if closed:
            expect(told).to_be_visible()
            expect(fields).to_have_count(0)
        else:
            expect(fields).to_have_count(1)
            expect(told).to_have_count(0)
        sent = {"Content_Type": "multipart/form-data; boundary=b"}
        for headers in ({}, {"X_Forwarded_For": "127.0.0.1", "Host": "localhost"}):
            status, _ = asked(f"{url}/_stcore/upload_file/s/f", "PUT", FORM, **sent, **headers)
            # Open, it is Streamlit's own: it knows no such visit, or asks for its token.
            assert status in ((403, 413) if closed else (400, 403))
    assert not Ledger(store).exists


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_no_request_changes_anything_where_a_network_reaches(listen, method):
    path = "/_stcore/upload_file/s/f"
    # Nothing listens here, and yet somebody asks.
    assert guarded(method, path) == (403, access.UNTOLD)
    listen("127.0.0.1")
    assert guarded(method, path) == (204, "")
    listen("0.0.0.0")
    status, text = guarded(method, path, b"lang=uk", [(b"x-forwarded-for", b"127.0.0.1")])
    assert status == 403 and text.startswith("Тільки читання")
    assert guarded("GET", "/data") == (204, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/data", "/anything", "/_stcore/upload_file_/s/f"])
@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_nobody_sends_anything_where_nothing_is_taken(listen, method, path, address):
    listen(address)
    assert guarded(method, path)[0] == 403


def guarded(method: str, path: str, query: bytes = b"", headers=()) -> tuple[int, str]:
    """Status and text with which an application that takes everything answers, being guarded."""
    sent = []

    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": method, "path": path, "query_string": query,
             "headers": [(b"host", b"localhost"), *headers],
             "client": ("127.0.0.1", 1)}  # fmt: skip
    # In a thread of its own: where browsers are driven, this one has a loop already.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, Guard(app)(scope, receive, send)).result()
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent).decode()
