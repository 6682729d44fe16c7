"""Every role against every entry: the entries are those of the code, and each is tried both ways,
at a real server by HTTP and WebSocket, and at every action."""

import ast
import contextlib
import re
import time

import httpx2
import pytest
import websockets.sync.client
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

import dashboard
from impact.access import people, rules
from impact.access.actions import Action
from impact.access.person import Person
from impact.access.rules import Role
from pages.api import addresses
from pages.doors import channel, guard
from pages.parts.review import reports
from pages.parts.shell import access, menu
from tests import wire
from tests.pages.asking import GIVEN, PROXY_SECRET, as_, asked, behind_a_proxy, proxied
from tests.pages.driving import ROOT

# Whoever asks: nobody, everybody with a role, and who has lost theirs.
WHO = ["nobody", *GIVEN, "removed"]
ROLE = {name: GIVEN.get(name, Role.ANYONE) for name in WHO}
# What stands for "everything below" is tried with something below it that is there or that
# Streamlit answers by itself; the statuses are those of what is let through.
BELOW = {"/static/": "/static/none.js", "/media/": "/media/none",
         "/api/": "/api/figures.json?limit=1",
         "/component/": "/component/none", "/_stcore/agent/": "/_stcore/agent/interact",
         "/_stcore/bidi-components/": "/_stcore/bidi-components/none", "/auth/": "/auth/login",
         "/_stcore/upload_file/": "/_stcore/upload_file/visit/file"}  # fmt: skip


# The entries are those of the code


def test_every_page_has_a_rule():
    assert {each.name for each in menu.entries()} == set(rules.entries()[rules.PAGE])


def test_every_action_has_a_rule_and_is_one_of_the_code():
    assert set(Action) == set(rules.entries()[rules.ACTION])
    named = set()
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("Action."):
                named.add(Action[node.attr])
    assert named == set(Action)


def test_every_kind_of_message_has_a_rule():
    assert set(channel.kinds()) == set(rules.entries()[rules.MESSAGE])


def routes() -> list[tuple[str, str]]:
    """Method and path of everything that the served application answers, as it is put together."""
    found = []
    for route in dashboard.app._build_starlette_app().routes:
        if not (path := getattr(route, "path", "")):
            continue  # the files of Streamlit's page, which are named below
        for method in getattr(route, "methods", None) or {"GET"}:
            found.append((method, re.sub(r"\{[^}]+\}", "x", path)))
    return [*found, ("GET", "/static/x.js"), ("GET", "/favicon.png"), ("GET", "/manifest.json")]


def test_every_route_has_a_rule_and_every_rule_a_route():
    fallen = {method + path: guard.entry(path, method) for method, path in routes()}
    agent = {key for key in fallen if "/_stcore/agent/" in key}  # closed to every method
    assert [key for key, (_, name) in fallen.items() if not name and key not in agent] == []
    used = {(kind, name) for kind, name in fallen.values()}
    for kind in (rules.ADDRESS, rules.SENDING):
        assert {name for of, name in used if of == kind and name} == set(rules.entries()[kind])


def test_what_has_no_rule_is_denied_to_everybody():
    for kind in rules.KINDS:
        assert not any(rules.allowed(role, kind, "something new") for role in Role)


def test_every_address_for_programs_is_read_by_who_may_read():
    for each in addresses():
        kind, name = rules.address(each.path)
        assert rules.entries()[kind][name] is (
            Role.ANYONE if each.path == "/health" else Role.VIEWER
        )


# The cells


@pytest.fixture(scope="module")
def office(tmp_path_factory, stores):
    """A server behind a trusted proxy, whose people have each role."""
    with proxied(stores["small"], tmp_path_factory.mktemp("office")) as url:
        yield url


@pytest.mark.parametrize("who", WHO)
def test_addresses_by_role(office, who):
    differ = {}
    for name, least in rules.entries()[rules.ADDRESS].items():
        if name == "/_stcore/stream":
            continue
        status, _ = asked(office + BELOW.get(name, name), headers=as_(who))
        let = status not in (401, 403) and (least is not None or status != 404)
        if let is not rules.allowed(ROLE[who], rules.ADDRESS, name):
            differ[name] = status
    assert differ == {}


