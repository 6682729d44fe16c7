"""Web pages, saved whole or in part: reads the article without menus and other parts around it."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from etl.reports.formats import File, Refused
from etl.reports.formats._about import likely
from etl.reports.formats._letters import binary, clean, decode
from etl.reports.formats._writer import Merged, Writer
from etl.reports.model.document import Document
from impact.model.report_languages import around

ENDINGS = ("html", "htm", "xhtml", "xml")

_MAX_DEPTH = 3_000
_START = re.compile(
    rb"(?is)(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body)\b"
)
_CHARSET = re.compile(
    rb"""(?i)<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)|<\?xml[^>]+encoding=["']([\w-]+)"""
)
# A no-break space is kept: it shows that "5 635" is one number.
_SPACE = re.compile(r"[ \t\n\f]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
# Elements that need no closing tag. Many of them in sequence do not make the page deeper.
_FLAT = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
    *("track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"),
}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
    *("h4", "h5", "h6", "header", "hr", "html", "item", "description", "legend", "li", "main"),
    *("nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th"),
    *("thead", "title", "tr", "ul", "br"),
}
# Elements that are never read.
_NEVER = {
    *("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "button"),
    *("input", "textarea", "dialog", "canvas", "audio", "video", "map", "head"),
}
_AROUND = {"nav", "footer", "aside", "form", "menu"}
_ROLES_AROUND = {"navigation", "banner", "complementary", "contentinfo", "search", "dialog"}
# Parts of class names and ids of elements that do not belong to the article.
_PURPOSE = re.compile(
    r"(?:^|\s)widget|(?:^|[\s_-])(?:nav\w*|menu\w*|breadcrumbs?|sidebar|footer|topbar|toolbar|masthead|"
    r"share\w*|sharing|social\w*|cookie\w*|consent|gdpr|banner\w*|popup|modal|overlay|"
    r"related\w*|recommend\w*|similar|read-?(?:also|more|next)|see-?also|more-?news|most-?read|"
    r"popular|trending|latest|comments?|disqus|subscri\w*|newsletter|ticker|marquee|weather\w*|"
    r"currency|exchange-?rates?|views|advert\w*|ads?|adv|promo\w*|sponsor\w*|"
    r"tags?|tag-?list|pagination|pager|login|search\w*|skip-?link|donat\w*|"
    r"print-?only|hidden|visually-?hidden|sr-?only|screen-?reader\w*)(?=$|[\s_-])",
    re.IGNORECASE,
)
_PUBLISHED = {
    *("article:published_time", "datepublished", "pubdate", "publish-date", "publish_date"),
    *("date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued"),
}
_ENOUGH = 100  # characters that an article has at least
_MOST_PROSE = 0.8  # share of a page's sentences with which an element is surely the article
_SENTENCE = 25  # characters; a shorter text is a label and no sentence
_LINES = {"p", "h2", "h3", "h4", "h5", "h6"}
_LINKED = 0.9  # share of a headline's characters that are a link; the rest is a date or a sign
_FEWEST_CARDS = 3
_LONGEST_CARD, _LONGEST_HEADING = 400, 60  # characters


@dataclass(slots=True)
class _Node:
    """An element. Its counts include all elements inside it.

    letters  characters of text
    linked   characters inside links
    links    number of links
    prose    characters in sentences outside links
    """

    tag: str
    attributes: dict[str, str]
    children: list["_Node | str"] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    links: int = 0
    prose: int = 0

    def count(self) -> None:
        """Adds up the counts of the children, which must be counted already."""
        self.letters = self.linked = self.prose = 0
        self.links = int(self.tag == "a")
        for child in self.children:
            if isinstance(child, str):
                length = len(child.strip())
                self.letters += length
                self.prose += length if length >= _SENTENCE else 0
            else:
                self.letters += child.letters
                self.linked += child.linked
                self.links += child.links
                self.prose += child.prose
        if self.tag == "a":
            self.linked, self.prose = self.letters, 0

    def walk(self) -> Iterator["_Node"]:
        """This element and all inside it, in order. No recursion: pages can be very deep."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += (each for each in reversed(node.children) if isinstance(each, _Node))

    def recount(self) -> None:
        """Counts this element and all elements inside it again, the innermost first."""
        for node in reversed(list(self.walk())):
            node.count()

    def keep(self, wanted: Callable[["_Node"], bool]) -> None:
        """Removes the elements inside it for which `wanted` is false, and counts again."""
        for node in self.walk():
            node.children = [
                each for each in node.children if isinstance(each, str) or wanted(each)
            ]
        self.recount()

    def named(self) -> str:
        """Its classes and id."""
        return f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}"

    def raw_text(self) -> str:
        """All its text, as it stands."""
        strings = (each for node in self.walk() for each in node.children if isinstance(each, str))
        return "".join(strings)

    def text(self) -> str:
        """All its text on one line."""
        return _SPACE.sub(" ", " ".join(map(str, _lines(self)))).strip()


@cache
def _pointer() -> re.Pattern:
    """A pattern of lines such as "Read also: …" and "Follow us …"."""
    also, follow = around("read_also"), around("follow")
    return re.compile(rf"(?i)(?:{also})\b.{{0,300}}|(?:{follow})\b.{{0,30}}")


@cache
def _others() -> re.Pattern:
    """A pattern of headings of other stories, such as "Popular" and "ЩЕ ЗА ТЕМОЮ"."""
    return re.compile(rf"(?i)\W*(?:{around('others')})\W*")


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
    page = _parsed(text)
    about = _about(page)
    writer = Writer()
    if note:
        writer.note(note)
    page.keep(lambda node: node.tag not in _NEVER)
    everything, sentences = page.letters, page.prose
    whole = _lines(page)
    _drop_around(page)
    article = _article(page)
    certain = _is_marked(article) or article.prose > _MOST_PROSE * sentences
    enough = 2 * _SENTENCE if certain else min(_ENOUGH, 0.8 * everything)
    if article.letters < enough:
        _write(writer, whole, about["title"])
    else:
        if article.letters < 0.95 * everything:
            writer.note("menus_dropped")
        _write(writer, _lines(article), about["title"])
    document = writer.document(file.name, "html", **about)
    if not document.text.strip():
        raise Refused("no_text", "a page without text")
    yield document


def write_whole(writer: Writer, text: str) -> None:
    """Adds the HTML body of an e-mail without quoted messages. It has no menus to remove.

    Raises Refused if it is too deep.
    """
    page = _parsed(text)

    def wanted(node: _Node) -> bool:
        if node.tag in _NEVER:
            return False
        quoted = node.attributes.get("type") == "cite" or "gmail_quote" in node.named()
        if quoted and "forwarded message" not in node.text()[:500].lower():
            writer.note("quotes_dropped")
            return False
        return True

    page.keep(wanted)
    _write(writer, _lines(page))


def _decoded(content: bytes) -> tuple[str, str]:
    found = _CHARSET.search(content[:4096])
    named = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    return decode(content, named)


def _parsed(text: str) -> _Node:
    """The page as a tree. Raises Refused("bomb") if it is deeper than _MAX_DEPTH."""
    from selectolax.lexbor import LexborHTMLParser

    depth = deepest = 0
    for closing, tag in _TAG.findall(text):
        if tag.lower() not in _FLAT:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    if deepest > _MAX_DEPTH:
        raise Refused("bomb", "elements within elements")
    parser = LexborHTMLParser(clean(text))
    root = _Node("html", {})
    waiting = [(parser.root, root)] if parser.root is not None else []
    while waiting:
        source, node = waiting.pop()
        for child in source.iter(include_text=True):
            if child.is_text_node:
                node.children.append(child.text_content or "")
            elif child.is_element_node:
                attributes = {key: value or "" for key, value in child.attributes.items()}
                inner = _Node(child.tag or "", attributes)
                node.children.append(inner)
                waiting.append((child, inner))
    root.recount()
    return root


# --- title, date and publisher ---


def _about(page: _Node) -> dict[str, str]:
    """Title, published, publisher and url, as the page states them; "" where it does not."""
    metas: dict[str, str] = {}
    headings, times, title, canonical = [], [], "", ""
    linked_data: dict[str, str] = {}
    for node in page.walk():
        get = node.attributes.get
        if node.tag == "meta":
            name = (get("property") or get("name") or get("itemprop") or "").lower()
            metas.setdefault(name, get("content", "").strip())
        elif node.tag == "h1":
            headings.append(node.text())
        elif node.tag == "time":
            times.append(get("datetime", ""))
        elif node.tag == "title" and not title:
            title = node.text()
        elif node.tag == "link" and get("rel") == "canonical":
            canonical = get("href", "")
        elif node.tag == "script" and get("type") == "application/ld+json":
            linked_data = _linked_data("".join(map(str, node.children))) | linked_data
    headings = [each for each in headings if each]
    dates = chain(
        (metas[name] for name in metas if name in _PUBLISHED and name != "date"),
        [linked_data.get("datePublished", ""), metas.get("date", "")],
        times,
    )
    link = canonical or metas.get("og:url", "")
    heading = headings[0] if len(headings) == 1 else ""
    return {
        "title": heading or metas.get("og:title") or linked_data.get("headline") or title,
        "published": likely(dates),
        "publisher": metas.get("og:site_name") or linked_data.get("publisher", ""),
        "url": link if link.startswith(("http://", "https://")) else "",
    }


def _linked_data(text: str) -> dict[str, str]:
    """The headline, datePublished and publisher of an article in JSON-LD (https://schema.org)."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return {}
    found: dict[str, str] = {}
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting.append(each.get("@graph"))
            publisher = each.get("publisher")
            name = publisher.get("name") if isinstance(publisher, dict) else publisher
            facts = {"publisher": name, **{k: each.get(k) for k in ("headline", "datePublished")}}
            if facts["datePublished"]:
                found |= {key: value for key, value in facts.items() if isinstance(value, str)}
    return found


# --- the article ---


def _drop_around(page: _Node) -> None:
    """Removes menus and the like. An element with most of the page's sentences is always kept."""
    most = page.prose / 2

    def wanted(node: _Node) -> bool:
        if node.tag in ("html", "body", "main", "article", "h1") or node.prose > most:
            return True
        hidden = "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true"
        around = node.tag in _AROUND or node.attributes.get("role") in _ROLES_AROUND
        if hidden or around or _PURPOSE.search(node.named()):
            return False
        only_links = node.linked > 0.7 * node.letters and node.prose < _SENTENCE
        return not (node.tag in ("ul", "ol", "div", "section") and node.links > 2 and only_links)

    page.keep(wanted)
    _drop_other_stories(page, most)


def _drop_other_stories(page: _Node, most: float) -> None:
    """Removes headlines and teasers of other stories, wherever on the page they stand.

    They are told by what they are: a paragraph or heading that is one link, cards that each begin
    with such a link, and what follows a heading such as "Popular". What holds `most` characters of
    prose is kept.
    """
    dropped: set[int] = set()
    for node in page.walk():
        inner = [each for each in node.children if isinstance(each, _Node)]
        others = [*_cards(inner), *_below_others(inner)]
        dropped |= {id(each) for each in others if _is_small(each, most)}
        dropped |= {id(each) for each in inner if each.tag in _LINES and _is_headline(each)}
    page.keep(lambda node: id(node) not in dropped)


def _is_small(node: _Node, most: float) -> bool:
    return node.prose <= most and not any(each.tag == "h1" for each in node.walk())


def _is_headline(node: _Node) -> bool:
    """Whether all text of an element is a link, and long enough for the headline of a story."""
    return node.letters >= _SENTENCE and node.linked >= _LINKED * node.letters


def _cards(nodes: Sequence[_Node]) -> list[_Node]:
    """Elements of one kind that each show another story: a linked headline and a few words."""
    kinds = Counter((node.tag, node.attributes.get("class", "")) for node in nodes)
    return [
        node
        for node in nodes
        if kinds[node.tag, node.attributes.get("class", "")] >= _FEWEST_CARDS
        and node.letters <= _LONGEST_CARD
        and node.links
        and any(_is_headline(each) for each in node.walk())
    ]


def _below_others(nodes: Sequence[_Node]) -> Iterator[_Node]:
    """A heading of other stories, and what follows it up to the next text without a link."""
    below = False
    for node in nodes:
        if node.letters <= _LONGEST_HEADING and _others().fullmatch(node.raw_text()):
            below = True
        elif node.letters and not node.links:
            below = False
        if below:
            yield node


def _article(page: _Node) -> _Node:
    """The element of the article: one that is marked as it, else the one with most sentences."""
    enough = 0.6 * page.prose
    named = [node for node in page.walk() if node.prose > enough and _is_marked(node)]
    if named:
        return min(named, key=lambda node: node.letters)
    best = page
    while True:  # goes down to the innermost element that holds most of the sentences
        inner = [
            node for node in best.children
            if isinstance(node, _Node) and node.prose > 0.8 * page.prose and node.tag != "p"
        ]  # fmt: skip
        if not inner or not page.prose:
            return best
        best = inner[0]


def _is_marked(node: _Node) -> bool:
    """Whether an element is marked as the article."""
    return (
        node.tag in ("article", "main")
        or node.attributes.get("role") == "main"
        or "articleBody" in node.attributes.get("itemprop", "")
    )


# --- lines and tables ---


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of data: its rows, and which of their cells are merged."""

    rows: list[list[str]]
    merged: list[Merged]


def _write(writer: Writer, lines: list["str | _Table"], title: str = "") -> None:
    """Adds lines and tables. The title comes first and is not repeated."""
    number = 0
    same = next((n for n, line in enumerate(lines[:10]) if line == title), None)
    if title and same is not None:
        lines = [title, *lines[:same], *lines[same + 1 :]]
    elif title and not _begins(lines, title):
        lines = [title, *lines]
    for line in lines:
        if isinstance(line, str):
            writer.lines(line)
        else:
            number += 1
            writer.table(line.rows, f"table {number}", line.merged)


def _begins(lines: list["str | _Table"], title: str) -> bool:
    first = next((line for line in lines if line), "")
    return isinstance(first, str) and first.removeprefix("• ").startswith(title)


def _lines(root: _Node) -> list["str | _Table"]:
    """The content of an element: a string is a line, a list of rows is a table."""
    lines: list[str | _Table] = []
    line: list[str] = []

    def end() -> None:
        text = _SPACE.sub(" ", "".join(line)).strip()
        line.clear()
        if text and text != "•" and not _pointer().fullmatch(text.removeprefix("• ")):
            lines.append(text)

    waiting: list[_Node | str | None] = [root]
    while waiting:
        each = waiting.pop()
        if each is None:
            end()
        elif isinstance(each, str):
            line.append(each)
        elif each.tag == "table" and (table := _table(each)):
            end()
            lines.append(table)
        else:
            block = each.tag in _BLOCKS
            if block:
                end()
                waiting.append(None)
            if each.tag == "li":
                line.append("• ")
            waiting += reversed(each.children)
    end()
    return lines


def _table(table: _Node) -> _Table | None:
    """A table of data; None for a table that only arranges the page."""
    found = _Table([], [])
    open_cells: dict[int, int] = {}  # column -> number of rows that a cell from above still covers
    if any(node.tag == "table" for node in table.walk() if node is not table):
        return None

    def skip_covered(cells: list[str]) -> None:
        while open_cells.get(len(cells), 0) > 0:
            open_cells[len(cells)] -= 1
            cells.append("")

    for row in (node for node in table.walk() if node.tag == "tr"):
        cells: list[str] = []
        for cell in row.children:
            if isinstance(cell, _Node) and cell.tag in ("td", "th"):
                skip_covered(cells)
                top, left = len(found.rows), len(cells)
                down, wide = _span(cell, "rowspan") - 1, _span(cell, "colspan")
                open_cells |= dict.fromkeys(range(left, left + wide), down)
                cells += [cell.text(), *[""] * (wide - 1)]
                if down or wide > 1:
                    found.merged.append((top, left, top + down, left + wide - 1))
        skip_covered(cells)
        found.rows.append(cells)
    columns = max((len(row) for row in found.rows), default=0)
    longest = max((len(cell) for row in found.rows for cell in row), default=0)
    return found if columns > 1 and longest < 1000 else None


def _span(cell: _Node, name: str) -> int:
    number = cell.attributes.get(name, "")
    return max(1, min(int(number), 100)) if number.isascii() and number.isdigit() else 1
