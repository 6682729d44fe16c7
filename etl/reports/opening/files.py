"""Opening: turns the bytes of a report into text, for every format.

This code runs in the sandbox (sandbox.py) and never in the server's own process. A bad file can
make the parsers crash, hang or use up the memory.
"""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise
from types import ModuleType

from etl.reports import formats
from etl.reports.formats import MAX_BYTES, File, Refused, _about, _archive, _letters
from etl.reports.formats._garbled import turned_back
from etl.reports.model.document import Document, Table
from etl.reports.opening.only_links import only_links
from etl.reports.opening.refusals import Refusal

# The first bytes of files that cannot be opened here. Each kind gets its own advice.
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_OTHERS = (
    *(b"MZ", b"\x7fELF", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ"),
    *(b"PAR1", b"SQLite format 3", b"{\\rtf", b"%!PS", b"\0\0\0\x18ftyp"),
)


def open_file(content: bytes, name: str) -> tuple[Document | Refusal, ...]:
    """Opens a file. Returns its documents, and a refusal for each part that was not opened.

    The result is never empty. A mail gives its body and its attachments. An archive gives its
    members, with names such as "archive.zip/member.pdf". The bytes decide the format, and the
    ending of the name does only where the bytes leave it open.

    A bad file raises no exception of the formats' own. MemoryError and unforeseen errors of a
    parser pass through, and the sandbox makes refusals of them.
    """
    return tuple(opened(File(content, name)))


def opened(file: File) -> Iterator[Document | Refusal]:
    """The same for a file that may lie inside archives or mails."""
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
    """The short name of the file's format: the bytes decide first, then the name.

    Raises Refused if no format of this program fits.
    """
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


def refused_at_sight(head: bytes) -> str:
    """Why a file of this kind is never opened, as a key of refusals.REFUSALS; "" where it may be.

    For whoever has only the first bytes of a file, 2 KB or so. Nothing is parsed.
    """
    if _format("pdf").knows(head) or not _letters.binary(head.decode("latin-1")):
        text_only = head.startswith((b"{\\rtf", b"%!PS"))
        return "unsupported" if text_only else ""
    if head.startswith(_PICTURES):
        return "no_text"
    return "unsupported" if head.startswith(_OTHERS) else ""


@cache
def kinds() -> tuple[str, ...]:
    """Every format's short name, in alphabetical order."""
    names = (module.name for module in pkgutil.iter_modules(formats.__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def _format(kind: str) -> ModuleType:
    return importlib.import_module(f"etl.reports.formats.{kind}")


def _finished(document: Document, file: File) -> Document | Refusal:
    """The document with repaired letters and with the notes that any format may need.

    A refusal instead if it has no text, only links, or letters that cannot be repaired.
    """
    if not document.text.strip():
        return Refusal(document.name, "empty")
    document = _turned_back(document)
    try:
        text = _letters.mended(document.text)
    except Refused as refused:
        return Refusal(document.name, refused.code, refused.detail)
    if only_links(text):
        return Refusal(document.name, "only_links")
    document = _dated(document)
    notes = [*document.notes]
    if text != document.text and "letters_repaired" not in notes:
        notes.append("letters_repaired")
    ending = _ending(file.name)
    others = (kind for kind in kinds() if kind != document.kind)
    if document.name == file.name and any(ending in _format(kind).ENDINGS for kind in others):
        notes.append("other_ending")
    return dataclasses.replace(document, text=text, notes=tuple(notes))


def _dated(document: Document) -> Document:
    """The document without a date of its own that cannot be one, and with a note about it."""
    if not document.published or _about.possible(document.published):
        return document
    notes = (each for each in document.notes if each != "date_of_file")
    return dataclasses.replace(document, published="", notes=(*notes, "date_impossible"))


def _turned_back(document: Document) -> Document:
    """The document with garbled letters turned back, and its offsets moved with them."""
    if turned_back(document.text) == document.text:
        return document
    spans = {offset for t in document.tables for row in t.rows for span in row for offset in span}
    cuts = sorted({0, len(document.text), *spans, *(offset for offset, _ in document.marks)})
    pieces = [turned_back(document.text[start:end]) for start, end in pairwise(cuts)]
    at = dict(zip(cuts, accumulate(map(len, pieces), initial=0), strict=True))
    tables = (
        Table(tuple(tuple((at[a], at[b]) for a, b in row) for row in table.rows), table.position)
        for table in document.tables
    )
    return dataclasses.replace(
        document,
        text="".join(pieces),
        marks=tuple((at[offset], position) for offset, position in document.marks),
        tables=tuple(tables),
        title=turned_back(document.title),
        notes=(*document.notes, "letters_repaired"),
    )


def _ending(name: str) -> str:
    """The part of a name after its last dot, in lower case; "" without a dot."""
    return name.replace("\0", "").rstrip(". ").rpartition(".")[2].lower() if "." in name else ""


def _ole_refused(content: bytes) -> Refused:
    """The refusal for an OLE file, the container of old Office files, that no format opens.

    A new Office file with a password is an OLE file, too.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refused("password")
    return Refused("damaged" if len(content) < 512 else "unsupported", "OLE")
