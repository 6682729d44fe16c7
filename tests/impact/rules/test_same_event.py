"""Tolls told again on another day: asked about, not added, moved or let count by a person."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.reports.intake import read_upload
from etl.reports.reader import read
from impact import brief, queries
from impact.brief import content, sentences
from impact.model import language
from impact.model.figure import Figure
from impact.model.indicators import TOLLS
from impact.model.places import PLACES
from impact.queries import review_order, summary
from impact.rules.plausibility import SAME_EVENT, sentence
from impact.store import days_told, inbox, snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from impact.wording import captions
from tests.combining import examples
from tests.made import GOVERNOR, KHARKIV, KHARKIV_OBLAST, KYIV, built, once, toll

pytestmark = pytest.mark.slow

REPORTS = Path(__file__).parents[2] / "reports" / "restated.jsonl"
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def on(day: int, value: float = 5.0, printed: int | None = None, **changes) -> Figure:
    """A toll of a day in January, printed on that day unless it says otherwise."""
    stated, published_on = f"2026-01-{day:02d}", f"2026-01-{printed or day:02d}"
    return toll(value, **({"date": stated, "published": published_on} | changes))


def asked(*figures: Figure, told=()) -> list[Figure]:
    """Those of the figures that are asked about."""
    doubts = built(*figures, told=told)["doubts"]
    ids = set(doubts.loc[doubts["rule"] == SAME_EVENT, "figure_id"])
    return [each for each in figures if each.figure_id in ids]


# Which are asked about


ASKED = {
    "the same value a day later": [on(25), on(24)],
    "a value that grew": [on(25, 7.0), on(24, 5.0)],
    "the first of two that it grew from": [on(25, 5.0), on(24, 5.0), on(24, 9.0, publisher="LIGA")],
    "between two that were said": [on(25, 7.0), on(24, 5.0), on(24, 9.0, publisher="LIGA")],
    "injured": [on(25, indicator="injured"), on(24, indicator="injured")],
    "children": [on(25, 1.0, people="children"), on(24, 1.0, people="children")],
    "another cause of the class": [on(25, cause=""), on(24)],
    "another who speaks": [on(25, attributed_to=GOVERNOR), on(24)],
    "one page printed again": [on(25, url="https://a"), on(24, url="https://a")],
    "over the turn of the month": [toll(date="2026-02-01", published="2026-02-01"), on(31)],
    "beside a smaller event of its own day": [on(25, 30.0), on(25, 2.0, printed=26), on(24, 20.0)],
    "one speaker's number of the day before": [on(23, attributed_to=GOVERNOR),
                                               on(24, printed=25, attributed_to=GOVERNOR)],
    "only recalled": [on(25, recalled=True), on(24)],
}  # fmt: skip
LEFT = {
    "two days later": [on(26), on(24)],
    "fewer": [on(25, 4.0), on(24, 5.0)],
    "more than it can have grown to": [on(25, 16.0), on(24, 5.0)],
    "another place": [on(25, place=KYIV), on(24)],
    "the area around it": [on(25, place=KHARKIV_OBLAST), on(24)],
    "another count": [on(25), on(24, indicator="injured")],
    "other people": [on(25, people="women"), on(24)],
    "a part": [on(25, part="one district"), on(24)],
    "another cause": [on(25, cause="other"), on(24)],
    "a total": [on(25, period="cumulative"), on(24)],
    "nobody": [on(25, 0.0), on(24, 0.0)],
    "printed after its day": [on(25, 6.0, printed=26), on(24)],
    "what others date so, too": [on(25, 6.0), on(25, 6.0, printed=26), on(24)],
    "an event that grew from less": [on(25, 9.0), on(25, 4.0, publisher="LIGA"), on(24, 5.0)],
    "one page that tells two days apart": [on(25, url="https://a"), on(24, printed=25,
                                                                      url="https://a")],
    "another speaker's number of the day before": [on(23, attributed_to=GOVERNOR),
                                                   on(24, printed=25)],
    "a smaller toll of the night before": [on(23, 4.0), on(24, 5.0, printed=25)],
    "no toll": [on(25, indicator="rescued"), on(24, indicator="rescued")],
    "marked as doubtful": [on(25), on(24, dubious=True)],
}  # fmt: skip


@pytest.mark.parametrize("figures", ASKED.values(), ids=ASKED)
def test_a_toll_that_may_be_told_again_is_asked_about_and_counts_nowhere(figures):
    assert asked(*figures) == figures[:1]
    leads = built(*figures)["figures"].set_index("figure_id")
    assert leads.loc[figures[0].figure_id, "doubted"]


@pytest.mark.parametrize("figures", LEFT.values(), ids=LEFT)
def test_what_is_surely_another_event_is_not(figures):
    assert asked(*figures) == []


def test_a_day_told_by_a_date_is_not_asked_about():
    later = on(25)
    assert asked(later, on(24)) == [later]
    assert asked(later, on(24), told=[later.figure_id]) == []


TOLD = st.lists(
    st.builds(
        on,
        st.integers(20, 25),
        st.sampled_from([1.0, 2.0, 3.0, 5.0, 9.0]),
        printed=st.sampled_from([None, 26]),
        publisher=st.sampled_from(["UNN", "LIGA"]),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda each: each.figure_id,
)


@examples(5)
@given(TOLD, st.randoms(use_true_random=False))
def test_the_order_in_which_tolls_came_changes_no_question(figures, random):
    doubts = built(*figures)["doubts"].sort_values("figure_id", ignore_index=True)
    random.shuffle(figures)
    again = built(*figures)["doubts"].sort_values("figure_id", ignore_index=True)
    assert again.equals(doubts)


@examples(6)
@given(TOLD)
def test_no_event_is_lost_by_asking(figures):
    frame, doubts = built(*figures).values()
    open_ = dict(zip(doubts["figure_id"], doubts["detail"], strict=True))
    # Of two days that may be one at least one goes on counting.
    assert len(open_) < len(figures)
    days = frame.set_index("figure_id")["date"]
    for figure_id, detail in open_.items():
        assert days[figure_id] != json.loads(detail)["date"]


@pytest.mark.parametrize("lang", language.languages())
def test_the_question_names_the_other_its_day_value_and_speaker(lang):
    doubts = built(on(25), on(24, attributed_to=GOVERNOR, printed=25, publisher="LIGA"))["doubts"]
    words = language.words(lang)
    said = sentence(SAME_EVENT, json.loads(doubts["detail"].item()), words)
    assert words.stated("2026-01-24") in said and "5" in said
    for name in {"en": ("Syniehubov", "Liga.net"), "uk": ("Синєгубов", "Ліга.net")}[lang]:
        assert name in said


# What the shipped tables and the reports of the tests give


def test_of_the_shipped_tolls_few_are_asked_about(shipped):
    # "2 injured" in Kharkiv beside "2, then 4" of the day before, on a page of 27 January that
    # tells no day; "1 killed over the past day", in a list of 25 January, beside that of the 24th.
    # 2 killed and 3 injured in Bohodukhiv on a page of 9 February beside the governor's of the 8th.
    # The others were printed on the day of the strike, on the day after a strike on the same city.
    asked_of_old = {"e0215", "e0353", "e0424", "e0426"}
    asked_about = shipped.query(
        """SELECT position FROM doubts JOIN figures USING (figure_id)
           WHERE rule = $1 ORDER BY position""",
        [SAME_EVENT],
    )
    asked = set(asked_about["position"])
    assert asked_of_old <= asked and len(asked) == 11


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In Kharkiv 5 people were killed on 25 January, the governor said.", True),
        ("On the night of January 25 in Kharkiv 5 people were killed.", True),
        ("25 січня у Харкові загинули 5 людей.", True),
        ("In Kharkiv 5 people were killed overnight.", False),
        ("In Kharkiv 5 people were killed over the past day.", False),
        ("In Kharkiv 5 people were killed, the governor said.", False),
        ("За минулу добу у Харкові загинули 5 людей.", False),
    ],
)
def test_a_day_is_told_by_a_date_and_not_by_a_word(text, told):
    (found,) = read(text, "2026-01-25").figures
    reading = {"text": text, "trails": {found.figure.figure_id: dict(found.trail)}}
    assert bool(days_told.of_reading(reading)) is told


@once
def accepted(ledger: Ledger, shipped_store: Path) -> tuple[str, dict[str, Figure]]:
    """Brings the article of 25 January on the attack of the 24th into a store of the shipped
    tables, accepts all of it, and gives the document and its tolls of Kyiv by indicator."""
    shutil.copytree(shipped_store, ledger.folder, dirs_exist_ok=True)
    lines = REPORTS.read_text(encoding="utf-8").splitlines()
    text = next(each["text"] for each in map(json.loads, lines) if each["n"] == "h032")
    upload, _ = inbox.receive(ledger, text.encode(), "article.txt", "Olena", published="2026-01-25")
    (part,) = read_upload(ledger, upload)
    for each in part.figures:
        ledger.accept(each.figure_id, "Olena", "read")
    snapshot.publish(ledger)
    kyiv = {each.indicator: each for each in part.figures
            if each.indicator in TOLLS and each.place == KYIV}  # fmt: skip
    assert {name: (each.value, each.date) for name, each in kyiv.items()} == {
        "killed": (1, "2026-01-25"), "injured": (4, "2026-01-25")
    }  # fmt: skip
    return inbox.document_id(upload, part), kyiv


@pytest.fixture
def article(shipped_store, ledger):
    """The ledger, the document and its tolls of Kyiv."""
    return ledger, *accepted(ledger, shipped_store)


def days(ledger: Ledger, indicator: str, place: str = KYIV) -> dict[str, float]:
    """Totals of a place from 23 to 26 January."""
    reader = Reader(ledger.folder)
    found = queries.daily_totals(
        reader, indicator, PLACES[place], date(2026, 1, 23), date(2026, 1, 26)
    )
    return dict(zip(found["date"], found["value"], strict=True))


def test_the_deaths_of_one_night_are_not_added_twice(article):
    ledger, document, kyiv = article
    assert days(ledger, "killed") == {"2026-01-24": 1}
    assert days(ledger, "injured") == {"2026-01-24": 4}
    assert "2026-01-25" not in days(ledger, "injured", KHARKIV)
    reader = Reader(ledger.folder)
    found = review_order.questions(
        reader, inbox.proposed(ledger, document), inbox.reading(ledger, document)
    )
    rules = {each.row["figure_id"]: [doubt.rule for doubt in each.doubts] for each in found}
    assert all(rules[each.figure_id] == [SAME_EVENT] for each in kyiv.values())
    held = queries.not_added(reader, PLACES[KYIV], *JANUARY)
    assert held["figure_id"].tolist() == [kyiv[name].figure_id for name in TOLLS if name in kyiv]
    assert queries.claims_not_added(reader, PLACES[KYIV], *JANUARY) == sorted(held["claim"])


@pytest.mark.parametrize("lang", language.languages())
def test_of_many_that_are_not_added_few_are_read_and_all_are_counted(article, lang):
    reader, words = Reader(article[0].folder), language.words(lang)
    held = queries.not_added(reader, PLACES["UA"], *JANUARY)
    some = queries.not_added(reader, PLACES["UA"], *JANUARY, most=1)
    assert len(held) > 2 and some["figure_id"].tolist() == held["figure_id"].tolist()[:1]
    told = captions.not_added(some, PLACES["UA"], words, 1)
    assert told == captions.not_added(held, PLACES["UA"], words, 1)
    assert words.plural("and {count} more", "and {count} more", len(held) - 1) in told


@pytest.mark.parametrize("lang", language.languages())
def test_what_is_not_added_is_said_beside_the_total(article, lang):
    reader, words = Reader(article[0].folder), language.words(lang)
    card = summary.card(reader, "killed", PLACES[KYIV], JANUARY)
    told = captions.not_added(card.held, PLACES[KYIV], words)
    assert words.short_day(card.held["day"].iat[0]) in told and words.plural(
        "{count} person", "{count} people", 1
    ) in told  # fmt: skip
    week = brief.content.gather(
        reader, PLACES[KYIV], content.period(date(2026, 1, 24), "week"), lang
    )
    killed = next(each for each in week.headlines if each.card.indicator == "killed")
    lines = sentences.figure(killed, week, sentences.Sources(words)).lines
    assert told in [line.text for line in lines]


def test_another_event_counts_until_the_answer_is_taken_back(article):
    ledger, _, kyiv = article
    killed = kyiv["killed"].figure_id
    ledger.decide(killed, "answer", "Olena", "another event", {"rule": SAME_EVENT})
    snapshot.publish(ledger)
    assert days(ledger, "killed") == {"2026-01-24": 1, "2026-01-25": 1}
    back = {"rule": SAME_EVENT, "taken_back": True}
    ledger.decide(killed, "answer", "Olena", "taken back", back)
    snapshot.publish(ledger)
    assert days(ledger, "killed") == {"2026-01-24": 1}


def test_the_same_event_moves_the_day_and_both_are_kept(article):
    ledger, document, kyiv = article
    old = kyiv["killed"]
    moved = Figure.of_row(
        inbox.proposed(ledger, document).set_index("figure_id").loc[old.figure_id].to_dict()
        | {"date": "2026-01-24"}
    )
    changed = {"date": ["2026-01-25", "2026-01-24"]}
    ledger.correct(old.figure_id, moved, "Olena", "the same event", changed, rule=SAME_EVENT)
    snapshot.publish(ledger)
    reader = Reader(ledger.folder)
    assert days(ledger, "killed") == {"2026-01-24": 1}
    held = queries.not_added(reader, PLACES[KYIV], *JANUARY)
    assert held["indicator"].tolist() == ["injured"]
    beside = queries.tolls(reader, "killed", KYIV, date(2026, 1, 24))["figure_id"]
    assert moved.figure_id in set(beside)
    (row,) = reader.query("FROM corrections").to_dict("records")
    assert (row["what"], row["date"], row["new_id"]) == (
        "corrected", "2026-01-25", moved.figure_id
    )  # fmt: skip
    assert json.loads(row["detail"])["changed"] == changed
    assert {old.figure_id, moved.figure_id} <= set(inbox.proposed(ledger, document)["figure_id"])


def test_a_toll_moved_before_it_was_public_stands_among_the_corrections(ledger):
    text = b"In Kharkiv 5 people were killed, the governor said."
    upload, _ = inbox.receive(ledger, text, "a.txt", "Olena", published="2026-01-25")
    (part,) = read_upload(ledger, upload)
    (found,) = part.figures
    row = inbox.proposed(ledger, inbox.document_id(upload, part)).iloc[0].to_dict()
    moved = Figure.of_row(row | {"date": "2026-01-24"})
    changed = {"date": [found.date, moved.date]}
    ledger.correct(found.figure_id, moved, "Olena", "same", changed, rule=SAME_EVENT)
    assert ledger.state().corrections["new_id"].tolist() == [moved.figure_id]


def test_a_correction_of_the_value_leaves_a_told_day_told(publish, ledger):
    publish(on(24))
    text = b"In Kharkiv 5 people were killed on 25 January, the governor said."
    upload, _ = inbox.receive(ledger, text, "a.txt", "Olena", published="2026-01-25")
    (part,) = read_upload(ledger, upload)
    (found,) = part.figures
    row = inbox.proposed(ledger, inbox.document_id(upload, part)).iloc[0].to_dict()
    grown = Figure.of_row(row | {"value": 6.0})
    ledger.correct(found.figure_id, grown, "Olena", "six", {"value": [5.0, 6.0]})
    snapshot.publish(ledger)
    assert days(ledger, "killed", KHARKIV) == {"2026-01-24": 5, "2026-01-25": 6}
