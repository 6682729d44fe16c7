"""Reading in a process apart: the same reading, within its time, and nothing that hurts others."""

import os
import time

import pytest

from etl.reports import apart
from etl.reports.formats import Refused
from etl.reports.model.document import Document
from etl.reports.opening.sandbox import Stopped, open_safely
from etl.reports.reader import read, read_document
from tests import accuracy, combining

pytestmark = pytest.mark.slow

STATED = "Five people were killed in Kyiv on 24 January 2026. "
TABLE = b"place,date,killed,injured\nKyiv,2026-01-24,5,8\nNowhere,2026-01-25,2,7\n"


def text_of(text: str) -> Document:
    return Document(name="report.txt", kind="text", text=text)


@pytest.fixture
def reader():
    with apart.reader() as opened:
        yield opened


def test_what_is_read_apart_is_what_is_read_here(reader):
    reports = list(accuracy.reports(["reports.jsonl"]))
    assert len(reports) > 60
    for report in reports:
        document, day = text_of(report["text"]), report.get("published") or ""
        assert reader.read(document, day) == read_document(document, day)


def test_tables_and_their_refused_rows_come_out_whole(reader):
    (document,) = open_safely(TABLE, "tolls.csv")
    reading = reader.read(document)
    assert reading.figures and reading.refused
    assert reading == read_document(document)


@pytest.mark.parametrize(
    "text", ["", "\0", "\ud800 5 killed in Kyiv", "1" * 400_000, '"\\\n\u2028']
)
def test_no_text_does_harm(text, reader):
    assert reader.read(text_of(text)) == read_document(text_of(text))


def test_a_text_has_so_long_and_the_next_is_read_all_the_same(reader, monkeypatch):
    monkeypatch.setattr(apart, "patience", lambda each: 0.2 if len(each.text) > 9_999 else 60)
    with pytest.raises(Refused) as refused:
        reader.read(text_of(STATED * 8_000))
    assert refused.value.code == "time"
    assert len(reader.read(text_of(STATED)).figures) == 1


def test_a_process_that_hangs_is_ended_by_the_clock(monkeypatch):
    hangs = (
        "from etl.reports import apart; import time; apart._answer = lambda asked: time.sleep(99)"
    )
    monkeypatch.setattr(apart, "_START", f"{hangs}; apart.inside()")
    monkeypatch.setattr(apart, "patience", lambda document: 0.1)
    with apart.reader() as reader, pytest.raises(Refused) as refused:
        reader.read(text_of(STATED))
    assert refused.value.code == "time"


def test_a_process_that_breaks_down_is_a_refusal_and_another_reads_on(monkeypatch):
    with apart.reader() as reader:
        with monkeypatch.context() as broken, pytest.raises(Refused) as refused:
            broken.setattr(apart, "_START", "import os; os.abort()")
            reader.read(text_of(STATED))
        assert refused.value.code == "crashed"
        assert len(reader.read(text_of(STATED)).figures) == 1


def refused_by(monkeypatch, lines: str) -> Refused:
    """How a text is refused where these lines are the reader in the process."""
    start = f"from etl.reports import apart, reader\n{lines}\napart.inside()"
    monkeypatch.setattr(apart, "_START", start)
    with apart.reader() as reader, pytest.raises(Refused) as refused:
        reader.read(text_of(STATED))
    return refused.value


def test_running_out_of_memory_is_said(monkeypatch):
    hoards = "reader.read_document = lambda *_: [bytearray(10**8) for _ in range(99)]"
    assert refused_by(monkeypatch, hoards).code == "memory"


def test_a_process_that_the_system_ends_for_want_of_memory_took_not_too_long(monkeypatch):
    killed = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    assert refused_by(monkeypatch, killed).code == "memory"


def test_a_process_that_is_stopped_from_outside_says_nothing_about_the_text(monkeypatch):
    stop = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    monkeypatch.setattr(apart, "_START", stop)
    with apart.reader() as reader, pytest.raises(Stopped):
        reader.read(text_of(STATED))


def test_the_process_ends_with_the_upload():
    with apart.reader() as reader:
        reader.read(text_of(STATED))
        child = reader._child.pid
        os.kill(child, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_it_writes_no_file(monkeypatch, tmp_path):
    """The limits are those of the sandbox, whose own tests try each of them."""
    made = tmp_path / "made"
    writes = (
        "def writes(document, *said):\n"
        f"    try: open({str(made)!r}, 'w').write('x')\n"
        "    except OSError: raise PermissionError from None\n"
        "reader.read_document = writes"
    )
    assert refused_by(monkeypatch, writes).detail.startswith("PermissionError")
    assert not made.exists() or not made.read_text()


# Texts that once took, or could take, time that grows with the square of their length.
REPEATED = ("1", "1 ", "1-", "5 killed ", "a man, ", "of ", "Kyiv, ", "«", "\n", "a" * 50)


@pytest.mark.parametrize("repeated", combining.thinned(REPEATED))
def test_ten_times_the_text_takes_ten_times_the_time(repeated):
    """A hundred times for a square; thirty leaves room for a busy machine."""

    def took(length: int) -> float:
        text = (repeated * length)[:length]
        started = time.thread_time()
        read(text, "2026-01-24")
        return time.thread_time() - started

    took(1_000)
    shorter = min(took(2_000) for _ in range(3))
    # The quickest of three: a pause of the machine is no property of the text.
    assert any(took(20_000) < max(30 * shorter, 0.2) for _ in range(3))


def test_ten_times_the_figures_take_ten_times_the_time():
    """Each figure once was compared with all before it: 20,000 took minutes."""

    def took(figures: int) -> float:
        text = " ".join(f"{each} people were killed in Kyiv." for each in range(1, figures))
        started = time.thread_time()
        read(text, "2026-01-24")
        return time.thread_time() - started

    took(100)
    fewer = min(took(400) for _ in range(3))
    assert any(took(4_000) < 25 * fewer for _ in range(3))
