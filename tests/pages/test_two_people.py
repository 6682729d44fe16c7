"""Two persons review one report: what either does acts on what they had on screen, or on nothing.

The first sits before a page (`test`), the second writes to the ledger as another window does.
"""

import re

import pytest
from playwright.sync_api import expect

from etl.reports.intake import read_upload
from impact.model.figure import Figure, as_record
from impact.store import decisions, inbox, snapshot
from impact.store.ledger import ACCEPT, ANSWER, DISPUTE, PROPOSE, REJECT, REOPEN, WITHDRAW, Ledger
from tests import combining
from tests.made import ARTICLE, offer
from tests.made import figure as figure_of
from tests.pages import reading
from tests.pages.driving import PATIENCE_MS, settle, visit
from tests.pages.reviewing import (
    button,
    html,
    labelled,
    open_review,
    press,
    press_late,
)
from tests.pages.sending import key

NOTHING = "Nothing was decided about this figure"
REPORT = (
    "Situation report, 20 November 2025\n\n"
    "In Kharkiv 5 people were killed on 20 November 2025, said the governor.\n\n"
    "In Dnipro 7 people were injured on 20 November 2025, said the mayor.\n\n"
    "In Odesa 9 people were injured on 20 November 2025, said the mayor.\n\n"
    "In Sumy 11 people were injured on 20 November 2025, said the mayor.\n"
)
DOUBTED = (
    "Situation report, 24 January 2026\n\nIn Kyiv 3,900,000 people were left without heating on "
    "24 January 2026, said Mayor Vitali Klitschko.\n\n"
    "In Odesa 9 people were injured on 24 January 2026, said the mayor.\n"
)


@pytest.fixture
def review(store):
    """Olena before the first figure of a report; returns her page and the report's document."""

    def open_(text: str = REPORT):
        test, document = open_review(store, text.encode(), "report.txt")
        test.text_input(key="reviewer").set_value("Olena").run()
        return test, document

    return open_


def figure(document: str, value: float) -> str:
    rows = inbox.proposed(Ledger(), document)
    return rows.loc[rows["value"] == value, "figure_id"].iloc[0]


def decided(document: str) -> dict[float, tuple[str, str]]:
    rows = inbox.proposed(Ledger(), document)
    return {
        row["value"]: (row["verdict"], row["decided_by"])
        for row in rows.to_dict("records") if row["verdict"]
    }  # fmt: skip


def shown(test) -> str:
    """The figure on the card."""
    return re.search(r'<div class="report-lines figure"><p>(.*?)</p>', html(test))[1]


def told(test) -> str:
    assert not test.exception
    return " ".join(each.value for each in test.error)


def as_taras(document: str, value: float, kind: str = ACCEPT) -> str:
    """What Taras does in another window."""
    figure_id = figure(document, value)
    if kind in (ACCEPT, PROPOSE):
        Ledger().accept(figure_id, "Taras", "read", second=kind == PROPOSE)
    else:
        detail = {"rule": "leap"} if kind == ANSWER else {}
        Ledger().decide(figure_id, kind, "Taras", "because", detail)
    return figure_id


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (ACCEPT, "Taras has accepted it meanwhile"),
        (PROPOSE, "Taras has accepted it meanwhile, as the first of two persons"),
        (REJECT, "Taras has rejected it meanwhile"),
    ],
)
def test_a_key_decides_nothing_once_somebody_was_quicker_and_says_who(review, kind, words):
    test, document = review()
    assert shown(test).startswith("5 people · killed")
    keys = {name: button(test, name) for name in ("accept", "reject", "correct")}
    as_taras(document, 5.0, kind)
    for name, seen in keys.items():
        press_late(test, seen)
        assert told(test) == f"{NOTHING}: {words}. It is shown as it is now.", name
        assert shown(test).startswith("5 people · killed"), name
        assert "Taras" in html(test), name
        assert decided(document) == {5.0: (kind, "Taras")}, name
        assert not any(each.label.startswith("Why is it") for each in test.text_input), name


