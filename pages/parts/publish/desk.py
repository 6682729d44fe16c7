"""The picture on the Figure page: drawn by the reader's own browser and saved from it.

What is shown is the file itself, an SVG that desk.js draws with Plotly from this server; the PNGs
are made of it. For the ZIP the browser sends its drawings here and gets the file back.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping

from impact import charts
from impact.views import Picture
from impact.views.citation import Quote
from pages.parts.shell import screen as st
from pages.parts.shell import script, session

_KEY, _DRAWN = "desk", "_drawn"
_desk = script.drawing_component(__file__)


def show(
    picture: Picture,
    quoted: Quote,
    link: str,
    shown: str,
    pack: Callable[[Mapping[str, bytes]], bytes],
) -> None:
    """The picture at its size, as large as the page allows, with buttons that save it and copy
    its caption and its link.

    quoted its words: the description, for the page and inside the SVG, and the caption
    link   the address of exactly these numbers
    shown  the view in the metadata of its PNGs, see citation.identity
    pack   makes the ZIP of the drawings by ending ("-2x.png", "-3x.png", ".svg")
    """
    figure, alt = charts.to_save(picture.chart), quoted.alt
    key = hashlib.sha256(f"{figure}{alt}{picture.name}".encode()).hexdigest()
    _desk(
        key=_KEY,
        data={
            "key": key,
            "figure": figure,
            "width": picture.width,
            "height": picture.height,
            "title": picture.caption.title,
            "alt": alt,
            "shown": shown,
            "texts": {"caption": quoted.caption, "link": link},
            "name": picture.name,
            "version": charts.VERSION,
            "words": _words(picture),
            "zip": _packed(key, picture.name, pack),
        },
        on_drawn_change=_keep,
    )


def _keep() -> None:
    """Keeps the browser's drawings. They arrive before the page runs, which then packs them."""
    st.session_state[_DRAWN] = st.session_state[_KEY].drawn


def _packed(
    key: str, name: str, pack: Callable[[Mapping[str, bytes]], bytes]
) -> dict[str, object] | None:
    """The ZIP that the reader has asked for. Nothing if the picture has changed since."""
    drawn = st.session_state.pop(_DRAWN, None)
    if not drawn or drawn["key"] != key:
        return None
    drawings = {
        "-2x.png": base64.b64decode(drawn["png2"]),
        "-3x.png": base64.b64decode(drawn["png3"]),
        ".svg": drawn["svg"].encode(),
    }
    return {
        "number": drawn["number"],
        "name": f"{name}.zip",
        "base64": base64.b64encode(pack(drawings)).decode(),
    }


def _words(picture: Picture) -> dict[str, str]:
    words = session.words()

    def size(scale: int) -> str:
        return f"{picture.width * scale} × {picture.height * scale}"

    return {
        "drawing": words._("Drawing …"),
        "saving": words._("Saving …"),
        "saved": words._("Saved: {name}", name="{name}"),
        "failed": words._(
            "Your browser did not draw this picture. Reload the page; if that does not help, "
            "allow this site to use canvas images, or take another browser."
        ),
        "png2": words._("Save PNG ({size})", size=size(2)),
        "png3": words._("PNG for print ({size})", size=size(3)),
        "svg": words._("Save SVG"),
        "zip": words._("Everything as ZIP"),
        "caption": words._("Copy caption"),
        "link": words._("Copy link"),
        "copied": words._("Copied."),
        "uncopied": words._("Your browser does not let this page copy. The text stands below."),
    }
