"""python -m etl learn: reviewers' decisions move the weights of their store, where it gains."""

import importlib.util
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.commands import learn
from etl.learning import decided, gain, proposed_words
from etl.learning.gain import Score
from etl.reports.intake import read_upload
from etl.reports.weighing import weights
from etl.reports.weighing.weights import Weights
from impact.model.places import PLACES
from impact.store import inbox
from impact.store.ledger import ACCEPT, Decision, Ledger
from tests.etl.reports.making import zipped
from tests.made import figure

pytestmark = pytest.mark.slow
INSTALLED = importlib.util.find_spec("sklearn") is not None
LEARNS = pytest.mark.skipif(not INSTALLED, reason="scikit-learn is not installed")

_SHELF = tempfile.TemporaryDirectory(prefix="reviewed")
CITIES = [place for place in PLACES.values() if place.level == "city"][: learn.LEAST]
COUNTED = list(enumerate(CITIES, start=5))
SAID = "The blast flustrated {count} residents of {city}."


def text(city: str, count: int) -> str:
    return (
        f"Two people were killed in {city} on 24 January 2026, the mayor said. "
        + SAID.format(count=count, city=city)
        + f" Some {count + 40} firefighters and {count + 90} volunteers came."
    )


@cache
def _reviewed() -> Path:
    """A store with a report of each city, of which all that was read is accepted."""
    ledger = Ledger(Path(tempfile.mkdtemp(dir=_SHELF.name)) / "store")
    files = {f"{count}.txt": text(city.name_en, count).encode() for count, city in COUNTED}
    upload, _ = inbox.receive(ledger, zipped(files), "reports.zip", "Olena")
    accepted = []
    for part in read_upload(ledger, upload):
        rows = inbox.proposed(ledger, inbox.document_id(upload, part))
        accepted += [
            Decision(subject=each, kind=ACCEPT, reason="read and accepted")
            for each in rows["figure_id"]
        ]
    ledger.record("Olena", accepted)
    return ledger.folder


def reviewed(store: Path, *, add: bool) -> Ledger:
    """A store with reviewed reports; a person adds, if asked, the injured, of which the reader does
    not know the verb."""
    shutil.copytree(_reviewed(), store, dirs_exist_ok=True)
    ledger = Ledger(store)
    for report in decided.reports(ledger) if add else ():
        count, city = next(each for each in COUNTED if f" {each[1].name_en} on" in report.text)
        figure = _added(report.text, city, count)
        ledger.add(report.document, figure, "Olena", "missed", second=False)
    return ledger


def _added(said: str, city, count: int):
    quote = SAID.format(count=count, city=city.name_en)
    at = said.index(quote)
    return figure(
        indicator="injured",
        value=float(count),
        unit="people",
        status="",
        place=city.pcode,
        quote=quote,
        start=at,
        end=at + len(quote),
        source="report",
    )


def learned(store: Path) -> int:
    return main(["--store", str(store), "learn"])


@pytest.mark.skipif(INSTALLED, reason="scikit-learn is installed")
def test_without_scikit_learn_one_sentence_says_what_is_missing(store, capsys):
    assert learned(store) == 1
    assert capsys.readouterr().err == (
        "scikit-learn is not installed: it is needed to learn, not to read. "
        "pip install -r requirements-train.lock\n"
    )


@LEARNS
def test_too_few_reports_teach_nothing(ledger, capsys):
    assert learned(ledger.folder) == 0
    assert "0 reports are reviewed to the end: 20 are needed to learn" in capsys.readouterr().out
    assert not (ledger.folder / weights.OWN).exists()


@LEARNS
def test_what_reviewers_add_is_read_from_then_on(store, capsys):
    ledger = reviewed(store, add=True)
    assert learned(ledger.folder) == 0
    told = capsys.readouterr().out
    assert "they gain: written to weights.csv of the store" in told
    assert 'a word for data/languages/en.toml  [toll] injured: "flustrated"  (20 reports)' in told
    upload, _ = inbox.receive(ledger, text("Kharkiv", 77).encode(), "new.txt", "Olena")
    (part,) = read_upload(ledger, upload)
    assert {(each.indicator, each.value) for each in part.figures} == {
        ("killed", 2.0), ("injured", 77.0),
    }  # fmt: skip
    (guess,) = part.reading["guesses"].values()
    assert "unit: people" in guess


@LEARNS
def test_weights_that_do_not_gain_are_not_used(store, capsys):
    ledger = reviewed(store, add=False)
    (ledger.folder / weights.OWN).write_text("feature,kind,weight\n", encoding="utf-8")
    assert learned(ledger.folder) == 0
    assert "they do not gain" in capsys.readouterr().out
    assert not (ledger.folder / weights.OWN).exists()


def test_only_reports_reviewed_to_the_end_are_learned_from(store):
    ledger = reviewed(store, add=True)
    said = text("Kharkiv", 77)
    upload, _ = inbox.receive(ledger, said.encode(), "waiting.txt", "Olena")
    read_upload(ledger, upload)
    found = list(decided.reports(ledger))
    assert len(found) == len(CITIES)
    assert {row["indicator"] for report in found for row in report.added} == {"injured"}
    kinds = [each.kind for report in found for each in report.examples()]
    assert {*kinds} == {"killed", "injured", weights.NONE}


def test_a_report_is_scored_by_what_people_accepted(store):
    ledger = reviewed(store, add=True)
    report = next(decided.reports(ledger))
    assert gain.score(report, Weights({})) == Score(found=1, missed=1, wrong=0)
    every = Weights({weights.ALWAYS: {"injured": 9.0}})
    assert gain.score(report, every).found == 2


def test_a_gain_is_more_found_at_no_loss_of_precision():
    before = Score(found=8, missed=2, wrong=0)
    assert Score(found=9, missed=1, wrong=0).gains_on(before)
    assert not Score(found=10, missed=0, wrong=1).gains_on(before)
    assert not before.gains_on(before)


def test_words_of_added_figures_are_proposed_where_they_tell_of_one_kind(store):
    ledger = reviewed(store, add=True)
    lines = proposed_words.lines(decided.reports(ledger))
    assert ("en", "toll", "injured", "flustrated", len(CITIES)) in lines
    assert not {"killed", "residents"} & {line.word for line in lines}  # words it knows
