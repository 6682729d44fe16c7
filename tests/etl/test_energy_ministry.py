"""Morning lists of the Energy Ministry: oblasts without power in words, and what is left out."""

from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.reports import unnumbered
from etl.reports.unnumbered import statements
from etl.sources import energy_ministry
from etl.sources.energy_ministry import parse
from impact.model.figure import UNSTATED
from impact.model.speakers import identify
from impact.store.ledger import Ledger
from tests.etl.test_broken_files import PAGE

RECORDED = Path(__file__).parent / "recorded" / "energy_ministry"
DAY = date(2031, 1, 5)
# File -> day, place, indicator, status and cause of each statement.
READ = {
    "uk": [
        ("2031-01-05", "UA14", "power_outage", "lost", "strike"),
        ("2031-01-05", "UA59", "power_outage", "lost", "strike"),
        ("2031-01-05", "UA74", "power_outage", "lost", "strike"),
        ("2031-01-05", "UA48", "power_outage", "without", "weather"),
        ("2031-01-05", "UA65", "power_outage", "without", "weather"),
        ("2031-01-06", "UA63", "power_outage", "without", "strike"),
        ("2031-01-06", "UA51", "power_outage", "restored", ""),
    ],
    "en": [
        ("2031-01-05", "UA23", "power_outage", "without", "strike"),
        ("2031-01-05", "UA12", "power_outage", "without", "strike"),
        ("2031-01-05", "UA63", "power_outage", "without", "strike"),
        ("2031-01-05", "UA6104049001", "heating_loss", "restored", ""),
    ],
}
# File -> why its other sentences about supply give nothing, in their order.
LEFT_OUT = {
    "uk": [
        unnumbered.NUMBER,
        unnumbered.DENIED,
        unnumbered.CITY_OR_OBLAST,
        unnumbered.OTHER_DAY,
        unnumbered.NO_PLACE,
        energy_ministry.SAID,
    ],
    "en": [unnumbered.NUMBER, unnumbered.DENIED],
}
each_file = pytest.mark.parametrize("name", READ)


def recorded(name: str) -> bytes:
    return (RECORDED / f"{name}.txt").read_bytes()


@each_file
def test_each_oblast_of_a_list_is_a_statement_without_a_number(name):
    figures = parse(recorded(name)).figures
    told = [(each.date, each.place, each.indicator, each.status, each.cause) for each in figures]
    assert told == READ[name]
    assert {(each.value, each.unit, each.bound) for each in figures} == {(None, "", UNSTATED)}
    text = recorded(name).decode()
    assert all(each.quote in text and identify(each.attributed_to, "UA").role for each in figures)


@each_file
def test_a_sentence_that_cannot_be_read_for_sure_is_refused_with_the_reason(name):
    parsed = parse(recorded(name))
    assert [each.reason for each in parsed.refused] == LEFT_OUT[name]
    kept = {each.position for each in parsed.figures}
    assert parsed.rows == len(kept) + len(parsed.refused)


def test_the_address_of_a_message_is_kept_and_a_message_may_have_none():
    urls = {(each.date, each.url) for each in parse(recorded("uk")).figures}
    assert urls == {("2031-01-05", "https://example.org/ministry/1"), ("2031-01-06", "")}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Power and heat are out in Sumy region.", unnumbered.SEVERAL),
        ("Customers are without power.", unnumbered.NO_PLACE),
        ("Power is out in Kyiv and Sumy regions.", unnumbered.CITY_OR_OBLAST),
        ("On 3 January customers in Sumy region were without power.", unnumbered.OTHER_DAY),
    ],
)
def test_what_is_left_out_says_why(text, reason):
    assert [each.unfit for each in statements(text, DAY)] == [reason]


def test_a_text_that_speaks_of_no_supply_says_nothing():
    assert statements("Shelling of Sumy region went on. Two people were hurt.", DAY) == []


@pytest.mark.parametrize(
    ("payload", "sentence"),
    [
        (b"", "is empty"),
        (PAGE, "web page and no data"),
        (recorded("uk").rstrip()[:-1] + b"\xd0", "UTF-8"),  # half a letter
        (recorded("en")[: len(recorded("en")) // 2], "breaks off"),
        (recorded("en").split(b"\n", 1)[1], "has to be a day"),
        (recorded("en").replace(b"2031-01-05", b"2031-13-05"), "has to be a day"),
        (b"2031-01-05\nNothing happened.", "no sentence of it"),
    ],
)
def test_a_file_that_is_no_message_is_told_in_a_sentence_and_changes_nothing(
    tmp_path, capsys, payload, sentence
):
    path, store = tmp_path / "morning.txt", tmp_path / "store"
    path.write_bytes(payload)
    assert main(["--store", str(store), "load", "energy_ministry", "--file", str(path)]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("etl load: ") and sentence in line
    assert not Ledger(store).exists
