"""The doors: by which names the server answers, how browsers treat what it sends, what its log
says, and that a download is the visit's that it was made for."""

import logging
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.doors import asking, guard, headers, hosts, logs
from pages.parts.shell import access, crowd, menu
from tests import combining, wire
from tests.pages import reading
from tests.pages.asking import PROXY_SECRET, as_, asked, behind_a_proxy, filled, proxied
from tests.pages.binding import STREAMLIT
from tests.pages.driving import PATIENCE_MS, ROOT
from tests.waiting import awaited

ADDRESS = "https://impact.example.org"


@pytest.fixture(scope="module")
def office(tmp_path_factory, stores):
    """A server behind a trusted proxy, under a name of its own."""
    with proxied(stores["small"], tmp_path_factory.mktemp("office")) as url:
        yield url


# Names


@pytest.mark.parametrize(("host", "named", "answers"), [
    ("impact.example.org", ADDRESS, True), ("IMPACT.example.org", ADDRESS, True),
    ("localhost:8501", ADDRESS, True), ("127.0.0.1", ADDRESS, True), ("[::1]:8501", ADDRESS, True),
    ("127.9.9.9:1", ADDRESS, True),
    ("evil.example", ADDRESS, False), ("impact.example.org.evil.example", ADDRESS, False),
    ("impact.example.org:81", ADDRESS, False), ("", ADDRESS, False),
    ("impact.example.org/x", ADDRESS, False), ("a@impact.example.org", ADDRESS, False),
    ("127.0.0.1.evil.example", ADDRESS, False), ("localhost.evil.example", ADDRESS, False),
    # One person's tool: a page of others may have a name that leads here.
    ("localhost:8501", "", True), ("evil.example:8501", "", False),
])  # fmt: skip
def test_a_server_answers_by_its_own_names(monkeypatch, host, named, answers):
    monkeypatch.setenv("IMPACT_PUBLIC_ADDRESS", named)
    assert hosts.answers(host) is answers


def test_a_read_only_server_without_an_address_answers_by_any_name(monkeypatch):
    monkeypatch.setattr(access, "open_to_a_network", lambda: access.OPEN_TO_A_NETWORK)
    assert hosts.answers("any.example")
    assert not hosts.answers("any.example/x")


@pytest.mark.parametrize(("origin", "host", "named", "ours"), [
    (ADDRESS, "impact.example.org", ADDRESS, True), (ADDRESS, "127.0.0.1:8501", ADDRESS, True),
    ("http://127.0.0.1:8501", "127.0.0.1:8501", ADDRESS, True),
    ("http://impact.example.org", "impact.example.org", ADDRESS, False),
    ("https://evil.example", "impact.example.org", ADDRESS, False),
    ("http://localhost:9", "127.0.0.1:8501", "", False), ("null", "127.0.0.1:8501", "", False),
    ("", "127.0.0.1:8501", "", False), ("http://127.0.0.1:8501", "127.0.0.1:8501", "", True),
    ("https://any.example", "any.example", "", True),
])  # fmt: skip
def test_a_websocket_is_of_our_own_pages(monkeypatch, origin, host, named, ours):
    monkeypatch.setenv("IMPACT_PUBLIC_ADDRESS", named)
    assert hosts.at_home(origin, host) is ours


@pytest.mark.parametrize("path", ["/", "/data", "/api/figures.json", "/health", "/static/x.js"])
def test_another_name_is_answered_with_421(office, path):
    for name in ("evil.example", "impact.example.org.evil.example"):
        assert asked(office + path, headers={"Host": name, **as_("admin")})[0] == 421


@pytest.mark.parametrize("kilobytes", [24, 48])
def test_cookies_of_many_kilobytes_may_come_in_pieces(office, kilobytes):
    """A proxy sends them as its own buffer is emptied."""
    asked_for = "\r\n".join([
        "GET /data HTTP/1.1", "Host: 127.0.0.1", "Connection: close",
        *(f"{name}: {value}" for name, value in as_("viewer").items()),
        f"Cookie: group={'x' * kilobytes * 1000}", "", "",
    ]).encode()  # fmt: skip
    place = (urlsplit(office).hostname, urlsplit(office).port)
    with socket.create_connection(place, 60) as line:
        for begin in range(0, len(asked_for), 4096):
            line.sendall(asked_for[begin : begin + 4096])
            time.sleep(0.01)
        answer = line.makefile("rb").readline()
    assert answer.split()[1] == b"200"


