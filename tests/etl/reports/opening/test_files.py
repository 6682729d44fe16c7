"""Every format opened, every refusal reached: what a person gets to see of a file."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from etl.reports.formats import MAX_BYTES, MAX_COLUMNS
from etl.reports.model.document import Document
from etl.reports.opening import files
from etl.reports.opening.files import open_file
from etl.reports.opening.refusals import NOTES, REFUSALS, Refusal
from tests.etl.reports.making import docx, mail, p, pdf, workbook, zipped

UKRAINIAN = (
    "Унаслідок удару в ніч на 20 січня без опалення залишилися 5635 будинків, повідомив мер. "
    "Їх під'єднують до тепла, але на лівому березі немає й води; у Бучі загинула одна людина."
)
RECORDED = Path(__file__).parents[1] / "recorded"


def opened(content: bytes | str, name: str) -> Document:
    """The one document of a file."""
    content = content.encode() if isinstance(content, str) else content
    [document] = open_file(content, name)
    assert isinstance(document, Document), document
    assert set(document.notes) <= NOTES.keys()
    return document


def refused(content: bytes, name: str) -> str:
    """The code with which the whole file is refused."""
    [refusal] = open_file(content, name)
    assert isinstance(refusal, Refusal), refusal
    assert refusal.name == name
    return refusal.code


def cells(document: Document, number: int = 0) -> list[list[str]]:
    """A table's cells as the text has them."""
    rows = document.tables[number].rows
    return [[document.text[start:end] for start, end in row] for row in rows]


# --- the format is told by the bytes ---


@pytest.mark.parametrize(
    ("name", "kind", "noted"),
    [
        ("report.pdf", "pdf", False),
        ("report", "pdf", False),
        ("report.csv", "pdf", True),
        ("report.PDF", "pdf", False),
        ("report.xyz", "pdf", False),
        ("../../etc/passwd\0.txt", "pdf", True),
        ("x" * 300 + ".docx", "pdf", True),
    ],
)
def test_a_file_is_what_its_bytes_say_whatever_its_name(name, kind, noted):
    document = opened(pdf([(72, 700, "Kyiv is without heat")]), name)
    assert (document.kind, document.name, "other_ending" in document.notes) == (kind, name, noted)


def test_a_text_without_a_known_ending_is_text():
    assert opened("3 people were killed in Odesa.", "note").kind == "text"


def test_every_format_is_found_in_the_folder():
    assert {"pdf", "docx", "html", "text", "mail", "csv", "xlsx", "xls", "zip"} <= {*files.kinds()}


# --- text ---


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
        *("utf-32-be", "cp1251", "koi8-u", "cp1125", "iso8859-5", "mac-cyrillic"),
    ],
)
def test_ukrainian_is_read_in_every_encoding_it_was_ever_written_in(encoding):
    assert opened(UKRAINIAN.encode(encoding), "a.txt").text == UKRAINIAN


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-u"])
@pytest.mark.parametrize("length", [24, 60, 120])
def test_a_line_is_enough_to_tell_an_encoding_and_the_guess_is_noted(encoding, length):
    document = opened(UKRAINIAN[:length].encode(encoding), "a.txt")
    assert document.text == UKRAINIAN[:length].strip()
    assert document.notes == ("letters_guessed",)


def test_letters_are_composed_and_line_ends_are_one():
    text = "Миколаи\u0306в\r\nХарків\rКиі\u0308в\0"
    assert opened(text, "a.txt").text == "Миколайв\nХарків\nКиїв"


def test_lines_wrapped_by_hand_become_paragraphs_and_lists_stay_lists():
    wrapped = (
        "Some 3,300 apartment buildings in Kyiv remain without heat after the\n"
        "attack overnight on January 24, the mayor wrote. In the morning there\n"
        "were nearly 6,000 buildings without it, most of them for the second\n"
        "time.\n\nKilled:\n- 2 in Kyiv\n- 1 in Bucha\n"
    )
    lines = opened(wrapped, "a.txt").text.split("\n")
    assert lines[0].endswith("for the second time.")
    assert lines[2:] == ["Killed:", "- 2 in Kyiv", "- 1 in Bucha"]


