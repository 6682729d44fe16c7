"""Turns bytes of any encoding into text, and repairs garbled letters."""

import codecs
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from etl.reports.formats import Refused
from etl.reports.formats._garbled import is_garbled, turned_back

# Encodings of Ukrainian texts before UTF-8, the most frequent first.
CYRILLIC = ("cp1251", "koi8-u", "cp1125", "iso8859-5", "mac-cyrillic")
# Longer marks first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE = {"utf-32-le": 4, "utf-32-be": 4, "utf-16-le": 2, "utf-16-be": 2}  # bytes of one letter
_ENOUGH = 100_000  # number of bytes that are looked at to find the encoding
_CONTROL = "".join(map(chr, [*range(9), *range(14, 32), *range(127, 160)])).replace("\x85", "")
_DROPPED = re.compile(f"[{re.escape(_CONTROL)}\u00ad\u034f\u200b\u202a-\u202e\u2060-\u206f\ufeff]")
_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
_KNOWN_BY = tomllib.loads(Path(__file__).with_name("cyrillic.toml").read_text(encoding="utf-8"))
_LETTER = _KNOWN_BY["letters"]
_WORD = re.compile(rf"(?<![^\W\d_])[{_LETTER}’'ʼ]+(?![^\W\d_])")
_ORDINARY = re.compile(rf"[\s!-~{_LETTER}«»„“”‘’ʼ–—…№§°\u00a0•·−±²³½€₴]")
_COMMON = re.compile(rf"\b(?:{'|'.join(_KNOWN_BY['common'])})\b", re.IGNORECASE)
_FOREIGN = re.compile(r"[^\x00-\x7f\ufffd]+")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """The text, and the note that its letters need, or "": "letters_guessed" if its encoding is a
    guess, "letters_repaired" if they came garbled. Raises Refused("encoding") if none fits.

    declared  the encoding that a header names, or "". The bytes decide first, because many pages
              and mails name a wrong one. The header decides only if the bytes leave it open.
    """
    text, guessed = _decoded(content, declared)
    if (meant := _reread(turned_back(text), (*_MISREAD, *_MISREAD_DOS))) != text:
        return meant, "letters_repaired"
    return text, "letters_guessed" if guessed else ""