# What Streamlit says of a file that comes without its own token: so it was let through.
TOKEN = "XSRF token missing or invalid"
UNLISTED = ("POST /", "PATCH /data", "POST /_stcore/agent/mcp", "PUT /api/figures.json")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("name", [*rules.entries()[rules.SENDING], *UNLISTED])
def test_sending_by_role(office, who, name):
    method, path = name.split(" ")
    status, text = asked(office + BELOW.get(path, path), method, b"", as_(who))
    let = text == TOKEN or status not in (401, 403, 405)
    assert let is rules.allowed(ROLE[who], rules.SENDING, name), (status, text)


@pytest.mark.parametrize("who", WHO)
def test_pages_by_role(office, who):
    for each in menu.entries():
        status, _ = asked(f"{office}/{each.name}", headers=as_(who))
        let = rules.allowed(ROLE[who], rules.PAGE, each.name)
        assert (status == 200) is let, (each.name, status)


def opened(url: str, who: str, **more: str):
    return wire.opened(url, as_(who) | more)


def ended(socket, seconds: float = 5) -> int:
    """The code with which a WebSocket is closed, whatever it says before."""
    until = time.monotonic() + seconds
    with pytest.raises(ConnectionClosed) as closed:
        while time.monotonic() < until:
            socket.recv(timeout=seconds)
    return closed.value.rcvd.code


@pytest.mark.parametrize("who", WHO)
def test_the_websocket_by_role(office, who):
    with contextlib.suppress(ConnectionClosed), opened(office, who) as socket:
        if not rules.allowed(ROLE[who], rules.ADDRESS, "/_stcore/stream"):
            assert ended(socket) == channel.ENDED
            return
        socket.send(BackMsg(rerun_script={"page_name": "method"}).SerializeToString())
        assert ForwardMsg.FromString(socket.recv(timeout=30)).WhichOneof("type")


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("kind", channel.kinds())
def test_messages_by_role(register, who, kind):
    """What the channel lets Streamlit hear, of everything that a browser may say."""
    name, _, inner = kind.partition(".")
    told = BackMsg()
    part = getattr(told, name)
    if inner:
        getattr(part, inner).SetInParent()
    elif hasattr(part, "SetInParent"):
        part.SetInParent()
    else:
        setattr(told, name, True)
    assert channel.kind_of(told) == kind
    mark = access.by_account(who) if who != "nobody" else ""
    heard = channel.Channel(None, {}, mark)._may(told.SerializeToString())
    if inner == "deferred_file":
        assert not heard  # there is no such file
    else:
        assert heard is rules.allowed(ROLE[who], rules.MESSAGE, kind)


@pytest.mark.parametrize(("told", "used"), [
    ({"app_heartbeat": True}, False), ({"stop_script": True}, False),
    ({"rerun_script": {"is_auto_rerun": True}}, False), ({"rerun_script": {}}, True),
])  # fmt: skip
def test_what_a_page_says_by_itself_does_not_keep_anybody_signed_in(told, used):
    assert channel._is_of_a_person(BackMsg(**told)) is used


@pytest.mark.parametrize("path", ["/api/figures.json?limit=1", "/feed.xml", "/corrections.xml"])
def test_where_reading_needs_an_account_no_cache_gives_an_answer_to_others(office, path):
    answer = httpx2.get(office + path, headers=as_("viewer"), trust_env=False, timeout=60)
    assert answer.headers["Cache-Control"] == "private, no-cache" and answer.headers["Vary"]
    assert "Access-Control-Allow-Origin" not in answer.headers  # nor does a page of others read it


@pytest.mark.parametrize("path", ["/", "/data", "/review?lang=uk", "/media/none", "/nothing"])
def test_no_shared_cache_keeps_a_page_that_needs_an_account(office, path):
    answer = httpx2.get(office + path, headers=as_("viewer"), trust_env=False, timeout=60)
    assert {"private", "no-store"} & set(answer.headers["Cache-Control"].split(", "))
    assert "public" not in answer.headers["Cache-Control"]
    for each in ("/static/manifest.json", "/favicon.png"):
        found = httpx2.get(office + each, trust_env=False, timeout=60)
        assert "private" not in found.headers.get("Cache-Control", "")


