"""The sandbox seen from inside (what a parser that was taken over could do) and from outside."""

import json
import os
import socket
import threading
import time
from pathlib import Path

import pytest

from etl.reports.model.document import Document
from etl.reports.opening import sandbox
from etl.reports.opening.refusals import Refusal
from etl.reports.opening.sandbox import Stopped, open_safely

pytestmark = pytest.mark.slow

ENTER = (
    "import sys; sys.path += sys.argv[1:]\n"
    "from etl.reports.opening import sandbox; sandbox.enter()\n"
    "import json, os\n"
    "def tell(code, detail=''):\n"
    "    print(json.dumps([{'name': 'x', 'code': code, 'detail': str(detail)}]), flush=True)\n"
)


@pytest.fixture
def within(monkeypatch):
    """Runs lines of Python in the sandbox and gives what came of it."""

    # Longer than anything here takes on a busy machine: what ends a process is then what it did.
    def run(lines: str, seconds: float = 60.0) -> Refusal:
        monkeypatch.setattr(sandbox, "_START", ENTER + lines)
        monkeypatch.setattr(sandbox, "patience", lambda size: seconds)
        [refusal] = open_safely(b"x", "x")
        return refusal

    return run


def test_a_text_comes_out_as_it_is():
    [document] = open_safely("Київ: 5635 будинків".encode(), "a.txt")
    assert document == Document(name="a.txt", kind="text", text="Київ: 5635 будинків")


def test_tables_marks_and_notes_come_out_whole():
    [document] = open_safely(b"a,b\n1,2,3\n", "a.csv")
    assert document.tables[0].rows == (((0, 1), (2, 3)), ((4, 5), (6, 7), (8, 9)))
    assert document.notes == ("uneven_rows",)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\0b.txt", "x" * 300, "\u202etxt.exe", "\ud800.txt", "", "a/b\nc"]
)
def test_no_name_does_harm_and_each_comes_back_as_it_was(name):
    [document] = open_safely(b"3 killed", name)
    assert (document.name, document.text) == (name, "3 killed")


def test_many_threads_may_ask_at_once():
    found = []

    def ask(number: int) -> None:
        found.extend(open_safely(f"{number} killed".encode(), "a.txt"))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(document.text for document in found) == [f"{n} killed" for n in range(6)]


@pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
def test_a_sandbox_that_is_stopped_from_outside_says_nothing_about_the_file(within, sent):
    with pytest.raises(Stopped, match="stopped"):
        within(
            f"import signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), signal.{sent})"
        )


def test_nothing_is_left_open_or_running_after():
    open_safely(b"x", "a.txt")
    descriptors, threads = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
    for _ in range(3):
        open_safely(b"3 killed", "a.txt")
    assert len(list(Path("/proc/self/fd").iterdir())) == descriptors
    assert threading.active_count() == threads


# --- from inside ---

REACH = """
import socket
try:
    made = socket.socket({family}, {kind}); made.settimeout(1); made.connect({where})
except OSError as error:
    tell("unsafe", type(error).__name__)
else:
    tell("bomb")
"""


@pytest.mark.parametrize(
    ("family", "kind", "where"),
    [
        ("socket.AF_INET", "socket.SOCK_STREAM", '("127.0.0.1", {port})'),
        ("socket.AF_INET", "socket.SOCK_DGRAM", '("127.0.0.1", {port})'),
        ("socket.AF_INET6", "socket.SOCK_STREAM", '("::1", {port})'),
    ],
)
def test_the_network_is_out_of_reach(within, family, kind, where):
    with socket.create_server(("127.0.0.1", 0)) as server:
        where = where.format(port=server.getsockname()[1])
        assert within(REACH.format(family=family, kind=kind, where=where)).code == "unsafe"


def test_the_network_is_out_of_reach_of_native_code_too(within):
    lines = """
import ctypes
native = ctypes.CDLL(None, use_errno=True)
made = native.socket(2, 1, 0)
address = bytes([2, 0]) + ({port}).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + bytes(8)
tell("unsafe" if native.connect(made, address, 16) else "bomb")
"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert within(lines.format(port=server.getsockname()[1])).code == "unsafe"


def test_nothing_can_be_written(within, tmp_path):
    there = tmp_path / "there"
    there.write_text("whole")
    lines = f"""
for place, mode in (("{tmp_path}/new", "w"), ("{there}", "a"), ("{there}", "w")):
    try:
        with open(place, mode) as file:
            file.write("x" * 9999)
    except OSError:
        continue
    tell("bomb", place)
    break
else:
    tell("unsafe")
"""
    assert within(lines).code == "unsafe"
    assert there.read_text() == "whole"


def test_nothing_can_be_removed_and_no_secret_read_where_the_kernel_has_landlock(within, tmp_path):
    there = tmp_path / "there"
    there.write_text("secret")
    lines = f"""
import ctypes
if ctypes.CDLL(None).syscall(444, None, 0, 1) < 1:
    tell("unsupported")
else:
    for act in (os.unlink, lambda place: open(place).read()):
        try:
            act("{there}")
        except PermissionError:
            continue
        tell("bomb")
        break
    else:
        tell("unsafe")