def test_a_key_that_comes_late_accepts_the_figure_that_was_on_screen(review):
    test, document = review()
    late = button(test, "accept")
    press(test, f"look-{figure(document, 7.0)}")
    press_late(test, late)
    assert decided(document) == {5.0: (ACCEPT, "Olena")}


def test_a_key_that_comes_late_opens_the_form_of_the_figure_that_was_on_screen(review):
    test, document = review()
    late = button(test, "reject")
    press(test, f"look-{figure(document, 7.0)}")
    press_late(test, late)
    assert decided(document) == {} and shown(test).startswith("5 people · killed")
    assert any(each.label == "Why is it rejected?" for each in test.text_input)


def test_a_key_that_comes_late_for_a_figure_decided_meanwhile_does_nothing(review):
    test, document = review()
    keys = {name: button(test, name) for name in ("accept", "reject", "correct")}
    as_taras(document, 5.0)
    for name, late in keys.items():
        press(test, f"look-{figure(document, 7.0)}")
        press_late(test, late)
        assert decided(document) == {5.0: (ACCEPT, "Taras")}, name
        assert "Taras has accepted it meanwhile" in told(test), name
        assert not any(each.label.startswith("Why is it") for each in test.text_input), name


def test_a_key_that_is_pressed_twice_decides_once_and_accuses_nobody(review):
    test, document = review()
    twice = button(test, "accept")
    twice.click().run()
    press_late(test, twice)
    assert told(test) == "" and decided(document) == {5.0: (ACCEPT, "Olena")}


def test_the_figure_looked_at_stays_when_another_person_has_decided_it(review):
    test, document = review()
    as_taras(document, 5.0)
    test.run()
    assert shown(test).startswith("5 people · killed")
    assert "Decision: accepted, Taras" in html(test)


def test_a_figure_that_somebody_corrected_gives_way_to_its_correction(review):
    test, document = review()
    (row,) = inbox.proposed(Ledger(), document).query("value == 5").to_dict("records")

    right = Figure(**as_record(row) | {"place": "UA80"})
    Ledger().correct(row["figure_id"], right, "Taras", "it was Kyiv", {"place": ["", "UA80"]})
    press(test, "reject")
    assert "Taras has corrected it meanwhile" in told(test)
    assert shown(test).startswith("5 people · killed") and "Kyiv, " in html(test)
    assert decided(document)[5.0] in ((ACCEPT, "Taras"), (REJECT, "Taras"))


def test_a_reason_that_was_typed_while_another_decided_rejects_nothing(review):
    test, document = review()
    press(test, "reject")
    as_taras(document, 5.0)
    next(e for e in test.text_input if e.label == "Why is it rejected?").set_value("no")
    labelled(test, "Reject with this reason").click().run()
    assert "Taras has accepted it meanwhile" in told(test)
    assert decided(document) == {5.0: (ACCEPT, "Taras")}
    press(test, "next")
    assert told(test) == ""


def test_a_correction_that_was_filled_in_while_another_decided_is_not_saved(review):
    test, document = review()
    press(test, "correct")
    as_taras(document, 5.0, REJECT)
    for each in test.text_input:
        if (each.key or "").startswith("correct-") and each.key.endswith("-reason"):
            each.set_value("a slip")
    for each in test.number_input:
        if (each.key or "").startswith("correct-") and each.key.endswith("-value"):
            each.set_value(6.0)
    labelled(test, "Save the correction").click().run()
    assert "Taras has rejected it meanwhile" in told(test)
    assert decided(document) == {5.0: (REJECT, "Taras")}


