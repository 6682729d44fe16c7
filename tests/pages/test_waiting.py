"""Files that a browser brings: looked at before they are held, counted, and let go when unsent."""

import contextlib
import gc
import re
import time
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest
from streamlit.proto.Common_pb2 import FileURLs as FileURLsProto
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from etl.reports.model import limits
from etl.reports.opening import files
from impact.model import language
from pages.doors import uploads
from pages.parts.review import waiting
from pages.parts.review.waiting import Quota, Waiting
from tests import combining
from tests.pages.asking import as_, proxied
from tests.pages.test_doors import KIND, opened, run

MEGABYTE = 1024 * 1024


def form(content: bytes, name: str = "a.csv") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + b"\r\n--b--\r\n"


# What there may be


@pytest.fixture
def few(monkeypatch):
    """Room for three files or 2 MB of one person, four files of all; ten within an hour."""
    # Other tests of this process may have left a server's runtime behind.
    monkeypatch.setattr(waiting, "_manager", lambda: None)
    quotas = {"person": Quota(3, 2, 5, 100), "everybody": Quota(4, 100, 10, 100)}
    monkeypatch.setattr(waiting, "limits", lambda: waiting.Limits(55, 300, **quotas))
    return Waiting()


def test_one_person_has_room_for_so_many_files_and_so_many_bytes(few):
    begun = [few.begin("v", str(n), "olena", 10) for n in range(4)]
    assert begun == [("v", "0"), ("v", "1"), ("v", "2"), waiting.MANY]
    few.broke_off(begun[0])
    assert few.begin("v", "4", "olena", 2 * MEGABYTE) == waiting.MANY
    assert few.begin("v", "4", "olena", 10) == ("v", "4")


def test_all_together_have_room_for_so_many(few):
    for number, who in enumerate(("olena", "olena", "taras", "taras")):
        assert few.begin(who, str(number), who, 10) == (who, str(number))
    assert few.begin("iryna", "5", "iryna", 10) == waiting.CROWDED


def test_what_is_let_go_gives_room_but_counts_for_the_hour(few):
    for number in range(5):
        few.broke_off(few.begin("v", str(number), "olena", 10))
    assert few.begin("v", "6", "olena", 10) == waiting.OFTEN
    assert few.begin("w", "7", "taras", 10) == ("w", "7")


def test_what_waits_too_long_is_let_go_and_told_to_its_visit_alone(few, monkeypatch):
    for visit in ("v", "w"):
        assert few.begin(visit, "f", visit, 10) == (visit, "f")
    few.came(("v", "f"), "report.txt")
    assert few.sweep() == set()
    at_once = replace(waiting.limits(), waits=0)
    monkeypatch.setattr(waiting, "limits", lambda: at_once)
    assert few.sweep() == {"v"} and few.sweep() == set()
    assert [(each.name, each.code) for each in few.told("v")] == [("report.txt", waiting.WAITED)]
    assert few.told("w") == []


def test_two_files_of_one_name_are_no_way_to_hold_one_that_counts_for_nobody(few):
    slow = few.begin("v", "f", "olena", 10)
    assert few.begin("v", "f", "olena", 10) == waiting.MANY
    few.came(slow, "report.txt")
    assert few.begin("v", "f", "olena", 10) == waiting.MANY
    few.broke_off(slow)  # it has come: it waits
    assert [few.begin("v", each, "olena", 10) for each in "gh"] == [("v", "g"), ("v", "h")]
    assert few.begin("v", "i", "olena", 10) == waiting.MANY


def test_a_page_that_runs_often_keeps_nothing_of_its_former_runs(few):
    few.came(few.begin("v", "f", "olena", 10), "report.txt")
    record = UploadedFileRec("f", "report.txt", "text/plain", b"text")
    for _ in range(100):
        shown = UploadedFile(record, FileURLsProto())
        few.show("v", [shown])
    gc.collect()
    assert len(few._files["v", "f"].shown) == 1
    few.let_go("v", [shown])
    assert shown.getvalue() == b""


