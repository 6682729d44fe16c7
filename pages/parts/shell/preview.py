"""What a page's document says to whoever runs no script: title, description, picture, data.

A link shows the first three where somebody shares it; search engines and catalogues read the last
(schema.org).

Whoever makes such a preview reads the document and runs no script, so the server writes it. A
browser that opens the page says so (Sec-Fetch-Dest, in every browser of these years) and draws it
itself: for it no picture is made here, and the document is sent at once.

A page that shows a picture says which: SHOWS at its top (menu.py) holds the parameters of the
picture's view that the page's own address need not name.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from impact import queries, views
from impact.address import declared, parameters
from impact.address.parameters import WrongParameter
from impact.exports import dataset
from impact.model import language, periods
from impact.model.language import N_, Words
from impact.queries import nights
from impact.store.faults import StoreFault
from impact.store.reader import Reader
from impact.views import Picture, View, citation, reading, sentence
from impact.views.kind import KINDS, sizes_of
from impact.wording import attack_captions, markup
from pages.api import addresses
from pages.parts.shell import menu
from pictures import chromium

_HEAD, _PICTURE, _DATASET = (
    Path(__file__).with_name(name)
    for name in ("preview.html", "preview_picture.html", "preview_dataset.html")
)
PICTURE = "/api/chart.png"
# Addresses that give the data themselves, see pages/api.
DATA = ("/api/figures.", "/api/snapshot.")
# What names days; without any a page opens on the latest winter, unless it is the address alone
# that says what it shows.
OF_TIME = (
    *(declared.PERIOD, declared.FROM, declared.TO, declared.DAY),
    *(declared.NIGHT, declared.EVENT, declared.CONFLICT),
)
# The size that places which show previews ask for, of kinds that fill it.
WIDE = "link"
ABOUT = N_(
    "Power, heating and lives lost to strikes on Ukraine’s cities: each number with its source, "
    "its date and what others said."
)


def head(name: str, query: bytes, reader: Reader, base: str) -> str:
    """The title and the tags of a page's document.

    name   the page as its address has it, "" for the start page
    query  as it stands in the address; what is wrong in it is passed over
    base   scheme and host of this server
    """
    words = language.words(declared.language_of(query))
    entry = next((each for each in menu.entries() if each.name == name), menu.entries()[0])
    picture = _picture(entry.shows, query, reader)
    title, about = words._(entry.title), words._(ABOUT)
    if picture:
        title, about = picture.caption.title, _said(picture, reader)
    if told := _night(query, reader, words):
        title, about = told
    product = words._(citation.PRODUCT)
    tags = markup.filled(
        _HEAD,
        title=title,
        description=about,
        product=product,
        locale={"en": "en_GB"}.get(words.language, words.language),
    )
    pictured = ""
    if picture and chromium.find():
        pictured = _of_picture(_for_link(picture, entry.shows, reader), base)
    return tags + pictured + _of_data(reader, words, base)


def _of_data(reader: Reader, words: Words, base: str) -> str:
    """What the published figures are and where programs get them; nothing where none are."""
    files = [
        dataset.File(url=f"{base}{each.path}", mime=each.mime, name=words._(each.meaning))
        for each in addresses()
        if each.path.startswith(DATA)
    ]
    try:
        told = dataset.described(
            reader,
            words,
            name=words._(citation.PRODUCT),
            about=words._(ABOUT),
            url=f"{base}/data",
            files=files,
        )
    except StoreFault:
        return ""
    return markup.filled(_DATASET, dataset=markup.data(told)) if told else ""


def _picture(shows: Mapping[str, str] | None, query: bytes, reader: Reader) -> Picture | None:
    """The picture that the page shows; None where it shows none or the address names no view."""
    try:
        told = _given(query)
        given = dict(told)
        if shows is None or not all(text or given.get(name) for name, text in shows.items()):
            return None
        known = {each.name for each in views.PARAMETERS}
        pairs = [(name, text) for name, text in told if name in known]
        pairs = reading.completed(pairs, shows)
        if any(shows.values()):
            pairs += _winter(reader, given)
        view = View.of(parameters.read_pairs(pairs, views.PARAMETERS))
        size = WIDE if WIDE in sizes_of(view.kind) else view.size
        return views.draw(replace(view, size=size), reader)
    except (WrongParameter, StoreFault):
        return None


def _for_link(picture: Picture, shows: Mapping[str, str] | None, reader: Reader) -> Picture:
    """The picture beside a link. Pages whose own one shows several things under each other, for
    which a link's is too low, give way to the largest losses of power by day."""
    view = picture.view
    if not (shows and "kind" in shows and KINDS[view.kind].TOGETHER) or view.size == WIDE:
        return picture
    wide = replace(view, kind="largest", indicator="power_outage", size=WIDE)
    drawn = views.draw(wide, reader)
    return drawn if len(drawn.shown) else picture


def _said(picture: Picture, reader: Reader) -> str:
    """The number that a picture tells first and who said it; where it has none its first lines."""
    caption = picture.caption
    return sentence.of(picture, reader) or f"{caption.subtitle}. {caption.foot[0]}"


def _night(query: bytes, reader: Reader, words: Words) -> tuple[str, str] | None:
    """The name of the attack that an address names, and what it did in short."""
    try:
        given = dict(parameters.pairs(query)).get(declared.NIGHT.name, "")
        day = parameters.value(declared.NIGHT, given) if given else None
        row = nights.found(reader, day) if day else None
    except (WrongParameter, StoreFault):
        return None
    if row is None:
        return None
    did = attack_captions.in_short(row, words)
    said = attack_captions.sources(queries.figures(reader, row["figure_ids"]), words)
    return attack_captions.title(row["day"], words), f"{did[:1].upper()}{did[1:]} ({said})."


def _winter(reader: Reader, given: Collection[str]) -> list[tuple[str, str]]:
    """The period on which a page opens whose address names none: the latest winter."""
    if any(each.name in given for each in OF_TIME) or not (last := queries.extent(reader).last):
        return []
    return [(declared.PERIOD.name, periods.code(*periods.winter_of((last, last))))]


def _given(query: bytes) -> list[tuple[str, str]]:
    """What an address says. A night of attack is one day of a view."""
    night, day = declared.NIGHT.name, declared.DAY.name
    return [(day if name == night else name, text) for name, text in parameters.pairs(query)]


def _of_picture(picture: Picture, base: str) -> str:
    return markup.filled(
        _PICTURE,
        image=citation.address(f"{base}{PICTURE}", picture.view.parameters()),
        width=str(picture.width),
        height=str(picture.height),
        title=picture.caption.title,
        # What shows a large one cuts it to be wide.
        card="summary_large_image" if picture.view.size == WIDE else "summary",
    )
