"""Garbled letters: text that somebody read in a wrong encoding and saved so, turned back.

"РћР±Р»Р°СЃС‚СЊ" is "Область": its bytes in UTF-8, read as cp1251. A line is turned back only
where that is certain: no text in a language consists of such pairs.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

# Encodings in which UTF-8 is read by mistake. Bytes that are no letter there stay as they are.
_READ_AS = ("cp1251", "cp1252")
_MOSTLY = 0.8  # share of a line's characters beyond ASCII that must belong to such pairs
_PARTLY = 0.3  # the same for a text of which too much is lost
_FEWEST, _JUDGED = 4, 40  # such characters in a line, and in a text
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class _Misreading(NamedTuple):
    """An encoding by mistake: each character's byte, and a pattern of what a letter became."""

    byte_of: Mapping[str, int]
    letter: re.Pattern[str]

    def meant(self, found: re.Match[str]) -> str:
        """The letter that a match of the pattern was, or the match itself if it was none."""
        try:
            return bytes(self.byte_of[each] for each in found[0]).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]


def turned_back(text: str) -> str:
    """The text with its garbled lines as they were meant; the same text if none is garbled."""
    if not any(each.letter.search(text) for each in _misreadings()):
        return text
    return "\n".join(map(_line, text.split("\n")))


def is_garbled(text: str) -> bool:
    """Whether a text holds so many of such pairs that it was read wrongly and is partly lost."""
    beyond = len(_BEYOND_ASCII.findall(text))
    return beyond >= _JUDGED and any(
        sum(map(len, each.letter.findall(text))) > _PARTLY * beyond for each in _misreadings()
    )


def _line(line: str) -> str:
    beyond = len(_BEYOND_ASCII.findall(line))
    for misreading in _misreadings() if beyond >= _FEWEST else ():
        if sum(map(len, misreading.letter.findall(line))) > _MOSTLY * beyond:
            return misreading.letter.sub(misreading.meant, line)
    return line


@cache
def _misreadings() -> tuple[_Misreading, ...]:
    return tuple(map(_misreading, _READ_AS))


def _misreading(encoding: str) -> _Misreading:
    byte_of = {chr(byte): byte for byte in range(0x80, 0xC0)}
    for byte in range(0x80, 0x100):
        byte_of[bytes([byte]).decode(encoding, "ignore") or chr(byte)] = byte

    def any_of(first: int, last: int) -> str:
        found = (each for each, byte in byte_of.items() if first <= byte <= last)
        return f"[{re.escape(''.join(found))}]"

    rest = any_of(0x80, 0xBF)
    two, three, four = any_of(0xC2, 0xDF), any_of(0xE0, 0xEF), any_of(0xF0, 0xF4)
    letter = f"{two}{rest}|{three}{rest}{{2}}|{four}{rest}{{3}}"
    return _Misreading(byte_of, re.compile(letter))
