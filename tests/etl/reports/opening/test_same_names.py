"""Parts of one file that bear one name are told apart, and days that no report means are none."""

import io
import warnings
import zipfile
from email.message import EmailMessage

import pytest

from etl.reports import reader
from etl.reports.formats._about import moment
from etl.reports.opening.files import open_file
from impact.model import dates, language

TEXT = "Kyiv, 24 January 2026\n\n{n} apartment buildings in Kyiv remain without heat.\n"


def test_two_attachments_of_one_name_are_two_documents():
    mail = EmailMessage()
    mail["Subject"] = "Reports"
    mail.set_content("See the attachments.")
    for number in ("3,305", "3,306"):
        content = TEXT.format(n=number).encode()
        mail.add_attachment(content, maintype="text", subtype="plain", filename="report.txt")
    found = open_file(bytes(mail), "week.eml")
    texts = {each.name: each.text for each in found if each.name != "week.eml"}
    assert set(texts) == {"week.eml/report.txt", "week.eml/report.txt (2)"}
    assert "3,305" in texts["week.eml/report.txt"] and "3,306" in texts["week.eml/report.txt (2)"]


def test_members_of_an_archive_with_one_name_are_told_apart():
    content = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(content, "w") as archive:
        warnings.simplefilter("ignore")
        for number in ("1", "2", "3"):
            archive.writestr("a.txt", TEXT.format(n=number))
        archive.writestr("a.txt (2)", TEXT.format(n="4"))
    found = open_file(content.getvalue(), "week.zip")
    assert len({each.name for each in found}) == len(found) == 4


@pytest.mark.parametrize("stated", [
    "0001-01-01T00:00:00Z", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59", "1601-01-01T00:00Z",
    "D:99991231", "D:00010101000000Z", "Mon, 01 Jan 0999 00:00:00 +0000",
])  # fmt: skip
def test_a_day_that_a_program_writes_where_it_knows_none_is_none(stated):
    assert moment(stated) == ""


@pytest.mark.parametrize("stated", ["31.12.9999", "1 January 0001", "31 December 9999"])
def test_a_report_with_an_impossible_day_is_read_without_it(stated):
    found = reader.read(f"Published: {stated}\n{TEXT.format(n='3,319')}")
    assert not any("9999" in each.figure.date for each in found.figures)
    assert dates.span(found.published)[0].year == 2026 if found.published else True


def test_a_date_that_was_kept_wrongly_hides_nothing():
    for stated in ("1-01-01T02", "", "99999-01-01"):
        assert language.words("en").stated(stated) == stated
