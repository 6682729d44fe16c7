"""Going back in time: what was shown then, and before the ledger began, what had been said."""

import contextlib
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact import queries
from impact.model import dates
from impact.queries import corrections
from impact.store import as_of, snapshot
from impact.store.ledger import ACCEPT, WITHDRAW, Document, Ledger
from tests import made

pytestmark = pytest.mark.slow

BEGAN = datetime(2026, 2, 1, 10)


@pytest.fixture
def store(tmp_path) -> Ledger:
    return Ledger(tmp_path)


@pytest.fixture
def clock(monkeypatch):
    """The present, moved by hand: decisions of one second could not be told apart."""

    def at(hours: int) -> datetime:
        moment = BEGAN + timedelta(hours=hours)
        monkeypatch.setattr(dates, "now", lambda: moment)
        return moment

    at(0)
    return at


def bring(store: Ledger, *figures, accepted_by: str = "") -> None:
    document = Document(document_id="a" * 64, source="report", name="a", size=1)
    store.store(document, [b"a"], figures, accepted_by=accepted_by)


def shown(store: Ledger, at: datetime) -> list[float]:
    return (
        as_of.known_at(store.folder, at).reader.query("SELECT value FROM figures")["value"].tolist()
    )


def test_before_each_step_stands_what_was_shown_then(store, clock):
    first = made.figure(value=320_000)
    bring(store, first)
    clock(1)
    store.decide(first.figure_id, ACCEPT, "Olha", "checked")
    clock(2)
    second = replace(first, value=6_000)
    store.correct(first.figure_id, second, "Petro", "a slip", {"value": [320_000, 6_000]})
    clock(3)
    third = replace(first, value=3_300)
    store.correct(second.figure_id, third, "Olha", "evening count", {"value": [6_000, 3_300]})
    clock(4)
    store.decide(third.figure_id, WITHDRAW, "Olha", "the mayor took it back")
    snapshot.publish(store)

    moments = [BEGAN + timedelta(hours=hours, minutes=59) for hours in range(5)]
    assert [shown(store, each) for each in moments] == [[], [320_000], [6_000], [3_300], []]
    logs = [corrections.log(as_of.known_at(store.folder, each).reader) for each in moments]
    assert [len(log) for log in logs] == [0, 0, 1, 2, 3]


def test_a_picture_of_the_past_says_as_of_when_it_is_known(store, clock):
    bring(store, made.figure(), accepted_by="table")
    clock(5)
    snapshot.publish(store)
    at = BEGAN + timedelta(hours=1)
    assert queries.extent(as_of.known_at(store.folder, at).reader).built_at == at


def test_what_is_decided_later_does_not_change_the_recorded_past(store, clock):
    figure = made.figure()
    bring(store, figure, accepted_by="table")
    clock(1)
    before = shown(store, BEGAN)
    store.decide(figure.figure_id, WITHDRAW, "Olha", "taken down")
    snapshot.publish(store)
    assert shown(store, BEGAN) == before == [500]
    assert as_of.known_at(store.folder, BEGAN).recorded


def test_before_the_ledger_began_stands_what_had_been_published_by_then(store, clock):
    bring(
        store,
        made.figure(value=6_000, published="2026-01-24", as_of="2026-01-24T09:00"),
        made.figure(value=3_300, published="2026-01-24", as_of="2026-01-24T18:00"),
        made.figure(value=320_000, published="2026-01-26"),
        accepted_by="table",
    )
    snapshot.publish(store)
    assert not as_of.known_at(store.folder, as_of.read("2026-01-24T12:00")).recorded
    assert shown(store, as_of.read("2026-01-24T08:59")) == []
    assert shown(store, as_of.read("2026-01-24T09:00")) == [6_000]
    assert sorted(shown(store, as_of.read("2026-01-25T12:00"))) == [3_300, 6_000]
    assert len(shown(store, as_of.read("2026-01-27T12:00"))) == 3


def test_a_figure_without_a_day_of_publication_is_known_from_the_end_of_its_day(store, clock):
    block = made.figure(
        indicator="apartment_blocks", value=12_000, status="", published="", date="2022"
    )
    bring(store, block, accepted_by="table")
    snapshot.publish(store)
    assert shown(store, as_of.read("2022-12-31T12:00")) == []
    assert shown(store, as_of.read("2023-01-01T12:00")) == [12_000]


def test_only_so_many_snapshots_of_the_past_are_kept(store, clock, monkeypatch):
    monkeypatch.setattr(as_of, "KEPT", 3)
    bring(store, made.figure(), accepted_by="table")
    name = snapshot.publish(store)
    for hours in range(4):
        assert shown(store, BEGAN + timedelta(hours=hours)) == [500]
    folder = store.folder / "published"
    assert len(list((folder / "past").glob("*.duckdb"))) == 3
    assert (folder / name).exists()


def test_an_empty_store_has_an_empty_past(tmp_path):
    assert shown(Ledger(tmp_path), BEGAN) == []


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-12T08:00", "2026-01-12T06:00:00"),
        ("2026-01-12 08:00", "2026-01-12T06:00:00"),
        ("2026-07-12T08:00", "2026-07-12T05:00:00"),
        ("2026-01-12T08:00:30", "2026-01-12T06:00:30"),
        ("2026-01-12", "2026-01-12T21:59:59"),
        ("2026-01-12T08:00Z", "2026-01-12T08:00:00"),
        ("2026-01-12T08:00+01:00", "2026-01-12T07:00:00"),
        ("2026-01-12T08:00 01:00", "2026-01-12T07:00:00"),
    ],
)
def test_a_moment_is_kyiv_time_unless_it_says_otherwise(text, utc):
    assert as_of.read(text).isoformat() == utc


@given(st.one_of(st.text(), st.text("0123456789-T:+Z ."), st.datetimes().map(str)))
def test_any_text_is_a_moment_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        assert as_of.read(text).tzinfo is None


@given(st.datetimes(min_value=datetime(2022, 2, 24), max_value=datetime(2040, 1, 1)))
def test_a_moment_written_into_an_address_is_read_back(moment):
    moment = moment.replace(microsecond=0)
    folded = dates.to_kyiv(moment).fold
    assert folded or as_of.read(as_of.write(moment)) == moment
