"""Lines: what people and files say of a report in one line, without letters that act unseen."""

import re

# Control characters, line ends of every kind, and halves of letters.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Marks that turn the direction of what follows or draw nothing, as Unicode's UAX 9 and UTS 39 name
# them. Joiners stay: names of some languages need them.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)


def one_line(text: str) -> str:
    """A publisher, title or name as one line that reads as it is stored: without control and
    direction marks, white space as single spaces."""
    return " ".join(_UNSEEN.sub("", _CONTROL.sub(" ", text)).split())
