"""Signing in with a real OpenID provider, signing out, and every way in which a sign-in ends."""

import contextlib
import re
import shutil
import sqlite3
import time

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from impact.access import people, register
from impact.access.rules import Role
from pages.doors import asking, channel, provider, sign_in
from tests import combining, wire
from tests.pages import providing
from tests.pages.binding import STREAMLIT, free_port, started
from tests.pages.driving import PATIENCE_MS, ROOT

BY_GROUP = {"IMPACT_ROLE_CLAIM": "groups", "IMPACT_REVIEWERS": "desk", "IMPACT_ADMINS": "chiefs"}


@pytest.fixture(scope="module", autouse=True)
def _provider_is_there():
    if not providing.installed():
        pytest.skip(providing.MISSING)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("office")


@pytest.fixture(scope="module")
def office(folder, stores):
    """A dashboard whose groups give roles, where an account is needed to read."""
    with providing.office(stores["small"], folder, **BY_GROUP) as provider:
        yield provider


def opened(provider, cookie: str = ""):
    return wire.opened(provider.app, {"Cookie": f"{asking.WORD}={cookie}"} if cookie else {})


def is_let_in(provider, cookie: str) -> bool:
    """Whether a page runs over a WebSocket for whoever holds a cookie."""
    with contextlib.suppress(ConnectionClosed), opened(provider, cookie) as socket:
        socket.send(BackMsg(rerun_script={"page_name": "method"}).SerializeToString())
        return bool(ForwardMsg.FromString(socket.recv(timeout=30)).WhichOneof("type"))
    return False


def signed_in(provider, subject: str = "olena"):
    """A browser in which somebody has signed in, and the word that it holds."""
    browser = provider.browser(subject)
    answer = browser.get("/data")
    assert answer.status_code == 200 and answer.url.path == "/data", answer.text
    return browser, browser.cookies[asking.WORD]


def test_a_page_leads_to_the_provider_and_back_to_itself(office):
    browser = office.browser("olena")
    answer = browser.get("/heating?places=UA80&lang=uk")
    assert answer.status_code == 200
    assert str(answer.url) == f"{office.app}/heating?places=UA80&lang=uk"
    assert any(str(each.url).startswith(office.url) for each in answer.history)
    assert is_let_in(office, browser.cookies[asking.WORD])


def test_the_browser_holds_a_word_and_nothing_of_what_the_provider_said(office):
    for subject in ("olena", "many"):  # "many" has some 20 KB of groups
        browser, word = signed_in(office, subject)
        held = [each for each in browser.cookies.jar if each.domain == "127.0.0.1"]
        ours = {each.name: each.value for each in held if not each.name.startswith(("_in", "_se"))}
        assert not [text for text in ours.values() if "Koval" in text or "desk" in text]
        assert len(word) < 50 and is_let_in(office, word)
        [cookie] = [each for each in held if each.name == asking.WORD]
        assert "HttpOnly" in cookie._rest and cookie._rest["SameSite"] == "lax"


def test_cookies_of_others_over_8_kb_do_not_shut_anybody_out(office):
    _, word = signed_in(office)
    crowd = "; ".join(f"other_{number}={'x' * 3000}" for number in range(5))
    assert is_let_in(office, f"{word}; {crowd}")


@pytest.mark.parametrize("word", ["", "x", "a" * 43, "a" * 5000, "'; DROP TABLE logins; --"])
def test_what_was_never_given_out_is_no_sign_in(office, word):
    assert not is_let_in(office, word)
    browser = office.browser("olena")
    browser.follow_redirects = False
    browser.cookies.set(asking.WORD, word, domain="127.0.0.1")
    assert browser.get("/data").headers["location"] == "/sign-in?next=%2Fdata"


def test_who_has_no_role_is_told_how_the_provider_calls_them(office):
    answer = office.browser("guest").get("/data?lang=uk")
    assert answer.status_code == 403 and "guest" in answer.text and "ролі" in answer.text


