"""Intake: what is received is read by itself, each once, and no file stops another."""

import errno
import threading
import time
from pathlib import Path

import pytest

from etl.reports import apart, intake
from etl.reports.intake import Intake, read_upload
from etl.reports.opening import sandbox
from impact.store import inbox, rereading
from impact.store.condition import watch
from impact.store.faults import OriginalDamaged, ReadingFails, StoreFull
from tests.etl.reports.making import docx, p, word, zipped
from tests.waiting import until

pytestmark = pytest.mark.slow

RECORDED = Path(__file__).parent / "recorded"
REPORT = (
    "In Kharkiv 5 people were killed and 12 injured on 24 January 2026, said governor Oleh "
    "Syniehubov. Some 300 rescuers worked there. Another 7,000 customers lost power."
)


def receive(ledger, content: bytes | str, name: str = "report.txt", **said):
    content = content.encode() if isinstance(content, str) else content
    return inbox.receive(ledger, content, name, "Olena", **said)[0]


def states(ledger) -> dict[str, str]:
    listed = inbox.listing(ledger)
    return dict(zip(listed["part"], listed["state"], strict=True))


def test_a_report_is_read_in_stages_and_awaits_review(ledger):
    heard = []
    upload = receive(ledger, REPORT)
    (part,) = read_upload(ledger, upload, heard.append)
    assert heard == [intake.OPENING, intake.READING, intake.DONE]
    proposed = inbox.proposed(ledger, inbox.document_id(upload, part))
    assert {5.0, 12.0} <= set(proposed["value"]) and set(proposed["verdict"]) == {""}
    text = inbox.reading(ledger, inbox.document_id(upload, part))["text"]
    for row in proposed.to_dict("records"):
        assert text[row["start"] : row["end"]] == row["quote"]
    assert ledger.accepted().empty


@pytest.mark.parametrize(
    ("error", "all_of_them"),
    [
        (StoreFull(), True),
        (OSError(errno.EMFILE, "Too many open files"), True),
        (OriginalDamaged(), False),
        (ValueError("a slip"), False),
    ],
)
def test_what_keeps_every_report_from_being_read_is_told_until_one_is(
    ledger, monkeypatch, error, all_of_them
):
    broken = [True]

    def sometimes(*about):
        if broken:
            raise error
        return read_upload(*about)

    monkeypatch.setattr(intake, "read_upload", sometimes)
    monkeypatch.setattr(intake, "FIRST_WAIT", 0.1)
    receive(ledger, REPORT)
    reads = Intake(ledger)
    until(lambda: reads.failures)
    told = [type(each) for each in watch(str(ledger.folder)).faults()]
    assert told == [ReadingFails] * all_of_them
    broken.clear()
    until(lambda: states(ledger) == {"report.txt": "read"})
    until(lambda: not watch(str(ledger.folder)).faults())


def test_what_became_no_figure_is_kept_with_its_reason(ledger):
    upload = receive(ledger, REPORT)
    (part,) = read_upload(ledger, upload)
    kept = inbox.reading(ledger, inbox.document_id(upload, part))
    assert "response" in {each["reason"] for each in kept["left_out"]}
    assert all(each["lacks"] for each in kept["unplaced"])
    assert set(kept["trails"]) == {each.figure_id for each in part.figures}


def test_what_a_person_says_goes_before_what_the_file_says(ledger):
    upload = receive(
        ledger, (RECORDED / "wu019.pdf").read_bytes(), "wu019.pdf", published="2025-11-21",
        publisher="Suspilne", url="https://example.org/1",
    )  # fmt: skip
    (part,) = read_upload(ledger, upload)
    assert {each.published for each in part.figures} == {"2025-11-21"}
    assert (part.publisher, part.url) == ("Suspilne", "https://example.org/1")
    assert {each.date[:7] for each in part.figures} == {"2025-11"}
    assert inbox.reading(ledger, inbox.document_id(upload, part))["published"] == "2025-11-21"


def test_the_day_at_the_top_of_a_report_is_proposed_as_its_day(ledger):
    (part,) = read_upload(ledger, receive(ledger, f"Situation report, 25 January 2026\n\n{REPORT}"))
    assert part.published == "2026-01-25"


def test_a_later_day_alone_in_its_line_dates_a_report_that_names_another_first(ledger):
    opening = "Correction to Flash update 1 (Odesa, 24 January 2026)\n25 January 2026"
    (part,) = read_upload(ledger, receive(ledger, f"{opening}\n\n{REPORT}"))
    assert part.published == "2026-01-25"
    opening = "Flash update 2 (Odesa, 24 January 2026)\n23 January 2026"
    (part,) = read_upload(ledger, receive(ledger, f"{opening}\n\n{REPORT}"))
    assert part.published == "2026-01-24"