def test_short_lines_that_nobody_wrapped_are_left_alone():
    text = "Kyiv: 5,635 buildings\nOdesa: 300 buildings\nSumy: no heat at all in the city\nEnd"
    assert opened(text, "a.txt").text == text


def test_a_table_in_markdown_is_a_table():
    document = opened("# Heat\n\n| City | Buildings |\n|---|---|\n| Kyiv | 5635 |\n\nEnd", "a.md")
    assert cells(document) == [["City", "Buildings"], ["Kyiv", "5635"]]
    assert document.text == "# Heat\n\nCity\tBuildings\nKyiv\t5635\n\nEnd"


# --- tables as text ---


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_is_recognised_and_no_row_is_lost(separator):
    lines = [["id", "city", "n"], ["007", "Kyiv", "1.5"], ["008", "Odesa", ""], ["", "", ""]]
    document = opened("\r\n".join(separator.join(line) for line in lines), "a.csv")
    assert cells(document) == [["id", "city", "n"], ["007", "Kyiv", "1.5"], ["008", "Odesa"]]


def test_a_decimal_comma_does_not_separate():
    assert cells(opened("city;n\nKyiv;1,5\nOdesa;2,5\n", "a.csv"))[1] == ["Kyiv", "1,5"]


def test_a_line_break_or_tab_within_a_cell_becomes_a_space():
    assert cells(opened('a,b\n"one\ntwo","x\ty"\n', "a.csv"))[1] == ["one two", "x y"]


def test_an_open_quotation_mark_swallows_no_row_and_is_noted():
    document = opened('city,n\n"Kyiv,1\nOdesa,2\nSumy,3\n', "a.csv")
    assert len(cells(document)) == 4
    assert "broken_quotes" in document.notes


def test_rows_of_uneven_length_are_kept_and_noted():
    document = opened("a,b\n1,2,3\n4\n", "a.csv")
    assert cells(document) == [["a", "b"], ["1", "2", "3"], ["4"]]
    assert "uneven_rows" in document.notes


# --- workbooks ---


def test_a_sheet_is_a_table_with_its_name_and_cells_as_shown():
    document = opened(
        workbook(
            [["City", "Code", "Share", "n", "when"], [], ["Kyiv", 7, 0.453, 0.1 + 0.2, None]],
            B3="000",
            C3="0.0%",
        ),
        "a.xlsx",
    )
    assert cells(document) == [
        ["City", "Code", "Share", "n", "when"],
        ["Kyiv", "007", "45.3%", "0.3"],
    ]
    assert document.tables[0].position == document.position(0) == "sheet Heat"


def test_dates_of_a_sheet_are_iso():
    from datetime import datetime

    rows = [[datetime(2026, 1, 20), datetime(2026, 1, 20, 8, 15)]]
    assert cells(opened(workbook(rows), "a.xlsx")) == [["2026-01-20", "2026-01-20 08:15:00"]]


def test_cells_with_errors_stay_visible_and_are_noted():
    document = opened(workbook([["Kyiv", "#DIV/0!"]]), "a.xlsx")
    assert cells(document) == [["Kyiv", "#DIV/0!"]]
    assert "error_cells" in document.notes


def test_formulas_saved_without_results_are_noted():
    assert "no_results" in opened(workbook([["Kyiv", "=1+1"]]), "a.xlsx").notes


def test_an_old_workbook_is_read():
    document = opened((RECORDED / "heat.xls").read_bytes(), "heat.xls")
    assert cells(document) == [["City", "Buildings"], ["Kyiv", "5635"], ["Odesa", "12.5"]]


# --- Word ---


