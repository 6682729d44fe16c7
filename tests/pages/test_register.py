"""A register of people that cannot be read: nobody is known, everybody is told, and it comes back
without a new start."""

import os
import shutil
from pathlib import Path

import httpx2
import pytest

from impact.access import people, register
from impact.access.rules import Role
from impact.store import condition, faults
from impact.store.reviewers import PeopleUnreadable, reviewers
from tests.pages.asking import as_, proxied

INSTEAD = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "other bytes": lambda path: path.write_bytes(b"no register " * 1000),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory, stores):
    folder = tmp_path_factory.mktemp("office")
    with proxied(stores["small"], folder) as url:
        yield url, folder / "store" / register.NAME


def remove(path: Path) -> None:
    path.rmdir() if path.is_dir() else path.unlink()


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


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir])
def test_a_list_of_reviewers_that_is_no_file_lets_nobody_suffice_alone(tmp_path, make):
    make(tmp_path / "people.toml")
    with pytest.raises(PeopleUnreadable):
        reviewers(tmp_path)