def test_the_limits_that_ship_let_one_report_of_every_size_in():
    found = waiting.limits()
    assert found.waits <= 60 - waiting.LOOK
    for quota in (found.person, found.everybody):
        assert not quota.is_full([25 * MEGABYTE] * 4) and not quota.is_spent([25 * MEGABYTE] * 20)


def test_every_reason_has_a_sentence_in_every_language():
    for code in (*waiting.SENTENCES, "no_text", "unsupported", "too_big:bytes"):
        said = {waiting.sentence(code, language.words(each)) for each in language.languages()}
        assert len(said) == len(list(language.languages())), code


# Kinds


@pytest.mark.parametrize(("content", "code"), [
    (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0", "unsupported"),
    (b"\x7fELF\2\1\1\0\0\0\0\0\0\0\0\0", "unsupported"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1", "no_text"),
    (b"{\\rtf1 text}", "unsupported"),
    (b"\x1f\x8b\x08\0\0\0\0\0\0\3\1\2\4\5\6", "unsupported"),
    (b"PK\3\4\x14\0\0\0\0\0\0\0\0\0\0\0", ""),
    (b"MZ, an index of towns", ""), (b"BM reports 5 killed", ""), (b"%PDF-1.7\n\0\1\2\3\4\5\6", ""),
    ("Харків: 5 загиблих".encode(), ""), ("Харків".encode("cp1251"), ""), (b"", ""),
])  # fmt: skip
def test_a_kind_is_told_by_its_first_bytes(content, code):
    assert files.refused_at_sight(content) == code


# At a served dashboard


@pytest.fixture(scope="module")
def office(tmp_path_factory, stores):
    with proxied(stores["small"], tmp_path_factory.mktemp("office")) as url:
        yield url


@contextlib.contextmanager
def visiting(url: str, who: str = "contributor"):
    """A visit of the Upload page: what brings a file to it, and its WebSocket."""
    with (
        httpx2.Client(base_url=url, trust_env=False, timeout=60) as client,
        opened(url, who) as socket,
    ):
        visit, _ = run(socket, "upload")
        token = client.get("/_stcore/health").cookies["_streamlit_xsrf"]
        headers = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"} | KIND | as_(who)

        brought = set()

        def bring(file: str, content: bytes | Iterator[bytes], **more: str):
            path = f"/_stcore/upload_file/{visit}/{file}"
            brought.add(path)
            return client.put(path, content=content, headers=headers | more)

        try:
            yield bring, socket
        finally:
            # As a browser takes back what is not sent: another test has the account's whole room.
            for path in brought:
                client.delete(path, headers=headers)


def alerts(socket, seconds: float = 20) -> str:
    """What the page's coloured boxes say until one of them tells of a file that is not there."""
    until, said = time.monotonic() + seconds, ""
    while time.monotonic() < until and "could not be kept" not in said:
        with contextlib.suppress(TimeoutError):
            told = ForwardMsg.FromString(socket.recv(timeout=1))
            if told.WhichOneof("type") == "delta":
                said += told.delta.new_element.alert.body
    return said


def test_a_program_is_refused_before_it_is_held_and_the_page_says_why(office):
    with visiting(office) as (bring, socket):
        answer = bring("f", form(b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" * 200, "report.csv"))
        assert answer.status_code == 415
        assert "Files of this kind cannot be opened" in answer.text
        assert re.search(r"report.*csv.*Files of this kind", alerts(socket))


def test_a_refusal_is_in_the_language_of_the_page(office):
    with visiting(office) as (bring, _):
        answer = bring("f", form(b"\x89PNG\0\0\0\0\0\0\0"), Referer=f"{office}/upload?lang=uk")
        assert answer.status_code == 415 and "немає тексту" in answer.text


def test_more_than_one_person_may_bring_is_answered_with_429(office):
    with visiting(office) as (bring, socket):
        content = b"Kharkiv, 24 January 2026.\n" * 900_000  # 23.4 MB
        statuses = [bring(str(n), form(content)).status_code for n in range(5)]
        assert statuses == [204] * 4 + [429]
        answer = bring("6", form(content))
        assert int(answer.headers["Retry-After"]) and "Too many files wait at once" in answer.text
        with visiting(office, "reviewer") as (other, _):
            assert other("0", form(b"a,b\n1,2\n")).status_code == 204
        assert "Too many files wait at once" in alerts(socket)


PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" * 200
HARMLESS = b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nKharkiv\r\n'
LONG = form(PROGRAM).replace(b"\r\n\r\n", b"\r\nX-Long: " + b"a" * 70_000 + b"\r\n\r\n", 1)


@pytest.mark.parametrize(
    "body",
    [HARMLESS + form(PROGRAM), b"\r\n\r\n" + form(PROGRAM), LONG, HARMLESS * 900 + form(PROGRAM)],
    ids=["behind another part", "after empty lines", "a long head", "behind many parts"],
)
def test_a_program_is_not_kept_wherever_it_stands_in_its_request(office, body):
    with visiting(office) as (bring, socket):
        answer = bring("f", body)
        # Where Streamlit cannot read the request either, nothing is held.
        assert answer.status_code in (400, 415), answer.text
        if answer.status_code == 415:
            assert "Files of this kind" in alerts(socket)
        assert bring("f", form(b"a,b\n1,2\n")).status_code == 204


def test_what_comes_in_pieces_counts_whole(office):
    content = form(b"Kharkiv, 24 January 2026.\n" * 900_000)

    def pieces():
        for start in range(0, len(content), MEGABYTE):
            yield content[start : start + MEGABYTE]

    with visiting(office) as (bring, _):
        statuses = [bring(str(n), pieces()).status_code for n in range(5)]
        assert statuses == [204] * 4 + [429]


@pytest.mark.parametrize("length", ["5", "0"])
def test_a_length_beside_pieces_is_not_believed(length):
    """RFC 9112, 6.3: what comes in pieces has the length of its pieces."""
    given = [(b"content-length", length.encode()), (b"transfer-encoding", b"chunked")]
    began = []
    scope = {"type": "http", "headers": given}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(uploads.WAITING, "begin", lambda *told: began.append(told) or ("v", "f"))
        uploads._make_room(scope, "v", "f", None)
    assert began == [("v", "f", "", limits.MAX_BYTES)]


def test_a_name_that_is_taken_does_not_let_go_what_waits_by_it(office):
    with visiting(office) as (bring, _):
        content = form(b"Kharkiv, 24 January 2026.\n" * 900_000)
        statuses = [bring("same", content).status_code for _ in range(3)]
        assert statuses == [204, 429, 429]
        assert [bring(str(n), content).status_code for n in range(4)] == [204] * 3 + [429]


def test_a_file_that_says_it_is_too_large_is_refused_unread(office):
    with visiting(office) as (bring, socket):
        assert bring("f", form(b"a" * 27 * MEGABYTE)).status_code == 413
        assert "larger than 25 MB" in alerts(socket)


@pytest.mark.skipif(not combining.ALL, reason="waits a whole minute: make test-all")
def test_what_nobody_sends_is_let_go_within_a_minute_and_told(served, stores):
    server = served(stores["small"])
    with visiting(server.url, "nobody") as (bring, socket):
        content = form(b"Kharkiv, 24 January 2026.\n" * 900_000)
        before = server.memory("VmRSS")
        statuses = [bring(str(number), content).status_code for number in range(16)]
        assert statuses == [204] * 4 + [429] * 12
        full, began, said = server.memory("VmRSS"), time.monotonic(), ""
        while "not sent within a minute" not in said and time.monotonic() - began < 62:
            said = alerts(socket, 5)
        assert time.monotonic() - began < 62
        time.sleep(1)
        after = server.memory("VmRSS")
        print(f"{before:.0f} MB before, {full:.0f} with 16 x 23 MB brought, {after:.0f} after")
        assert full - before < 250 and after - before < 60