def test_nothing_is_said_of_the_day_of_a_file_whose_text_tells_its_own(ledger):
    properties = "<x><modified>2026-01-27T08:00:00Z</modified></x>"
    members = {
        "[Content_Types].xml": "<Types/>",
        "docProps/core.xml": properties,
        "word/document.xml": word("document", p("25 January 2026") + p(REPORT)),
    }
    (part,) = read_upload(ledger, receive(ledger, zipped(members), "told.docx"))
    assert (part.published, "date_of_file" in part.notes) == ("2026-01-25", False)
    members["word/document.xml"] = word("document", p(REPORT))
    (part,) = read_upload(ledger, receive(ledger, zipped(members), "silent.docx"))
    assert (part.published, "date_of_file" in part.notes) == ("2026-01-27", True)


def test_a_report_is_read_again_with_the_day_that_a_person_gives(ledger):
    text = "Overnight 5 people were killed in Kharkiv. Yesterday 12 were injured in Odesa."
    upload = receive(ledger, text)
    (part,) = read_upload(ledger, upload)
    assert (part.published, part.figures) == ("", ())
    worker = Intake(ledger)
    for day in ("2026-01-25", "2026-01-26"):
        rereading.say(ledger, upload.upload_id, part.name, "Olena", day, "Suspilne", "")
        worker.wake()
        until(lambda: not rereading.pending(ledger))
        (row,) = inbox.listing(ledger).to_dict("records")
        rows = inbox.proposed(ledger, row["document_id"])
        assert set(rows["published"]) == {day} and set(rows["publisher"]) == {"Suspilne"}
        assert sorted(rows["date"]) == [f"2026-01-{int(day[-2:]) - 1}", day]
        ledger.decide(rows["figure_id"][0], "accept", "Olena", "read")
    assert ledger.check() == []
    until(lambda: (ledger.folder / "published" / "current").exists())


def test_every_member_of_an_archive_is_a_document_or_says_why_not(ledger):
    members = {"a.txt": REPORT, "b.docx": docx(p(REPORT)), "c.exe": b"MZ\0\0"}
    read_upload(ledger, receive(ledger, zipped(members), "week.zip"))
    assert states(ledger) == {
        "week.zip/a.txt": "read", "week.zip/b.docx": "read", "week.zip/c.exe": "refused",
    }  # fmt: skip


def test_a_report_without_figures_can_be_reviewed_for_what_was_missed(ledger):
    upload = receive(ledger, "Nothing happened anywhere.")
    (part,) = read_upload(ledger, upload)
    assert states(ledger) == {"report.txt": "read"}
    assert inbox.proposed(ledger, inbox.document_id(upload, part)).empty


def test_a_fault_of_the_reader_refuses_that_part_alone(ledger, monkeypatch):
    # In the process that reads, a text that holds these words is a fault of ours.
    faulty = (
        "from etl.reports import apart, reader\n"
        "read = reader.read_document\n"
        "def faulty(document, *said):\n"
        "    return 1 / 0 if 'FAULT' in document.text else read(document, *said)\n"
        "reader.read_document = faulty\n"
        "apart.inside()"
    )
    monkeypatch.setattr(apart, "_START", faulty)
    members = {"a.txt": f"FAULT {REPORT}", "b.txt": REPORT}
    read_upload(ledger, receive(ledger, zipped(members), "week.zip"))
    listed = inbox.listing(ledger).set_index("part")
    assert listed["refused"].to_dict() == {"week.zip/a.txt": "unforeseen", "week.zip/b.txt": ""}


def test_a_text_that_takes_too_long_is_refused_and_the_next_is_read(ledger, monkeypatch):
    monkeypatch.setattr(apart, "LEAST", 0.3)
    monkeypatch.setattr(apart, "A_SECOND", 10_000_000)
    members = {"a.txt": f"{REPORT} " * 3_000, "b.txt": REPORT}
    read_upload(ledger, receive(ledger, zipped(members), "week.zip"))
    listed = inbox.listing(ledger).set_index("part")
    assert listed["refused"].to_dict() == {"week.zip/a.txt": "time", "week.zip/b.txt": ""}


# The threads


