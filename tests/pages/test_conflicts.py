"""The Conflicts page: its list, its time line, what stands side by side, and notes."""

import re
import shutil

import pytest
from playwright.sync_api import expect

from impact import queries
from impact.store import snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from tests import combining
from tests.made import ARTICLE, MAYOR, MINISTER, figure, offer, toll
from tests.pages import driving, reading
from tests.pages.driving import PATIENCE_MS

PAGE = "pages/trust/conflicts.py"
LOST = "heating_loss|UA80|2026-01-24|buildings|lost|all||day|strike"
# A claim of the shipped tables that many state.
MANY = "killed|UA6104049001|2025-11-19|people||all||day|strike"
FIGURES = [
    ARTICLE,
    figure(value=6_000, bound="about", attributed_to=MAYOR, moment="morning"),
    figure(value=3_300, status="without", attributed_to=MAYOR, moment="evening"),
    figure(value=3_200, status="without", attributed_to=MINISTER, moment="evening"),
    toll(1, attributed_to="Syniehubov (governor)", moment="morning"),
    toll(5, attributed_to="Syniehubov (governor)", moment="evening"),
]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A store with a figure in doubt, a disagreement and a toll that rose."""
    ledger = Ledger(tmp_path_factory.mktemp("published") / "store")
    offer(ledger, *FIGURES)
    snapshot.publish(ledger)
    return ledger.folder


@pytest.fixture
def filled(published, store):
    """A copy of that store, which a test may write to."""
    return Ledger(shutil.copytree(published, store))


def listed(test) -> list[str]:
    return test.dataframe[0].value["Range"].tolist()


def html(test) -> str:
    found = (each for each in reading.elements(test.main.root) if each.type == "html")
    return " ".join(each.proto.body for each in found)


def test_conflicts_are_listed_gravest_first_and_what_only_moved_on_is_named(filled):
    test = reading.open_page(PAGE)
    assert not test.exception
    assert listed(test) == ["3,200–320,000 buildings", "3,200–3,300 buildings"]
    assert "2 conflicts, winter 2025/26" in [each.value for each in test.header]
    assert any("1 difference of another kind is not shown" in each.value for each in test.caption)


@pytest.mark.parametrize(
    ("address", "ranges"),
    [
        ({"kinds": ["development"]}, ["1–5 people"]),
        ({"kinds": ["disagreement"]}, ["3,200–3,300 buildings"]),
        ({"kinds": ["loud"]}, ["3,200–320,000 buildings", "3,200–3,300 buildings"]),
        ({"kinds": ["development"], "places": ["Kharkiv Oblast"]}, ["1–5 people"]),
        ({"indicators": ["heating_loss"], "period": "2026-01"},
         ["3,200–320,000 buildings", "3,200–3,300 buildings"]),
    ],
)  # fmt: skip
def test_the_address_sets_the_filters(filled, address, ranges):
    test = reading.open_page(PAGE, **address)
    assert not test.exception
    assert listed(test) == ranges


def test_no_conflict_says_what_to_change(filled):
    test = reading.open_page(PAGE, places=["Kharkiv"])
    assert not test.exception
    assert any("No difference of these kinds is known here" in each.value for each in test.info)
    assert not reading.charts(test.main)


def test_the_chosen_conflict_stands_in_the_address_and_on_the_time_line(filled):
    without = LOST.replace("lost", "without")
    test = reading.open_page(PAGE, conflict=without)
    (chart,) = reading.charts(test.main)[-1:]
    assert test.query_params["conflict"] == [without] or test.query_params["conflict"] == without
    assert set(chart.table["Figure"]) == {"3,300 buildings", "3,200 buildings"}
    test.selectbox(key="choose_conflict").set_value(LOST).run()
    (chart,) = reading.charts(test.main)[-1:]
    assert chart.claims == set(chart.table["Id"])
    assert ARTICLE.figure_id in chart.claims
    assert "conflict" not in test.query_params


def test_every_statement_stands_in_words_with_its_sentence_and_its_doubt(filled):
    test = reading.open_page(PAGE)
    texts = " ".join([*reading.everything(test), html(test)])
    for told in (
        "Leads: latest statement of the body responsible.",
        "320,000 buildings is at least ten times what anyone else said.",
        "<mark>320,000</mark> buildings in Kyiv had lost heating",
        "Vitali Klitschko, mayor of Kyiv",
    ):
        assert told in texts


def keep_note(test, reason: str, name: str = "Olena"):
    test.text_input(key="reviewer").set_value(name).run()
    (field,) = test.text_area
    field.set_value(reason)
    (save,) = (each for each in test.button if each.label == "Keep this note")
    save.click().run()
    assert not test.exception
    return test


def test_a_note_is_kept_shown_at_once_and_taken_back(filled):
    test = keep_note(reading.open_page(PAGE), "the <b>operator</b> says the same")
    assert "the &lt;b&gt;operator&lt;/b&gt; says the same" in html(test)
    snapshot.publish(filled)
    (note,) = filled.state().notes.to_dict("records")
    assert (note["who"], note["reason"]) == ("Olena", "the <b>operator</b> says the same")
    assert html(test.run()).count("operator") == 2
    (back,) = (each for each in test.button if each.label == "Take this note back")
    back.click().run()
    assert "operator" not in html(test)
    assert filled.state().notes.empty
    assert [each for each in filled.table("decisions")["kind"] if "note" in each]


@pytest.mark.parametrize(
    ("name", "reason", "told"),
    [("", "because", "Write your name first"), ("Olena", "  ", "Write a reason")],
)
def test_a_note_needs_a_name_and_a_reason(filled, name, reason, told):
    test = keep_note(reading.open_page(PAGE), reason, name)
    assert any(told in each.value for each in test.warning)
    assert filled.state().notes.empty


def test_in_the_past_notes_are_read_and_not_written(filled):
    test = reading.open_page(PAGE, asof="2026-01-25T08:00")
    assert not test.exception
    assert listed(test)[0] == "3,200–320,000 buildings"
    assert any("come back to now to write one" in each.value for each in test.caption)
    assert not test.text_area


# In a browser


@pytest.fixture(scope="module")
def server(served, published, tmp_path_factory):
    """A server of a copy of that store, in which one test writes a note and another disputes."""
    return served(shutil.copytree(published, tmp_path_factory.mktemp("served") / "store"))


def test_a_mark_opens_the_evidence_with_the_note_that_was_written(page, server):
    driving.visit(page, f"{server.url}/conflicts")
    name = page.get_by_role("textbox", name="Your name")
    expect(name).not_to_be_visible()
    page.locator("summary").filter(has_text="Something wrong?").click()
    name.fill("Olena")
    name.press("Enter")
    driving.settle(page)
    page.get_by_role("textbox", name="Why it holds").fill("the operator counts as many")
    page.get_by_role("button", name="Keep this note").click()
    driving.settle(page)
    expect(page.get_by_text("Published: what was decided")).to_be_visible(timeout=PATIENCE_MS)
    assert len(queries.notes(Reader(server.store), [FIGURES[1].figure_id])) == 1
    driving.click_mark(page, LOST)
    drawer = driving.drawer(page)
    expect(drawer).to_contain_text("about 6,000 buildings")
    expect(drawer).to_contain_text("320,000 buildings · in doubt")
    expect(drawer).to_contain_text("the operator counts as many")


def test_a_statement_is_disputed_on_the_page_and_in_the_drawer_over_it(page, server):
    driving.visit(page, f"{server.url}/conflicts")
    page.locator("summary").filter(has_text="Something wrong?").click()
    page.get_by_role("textbox", name="Your name").fill("Olena")
    page.keyboard.press("Tab")
    driving.settle(page)
    for place, reason in ((page, "the mayor denies it"), (None, "the minister denies it")):
        if not place:
            driving.click_mark(page, LOST)
            place = driving.drawer(page)
        place.get_by_role("button", name="Something wrong?").last.click()
        driving.settle(page)
        place.get_by_role("textbox", name="Reason", exact=True).fill(reason)
        page.keyboard.press("Tab")
        driving.settle(page)
        place.get_by_role("button", name="Dispute", exact=True).click()
        expect(place.get_by_text("Recorded in the log of corrections.")).to_be_visible()
    disputes = Ledger(server.store).table("decisions").query("kind == 'dispute'")
    assert sorted(disputes["reason"]) == ["the mayor denies it", "the minister denies it"]
    assert set(disputes["who"]) == {"Olena"}


def test_a_form_over_a_statement_asks_for_a_name_beside_the_one_of_the_page(filled):
    test = reading.open_page(PAGE)
    test.button(key=f"contest-page-{ARTICLE.figure_id}").click().run()
    assert not test.exception
    test.text_input(key=f"reviewer-page-{ARTICLE.figure_id}").set_value("Olena").run()
    assert not test.exception
    assert test.text_input(key="reviewer").value == "Olena"


@pytest.mark.parametrize("language", combining.first(["uk", "en"], 1))
def test_on_a_phone_nothing_is_cut(open_page, server, url, language):
    phone = open_page(width=390, height=844)
    for store, conflict in ((server.url, LOST), (url, MANY)):
        driving.visit(phone, f"{store}/conflicts?lang={language}&conflict={conflict}")
        assert driving.clipped(phone) == []
        assert driving.overflow(phone) <= 0


def test_a_row_of_the_list_chooses_what_is_seen_side_by_side(page, url):
    driving.visit(page, f"{url}/conflicts")
    canvas = page.get_by_test_id("stDataFrameResizable").locator("canvas").first
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + 20, box["y"] + 38 + 1.5 * 35)
    page.wait_for_url(re.compile(r"conflict=killed"))
    expect(page.get_by_text("Farthest apart: 1 (")).to_be_visible()