def test_a_word_document_is_read_in_order_with_tables_boxes_and_notes():
    table = (
        "<w:tbl><w:tr><w:tc><w:p/></w:tc><w:tc>{}</w:tc></w:tr>"
        "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>"
    ).format(p("Buildings"), p("Kyiv"), p("5635"))
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('In a box')}</w:txbxContent></w:pict></w:r></w:p>"
    rule = f'<w:footnote w:type="separator">{p("-")}</w:footnote>'
    notes = f"{rule}<w:footnote>{p('A note')}</w:footnote>"
    listed = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    body = p("First") + table + p("Item", listed) + box + p("Last")
    document = opened(docx(body, footnotes=notes), "a.docx")
    assert document.text == "First\n\tBuildings\nKyiv\t5635\n• Item\nIn a box\nLast\nA note"
    assert cells(document) == [["", "Buildings"], ["Kyiv", "5635"]]
    assert document.position(document.text.index("A note")) == "footnote 1"


def test_tracked_deletions_are_left_out_and_insertions_kept():
    changed = (
        "<w:p><w:del><w:r><w:delText>5</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>7</w:t></w:r></w:ins><w:r><w:t> killed</w:t></w:r></w:p>"
    )
    assert opened(docx(changed), "a.docx").text == "7 killed"


@pytest.mark.parametrize("how", ["strike", "dstrike", "vanish"])
def test_what_a_word_document_strikes_out_or_hides_is_left_out_with_a_note(how):
    def run(text: str, value: str) -> str:
        return f'<w:r><w:rPr><w:{how}{value}/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'

    shown = ' w:val="0"'
    body = f"<w:p>{run('9', '')}{run('7', shown)}<w:r><w:t> killed</w:t></w:r></w:p>"
    document = opened(docx(body), "a.docx")
    assert document.text == "7 killed" and document.notes == ("struck_dropped",)


