"""Where people sign in: the ledger's names are their accounts, two browsers of one person are one
person, and a page offers what a role may do."""

import pytest

from etl.reports.intake import read_upload
from impact.access import people
from impact.access.rules import Role
from impact.model import language
from impact.store import decisions, inbox, snapshot
from impact.store.ledger import ACCEPT, PROPOSE
from pages.parts.review import reports, steps, uploads
from pages.parts.shell import access
from tests import combining
from tests.made import figure, offer
from tests.pages import reading
from tests.pages.asking import GIVEN, behind_a_proxy, filled

UPLOAD, REVIEW, CONFLICTS = (
    "pages/reports/upload.py",
    "pages/reports/review.py",
    "pages/trust/conflicts.py",
)
DECIDING = {"accept", "correct", "reject", "all", "undo"}


@pytest.fixture
def office(ledger, monkeypatch):
    """A store whose people sign in by a proxy, in this process."""
    behind_a_proxy(monkeypatch)
    access.guard()
    filled(ledger.folder)
    people.add(ledger.folder, "second", "The second", Role.REVIEWER)
    return ledger


@pytest.fixture
def asks(office, monkeypatch):
    """Makes somebody the one who asks, as pages/doors/ does."""
    return lambda who: monkeypatch.setattr(
        access, "_asks", lambda: access.by_account(who) if who else ""
    )


def stands(ledger, figure_id: str) -> dict:
    return decisions.of(ledger, [figure_id])[figure_id]


@pytest.mark.parametrize("second", ["reviewer", "admin", "second"])
def test_two_browsers_of_one_person_are_one_person(office, asks, second):
    dead = figure(indicator="killed", unit="people", status="", value=5)
    offer(office, dead)
    asks("reviewer")
    named = reports.named()
    assert set(named) == {"The reviewer", "The admin", "The second"}
    steps.accept(stands(office, dead.figure_id), reports.who(), "read", {}, second=True)
    assert stands(office, dead.figure_id)["verdict"] == PROPOSE
    asks(second)
    steps.accept(stands(office, dead.figure_id), reports.who(), "read", {}, second=True)
    expected = PROPOSE if second == "reviewer" else ACCEPT
    assert stands(office, dead.figure_id)["verdict"] == expected


def test_an_office_of_one_reviewer_needs_a_second_all_the_same(office, asks):
    for each in ("second", "admin"):
        people.give(office.folder, each, None)
    asks("reviewer")
    assert reports.named() == ("The reviewer",)
    assert reports.reviewers.two_needed(office.folder)


def test_what_is_brought_and_decided_stands_under_the_accounts_name(office, asks):
    asks("contributor")
    sent = uploads.receive([uploads.Brought("a.txt", b"Five people were killed.")], reports.who())
    assert sent[0].new and set(office.table("uploads")["who"]) == {"The contributor"}
    asks("reviewer")
    shown = figure(value=7.0)
    offer(office, shown)
    assert steps.reject(stands(office, shown.figure_id), reports.who(), "not in the text")
    assert stands(office, shown.figure_id)["decided_by"] == "The reviewer"


def test_a_figure_of_a_loaded_table_is_taken_out_by_an_admin(office, asks):
    loaded = figure(value=7.0, source="curated")
    offer(office, loaded)
    asks("reviewer")
    assert not steps.withdraw(stands(office, loaded.figure_id), reports.who(), "wrong")
    assert steps.failure() == access.NOT_YOURS
    asks("admin")
    assert steps.withdraw(stands(office, loaded.figure_id), reports.who(), "wrong")


@pytest.mark.parametrize(("who", "lang"), combining.in_turn(["", *GIVEN], ["en", "uk"]))
def test_a_page_offers_what_a_role_may_do(office, asks, monkeypatch, who, lang):
    offer(office, figure(value=3300.0), figure(value=900.0, publisher="Other"))
    upload, _ = inbox.receive(
        office, b"In Kharkiv 5 people were killed on 24 January 2026.", "a.txt", "Taras"
    )
    read_upload(office, upload)
    snapshot.publish(office)
    monkeypatch.setenv("IMPACT_READING", "public")
    asks(who)
    told = language.words(lang)._(access.NOT_YOURS if who else access.NOT_SIGNED_IN)
    brings, decides = (who in each for each in (
        ("contributor", "reviewer", "admin"), ("reviewer", "admin"),
    ))  # fmt: skip
    page = reading.open_page(UPLOAD, lang)
    assert bool(page.get("file_uploader")) is brings
    assert (told in [each.value for each in page.info]) is not brings
    page = reading.open_page(REVIEW, lang)
    offered = {each.key.partition("-")[0] for each in page.button if not each.disabled and each.key}
    assert bool(offered & DECIDING) is decides
    assert (told in [each.value for each in page.info]) is not decides
    page = reading.open_page(CONFLICTS, lang)
    assert bool(page.text_area) is decides
    # Nobody writes a name: it is that of the account.
    for each in (UPLOAD, REVIEW, CONFLICTS):
        fields = [field.key or "" for field in reading.open_page(each, lang).text_input]
        assert not [key for key in fields if key.startswith("reviewer")]


@pytest.mark.parametrize("page", [UPLOAD, "pages/explore/overview.py"])
def test_where_an_account_is_needed_to_read_a_page_without_one_shows_nothing(office, asks, page):
    offer(office, figure(value=3300.0))
    snapshot.publish(office)
    asks("")
    shown = reading.open_page(page)
    assert [each.value for each in shown.info] == [access.TO_READ]
    assert not shown.get("plotly_chart") and not shown.get("file_uploader")


@pytest.mark.parametrize("who", ["", "viewer"])
def test_what_nobody_has_reviewed_is_shown_to_those_who_bring_or_review(
    office, asks, monkeypatch, who
):
    text = b"In Kharkiv 5 people were killed on 24 January 2026."
    read_upload(office, inbox.receive(office, text, "secret.txt", "Taras")[0])
    monkeypatch.setenv("IMPACT_READING", "public")
    for asking, seen in ((who, False), ("contributor", True)):
        asks(asking)
        for page in (UPLOAD, REVIEW):
            shown = reading.open_page(page)
            bodies = " ".join(each.proto.body for each in reading.elements(shown.main.root)
                              if each.type == "html")  # fmt: skip
            assert not shown.exception and ("secret.txt" in bodies) is seen
            assert seen or any("nobody has reviewed" in each.value for each in shown.info)


@pytest.mark.parametrize("undone", ["withdraw", "settle"])
def test_undo_puts_a_decision_back_in_the_names_of_who_made_it(office, asks, monkeypatch, undone):
    dead = figure(indicator="killed", unit="people", status="", value=5, source="report")
    offer(office, dead, accepted_by="")
    for who in ("reviewer", "second"):
        asks(who)
        steps.accept(stands(office, dead.figure_id), reports.who(), "read", {}, second=False)
    if undone == "settle":
        steps.dispute(stands(office, dead.figure_id), reports.who(), "denied")
    asks("reviewer")
    act = steps.withdraw if undone == "withdraw" else steps.settle
    assert act(stands(office, dead.figure_id), reports.who(), "wrong")
    assert steps.undo(reports.who()) == dead.figure_id
    row = stands(office, dead.figure_id)
    assert (row["first"], row["decided_by"]) == ("The reviewer", "The second")
    assert row["disputed_by"] == ("The second" if undone == "settle" else "")