def test_an_answer_to_a_doubt_is_kept_only_while_the_figure_stands_as_seen(review):
    test, document = review(DOUBTED)
    press(test, f"look-{figure(document, 3_900_000)}")
    press(test, "accept")
    as_taras(document, 3_900_000, REJECT)
    label = "Why is it sound in spite of the doubt?"
    next(e for e in test.text_input if e.label == label).set_value("the mayor said so")
    labelled(test, "Accept with this answer").click().run()
    assert "Taras has rejected it meanwhile" in told(test)
    figure_id = figure(document, 3_900_000)
    assert decisions.answers(Ledger(), [figure_id]) == {}
    assert decided(document) == {3_900_000: (REJECT, "Taras")}


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    combining.thinned(
        [
            ("dispute", WITHDRAW, "Taras has withdrawn it meanwhile"),
            ("reject", DISPUTE, "Taras has disputed it meanwhile"),
            ("reopen", REJECT, "Taras has rejected it meanwhile"),
            ("reopen", REOPEN, "Taras has taken the decision about it back meanwhile"),
        ],
        3,
    ),
)
def test_what_was_accepted_is_contested_only_as_it_was_seen(review, name, kind, words):
    test, document = review()
    press(test, "accept")
    press(test, f"look-{figure(document, 5.0)}")
    as_taras(document, 5.0, kind)
    count = len(Ledger().table("decisions"))
    press(test, name)
    assert words in told(test)
    assert len(Ledger().table("decisions")) == count


def test_undo_leaves_what_another_person_has_decided_since_and_reaches_the_step_before(review):
    test, document = review()
    press(test, "accept")
    press(test, f"look-{figure(document, 7.0)}")
    press(test, "accept")
    as_taras(document, 7.0, WITHDRAW)
    press(test, "undo")
    assert "Taras has withdrawn it meanwhile" in told(test)
    assert shown(test).startswith("7 people · injured")
    assert decided(document) == {5.0: (ACCEPT, "Olena"), 7.0: (WITHDRAW, "Taras")}
    press(test, "undo")
    assert told(test) == "" and decided(document) == {7.0: (WITHDRAW, "Taras")}


def test_two_steps_about_one_figure_are_undone_one_after_the_other(review):
    test, document = review()
    press(test, "accept")
    press(test, f"look-{figure(document, 5.0)}")
    press(test, "reopen")
    assert decided(document) == {}
    press(test, "undo")
    assert decided(document) == {5.0: (ACCEPT, "Olena")}
    press(test, "undo")
    assert decided(document) == {} and told(test) == ""


def test_accepting_many_leaves_those_that_others_have_decided_and_names_them(review):
    test, document = review()
    press(test, "all")
    as_taras(document, 9.0, REJECT)
    press(test, "all-yes")
    assert told(test).startswith("Nothing was decided about 9 people")
    assert "Odesa" in told(test) and "(Taras has rejected it meanwhile)" in told(test)
    ours = (ACCEPT, "Olena")
    assert decided(document) == {7.0: ours, 11.0: ours, 9.0: (REJECT, "Taras")}
    as_taras(document, 11.0, WITHDRAW)
    press(test, "undo")
    assert shown(test).startswith("11 people")
    assert "about this figure: Taras has withdrawn it meanwhile" in told(test)
    assert decided(document) == {9.0: (REJECT, "Taras"), 11.0: (WITHDRAW, "Taras")}


def test_the_list_to_accept_is_the_one_that_was_shown(review):
    test, document = review()
    as_taras(document, 9.0, REJECT)
    test.run()
    press(test, "all")
    late = button(test, "all-yes")
    Ledger().decide(figure(document, 9.0), REOPEN, "Taras", "taken back")
    test.run()
    press_late(test, late)
    assert 9.0 not in decided(document)


@pytest.fixture
def contested(store):
    """The form beside a statement on the Conflicts page, filled in by Olena."""
    ledger = Ledger(store)
    offer(ledger, ARTICLE, figure_of(value=6_000), name="article")
    snapshot.publish(ledger)
    test = reading.open_page("pages/trust/conflicts.py")
    own = f"page-{ARTICLE.figure_id}"
    test.button(key=f"contest-{own}").click().run()
    test.text_input(key=f"reviewer-{own}").set_value("Olena").run()
    return test, own


