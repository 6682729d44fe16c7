"""Everything about a picture in one ZIP: images, numbers, words in every language, links, sources.

Equal contents give equal bytes: nothing in the file says when it was made.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from impact.exports import datapackage
from impact.exports.zipped import zipped
from impact.model import language
from impact.model.language import Words
from impact.views import Picture
from impact.views.citation import PRODUCT, Links, Quote, embed
from impact.wording import glossary


def pack(
    picture: Picture, quotes: Sequence[Quote], links: Links, drawings: Mapping[str, bytes]
) -> bytes:
    """The ZIP. The picture lies in a folder of its name, so that unpacking leaves no mess.

    quotes    its words, the picture's own language first
    drawings  its images by how their names end ("-2x.png", ".svg")
    """
    own, name = quotes[0], picture.name
    files = {f"{name}{ending}": content for ending, content in drawings.items()}
    files[f"{name}.csv"] = picture.csv
    files[datapackage.NAME] = datapackage.descriptor(
        picture.rows, picture.csv, f"{name}.csv", own.title, language.words(own.language)
    )
    for each in quotes:
        files[f"captions_{each.language}.txt"] = _text(_captions(each))
        files[f"README_{each.language}.txt"] = _text(
            readme(picture, each, language.words(each.language))
        )
    files["alt.txt"] = _text(f"{own.alt}\n")
    files["links.txt"] = _text(f"{links.pinned}\n{links.live}\n")
    files["embed.html"] = embed(own, picture, links, f"{name}-2x.png").encode()
    return zipped(name, files)


def readme(picture: Picture, quoted: Quote, words: Words) -> str:
    """What lies in the ZIP, the sources of the picture with their licences, and what to know."""
    rows = picture.rows
    return "\n".join(
        [
            quoted.title,
            words._(PRODUCT),
            "",
            quoted.citation,
            "",
            *_section(words._("Files"), _files(picture.name, words)),
            *_section(words._("Sources"), _sources(rows, words)),
            *_section(words._("Licences"), _licences(rows, words)),
            *_section(
                words._("What to know before quoting"),
                [picture.caption.reading] if words.language == picture.view.language else [],
                [words._(limit) for limit in glossary.LIMITS],
            ),
        ]
    )


def _files(name: str, words: Words) -> list[str]:
    told = {
        f"{name}-2x.png": words._("the picture for screens"),
        f"{name}-3x.png": words._("the picture for print"),
        f"{name}.svg": words._("the picture as a drawing, to be scaled and edited"),
        f"{name}.csv": words._("its figures and what was said beside, a row each; UTF-8"),
        datapackage.NAME: words._("what the columns mean, for programs (Frictionless Data)"),
        "captions_*.txt": words._("caption, citation and alternative text"),
        "alt.txt": words._("alternative text in the language of the picture"),
        "links.txt": words._("the picture as known then, and as known now"),
        "embed.html": words._("the picture with its words for a web page"),
    }
    return [f"{file} · {meaning}" for file, meaning in told.items()]


def _sources(rows: pd.DataFrame, words: Words) -> list[str]:
    """The pages, a line each, with the ids of the figures taken from them."""
    pages = rows.groupby(["publisher", "published", "url"], sort=True)["figure_id"]
    lines = []
    for page, ids in pages:
        publisher, published, url = map(str, page)
        day = words.stated(published) if published else ""
        pieces = (publisher, day, url, ", ".join(sorted(ids)))
        lines.append(" · ".join(piece for piece in pieces if piece))
    return lines or [words._("No figures.")]


def _licences(rows: pd.DataFrame, words: Words) -> list[str]:
    """The tables and reports behind the picture with the licence of each."""
    named = rows[["document", "licence"]].drop_duplicates().sort_values(["document", "licence"])
    return [
        f"{words._(document)}: {words._(licence)}"
        for document, licence in named.itertuples(index=False)
    ] + [
        words._(
            "The picture and its words may be used freely, with the source line that stands in it."
        )
    ]


def _section(title: str, *lists: Sequence[str]) -> list[str]:
    return [title.upper(), *(f"- {line}" for lines in lists for line in lines), ""]


def _captions(quoted: Quote) -> str:
    words = language.words(quoted.language)
    parts = (
        (words._("Caption"), quoted.caption),
        (words._("Citation"), quoted.citation),
        (words._("Alternative text"), quoted.alt),
    )
    return "\n".join(f"{name.upper()}\n{text}\n" for name, text in parts)


def _text(text: str) -> bytes:
    """UTF-8 with the mark by which simple editors know it."""
    return text.encode("utf-8-sig")
