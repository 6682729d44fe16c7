"""Sentences of a report as the modules of the reader get them."""

from datetime import date

from etl.reports.resolution.claims import Claim
from etl.reports.resolution.context import Context
from etl.reports.resolution.grammar import claims
from etl.reports.text.lexicon import languages
from etl.reports.text.sentence import Scan
from etl.reports.text.tokens import sentences

PUBLISHED = date(2026, 1, 24)  # a Saturday


def scans(text: str) -> list[Scan]:
    """The sentences of a text: Ukrainian where a letter is of that alphabet, else English."""
    known = languages()
    language = known["uk"] if known["uk"].letters.search(text) else known["en"]
    return [Scan(*each) for each in sentences(text, lambda _: language)]


def scan(text: str) -> Scan:
    """The only sentence of a text."""
    (found,) = scans(text)
    return found


def words(scan: Scan, start: int, end: int) -> str:
    """Tokens of a sentence as text, a space between them."""
    return " ".join(token.text for token in scan.tokens[start:end])


def claimed(text: str, published: date | None = PUBLISHED) -> list[Claim]:
    """The claims of a text, its sentences read one after the other."""
    context, found = Context(published=published), []
    for each in scans(text):
        context.enter(each.sentence.block)
        found += claims(each, context)
    return found
