"""Makes HTML and Markdown in which texts of others show every character as it was typed.

What a report, a table or a person says is never markup: the only tags and marks are those that this
module writes. Their classes stand in pages/parts/shell/style.css. Pages can show no other markup
(pages/parts/shell/screen.py).
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from string import Template
from urllib.parse import quote as encoded

from impact.model import links

# Characters of a report that are shown at once, around the passage that is looked at.
WINDOW = 40_000
# Characters of the sentence around a quote.
AROUND = 160

# By which an element could end or a comment begin, as JSON writes them otherwise.
_IN_SCRIPT = {ord(each): f"\\u{ord(each):04x}" for each in "<>&\u2028\u2029"}


class Html(str):
    """HTML that this module wrote."""


# What makes a link of a number's words and its claim: a way to the evidence.
Link = Callable[[str, str], Html]


class Markdown(str):
    """Markdown that this module wrote, or that stands in the code of a page."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text to mark; `kind` names the class, `current` the one looked at."""

    start: int
    end: int
    kind: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document of ours: its heading as plain text, and what stands under it."""

    heading: str
    text: Markdown


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its lines, and a bar under them.

    bar     its share of the widest bar, 0 to 1; 0 for none
    kind    the bar's class: what it is coloured by, and whether it is filled
    """

    lines: tuple[Html, ...]
    bar: float = 0
    kind: str = ""


def report(text: str, spans: Sequence[Span]) -> Html:
    """A report's text with its passages marked.

    Where several overlap, the current one is marked, else the first in the order given.
    """
    now = next((span for span in spans if span.current), Span(0, 0))
    first, last = _window(len(text), now.start)
    cuts = [(first, 0, -1), (last, 0, -1)]
    for number, span in enumerate(spans):
        start, end = (span.start, span.end) if span is now else _outside(span, now)
        if first <= start < end <= last:
            cuts += [(start, 1, number), (end, -1, number)]
    pieces, over = ["… " if first else ""], set()
    for (start, change, number), (end, _, _) in pairwise(sorted(cuts)):
        if change > 0:
            over.add(number)
        else:
            over.discard(number)
        pieces.append(_marked(text[start:end], [spans[each] for each in sorted(over)]))
    pieces.append(" …" if last < len(text) else "")
    return Html(f'<div class="report-text" lang="">{"".join(pieces)}</div>')


def passage(text: str, start: int, end: int) -> Html:
    """A quote within its sentence, the quote marked."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before, after = (
        re.split(r"\n|(?<=[.!?…])\s", before)[-1],
        re.split(r"\n|(?<=[.!?…])\s", after)[0],
    )
    cut = "… " if start > AROUND and len(before) == AROUND else ""
    more = " …" if len(after) == AROUND else ""
    return quote(f"{cut}{before}", text[start:end], f"{after}{more}")


def quote(before: str, words: str, after: str = "") -> Html:
    """Words of a report, set apart, the middle marked."""
    inner = f"{plain(before)}<mark>{plain(words)}</mark>{plain(after)}"
    return Html(f'<blockquote class="report-quote">{inner}</blockquote>')


def lines(kind: str, *texts: str) -> Html:
    """Short texts under each other, as a block of a class."""
    inner = "".join(f"<p>{plain(text)}</p>" for text in texts if text)
    return Html(f'<div class="report-lines {escape(kind)}">{inner}</div>')


def anchor(text: str, query: str, page: str = "") -> Html:
    """A text that leads to its evidence: the page that it stands on or one beside it, with other
    parameters."""
    return Html(f'<a href="{escape(page)}?{escape(query)}" target="_self">{plain(text)}</a>')


def prose(template: str, **values: Html) -> Html:
    """A sentence of ours with HTML of ours in its {places}."""
    return Html(plain(template).format(**values))


def labelled(label: str, text: Html) -> Html:
    """ "Label: text.", the label strong."""
    return Html(f"<b>{plain(label)}:</b> {text}.")


def small(text: str) -> Html:
    """Small print."""
    return Html(f"<small>{plain(text)}</small>")


def nothing(text: str) -> Html:
    """What stands where nothing is known; a phone leaves it out."""
    return Html(f'<span class="none">{plain(text)}</span>')


def joined(between: str, several: Iterable[Html]) -> Html:
    """Several with a text between."""
    return Html(plain(between).join(several))


def block(kind: str, *paragraphs: Html) -> Html:
    """Paragraphs as a block of a class."""
    inner = "".join(f"<p>{each}</p>" for each in paragraphs if each)
    return Html(f'<div class="{escape(kind)}">{inner}</div>')


def table(kind: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Html:
    """A table of a class. The first cell of a row names the row. On a phone each cell stands on a
    line of its own under its column's name."""
    names = "".join(f'<th scope="col">{plain(name)}</th>' for name in head)
    body = "".join(
        f"<tr>{''.join(_cell(*each) for each in zip(head, cells, strict=True))}</tr>"
        for cells in rows
    )
    inner = f"<thead><tr>{names}</tr></thead><tbody>{body}</tbody>"
    return Html(f'<table class="{escape(kind)}">{inner}</table>')


