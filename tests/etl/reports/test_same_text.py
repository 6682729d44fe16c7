"""One report says the same figures in every format it may come in."""

import html
import io
from dataclasses import fields
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.commands.read import as_label
from etl.reports.model.document import Document
from etl.reports.opening.sandbox import open_safely
from etl.reports.reader import read, read_document
from impact.model.figure import Figure
from tests import accuracy
from tests.etl.reports.making import docx, mail, p

# Printed from the two reports by a browser: `chromium --headless --print-to-pdf`.
RECORDED = Path(__file__).parent / "recorded"
REPORTS = {
    report["n"]: report
    for report in accuracy.reports(["written_en.jsonl", "written_uk.jsonl"])
    if report["n"] in ("we018", "wu019")
}
EACH = pytest.mark.parametrize("name", REPORTS)
# Where the words stand differs from format to format; what they say must not.
PLACES_IN_TEXT = {"quote", "start", "end", "position", "published", "publisher", "url"}
SAID = [each.name for each in fields(Figure) if each.name not in PLACES_IN_TEXT]


def lines(name: str) -> list[str]:
    return [line.strip() for line in REPORTS[name]["text"].splitlines() if line.strip()]


def said(figures) -> list[dict]:
    """What figures say, in an order of their own."""
    return sorted(
        ({field: getattr(each.figure, field) for field in SAID} for each in figures), key=str
    )


def paragraphs(name: str) -> str:
    first, *rest = (html.escape(line) for line in lines(name))
    return f"<h1>{first}</h1>" + "".join(f"<p>{line}</p>" for line in rest)


def page(name: str) -> str:
    """A news page: the report among a menu, a ticker and links to other stories."""
    return (
        "<html><head><title>News</title></head><body><nav><a href='/'>Home</a> <a>Odesa: 7 killed"
        f"</a></nav><article>{paragraphs(name)}</article><aside><h3>Read also</h3>"
        "<ul><li><a>12 injured in Kherson</a></li></ul></aside></body></html>"
    )


MAKERS = {
    "txt": lambda name: "\n".join(lines(name)).encode(),
    "md": lambda name: ("# " + "\n\n".join(lines(name))).encode(),
    "utf16.txt": lambda name: "\n".join(lines(name)).encode("utf-16"),
    "cp1251.txt": lambda name: "\n".join(lines(name)).encode("cp1251"),
    "docx": lambda name: docx("".join(p(html.escape(line)) for line in lines(name))),
    "html": lambda name: page(name).encode(),
    "eml": lambda name: mail(
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        + "\n".join(lines(name)[1:]),
        lines(name)[0],
    ).encode(),
    "pdf": lambda name: (RECORDED / f"{name}.pdf").read_bytes(),
}


@EACH
@pytest.mark.parametrize("ending", MAKERS)
def test_the_same_text_gives_the_same_figures_in_every_format(name, ending):
    published = REPORTS[name]["published"]
    [document] = open_safely(MAKERS[ending](name), f"{name}.{ending}")
    assert isinstance(document, Document), document
    reading = read_document(document, published)
    plain = read("\n".join(lines(name)), published)
    assert said(reading.figures) == said(plain.figures) and len(plain.figures) >= 8
    for each in reading.figures:
        assert document.text[each.figure.start : each.figure.end] == each.figure.quote
    if ending == "pdf":
        assert {each.figure.position for each in reading.figures} == {"page 1"}


@EACH
def test_the_same_figures_come_out_of_a_table(name):
    published = REPORTS[name]["published"]
    plain = read("\n".join(lines(name)), published)
    labels = [as_label(each.figure) for each in plain.figures]
    columns = [key for key in labels[0] if key not in ("quote", "start", "end")]
    book = Workbook()
    book.active.append(columns)
    for label in labels:
        book.active.append([label[column] for column in columns])
    packed = io.BytesIO()
    book.save(packed)

    [document] = open_safely(packed.getvalue(), f"{name}.xlsx")
    reading = read_document(document, published)
    assert reading.rows == len(labels) and not reading.refused

    kept = [tuple(as_label(each.figure)[column] for column in columns) for each in reading.figures]
    assert sorted(kept, key=str) == sorted(
        (tuple(label[column] for column in columns) for label in labels), key=str
    )
