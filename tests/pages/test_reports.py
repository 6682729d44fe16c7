"""Upload and Review: from a report to a chart, without a browser and in a real Chromium."""

import re
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from etl.reports.intake import read_again, read_upload
from impact.model import language
from impact.model.indicators import INDICATORS
from impact.store import deciding, inbox, rereading
from impact.store.decisions import answers
from impact.store.ledger import ACCEPT, PROPOSE, REJECT, Ledger
from impact.store.reader import Reader
from tests import combining
from tests.etl.reports.making import docx, p
from tests.pages import driving, reading
from tests.pages.driving import PATIENCE_MS, ROOT, settle, visit
from tests.pages.reviewing import REVIEW, button, html, labelled, open_review, press
from tests.pages.sending import entry, key, send

UPLOAD = "pages/reports/upload.py"
PDF = ROOT / "tests/etl/reports/recorded/wu019.pdf"
ENGLISH = docx(
    p("Situation report, 20 November 2025")
    + p("In Kyiv 320,000 buildings lost heating on 20 November 2025, one outlet wrote.")
    + p(
        "About 3,300 apartment buildings in Kyiv remain without heat, said Mayor Vitali Klitschko "
        "on 20 November 2025."
    )
    + p("In Kharkiv 5 people were killed and 12 injured on 20 November 2025, said the governor.")
    + p("Some 41 shivered somewhere. Some 300 rescuers worked there.")
)
# More people than the city has: a doubt that needs no other figure.
MARKED = (
    "Situation report, 24 January 2026\n\nIn Kyiv 3,900,000 people were left without heating on "
    "24 January 2026, said Mayor Vitali Klitschko.\n"
)
HOSTILE = (
    "<img src=x onerror=alert(1)> **bold** [a](javascript:x) :smile: $x^2$ <b>&amp;\n"
    "In Kharkiv 5 people were killed on 24 January 2026."
)


GUESSED = (
    "At least six people were injured in Kharkiv on 24 January 2026; in the afternoon the mayor "
    "raised the number to nine."
)


@pytest.fixture
def review(store):
    """Opens the review of one report of an otherwise empty store; returns reader and document."""

    def open_(content: bytes | str = ENGLISH, name: str = "report.docx", lang: str = "en"):
        content = content.encode() if isinstance(content, str) else content
        return open_review(store, content, name, lang)

    return open_


def named(test):
    """The reader once they have written their name."""
    return test.text_input(key="reviewer").set_value("Olena").run()


def verdicts(document: str) -> dict[float, str]:
    rows = inbox.proposed(Ledger(), document)
    return dict(zip(rows["value"], rows["verdict"], strict=True))


@pytest.mark.parametrize("lang", language.languages())
@pytest.mark.parametrize("page", [UPLOAD, REVIEW])
def test_an_empty_store_says_what_to_do_and_stays_empty(store, page, lang):
    seen = reading.Seen.of(reading.open_page(page, lang))
    assert seen.errors == [] and len(seen.titles) == 1
    assert len(seen.notices) == 1
    assert not Ledger(store).exists


def test_the_figures_of_a_report_stand_beside_its_text(review):
    test, _ = review()
    shown = html(test)
    assert "320,000 buildings lost heating</mark>" in shown
    assert re.search(r'<mark class="said deaths now">[^<]*5 people were killed</mark>', shown)
    labels = [each.label for each in test.button if each.key and each.key.startswith("look-")]
    assert len(labels) == 4 and "killed" in labels[0] and labels[0].endswith("deaths")
    assert any("number" in each.label for each in test.expander)


@pytest.mark.parametrize(
    ("lang", "guess"), [("en", "A guess from words: "), ("uk", "Здогад зі слів: ")]
)
def test_a_guess_comes_first_and_says_what_spoke_for_it(review, lang, guess):
    test, _ = review(GUESSED, "report.txt", lang)
    labels = [each.label for each in test.button if each.key and each.key.startswith("look-")]
    assert len(labels) == 2 and "9" in labels[0]
    (told,) = [each.value for each in test.markdown if each.value.startswith(guess)]
    assert INDICATORS["injured"].title[lang] in told
    # The other figure is unquestioned, and alone: nothing is offered to be accepted together.
    assert not [each for each in test.button if each.key == "all"]


