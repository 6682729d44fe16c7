"""Feeds are as fresh as their data: what they end with, what a load changed, who is silent."""

from datetime import date

import pytest

from etl import source
from impact.model import dates, language
from impact.model.feeds import LATELY, feeds
from impact.model.rows import records
from impact.queries.feeds import silent_in, states
from impact.store import snapshot
from impact.store.ledger import Refusal
from impact.store.reader import Reader
from impact.wording import feeds as told
from tests import waiting
from tests.made import document, figure, shown, toll

EN = language.words("en")


@pytest.fixture
def load(ledger):
    """Loads an edition of a source; gives the reader of what is then published."""

    def loaded(payload: str, *figures, name: str = "winter.csv", refused: int = 0) -> Reader:
        offered, _ = document(payload)
        told = {each: getattr(offered, each) for each in ("document_id", "size")}
        edition = type(offered)(source="curated", title="Winter", name=name, **told)
        refusals = [Refusal(f"line {n}", "unreadable") for n in range(refused)]
        ledger.store(edition, [payload.encode()], figures, refusals, accepted_by="the tests")
        snapshot.publish(ledger)
        return Reader(ledger.folder)

    return loaded


def row(key: str, day: str = "2026-01-24", value: float = 5.0):
    return toll(value, date=day, published=day, source="curated", source_key=key)


def of(reader: Reader, name: str = "curated") -> dict:
    return next(each for each in records(states(reader)) if each["source"] == name)


@pytest.mark.parametrize("name", source.names())
def test_every_source_says_how_often_its_data_change(name):
    feed = feeds()[name]
    for code in language.languages():
        assert feed.short[code] and feed.rhythm[code]


def test_no_feed_is_declared_that_is_no_source():
    continued = {feed.continues for feed in feeds().values()} - {""}
    assert set(feeds()) | continued <= set(source.names())


def test_a_feed_is_as_old_as_its_data_and_not_as_its_load(load):
    reader = load("first", row("a"), row("b", "2026-01-20"))
    found = of(reader)
    assert found["newest"] == date(2026, 1, 24)
    assert found["received_at"].date() > found["newest"]


def test_a_forecast_and_a_total_of_a_year_are_no_newer_data(load):
    later = toll(
        9.0, date="2026-12", period="cumulative", source="curated", source_key="c",
        published="2026-01-25",
    )  # fmt: skip
    forecast = figure(
        indicator="temperature", unit="celsius", status="", cause="", period="forecast",
        date="2026-02-20", source="curated", source_key="d",
    )  # fmt: skip
    assert of(load("first", row("a"), later, forecast))["newest"] == date(2026, 1, 24)


def test_the_first_load_has_nothing_to_be_compared_with(load):
    found = of(load("first", row("a"), refused=2))
    assert (found["rows_in"], found["rows_kept"], found["rows_refused"]) == (3, 1, 2)
    assert found["rows_before"] is None and found["left_out"] is None
    assert told.difference(found, EN) == "first load"


def test_a_load_is_told_with_what_it_changed(load):
    first = of(load("first", row("a"), row("b"), row("c")))["received_at"]
    waiting.until(lambda: dates.now() > first)  # the ledger's times are whole seconds
    found = of(load("second", row("a"), row("b", value=6.0)))
    assert told.difference(found, EN) == (
        "−1 rows; 1 figure new or changed; 1 no longer in it"
    )  # fmt: skip


def test_of_two_loads_within_one_second_it_is_not_known_which_figures_came_with_the_second(
    load, monkeypatch
):
    moment = dates.now()
    monkeypatch.setattr(dates, "now", lambda: moment)
    load("first", row("a"), row("b"))
    found = of(load("second", row("a"), row("b", value=6.0), row("c")))
    assert found["fresh"] is None
    assert told.difference(found, EN) == "+1 row; 0 no longer in it"


def test_a_load_of_another_file_is_a_first_load(load):
    load("first", row("a"), row("b"))
    assert of(load("own", row("z"), name="own.csv"))["rows_before"] is None


def test_a_source_that_was_never_loaded_has_no_numbers_at_all(load):
    found = of(load("first", row("a")), "missile_attacks")
    assert {found[name] for name in ("newest", "rows_in", "rows_refused", "fresh")} == {None}
    line = records(told.table(states(load("first", row("a"))), date(2026, 2, 1), EN))[-1]
    assert line["State"] == "not loaded"
    assert {line[name] for name in ("Data up to", "Rows", "Refused", "Loaded")} == {told.UNKNOWN}


# When a feed is silent

DAYS = feeds()["curated"].stale_after
NEWEST = date(2026, 1, 24)


def after(days: int) -> date:
    return date.fromordinal(NEWEST.toordinal() + days)


@pytest.mark.parametrize(
    ("days", "silent", "lately"),
    [
        (0, False, False),
        (DAYS, False, False),
        (DAYS + 1, True, True),
        (DAYS + LATELY, True, True),
        (DAYS + LATELY + 1, True, False),
    ],
)
def test_a_feed_is_silent_after_its_days_and_has_ended_after_sixty_more(days, silent, lately):
    feed = feeds()["curated"]
    assert feed.is_silent(NEWEST, after(days)) is silent
    assert feed.fell_silent_lately(NEWEST, after(days)) is lately


def test_an_edition_that_nothing_follows_is_never_silent():
    assert not feeds()["norms"].is_silent(date(2010, 1, 1), date(2026, 1, 1))


def test_a_period_needs_the_feeds_of_its_indicators_up_to_its_end(load):
    reader = load("first", row("a"))

    def silent(indicator: str, end: date, today: date) -> list[str]:
        found = silent_in(reader, [indicator], (date(2026, 1, 1), end), today)
        return found["source"].tolist()

    assert silent("killed", after(30), after(300)) == ["curated"]
    assert silent("killed", after(2), after(300)) == []  # the period ends before the silence
    assert silent("killed", after(30), after(2)) == []  # its end is still to come
    assert silent("heating_loss", after(30), after(300)) == []  # the feed has nothing of it


@pytest.mark.parametrize(
    ("other", "lacked"),
    [("open_meteo", []), ("curated", ["temperature"])],
    ids=["its continuation", "another"],
)
def test_a_feed_is_not_lacked_where_its_continuation_goes_on(other, lacked):
    degrees = {"indicator": "temperature", "unit": "celsius", "status": "", "cause": ""}
    old = figure(**degrees, date="2025-01-24", published="", source="temperature")
    new = figure(**degrees, date="2026-01-24", published="", source=other)
    with shown(old, new) as reader:
        found = silent_in(reader, ["temperature"], (NEWEST, NEWEST), after(300))
    assert found["source"].tolist() == lacked


def test_the_line_names_each_silent_feed_with_its_last_day(load):
    reader = load("first", row("a"))
    rows = records(silent_in(reader, ["killed"], (NEWEST, after(30)), after(300)))
    assert "sourced figures (24 January 2026)" in told.silences(rows, EN)
    assert told.silences([], EN) == ""
