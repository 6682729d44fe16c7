"""Review: the riskiest first, what others said beside it, nothing without its number."""

import pytest

from impact.model import language
from impact.model.figure import InvalidFigure
from impact.queries import review_order
from impact.store import inbox, snapshot
from impact.store.inbox import Part
from impact.store.reader import Reader
from tests.made import KHARKIV, KYIV, MAYOR, MINISTER, figure, frame, offer, toll

POWER = {"indicator": "power_outage", "unit": "customers", "place": KHARKIV}


def said(value: float, quote: str, start: int = 0, **changes):
    """A figure with its quote."""
    given = {"quote": quote, "start": start, "end": start + len(quote)}
    return figure(value=value, **(given | changes))


def questions(ledger, *figures, reading=None):
    """The figures of a report as a reviewer gets them."""
    upload, _ = inbox.receive(ledger, b"report", "report.txt", "Olena")
    part = Part(name="report.txt", text="", figures=figures)
    inbox.record(ledger, upload, [part])
    proposed = inbox.proposed(ledger, inbox.document_id(upload, part))
    return review_order.questions(Reader(ledger.folder), proposed, reading or {})


def test_no_figures_are_no_questions(ledger):
    assert review_order.questions(Reader(ledger.folder), frame([])) == []


def test_the_gravest_comes_first_then_the_order_of_the_text(ledger):
    offer(
        ledger,
        figure(value=12_000.0, indicator="apartment_blocks", status="", date="2026"),
        figure(value=500.0, attributed_to=MAYOR),
        figure(value=10_000.0, **POWER, date="2026-01-22", published="2026-01-22"),
    )
    snapshot.publish(ledger)
    found = questions(
        ledger,
        said(40.0, "40 buildings", 10, place=KHARKIV),
        said(30.0, "30 buildings", 0, place=KHARKIV, date="2026-01-20"),
        said(90_000.0, "90,000 customers", 20, **POWER),
        said(700.0, "700 buildings", 30),
        said(320_000.0, "320,000 buildings", 40, date="2026-01-25"),
        said(5.0, "5 killed", 50, indicator="killed", unit="people", status="", place=KHARKIV),
        said(7.0, "6 000 buildings", 60, place=KHARKIV),
    )
    assert [each.row["value"] for each in found] == [7, 5, 320_000, 700, 90_000, 30, 40]
    assert [each.risk for each in found] == [
        review_order.UNSUPPORTED, review_order.DEATHS, review_order.DOUBTED,
        review_order.RIVALLED, review_order.CHANGED,
        review_order.PLAIN, review_order.PLAIN,
    ]  # fmt: skip
    assert [each.unquestioned for each in found] == [False] * 5 + [True] * 2
    # The others need the reading of the whole report: tests/impact/test_traps.py and below.
    of_reading = {review_order.GUESSED, review_order.TWICE, review_order.UNSAID}
    of_reading |= {review_order.CARRIED}
    told = {each.risk for each in found} | of_reading
    assert told == set(review_order.REASONS)


def test_a_guess_comes_before_deaths_and_is_never_accepted_together_with_others(ledger):
    plain = said(30.0, "30 buildings", 0, place=KHARKIV)
    toll_ = said(5.0, "5 killed", 20, indicator="killed", unit="people", status="", place=KHARKIV)
    guess = said(40.0, "40 buildings", 40, place=KHARKIV, date="2026-01-20")
    reading = {"guesses": {guess.figure_id: ["unit: buildings"]}, "trails": {}, "text": ""}
    found = questions(ledger, plain, toll_, guess, reading=reading)
    assert [each.row["value"] for each in found] == [40, 5, 30]
    assert [each.unquestioned for each in found] == [False, False, True]
    assert found[0].risk == review_order.GUESSED and found[0].guess == ("unit: buildings",)


def test_equals_are_listed_by_place_and_there_by_kind(ledger):
    odesa = {"place": "UA51"}
    found = questions(
        ledger,
        said(10.0, "10 buildings", 0, place=KHARKIV),
        said(20.0, "20 buildings", 20, **odesa),
        said(90_000.0, "90,000 customers", 40, **POWER | {"place": KHARKIV}),
        said(30.0, "30 buildings", 60, place=KHARKIV, date="2026-01-20"),
    )
    assert {each.risk for each in found} == {review_order.PLAIN}
    assert [each.row["value"] for each in found] == [10, 30, 90_000, 20]


def test_a_place_that_was_carried_far_is_never_accepted_together_with_others(ledger):
    near = said(30.0, "30 buildings", 0, place=KHARKIV)
    far = said(40.0, "40 buildings", 40, place=KHARKIV, date="2026-01-20")
    found = questions(ledger, near, far, reading={"carried": [far.figure_id]})
    assert [each.row["value"] for each in found] == [40, 30]
    assert found[0].risk == review_order.CARRIED and not found[0].unquestioned