def test_nobody_decides_without_a_name(review):
    test, _ = review()
    assert all(button(test, key).disabled for key in ("accept", "correct", "reject", "undo"))
    named(test)
    assert not any(button(test, key).disabled for key in ("accept", "correct", "reject"))


def test_accept_reject_and_undo(review):
    test, document = review()
    press(named(test), "accept")
    assert verdicts(document)[5.0] == ACCEPT
    press(test, "reject")
    labelled(test, "Reject with this reason").click().run()
    assert "Write a reason" in test.warning[0].value
    rejected = {value for value, verdict in verdicts(document).items() if verdict == REJECT}
    assert rejected == set()
    reason = next(each for each in test.text_input if each.label == "Why is it rejected?")
    reason.set_value("not about this")
    labelled(test, "Reject with this reason").click().run()
    assert sorted(verdicts(document).values()) == ["", "", ACCEPT, REJECT]
    press(test, "undo")
    assert sorted(verdicts(document).values()) == ["", "", "", ACCEPT]
    press(test, "undo")
    assert set(verdicts(document).values()) == {""}
    assert button(test, "undo").disabled
    kinds = Ledger().table("decisions").sort_values("number")["kind"].tolist()
    assert kinds == [ACCEPT, REJECT, "reopen", "reopen"]


def test_all_unquestioned_are_accepted_in_one_step_and_undone_in_one(review):
    test, document = review()
    press(named(test), "all")
    assert any("Accept 2 figures?" in each.value for each in test.markdown)
    press(test, "all-yes")
    assert verdicts(document)[5.0] == "" and list(verdicts(document).values()).count(ACCEPT) == 2
    press(test, "undo")
    assert set(verdicts(document).values()) == {""}


def correct(test, **fields):
    """Opens the form of the figure looked at, fills it and saves it."""
    press(test, "correct")
    for kind in (test.number_input, test.text_input, test.selectbox, test.text_area):
        for each in kind:
            name = (each.key or "").rpartition("-")[2]
            if (each.key or "").startswith("correct-") and name in fields:
                each.set_value(fields[name])
    test.run()
    labelled(test, "Save the correction").click().run()
    assert not test.exception
    return [each.value for each in test.warning]


@pytest.mark.parametrize(
    ("fields", "told"),
    combining.first(
        [
            ({}, "Nothing was changed"),
            ({"date": "24.01.2026", "reason": "x"}, "Day: write it as"),
            ({"value": 7.0, "reason": "x"}, "the passage does not contain it"),
            ({"quote": "9 people were killed", "reason": "x"}, "it does not stand in the report"),
            ({"place": "UA80"}, "Write a reason"),
            ({"as_of": "evening", "reason": "x"}, "As of:"),
            ({"value": -5.0, "reason": "x"}, "Number:"),
            ({"value_high": 1.0, "reason": "x"}, "Upper end:"),
        ],
        5,
    ),
)
def test_a_correction_that_breaks_a_rule_says_which_field(review, fields, told):
    test, document = review()
    (warning,) = correct(named(test), **fields)
    assert told in warning
    assert set(verdicts(document).values()) == {""}


def test_a_correction_keeps_the_machines_figure_and_can_be_undone(review):
    test, document = review()
    assert correct(named(test), place="UA80", as_of="2026-01-24 18:00", reason="it was Kyiv") == []
    rows = inbox.proposed(Ledger(), document)
    (old,) = rows[rows["replaced_by"] != ""].to_dict("records")
    (new,) = rows[rows["replaces"] != ""].to_dict("records")
    assert (old["verdict"], new["verdict"]) == (REJECT, ACCEPT)
    assert (new["place"], new["as_of"]) == ("UA80", "2026-01-24T18:00")
    assert (new["quote"], new["start"]) == (old["quote"], old["start"])
    press(test, f"look-{new['figure_id']}")
    assert "Place: “Kyiv” instead of “Kharkiv”" in html(test)
    press(test, "undo")
    rows = inbox.proposed(Ledger(), document)
    assert set(rows["verdict"]) == {""} and len(rows) == 4
    assert new["figure_id"] not in set(rows["figure_id"])


