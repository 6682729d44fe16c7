"""The log of corrections: what was public and changed, and nothing that never was."""

import json
from dataclasses import replace

import pytest

from impact.model import language
from impact.queries import corrections
from impact.rules import plausibility
from impact.store import snapshot
from impact.store.ledger import (
    ACCEPT,
    ANSWER,
    DISPUTE,
    REJECT,
    REOPEN,
    SETTLE,
    WITHDRAW,
    Document,
    Ledger,
)
from impact.store.reader import Reader
from tests import made

pytestmark = pytest.mark.slow  # each publishes stores


@pytest.fixture
def store(tmp_path) -> Ledger:
    return Ledger(tmp_path)


def bring(store: Ledger, name: str, *figures, accepted_by: str = "") -> None:
    store.store(
        Document(document_id=name * 64, source="report", name=name, size=1),
        [name.encode()],
        figures,
        accepted_by=accepted_by,
    )


def told(store: Ledger) -> list[tuple]:
    """The log, oldest first, as (what, was, now)."""
    snapshot.publish(store)
    rows = corrections.log(Reader(store.folder)).iloc[::-1]
    return [
        (row["what"], row["was"], None if row["now"] != row["now"] else row["now"])
        for row in rows.to_dict("records")
    ]


def test_a_figure_corrected_twice_and_withdrawn_is_told_three_times(store):
    first = made.figure(value=320_000)
    bring(store, "a", first)
    store.decide(first.figure_id, ACCEPT, "Olha", "checked")
    assert told(store) == []
    second = replace(first, value=6_000)
    changed = {"value": [320_000, 6_000], "bound": ["exact", "about"]}
    store.correct(first.figure_id, second, "Petro", "a slip of the article", changed)
    third = replace(first, value=3_300)
    store.correct(second.figure_id, third, "Olha", "evening count", {"value": [6_000, 3_300]})
    assert told(store) == [("corrected", 320_000, 6_000), ("corrected", 6_000, 3_300)]
    assert Reader(store.folder).query("SELECT value FROM figures")["value"].tolist() == [3_300]
    store.decide(third.figure_id, WITHDRAW, "Olha", "the mayor took it back")
    assert told(store)[-1] == ("withdrawn", 3_300, None)
    assert Reader(store.folder).count() == 0

    table = corrections.table(corrections.log(Reader(store.folder)), language.words("en"))
    assert table["Why"].tolist() == [
        "the mayor took it back", "evening count", "a slip of the article"
    ]  # fmt: skip
    assert table["Also changed"].tolist() == ["", "", "Bound: exactly → about"]
    ukrainian = corrections.table(corrections.log(Reader(store.folder)), language.words("uk"))
    assert ukrainian["Також змінено"].tolist()[-1] == "Межа: точно → приблизно"
    assert table["Is"].tolist() == ["", "3,300", "6,000"]


def test_what_was_never_public_is_no_correction(store):
    machine, rejected = made.figure(value=5), made.figure(value=7)
    bring(store, "a", machine, rejected)
    store.correct(machine.figure_id, replace(machine, value=6), "Olha", "misread", {})
    store.decide(rejected.figure_id, REJECT, "Olha", "no impact")
    assert told(store) == []


def test_a_figure_of_a_trusted_table_was_public_from_the_start(store):
    figure = made.figure(value=5)
    bring(store, "a", figure, accepted_by="table")
    store.decide(figure.figure_id, WITHDRAW, "Olha", "the page was taken down")
    assert told(store) == [("withdrawn", 5, None)]


def test_a_decision_taken_back_is_told(store):
    figure = made.figure(value=5)
    bring(store, "a", figure)
    store.decide(figure.figure_id, ACCEPT, "Olha", "checked")
    store.decide(figure.figure_id, REOPEN, "Olha", "to be asked again")
    assert told(store) == [("reopened", 5, None)]
    assert Reader(store.folder).count() == 0


def test_a_dispute_is_told_and_keeps_the_figure_from_leading_until_it_ends(store):
    low, high = made.figure(value=5), made.figure(value=7, attributed_to="Klitschko (mayor)")
    bring(store, "a", low, high, accepted_by="table")
    store.decide(high.figure_id, DISPUTE, "Olha", "the operator denies it")
    assert told(store) == [("disputed", 7, None)]
    reader = Reader(store.folder)
    rows = reader.query("FROM figures ORDER BY rank_responsible")
    assert rows["value"].tolist() == [5, 7] and rows["doubted"].tolist() == [False, True]
    assert rows["verification"].tolist() == ["reported", "disputed"]
    (doubt,) = reader.query("FROM doubts").to_dict("records")
    sentence = plausibility.sentence(
        doubt["rule"], json.loads(doubt["detail"]), language.words("en")
    )
    assert sentence == "Disputed by Olha: “the operator denies it”."
    store.decide(high.figure_id, SETTLE, "Olha", "the operator agrees now")
    assert told(store)[-1] == ("settled", 7, None)
    rows = Reader(store.folder).query("FROM figures ORDER BY rank_responsible")
    assert rows["value"].tolist() == [7, 5] and set(rows["verification"]) == {"reported"}


def test_an_answer_that_is_taken_back_puts_the_figure_in_doubt_again(store):
    figure = made.figure(value=5, dubious=True)
    bring(store, "a", figure)
    store.accept(figure.figure_id, "Olha", "read", answers={"marked_dubious": "seen by us"})
    snapshot.publish(store)
    reader = Reader(store.folder)
    assert not reader.query("FROM figures")["doubted"][0]
    (doubt,) = reader.query("FROM doubts").to_dict("records")
    assert (doubt["answered_by"], doubt["answer"]) == ("Olha", "seen by us")
    detail = {"rule": "marked_dubious", "taken_back": True}
    store.decide(figure.figure_id, ANSWER, "Olha", "taken back", detail)
    snapshot.publish(store)
    assert reader.query("FROM figures")["doubted"][0]


def test_an_empty_store_has_an_empty_log(tmp_path):
    assert corrections.log(Reader(tmp_path)).empty
