"""A wrong clock spoils the time of its own line, nothing else: neither what was known at a time nor
when the ledger began; who knows the true time can name it."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.__main__ import main
from etl.load import load
from impact import queries
from impact.exports import atom
from impact.model import dates
from impact.model.language import Words
from impact.queries import corrections, recent
from impact.store import as_of, inbox, snapshot
from impact.store.clock import AHEAD, BACK, EARLY, FOUNDED, FUTURE, LEAPT, SKEW, judge
from impact.store.ledger import ACCEPT, CLOCK, WITHDRAW, Ledger
from impact.store.reader import Reader
from tests import combining, engines
from tests.made import figure, offer, once, toll

NOW = datetime(2026, 11, 28, 12)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


def counts(*times: str, now: datetime = NOW) -> list[str]:
    """The days that count, for lines whose clocks gave these days."""
    judged = judge([day(each) for each in times], now)
    return [each.counts.date().isoformat() for each in judged]


def faults(*times: str, now: datetime = NOW) -> list[str]:
    return [each.fault for each in judge([day(each) for each in times], now)]


# Which time counts

ANY = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1))


@given(st.lists(ANY, max_size=12), ANY)
def test_whatever_clocks_said_lines_stand_in_the_order_of_their_numbers(times, now):
    judged = judge(times, now)
    assert [each.said for each in judged] == times
    assert [each.counts for each in judged] == sorted(each.counts for each in judged)
    for each in judged:
        assert each.fault or each.counts - each.said <= SKEW


PAUSES = st.timedeltas(timedelta(0), timedelta(days=40))


@given(st.lists(PAUSES, min_size=1, max_size=8), st.data())
def test_a_wrong_clock_changes_no_other_lines_time(pauses, data):
    right, time = [], FOUNDED
    for pause in pauses:
        right.append(time := time + pause)
    now = time + timedelta(minutes=1)
    times: list[datetime | None] = list(right)
    wrong = st.one_of(
        st.datetimes(datetime(1970, 1, 1), FOUNDED - timedelta(days=1)),
        st.datetimes(now + AHEAD + timedelta(seconds=1), datetime(2100, 1, 1)),
    )
    spoiled = {}
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(times)))
        times.insert(place, None)
    for place, each in enumerate(times):
        if each is None:
            spoiled[place] = data.draw(wrong)
    said = [spoiled.get(place, each) for place, each in enumerate(times)]
    judged = judge(said, now)
    assert [each.counts for place, each in enumerate(judged) if place not in spoiled] == right
    assert all(judged[place].fault for place in spoiled)


@given(st.lists(ANY, max_size=12))
def test_no_later_line_moves_the_first(times):
    first = datetime(2026, 3, 1)
    assert judge([first, *times], NOW)[0].counts == first


@pytest.mark.parametrize("now", ["2026-02-20", "2029-06-01", "2030-01-01", "2031-06-01"])
def test_january_2030_february_is_january_january_february_whenever_it_is_read(now):
    read = day(now)
    assert counts("2026-01-10", "2030-01-01", "2026-02-10", now=read) == [
        *("2026-01-10", "2026-01-10", "2026-02-10")
    ]
    assert faults("2026-01-10", "2030-01-01", "2026-02-10", now=read)[1] in (FUTURE, LEAPT)


def test_after_years_the_lines_that_go_on_from_before_a_leap_are_believed():
    said = ["2026-01-10", "2030-01-01", "2030-01-02", "2026-02-10", "2026-03-10", "2031-01-01"]
    assert counts(*said, now=day("2031-06-01")) == [
        *("2026-01-10", "2026-01-10", "2026-01-10", "2026-02-10", "2026-03-10", "2031-01-01")
    ]


def test_one_line_within_a_long_pause_does_not_outweigh_all_that_follow_it():
    said = ["2026-01-10", "2028-01-10", "2028-01-11", "2028-01-12", "2027-01-01", "2028-01-13"]
    now = day("2028-02-01")
    assert faults(*said, now=now) == ["", "", "", "", BACK, ""]
    assert counts(*said, now=now)[4] == "2028-01-12"


def test_a_pause_of_years_is_no_wrong_clock():
    assert faults("2026-01-10", "2029-01-10", now=day("2029-02-01")) == ["", ""]


@pytest.mark.parametrize(
    ("first", "fault"), [("1970-01-01", EARLY), ("2025-01-05", EARLY), ("2030-01-01", FUTURE)]
)
def test_a_first_line_that_is_wrong_carries_the_first_right_time(first, fault):
    assert faults(first, first, "2026-02-10", "2026-03-10") == [fault, fault, "", ""]
    assert counts(first, first, "2026-02-10", "2026-03-10") == [
        *("2026-02-10", "2026-02-10", "2026-02-10", "2026-03-10")
    ]


def test_where_no_line_is_right_all_carry_the_first_ones_time():
    assert counts("2025-01-05", "1970-01-01") == ["2025-01-05", "2025-01-05"]


def test_a_present_that_is_wrong_itself_condemns_no_line():
    said = ["2026-11-20", "2026-11-21", "2025-01-05"]
    assert faults(*said, now=day("2025-01-05")) == ["", "", BACK]


def test_a_clock_turned_back_by_moments_is_not_told_of():
    times = [NOW - timedelta(seconds=90), NOW - SKEW - timedelta(seconds=80), NOW]
    assert [each.fault for each in judge(times, NOW)] == ["", "", ""]
    assert judge(times, NOW)[1].counts == times[0]


# In a store


@pytest.fixture
def at(monkeypatch):
    """Sets the clock, by ISO time in UTC."""

    def set_(text: str) -> datetime:
        moment = day(text)
        monkeypatch.setattr(dates, "now", lambda: moment)
        return moment

    set_(NOW.isoformat())
    return set_


@pytest.fixture
def store(tmp_path) -> Ledger:
    return Ledger(tmp_path / "store")


@once
def loaded(store: Ledger) -> None:
    """The sourced table, published under a right clock."""
    load("curated", store)
    snapshot.publish(store)


def shown(store: Ledger, text: str) -> list[float]:
    """Values of the figures that pages show as known at a moment (UTC)."""
    reader = as_of.known_at(store.folder, day(text)).reader
    return reader.query("SELECT value FROM figures ORDER BY value")["value"].tolist()


ASOF = "2026-01-12T21:59:59"  # the end of 12 January in Kyiv
UNDATED = toll(9, published="", date="2026")


@pytest.mark.slow
@pytest.mark.parametrize(
    "wrong", combining.first(["2025-01-05", "2030-01-01", "1970-01-01", "2026-01-05"], 2)
)
def test_the_past_shows_the_same_figures_after_a_document_came_under_a_wrong_clock(
    store, at, wrong
):
    loaded(store)
    began, before = store.began(), shown(store, ASOF)
    assert began == NOW and len(before) > 2000
    at(wrong)
    for number in range(3):
        offer(store, toll(900 + number, published="2026-01-25"), name=f"report {number}")
    offer(store, UNDATED, name="a report without a day")
    snapshot.publish(store)
    at("2026-11-29")
    assert store.began() == began
    assert shown(store, ASOF) == before
    assert not as_of.known_at(store.folder, day(ASOF)).recorded


@pytest.mark.slow
@pytest.mark.parametrize("wrong", combining.first(["2030-01-01T10:00", "2025-01-05T10:00"], 1))
def test_each_line_that_a_wrong_clock_wrote_counts_from_the_line_before_it(store, at, wrong):
    first, second, third = (toll(number, published="") for number in (1, 2, 3))
    at("2026-11-01T10:00")
    offer(store, first, name="first")
    at(wrong)
    offer(store, second, name="second")
    store.correct(first.figure_id, toll(11, published=""), "Olha", "a slip", {})
    at("2026-11-03T10:00")
    offer(store, third, name="third")
    snapshot.publish(store)
    assert shown(store, "2026-11-02T10:00") == [2, 11]
    assert shown(store, "2026-11-03T10:00") == [2, 3, 11]
    figures = Reader(store.folder).query("FROM figures ORDER BY value")
    assert figures["recorded_at"].tolist() == figures["known_from"].tolist() == [
        day("2026-11-01T10:00"), day("2026-11-03T10:00"), day("2026-11-01T10:00")
    ]  # fmt: skip


@pytest.mark.slow
def test_a_correction_under_a_wrong_clock_leaves_the_others_where_they_were(store, at):
    one, two = toll(1), figure(value=500)
    at("2026-11-01T10:00")
    offer(store, one, two)
    at("2026-11-02T10:00")
    store.decide(two.figure_id, WITHDRAW, "Olha", "taken down")
    at("2030-01-01T10:00")
    store.correct(one.figure_id, replace(one, value=11), "Olha", "a slip", {"value": [1, 11]})
    at("2026-11-04T10:00")
    store.decide(two.figure_id, ACCEPT, "Olha", "it is back")
    store.decide(two.figure_id, "note", "Olha", "seen")
    snapshot.publish(store)
    assert shown(store, "2026-11-01T12:00") == [1, 500]
    assert shown(store, "2026-11-02T12:00") == [11]  # as early as its neighbour, no earlier
    assert shown(store, "2026-11-04T12:00") == [11, 500]
    reader = Reader(store.folder)
    told = corrections.log(reader)[["what", "decided_at"]].to_dict("split")["data"]
    assert told == [
        ["corrected", day("2026-11-02T10:00")],
        ["withdrawn", day("2026-11-02T10:00")],
    ]
    assert queries.notes(reader, [two.figure_id])["decided_at"].tolist() == [
        day("2026-11-04T10:00")
    ]


@pytest.mark.slow
def test_news_and_the_feed_do_not_stand_in_the_future(store, at):
    at("2026-11-01T10:00")
    upload, _ = inbox.receive(store, b"one", "one.txt", "Olha")
    inbox.record(store, upload, [inbox.Part(name="one.txt", text="one", figures=(toll(1),))])
    at("2030-01-01T10:00")
    upload, _ = inbox.receive(store, b"two", "two.txt", "Olha")
    inbox.record(store, upload, [inbox.Part(name="two.txt", text="two", figures=(toll(2),))])
    for each in (toll(2), toll(1)):
        store.decide(each.figure_id, ACCEPT, "Olha", "read")
        at("2026-11-02T10:00")
    snapshot.publish(store)
    reader = Reader(store.folder)
    assert set(recent.reports(reader)["accepted_at"]) == {day("2026-11-02T10:00")}
    told = atom.atom(reader, Words("en"), feed_url="u", page_of=str, home="h").decode()
    assert "2030" not in told and "<updated>2026-11-01T10:00:00Z</updated>" in told


# Told, and put right


def etl(store: Ledger, *arguments: object) -> int:
    return main(["--store", str(store.folder), *map(str, arguments)])


@once
def spoil(store: Ledger) -> None:
    """Three documents; the clock stood in 2025 for the second."""
    came = {"first": "2026-11-01T10:00", "second": "2025-01-05T10:00", "third": "2026-11-03T10:00"}
    with pytest.MonkeyPatch.context() as clock:
        for number, (name, time) in enumerate(came.items(), 1):
            clock.setattr(dates, "now", partial(day, time))
            offer(store, toll(number), name=f"{name}.csv")
        snapshot.publish(store)


@pytest.fixture
def spoiled(store, at) -> Ledger:
    spoil(store)
    at("2026-11-28T10:00:00")
    return store


def test_check_tells_each_such_line_with_what_counts_and_the_command_that_mends_it(spoiled, capsys):
    assert spoiled.check() == []  # nothing is damaged
    assert etl(spoiled, "check") == 1
    told = capsys.readouterr().out
    assert (
        "the clock stood wrong: documents 2 (second.csv) says 2025-01-05 10:00:00 UTC, before the "
        "line ahead of it; 2026-11-01 10:00:00 UTC counts until somebody names the true time: "
        "`python -m etl clock documents 2 TIME --who WHO --reason REASON`\n"
    ) in told
    assert "decisions 2 (accept of" in told
    assert told.endswith("2 problems\n")


@pytest.mark.slow
def test_who_knows_the_true_time_names_it_and_the_past_shows_it(spoiled, capsys):
    assert shown(spoiled, "2026-11-01T12:00") == [1, 2]
    stored = spoiled.table("documents")
    named = ("2026-11-02T12:00", "--who", "Olha", "--reason", "the e-mail came then")
    assert etl(spoiled, "clock", "documents", 2, *named) == 0
    assert "documents 2 came on 2026-11-02 10:00:00 UTC" in capsys.readouterr().out
    assert etl(spoiled, "clock", "decisions", 2, *named) == 0
    assert shown(spoiled, "2026-11-01T12:00") == [1]
    assert shown(spoiled, "2026-11-02T10:00") == [1, 2]
    assert spoiled.table("documents").equals(stored)
    decisions = spoiled.table("decisions")
    decided = decisions[decisions["kind"] == CLOCK]
    assert sorted(decided["subject"]) == ["decisions 2", "documents 2"]
    assert set(decided["who"]) == {"Olha"} and set(decided["reason"]) == {"the e-mail came then"}
    assert etl(spoiled, "check") == 0


@pytest.mark.slow
def test_a_true_time_may_be_named_again(spoiled):
    for time in ("2026-11-02T10:00", "2026-11-02T16:00"):
        spoiled.set_time("documents", 2, day(time), "Olha", "the e-mail")
        spoiled.set_time("decisions", 2, day(time), "Olha", "the e-mail")
    snapshot.publish(spoiled)
    assert shown(spoiled, "2026-11-02T12:00") == [1]
    assert shown(spoiled, "2026-11-02T16:00") == [1, 2]


def test_a_first_line_of_the_future_is_put_right_though_its_time_has_come(store, at):
    at("2030-01-01T10:00")
    offer(store, toll(1), name="first.csv")
    at("2026-11-03T10:00")
    offer(store, toll(2), name="second.csv")
    assert store.began() == day("2026-11-03T10:00")
    at("2031-01-01T10:00")
    assert "documents 2 (second.csv)" in store.clocks()[0]
    store.set_time("documents", 1, day("2026-11-02T10:00"), "Olha", "the letter's date")
    assert store.began() == day("2026-11-02T10:00")


@pytest.mark.parametrize(
    ("line", "time", "told"),
    [
        (("documents", 2), "2026-10-01T10:00", "before the line ahead of it"),
        (("documents", 2), "2031-01-01T10:00", "far after now"),
        (("documents", 9), "2026-11-02T10:00", "the ledger has no line 'documents 9'"),
        (("figures", 1), "2026-11-02T10:00", "the ledger has no line 'figures 1'"),
        (("documents", 2), "yesterday", "yesterday"),
    ],
)
def test_a_time_that_cannot_be_right_is_refused_with_a_sentence(spoiled, capsys, line, time, told):
    before = len(spoiled.table("decisions"))
    assert etl(spoiled, "clock", *line, time, "--who", "Olha", "--reason", "a guess") == 1
    assert told in capsys.readouterr().err
    assert len(spoiled.table("decisions")) == before


def test_a_true_time_of_a_line_that_is_gone_is_told_by_check(spoiled):
    spoiled.set_time("documents", 2, day("2026-11-02T10:00"), "Olha", "the e-mail")
    assert spoiled.check() == []
    with spoiled.connect() as connection:
        connection.execute("DELETE FROM decisions WHERE kind = 'accept' AND number = 2")
        connection.execute("UPDATE decisions SET subject = 'documents 7' WHERE kind = 'clock'")
    problems = engines.of_the_copy(spoiled.check())
    assert problems == ["1 decisions speak of nothing in the ledger"]