def _cell(name: str, cell: Cell) -> str:
    inner = "".join(f"<div>{line}</div>" for line in cell.lines)
    if cell.bar:
        wide = f"{max(cell.bar, 0.02) * 100:.0f}%"
        inner += f'<div class="bar {escape(cell.kind)}" style="width: {wide}"></div>'
    return f'<td data-name="{plain(name)}">{inner}</td>'


def sources(entries: Iterable[tuple[str, str]]) -> Html:
    """A list of texts, each leading to its page where that is on the web."""
    items = "".join(f"<li>{_linked(text, url)}</li>" for text, url in entries)
    return Html(f'<ul class="report-sources">{items}</ul>')


def filled(template: Path, **values: str) -> Html:
    """A file of ours with texts of others in its $places, which show them as they are. HTML that
    this module wrote stays HTML."""
    shown = {name: each if isinstance(each, Html) else plain(each) for name, each in values.items()}
    return Html(Template(template.read_text(encoding="utf-8")).substitute(shown))


def data(told: object) -> Html:
    """JSON as it may stand within a script element, which nothing in it can end."""
    written = json.dumps(told, ensure_ascii=False).translate(_IN_SCRIPT)
    return Html(_sendable(written))


def scripts(page: str) -> list[str]:
    """The scripts that stand in an HTML document, as they are written; none that it fetches."""
    return [each.partition("</script>")[0] for each in page.split("<script>")[1:]]


def document(path: Path) -> list[Section]:
    """The parts of a Markdown file of ours, each under a heading of the second level.

    What stands above the first of them is left out.
    """
    parts = path.read_text(encoding="utf-8").split("\n## ")[1:]
    return [Section(head, Markdown(text)) for head, _, text in (p.partition("\n") for p in parts)]


def mask(kind: str, drawing: str) -> Html:
    """A drawing (SVG) as a mask over the colour of the text around it.

    Words beside it say what it shows, so it is hidden from assistive software.
    """
    address = f"url(data:image/svg+xml,{encoded(drawing)})"
    return Html(f'<div class="{kind}" aria-hidden="true" style="mask-image: {address}"></div>')


def plain(text: str) -> Html:
    """Text as HTML that shows it as it is."""
    return Html(escape(_sendable(text)))


def markdown(text: str) -> Markdown:
    """Text as Markdown that shows it as it is, on one line.

    What is Markdown already stays as it is.

    Streamlit looks for links, emoji, icons and arrows again, even in text that a backslash has made
    plain. Therefore each of their marks is put into an element of its own, which has no style.
    Streamlit then no longer reads the mark and the words around it as one text.
    """
    if isinstance(text, Markdown):
        return text
    text, pieces, last = _BREAKS.sub(" ", _sendable(text)).strip(), [], 0
    for found in _LATER.finditer(text):
        pieces += [_escaped(text[last : found.start()]), f":color[\\{found[0]}]{{}}"]
        last = found.end()
    pieces.append(_escaped(text[last:]))
    return Markdown(_BEGINS.sub(r"\1\\\2", "".join(pieces)))


