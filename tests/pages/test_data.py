"""The Data page: what it finds, what can be taken along, and the way to the evidence."""

import csv
import io
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from impact.store import decisions, inbox, snapshot
from impact.store.ledger import ACCEPT, Ledger
from impact.store.reader import Reader
from tests.made import figure, offer, toll
from tests.pages import driving, reading

DATA = "pages/trust/data.py"
FILES = {"CSV", "XLSX", "Parquet", "JSON", "Data package", "Data dictionary"}


@pytest.fixture
def opened(stores, monkeypatch):
    """The page on a store, at an address."""

    def open_(store: str, **address):
        monkeypatch.setenv("IMPACT_STORE", str(stores[store]))
        return reading.open_page(DATA, **address)

    return open_


def found(test) -> str:
    return test.subheader[0].value


def test_everything_is_found_when_nothing_is_asked(opened):
    test = opened("small")
    assert not test.exception
    assert found(test) == "14 figures found"
    assert len(test.dataframe[0].value) == 14
    assert {each.label for each in test.get("download_button")} == FILES


def test_words_are_searched_for_and_stand_in_the_address(opened):
    test = opened("small")
    test.text_input[0].set_value("Кличко").run()
    assert not test.exception
    assert test.query_params["words"] == "Кличко"
    assert found(test) == "2 figures found"
    assert set(test.dataframe[0].value["Said by"]) == {"Vitali Klitschko, mayor of Kyiv"}


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ({"words": "Klitschko"}, "2 figures found"),
        ({"indicator": "injured"}, "1 figure found"),
        ({"indicator": "heating_loss", "status": "without"}, "2 figures found"),
        ({"status": "without"}, "14 figures found"),
        ({"places": ["Kharkiv Oblast"]}, "5 figures found"),
        ({"verification": "confirmed"}, "2 figures found"),
        ({"period": "2026-01"}, "14 figures found"),
        ({"period": "days", "from": "2026-01-25", "to": "2026-01-25"}, "2 figures found"),
        ({"period": "never", "indicator": "cats", "verification": "loud"}, "14 figures found"),
    ],
)
def test_the_address_sets_the_search(opened, address, text):
    test = opened("small", **address)
    assert not test.exception
    assert found(test) == text


def test_a_search_without_result_says_so_and_offers_no_file(opened):
    test = opened("small", words="nowhere to be found")
    assert not test.exception
    assert ["No published figure fits this search" in each.value for each in test.info] == [True]
    assert not test.get("download_button") and not test.dataframe


def test_only_the_newest_are_shown_and_the_true_count_is_said(opened):
    test = opened("shipped")
    assert len(test.dataframe[0].value) == 300
    assert test.dataframe[0].value["Date"].is_monotonic_decreasing
    assert any("newest 300" in each.value for each in test.caption)


def test_the_figures_of_one_report_can_be_asked_for(store):
    ledger = Ledger(store)
    offer(ledger, figure())
    upload, _ = inbox.receive(ledger, b"a report", "report.txt", "Olena")
    part = inbox.Part(name="report.txt", figures=(toll(),))
    inbox.record(ledger, upload, [part])
    ledger.decide(toll().figure_id, ACCEPT, "Olena", "read")
    snapshot.publish(ledger)
    front = reading.start()
    told = [each.value for each in front.caption if each.value.startswith("New:")]
    assert len(told) == 1 and "here since" in told[0]
    front.switch_page(DATA).run()
    assert found(front) == "2 figures found"
    assert sorted(front.dataframe[0].value["New"]) == ["", "new"]
    front.query_params["document"] = inbox.document_id(upload, part)
    front.run()
    assert not front.exception
    assert found(front) == "1 figure found"
    front.switch_page(driving.OVERVIEW).run()
    assert not [each.value for each in front.caption if each.value.startswith("New:")]


# In a browser