@pytest.mark.parametrize(
    "struck",
    [
        "<s>984</s>", "<del>984</del>", "<strike><b>984</b></strike>",
        "<span style='color:red;text-decoration: line-through'>984</span>",
        "<i style='text-decoration-line:underline line-through'>984</i>",
    ],
)  # fmt: skip
def test_what_a_web_page_strikes_out_is_left_out_with_a_note(struck):
    body = f"<p>In Lviv {struck} 5 people were killed, the mayor said on Friday.</p>"
    document = opened(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert document.text == "In Lviv 5 people were killed, the mayor said on Friday."
    assert "struck_dropped" in document.notes


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>98</span>", "<b style='color:red; visibility : hidden'>98</b>",
        "<span style='font-size:0px'>98</span>", "<i style='opacity:0'>98</i>",
    ],
)  # fmt: skip
def test_digits_that_a_web_page_hides_within_a_line_are_left_out_with_a_note(hidden):
    body = f"<p>In Lviv {hidden}5 people were killed, the mayor said on Friday.</p>"
    document = opened(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert document.text == "In Lviv 5 people were killed, the mayor said on Friday."
    assert "struck_dropped" in document.notes


@pytest.mark.parametrize("style", ["font-size:0.9em", "opacity:0.5", "display:inline"])
def test_what_a_web_page_shows_within_a_line_is_read(style):
    body = f"<p>In Lviv <span style='{style}'>1</span>5 people were killed, the mayor said.</p>"
    document = opened(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert document.text == "In Lviv 15 people were killed, the mayor said."


def test_a_reading_above_letters_goes_on_with_no_number():
    body = "<p>In Lviv <ruby>6<rp>(</rp><rt>60</rt><rp>)</rp></ruby> people were killed.</p>"
    assert opened(f"<html><body>{body}</body></html>".encode(), "a.html").text == (
        "In Lviv 6 people were killed."
    )


def test_an_element_that_was_never_closed_strikes_out_no_page():
    body = "<p>In Lviv <s>984 5 people were killed.<p>In Kyiv 7 people were killed on Friday."
    document = opened(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert "984" in document.text and "7 people" in document.text
    assert "struck_dropped" not in document.notes


def test_a_header_is_read_only_where_the_body_is_empty():
    assert opened(docx(p("Body"), header1=p("Head")), "a.docx").text == "Body"
    assert opened(docx("<w:p/>", header1=p("Head")), "a.docx").text == "Head"


def test_a_damaged_word_document_is_read_as_far_as_it_goes():
    document = opened(docx(p("Before") + "<w:p><w:r><w:t>after</w:r>"), "a.docx")
    assert document.text.startswith("Before")
    assert document.notes == ("part_damaged",)


# --- PDF ---

PROSE = [
    (72, 700, "Some 3,300 apartment buildings in Kyiv remain without heat after"),
    (72, 686, "the attack overnight on January 24, the mayor wrote in a message"),
    (72, 672, "to the press."),
    (72, 644, "- 12 missiles"),
    (72, 630, "- 90 drones"),
]


def test_lines_of_a_paragraph_are_joined_and_list_items_are_not():
    assert opened(pdf(PROSE), "a.pdf").text.split("\n") == [
        "Some 3,300 apartment buildings in Kyiv remain without heat after the attack overnight "
        "on January 24, the mayor wrote in a message to the press.",
        "- 12 missiles",
        "- 90 drones",
    ]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again():
    lines = [(72, 700, "All the power stations of the region were hit and the inhabi-"),
             (72, 686, "tants have no light.")]  # fmt: skip
    assert "inhabitants have" in opened(pdf(lines), "a.pdf").text


def test_pages_are_marked_and_what_they_repeat_is_said_once():
    pages = [
        [
            (72, 800, "Situation report 5"),
            (72, 700, f"Killed: {9 - n}"),
            (290, 40, f"- {n} -"),
        ]
        for n in (1, 2, 3)
    ]
    document = opened(pdf(*pages), "a.pdf")
    assert document.text.split("\n") == [
        "Situation report 5",
        *("Killed: 8", "Killed: 7", "Killed: 6"),
    ]
    assert document.position(document.text.index("Killed: 6")) == "page 3"


ROWS = [["Raion", "Buildings", "Boilers"], ["Desna", "12 480", "317"], ["Dnipro", "9 050", "3 12"]]


@pytest.mark.parametrize("ruled", [True, False])
def test_cells_of_a_table_are_told_apart_with_drawn_lines_or_without(ruled):
    at = [(80 + 150 * x, 700 - 20 * y, ROWS[y][x]) for y in range(3) for x in range(3)]
    edges = [f"{x} 655 m {x} 715 l S" for x in (72, 222, 372, 522)]
    edges += [f"72 {y} m 522 {y} l S" for y in (655, 675, 695, 715)]
    content = pdf([(72, 760, "Heat"), *at, (72, 600, "End")], strokes=" ".join(edges * ruled))
    document = opened(content, "a.pdf")
    assert cells(document) == ROWS
    assert document.text.split("\n") == ["Heat", *("\t".join(row) for row in ROWS), "End"]
    assert document.tables[0].position == "page 1, table 1"


def test_cyrillic_that_a_font_names_as_accented_latin_is_repaired_and_noted():
    garbled = UKRAINIAN.encode("cp1251").decode("cp1252")
    lines = [(40, 700 - 20 * n, garbled[85 * (n % 2) :][:85]) for n in range(4)]
    document = opened(pdf(lines), "a.pdf")
    assert "залишилися 5635 будинків" in document.text
    assert "letters_repaired" in document.notes


# --- web pages ---


def test_a_short_article_is_read_without_the_headlines_beside_it():
    page = (
        "<html><body><article><h1>Drones hit Nikopol</h1>"
        "<p>Four people were injured in Nikopol on Tuesday.</p></article>"
        "<aside><h3>Popular</h3><ul><li><a href='/a'>Bus crash in Lisbon leaves two dead</a></li>"
        "<li><a href='/b'>Forty killed in Afghan strikes</a></li></ul></aside></body></html>"
    )
    document = opened(page.encode(), "page.html")
    assert document.text == "Drones hit Nikopol\nFour people were injured in Nikopol on Tuesday."


def test_an_article_is_read_without_what_stands_around_it():
    document = opened((RECORDED / "news.html").read_bytes(), "news.html")
    assert document.text == (
        "Удар по Києву: 5635 будинків без тепла\n"
        "20 січня 2026, 08:15\n"
        "Унаслідок атаки без опалення залишилися 5\u00a0635 багатоповерхових будинків, повідомив "
        "мер Віталій Кличко.\n"
        "Одна людина постраждала. У Бучі загинув чоловік\n1976 року народження.\n"
        "• лівий берег — без води;\n• 80 бригад працюють.\n"
        "Район\tБудинків\nДеснянський\t1 200\nДніпровський\t950\n"
        "«Відновлюємо тепло», — сказав мер."
    )
    assert cells(document)[1] == ["Деснянський", "1 200"]
    assert document.title == "Удар по Києву: 5635 будинків без тепла"
    assert (document.published, document.publisher) == ("2026-01-20T08:15", "Новини 24")
    assert document.url == "https://novyny24.example/kyiv-heat"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<meta property="article:published_time" content="2026-01-20T23:30:00Z">',
            "2026-01-21T01:30",
        ),
        (
            '<script type="application/ld+json">[{"datePublished":"2026-01-20"}]</script>',
            "2026-01-20",
        ),
        ('<script type="application/ld+json">{broken</script>', ""),
        ("<time datetime='2026-01-20T10:00'>today</time>", "2026-01-20T10:00"),
        ("<time datetime='yesterday'>x</time>", ""),
    ],
)
def test_the_day_of_publication_is_found_where_pages_state_it(head, published):
    assert (
        opened(f"<html><head>{head}</head><body>{head}<p>Text</p>", "a.html").published == published
    )


