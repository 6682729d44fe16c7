"""The commands as a person types them: backup, restore, rebuild, read."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.reports.intake import read_upload
from impact.model.figure import Figure
from impact.store import inbox, snapshot
from impact.store.ledger import ACCEPT, Ledger
from pictures import drawings
from tests import damages, made
from tests.etl.reports.making import docx, p
from tests.made import once

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
RECORDED = Path(__file__).parent / "reports" / "recorded"


@once
def read_in(ledger: Ledger) -> None:
    """Brings and reads one report and accepts two of its figures."""
    content = (RECORDED / "wu019.pdf").read_bytes()
    upload, _ = inbox.receive(ledger, content, "wu019.pdf", "Olha", published="2025-11-21")
    [part] = read_upload(ledger, upload)
    for figure in part.figures[:2]:
        ledger.decide(figure.figure_id, ACCEPT, "Olha", "checked against the sentence")


@pytest.fixture
def store(tmp_path) -> Ledger:
    ledger = Ledger(tmp_path / "store")
    read_in(ledger)
    return ledger


def etl(ledger: Ledger, *arguments: object) -> int:
    return main(["--store", str(ledger.folder), *map(str, arguments)])


def test_a_store_goes_through_backup_and_restore_and_stays_sound(store, tmp_path, capsys):
    assert etl(store, "backup", tmp_path / "store.tar.gz") == 0
    again = Ledger(tmp_path / "again")
    assert etl(again, "restore", tmp_path / "store.tar.gz") == 0
    assert "2 figures published" in capsys.readouterr().out
    assert etl(again, "check") == 0
    assert etl(again, "restore", tmp_path / "store.tar.gz") == 1
    assert "holds a store already" in capsys.readouterr().err


def test_a_brief_that_finds_the_disk_full_leaves_the_former_one(
    store, small_disk, monkeypatch, capsys
):
    snapshot.publish(store)
    path = small_disk / "brief.html"
    path.write_text("yesterday's")
    damages.fill(small_disk)
    monkeypatch.setattr(drawings, "drawn", lambda pictures: [""] * len(pictures))
    assert etl(store, "brief", "--day", "2025-11-20", path) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert path.read_text() == "yesterday's"


def test_an_answer_that_waits_for_a_second_person_says_so(tmp_path, capsys):
    ledger = Ledger(tmp_path / "store")
    doubted = made.figure(unit="people", value=90_000_000.0)
    base = made.figure(
        indicator="population", unit="people", value=2_900_000.0, status="", date="2022",
        published="", people="all",
    )  # fmt: skip
    made.offer(ledger, base, doubted)
    (ledger.folder / "people.toml").write_text('reviewers = ["Olha", "Taras"]', encoding="utf-8")
    snapshot.publish(ledger)
    for who, told in (("Olha", "waits for a second person"), ("Taras", "answered: ")):
        command = ("answer", doubted.figure_id, "more_people_than_place", "--who", who)
        assert etl(ledger, *command, "--reason", "two sources") == 0
        assert told in capsys.readouterr().out


def test_everything_can_be_made_again_from_ledger_and_originals(store, capsys):
    assert etl(store, "rebuild") == 0
    assert etl(store, "rebuild") == 0
    told = capsys.readouterr().out
    assert "1 reports read again, 0 differ" in told and "identical" in told


def test_a_correction_is_no_difference_and_a_lost_original_is_told(store, capsys):
    [document] = inbox.listing(store)["document_id"]
    row = inbox.proposed(store, document).iloc[0]
    figure = Figure(**{n: row[n] for n in ("indicator", "unit", "place", "date", "quote")}, value=9)
    store.correct(row["figure_id"], figure, "Olha", "misread", {"value": [row["value"], 9]})
    assert etl(store, "rebuild") == 0
    assert "0 differ" in capsys.readouterr().out
    next(store.originals.glob("*")).unlink()
    assert etl(store, "rebuild") == 1


def test_a_worker_reads_what_is_received_and_ends_when_it_is_stopped(store):
    command = [sys.executable, "-m", "etl", "--store", str(store.folder), "work"]
    worker = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        assert worker.stdout.readline().startswith(b"reading what is received")
        inbox.receive(store, b"Kyiv, 24 January 2026: 6,000 blocks without heating.", "a.txt", "O")
        until = time.monotonic() + 60
        while inbox.unread(store):
            assert time.monotonic() < until and worker.poll() is None
            time.sleep(0.2)
    finally:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
        worker.stdout.close()
    assert set(inbox.listing(store).state) == {"read"}


def test_reading_says_what_it_found_left_out_and_could_not_place(tmp_path, capsys):
    report = tmp_path / "report.docx"
    report.write_bytes(
        docx(
            p("In Sumy three people, including a child, were killed on 24 January.")
            + p("DTEK said 5,000 customers in the region have no power; 60% of shops are open.")
        )
    )
    assert main(["read", str(report), "--published", "2026-01-24"]) == 0
    told = capsys.readouterr().out
    assert "3 figures, 0 unplaced, 1 numbers left out" in told
    assert "2026-01-24  Sumy  killed: 3 people" in told
    assert "“Sumy three people, including a child, were killed”" in told
    assert "Sumy Oblast  power outage without: 5,000 customers, DTEK" in told

    assert main(["read", str(report), "--published", "2026-01-24", "--json"]) == 0
    [document] = map(json.loads, capsys.readouterr().out.splitlines())
    assert [each["value"] for each in document["figures"]] == [3, 1, 5000]
    assert document["left_out"] == [{"text": "60", "reason": "percent"}]


def test_a_file_that_cannot_be_opened_gets_its_sentence(tmp_path, capsys):
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.4 broken")
    assert main(["read", str(report)]) == 1
    assert capsys.readouterr().err.startswith("report.pdf: The file is damaged or incomplete.")


def test_reading_nothing_says_how_to_read(capsys):
    assert main(["read"]) == 1
    assert "which report?" in capsys.readouterr().err


def test_a_line_a_report_is_read_from_json(tmp_path, capsys):
    lines = tmp_path / "reports.jsonl"
    lines.write_text(
        json.dumps({"n": 7, "text": "У Києві загинуло 2 людини.", "published": "2026-01-24"})
    )
    assert main(["read", "--jsonl", str(lines)]) == 0
    told = json.loads(capsys.readouterr().out)
    [figure] = told["figures"]
    assert told["n"] == 7 and (figure["value"], figure["place"]) == (2, "Kyiv")


# What nobody meant


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("brief", "--day", "0001-01-01", "--week", "x.html"), "not within 1940-01-01"),
        (("brief", "--day", "9999-12-31", "--week", "x.html"), "not within 1940-01-01"),
        (("brief", "--area", "Nowhere", "x.html"), "No place is called “Nowhere”"),
        (("read", "x.txt", "--published", "x"), "not an ISO day"),
        (("read", "x.txt", "--published", "9999-12-31"), "not within 1940-01-01"),
        (("watch", "--every", "nan"), "--every takes hours"),
        (("watch", "--every", "inf"), "--every takes hours"),
        (("watch", "--every", "0"), "--every takes hours"),
    ],
)
def test_a_value_that_nobody_meant_is_told_in_one_line(store, capsys, arguments, said):
    assert etl(store, *arguments) == 1
    told = capsys.readouterr().err
    assert said in told and told.count("\n") == 1


@pytest.mark.parametrize("port", ["99999", "-5", "8501.5", "x"])
def test_a_port_that_is_none_is_told(store, capsys, port):
    with pytest.raises(SystemExit):
        etl(store, "serve", "--port", port)
    told = capsys.readouterr().err
    assert "no port" in told or "expected one argument" in told