def test_a_step_that_is_cut_in_two_is_not_taken_at_all(review, monkeypatch):
    test, document = review()
    assert correct(named(test), place="UA80", reason="it was Kyiv") == []
    before = inbox.proposed(Ledger(), document)
    append = deciding.append

    def broken(connection, decision, *rest):
        if decision.kind == "reopen":
            raise OSError("no space left on device")
        return append(connection, decision, *rest)

    with monkeypatch.context() as full:
        full.setattr(deciding, "append", broken)
        press(test, "undo")
        assert any("nothing was changed" in each.value for each in test.error)
    assert inbox.proposed(Ledger(), document).equals(before)
    press(test, "undo")
    assert set(inbox.proposed(Ledger(), document)["verdict"]) == {""}


def test_a_figure_whose_passage_lacks_the_number_cannot_be_accepted(review, monkeypatch):
    monkeypatch.setattr("impact.queries.review_order.supported", lambda row: row["value"] != 12)
    test, _ = review(ENGLISH + b"\n", "other.docx")
    named(test)
    assert button(test, "accept").disabled
    assert any("Cannot be accepted" in each.value for each in test.markdown)


def test_a_missed_figure_is_added_from_its_passage(review):
    test, document = review()
    named(test)
    for each in [*test.text_area, *test.text_input, *test.number_input, *test.selectbox]:
        name = (each.key or "").rpartition("-")[2]
        if (each.key or "").startswith("add-"):
            given = {"quote": "41  shivered", "value": 41.0, "indicator": "injured"}
            given["attributed_to"] = "the\u202e \x00mayor"
            if name in given:
                each.set_value(given[name])
    test.run()
    labelled(test, "Add this figure").click().run()
    assert not test.exception
    rows = inbox.proposed(Ledger(), document)
    (added,) = rows[rows["value"] == 41].to_dict("records")
    assert (added["verdict"], added["quote"]) == (ACCEPT, "41 shivered")
    assert added["attributed_to"] == "the mayor"
    text = inbox.reading(Ledger(), document)["text"]
    assert text[added["start"] : added["end"]] == added["quote"]


def test_what_a_report_says_is_never_markup(review):
    test, _ = review(HOSTILE, "<b>**x**</b>.txt")
    shown = html(test)
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown and "<img" not in shown
    assert "<b>" not in shown
    markdown = [each.value for each in test.markdown]
    assert not any("**x**" in each or "javascript" in each for each in markdown)


@pytest.mark.parametrize("document", ["nothing", "", "'; DROP TABLE figures"])
def test_an_address_that_names_no_report_opens_the_first(review, document):
    test, known = review()
    test.query_params["document"] = document
    test.run()
    assert not test.exception
    assert test.selectbox(key="choose_document").value == known


# Two persons, doubts, the report's day


def name_reviewers() -> None:
    Ledger().folder.joinpath("people.toml").write_text('reviewers = ["Olena", "Taras"]')


def become(test, who: str):
    return test.text_input(key="reviewer").set_value(who).run()


def answer(test, reason: str, button: str):
    label = "Why is it sound in spite of the doubt?"
    next(each for each in test.text_input if each.label == label).set_value(reason)
    labelled(test, button).click().run()
    assert not test.exception
    return test


def test_a_death_needs_two_of_those_named(review):
    test, document = review()
    name_reviewers()
    become(test, "Petro")
    assert button(test, "accept").disabled
    assert any("Only these persons decide here: Olena, Taras." in c.value for c in test.caption)
    press(become(test, "Olena"), "accept")
    assert verdicts(document)[5.0] == PROPOSE
    (dead,) = inbox.proposed(Ledger(), document).query("value == 5")["figure_id"]
    press(test, f"look-{dead}")
    assert button(test, "accept").disabled
    assert "Accepted by Olena, needs a second person." in html(test)
    press(become(test, "Taras"), "accept")
    assert verdicts(document)[5.0] == ACCEPT
    press(test, "undo")
    assert verdicts(document)[5.0] == PROPOSE
    become(test, "Olena")
    press(test, f"look-{dead}")
    assert button(test, "accept").disabled


def test_an_unreadable_list_of_reviewers_stops_everybody(review):
    test, _ = review()
    Ledger().folder.joinpath("people.toml").write_text("reviewers = [")
    test.run()
    assert "people.toml" in test.error[0].value
    assert not any((each.key or "").startswith("accept") for each in test.button)