def test_what_leads_here_begins_with_the_servers_own_address(office):
    for path in ("/feed.xml", "/corrections.xml", "/api/openapi.json", "/data"):
        for host in (office.removeprefix("http://"), "localhost", "impact.example.org"):
            status, text = asked(office + path, headers={"Host": host, **as_("viewer")})
            assert status == 200 and ADDRESS in text, path
            assert "127.0.0.1" not in text and "//localhost" not in text, path


# What is said of every answer


@pytest.mark.parametrize("path", [
    "/", "/data", "/health", "/api/figures.json?limit=1", "/api/nothing", "/feed.xml", "/nothing.x",
    "/media/none", "/static/none.js", "/_stcore/health", "/_stcore/host-config", "/plotly.min.js",
    "/sign-in", "/embed?kind=wrong",
])  # fmt: skip
def test_every_answer_says_how_it_is_to_be_treated(office, path):
    answer = httpx2.get(office + path, headers=as_("viewer"), trust_env=False)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert headers.POLICY in answer.headers
    assert "frame-ancestors" in answer.headers[headers.POLICY]


def test_a_page_runs_no_script_of_others(office):
    answer = httpx2.get(office + "/data", headers=as_("viewer"), trust_env=False)
    rules = dict(each.split(" ", 1) for each in answer.headers[headers.POLICY].split("; "))
    assert "unsafe" not in rules["script-src"] and "http" not in rules["script-src"]
    assert rules["default-src"] == "'self'" and rules["object-src"] == "'none'"


def test_every_cookie_goes_over_tls_alone_where_readers_come_by_it(office, monkeypatch):
    answer = httpx2.get(office + "/_stcore/health", trust_env=False)
    found = answer.headers.get_list("Set-Cookie")
    assert found and all(each.lower().count("; secure") == 1 for each in found)
    monkeypatch.setenv("IMPACT_PUBLIC_ADDRESS", ADDRESS)
    assert asking.cookie() == asking.SAFE_WORD


@pytest.mark.browser
@pytest.mark.skipif(not combining.ALL, reason="test_every_page.py hears it of one's own tool")
def test_no_page_does_what_its_policy_forbids(office, browser):
    context = browser.new_context(extra_http_headers=as_("admin"), locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page, said = context.new_page(), []
    page.on("console", lambda told: said.append(told.text))
    for each in menu.entries():
        page.goto(f"{office}/{each.name}")
        expect(page.get_by_test_id("stApp")).to_have_attribute(
            "data-test-script-state", "notRunning", timeout=PATIENCE_MS
        )
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
    broken = [each for each in said if "Content Security Policy" in each]
    context.close()
    assert broken == []


# What is closed


@pytest.mark.parametrize("path", [
    "/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent/openapi.json",
    "/_stcore/agent/mcp", "/auth/login", "/auth/logout", "/oauth2callback",
    "/.streamlit/config.toml", "/static/../dashboard.py", "/index.html", "/something.json",
    "/api//figures.csv", "/static//index.html", "//data",
])  # fmt: skip
def test_what_nobody_needs_is_not_there(office, path):
    assert asked(office + path, headers=as_("admin"))[0] in (400, 404)


def test_no_other_site_may_speak_to_a_page(office):
    status, text = asked(office + "/_stcore/host-config", headers=as_("admin"))
    assert status == 200 and '"allowedOrigins":[]' in text.replace(" ", "")


def opened(url: str, who: str):
    return wire.opened(url, as_(who))


def heard(socket, kind: str) -> ForwardMsg:
    while True:
        told = ForwardMsg.FromString(socket.recv(timeout=60))
        if told.WhichOneof("type") == kind:
            return told


def run(socket, page: str) -> tuple[str, list[str]]:
    """Runs a page; its visit, and the downloads that are made when they are asked for."""
    socket.send(BackMsg(rerun_script={"page_name": page}).SerializeToString())
    visit, files = "", []
    while True:
        told = ForwardMsg.FromString(socket.recv(timeout=60))
        if told.WhichOneof("type") == "new_session":
            visit = told.new_session.initialize.session_id
        if told.WhichOneof("type") == "delta":
            button = told.delta.new_element.download_button
            files += [button.deferred_file_id] if button.deferred_file_id else []
        if told.WhichOneof("type") == "script_finished":
            return visit, files


def ask(socket, visit: str, file: str) -> None:
    request = {"request_id": "r", "session_id": visit, "deferred_file": {"file_id": file}}
    socket.send(BackMsg(backend_operation_request=request).SerializeToString())


def test_a_download_is_the_visits_that_it_was_made_for(office):
    with opened(office, "viewer") as one, opened(office, "viewer") as other:
        visit, files = run(one, "data")
        another, _ = run(other, "method")
        assert visit and files and visit != another
        ask(other, another, files[0])  # not theirs
        ask(other, visit, files[0])  # in another's name: Streamlit refuses
        told = heard(other, "backend_operation_response").backend_operation_response
        assert "session" in told.error_msg
        ask(one, visit, files[0])
        told = heard(one, "backend_operation_response").backend_operation_response
        assert not told.error_msg


FORM = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\r\n--b--\r\n'
)


