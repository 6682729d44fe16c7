"""The page Status: every state of a store has its sentence, and nothing private stands there."""

import shutil

import pytest

from etl.reports.intake import read_upload
from etl.reports.model.reading import Reading
from impact.access import people
from impact.access.rules import Role
from impact.model import language
from impact.store import inbox, snapshot
from impact.store.condition import watch
from impact.store.faults import PublishingFails, Withheld
from impact.store.ledger import REJECT, Ledger
from impact.store.reader import Reader
from impact.wording import condition as told
from pages.parts.shell import access
from tests import combining, damages
from tests.damages import CLOSING, DAMAGES
from tests.made import figure, offer, once, toll
from tests.pages import reading
from tests.pages.api import asking
from tests.pages.asking import GIVEN, behind_a_proxy, filled

PAGE = "pages/trust/status.py"
each_language = pytest.mark.parametrize("lang", language.languages())


def seen(lang: str = "en", **address: str) -> list[str]:
    """Every text of the page itself, the menu left out."""
    page = reading.open_page(PAGE, lang, **address)
    assert not page.exception and not page.error
    return list(reading.texts(page.main))


def has(texts: list[str], part: str) -> bool:
    return any(part in each for each in texts)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The folder of such a store, to be copied and damaged."""
    return damages.filled(tmp_path_factory.mktemp("sound") / "store").folder


@pytest.fixture
def filled_store(store):
    """A store with a table, a decision and two snapshots."""
    return damages.filled(store)


# Every state has its sentence


@each_language
def test_an_empty_store_says_that_it_is_empty_and_well(store, lang):
    words, texts = language.words(lang), seen(lang)
    for sentence in (
        told.WELL,
        "No figures are published yet.",
        "No upload waits to be read.",
        "No report waits for a decision.",
        "Nobody has decided about a figure yet.",
    ):
        assert has(texts, words._(sentence)), sentence
    assert has(texts, "python -m etl load") and not store.exists()


@each_language
def test_a_small_store_says_how_old_it_is_and_what_came_last(filled_store, lang):
    words, texts = language.words(lang), seen(lang)
    built = Reader(filled_store.folder).query("SELECT built_at FROM meta")["built_at"][0]
    assert has(texts, words._(told.WELL))
    assert has(texts, words.time(built)) and has(texts, words.number(damages.NOW))
    documents = filled_store.table("documents")
    loaded = documents.loc[documents["source"] == "made", "received_at"].max()
    assert has(texts, words.time(loaded)) and has(texts, "made")
    decided = filled_store.table("decisions")
    (at,) = decided[decided["who"] == "Olha"]["decided_at"]
    sentence = words._("Somebody decided about a figure last on {time}.", time=words.time(at))
    assert has(texts, sentence)
    assert has(texts, words._("Publishing works: nothing keeps what is decided from the pages."))


@each_language
def test_what_waits_is_counted(filled_store, lang):
    words = language.words(lang)
    inbox.receive(filled_store, b"In Sumy 2 people were killed on 25 January 2026.", "a.txt", "A")
    for number in (3, 4):
        text = f"In Kyiv {number} people were killed on {number} January 2026."
        read_upload(filled_store, inbox.receive(filled_store, text.encode(), "b.txt", "A")[0])
    texts = seen(lang)
    one = words.plural("{count} upload waits to be read.", "{count} uploads wait to be read.", 1)
    assert has(texts, one)
    two = ("{count} report waits for a decision.", "{count} reports wait for a decision.")
    assert has(texts, words.plural(*two, 2))


@pytest.mark.parametrize(
    ("damage", "lang"),
    combining.in_turn(combining.thinned([*DAMAGES], 3), language.languages()),
)
def test_a_damaged_store_says_what_is_wrong_what_mends_it_and_what_is_still_known(
    damage, lang, store, sound
):
    ledger = Ledger(shutil.copytree(sound, store))
    DAMAGES[damage][0](ledger)
    words = language.words(lang)
    page = reading.open_page(PAGE, lang)
    assert not page.exception and page.title[0].value == words._("Status")
    warnings = [reading.as_typed(each.value) for each in page.warning]
    assert warnings == [each.told(words) for each in watch(str(store)).faults()] != []
    if lang == "en":
        assert warnings == asking.told(asking.ask("/health"))["problems"]
        assert has(warnings, DAMAGES[damage][1]) and has(warnings, "python -m etl")
    texts, shown = list(reading.texts(page.main)), DAMAGES[damage][2]
    lost = "The figures cannot be read: what mends it stands above."
    assert has(texts, words._(lost)) is (shown is None)
    if shown:
        assert has(texts, words.number(shown))
    assert not has(texts, words._(told.WELL))
    if damage in CLOSING:
        sentence = "Nothing can be published at the moment: what mends it stands above."
        assert has(texts, words._(sentence))
    if damage in CLOSING and damage != "damaged marker":
        assert not has(texts, words._("Nobody has decided about a figure yet."))
        assert not has(texts, words._("No report waits for a decision."))
    assert [each for each in texts if str(store.parent) in each or "Olha" in each] == []


@pytest.mark.parametrize("fault", [PublishingFails("a slip"), Withheld(new=1, old=900)])
def test_what_keeps_decisions_from_the_pages_is_told(filled_store, fault):
    watch(str(filled_store.folder)).publishing = fault
    page = reading.open_page(PAGE)
    assert [reading.as_typed(each.value) for each in page.warning] == [
        fault.told(language.words("en"))
    ]
    texts = list(reading.texts(page.main))
    assert has(texts, "Nothing can be published at the moment") and not has(texts, "a slip")


@pytest.mark.parametrize(("looked", "lang"), combining.in_turn([False, True], language.languages()))
def test_while_somebody_writes_it_says_so_and_waits_for_nobody(filled_store, lang, looked):
    if looked:  # a moment ago all was well: that still counts, and what waits is asked for anew
        seen(lang)
        offer(filled_store, toll(3.0), name="one more table")
    with filled_store.lock():
        texts = seen(lang)
    words = language.words(lang)
    busy = (
        "The store is busy: what waits and what was decided last cannot be told just now. Look "
        "again in some seconds."
    )
    assert has(texts, words._(busy))
    assert has(texts, words.number(damages.NOW))


def test_it_tells_of_now_and_sends_whoever_looks_at_the_past_back_to_it(filled_store):
    texts = seen(asof="2026-01-24T20:00")
    assert has(texts, "come back to now") and not has(texts, told.WELL)


# Nothing private


SECRET = "In Kharkiv 5 people were killed on 24 January 2026, says Mr Petrenko."


@once
def with_private_things(ledger: Ledger) -> list[Reading]:
    """A rejected figure and a report that nobody has reviewed; gives what was read of it."""
    offer(ledger, figure(), accepted_by="loader of made")
    read = read_upload(ledger, inbox.receive(ledger, SECRET.encode(), "secret.txt", "Taras")[0])
    ledger.decide(figure().figure_id, REJECT, "Olena Koval", "a private reason")
    snapshot.publish(ledger)
    return read


@pytest.mark.parametrize("who", combining.thinned(["", *GIVEN]))
def test_nothing_private_stands_on_it_whoever_looks(ledger, monkeypatch, who):
    behind_a_proxy(monkeypatch)
    access.guard()
    filled(ledger.folder)
    people.add(ledger.folder, "olena", "Olena Koval", Role.REVIEWER)
    read = with_private_things(ledger)
    monkeypatch.setenv("IMPACT_READING", "public")
    monkeypatch.setattr(access, "_asks", lambda: access.by_account(who) if who else "")
    texts = seen()
    assert read[0].figures and has(texts, "1 report waits for a decision")
    assert has(texts, "decided about a figure last")
    for private in (
        *("secret.txt", "Taras", "Kharkiv", "Petrenko", "Olena", "a private reason"),
        *("The reviewer", "loader of", str(ledger.folder.parent)),
    ):
        assert not has(texts, private), private
    assert has(texts, "are free where the store lies") is (who == "admin")


def test_where_reading_needs_an_account_nobody_else_sees_it(ledger, monkeypatch):
    behind_a_proxy(monkeypatch)
    access.guard()
    filled(ledger.folder)
    monkeypatch.setattr(access, "_asks", lambda: "")
    texts = seen()
    assert has(texts, access.TO_READ) and not has(texts, told.WELL)


@pytest.mark.parametrize(
    ("free", "size"),
    [
        (0, "0 MB"),
        (999_999_999, "999 MB"),
        (10**9, "1 GB"),
        (750 * 10**9, "750 GB"),
    ],
)
def test_room_is_told_in_whole_megabytes_or_gigabytes(free, size):
    assert told.disk(free, language.words("en")).startswith(f"{size} are free")
    assert size.partition(" ")[0] in told.disk(free, language.words("uk"))
