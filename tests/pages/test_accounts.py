"""Where people sign in: the ledger's names are their accounts, two browsers of one person are one
person, and a page offers what a role may do."""

from dataclasses import replace

import pytest

from etl.reports.intake import read_upload
from impact.access import people
from impact.access.rules import Role
from impact.model import language
from impact.model.figure import Figure
from impact.store import decisions, inbox, rereading, snapshot
from impact.store.ledger import ACCEPT, PROPOSE, Ledger
from pages.parts.review import reports, steps, uploads
from pages.parts.shell import access
from tests import combining
from tests.made import KHARKIV, figure, offer, once
from tests.pages import reading
from tests.pages.asking import GIVEN, behind_a_proxy, filled

CORRECTIONS = "pages/trust/corrections.py"
UPLOAD, REVIEW, CONFLICTS = (
    "pages/reports/upload.py",
    "pages/reports/review.py",
    "pages/trust/conflicts.py",
)
DECIDING = {"accept", "correct", "reject", "all", "undo"}
REPORT = b"In Kharkiv 5 people were killed on 24 January 2026."


@pytest.fixture
def office(ledger, monkeypatch):
    """A store whose people sign in by a proxy, in this process."""
    behind_a_proxy(monkeypatch)
    access.guard()
    filled(ledger.folder)
    people.add(ledger.folder, "second", "The second", Role.REVIEWER)
    return ledger


@once
def reported(ledger: Ledger) -> None:
    """Two figures that differ, and a report that was read and that nobody has reviewed."""
    offer(ledger, figure(value=3300.0), figure(value=900.0, publisher="Other"))
    upload, _ = inbox.receive(ledger, REPORT, "secret.txt", "Taras")
    read_upload(ledger, upload)
    snapshot.publish(ledger)


@pytest.fixture
def asks(office, monkeypatch):
    """Makes somebody the one who asks, as pages/doors/ does."""
    return lambda who: monkeypatch.setattr(
        access, "_asks", lambda: access.by_account(who) if who else ""
    )


def stands(ledger, figure_id: str) -> dict:
    return decisions.of(ledger, [figure_id])[figure_id]


@pytest.mark.parametrize("second", combining.thinned(["reviewer", "admin", "second"]))
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


@once
def loaded_table(ledger: Ledger) -> tuple[Figure, Figure]:
    """A loaded table's figure, and one in doubt."""
    loaded = figure(value=700.0, source="curated")
    doubted = figure(value=90_000_000.0, unit="people", source="curated")
    base = figure(
        indicator="population", unit="people", value=2_900_000.0, status="", date="2022",
        published="", people="all",
    )  # fmt: skip
    offer(ledger, base, loaded, doubted)
    snapshot.publish(ledger)
    return loaded, doubted


@pytest.fixture
def waiting(office, asks):
    """A loaded table's figure with a correction of the reviewer's, and a doubt that they answer."""
    loaded, doubted = loaded_table(office)
    asks("reviewer")
    new = replace(loaded, place=KHARKIV)
    changed = {"place": [loaded.place, new.place]}
    row = stands(office, loaded.figure_id)
    assert steps.correct(row, new, reports.who(), "misread", changed, second=False)
    rule = ["more_people_than_place"]
    assert steps.answer(stands(office, doubted.figure_id), rule, reports.who(), "counted twice")
    return loaded, new, doubted


def test_a_reviewer_alone_moves_no_figure_of_a_loaded_table(office, waiting):
    loaded, new, _ = waiting
    accepted = set(office.accepted()["figure_id"])
    assert loaded.figure_id in accepted and new.figure_id not in accepted
    assert stands(office, new.figure_id)["verdict"] == PROPOSE


@pytest.mark.parametrize("who", ["", "viewer", "contributor", "reviewer", "second"])
def test_what_waits_for_a_second_person_is_told_to_those_who_decide(
    office, asks, waiting, monkeypatch, who
):
    monkeypatch.setenv("IMPACT_READING", "public")
    asks(who)
    decides = who in ("reviewer", "second")
    page = reading.open_page(CORRECTIONS)
    assert not page.exception
    assert ("Waits for a second person" in [each.value for each in page.header]) is decides
    may = [each for each in page.button if (each.key or "").startswith("second-yes-")]
    assert [each.disabled for each in may] == ([who == "reviewer"] if decides else [])
    told = [each.value for each in reading.open_page(REVIEW).info]
    assert any("2 changes of published" in each for each in told) is decides


def test_a_second_person_decides_about_what_waits_in_one_list(office, asks, waiting, monkeypatch):
    _, new, doubted = waiting
    asks("second")
    page = reading.open_page(CORRECTIONS)
    which = page.selectbox(key="second-which")
    assert len(which.options) == 2 and "Kharkiv" not in which.options[0]
    page.text_input(key=f"second-reason-{new.figure_id}").set_value("so it is").run()
    pressed(page).click().run()
    assert new.figure_id in set(office.accepted()["figure_id"])
    page = reading.open_page(CORRECTIONS)
    assert len(page.selectbox(key="second-which").options) == 1
    page.text_input(key=f"second-reason-{doubted.figure_id}").set_value("I agree").run()
    pressed(page).click().run()
    found = decisions.answers(office, [doubted.figure_id])[doubted.figure_id]
    assert [each.waits for each in found.values()] == [False]
    assert decisions.waiting(office).empty


def pressed(page):
    return next(each for each in page.button if (each.key or "").startswith("second-yes-"))


@pytest.mark.parametrize(("who", "lang"), combining.in_turn(["", *GIVEN], ["en", "uk"]))
def test_a_page_offers_what_a_role_may_do(office, asks, monkeypatch, who, lang):
    reported(office)
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
    reported(office)
    asks("")
    shown = reading.open_page(page)
    assert [each.value for each in shown.info] == [access.TO_READ]
    assert not shown.get("plotly_chart") and not shown.get("file_uploader")


@pytest.mark.parametrize("who", ["", "viewer"])
def test_what_nobody_has_reviewed_is_shown_to_those_who_bring_or_review(
    office, asks, monkeypatch, who
):
    reported(office)
    monkeypatch.setenv("IMPACT_READING", "public")
    for asking, seen in ((who, False), ("contributor", True)):
        asks(asking)
        for page in (UPLOAD, REVIEW):
            shown = reading.open_page(page)
            bodies = " ".join(each.proto.body for each in reading.elements(shown.main.root)
                              if each.type == "html")  # fmt: skip
            assert not shown.exception and ("secret.txt" in bodies) is seen
            assert seen or any("nobody has reviewed" in each.value for each in shown.info)


def test_whoever_brings_reports_says_on_review_when_one_was_published(office, asks):
    reported(office)
    asks("contributor")
    page = reading.open_page(REVIEW)
    page.text_input(key=next(each.key for each in page.text_input if "publisher" in each.key))\
        .set_value("Suspilne")  # fmt: skip
    next(each for each in page.button if each.label == "Save and read again").click().run()
    [(_, said)] = rereading.pending(office)
    assert (said.publisher, said.who) == ("Suspilne", "The contributor")


@pytest.mark.parametrize("undone", combining.first(["settle", "withdraw"], 1))
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
