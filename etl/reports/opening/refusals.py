"""Refusals: why a file could not be opened. Notes: what a person should know about an opened file.

Each is a code with a sentence. A code that is not in these lists is a mistake in the program. A
refusal says what happened and what to do next. A note says what a person should check.
"""

from dataclasses import dataclass

from etl.reports.model import limits
from etl.reports.text.lexicon import languages
from impact.model.language import N_, Words

REFUSALS = {
    "empty": N_("The file is empty. Check that it was saved and sent completely."),
    "too_big": N_("The file is too big to open. Split it, or upload only the part with figures."),
    "only_links": N_(
        "The file holds only a link. Addresses are not opened: upload the page itself, or paste "
        "its text."
    ),
    "no_text": N_(
        "There is no text in the file: it is probably a scan or a picture. Run text recognition "
        "(OCR) on it and upload the result, or paste the text."
    ),
    "password": N_(
        "The file is protected by a password. Save it without the password and upload it again."
    ),
    "damaged": N_(
        "The file is damaged or incomplete. Download it again, or open it in its own program and "
        "save it anew."
    ),
    "wrong_type": N_(
        "The file holds something other than its name says. Open it in its own program, save it "
        "anew and upload it again."
    ),
    "unsupported": N_(
        "Files of this kind cannot be opened. Save it as PDF, DOCX, HTML, TXT, CSV, XLSX or EML "
        "and upload it again."
    ),
    "bomb": N_(
        "The file unpacks into far more than it seems to hold, or holds archives within archives. "
        "Unpack it yourself and upload the reports one by one."
    ),
    "unsafe": N_(
        "The file holds instructions that could harm a computer. Save its text as a new file and "
        "upload that."
    ),
    "encoding": N_(
        "The letters of the file could not be made out. Save it as text in UTF-8 and upload it "
        "again."
    ),
    "garbled": N_(
        "The letters in the file come out garbled, although it may look right on screen. Copy the "
        "text from the original source and paste it, or run text recognition (OCR)."
    ),
    "memory": N_(
        "Opening or reading the file takes more memory than is allowed. Save only the pages with "
        "figures, or paste the text."
    ),
    "time": N_(
        "Opening or reading the file takes too long. Save only the pages with figures, or paste "
        "the text; if it is an archive, upload its reports one by one."
    ),
    "crashed": N_(
        "The file made the program that opens such files stop. Save it anew, for example by "
        "printing it to PDF, or paste the text."
    ),
    "unforeseen": N_(
        "The file could not be opened or read because of a fault in this program. Paste its text "
        "instead and tell whoever runs this service."
    ),
    "no_figures": N_(
        "No figure on strikes, power, heating or casualties was found. Check that this is a "
        "situation report, or enter the figures by hand."
    ),
}

# The limits behind "too_big:". {limit} is what etl/reports/model/limits.py allows.
TOO_BIG = {
    "bytes": N_("The file is larger than {limit} MB. Split it, or upload only its figures."),
    "characters": N_(
        "The file holds more than {limit} characters of text. Split it, or upload only its figures."
    ),
    "cells": N_(
        "The file's tables hold more than {limit} cells. Upload only the rows with figures."
    ),
    "columns": N_(
        "A table of the file has more than {limit} columns. Upload only those with figures."
    ),
    "pages": N_("The file has more than {limit} pages. Upload only the pages with figures."),
    "members": N_("The archive holds more than {limit} files. Upload them in several archives."),
}
UNREAD = N_("This report is in {language}; only {read} are read. Figures can be added by hand.")

NOTES = {
    "unread": N_("Passages in {language} were not read: only {read} are."),
    "too_long": N_("The text is longer than a report: only its beginning was read."),
    "letters_repaired": N_("The letters came out garbled and were repaired: compare the quotes."),
    "letters_guessed": N_("The file does not say how its letters are stored; this is a guess."),
    "other_ending": N_("The file was opened by what it holds, not by the ending of its name."),
    "date_of_file": N_(
        "The date of publication comes from the file's own properties: check that it is right."
    ),
    "date_ahead": N_(
        "The report says that it was published on a day that was still to come when it was "
        "received. Choose the day of publication: what depends on it is read then."
    ),
    "date_impossible": N_(
        "The file gives a date of its own that cannot be right; it is left out. Choose the day of "
        "publication."
    ),
    "pages_without_text": N_("Some pages hold only pictures; nothing on them was read."),
    "tables_skipped": N_("Tables on some pages were read as plain lines: check their figures."),
    "part_damaged": N_("A part of the file is damaged and could not be read."),
    "part_skipped": N_("The file holds pictures or other parts that were not read."),
    "quotes_dropped": N_("Quoted earlier messages at the end of the e-mail were left out."),
    "forms_differ": N_(
        "The e-mail has its text twice, and the form that people see has other numbers: the plain "
        "text was read."
    ),
    "menus_dropped": N_("Menus, links and the like around the article were left out."),
    "struck_dropped": N_("Text that the file itself strikes out or hides was left out."),
    "error_cells": N_("Some cells hold an error such as #DIV/0! instead of a number."),
    "errors_unseen": N_(
        "Cells with errors look empty in files like this one: save it anew as XLSX."
    ),
    "no_results": N_("Some formulas were saved without results: open and save the file anew."),
    "hidden_sheets": N_("The workbook has hidden sheets, which were read too."),
    "hidden_rows": N_("The workbook has hidden rows or columns, which were read too."),
    "other_numbers": N_(
        "Some cells show another number than they hold: compare the figures with what you see when "
        "you open the file."
    ),
    "uneven_rows": N_("Some rows have more or fewer cells than the rest."),
    "broken_quotes": N_("The table's quotation marks do not match: each line was read as a row."),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a file inside it, that was not opened.

    name    as in Document
    code    a key of REFUSALS
    detail  a technical word for the operator, such as the name of an error; not a sentence
    """

    name: str
    code: str
    detail: str = ""


def coded(refusal: Refusal) -> str:
    """A refusal's code as the store keeps it, with the limit that was exceeded: "too_big:cells"."""
    names_limit = refusal.code == "too_big" and refusal.detail in TOO_BIG
    return f"{refusal.code}:{refusal.detail}" if names_limit else refusal.code


def refused(code: str, words: Words) -> str:
    """The sentence for a refusal. `code` is as `coded` gives it. Raises KeyError for any other."""
    kind, _, limit = code.partition(":")
    if limit not in TOO_BIG:
        sentence = REFUSALS[kind]
        return words._(sentence)
    sentence = TOO_BIG[limit]
    return words._(sentence, limit=words.number(limits.ALLOWED[limit]))


def nothing(language: str, words: Words) -> str:
    """The sentence for a report without figures. `language` is its code, "" if it is not known."""
    if language in languages() or not language:
        sentence = REFUSALS["no_figures"]
        return words._(sentence)
    return words._(UNREAD, **_named(language, words))


def noted(code: str, words: Words) -> str:
    """The sentence for a note; "" for a code that this version of the program does not know.

    code  a key of NOTES; for passages that were not read with their language: "unread:ru"
    """
    kind, _, language = code.partition(":")
    if kind not in NOTES:
        return ""
    sentence = NOTES[kind]
    return words._(sentence, **_named(language, words)) if language else words._(sentence)


def _named(language: str, words: Words) -> dict[str, str]:
    """Values for a sentence: the name of a language, and the names of those that are read."""
    read = words.listed([words.tongue(each) for each in languages()])
    return {"language": words.tongue(language), "read": read}
