"""What a picture is quoted with: caption, citation, alt text, links, embed snippet, sources.

Words are made in any language from the picture drawn in that language; the publisher's own title
stays with the language it was written in.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape
from urllib.parse import urlencode

import pandas as pd

from impact import queries
from impact.model import vocabulary
from impact.model.language import N_, Words
from impact.model.rows import record
from impact.store import as_of
from impact.store.reader import Reader
from impact.views import Picture, View
from impact.wording import captions

PRODUCT = N_("What strikes on cities and energy do to people")


@dataclass(frozen=True, slots=True)
class Links:
    """Where a picture can be opened again: as it is known now for good, and as it becomes known."""

    pinned: str
    live: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A picture's words in one language."""

    language: str
    title: str
    caption: str
    citation: str
    alt: str


def pin(built_at: datetime, now: datetime) -> datetime:
    """The moment (UTC) of a link that shall show what is published now and nothing later.

    The minute that has begun, which reads well; the second where the snapshot is younger than that.
    """
    minute = now - timedelta(seconds=now.second)
    return minute if built_at <= minute else now


def links(chosen: View, drawn: View, page: str, at: datetime) -> Links:
    """The links of a picture.

    chosen  the view as its reader left it, open ends included: the live link follows the news
    drawn   the view as the picture has it
    page    address of the Figure page
    at      the moment (UTC) that the pinned link keeps to
    """
    pinned = replace(drawn, asof=as_of.write(at)).parameters()
    live = replace(chosen, asof="").parameters()
    return Links(address(page, pinned), address(page, live))


def address(page: str, parameters: Mapping[str, object]) -> str:
    """An address with its parameters; codes stay legible, words are escaped."""
    written = urlencode(parameters, doseq=True, safe=":|")
    return f"{page}?{written}" if written else page


def identity(picture: Picture, reader: Reader) -> str:
    """What a saved picture says of itself, so that it can be looked at again: its view as it was
    drawn and the moment up to which it knows, as an address has them.

    It is the same for the same picture of the same snapshot: the moment is that of the snapshot.
    """
    built_at = queries.extent(reader).built_at
    # As an address has it, to the second: what was known then must lie before it.
    known = "" if built_at is None else as_of.write(built_at.ceil("s"))
    asof = picture.view.asof or known
    return address("", replace(picture.view, asof=asof).parameters()).removeprefix("?")


def in_language(view: View, language: str) -> View:
    """The view in a language, without the publisher's own words if those are in another."""
    if view.language == language:
        return view
    return replace(view, language=language, title="", note="", mark1="", mark2="")


def quote(picture: Picture, reader: Reader, links: Links) -> Quote:
    """The picture's words in its language."""
    caption = picture.caption
    foot = " ".join(_closed(line) for line in caption.foot[:2])
    words = picture.view.words
    return Quote(
        language=picture.view.language,
        title=caption.title,
        caption=f"{_closed(caption.title)} {foot}",
        citation=words._(
            "“{title}”. {product}. {foot} {link}",
            title=caption.title,
            product=words._(PRODUCT),
            foot=foot,
            link=links.pinned,
        ),
        alt=alt(picture, reader),
    )


def alt(picture: Picture, reader: Reader) -> str:
    """What the picture shows and how sure that is, for those who do not see it."""
    words, shown = picture.view.words, picture.shown
    sentences = [
        picture.caption.alt,
        _bounds(shown, words),
        _rivals(shown, words),
        _held_back(picture, reader),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _bounds(shown: pd.DataFrame, words: Words) -> str:
    """How many of the figures are no exact numbers."""
    if shown.empty:
        return ""
    vague = shown[(shown["bound"] != "exact") | shown["value_high"].notna()]
    if vague.empty:
        return words._("All are exact numbers as stated.")
    return words.plural(
        "{count} of them is not exact (at least, up to, about or a range).",
        "{count} of them are not exact (at least, up to, about or a range).",
        len(vague),
    )


def _rivals(shown: pd.DataFrame, words: Words) -> str:
    """For how many of the figures others said otherwise, and where they are furthest apart."""
    if shown.empty:
        return ""
    disputed = shown[shown["rivals"] > 0]
    if disputed.empty:
        return ""
    low = disputed[["value", "rivals_low"]].min(axis=1)
    high = disputed[["value", "rivals_high"]].max(axis=1)
    widest = record(disputed, int((high - low).argmax()))
    return " ".join(
        (
            words.plural(
                "For {count} of them others gave another number.",
                "For {count} of them others gave other numbers.",
                len(disputed),
            ),
            words._(
                "Furthest apart: {day}, {amount}; {others}.",
                day=words.day(widest["day"]),
                amount=vocabulary.amount(widest, words),
                others=captions.rivals(widest, words),
            ),
        )
    )


def _held_back(picture: Picture, reader: Reader) -> str:
    """How many figures are in doubt and not drawn, and the largest of them; a conflict draws
    its own."""
    view, words = picture.view, picture.view.words
    doubted = queries.in_doubt(reader, view.indicators, *view.period)
    doubted = doubted[doubted["place"].isin({*view.places, *picture.shown["place"]})]
    doubted = doubted[~doubted["figure_id"].isin(picture.drawn["figure_id"])]
    if view.unit:
        doubted = doubted[doubted["unit"] == view.unit]
    if doubted.empty:
        return ""
    largest = record(doubted, int(doubted["value"].argmax()))
    return words.plural(
        "{count} figure in doubt is not drawn: {amount} ({source}).",
        "{count} figures in doubt are not drawn, the largest {amount} ({source}).",
        len(doubted),
        amount=vocabulary.amount(largest, words),
        source=captions.via(largest, words),
    )


def embed(quoted: Quote, picture: Picture, links: Links, source: str) -> str:
    """HTML that shows the picture on another site with its words and links.

    source  address of the image, or the name of the file that lies beside the page
    """
    live = picture.view.words._("As it is known now")
    return (
        f'<figure lang="{quoted.language}" style="margin:0;max-width:{picture.width}px">\n'
        f'  <a href="{escape(links.pinned)}"><img src="{escape(source)}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy"'
        f' style="max-width:100%;height:auto" alt="{escape(quoted.alt)}"></a>\n'
        f"  <figcaption>{escape(quoted.caption)}"
        f' <a href="{escape(links.live)}">{escape(live)}</a>'
        f"</figcaption>\n</figure>\n"
    )


def frame(quoted: Quote, view: View, page: str) -> str:
    """HTML that shows the picture on another site in a frame, as it becomes known (/embed).

    page  address under which the server answers to /embed
    """
    shown = address(page, replace(view, asof="").parameters())
    return (
        f'<iframe src="{escape(shown)}" title="{escape(quoted.title)}" loading="lazy"'
        ' style="width:100%;height:520px;border:0"></iframe>'
    )


def _closed(sentence: str) -> str:
    """With a full stop, if nothing closes it yet."""
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."