@pytest.mark.parametrize("label", ["Dispute", "Withdraw"])
def test_a_published_figure_is_contested_only_as_it_was_seen(contested, label):
    test, own = contested
    test.segmented_control(key=f"contest-action-{own}").set_value(label.lower()).run()
    test.text_input(key=f"contest-reason-{own}").set_value("denied").run()
    Ledger().decide(ARTICLE.figure_id, DISPUTE, "Taras", "because")
    labelled(test, label).click().run()
    assert "Taras has disputed it meanwhile" in told(test)
    assert set(Ledger().table("decisions")["who"]) == {"the tests", "Taras"}


def test_a_correction_that_waits_is_shown_beside_the_figure_and_accepted_there(contested):
    test, _ = contested
    right = Figure(**as_record(decisions.of(Ledger(), [ARTICLE.figure_id])[ARTICLE.figure_id])
                   | {"value": 7_000.0})  # fmt: skip
    Ledger().correct(ARTICLE.figure_id, right, "Taras", "a slip", {}, second=True)
    test.run()
    assert "Taras proposes a correction:" in html(test) and "7,000 buildings" in html(test)
    assert ARTICLE.figure_id in Ledger().accepted()["figure_id"].tolist()
    next(each for each in test.button if (each.key or "").startswith("second-yes-")).click().run()
    # Only the part around the form runs again, which a page without a browser cannot.
    accepted = Ledger().accepted()["figure_id"].tolist()
    assert right.figure_id in accepted and ARTICLE.figure_id not in accepted


# In a real Chromium


@pytest.mark.browser
def test_two_windows_on_one_server(served, tmp_path, open_page):
    ledger = Ledger(tmp_path / "store")
    cases = combining.first([("x", "a"), ("a", "x"), ("a", "a"), ("e", "a")], 2)
    documents = []
    for number in range(len(cases)):
        content = REPORT.replace("20 November", f"{20 + number} November").encode()
        upload, _ = inbox.receive(ledger, content, f"report{number}.txt", "Taras")
        (part,) = read_upload(ledger, upload)
        documents.append(inbox.document_id(upload, part))
    server = served(tmp_path / "store")
    olena, taras = open_page(width=390), open_page()
    for (letter, other), document in zip(cases, documents, strict=True):
        cards = []
        for page, who in ((olena, "Olena"), (taras, "Taras")):
            visit(page, f"{server.url}/review?document={document}")
            # Windows of one browser remember one name; here each is of another person.
            page.get_by_role("textbox", name="Your name").fill(who)
            page.keyboard.press("Enter")
            settle(page)
            cards.append(page.locator(".st-key-figure-looked-at"))
            expect(cards[-1]).to_contain_text("5 people · killed", timeout=PATIENCE_MS)
        # On a phone the card stands above the report's text, and beside it elsewhere.
        tops = [
            [part.bounding_box()["y"] for part in (card, page.locator(".report-text"))]
            for card, page in zip(cards, (olena, taras), strict=True)
        ]
        assert tops[0][0] < tops[0][1] and tops[1][1] <= tops[1][0]
        key(taras, other)
        if other == "x":
            taras.get_by_role("textbox", name="Why is it rejected?").fill("another town")
            taras.get_by_role("button", name="Reject with this reason").click()
        expect(cards[1]).to_contain_text("7 people", timeout=PATIENCE_MS)
        settle(taras)
        key(olena, letter)
        did = "rejected" if other == "x" else "accepted"
        expect(cards[0]).to_contain_text(f"{NOTHING}: Taras has {did} it meanwhile.")
        expect(cards[0].get_by_text(NOTHING)).to_be_in_viewport()
        expect(cards[0]).to_contain_text("5 people · killed")
        expect(cards[0]).to_contain_text(f"Decision: {did}, Taras")
        expect(olena.get_by_role("textbox", name=re.compile("Why is it"))).to_have_count(0)
    assert ledger.table("decisions")["who"].tolist() == ["Taras"] * len(cases)