@pytest.fixture
def register(store, monkeypatch):
    """People of each role in the store of this process, where a proxy signs them in."""
    behind_a_proxy(monkeypatch)
    for name, role in GIVEN.items():
        people.add(store, name, f"The {name}", role)
    people.add(store, "removed", "The removed", Role.ADMIN)
    people.give(store, "removed", None)
    access.guard()
    return store


@pytest.fixture
def asks(register, monkeypatch):
    """Makes somebody the one who asks, as pages/doors/ does."""

    def asks_(who: str) -> Person | None:
        monkeypatch.setattr(access, "_asks", lambda: access.by_account(who))
        return access.present()

    return asks_


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", list(Action))
def test_actions_by_role(asks, who, action):
    present = asks(who) or Person("The admin", "admin", Role.ADMIN)
    if rules.allowed(ROLE[who], rules.ACTION, action):
        assert reports.writing(present, action).folder
    else:
        with pytest.raises(access.Closed):
            reports.writing(present, action)


@pytest.mark.parametrize("who", list(GIVEN))
def test_nobody_acts_in_anothers_name(asks, who):
    asks(who)
    for other in {*GIVEN, ""} - {who}:
        with pytest.raises(access.Closed):
            reports.writing(Person(f"The {other}", other, Role.ADMIN), Action.RECEIVE)


def test_a_role_that_is_taken_away_counts_at_the_next_action(asks, register):
    who = asks("reviewer")
    assert reports.writing(who, Action.ACCEPT)
    people.give(register, "reviewer", Role.CONTRIBUTOR)
    with pytest.raises(access.Closed):
        reports.writing(who, Action.ACCEPT)
    assert reports.writing(who, Action.RECEIVE)
    people.give(register, "reviewer", None)
    with pytest.raises(access.Closed):
        reports.writing(who, Action.RECEIVE)


def test_the_cells_are_enough():
    entries = sum(len(each) for each in rules.entries().values())
    assert entries * len(WHO) >= 300


# What a proxy says


@pytest.mark.parametrize(("headers", "status"), [
    ({"X-Impact-User": "admin"}, 401),
    ({"X-Impact-User": "admin", "X-Impact-Secret": "wrong"}, 401),
    ({"X-Impact-Secret": PROXY_SECRET}, 401),
    ({"X-Impact-User": "", "X-Impact-Secret": PROXY_SECRET}, 401),
    ({"X-Impact-User": "somebody", "X-Impact-Secret": PROXY_SECRET}, 401),
    ({"X-Impact-User": "viewer", "X-Impact-Secret": PROXY_SECRET}, 200),
    ({access.HEADER: access.by_account("admin")}, 401),
    ({"Cookie": "impact_login=admin"}, 401),
])  # fmt: skip
def test_a_name_counts_with_the_proxys_secret_alone(office, headers, status):
    assert asked(office + "/data", headers=headers)[0] == status


def test_a_proxys_secret_reaches_no_page(office):
    with opened(office, "admin") as socket:
        socket.send(BackMsg(rerun_script={"page_name": "method"}).SerializeToString())
        while not (told := ForwardMsg.FromString(socket.recv(timeout=30))).HasField(
            "script_finished"
        ):
            assert PROXY_SECRET.encode() not in told.SerializeToString()


def test_a_role_taken_away_ends_an_open_page(tmp_path, stores):
    with proxied(stores["small"], tmp_path) as url:
        with contextlib.suppress(ConnectionClosed), opened(url, "reviewer") as socket:
            socket.send(BackMsg(rerun_script={"page_name": "method"}).SerializeToString())
            while not ForwardMsg.FromString(socket.recv(timeout=30)).HasField("script_finished"):
                pass
            people.give(tmp_path / "store", "reviewer", None)
            assert ended(socket) == channel.ENDED
        with contextlib.suppress(ConnectionClosed), opened(url, "reviewer") as again:
            assert ended(again) == channel.ENDED


@pytest.mark.parametrize("origin", [None, "http://evil.example", "http://localhost:1", "null"])
def test_a_websocket_comes_from_a_page_of_ours(office, origin):
    with pytest.raises(InvalidStatus) as refused:
        websockets.sync.client.connect(
            office.replace("http", "ws") + "/_stcore/stream",
            origin=origin, subprotocols=["streamlit"], additional_headers=as_("admin"),
        )  # fmt: skip
    assert refused.value.response.status_code == 403
