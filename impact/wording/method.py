"""The method as the page Method shows it: docs/method.md, one file a language."""

from functools import cache
from pathlib import Path

from impact.wording import markup

_DOCS = Path(__file__).parents[2] / "docs"
_WRITTEN = "method.md"


@cache
def sections(language: str) -> dict[str, markup.Section]:
    """The parts of the method by their anchors; in English where the language has no file.

    An anchor is made of the English heading, so that a link leads to the same part in any language.
    """
    told = _DOCS / f"method.{language}.md"
    english = markup.document(_DOCS / _WRITTEN)
    shown = markup.document(told) if told.exists() else english
    return {_anchor(each.heading): part for each, part in zip(english, shown, strict=True)}


def _anchor(heading: str) -> str:
    words = "".join(each if each.isalnum() else " " for each in heading.lower().replace("'", ""))
    return "-".join(words.split())
