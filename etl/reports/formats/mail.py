"""E-mail messages (EML): reads the body and gives every attachment as a file of its own."""

import dataclasses
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from etl.reports.formats import File, Refused
from etl.reports.formats import html as web
from etl.reports.formats._about import moment
from etl.reports.formats._forwarded import innermost
from etl.reports.formats._letters import clean, decode
from etl.reports.formats._writer import Writer
from etl.reports.formats.text import unwrapped
from etl.reports.model.document import Document
from impact.model.report_languages import around

if TYPE_CHECKING:
    from email.message import EmailMessage

ENDINGS = ("eml",)

_MAX_BOUNDARIES = 200
_MAX_PARTS = 500
_MAX_DEPTH = 3  # mails within mails
_FEWEST_CELLS = 3  # of a row of a table
_MOST_ROWS = 50  # of a table that are looked for in the other form
_DIGITS = re.compile(r"\d+")
_HEADER = re.compile(rb"(?:From \S.*\r?\n)?(?:[!-9;-~]+:.*\r?\n(?:[ \t].*\r?\n)*){2,}")
_OF_MAIL = re.compile(rb"(?im)^(?:received|message-id|mime-version|return-path|from):")
_SUBJECT_OR_TYPE = re.compile(rb"(?im)^(?:subject|date|content-type|to):")


def knows(content: bytes) -> bool:
    """Whether the bytes begin with header lines of an e-mail."""
    head = _HEADER.match(content.lstrip()[:8192])
    return bool(head and _OF_MAIL.search(head[0]) and _SUBJECT_OR_TYPE.search(head[0]))


def documents(file: File) -> Iterator[Document | File]:
    """The message as a document, then its attachments in order. Forwarded messages are attachments.

    Raises Refused for an empty message, and for too many parts or mails inside mails.
    """
    import email
    from email import policy

    if file.within.count("mail") >= _MAX_DEPTH:
        raise Refused("bomb", "mails within mails")
    if file.content.lower().count(b"boundary=") > _MAX_BOUNDARIES:
        raise Refused("bomb", "boundaries")
    message = email.message_from_bytes(file.content, policy=policy.default)
    body, attachments, skipped = _parts(message)
    writer = Writer()
    if _tell_differently(message):
        writer.note("forms_differ")
    subject = _header(message, "subject")
    writer.lines(subject)
    wrote = sum([_write_part(writer, part, subject) for part in body])
    if skipped:
        writer.note("part_skipped")
    if wrote or not attachments:
        if not wrote and not subject:
            raise Refused("empty", "no body")
        yield _dated(writer.document(file.name, "mail", title=subject), message)
    for number, part in enumerate(attachments, 1):
        name = clean(part.get_filename() or "") or f"attachment {number}"
        yield file.member(_bytes(part), name, "mail")


def _dated(document: Document, message: "EmailMessage") -> Document:
    """The message with its day: of a forwarded one the day on which its first sender wrote."""
    published = moment(_header(message, "date"))
    if _forwarded().match(document.title):
        published = innermost(document.text.split("\n"))[1] or published
    return dataclasses.replace(document, published=published)


@cache
def _forwarded() -> re.Pattern:
    """A pattern of the beginning of a forwarded message's subject: "Fwd:"."""
    return re.compile(rf"(?i)^\s*(?:{around('forwarded')})\s*:")


@cache
def _original() -> re.Pattern:
    """A pattern of the line with which a program begins an older message: "-----Original …"."""
    return re.compile(rf"(?i)^-+\s*(?:{around('original_message')})\s*-+\s*$")


@cache
def _wrote() -> re.Pattern:
    """A pattern of the line above a quoted message: "On Friday Olena wrote:"."""
    wrote, original = around("wrote"), around("original_message")
    return re.compile(rf"(?i)(?:\b(?:{wrote})\b.*:|^-+\s*(?:{original})\s*-+)\s*$")


def _header(message: "EmailMessage", name: str) -> str:
    try:
        return str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        return ""  # Python's parser of headers fails on some damaged ones


def _parts(message: "EmailMessage") -> tuple[list["EmailMessage"], list["EmailMessage"], bool]:
    """The parts of the body, the attachments, and whether any part such as a picture was left out.

    If a message has its text in several forms, the plain text is the body, unless it is empty or
    has lost a table of the other.
    Raises Refused if there are too many parts.
    """
    body: list[EmailMessage] = []
    attachments: list[EmailMessage] = []
    skipped = False
    waiting = [(message, True)]
    for _ in range(_MAX_PARTS):
        if not waiting:
            return body, attachments, skipped
        part, is_body = waiting.pop(0)
        kind, disposition = part.get_content_type(), part.get_content_disposition()
        is_outer = part is message
        if part.is_multipart() and kind != "message/rfc822":
            inner = _inner(part)
            of_body = _preferred(inner) if kind == "multipart/alternative" else inner
            waiting[:0] = [(each, is_body and each in of_body) for each in inner]
        elif not is_outer and (kind == "message/rfc822" or disposition == "attachment"):
            attachments.append(part)
        elif (part.get_content_maintype() == "text" and not part.get_filename()) or is_outer:
            body += [part] * is_body
        elif part.get_content_maintype() != "image" and part.get_filename():
            attachments.append(part)
        else:
            skipped = True
    raise Refused("bomb", "parts")