@pytest.mark.parametrize(
    "body",
    [
        "<nav>12 killed</nav>",
        "<div class=sidebar>12 killed</div>",
        "<ul><li><a>12</a></li><li><a>killed</a></li><li><a>in Sumy</a></li></ul>",
    ],
)
def test_where_no_article_can_be_told_the_whole_body_is_read(body):
    assert "12" in opened(f"<html><body>{body}</body></html>", "a.html").text


def test_merged_cells_of_a_page_keep_the_columns_in_line():
    table = (
        "<table><tr><th rowspan=2>City</th><th colspan=2>Lost</th></tr>"
        "<tr><th>heat</th><th>power</th></tr><tr><td>Kyiv</td><td>1</td><td>2</td></tr></table>"
    )
    found = cells(opened(f"<html><body>{table}</body></html>", "a.html"))
    assert found == [["City", "Lost", "Lost"], ["City", "heat", "power"], ["Kyiv", "1", "2"]]


def drawn(write) -> Document:
    book, file = openpyxl.Workbook(), BytesIO()
    book.active.append(["Place", "Killed", "Injured"])
    book.active.append(["Kyiv", 5, 7])
    write(book.active)
    book.save(file)
    return opened(file.getvalue(), "a.xlsx")


@pytest.mark.parametrize("shown", ["0,", '"12"', '0"000"', ";;;", "0\\0"])
def test_a_workbook_that_shows_another_number_than_it_holds_says_so(shown):
    document = drawn(lambda sheet: setattr(sheet["B2"], "number_format", shown))
    assert "other_numbers" in document.notes


@pytest.mark.parametrize("shown", ["#,##0", '0" people"', "0.00", "0;-0", "[Red]0", "dd/mm/yy"])
def test_a_workbook_that_shows_its_numbers_says_nothing(shown):
    document = drawn(lambda sheet: setattr(sheet["B2"], "number_format", shown))
    assert "other_numbers" not in document.notes


def test_a_cell_that_is_struck_out_is_left_out_with_a_note():
    document = drawn(lambda sheet: setattr(sheet["B2"], "font", Font(strike=True)))
    assert document.text.split("\n")[-1].split("\t") == ["Kyiv", "", "7"]
    assert document.notes == ("struck_dropped",)


