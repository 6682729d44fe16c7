"""One line: no letter that turns, hides or splits what a reader sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.lines import one_line
from impact.store import inbox, rereading
from impact.store.ledger import ACCEPT, NOTE
from tests.made import figure, offer

FORGED = "X\r\nSet-Cookie: a=b\u202egnp.exe\u2066\x00"
PLAIN = "X Set-Cookie: a=bgnp.exe"


@pytest.mark.parametrize("text", ["Суспільне Харків", "O’Neill & Co.", "نشرة", "क्‍ष"])
def test_an_ordinary_line_stays_as_it_is(text):
    assert one_line(text) == text


@given(st.text())
def test_a_line_has_no_control_and_no_mark_of_direction_and_is_cleaned_once(text):
    found = one_line(text)
    assert not [each for each in found if unicodedata.category(each) in ("Cc", "Cs", "Zl", "Zp")]
    turning = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    assert not [each for each in found if unicodedata.bidirectional(each) in turning]
    assert one_line(found) == found


def test_what_is_brought_and_said_of_a_report_is_kept_as_one_line(ledger):
    upload, _ = inbox.receive(ledger, b"text", f"{FORGED}.txt", FORGED, publisher=FORGED)
    assert upload.publisher == upload.who == PLAIN and upload.name == f"{PLAIN} .txt"
    rereading.say(
        ledger, upload.upload_id, upload.name, FORGED, "2026-01-24", FORGED, "https://a.b/\u202ec"
    )
    (said,) = rereading.all_said(ledger, upload.upload_id)
    assert (said.publisher, said.url, said.who) == (PLAIN, "https://a.b/c", PLAIN)


def test_who_decides_and_why_is_kept_as_it_reads(ledger):
    offer(ledger, figure(), accepted_by="")
    ledger.decide(figure().figure_id, ACCEPT, f"Olena{chr(0x202E)}", FORGED)
    ledger.decide(figure().figure_id, NOTE, "Olena", f"first\n{FORGED}")
    told = ledger.table("decisions").set_index("kind")
    assert (told.loc[ACCEPT, "who"], told.loc[ACCEPT, "reason"]) == ("Olena", PLAIN)
    assert told.loc[NOTE, "reason"].splitlines()[0] == "first"
    assert FORGED not in told.loc[NOTE, "reason"]
    with pytest.raises(ValueError, match="a person and a reason"):
        ledger.decide(figure().figure_id, ACCEPT, "Olena", "\u202e\u200b")