def test_what_others_said_and_said_before_is_found(ledger):
    offer(
        ledger,
        figure(value=500.0, attributed_to=MAYOR),
        figure(value=600.0, attributed_to=MINISTER),
        figure(value=450.0, date="2026-01-23", published="2026-01-23"),
        figure(value=1.0, date="2026-01-10", published="2026-01-10"),
        figure(value=2.0, status="without"),
        figure(value=3.0, place=KHARKIV),
    )
    snapshot.publish(ledger)
    (found,) = questions(ledger, said(550.0, "550 buildings"))
    assert sorted(each["value"] for each in found.rivals) == [500, 600]
    assert [each["value"] for each in found.before] == [450]
    assert {each["outlet"] for each in found.rivals} == {"UNN"}


def test_an_earlier_toll_of_the_event_is_a_rival(ledger):
    offer(ledger, toll(3.0))
    snapshot.publish(ledger)
    (found,) = questions(ledger, toll(5.0, published="2026-01-26", quote="5 killed"))
    assert [each["value"] for each in found.rivals] == [3]


def test_a_figure_is_no_rival_of_itself_once_it_is_published(ledger):
    mine = said(550.0, "550 buildings")
    questions(ledger, mine)
    ledger.decide(mine.figure_id, "accept", "Olena", "read")
    snapshot.publish(ledger)
    (found,) = questions(ledger, mine)
    assert (found.risk, found.rivals, found.before) == (review_order.PLAIN, (), ())


def test_a_doubt_names_its_rule_and_facts(ledger):
    offer(ledger, figure(value=12_000.0, indicator="apartment_blocks", status="", date="2026"))
    snapshot.publish(ledger)
    (found,) = questions(ledger, said(320_000.0, "320,000 buildings"))
    (doubt,) = found.doubts
    assert doubt.rule == "more_buildings_than_blocks"
    assert doubt.facts["limit"] == 12_000


def test_a_dispute_of_a_published_figure_speaks_against_it(ledger):
    mine = said(550.0, "550 buildings")
    questions(ledger, mine)
    ledger.decide(mine.figure_id, "accept", "Olena", "read")
    ledger.decide(mine.figure_id, "dispute", "Taras", "the mayor denies it")
    snapshot.publish(ledger)
    (found,) = questions(ledger, mine)
    assert [doubt.rule for doubt in found.doubts] == ["disputed"]
    assert found.risk == review_order.DOUBTED and not found.unquestioned


@pytest.mark.parametrize(
    ("quote", "value", "high", "holds"),
    [
        ("6,000 buildings", 6000, None, True),
        ("6,000 buildings", 6, None, False),
        ("about 6 thousand", 6000, None, True),
        ("8–10 people", 8, 10, True),
        ("8–10 people", 8, 12, False),
        ("постраждало 94 особи", 7, None, False),
        ("троє загинули", 3, None, True),
        ("", 1, None, False),
    ],
)
def test_a_figure_stands_by_the_number_in_its_quote(quote, value, high, holds):
    row = {"quote": quote, "value": value, "value_high": high, "bound": "exact"}
    assert review_order.supported(row) is holds


@pytest.mark.parametrize(
    ("passage", "near", "found"),
    [
        ("5 killed", 0, (0, 8)),
        ("5 killed", 30, (20, 28)),
        (" 5\u00a0 killed\n", 0, (0, 8)),
        ("(a+b)", 0, (13, 18)),
        ("6 killed", 0, None),
        ("  ", 0, None),
    ],
)
def test_a_copied_passage_is_found_whatever_its_white_space(passage, near, found):
    assert (
        review_order.locate("5 killed and (a+b). \n5 killed"[:19] + " 5 killed", passage, near)
        == found
    )


def test_a_position_is_that_of_the_page_before():
    marks = [[0, "page 1"], [100, "page 2"]]
    found = [review_order.position_at(marks, at) for at in (0, 99, 100)]
    assert found == ["page 1", "page 1", "page 2"]
    assert review_order.position_at([], 5) == ""


@pytest.mark.parametrize("lang", language.languages())
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("value", {"value": -1.0}),
        ("value_high", {"value_high": 1.0}),
        ("unit", {"unit": "missiles"}),
        ("status", {"indicator": "killed", "unit": "people"}),
        ("place", {"place": None}),
        ("date", {"date": "24.01.2026"}),
        ("as_of", {"as_of": "evening"}),
        ("people", {"people": ""}),
        ("cause", {"cause": "bad luck"}),
    ],
)
def test_a_fault_is_a_sentence_that_names_the_field(field, changes, lang):
    with pytest.raises(InvalidFigure) as caught:
        figure(place=KYIV) if not changes else figure(**changes)
    assert caught.value.field == field
    sentence = review_order.fault(caught.value, language.words(lang))
    assert sentence.endswith(".") and sentence[0].isupper()