def test_hidden_rows_and_columns_are_read_with_a_note():
    for hide in (
        lambda sheet: setattr(sheet.row_dimensions[2], "hidden", True),
        lambda sheet: setattr(sheet.column_dimensions["B"], "hidden", True),
    ):
        document = drawn(hide)
        assert "5" in document.text and document.notes == ("hidden_rows",)


# --- e-mails and archives ---


def test_a_mail_begins_with_its_subject_and_is_dated_in_kyiv():
    document = opened(mail("\n3 killed in Odesa.\n", "Тепло"), "a.eml")
    assert document.text == "Тепло\n3 killed in Odesa."
    assert (document.title, document.published) == ("Тепло", "2026-01-21T00:30")


def test_the_quoted_message_at_the_end_of_a_reply_is_left_out_and_noted():
    reply = (
        "\nCorrected: 4 killed.\n\nOn Tue, Olena <o@example.org> wrote:\n> 3 killed\n> in Odesa\n"
    )
    document = opened(mail(reply), "a.eml")
    assert document.text == "Heat\nCorrected: 4 killed."
    assert "quotes_dropped" in document.notes


def test_an_older_message_that_is_not_quoted_is_left_out_and_noted():
    reply = (
        "\nYesterday 4 were killed.\n\nOn Tue, Olena <o@example.org> wrote:\n> 3 killed\n\n"
        "-----Original Message-----\nSent: 5 March 2024\nYesterday 9 were killed.\n"
    )
    document = opened(mail(reply), "a.eml")
    assert document.text == "Heat\nYesterday 4 were killed."
    assert "quotes_dropped" in document.notes


@pytest.mark.parametrize(("seen", "differs"), [("50", True), ("5", False)])
def test_a_mail_that_shows_another_number_than_its_plain_text_has_says_so(seen, differs):
    parts = (
        'Content-Type: multipart/alternative; boundary="C"\n\n--C\nContent-Type: text/plain\n\n'
        "5 were killed, 7 injured.\n--C\nContent-Type: text/html\n\n"
        f"<p>{seen} were killed</p>\n--C--\n"
    )
    document = opened(mail(parts), "a.eml")
    assert document.text == "Heat\n5 were killed, 7 injured."
    assert ("forms_differ" in document.notes) == differs


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        (
            "City\nKilled\nInjured\nKyiv\n2\n5\nSumy\n0\n1",
            "City\tKilled\tInjured\nKyiv\t2\t5\nSumy\t0\t1",
        ),
        ("City | Killed | Injured\nKyiv | 2 | 5", "City | Killed | Injured\nKyiv | 2 | 5"),
        ("See below.\n> City\n> Killed\n> Injured", "See below."),
    ],
    ids=["cells one below the other", "a table of its own", "a quotation"],
)
def test_a_table_that_the_plain_text_of_a_mail_has_lost_is_read_from_its_page(plain, shown):
    cells = [["City", "Killed", "Injured"], ["Kyiv", "2", "5"], ["Sumy", "0", "1"]]
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    parts = (
        'Content-Type: multipart/alternative; boundary="C"\n\n--C\nContent-Type: text/plain\n\n'
        f"{plain}\n--C\nContent-Type: text/html\n\n<table>{rows}</table>\n--C--\n"
    )
    assert opened(mail(parts), "a.eml").text == f"Heat\n{shown}"


def test_a_forwarded_message_is_kept():
    assert "3 killed" in opened(mail("\n> 3 killed\n> in Odesa\n", "Fwd: Heat"), "a.eml").text


