"""Every kind of damage to a store, as pages and addresses tell it: a sentence, never a trace, and
never an empty answer as the truth."""

import shutil

import pytest

from etl.reports import intake
from impact.model import language
from impact.store import condition, inbox, snapshot
from impact.store.ledger import Ledger
from impact.store.reader import Reader
from pages.parts.review import publishing, steps, uploads
from pages.parts.shell import access, session
from tests import combining, damages
from tests.damages import CLOSING, DAMAGES
from tests.pages import reading
from tests.pages.api.asking import ask, told
from tests.pages.driving import OVERVIEW
from tests.waiting import until

UPLOAD, REVIEW, CONFLICTS = (
    "pages/reports/upload.py", "pages/reports/review.py", "pages/trust/conflicts.py",
)  # fmt: skip
each_damage = pytest.mark.parametrize("damage", DAMAGES)
# What a page makes of damage is the same for all of it; /health, below, is asked about each.
some_damage = pytest.mark.parametrize("damage", combining.thinned([*DAMAGES], 3))
# What only those are told who look after the store, and the report's own pages.
QUIET = ("damaged reading", "altered reading", "deleted original")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    return damages.filled(tmp_path_factory.mktemp("sound") / "store").folder


@pytest.fixture
def hurt(sound, store):
    """A copy of the store, damaged; the one that the environment names."""

    def hurt_(damage: str) -> Ledger:
        ledger = Ledger(shutil.copytree(sound, store))
        DAMAGES[damage][0](ledger)
        return ledger

    return hurt_


def texts(page) -> str:
    """What a page says in boxes and lines."""
    kinds = (page.warning, page.error, page.info, page.caption, page.markdown)
    return "\n".join(each.value for kind in kinds for each in kind)


@each_damage
def test_health_tells_the_truth(damage, hurt):
    hurt(damage)
    response = ask("/health")
    answer = told(response)
    assert response.status_code == 503 and answer["status"] != "ok"
    assert any(DAMAGES[damage][1] in each for each in answer["problems"])
    assert any("python -m etl" in each for each in answer["problems"])
    assert answer["figures"] == DAMAGES[damage][2]
    assert str(damages.Path.cwd()) not in str(answer)


@each_damage
def test_figures_are_those_of_the_last_good_snapshot_or_a_sentence(damage, hurt):
    hurt(damage)
    response, shown = ask("/api/figures.json"), DAMAGES[damage][2]
    if shown:
        assert response.status_code == 200 and told(response)["total"] == shown
    else:
        assert response.status_code == 503 and "python -m etl rebuild" in told(response)["error"]
    assert "Traceback" not in response.body.decode()


@some_damage
def test_a_page_says_it_in_one_line(damage, hurt):
    hurt(damage)
    page = reading.open_page(OVERVIEW)
    assert not page.exception and page.title[0].value
    said = [each.value for each in page.warning]
    assert damage in QUIET or [each for each in said if DAMAGES[damage][1] in each]
    assert len([each for each in said if "python -m etl" in each]) == (damage not in QUIET)


@pytest.mark.parametrize(
    ("damage", "page"), combining.in_turn(combining.thinned([*DAMAGES], 3), [UPLOAD, REVIEW])
)
def test_where_reports_are_brought_and_decided_it_is_closed_or_stands(page, damage, hurt):
    hurt(damage)
    shown = reading.open_page(page)
    assert not shown.exception and shown.title[0].value
    if damage in CLOSING:
        assert not shown.main.button and not shown.main.get("file_uploader")
        assert DAMAGES[damage][1] in texts(shown)
    if damage.endswith(" reading"):
        assert "What was read from this report is missing or damaged" in texts(shown)


@pytest.mark.parametrize("lang", language.languages())
def test_it_is_said_in_the_readers_language(lang, hurt):
    hurt("missing ledger")
    words = language.words(lang)
    sentence = words._(condition.faults.StoreIncomplete.SENTENCE)
    (line,) = reading.open_page(OVERVIEW, lang=lang).warning
    told = reading.as_typed(line.value)
    assert told.startswith(sentence) and "`python -m etl restore FILE`" in told


def test_nothing_can_be_brought_or_decided_past_the_closed_pages(hurt, monkeypatch):
    ledger = hurt("missing ledger")
    monkeypatch.setattr(session, "words", lambda: language.words("en"))
    assert uploads.receive([uploads.Brought("report.txt", b"a report")], "Olha") == []
    seen = {"figure_id": damages.toll().figure_id, "state": ""}
    assert not steps.dispute(seen, "Olena", "because")
    assert steps.failure() == access.AT_FAULT
    assert not ledger.exists


def test_the_past_is_not_made_up_without_the_ledger(hurt):
    hurt("missing ledger")
    page = reading.open_page(OVERVIEW, asof="2026-01-24T20:00")
    assert not page.exception and "The past cannot be shown" in texts(page)
    response = ask("/api/figures.json?asof=2026-01-24T20:00")
    assert (
        response.status_code == 503 and "ledger of this store is missing" in told(response)["error"]
    )


def test_the_threads_beside_the_pages_make_no_new_ledger(hurt, caplog):
    ledger = hurt("missing ledger")
    thread = publishing.Publisher(ledger)
    thread.wake()
    intake.Intake(ledger).wake()
    until(lambda: thread.failed)
    assert "ledger of this store is missing" in thread.failed
    assert not ledger.exists and Reader(ledger.folder).count() == damages.NOW
    assert "Traceback" not in caplog.text


def test_a_report_whose_original_is_gone_says_so_in_the_list(hurt):
    ledger = hurt("damaged reading")
    upload, _ = inbox.receive(ledger, b"9 killed in Sumy", "another.txt", "Olha")
    (ledger.originals / upload.upload_id).unlink()
    worker = intake.intake(str(ledger.folder))
    worker.wake()
    until(lambda: worker.faults)
    page = reading.open_page(UPLOAD)
    assert "The original of this report is missing or damaged" in texts(page)


def test_a_real_server_serves_a_store_without_its_ledger(hurt, served):
    from tests.pages.api.asking import fetch

    ledger = hurt("missing ledger")
    server = served(ledger.folder)
    status, _, body = fetch(server.url, "/health")
    assert status == 503 and b"python -m etl restore FILE" in body
    assert fetch(server.url, "/api/figures.json")[0] == 200
    assert not ledger.exists
    assert "Traceback" not in server.log.read_text(errors="replace")


def test_what_is_mended_is_no_longer_told(hurt, monkeypatch):
    ledger = hurt("truncated snapshot")
    monkeypatch.setattr(condition, "FRESH", 0.0)
    assert ask("/health").status_code == 503
    snapshot.publish(ledger)
    assert ask("/health").status_code == 200
    assert not reading.open_page(OVERVIEW).warning