def test_a_row_opens_its_evidence_again_and_again(page, url):
    driving.visit(page, f"{url}/data?words=Klitschko&period=2026-01&indicator=heating_loss")
    for _ in range(2):
        box = page.get_by_test_id("stDataFrame").bounding_box()
        page.mouse.click(box["x"] + 18, box["y"] + 52)
        driving.settle(page)
        expect(driving.drawer(page)).to_contain_text("Klitschko")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        driving.settle(page)


def test_a_table_gives_no_file_whose_cells_a_spreadsheet_would_reckon(page, url):
    """Streamlit's own; the files of these pages mark such cells (tests/impact/exports)."""
    driving.visit(page, f"{url}/data?words=Klitschko&period=2026-01&indicator=heating_loss")
    page.get_by_test_id("stDataFrame").hover()
    offered = page.get_by_test_id("stElementToolbarButton")
    expect(offered.get_by_role("button", name="Search")).to_be_visible()
    expect(offered.get_by_role("button", name="Download as CSV")).to_have_count(0)


def test_a_file_holds_everything_found_under_hxl_tags_if_they_are_wanted(page, url):
    driving.visit(page, f"{url}/data?period=winter-2025")
    count = page.get_by_role("heading", name="figures found").inner_text()
    page.get_by_text("HXL tags under the header").click()
    driving.settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    tags, *rows = csv.DictReader(io.StringIO(text, newline=""))
    assert tags["place"] == "#loc+code"
    assert f"{len(rows):,} figures found" == count
    assert len(rows) > 300


def contest(page, action: str, reason: str):
    """The drawer once somebody has contested the only figure of the evidence that is open."""
    drawer = driving.drawer(page)
    drawer.get_by_role("button", name="Something wrong?").click()
    driving.settle(page)
    drawer.get_by_role("textbox", name="Your name").fill("Olena")
    page.keyboard.press("Tab")
    driving.settle(page)
    drawer.get_by_role("radio", name=action, exact=True).click()
    driving.settle(page)
    drawer.get_by_role("textbox", name="Reason").fill(reason)
    page.keyboard.press("Tab")
    driving.settle(page)
    return drawer


@pytest.mark.browser
def test_a_table_figure_is_disputed_corrected_and_withdrawn_from_its_evidence(
    page, served, tmp_path
):
    ledger = Ledger(tmp_path / "store")
    offer(ledger, figure())
    snapshot.publish(ledger)
    (claim,) = Reader(ledger.folder).query("FROM figures")["claim"]
    address = f"{served(ledger.folder).url}/data?{urlencode({'claim': claim})}"
    driving.visit(page, address)

    drawer = contest(page, "Dispute", "the mayor denies it")
    drawer.get_by_role("button", name="Dispute", exact=True).click()
    expect(drawer).to_contain_text("Recorded in the log", timeout=driving.PATIENCE_MS)
    row = decisions.of(ledger, [figure().figure_id])[figure().figure_id]
    assert (row["disputed"], row["disputed_by"]) == ("the mayor denies it", "Olena")
    drawer.get_by_role("button", name="Undo the last step").click()
    driving.settle(page)
    contest(page, "Correct", "a slip of the table")
    drawer.get_by_role("spinbutton", name="Number").fill("450")
    page.keyboard.press("Tab")
    driving.settle(page)
    drawer.get_by_role("button", name="Correct", exact=True).click()
    expect(drawer).to_contain_text("Recorded in the log", timeout=driving.PATIENCE_MS)
    assert ledger.accepted()["value"].tolist() == [450.0]
    expect(drawer).to_contain_text("Published: what was decided", timeout=driving.PATIENCE_MS)
    driving.visit(page, address)
    drawer = contest(page, "Withdraw", "taken down")
    drawer.get_by_role("button", name="Withdraw", exact=True).click()
    expect(drawer).to_contain_text("Recorded in the log", timeout=driving.PATIENCE_MS)
    assert ledger.accepted().empty
    kinds = ledger.table("decisions").sort_values("number")["kind"].tolist()
    assert kinds[1:] == ["dispute", "settle", "reject", "accept", "withdraw"]
