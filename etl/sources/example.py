"""An example of a situation report, in our own words: what was said of Kyiv on 24 January 2026.

It shows from the first start what a report becomes: figures with the sentence that says each, and
one that nobody may believe. One article said that 320,000 buildings in Kyiv lost heating; the city
has some 12,000 apartment blocks. The same text can be brought on the page Upload.

Its figures are marked as recalled: they tell again what the curated figures tell with their pages,
and never lead over those.
"""

from dataclasses import replace

from etl.reports.reader import read
from etl.source import DATA, Parsed, Source
from impact.model.language import N_

FOLDER = DATA / "examples"
PUBLISHED = "2026-01-24"
PUBLISHER = "Example report"

SOURCE = Source(
    title=N_("Example of a situation report, 24 January 2026"),
    publisher=PUBLISHER,
    url="",
    licence=N_("Apache-2.0, as the project"),
    files=(FOLDER / "situation_report_2026-01-24.en.txt",),
)


def parse(payload: bytes) -> Parsed:
    """The figures that the reader of reports finds in the text, each with its sentence.

    Raises ValueError, with a sentence for the user, if the payload is no text in UTF-8.
    """
    try:
        text = payload.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("this is no text in UTF-8") from None
    reading = read(text, PUBLISHED)
    parsed = Parsed(rows=len(reading.figures))
    for number, found in enumerate(reading.figures, start=1):
        parsed.figures.append(
            replace(
                found.figure,
                publisher=PUBLISHER,
                published=PUBLISHED,
                recalled=True,
                position=f"figure {number}",
                source="example",
                source_key=f"figure {number}",
            )
        )
    return parsed
