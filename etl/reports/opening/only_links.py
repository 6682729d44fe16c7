"""Finds texts that are only an address. Addresses are not opened, so such a text says nothing."""

import re

# With its scheme or "www.", or a name and a path: "suspilne.media/kyiv/123".
_LINK = re.compile(
    r"<?(?:[a-z][a-z0-9+.-]*://|www\.)\S+|<?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE
)
_AROUND = ".,;<>()[]\"'«»“”"


def only_links(text: str) -> list[str]:
    """The addresses of a text that is nothing else; empty where it says anything more."""
    pieces = [piece for piece in text.split() if piece.strip("-•–—*|" + _AROUND)]
    if pieces and all(_LINK.fullmatch(piece) for piece in pieces):
        return [piece.strip(_AROUND) for piece in pieces]
    return []