def test_accepting_a_figure_in_doubt_answers_its_doubts_and_undo_takes_both_back(review):
    test, document = review(MARKED, "marked.txt")
    press(named(test), "accept")
    answer(test, "", "Accept with this answer")
    assert "Write a reason" in test.warning[0].value
    answer(test, "the mayor said so", "Accept with this answer")
    assert set(verdicts(document).values()) == {ACCEPT}
    (figure_id,) = inbox.proposed(Ledger(), document)["figure_id"]
    assert [a.reason for a in answers(Ledger(), [figure_id])[figure_id].values()] == [
        "the mayor said so"
    ]
    assert "Answered by Olena: the mayor said so" in html(test)
    press(test, "undo")
    assert set(verdicts(document).values()) == {""}
    assert answers(Ledger(), [figure_id]) == {}


def test_a_figure_accepted_in_doubt_says_so_and_can_be_answered_and_disputed(review):
    test, document = review(MARKED, "marked.txt")
    press(named(test), "accept")
    answer(test, "", "Accept, leave it in doubt")
    (figure_id,) = inbox.proposed(Ledger(), document)["figure_id"]
    assert answers(Ledger(), [figure_id]) == {}
    assert any("leads no chart until somebody answers it" in c.value for c in test.caption)
    press(test, "answer")
    answer(test, "seen by us", "Save the answer")
    assert len(answers(Ledger(), [figure_id])[figure_id]) == 1
    press(test, "dispute")
    reason = next(each for each in test.text_input if each.label == "Why is it disputed?")
    reason.set_value("the mayor denies it")
    labelled(test, "Dispute with this reason").click().run()
    row = inbox.proposed(Ledger(), document).iloc[0]
    assert (row["verdict"], row["disputed"]) == (ACCEPT, "the mayor denies it")
    press(test, "undo")
    assert inbox.proposed(Ledger(), document).iloc[0]["disputed"] == ""


def test_a_report_without_a_day_asks_for_it_and_is_read_again(review):
    test, document = review("Overnight 5 people were killed in Kharkiv.", "night.txt")
    assert any("When was it published?" in each.value for each in test.markdown)
    named(test)
    labelled(test, "Save and read again").click().run()
    assert any("Choose the day" in each.value or "Nothing was" in each.value
               for each in test.warning)  # fmt: skip
    test.date_input[0].set_value(date(2026, 1, 25))
    labelled(test, "Save and read again").click().run()
    assert not test.exception
    ((upload, said),) = rereading.pending(Ledger()) or [(None, None)]
    if said:
        read_again(Ledger(), upload, said)
    test.run()
    assert not test.exception
    shown = [each.value for each in test.markdown]
    assert any("Published on 25 January 2026" in each and "told by Olena" in each for each in shown)
    current = rereading.successors(Ledger())[document]
    assert test.selectbox(key="choose_document").value == current
    assert set(inbox.proposed(Ledger(), current)["date"]) == {"2026-01-25"}


# In a real Chromium


def date_it(page, row, day: str) -> None:
    """Tells the day on which a report was published, another than its file says."""
    row.get_by_role("button", name="Change").click()
    settle(page)
    form = page.get_by_test_id("stPopoverBody")
    form.get_by_test_id("stDateInputField").get_by_role("spinbutton").first.click()
    page.keyboard.type(day.replace("-", ""))
    page.keyboard.press("Escape")
    settle(page)
    if not form.is_visible():
        row.get_by_role("button", name="Change").click()
    form.get_by_role("button", name="Save and read again").click()
    expect(row).to_contain_text("told by Olena", timeout=PATIENCE_MS)


