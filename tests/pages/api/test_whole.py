"""/api/snapshot.duckdb and .zip: all that is published, nothing else, and no person's name."""

import io
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from impact.exports import tables, whole
from impact.queries import search
from impact.queries.search import Search
from impact.store import snapshot
from impact.store.ledger import DISPUTE, NOTE, WITHDRAW, Document
from impact.store.reader import Reader
from tests.made import figure, offer, publish_once, toll
from tests.pages import reading
from tests.pages.api.asking import ask, fetch

DUCKDB, ZIP = "/api/snapshot.duckdb", "/api/snapshot.zip"
pytestmark = pytest.mark.slow


def rows(path: Path) -> dict[str, pd.DataFrame]:
    """Every table of a DuckDB file."""
    with duckdb.connect(path, read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        return {name: connection.execute(f'FROM "{name}"').df() for (name,) in names}


def unpacked(written: bytes) -> dict[str, pd.DataFrame]:
    """Every table of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return {
            Path(name).stem: pd.read_parquet(io.BytesIO(archive.read(name)))
            for name in archive.namelist()
        }


@pytest.fixture
def decided(ledger):
    """A store in which persons have corrected, withdrawn, disputed, noted and answered."""
    wrong, gone, contested = figure(value=320_000), toll(7.0), toll(9.0, place="UA80")
    document = Document(document_id="d" * 64, source="report", name="Secret Name.pdf", size=1)
    ledger.store(document, [b"a"], [wrong, gone, contested], accepted_by="Olena Secret")
    ledger.decide(gone.figure_id, WITHDRAW, "Olena Secret", "counted twice")
    ledger.decide(contested.figure_id, DISPUTE, "Taras Secret", "another oblast")
    ledger.decide(wrong.figure_id, NOTE, "Petro Secret", "the mayor said 6,000")
    snapshot.publish(ledger)
    return ledger


def test_both_files_hold_the_same_tables_with_the_figures_of_every_download(shipped_store):
    reader = Reader(shipped_store)
    exported = tables.table(search.figures(reader, Search()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMPACT_STORE", str(shipped_store))
        database = rows(ask(DUCKDB).path)
        parquet = unpacked(Path(ask(ZIP).path).read_bytes())
    assert database.keys() == parquet.keys()
    for name, each in parquet.items():
        assert len(each) == len(database[name]), name
        assert list(each.columns) == list(database[name].columns), name
    assert list(parquet["figures"].columns) == list(tables.NAMES)
    assert set(parquet["figures"]["figure_id"]) == set(exported["figure_id"])
    attack = parquet["attack"]
    known = {each for row in attack["figure_ids"] for each in row}
    assert known <= set(exported["figure_id"])


def test_no_person_and_no_name_of_a_file_is_in_them(decided):
    texts = [
        frame.to_csv() for path in (DUCKDB, ZIP) for frame in
        (rows(ask(path).path) if path == DUCKDB
         else unpacked(Path(ask(path).path).read_bytes())).values()
    ]  # fmt: skip
    assert not [text for text in texts if "Secret" in text]
    whole_text = "".join(texts)
    for reason in ("counted twice", "the mayor said 6,000", "another oblast"):
        assert reason in whole_text
    names = {column for frame in rows(ask(DUCKDB).path).values() for column in frame.columns}
    assert not names & {"who", "answered_by", "decided_by", "decision_id", "name_of_file", "files"}


def test_what_awaits_review_is_not_in_them(ledger):
    offer(ledger, toll(), name="waiting", accepted_by="")
    offer(ledger, toll(3.0), name="accepted")
    snapshot.publish(ledger)
    tables_there = rows(ask(DUCKDB).path)
    assert list(tables_there["figures"]["value"]) == [3]
    assert len(tables_there["documents"]) == 1


def test_the_past_is_given_as_it_was_known_then(ledger):
    publish_once(ledger, toll(3.0, published="2026-01-24"), toll(9.0, published="2026-02-02"))
    assert len(rows(ask(DUCKDB).path)["figures"]) == 2
    then = rows(ask(f"{DUCKDB}?asof=2026-01-25").path)
    assert list(then["figures"]["value"]) == [3] and len(then["peak"])


def test_a_new_snapshot_gives_a_new_file(ledger):
    publish_once(ledger, toll(3.0))
    first = ask(ZIP)
    offer(ledger, toll(4.0), name="second")
    snapshot.publish(ledger)
    second = ask(ZIP, If_None_Match=first.headers["etag"])
    assert second.status_code == 200 and second.path != first.path
    assert len(unpacked(Path(second.path).read_bytes())["figures"]) == 2


def test_it_is_sent_with_a_name_and_in_pieces_to_whoever_asks_for_a_piece(url):
    status, headers, body = fetch(url, DUCKDB)
    assert status == 200 and body[8:12] == b"DUCK"
    assert headers["content-disposition"].startswith('attachment; filename="snapshot-20')
    status, headers, piece = fetch(url, DUCKDB, headers={"Range": "bytes=8-11"})
    assert (status, piece) == (206, b"DUCK")


def test_every_table_and_every_column_of_the_figures_says_what_it_is(shipped_store, tmp_path):
    whole.to_duckdb(Reader(shipped_store), tmp_path / "snapshot.duckdb")
    with duckdb.connect(tmp_path / "snapshot.duckdb", read_only=True) as connection:
        told = connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        columns = connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE table_name = 'figures'"
        ).fetchall()
    assert all(comment.startswith("A row: ") for _, comment in told)
    assert all(comment for (comment,) in columns)


@pytest.mark.parametrize("lang", ["en", "uk"])
def test_the_page_data_leads_to_both(stores, monkeypatch, lang):
    monkeypatch.setenv("IMPACT_STORE", str(stores["small"]))
    page = reading.open_page("pages/trust/data.py", lang, words="nowhere to be found")
    told = "\n".join(each.value for each in page.markdown)
    assert not page.exception
    for path in (DUCKDB, ZIP):
        assert path in told