def test_attachments_are_opened_by_their_own_formats():
    parts = (
        'Content-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: multipart/alternative; '
        'boundary="C"\n\n--C\nContent-Type: text/html\n\n<p>rich</p>\n--C\nContent-Type: text/plain'
        "\n\nplain\n--C--\n--B\nContent-Type: text/csv\nContent-Disposition: attachment; "
        'filename="t.csv"\n\ncity,n\nKyiv,5\n--B\nContent-Type: message/rfc822\n\n'
        "From: a@example.org\nSubject: Inner\nMessage-ID: <1@example.org>\n\n7 killed\n--B--\n"
    )
    body, table, inner = open_file(mail(parts).encode(), "a.eml")
    assert body.text == "Heat\nplain"
    assert (table.name, table.kind, table.text) == ("a.eml/t.csv", "csv", "city\tn\nKyiv\t5")
    assert inner.text == "Inner\n7 killed"


def test_the_members_of_an_archive_are_opened_and_refused_one_by_one():
    members = {"a.txt": "3 killed", "b.bin": b"\0\1\2\3" * 99, "__MACOSX/a.txt": "x", "c/": ""}
    text, refusal = open_file(zipped(members), "r.zip")
    assert (text.name, text.text) == ("r.zip/a.txt", "3 killed")
    assert (refusal.name, refusal.code) == ("r.zip/b.bin", "unsupported")


def test_every_part_of_a_mail_that_is_said_is_read_and_of_alternatives_one():
    parts = (
        'Content-Type: multipart/mixed; boundary="B"\n\n--B\nContent-Type: multipart/alternative; '
        'boundary="C"\n\n--C\nContent-Type: text/plain\n\n \n--C\nContent-Type: text/html\n\n'
        "<p>7 killed</p><blockquote type=cite>5 killed</blockquote>\n--C--\n"
        "--B\nContent-Type: text/plain\n\nSent from a list\n--B\nContent-Type: image/png\n\nx\n"
    )
    document = opened(mail(parts), "a.eml")
    assert document.text == "Heat\n7 killed\nSent from a list"
    assert {*document.notes} == {"quotes_dropped", "part_skipped"}


# --- refusals ---

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BLANK = pdf([])


@pytest.mark.parametrize(
    ("code", "content", "name"),
    [
        ("empty", b" \n", "a.txt"),
        ("empty", workbook([]), "a.xlsx"),
        ("too_big", b"x" * (MAX_BYTES + 1), "a.txt"),
        ("too_big", b"1," * (MAX_COLUMNS + 1), "a.csv"),
        ("no_text", BLANK, "a.pdf"),
        ("no_text", b"\xff\xd8\xff\xe0 JFIF", "scan.jpg"),
        ("no_text", docx("<w:p/>"), "a.docx"),
        ("password", OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx"),
        ("damaged", pdf(PROSE)[:200], "a.pdf"),
        ("damaged", docx(p("x"))[:100], "a.docx"),
        ("wrong_type", b"MZ" + b"\0" * 500, "a.csv"),
        ("wrong_type", b"\0\1\2\3" * 100, "a.txt"),
        ("unsupported", OLE, "a.doc"),
        ("unsupported", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt"),
        ("bomb", zipped({"a.txt": b"0" * 100_000_001}), "a.zip"),
        ("bomb", b"<html>" + b"<div>" * 200_000, "a.html"),
        ("unsafe", zipped({"../../a.txt": "x"}), "a.zip"),
        ("encoding", bytes(range(0x80, 0x100)) * 3, "a.txt"),
        ("garbled", b"Kyiv (cid:12)(cid:13)(cid:14)(cid:15)(cid:16)", "a.txt"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_refused_with_its_code(code, content, name):
    assert refused(content, name) == code


def test_an_archive_within_an_archive_is_refused():
    inner = zipped({"a.txt": "x"})
    [refusal] = open_file(zipped({"b.zip": inner}), "a.zip")
    assert (refusal.name, refusal.code) == ("a.zip/b.zip", "bomb")


@pytest.mark.parametrize("sentence", [*REFUSALS.values(), *NOTES.values()])
def test_every_code_has_a_sentence(sentence):
    assert sentence[0].isupper() and sentence.endswith(".")
