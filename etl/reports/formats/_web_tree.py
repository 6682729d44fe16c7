"""The tree of a web page: its elements, each with how much text and how many links it holds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from etl.reports.formats import Refused
from etl.reports.formats._letters import clean

SENTENCE = 25  # characters; a shorter text is a label and no sentence
_MAX_DEPTH = 3_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
# Elements that need no closing tag. Many of them in sequence do not make the page deeper.
_FLAT = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source"),
    *("track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody"),
}


@dataclass(slots=True)
class Node:
    """An element. Its counts include all elements inside it.

    letters  characters of text
    linked   characters inside links
    links    number of links
    prose    characters in sentences outside links
    """

    tag: str
    attributes: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)
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
                self.prose += length if length >= SENTENCE else 0
            else:
                self.letters += child.letters
                self.linked += child.linked
                self.links += child.links
                self.prose += child.prose
        if self.tag == "a":
            self.linked, self.prose = self.letters, 0

    def walk(self) -> Iterator["Node"]:
        """This element and all inside it, in order. No recursion: pages can be very deep."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += (each for each in reversed(node.children) if isinstance(each, Node))

    def recount(self) -> None:
        """Counts this element and all elements inside it again, the innermost first."""
        for node in reversed(list(self.walk())):
            node.count()

    def keep(self, wanted: Callable[["Node"], bool]) -> None:
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


def parsed(text: str) -> Node:
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
    root = Node("html", {})
    waiting = [(parser.root, root)] if parser.root is not None else []
    while waiting:
        source, node = waiting.pop()
        for child in source.iter(include_text=True):
            if child.is_text_node:
                node.children.append(child.text_content or "")
            elif child.is_element_node:
                attributes = {key: value or "" for key, value in child.attributes.items()}
                inner = Node(child.tag or "", attributes)
                node.children.append(inner)
                waiting.append((child, inner))
    root.recount()
    return root