"""
    assert within(lines).code in ("unsafe", "unsupported")
    assert within(lines).code == "unsupported" or there.exists()


def test_no_program_can_be_started(within):
    lines = """
import subprocess
for act in (lambda: os.system("true"), lambda: subprocess.run(["true"]), os.fork):
    try:
        act()
    except PermissionError:
        continue
    tell("bomb")
    break
else:
    tell("unsafe")
"""
    assert within(lines).code == "unsafe"


def test_the_environment_of_the_server_is_not_seen(within, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    refusal = within("tell('unsafe', [key for key in os.environ if key != 'LC_CTYPE'])")
    assert refusal.detail == "[]"


def test_no_descriptor_of_the_server_is_seen(within, tmp_path):
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        # 3 is the folder that lists them.
        assert within("tell('unsafe', sorted(map(int, os.listdir('/proc/self/fd'))))").detail == (
            "[0, 1, 2, 3]"
        )


def test_neither_pandas_nor_the_database_is_loaded_to_open_a_text(within):
    lines = """
from etl.reports.opening.files import open_file
open_file(b"3 killed", "a.txt")
heavy = {"pandas", "numpy", "duckdb", "streamlit", "plotly", "openpyxl", "pypdfium2", "lxml"}
heavy |= {"impact.model.figure", "pdfplumber", "selectolax", "chardet", "email.message"}
tell("unsafe", sorted(name for name in heavy & set(sys.modules) if sys.modules[name]))
"""
    assert within(lines).detail == "[]"


# --- from outside: whatever the process does, the asker gets a code ---


def test_a_memory_bomb_is_contained(within):
    assert within("hoard = [bytearray(10**8) for _ in range(99)]").code == "crashed"


def test_running_out_of_memory_while_reading_is_said(monkeypatch):
    lines = (
        "import sys; sys.path += sys.argv[1:]; from etl.reports.opening import files, sandbox\n"
        "files.open_file = lambda content, name: [bytearray(10**8) for _ in range(99)]\n"
        "sandbox.inside()"
    )
    monkeypatch.setattr(sandbox, "_START", lines)
    monkeypatch.setattr(sandbox, "patience", lambda size: 60.0)
    assert open_safely(b"x", "x") == (Refusal("x", "memory"),)


def test_an_endless_loop_is_ended(within):
    assert within("while True: pass", seconds=0.5).code == "time"


def test_a_process_that_has_answered_and_lingers_is_ended(within):
    started = time.perf_counter()
    lingers = "tell('unsafe'); os.close(1); import time; time.sleep(60)"
    assert within(lingers).code == "unsafe"
    assert time.perf_counter() - started < 30


@pytest.mark.parametrize("lines", ["os.abort()", "os.kill(os.getpid(), 11)", "os._exit(3)", "1/0"])
def test_a_process_that_breaks_down_is_a_refusal(within, lines):
    assert within(lines).code == "crashed"


def test_an_answer_without_end_is_cut_off(within, monkeypatch):
    monkeypatch.setattr(sandbox, "MAX_ANSWER", 1_000_000)
    assert within("while True: os.write(1, b'x' * 99999)").code == "too_big"


def test_a_fault_of_the_program_says_where_it_is(monkeypatch):
    lines = (
        "import sys; sys.path += sys.argv[1:]; from etl.reports.opening import files, sandbox\n"
        "files.open_file = lambda content, name: 1 / 0\n"
        "sandbox.inside()"
    )
    monkeypatch.setattr(sandbox, "_START", lines)
    [refusal] = open_safely(b"x", "x")
    assert refusal.code == "unforeseen" and refusal.detail.startswith("ZeroDivisionError")


GOOD = {
    **{"name": "a", "kind": "text", "text": "abc", "marks": [[0, "page 1"]], "notes": []},
    **{"tables": [[[[[0, 1], [1, 3]]], "t"]], "title": "", "published": "", "publisher": ""},
    "url": "",
}


def test_a_good_answer_is_believed():
    [document] = sandbox._believed([GOOD.copy()])
    assert document.tables[0].rows == (((0, 1), (1, 3)),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": 5},
        {"marks": [[9, "page 1"]]},
        {"marks": [[1, "page 2"], [0, "page 1"]]},
        {"marks": [["0", "page 1"]]},
        {"tables": [[[[[0, 9]]], "t"]]},
        {"tables": [[[[[2, 1]]], "t"]]},
        {"tables": [[[[[-1, 1]]], "t"]]},
        {"tables": "t"},
        {"notes": ["no such note"]},
        {"title": None},
        {"more": 1},
    ],
)
def test_an_answer_of_the_wrong_shape_is_not_believed(within, wrong):
    with pytest.raises((ValueError, TypeError, KeyError)):
        sandbox._believed([GOOD | wrong])


@pytest.mark.parametrize("answer", [[], {}, "x", None, [{"name": "a", "code": "no such code"}]])
def test_an_answer_that_is_none_is_a_refusal(within, answer):
    assert within(f"print({json.dumps(answer)!r}, flush=True)").code == "crashed"