KIND = {"Content-Type": "multipart/form-data; boundary=b"}


def test_a_visit_is_taken_up_again_by_whoever_opened_it_alone(office):
    with opened(office, "reviewer") as one:
        visit, _ = run(one, "method")
    for who, theirs in (("viewer", False), ("reviewer", True)):
        with wire.opened(office, as_(who), visit) as socket:
            assert (run(socket, "method")[0] == visit) is theirs, who


@pytest.mark.parametrize("query", ["places=%00", f"places={'x' * 5000}", "day=%0d%0a", "%ff=%ff"])
def test_an_address_that_nobody_can_read_gives_its_page_all_the_same(office, query):
    for page in ("/", "/heating", "/figure"):
        status, _ = asked(f"{office}{page}?{query}", headers=as_("viewer"))
        assert status == 200, (page, query)


def test_a_file_is_sent_to_ones_own_visit(office):
    with (
        httpx2.Client(base_url=office, trust_env=False) as client,
        opened(office, "reviewer") as one,
    ):
        visit, _ = run(one, "upload")
        token = client.get("/_stcore/health").cookies["_streamlit_xsrf"]
        # It goes over TLS alone, which ends at the proxy: this stands behind it.
        cookie = f"_streamlit_xsrf={token}"
        for who, status in (
            ("contributor", 403),
            ("admin", 403),
            ("viewer", 403),
            ("reviewer", 204),
        ):
            sent = {"X-Xsrftoken": token, "Cookie": cookie} | KIND
            path = f"/_stcore/upload_file/{visit}/f"
            answer = client.put(path, content=FORM, headers=sent | as_(who))
            assert answer.status_code == status, (who, answer.text)


# Starting


