"""Marked: words of reports as HTML in which every character of theirs is escaped.

What a report says is never markup here: the only tags are those this module writes, their classes
stand in pages/parts/style.css.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

# Characters of a report that are shown at once, around the passage that is looked at.
WINDOW = 40_000
# Characters of the sentence around a quote.
AROUND = 160


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a text to mark; `kind` names the class, `current` the one looked at."""

    start: int
    end: int
    kind: str = ""
    current: bool = False


def report(text: str, spans: Sequence[Span]) -> str:
    """A report's text with its passages marked; where several overlap the current one shows,
    else the first in the order given."""
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
    return f'<div class="report-text" lang="">{"".join(pieces)}</div>'


def passage(text: str, start: int, end: int) -> str:
    """A quote within its sentence, the quote marked."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before, after = (
        re.split(r"\n|(?<=[.!?…])\s", before)[-1],
        re.split(r"\n|(?<=[.!?…])\s", after)[0],
    )
    cut = "… " if start > AROUND and len(before) == AROUND else ""
    more = " …" if len(after) == AROUND else ""
    return quote(f"{cut}{before}", text[start:end], f"{after}{more}")


def quote(before: str, words: str, after: str = "") -> str:
    """Words of a report, set apart, the middle marked."""
    inner = f"{plain(before)}<mark>{plain(words)}</mark>{plain(after)}"
    return f'<blockquote class="report-quote">{inner}</blockquote>'


def lines(kind: str, *texts: str) -> str:
    """Short texts under each other, as a block of a class."""
    inner = "".join(f"<p>{plain(text)}</p>" for text in texts if text)
    return f'<div class="report-lines {escape(kind)}">{inner}</div>'


def sources(entries: Iterable[tuple[str, str]]) -> str:
    """A list of texts, each leading to its page where that is on the web."""
    items = "".join(f"<li>{_linked(text, url)}</li>" for text, url in entries)
    return f'<ul class="report-sources">{items}</ul>'


def plain(text: str) -> str:
    """Text as HTML that shows it as it is."""
    # Half of a surrogate pair cannot be sent; control characters have no picture.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return escape("".join(each if each >= " " or each in "\n\t" else "\ufffd" for each in whole))


def markdown(text: str) -> str:
    """Text as Markdown that shows it as it is, on one line: for labels of buttons."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def _outside(span: Span, now: Span) -> tuple[int, int]:
    """What of a passage lies outside the current one, which is marked as one piece."""
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
    if not url.startswith(("https://", "http://")):
        return plain(text)
    return f'<a href="{plain(url)}" target="_blank" rel="noopener">{plain(text)}</a>'
