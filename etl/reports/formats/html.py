"""Web pages, saved whole or in part: reads the article without menus and other parts around it."""

import re
from collections.abc import Iterator

from etl.reports.formats import File, Refused
from etl.reports.formats._letters import binary, decode
from etl.reports.formats._web_about import about
from etl.reports.formats._web_article import article_of, drop_around, is_marked
from etl.reports.formats._web_lines import lines_of, text_of, write
from etl.reports.formats._web_tree import SENTENCE, Node, parsed
from etl.reports.formats._writer import Writer
from etl.reports.model.document import Document

ENDINGS = ("html", "htm", "xhtml", "xml")

_START = re.compile(
    rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b"
)
_CHARSET = re.compile(
    rb"""(?i)<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding=["']([\w-]+)"""
)
# Elements that are never read.
_NEVER = {
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button"),
    *("input", "textarea", "dialog", "canvas", "audio", "video", "map", "head"),
    *("rt", "rp"),  # a reading above letters: it would go on with a number
}
# Elements of what the page takes back, and the style of others that it draws so.
_STRUCK = ("del", "s", "strike")
_STRUCK_STYLE = re.compile(r"(?i)text-decoration[\w-]*\s*:[^;]*line-through")
# Elements within a line that their own style hides: digits in them go on with a number beside them.
# Whole parts are not left out: folded ones of an article are hidden so, too.
_WITHIN = ("span", "b", "i", "u", "em", "strong", "small", "font", "a", "mark", "sub", "label")
_HIDING = re.compile(
    r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)"
    r"|font-size\s*:\s*0(?:\.0+)?\s*(?:[a-z%]+\s*)?(?:;|$|!))"
)
_ENOUGH = 100  # characters that an article has at least
_MOST_PROSE = 0.8  # share of a page's sentences with which an element is surely the article


def knows(content: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    return bool(_START.match(content[:4096]))


def documents(file: File) -> Iterator[Document]:
    """One document: the article of the page, or the whole body if no article is found.

    Raises Refused for a file that is no text, has no words, or is too deep.
    """
    text, note = _decoded(file.content)
    if binary(text):
        raise Refused("wrong_type", "not text")
    page = parsed(text)
    stated = about(page)
    writer = Writer()
    if note:
        writer.note(note)
    page.keep(lambda node: node.tag not in _NEVER)
    _drop_struck(page, writer)
    everything, sentences = page.letters, page.prose
    whole = lines_of(page)
    drop_around(page)
    article = article_of(page)
    certain = is_marked(article) or article.prose > _MOST_PROSE * sentences
    enough = 2 * SENTENCE if certain else min(_ENOUGH, 0.8 * everything)
    if article.letters < enough:
        write(writer, whole, stated["title"])
    else:
        if article.letters < 0.95 * everything:
            writer.note("menus_dropped")
        write(writer, lines_of(article), stated["title"])
    document = writer.document(file.name, "html", **stated)
    if not document.text.strip():
        raise Refused("no_text", "a page without text")
    yield document


def write_whole(writer: Writer, text: str) -> None:
    """Adds the HTML body of an e-mail without quoted messages. It has no menus to remove.

    Raises Refused if it is too deep.
    """
    page = parsed(text)

    def wanted(node: Node) -> bool:
        if node.tag in _NEVER:
            return False
        quoted = node.attributes.get("type") == "cite" or "gmail_quote" in node.named()
        if quoted and "forwarded message" not in text_of(node)[:500].lower():
            writer.note("quotes_dropped")
            return False
        return True

    page.keep(wanted)
    _drop_struck(page, writer)
    write(writer, lines_of(page))


def _drop_struck(page: Node, writer: Writer) -> None:
    """Removes what the page strikes out, or hides within a line: a number that it takes back is
    none that it states. Of an
    element that was never closed, and strikes out most of the page, nothing is removed."""
    struck = {id(node) for node in page.walk() if _is_struck(node)}
    letters = sum(node.letters for node in page.walk() if id(node) in struck)
    if 0 < letters < page.letters / 2:
        page.keep(lambda node: id(node) not in struck)
        writer.note("struck_dropped")


def _is_struck(node: Node) -> bool:
    style = node.attributes.get("style", "")
    hidden = node.tag in _WITHIN and _HIDING.search(style)
    return node.tag in _STRUCK or bool(hidden or _STRUCK_STYLE.search(style))


def _decoded(content: bytes) -> tuple[str, str]:
    found = _CHARSET.search(content[:4096])
    named = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    return decode(content, named)