def ours(template: str, **values: object) -> Markdown:
    """Markdown of ours with texts of others in its {places}, which show them as they are.

    The template stands in the code or in a catalogue, never in a figure.
    """
    shown = {name: markdown(each if isinstance(each, str) else str(each))
             for name, each in values.items()}  # fmt: skip
    return Markdown(template.format(**shown))


def code(text: str) -> Markdown:
    """Text set apart as what one types, exactly as it is."""
    text = _BREAKS.sub(" ", _sendable(text))
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return Markdown(f"{fence}{pad}{text}{pad}{fence}")


def commands(text: str) -> Markdown:
    """A sentence in which commands stand between backticks: these as what one types, the rest as
    it is."""
    typed = iter(re.findall("`(.+?)`", text, re.DOTALL))
    return Markdown(re.sub(r"\\`.+?\\`", lambda _: code(next(typed)), markdown(text)))


def link(label: str, url: str) -> Markdown:
    """A Markdown link to a page on the web; the label alone where the address leads elsewhere."""
    target = links.web(url).translate(_IN_TARGET)
    return Markdown(f"[{markdown(label)}]({target})") if target else markdown(label)


def codes(texts: Iterable[str]) -> Markdown:
    """Several such texts with commas between."""
    return Markdown(", ".join(map(code, texts)))


def bullets(texts: Iterable[str]) -> Markdown:
    """Texts as a list."""
    return Markdown("\n".join(f"- {markdown(each)}" for each in texts))


def stacked(texts: Iterable[str]) -> Markdown:
    """Texts under each other, each on a line of its own."""
    return Markdown("  \n".join(markdown(each) for each in texts))


def contents(headings: Mapping[str, str]) -> Markdown:
    """A list of headings of the page that it stands on, each leading to its anchor."""
    return Markdown("\n".join(f"- {section(text, name)}" for name, text in headings.items()))


def section(text: str, name: str) -> Markdown:
    """A Markdown link to an anchor of the page that it stands on."""
    return Markdown(f"[{markdown(text)}](#{name})")


def own_link(label: str, query: str) -> Markdown:
    """A Markdown link to the page that it stands on, with other parameters (percent-encoded)."""
    return Markdown(f"[{markdown(label)}](?{query})")


# What would end the address of a link, or stand for another character in it.
_IN_TARGET = str.maketrans({"(": "%28", ")": "%29", "&": "&amp;"})
# White space that Markdown may read as a new line or an indent; spaces within numbers stay.
_BREAKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")
# What Markdown reads as markup wherever it stands, and what begins a list or a heading.
_MARKUP = re.compile(r"([\\`*_\[\]{}<>$~&|#])")
_BEGINS = re.compile(r"^(\d*)([-+.)](?=\s|$)|=)")
# What Streamlit looks for in plain text: the colon of :icons: and https://, the dot of www., the @
# of an e-mail address, the first sign of an arrow.
_LATER = re.compile(r":(?=[^\s\d])|:(?=[\w+-]+:)|(?<=www)\.|@|[<>~-](?=[-=>])", re.IGNORECASE)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


def _sendable(text: str) -> str:
    """Half of a surrogate pair cannot be sent; control characters have no picture."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(each if each >= " " or each in "\n\t" else "\ufffd" for each in whole)


def _outside(span: Span, now: Span) -> tuple[int, int]:
    """The parts of a passage outside the current one, which is marked as one piece."""
    start = now.end if now.start <= span.start < now.end else span.start
    end = now.start if now.start < span.end <= now.end else span.end
    return start, end


def _window(length: int, centre: int) -> tuple[int, int]:
    first = max(0, min(centre - WINDOW // 2, length - WINDOW))
    return first, min(length, first + WINDOW)


def _marked(text: str, over: Sequence[Span]) -> str:
    if not over or not text:
        return plain(text)
    span = next((each for each in over if each.current), over[0])
    classes = " ".join(["said", span.kind, *(["now"] if span.current else [])])
    return f'<mark class="{escape(classes)}">{plain(text)}</mark>'


def _linked(text: str, url: str) -> str:
    if not links.web(url):
        return plain(text)
    return f'<a href="{plain(url)}" target="_blank" rel="noopener">{plain(text)}</a>'