# test_whole_way.py goes this way on every commit, without the steps that stand above one by one.
@combining.full_only
@pytest.mark.browser
def test_from_two_files_to_the_evidence_on_the_casualties_page(served, tmp_path, open_page):
    server = served(tmp_path / "store")
    # High enough for the whole form: a list of options closes when the page scrolls under it.
    page = open_page(height=2400)
    visit(page, f"{server.url}/upload")
    send(page, ("wu019.pdf", PDF.read_bytes()), ("week.docx", ENGLISH),
         ("broken.pdf", b"%PDF-1.4 nothing"))  # fmt: skip
    expect(page.get_by_text("“week.docx” is received and kept.")).to_be_visible(timeout=PATIENCE_MS)
    expect(entry(page, "wu019.pdf")).to_contain_text("Read: 9 figures", timeout=PATIENCE_MS)
    expect(entry(page, "week.docx")).to_contain_text("Read: 4 figures", timeout=PATIENCE_MS)
    expect(entry(page, "broken.pdf")).to_contain_text("Not read.", timeout=PATIENCE_MS)
    settle(page)
    date_it(page, entry(page, "wu019.pdf"), "2025-11-21")
    expect(entry(page, "wu019.pdf")).to_contain_text("Published on 21 November 2025")
    settle(page)
    # Once more: recognised, with a way to its review.
    send(page, ("again.pdf", PDF.read_bytes()))
    expect(page.get_by_text("“again.pdf” was already received on")).to_be_visible(
        timeout=PATIENCE_MS
    )
    settle(page)

    entry(page, "wu019.pdf").get_by_role("link", name="Review").click()
    page.wait_for_url(re.compile(r"/review\?document=\w{64}"))
    settle(page)
    card = page.locator(".st-key-figure-looked-at")
    expect(card).to_contain_text("31 people · killed", timeout=PATIENCE_MS)
    expect(page.locator(".report-text mark.now")).to_have_text(re.compile("31 людина"))
    key(page, "a")
    expect(card).to_contain_text("6 people · killed, children", timeout=PATIENCE_MS)
    # One is rejected with a reason …
    key(page, "x")
    page.get_by_role("textbox", name="Why is it rejected?").fill("an axe is no shortcut")
    page.get_by_role("button", name="Reject with this reason").click()
    expect(card).to_contain_text("26 people · killed", timeout=PATIENCE_MS)
    # … one is corrected, its place found by name …
    key(page, "e")
    page.get_by_role("combobox", name="Bound").click()
    page.get_by_role("option", name="at least", exact=True).click()
    settle(page)
    page.get_by_role("combobox", name="Place").fill("Кременець")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("textbox", name="Why is it corrected?").fill("the first count")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Save the correction").click()
    expect(card).to_contain_text("94 people · injured", timeout=PATIENCE_MS)
    # … and the rest together.
    page.get_by_role("button", name=re.compile("Accept all 6 unquestioned")).click()
    page.get_by_role("button", name="Accept 6", exact=True).click()
    expect(page.get_by_text("9 of 9 decided")).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("Published: what was decided")).to_be_visible(timeout=PATIENCE_MS)
    settle(page)

    page.get_by_role("button", name=re.compile("^31 people")).click()
    settle(page)
    card.get_by_role("link", name="See it on the page: Killed").click()
    page.wait_for_url(re.compile("/casualties"))
    settle(page)
    expect(page.locator(".js-plotly-plot").first).to_contain_text("Ternopil")
    shown = Reader(tmp_path / "store").query("FROM figures ORDER BY value")
    assert len(shown) == 8 and 6.0 not in set(shown["value"])
    (claim,) = shown[shown["value"] == 31]["claim"]
    other = open_page()
    visit(other, f"{server.url}/casualties?{urlencode({'claim': claim})}")
    drawer = driving.drawer(other)
    expect(drawer).to_contain_text("31 people")
    expect(drawer).to_contain_text("загинула 31 людина")
    (corrected,) = shown[shown["value"] == 26].to_dict("records")
    assert (corrected["bound"], corrected["place"][:4]) == ("at_least", "UA61")
    assert Ledger(tmp_path / "store").check() == []


@pytest.mark.browser
def test_both_pages_fit_a_phone_and_a_desk(served, tmp_path, open_page):
    ledger = Ledger(tmp_path / "store")
    for name, content in (("week.docx", ENGLISH), ("x" * 150 + ".txt", HOSTILE.encode())):
        upload, _ = inbox.receive(ledger, content, name, "Олена" * 12)
        read_upload(ledger, upload)
    inbox.receive(ledger, b"\x89PNG", "scan.png", "Olena")
    server = served(tmp_path / "store")
    page = open_page(width=390)
    for path, lang in combining.in_turn(["upload", "review"], ["en", "uk"]):
        visit(page, f"{server.url}/{path}?lang={lang}")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            settle(page)
            assert driving.overflow(page) <= 0, f"{path} in {lang} at {width} px"
    assert not Path(tmp_path / "store" / "published").exists()