def _inner(part: "EmailMessage") -> list["EmailMessage"]:
    """The parts of a part that has several, or the message that a forwarded one holds."""
    from email.message import EmailMessage

    return [each for each in part.iter_parts() if isinstance(each, EmailMessage)]


def _preferred(alternatives: list["EmailMessage"]) -> list["EmailMessage"]:
    """The one part to read of several forms of a text, as a list; empty if there are none."""
    plain = [part for part in alternatives if part.get_content_type() == "text/plain"]
    told = [part for part in plain if _text(part).strip()][:1]
    pages = [part for part in alternatives if part.get_content_type() == "text/html"][:1]
    if told and pages and _loses_a_table(_text(told[0]), _text(pages[0])):
        return pages
    return told or alternatives[-1:]


def _loses_a_table(plain: str, page: str) -> bool:
    """Whether the plain form of a message has the cells of a table one below the other, as programs
    write them there: which belong together is then seen in its page alone.

    False for a reply: only in its plain form is what it quotes told from what it says.
    """
    lines = [" ".join(line.split()) for line in plain.split("\n")]
    if any(line.startswith(">") or _original().match(line) for line in lines):
        return False
    writer = Writer()
    web.write_whole(writer, page)
    seen = writer.document("", "mail")
    for table in seen.tables:
        rows = [[seen.text[start:end] for start, end in row if start < end] for row in table.rows]
        wide = [row for row in rows if len(row) >= _FEWEST_CELLS][:_MOST_ROWS]
        broken = [
            row for row in wide if not any(row[0] in each and row[1] in each for each in lines)
        ]
        if len(wide) > 1 and len(broken) == len(wide):
            return True
    return False


def _tell_differently(message: "EmailMessage") -> bool:
    """Whether a message has its text in two forms of which the one that people see has a number
    that the other lacks."""
    for part in message.walk():
        if part.get_content_type() != "multipart/alternative":
            continue
        forms = {each.get_content_type(): each for each in _inner(part)}
        if (plain := forms.get("text/plain")) and (page := forms.get("text/html")):
            read, seen = Writer(), Writer()
            read.lines(_text(plain))
            web.write_whole(seen, _text(page))
            told, shown = (
                set(_DIGITS.findall(each.document("", "mail").text)) for each in (read, seen)
            )
            if told and shown - told:
                return True
    return False


def _bytes(part: "EmailMessage") -> bytes:
    """The content of an attachment; a forwarded message with its headers."""
    if part.is_multipart():
        inner = _inner(part)
        return inner[0].as_bytes() if inner else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: "EmailMessage") -> str:
    return clean(decode(_bytes(part), part.get_content_charset(""))[0])


def _write_part(writer: Writer, part: "EmailMessage", subject: str) -> bool:
    """Adds a part of the body. Returns whether it held any text."""
    text = _text(part)
    if not text.strip():
        return False
    if part.get_content_type() == "text/html":
        web.write_whole(writer, text)
        return True
    lines = text.strip("\n").split("\n")
    kept = _passed_on(lines) if _forwarded().match(subject) else _without_quotes(lines)
    if len(kept) < len(lines):
        writer.note("quotes_dropped")
    text = "\n".join(kept)
    if part.get_param("format") == "flowed":
        text = re.sub(r"(?<=\S) \n(?=\S)", " ", text)
    writer.lines(unwrapped(text.strip("\n")))
    return True


def _passed_on(lines: list[str]) -> list[str]:
    """The lines of a forwarded message without what it quotes itself. All lines if it stands as a
    quotation, or nothing tells where it begins."""
    begin, _ = innermost(lines)
    if not begin or any(line.startswith(">") for line in lines[:begin]):
        return lines
    return lines[:begin] + _without_quotes(lines[begin:])


def _without_quotes(lines: list[str]) -> list[str]:
    """The lines of a reply without the quoted message at its end, and without an older one that is
    not quoted and stands below its own line: "-----Original Message-----".

    All lines if the reply holds nothing else.
    """
    older = next((at for at, line in enumerate(lines) if _original().match(line)), len(lines))
    if any(line.strip() and not line.startswith(">") for line in lines[:older]):
        lines = lines[:older]
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith(">")):
        end -= 1
    if not any(line.startswith(">") for line in lines[end:]) or not end:
        return lines
    # A line such as "On Friday Olena <o@example.org> wrote:" belongs to the quoted message. It may
    # take two lines.
    for start in (end - 1, end - 2):
        if start > 0 and _wrote().search(" ".join(lines[start:end])):
            return lines[:start]
    return lines[:end]
