"""The article of a web page, without menus, teasers of other stories and other parts around it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from etl.reports.formats._web_tree import SENTENCE, Node
from impact.model.report_languages import around

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
_LINES = {"p", "h2", "h3", "h4", "h5", "h6"}
_LINKED = 0.9  # share of a headline's characters that are a link; the rest is a date or a sign
_FEWEST_CARDS = 3
_LONGEST_CARD, _LONGEST_HEADING = 400, 60  # characters


@cache
def _others() -> re.Pattern:
    """A pattern of headings of other stories, such as "Popular" and "ЩЕ ЗА ТЕМОЮ"."""
    return re.compile(rf"(?i)\W*(?:{around('others')})\W*")


def drop_around(page: Node) -> None:
    """Removes menus and the like. An element with most of the page's sentences is always kept."""
    most = page.prose / 2

    def wanted(node: Node) -> bool:
        if node.tag in ("html", "body", "main", "article", "h1") or node.prose > most:
            return True
        hidden = "hidden" in node.attributes or node.attributes.get("aria-hidden") == "true"
        around = node.tag in _AROUND or node.attributes.get("role") in _ROLES_AROUND
        if hidden or around or _PURPOSE.search(node.named()):
            return False
        only_links = node.linked > 0.7 * node.letters and node.prose < SENTENCE
        return not (node.tag in ("ul", "ol", "div", "section") and node.links > 2 and only_links)

    page.keep(wanted)
    _drop_other_stories(page, most)


def _drop_other_stories(page: Node, most: float) -> None:
    """Removes headlines and teasers of other stories, wherever on the page they stand.

    They are told by what they are: a paragraph or heading that is one link, cards that each begin
    with such a link, and what follows a heading such as "Popular". What holds `most` characters of
    prose is kept.
    """
    dropped: set[int] = set()
    for node in page.walk():
        inner = [each for each in node.children if isinstance(each, Node)]
        others = [*_cards(inner), *_below_others(inner)]
        dropped |= {id(each) for each in others if _is_small(each, most)}
        dropped |= {id(each) for each in inner if each.tag in _LINES and _is_headline(each)}
    page.keep(lambda node: id(node) not in dropped)


def _is_small(node: Node, most: float) -> bool:
    return node.prose <= most and not any(each.tag == "h1" for each in node.walk())


def _is_headline(node: Node) -> bool:
    """Whether all text of an element is a link, and long enough for the headline of a story."""
    return node.letters >= SENTENCE and node.linked >= _LINKED * node.letters


def _cards(nodes: Sequence[Node]) -> list[Node]:
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


def _below_others(nodes: Sequence[Node]) -> Iterator[Node]:
    """A heading of other stories, and what follows it up to the next text without a link."""
    below = False
    for node in nodes:
        if node.letters <= _LONGEST_HEADING and _others().fullmatch(node.raw_text()):
            below = True
        elif node.letters and not node.links:
            below = False
        if below:
            yield node


def article_of(page: Node) -> Node:
    """The element of the article: one that is marked as it, else the one with most sentences."""
    enough = 0.6 * page.prose
    named = [node for node in page.walk() if node.prose > enough and is_marked(node)]
    if named:
        return min(named, key=lambda node: node.letters)
    best = page
    while True:  # goes down to the innermost element that holds most of the sentences
        inner = [
            node for node in best.children
            if isinstance(node, Node) and node.prose > 0.8 * page.prose and node.tag != "p"
        ]  # fmt: skip
        if not inner or not page.prose:
            return best
        best = inner[0]


def is_marked(node: Node) -> bool:
    """Whether an element is marked as the article."""
    return (
        node.tag in ("article", "main")
        or node.attributes.get("role") == "main"
        or "articleBody" in node.attributes.get("itemprop", "")
    )