def _decoded(content: bytes, declared: str) -> tuple[str, bool]:
    """The text as its bytes say it, and whether its encoding is a guess."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), False
    if b"\0" in content[:_ENOUGH] and (wide := _wide(content)):
        return content.decode(wide, "replace"), False
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if not lost or 20 * lost < sum(map(len, _FOREIGN.findall(text))):
        return text, bool(lost)  # a few wrong bytes are damage, not another encoding
    if cyrillic := _cyrillic(content):
        return content.decode(cyrillic, "replace"), _normal(declared) != _normal(cyrillic)
    try:
        return content.decode(declared), False
    except (LookupError, ValueError):
        return _guessed(content), True


def _normal(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return ""


def binary(text: str) -> bool:
    """Whether decoded bytes are no text: more than 1 % of the characters are control characters."""
    sample = text[:_ENOUGH]
    return sum(map(sample.count, _CONTROL)) > max(2, len(sample) / 100)


def clean(text: str) -> str:
    """The text with composed letters (Unicode NFC), with "\\n" as the only line end, and without
    control characters and invisible ones.
    """
    text = _DROPPED.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _SURROGATES.sub("\ufffd", text))


def _wide(content: bytes) -> str | None:
    """The variant of UTF-16 or UTF-32 of bytes without a byte order mark; None if none fits.

    It fits if the text has no NUL and mostly ordinary characters.
    """
    sample = content[:4000]
    for encoding, width in _WIDE.items():
        text = sample.decode(encoding, "replace")
        shown = len(_ORDINARY.findall(text))
        pictures = 4 // width * sum(ord(sign) > 0xFFFF for sign in text)
        letters = len(sample) / width
        if "\0" not in text and shown > 0.1 * letters and shown + pictures > 0.7 * letters:
            return encoding
    return None


def _cyrillic(content: bytes) -> str | None:
    """The Cyrillic encoding in which the bytes look most like a text; None if they do in none.

    The bytes must hold at least one above 127.
    """
    sample = content[:_ENOUGH]
    marks = sum(byte > 127 for byte in sample)
    scores = {each: _likeness(sample.decode(each, "replace")) / marks for each in CYRILLIC}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0.7 else None


def _likeness(text: str) -> float:
    """A score for how much a text looks like Cyrillic text.

    Letters in words count for it, common words most. Unusual characters count against it. Words in
    capitals count little: KOI8-U read as cp1251 has capitals in place of small letters.
    """
    words = _WORD.findall(text)
    small = sum(len(word) for word in words if word.islower())
    titled = sum(len(word) for word in words if word.istitle())
    capital = sum(len(word) for word in words if word.isupper())
    odd = len(text) - len(_ORDINARY.findall(text))
    return small + 0.9 * titled + 0.3 * capital + 2 * len(_COMMON.findall(text)) - 3 * odd


def _guessed(content: bytes) -> str:
    """The text in the encoding that chardet guesses, or cp1252 if chardet is not sure and few bytes
    are above 127. Raises Refused("encoding") if neither works.
    """
    import chardet

    sample = content[:_ENOUGH]
    found = chardet.detect(sample)
    encoding = found["encoding"]
    if found["confidence"] < 0.1:
        accented = sum(byte > 127 for byte in sample)
        encoding = "cp1252" if accented < 0.15 * len(sample) else None
    try:
        return content.decode(encoding or "ascii", "replace" if encoding == "cp1252" else "strict")
    except (LookupError, ValueError):
        raise Refused("encoding", encoding) from None


# --- letters that the fonts of a PDF map to wrong characters ---

_LOST = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
# If bytes of cp1251 are read as cp1252, Cyrillic letters become accented Latin letters.
_ACCENTED = re.compile("[À-ÿ]")
_TAKEN_FOR_LATIN = re.compile(r"\S*[À-ÿ]\S*|(?<!\S)[³¿ºª²¯´¥¨¸](?!\S)")
_LETTERS = re.compile(r"[^\W\d_]")
# Letters that an encoding does not have become question marks, for good.
_QUESTIONS = re.compile(r"\?{3,}")
_MANY_QUESTIONS = 12
# Pairs of encodings: as what bytes were read, and what was meant.
_MISREAD = (
    *(("cp1252", "cp1251"), ("latin-1", "cp1251"), ("latin-1", "koi8-u")),
    *(("koi8-u", "cp1251"), ("cp1251", "koi8-u")),
)
# Here letters become spaces and invisible signs, so it must be seen before these are cleaned away.
_MISREAD_DOS = (("cp1251", "cp1125"), ("cp1125", "cp1251"))
_FEWEST = 8  # characters beyond ASCII by which a text is judged
_JUDGED_BY = 4_000  # characters of its beginning


def mended(text: str) -> str:
    """The text with garbled letters repaired; the same text if nothing was wrong.

    A repaired letter stays at its offset. Raises Refused("garbled") if letters are lost. The
    thresholds were measured on Ukrainian PDFs made with TeX, which every parser reads as garbled
    text.
    """
    lost = len(_LOST.findall(text))
    letters = len(_LETTERS.findall(_LOST.sub("", text) if lost else text))
    marks = sum(map(len, _QUESTIONS.findall(text)))
    if marks >= _MANY_QUESTIONS and marks > 0.3 * (letters + marks):
        raise Refused("garbled", f"{marks} question marks")
    if is_garbled(text):
        raise Refused("garbled", "bytes read as letters")
    if lost > 0.05 * (letters + lost) and (letters + lost >= 200 or lost > letters):
        raise Refused("garbled", f"{lost} signs without a letter")
    if letters < 200 or len(_ACCENTED.findall(text)) <= 0.3 * letters:
        return _reread(text)
    repaired = _TAKEN_FOR_LATIN.sub(lambda found: _as_cyrillic(found[0]), text)
    if len(_COMMON.findall(repaired)) * 400 < len(repaired):
        raise Refused("garbled", "accented letters")
    return repaired


def _reread(text: str, misread: Sequence[tuple[str, str]] = _MISREAD) -> str:
    """The text, or what its bytes are in the encoding that was meant, if only that is Cyrillic."""
    right = _share_of_words(text)
    for read_as, meant in misread if right <= 0.25 else ():
        try:
            reread = text.encode(read_as).decode(meant)
        except UnicodeError:
            continue
        # All capitals look like KOI8-U that was read as cp1251: only common words tell them apart.
        sure = read_as not in CYRILLIC or right < 0 or len(_COMMON.findall(reread)) > 1
        if sure and _share_of_words(reread) > 0.7:
            return reread
    return text


def _share_of_words(text: str) -> float:
    """How much the beginning of a text looks like Cyrillic text: 1 for words, below 0 for odd
    signs. 1 also if too few characters beyond ASCII tell it. Marks of footnotes tell nothing.
    """
    sample = _RAISED.sub("", text[:_JUDGED_BY])
    beyond = sum(sign > "\x7f" for sign in sample)
    return _likeness(sample) / beyond if beyond >= _FEWEST else 1.0


def _as_cyrillic(word: str) -> str:
    return "".join(
        sign.encode("cp1252", "ignore").decode("cp1251", "ignore") or sign for sign in word
    )
