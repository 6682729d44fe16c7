"""`python -m etl doctor` says what is wrong with a set-up, and what to do."""

import sys
import types
from datetime import datetime

import pytest

from etl import __main__ as etl
from etl import doctor
from etl.doctor import access, clock, disk, drawing, opening, packages
from etl.doctor import store as of_store
from etl.doctor.finding import FINE, NOTE, WRONG
from etl.reports.opening import sandbox
from impact.access import people
from impact.access.rules import Role
from impact.model import dates
from impact.store import condition, reviewers
from pictures import chromium
from tests import made


def told(module, folder) -> dict[str, tuple[str, str]]:
    """What a module says: the thing -> (how, sentence)."""
    return {each.about: (each.how, each.sentence) for each in module.examine(folder)}


def test_a_sound_set_up_has_nothing_wrong_and_says_what_was_looked_at(shipped_store, capsys):
    assert etl.main(["--store", str(shipped_store), "doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert not [line for line in lines if line.startswith(WRONG)]
    for about in (
        "access",
        "advisories",
        "clock",
        "disk",
        "opening",
        "packages",
        "pictures",
        "store",
    ):
        assert [line for line in lines if f" {about}: " in line], about


def test_one_wrong_thing_is_told_in_a_line_and_by_the_exit_code(store, capsys):
    store.mkdir()
    (store / reviewers.NAME).write_text("reviewers = [")
    made.publish(made.Ledger(store), made.figure())
    assert etl.main(["--store", str(store), "doctor"]) == 1
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith(WRONG)]
    assert "people.toml cannot be read" in line and "until it is mended" in line


def test_what_cannot_be_looked_at_is_told_and_the_others_are_looked_at(monkeypatch, tmp_path):
    def examine(folder):
        raise OSError("no such device")

    monkeypatch.setitem(sys.modules, "etl.doctor.disk", types.SimpleNamespace(examine=examine))
    found = {each.about: each for each in doctor.findings(tmp_path)}
    assert "no such device" in found["disk"].sentence and found["disk"].how == WRONG
    assert found["clock"].how == FINE


# Packages


def test_versions_are_compared_with_the_lock():
    have = {"pandas": "3.0", "plotly": "6.1"}
    wanted = {"pandas": "3.0.0", "plotly": "6.2", "duckdb": "2.0.0"}
    assert list(packages.differences(wanted, have)) == [
        "plotly is 6.1, not 6.2",
        "duckdb is missing",
    ]


def test_the_lock_is_read_for_this_machine_alone():
    text = (
        "Pillow==12.1.0 \\\n    --hash=sha256:00\n"
        "tomli==2.4.0 ; python_full_version < '3.11' \\\n    --hash=sha256:00\n"
        "colorama==0.4.6 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n"
        "pywin32==1 ; sys_platform != 'nowhere' \\\n    --hash=sha256:00\n"
    )
    found = packages.locked(text)
    assert found["pillow"] == "12.1.0" and found["pywin32"] == "1"
    assert "tomli" not in found


def test_a_package_with_a_published_hole_is_named_with_the_version_that_closed_it():
    (said,) = packages.known_holes({"lxml": "6.0.2", "streamlit": "1.67.0"})
    assert "lxml 6.0.2 has CVE-2026-41066" in said and "6.1.0 or newer" in said


def test_no_package_of_the_lock_has_a_published_hole():
    assert list(packages.known_holes(packages.locked())) == []


# This machine


def test_too_little_room_for_what_the_store_holds_once_more_is_told(tmp_path, monkeypatch):
    assert told(disk, tmp_path / "not yet")["disk"][0] == FINE
    monkeypatch.setattr(disk, "LEAST", 10**18)
    assert told(disk, tmp_path)["disk"][0] == NOTE
    monkeypatch.setattr(condition, "LEAST_FREE", 10**18)
    how, said = told(disk, tmp_path)["disk"]
    assert how == WRONG and "free some space" in said


@pytest.mark.parametrize(("year", "how"), [(2025, WRONG), (2026, FINE)])
def test_a_clock_from_before_this_program_is_wrong(tmp_path, monkeypatch, year, how):
    monkeypatch.setattr(dates, "now", lambda: datetime(year, 11, 29))
    assert told(clock, tmp_path / "store")["clock"][0] == how


def test_a_clock_that_stood_wrong_is_told(ledger, monkeypatch):
    with monkeypatch.context() as wrong:
        wrong.setattr(dates, "now", lambda: datetime(2019, 1, 1))
        made.offer(ledger, made.figure())
    how, said = told(clock, ledger.folder)["clock"]
    assert how == NOTE and "stood wrong before" in said


def test_without_a_browser_the_sentence_says_who_draws_and_what_brings_one(monkeypatch, tmp_path):
    monkeypatch.setattr(chromium, "find", lambda: None)
    how, said = told(drawing, tmp_path)["pictures"]
    assert how == NOTE and "apt-get install" in said


def test_a_file_that_cannot_be_opened_here_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(sandbox, "_START", "raise SystemExit(3)")
    how, said = told(opening, tmp_path)["opening"]
    assert how == WRONG and "no report can be read" in said


def test_an_empty_store_is_no_fault_and_says_how_it_is_filled(store):
    how, said = told(of_store, store)["store"]
    assert how == NOTE and "etl load" in said


def test_a_store_at_fault_is_told_with_its_remedy(ledger):
    made.publish(ledger, made.figure())
    ledger.path.unlink()
    how, said = told(of_store, ledger.folder)["store"]
    assert how == WRONG and "restore FILE" in said


# Access


def test_access_is_looked_at(monkeypatch, tmp_path):
    assert told(access, tmp_path)["access"][0] == NOTE
    monkeypatch.setenv("IMPACT_SIGN_IN", "proxy")
    how, sentence = told(access, tmp_path)["access"]
    assert how == WRONG and "will not start" in sentence and "IMPACT_PUBLIC_ADDRESS" in sentence
    monkeypatch.setenv("IMPACT_PUBLIC_ADDRESS", "https://impact.example.org")
    monkeypatch.setenv("IMPACT_PROXY_SECRET", "k3Vd8Qz1Wm7Xb5Tn2Jc9Rf6Hp4Ls0GyA")
    people.add(tmp_path, "a", "A", Role.REVIEWER)
    assert told(access, tmp_path)["access"] == (
        WRONG, "1 may decide, and deaths need two: `python -m etl people add`",
    )  # fmt: skip
    people.add(tmp_path, "b", "B", Role.ADMIN)
    assert told(access, tmp_path)["access"] == (FINE, "people sign in (proxy); 2 may decide so far")
