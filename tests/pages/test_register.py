"""A register of people that cannot be read: nobody is known, everybody is told, and it comes back
without a new start."""

import os
import shutil
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request
from streamlit.proto.BackMsg_pb2 import BackMsg

from impact.access import logins, people, register, settings
from impact.access.person import Person
from impact.access.rules import Role
from impact.store import condition, faults
from impact.store.reviewers import PeopleUnreadable, reviewers
from pages.doors import asking, provider, sign_in
from pages.doors.channel import Channel
from pages.parts.shell import access
from tests import damages
from tests.pages.asking import as_, proxied
from tests.waiting import awaited

INSTEAD = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "nothing": lambda path: None,
    "other bytes": lambda path: path.write_bytes(b"no register " * 1000),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory, stores):
    folder = tmp_path_factory.mktemp("office")
    with proxied(stores["small"], folder) as url:
        yield url, folder / "store" / register.NAME


def remove(path: Path) -> None:
    path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)


@pytest.mark.parametrize("what", INSTEAD)
def test_a_register_that_cannot_be_read_is_told_and_comes_back(office, what):
    url, path = office
    with httpx2.Client(base_url=url, trust_env=False, timeout=30) as client:
        assert client.get("/data", headers=as_("viewer")).status_code == 200
        kept = path.rename(path.with_suffix(".kept"))
        INSTEAD[what](path)
        try:
            told = client.get("/data", headers=as_("viewer"))
            assert told.status_code == 503 and "people.sqlite" in told.text
            health = client.get("/health")
            assert health.status_code == 503 and "people.sqlite" in health.text
            assert client.get("/_stcore/health").status_code == 200
        finally:
            remove(path)
            kept.rename(path)
        assert client.get("/data", headers=as_("viewer")).status_code == 200


def test_a_register_that_was_spoiled_in_its_place_comes_back_in_its_place(tmp_path):
    people.add(tmp_path, "olena", "Olena Koval", Role.REVIEWER)
    path = tmp_path / register.NAME
    shutil.copy(path, kept := tmp_path / "kept")
    register.require_sound(tmp_path)
    path.write_bytes(b"no register " * 1000)
    with pytest.raises(register.Unreadable):
        register.require_sound(tmp_path)
    assert any(isinstance(each, faults.PeopleDamaged) for each in condition.at_a_glance(tmp_path))
    path.write_bytes(kept.read_bytes())
    assert people.of_account(tmp_path, "olena").role == Role.REVIEWER


def test_a_register_that_finds_the_disk_full_says_so_and_keeps_what_it_had(small_disk):
    people.add(small_disk, "olena", "Olena Koval", Role.REVIEWER)
    damages.fill(small_disk)
    with pytest.raises(register.Unreadable, match="full"):
        people.add(small_disk, "taras", "Taras Melnyk" * 500, Role.ADMIN)
    assert [each.name for each in people.everybody(small_disk)] == ["Olena Koval"]
    (small_disk / "filling").unlink()
    people.give(small_disk, "olena", Role.ADMIN)
    assert people.of_account(small_disk, "olena").role == Role.ADMIN


def full(*_: object) -> None:
    raise register.Unreadable("database or disk is full")


def test_a_full_disk_cuts_off_nobody_who_reads(monkeypatch):
    """That a sign-in is in use is noted in the register, now and then."""
    monkeypatch.setattr(access, "person", lambda mark: Person("Olena", "olena", Role.VIEWER))
    monkeypatch.setattr(access, "login_of", lambda mark: "a sign-in")
    monkeypatch.setattr(logins, "note", full)
    channel = Channel(None, {"headers": []}, "a mark")
    assert channel._may(BackMsg(rerun_script={"page_name": "data"}).SerializeToString())


def test_who_signs_out_on_a_full_disk_is_told_and_has_no_word_any_more(monkeypatch):
    monkeypatch.setattr(logins, "end", full)
    scope = {
        "type": "http",
        "headers": [],
        "query_string": b"",
        asking.TAKEN: "word",
        "session": {},
    }
    answer = awaited(sign_in.leave(Request(scope), settings.current()))
    assert answer.status_code == 503 and b"could not be ended" in answer.body
    assert "Max-Age=0" in answer.headers["set-cookie"]


def test_a_word_that_somebody_has_left_is_asked_for_again_where_it_could_not_be_kept(monkeypatch):
    async def left(*_: object) -> tuple[str, str, str, str]:
        return "a word", "https://id.example.org", "olena", ""

    async def body() -> dict[str, object]:
        return {"type": "http.request", "body": b"logout_token=signed", "more_body": False}

    monkeypatch.setattr(provider, "left", left)
    monkeypatch.setattr(logins, "end_told", full)
    request = Request({"type": "http", "method": "POST", "headers": []}, body)
    assert awaited(sign_in.ended(request, settings.current())).status_code == 503


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir])
def test_a_list_of_reviewers_that_is_no_file_lets_nobody_suffice_alone(tmp_path, make):
    make(tmp_path / "people.toml")
    with pytest.raises(PeopleUnreadable):
        reviewers(tmp_path)
