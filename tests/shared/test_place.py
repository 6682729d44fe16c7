"""Where a shared store lies: told by the environment, or refused with a sentence."""

from pathlib import Path

import pytest

from impact.sharing import place
from impact.sharing.place import Place, PlaceWrong
from impact.store import engine
from impact.store.ledger import store_folder

ADDRESS = "postgresql://impact@db.example.org/impact"


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    monkeypatch.setenv("IMPACT_STORE", ADDRESS)
    monkeypatch.setenv("IMPACT_BLOBS", "s3://bucket/impact")
    monkeypatch.setenv("IMPACT_COPY", str(tmp_path))


def test_the_environment_names_ledger_files_and_copy(tmp_path):
    assert place.of_environment() == Place(ADDRESS, "s3://bucket/impact", tmp_path)
    assert store_folder() == tmp_path


@pytest.mark.parametrize("named", ["", "store", "/var/lib/impact"])
def test_a_folder_is_no_shared_store(monkeypatch, named):
    monkeypatch.setenv("IMPACT_STORE", named)
    assert place.of_environment() is None
    assert not engine.of(store_folder()).shared


def test_another_folder_than_the_copy_is_a_store_of_its_own(tmp_path):
    assert not engine.of(tmp_path / "another").shared


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://impact:a1b2c3d4@db.example.org/impact",
        "postgresql://db.example.org/impact?password=a1b2c3d4",
        "host=db.example.org password=a1b2c3d4",
        "host=db.example.org user=impact",
    ],
)
def test_an_address_with_a_password_or_in_other_words_is_refused(monkeypatch, address):
    monkeypatch.setenv("IMPACT_STORE", address)
    with pytest.raises(PlaceWrong, match="IMPACT_STORE") as raised:
        store_folder()
    assert "a1b2c3d4" not in str(raised.value)


def test_files_without_a_place_are_refused(monkeypatch):
    monkeypatch.delenv("IMPACT_BLOBS")
    with pytest.raises(PlaceWrong, match="IMPACT_BLOBS"):
        store_folder()


def test_the_copy_lies_beside_the_code_where_nothing_else_is_said(monkeypatch):
    monkeypatch.delenv("IMPACT_COPY")
    assert store_folder() == Path(place.__file__).parents[2] / "store-shared"
