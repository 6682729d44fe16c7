"""One line: no letter that turns, hides or splits what a reader sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.model.lines import one_line
from impact.store import inbox, rereading

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
    upload, _ = inbox.receive(ledger, b"text", f"{FORGED}.txt", "Olena", publisher=FORGED)
    assert upload.publisher == PLAIN and upload.name == f"{PLAIN} .txt"
    rereading.say(
        ledger, upload.upload_id, upload.name, "Taras", "2026-01-24", FORGED, "https://a.b/\u202ec"
    )
    (said,) = rereading.all_said(ledger, upload.upload_id)
    assert (said.publisher, said.url) == (PLAIN, "https://a.b/c")
