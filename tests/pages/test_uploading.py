"""Upload and Review towards the person: links, languages, limits, the name, what is in view."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from etl.reports.intake import read_upload
from impact.store import inbox
from impact.store.ledger import Ledger
from pages.parts.review import origin, uploads
from tests import combining
from tests.pages import reading
from tests.pages.driving import PATIENCE_MS, settle, visit
from tests.pages.reviewing import open_review
from tests.pages.sending import key

MATERIAL = Path(__file__).parent / "material"
UPLOAD = "pages/reports/upload.py"
RUSSIAN = "В Харькове в результате удара погибли 5 человек, ещё 12 ранены, сообщил глава области.\n"
DOUBTED = (
    "Situation report, 24 January 2026\n\n" + "Nothing more was known in the morning.\n\n" * 12 +
    "In Kyiv 3,900,000 people were left without heating on 24 January 2026, said Mayor Vitali "
    "Klitschko.\n\nIn Odesa 9 people were injured on 24 January 2026, said the mayor.\n"
)  # fmt: skip
LINK = "https://suspilne.media/kyiv/123"


def field(test, key: str):
    return next(each for each in (*test.text_input, *test.text_area) if each.key == key)


def test_a_pasted_link_is_no_report_and_goes_into_its_field(store):
    test = reading.open_page(UPLOAD)
    field(test, "reviewer").set_value("Olena")
    field(test, "text-0").set_value(f" {LINK}\n").run()
    assert "Addresses are not opened" in test.warning[0].value
    next(each for each in test.button if each.label == "Send").click().run()
    assert not Ledger(store).exists
    test.button(key="paste-0-link-fill").click().run()
    assert field(test, "paste-0-link").value == LINK
    field(test, "text-0").set_value("In Kharkiv 5 people were killed on 24 January 2026.").run()
    next(each for each in test.button if each.label == "Send").click().run()
    assert not test.exception and not test.warning
    (upload,) = inbox.uploads(Ledger(store))
    assert upload.url == LINK


def test_a_day_that_an_older_version_read_wrongly_is_shown_as_it_stands(store):
    ledger = Ledger(store)
    for name, published in (("old.txt", "2026-01-24"), ("wrong.docx", "1-01-01T02")):
        upload, _ = inbox.receive(ledger, name.encode(), name, "Olena")
        inbox.record(ledger, upload, [inbox.Part(name=name, text="a text", published=published)])
    test = reading.open_page(UPLOAD)
    assert not test.exception
    said = [each.value for each in test.markdown]
    assert any("1-01-01T02" in each for each in said)
    assert any("24 January 2026" in each for each in said)


def test_an_entry_that_cannot_be_shown_stops_none_of_the_others(store, monkeypatch):
    ledger, show = Ledger(store), origin.show
    for name in ("first.txt", "broken.txt", "last.txt"):
        upload, _ = inbox.receive(ledger, name.encode(), name, "Olena")
        inbox.record(ledger, upload, [inbox.Part(name=name, text="a text", published="2026-01-24")])

    def break_(row, *args, **named):
        if row["part"] == "broken.txt":
            raise KeyError("what no version wrote")
        show(row, *args, **named)

    monkeypatch.setattr(origin, "show", break_)
    test = reading.open_page(UPLOAD)
    assert not test.exception
    assert [each.value for each in test.warning] == [
        "This entry cannot be shown in full; the log says why."
    ]
    assert sum("24 January 2026" in each.value for each in test.markdown) == 2


@pytest.mark.parametrize("times", [1, 2])
def test_what_is_sent_again_is_linked_part_by_part_however_often(store, times):
    ledger = Ledger(store)
    content = (MATERIAL / "two_folders.zip").read_bytes()
    upload, _ = inbox.receive(ledger, content, "two_folders.zip", "Olena")
    read_upload(ledger, upload)
    test = reading.open_page(UPLOAD)
    test.session_state["_sent"] = [
        uploads.Sent(f"copy {number}.zip", upload.upload_id, False, "10:00")
        for number in range(times)
    ]
    test.run()
    assert not test.exception
    assert sum("was already received" in each.value for each in test.info) == times
    # Each part has its entry beside every copy, and one in the list.
    assert sum("Published on" in each.value for each in test.markdown) == 2 * (times + 1)


def test_several_links_are_no_report_either(store):
    test = reading.open_page(UPLOAD)
    field(test, "text-0").set_value(f"{LINK}\n{LINK}4").run()
    assert test.warning[0].value.startswith("These are only links.")


def test_a_file_that_holds_only_a_link_says_what_to_do(store):
    ledger = Ledger(store)
    upload, _ = inbox.receive(ledger, LINK.encode(), "link.txt", "Olena")
    (part,) = read_upload(ledger, upload)
    assert part.refused == "only_links"


def test_a_report_in_russian_names_its_language_on_both_pages_and_takes_figures_by_hand(store):
    test, _ = open_review(store, RUSSIAN.encode(), "svodka.txt")
    said = "This report is in Russian; only English and Ukrainian are read."
    assert test.info[0].value.startswith(said)
    assert any("Add a figure" in each.label for each in test.expander)
    test.switch_page(UPLOAD).run()
    told = [each.value for each in test.markdown]
    assert any(each.startswith(said) for each in told)
    assert not any("No figure on strikes" in each for each in told)


def test_limits_stand_beside_the_uploader(store):
    test = reading.open_page(UPLOAD)
    told = " ".join(each.value for each in test.caption)
    assert "20 million characters" in told and "400,000" in told and "1,000 pages" in told


# In a real Chromium


@pytest.mark.browser
def test_the_name_is_remembered_changed_and_forgotten(served, tmp_path, open_page):
    server = served(tmp_path / "store")
    page = open_page()
    name = page.get_by_role("textbox", name="Your name")
    visit(page, f"{server.url}/upload")
    for written in ("Олена Коваль", "Taras; Path=/x"):
        name.fill(written)
        page.keyboard.press("Enter")
        settle(page)
        other = open_page()
        visit(other, f"{server.url}/upload?lang=uk")
        expect(other.get_by_role("textbox", name="Ваше ім")).to_have_value(written)
        assert "lena" not in other.url and "Taras" not in page.url
    page.get_by_role("button", name="Forget my name on this computer").click()
    settle(page)
    expect(name).to_have_value("")
    page.reload()
    settle(page)
    expect(name).to_have_value("")
    assert page.context.cookies() == [] or not any(
        each["name"] == "impact_name" for each in page.context.cookies()
    )


_SEEN = """part => {
  const box = part.getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight
    && part.contains(document.activeElement);
}"""


@pytest.mark.browser
def test_the_question_about_a_doubt_opens_in_view_and_then_the_next_figure(
    served, tmp_path, open_page
):
    ledger = Ledger(tmp_path / "store")
    ways = combining.first([(390, "mouse"), (1280, "key"), (1280, "mouse"), (390, "key")], 1)
    documents = []
    for number in range(len(ways)):
        content = DOUBTED.replace("24 January", f"{24 + number} January").encode()
        upload, _ = inbox.receive(ledger, content, f"report{number}.txt", "Taras")
        (part,) = read_upload(ledger, upload)
        documents.append(inbox.document_id(upload, part))
    url = served(tmp_path / "store").url
    for (width, by), document in zip(ways, documents, strict=True):
        page = open_page(width=width, height=700)
        visit(page, f"{url}/review?document={document}")
        page.get_by_role("textbox", name="Your name").fill("Olena")
        page.keyboard.press("Enter")
        settle(page)
        card = page.locator(".st-key-figure-looked-at")
        expect(card).to_contain_text("million people", timeout=PATIENCE_MS)
        if by == "key":
            key(page, "a")
        else:
            page.get_by_role("button", name=re.compile("^Accept")).last.click()
        question = page.locator("[class*=st-key-asked-]")
        expect(question).to_be_visible(timeout=PATIENCE_MS)
        settle(page)
        assert question.evaluate(_SEEN), (width, by)
        assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith(
            "Why is it sound"
        )
        page.keyboard.type("the mayor said so")
        page.keyboard.press("Enter")
        expect(card).to_contain_text("9 people", timeout=PATIENCE_MS)
        settle(page)
        assert card.evaluate("part => part === document.activeElement"), (width, by)
        assert card.evaluate(
            "part => { const top = part.getBoundingClientRect().top;"
            " return top >= 0 && top < innerHeight / 2; }"
        ), (width, by)
        page.keyboard.press("a")
        expect(page.get_by_text("2 of 2 decided")).to_be_visible(timeout=PATIENCE_MS)