def test_many_files_of_one_person_do_not_hold_up_the_one_of_another(ledger):
    for number in range(5):
        receive(ledger, f"{REPORT} {number}", f"{number}.txt")
    theirs, _ = inbox.receive(ledger, f"{REPORT} theirs".encode(), "their.txt", "Petro")
    worker = Intake(ledger)
    until(lambda: theirs.upload_id not in {each.upload_id for each in inbox.unread(ledger)})
    assert len(inbox.unread(ledger)) >= 2
    until(lambda: not inbox.unread(ledger), seconds=60)
    until(lambda: not worker.stages)


def test_a_file_that_takes_long_does_not_hold_up_the_one_of_another(ledger, monkeypatch):
    record, slow = inbox.record, threading.Event()

    def waits(ledger, upload, parts):
        assert upload.who != "Olena" or slow.wait(60)
        return record(ledger, upload, parts)

    monkeypatch.setattr(inbox, "record", waits)
    receive(ledger, REPORT, "slow.txt")
    worker = Intake(ledger)
    until(lambda: worker.stages)
    inbox.receive(ledger, f"{REPORT} theirs".encode(), "their.txt", "Petro")
    worker.wake()
    until(lambda: states(ledger) == {"slow.txt": "received", "their.txt": "read"})
    slow.set()
    until(lambda: not inbox.unread(ledger))


def test_the_thread_reads_what_it_is_told_of_and_a_bad_file_stops_no_other(ledger):
    worker = Intake(ledger)
    receive(ledger, b"\x89PNG\r\n", "scan.png")
    receive(ledger, REPORT)
    worker.wake()
    until(lambda: not inbox.unread(ledger))
    assert states(ledger) == {"scan.png": "refused", "report.txt": "read"}
    until(lambda: not worker.stages)
    assert worker.failures == {}


def test_what_was_received_before_a_crash_is_read_at_the_next_start(ledger, monkeypatch):
    def crash(*_):
        raise SystemExit

    receive(ledger, REPORT)
    with monkeypatch.context() as broken, pytest.raises(SystemExit):
        broken.setattr(inbox, "record", crash)
        read_upload(ledger, inbox.unread(ledger)[0])
    assert states(ledger) == {"report.txt": "received"}
    Intake(ledger)
    until(lambda: not inbox.unread(ledger))
    assert states(ledger) == {"report.txt": "read"}
    assert ledger.check() == []


def test_what_cannot_be_stored_waits_while_the_others_go_on(ledger, monkeypatch):
    record, tries = inbox.record, []

    def full(ledger, upload, parts):
        if upload.name == "first.txt" and len(tries) < 2:
            tries.append(time.monotonic())
            raise OSError("no space left on device")
        return record(ledger, upload, parts)

    monkeypatch.setattr(inbox, "record", full)
    monkeypatch.setattr(intake, "FIRST_WAIT", 0.2)
    monkeypatch.setattr(intake, "PATIENCE", 0.05)
    first = receive(ledger, REPORT + " ", "first.txt")
    receive(ledger, REPORT, "second.txt")
    worker = Intake(ledger)
    until(lambda: states(ledger)["second.txt"] == "read")
    assert "no space" in worker.failures[first.upload_id]
    until(lambda: not inbox.unread(ledger))
    assert tries[1] - tries[0] >= 0.2
    until(lambda: worker.failures == {})


def test_a_file_whose_sandbox_is_stopped_is_not_refused_but_read_later(ledger, monkeypatch):
    monkeypatch.setattr(intake, "FIRST_WAIT", 0.2)
    monkeypatch.setattr(intake, "PATIENCE", 0.05)
    upload = receive(ledger, REPORT)
    with monkeypatch.context() as stopped:
        stop = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
        stopped.setattr(sandbox, "_START", stop)
        worker = Intake(ledger)
        until(lambda: upload.upload_id in worker.failures)
        assert states(ledger) == {"report.txt": "received"}
    until(lambda: states(ledger) == {"report.txt": "read"})


def test_what_a_crash_left_half_written_is_removed_at_the_next_start(ledger):
    read_upload(ledger, receive(ledger, REPORT))
    left = [ledger.originals / "abc.part", ledger.folder / "readings" / "abc.json.part"]
    for path in left:
        path.write_bytes(b"cut sho")
    Intake(ledger)
    until(lambda: not any(path.exists() for path in left))


def test_two_threads_store_nothing_twice(ledger):
    for number in range(4):
        receive(ledger, f"{REPORT} {number}", f"{number}.txt")
    for _ in range(2):
        Intake(ledger)
    until(lambda: not inbox.unread(ledger))
    assert len(inbox.listing(ledger)) == 4
    assert ledger.check() == []