@pytest.mark.parametrize("command", [
    ("-m", "etl", "serve", "--port", "8599"),
    ("-m", "uvicorn", "dashboard:app", "--port", "8599"),
    (*STREAMLIT, "dashboard.py", "--server.port", "8599"),
])  # fmt: skip
def test_a_server_with_a_weak_secret_does_not_start_and_does_not_repeat_it(
    tmp_path, monkeypatch, command
):
    monkeypatch.setenv("IMPACT_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("IMPACT_SIGN_IN", "proxy")
    monkeypatch.setenv("IMPACT_PUBLIC_ADDRESS", ADDRESS)
    monkeypatch.setenv("IMPACT_PROXY_SECRET", "hunter2-hunter2")
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    told = done.stdout + done.stderr
    assert done.returncode != 0
    assert "IMPACT_PROXY_SECRET can be guessed" in told and "hunter2" not in told


def test_a_server_whose_store_cannot_be_there_says_so_in_a_sentence(monkeypatch):
    monkeypatch.setenv("IMPACT_STORE", "postgresql://olena:hunter2@127.0.0.1/impact")
    done = subprocess.run(
        [sys.executable, *STREAMLIT, "dashboard.py"],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    told = done.stdout + done.stderr
    assert done.returncode != 0 and "IMPACT_STORE holds a password" in told
    assert "hunter2" not in told and "Traceback" not in told


# The log


def test_a_line_of_the_log_is_one_line_and_holds_no_query(caplog):
    before = logging.getLogRecordFactory()
    try:
        logs.keep_plain()
        logs.keep_plain()
        logging.getLogger("x").warning("an upload called %s", "a\r\nERROR all is lost\x1b[2J\u202e")
        access = ("10.0.0.1:5", "GET", "/sign-in/back?code=abc&state=d", "1.1", 200)
        logging.getLogger("uvicorn.access").warning('%s - "%s %s HTTP/%s" %d', *access)
        logging.getLogger("x").warning("100 %")
    finally:
        logging.setLogRecordFactory(before)
    one, two, three = (each.getMessage() for each in caplog.records)
    assert one == "an upload called a\\r\\nERROR all is lost\\x1b[2J\\u202e"
    assert two == '- - "GET /sign-in/back HTTP/1.1" 200'
    assert three == "100 %"


def test_the_log_of_an_office_names_nobody_and_holds_no_secret(tmp_path, stores):
    with proxied(stores["small"], tmp_path) as url:
        asked(url + "/data", headers=as_("reviewer"))
        asked(url + "/data", headers={"X-Impact-User": "mallory", "X-Impact-Secret": "wrong"})
        with opened(url, "reviewer") as socket:
            socket.send(BackMsg(clear_cache=True).SerializeToString())
            run(socket, "method")
    told = (tmp_path / "log").read_text(errors="replace")
    assert "a message of the kind clear_cache was refused" in told
    for each in ("The reviewer", "mallory", "wrong", PROXY_SECRET, access.HEADER):
        assert each not in told


# Too many at once


@pytest.fixture
def narrow(tmp_path, stores, monkeypatch):
    """A server on which two pages may be open."""
    monkeypatch.setattr(crowd, "limits", lambda: crowd.Limits(1, 2, 60))
    return stores["small"]


async def _told(scope: dict) -> list[dict]:
    """What the guard answers to a request while as many pages are open as may be."""
    said: list[dict] = []

    async def send(message: dict) -> None:
        said.append(message)

    async def receive() -> dict:
        return {"type": "websocket.connect"}

    async def app(_scope, _receive, send) -> None:
        await send({"type": "let through"})

    with crowd.CROWD.one_more(), crowd.CROWD.one_more():
        await guard.Guard(app)(scope, receive, send)
    return said


def _scope(path: str, **more) -> dict:
    host = [(b"host", b"localhost"), (b"origin", b"http://localhost")]
    return {"type": "http", "method": "GET", "path": path, "headers": host, "query_string": b"",
            **more}  # fmt: skip


@pytest.mark.parametrize(("path", "through"), [
    ("/", False), ("/heating", False), ("/health", True), ("/static/x.js", True),
    ("/api/figures.json", True),
])  # fmt: skip
def test_too_many_readers_are_told_to_come_back(narrow, path, through):
    said = awaited(_told(_scope(path, query_string=b"lang=uk")))
    if through:
        assert said == [{"type": "let through"}]
        return
    assert said[0]["status"] == 503 and (b"retry-after", b"60") in said[0]["headers"]
    assert "Зараз читають" in said[1]["body"].decode()


@pytest.mark.parametrize("path", ["/heating", "/_stcore/stream"])
@pytest.mark.parametrize(
    ("who", "through"),
    [("nobody", False), ("viewer", False), ("contributor", True), ("admin", True)],
)
def test_readers_shut_out_nobody_who_brings_or_decides(
    narrow, ledger, monkeypatch, who, through, path
):
    behind_a_proxy(monkeypatch)
    monkeypatch.setenv("IMPACT_READING", "public")
    filled(ledger.folder)
    scope = _scope(path)
    if path != "/heating":
        scope |= {"type": "websocket", "extensions": {"websocket.http.response": {}}}
    scope["headers"] += [(name.lower().encode(), text.encode()) for name, text in as_(who).items()]
    said = awaited(_told(scope))
    assert (said == [{"type": "let through"}]) is through, said


def test_one_page_too_many_is_answered_and_does_not_hang(narrow):
    scope = _scope("/_stcore/stream", type="websocket", extensions={"websocket.http.response": {}})
    said = awaited(_told(scope))
    assert said[0]["type"] == "websocket.http.response.start" and said[0]["status"] == 503
    assert crowd.CROWD.open == 0


def test_with_many_readers_a_page_says_that_it_comes_slower(narrow, store):
    assert crowd.SLOW not in [each.value for each in reading.start().caption]
    with crowd.CROWD.one_more(), crowd.CROWD.one_more():
        assert crowd.SLOW in [each.value for each in reading.start().caption]
