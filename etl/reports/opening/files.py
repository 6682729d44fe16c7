"""Opening: the bytes of a report to its text, whatever the format.

Runs inside the sandbox (sandbox.py), never in the server's own process: the parsers it
calls can be made to crash, hang or fill the memory.
"""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from etl.reports import formats
from etl.reports.formats import MAX_BYTES, File, Refused, _archive, _letters
from etl.reports.model.document import Document
from etl.reports.opening.only_links import only_links
from etl.reports.opening.refusals import Refusal

# How files begin that are neither text nor opened here, so that each gets the right advice.
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_OTHERS = (
    *(b"MZ", b"\x7fELF", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ"),
    *(b"PAR1", b"SQLite format 3", b"{\\rtf", b"%!PS", b"\0\0\0\x18ftyp"),
)


def open_file(content: bytes, name: str) -> tuple[Document | Refusal, ...]:
    """Every document in a file, or why there is none; never empty, never raises for bad input.

    A mail gives its body and its attachments, an archive its members, each under "outer/inner".
    What the bytes say of their format counts more than the ending of the name. MemoryError passes
    through: the sandbox tells it from other faults.
    """
    return tuple(opened(File(content, name)))


def opened(file: File) -> Iterator[Document | Refusal]:
    """The same for a file that may lie within others."""
    try:
        if len(file.content) > MAX_BYTES:
            raise Refused("too_big", "bytes")
        if not file.content.strip():
            raise Refused("empty")
        kind = kind_of(file)
        found = 0
        for each in _format(kind).documents(file):
            found += 1
            if isinstance(each, File):
                yield from opened(each)
            else:
                yield _finished(each, file)
        if not found:
            raise Refused("empty")
    except Refused as refused:
        yield Refusal(file.name, refused.code, refused.detail)
    except RecursionError:
        yield Refusal(file.name, "damaged", "nested too deeply")


def kind_of(file: File) -> str:
    """The format's short name, by the bytes first, then by the name. Raises Refused."""
    for kind in kinds():
        if _format(kind).knows(file.content):
            return kind
    ending = _ending(file.name)
    by_name = next((kind for kind in kinds() if ending in _format(kind).ENDINGS), None)
    if file.content.startswith(_PICTURES) and by_name is None:
        raise Refused("no_text", "a picture")
    if file.content.startswith(b"\xd0\xcf\x11\xe0"):
        raise _ole_refused(file.content)
    if file.content.startswith(b"PK\3\4") and not _archive.names(file.content):
        raise Refused("damaged", "an archive without its directory")
    if file.content.startswith((*_PICTURES, *_OTHERS, b"PK")):
        raise Refused("wrong_type" if by_name else "unsupported", ending)
    if by_name:
        return by_name
    if _letters.binary(_letters.decode(file.content)[0]):
        raise Refused("unsupported", ending)
    return "text"


@cache
def kinds() -> tuple[str, ...]:
    """Every format's short name, in alphabetical order."""
    names = (module.name for module in pkgutil.iter_modules(formats.__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def _format(kind: str) -> ModuleType:
    return importlib.import_module(f"etl.reports.formats.{kind}")


def _finished(document: Document, file: File) -> Document | Refusal:
    """Letters repaired in place, and notes that hold for every format."""
    if not document.text.strip():
        return Refusal(document.name, "empty")
    try:
        text = _letters.mended(document.text)
    except Refused as refused:
        return Refusal(document.name, refused.code, refused.detail)
    if only_links(text):
        return Refusal(document.name, "only_links")
    notes = [*document.notes]
    if text != document.text:
        notes.append("letters_repaired")
    ending = _ending(file.name)
    others = (kind for kind in kinds() if kind != document.kind)
    if document.name == file.name and any(ending in _format(kind).ENDINGS for kind in others):
        notes.append("other_ending")
    return dataclasses.replace(document, text=text, notes=tuple(notes))


def _ending(name: str) -> str:
    """What follows the last dot of a name, in lower case; empty where there is none."""
    return name.replace("\0", "").rstrip(". ").rpartition(".")[2].lower() if "." in name else ""


def _ole_refused(content: bytes) -> Refused:
    """Old Office files: a new one with a password, a stump, or one that nothing here opens."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refused("password")
    return Refused("damaged" if len(content) < 512 else "unsupported", "OLE")
