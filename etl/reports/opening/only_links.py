"""Finds texts that hold only links. The program opens no links, so such a text has no figures."""

import re

# A link has a scheme or "www.", or is a host with a path: "suspilne.media/kyiv/123".
_LINK = re.compile(
    r"<?(?:[a-z][a-z0-9+.-]*://|www\.)\S+|<?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE
)
_AROUND = ".,;<>()[]\"'«»“”"


def only_links(text: str) -> list[str]:
    """The links of a text that holds only links; empty if it holds anything else."""
    pieces = [piece for piece in text.split() if piece.strip("-•–—*|" + _AROUND)]
    if pieces and all(_LINK.fullmatch(piece) for piece in pieces):
        return [piece.strip(_AROUND) for piece in pieces]
    return []