def test_signing_out_ends_the_sign_in_for_good_and_the_providers_too(office):
    browser, word = signed_in(office)
    with contextlib.suppress(ConnectionClosed), opened(office, word) as socket:
        answer = browser.get("/sign-out", headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.url.path == "/session/end" and str(answer.url).startswith(office.url)
        assert asking.WORD not in browser.cookies
        began = time.monotonic()
        while True:
            try:
                socket.recv(timeout=5)
            except ConnectionClosed as closed:
                assert closed.rcvd.code == channel.ENDED
                break
        assert time.monotonic() - began < 3
    # The old cookie, put back.
    assert not is_let_in(office, word)


def test_a_new_sign_in_of_a_browser_ends_the_one_before(office):
    browser, former = signed_in(office)
    browser.get("/sign-in?next=/data")
    word = browser.cookies[asking.WORD]
    assert word != former and is_let_in(office, word)
    assert not is_let_in(office, former)


def test_a_page_of_others_signs_nobody_out(office):
    browser, word = signed_in(office)
    assert browser.get("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert is_let_in(office, word)


def test_the_provider_ends_a_sign_in_by_the_back_channel(office):
    _, word = signed_in(office, "taras")
    _, other = signed_in(office, "olena")
    office.leave("taras")
    assert not is_let_in(office, word)
    assert is_let_in(office, other)


def logout(office, **other: object) -> dict[str, object]:
    told = {
        "iss": office.url, "aud": "impact", "iat": int(time.time()), "jti": str(time.time_ns()),
        "sub": "olena", "events": {provider.LOGOUT: {}},
    } | other  # fmt: skip
    return {name: each for name, each in told.items() if each is not None}


def say(office, word: str) -> int:
    answer = office.browser("olena").post("/sign-in/ended", data={"logout_token": word})
    return answer.status_code


@pytest.mark.parametrize("wrong", [
    {"iss": "https://other.example"}, {"aud": "other"}, {"iat": 1_000_000_000}, {"jti": None},
    {"events": {"x": {}}}, {"events": None}, {"nonce": "n"}, {"sub": None}, {"iat": "soon"},
    {"exp": 1_000_000_000},
])  # fmt: skip
def test_a_word_that_is_no_logout_of_ours_ends_nothing(office, wrong):
    _, word = signed_in(office)
    assert say(office, office.signed(**logout(office, **wrong))) == 400
    assert is_let_in(office, word)


def test_a_word_is_signed_by_the_provider_and_counts_once(office):
    _, word = signed_in(office)
    key = RSAKey.generate_key(2048)
    forged = jwt.encode({"alg": "RS256", "kid": "tests"}, logout(office), key)
    for each in (forged, "", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "x" * 20_000):
        assert say(office, each) in (400, 413)
    assert is_let_in(office, word)
    told = office.signed(**logout(office))
    assert say(office, told) == 200 and not is_let_in(office, word)
    _, again = signed_in(office)
    assert say(office, told) == 400 and is_let_in(office, again)


def test_a_provider_may_change_its_keys(tmp_path, stores):
    with providing.office(stores["small"], tmp_path, **BY_GROUP) as office:
        _, word = signed_in(office)
        assert say(office, office.signed(**logout(office, sub="nobody"))) == 200
        office.rotate()
        key = RSAKey.generate_key(2048)
        forged = jwt.encode({"alg": "RS256", "kid": "tests-1"}, logout(office), key)
        assert say(office, forged) == 400 and is_let_in(office, word)
        assert say(office, office.signed(**logout(office))) == 200
        assert not is_let_in(office, word)
        # Whoever sends words of keys that there are not has the provider asked once a minute.
        asked = office.asked()
        for number in range(3):
            unknown = jwt.encode({"alg": "RS256", "kid": f"x{number}"}, logout(office), key)
            assert say(office, unknown) == 400
        assert asked and office.asked() == asked


def test_a_provider_that_begins_anew_with_other_keys_of_the_same_name(tmp_path, stores):
    """The first who comes then tries twice, nobody waits for a restart of ours."""
    own, port = shutil.copytree(stores["small"], tmp_path / "store"), free_port()
    command = (*STREAMLIT, str(ROOT / "dashboard.py"), "--server.port", "{port}",
               "--server.address", "127.0.0.1")  # fmt: skip
    told = providing.environment(port, "http://127.0.0.1:{port}") | BY_GROUP
    with started(command, own, tmp_path, told) as app:
        for tries in ([200], [400, 200]):
            with providing.served(port, app, tmp_path) as provider:
                assert [provider.browser("olena").get("/data").status_code for _ in tries] == tries


def test_the_way_to_the_provider_is_kept_by_this_host_alone(tmp_path, stores):
    """A host beside ours can set a cookie of any name for both, but none that begins so
    (RFC 6265bis, "__Host-"): it must be safe, of one host, and for every path."""
    address = {"IMPACT_PUBLIC_ADDRESS": "https://impact.example.org"}
    with providing.office(stores["small"], tmp_path, **BY_GROUP, **address) as office:
        browser = office.browser("olena")
        browser.follow_redirects = False
        answer = browser.get("/sign-in?next=/data")
        assert answer.headers["location"].startswith(office.url)
        assert "impact.example.org%2Fsign-in%2Fback" in answer.headers["location"]
        # The one cookie of the answer: Streamlit's own would hold the same by a plain name.
        [set_cookie] = answer.headers.get_list("Set-Cookie")
        name, _, kept = set_cookie.partition("=")
        assert name == "__Host-impact_on_the_way"
        marks = {each.strip().lower() for each in kept.split(";")[1:]}
        assert {"path=/", "secure", "httponly", "samesite=lax"} <= marks
        assert not [each for each in marks if each.startswith("domain")]
        # The same content by a name that another host could have set is not heard: the plain one,
        # and one that only looks like ours without the white space before it.
        word = kept.partition(";")[0]
        state = re.search(r"state=([^&]+)", answer.headers["location"])[1]
        back = f"/sign-in/back?code=x&state={state}"
        told = [
            browser.get(back, headers={"Cookie": f"{each}={word}".encode("latin-1")})
            for each in ("impact_on_the_way", f"\xa0{name}", f"\x85{name}", name)
        ]
        assert [each.status_code for each in told] == [400] * 4
        *others, ours = re.findall(r"a sign-in failed: (\w+)", (tmp_path / "log").read_text())
        assert len(others) == 3 and len(set(others)) == 1 and ours not in others


def test_a_role_that_is_taken_away_counts_in_an_open_page(office, folder):
    browser, word = signed_in(office)
    store = folder / "store"
    account = next(each for each in people.everybody(store) if each.name == "Olena Koval").account
    people.give(store, account, Role.VIEWER)
    assert browser.put("/_stcore/upload_file/s/f").status_code == 403
    assert browser.get("/data").status_code == 200
    people.give(store, account, None)
    assert not is_let_in(office, word)
    answer = office.browser("olena").get("/data")
    assert answer.status_code == 403  # the group gives no role to whom an admin has taken out
    people.add(store, account, "Olena Koval", Role.REVIEWER)


@pytest.mark.parametrize("column", ["began", "seen"])
def test_a_sign_in_ends_by_itself(office, folder, column):
    _, word = signed_in(office)
    with contextlib.suppress(ConnectionClosed), opened(office, word) as socket:
        with contextlib.closing(sqlite3.connect(folder / "store" / register.NAME)) as found:
            found.execute(f"UPDATE logins SET {column} = {column} - 13 * 3600")
            found.commit()
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                socket.recv(timeout=5)
        assert closed.value.rcvd.code == channel.ENDED
    assert not is_let_in(office, word)


@pytest.mark.parametrize("wanted", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
    "/sign-out", "/sign-in?next=/", "/a\r\nSet-Cookie: x=y", "/%0d%0ax",
    "/%73ign-out", "/%2fevil.example", "/./sign-out", "/%2e/sign-in", "/a/../sign-out",
])  # fmt: skip
def test_signing_in_leads_to_pages_of_ours_alone(wanted):
    assert sign_in.back_to(wanted) in ("/", "/%0d%0ax")


@pytest.mark.parametrize("query", ["", "?code=x", "?code=x&state=y", "?error=access_denied"])
def test_a_callback_that_nobody_is_waiting_for_signs_nobody_in(office, query):
    answer = office.browser("olena").get(f"/sign-in/back{query}")
    assert answer.status_code == 400 and asking.WORD not in answer.cookies
    assert "code" not in answer.text


def test_a_way_back_serves_once(office):
    browser = office.browser("olena")
    back = next(
        str(each.url) for each in browser.get("/data").history
        if each.url.path == "/sign-in/back"
    )  # fmt: skip
    assert browser.get(back).status_code == 400
    assert office.browser("taras").get(back).status_code == 400


def test_the_log_names_nobody_and_holds_no_secret(office, folder):
    log = (folder / "log").read_text(errors="replace")
    for each in ("Koval", "olena", "example.org", providing.SECRET, providing.COOKIE, "eyJ"):
        assert each not in log


def test_people_of_the_stores_own_table_sign_in_by_verified_address(tmp_path, stores):
    with providing.office(stores["small"], tmp_path, IMPACT_READING="public") as office:
        # Reading is public here.
        assert office.browser("olena").get("/data").url.path == "/data"
        assert is_let_in(office, "") and is_let_in(office, "dead")
        people.add(tmp_path / "store", "olena@example.org", "Olena K.", Role.CONTRIBUTOR)
        browser = office.browser("olena")
        assert browser.get("/sign-in?next=/upload").url.path == "/upload"
        [person] = people.everybody(tmp_path / "store")
        assert (person.name, person.role) == ("Olena K.", Role.CONTRIBUTOR)
        assert browser.put("/_stcore/upload_file/s/f").text == "XSRF token missing or invalid"
        assert office.browser("taras").get("/sign-in").status_code == 403


@pytest.mark.browser
@pytest.mark.parametrize("width", combining.first([390, 1280], 1))
def test_a_person_signs_in_and_out_in_a_browser(browser, office, folder, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    context.add_cookies([{"name": "test_person", "value": "taras", "url": office.app}])
    page = context.new_page()
    page.goto(f"{office.app}/method")
    expect(page.get_by_role("heading", name="Method", exact=True)).to_be_visible()
    if width < 640:
        page.get_by_test_id("stExpandSidebarButton").click()
    expect(page.get_by_text("Taras Melnyk, admin")).to_be_visible()
    # Ended meanwhile: the page that stands open asks for itself anew, and so for a sign-in.
    with page.expect_navigation(timeout=PATIENCE_MS):
        office.leave("taras")
    expect(page.get_by_role("heading", name="Method", exact=True)).to_be_visible()
    assert page.url == f"{office.app}/method"
    page.get_by_role("link", name="Sign out").click()
    page.wait_for_url(re.compile("/session/end"))
    context.close()
