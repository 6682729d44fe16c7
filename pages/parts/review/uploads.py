"""The parts of the Upload page: what is sent, what became of it, and the list of all uploads."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from etl.reports.intake import DONE, OPENING, READING, RECEIVED
from etl.reports.model import limits
from etl.reports.opening import refusals
from etl.reports.opening.only_links import only_links
from impact.access.actions import Action
from impact.access.person import Person
from impact.model.language import N_
from impact.model.lines import one_line
from impact.model.rows import Row, records
from impact.store import inbox
from impact.store.faults import StoreFault
from impact.wording import markup
from pages.parts.review import origin, reports, waiting
from pages.parts.review.origin import Origin
from pages.parts.review.waiting import WAITING
from pages.parts.shell import access, alone, session
from pages.parts.shell import screen as st

STAGES = {
    RECEIVED: N_("Received, waiting for its turn."),
    OPENING: N_("Received, being opened."),
    READING: N_("Received and opened, being read."),
    DONE: N_("Received and read, being stored."),
}
NOTHING_TOLD = Origin()
# The example to try, without its language; and the day on which it might have been published.
EXAMPLE = Path(__file__).parents[3] / "data" / "examples" / "situation_report_2026-01-24"
EXAMPLE_DAY = "2026-01-24"
# How often files have gone from the uploader by themselves: part of its key. What is told of them.
ROUND_OF_FILES, _MISSING = "_round_of_files", "_missing"
# How many entries the list begins with, and by how many it grows.
SHOWN = 20
_LOG = logging.getLogger(__name__)
# Characters of a pasted text's first line that become its name.
NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as somebody brings it, with what they say of it."""

    name: str
    content: bytes
    told: Origin = NOTHING_TOLD


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one file.

    `upload_id` is empty if the file could not be kept. `why` then says what is wrong with the
    store, if anything is.
    """

    name: str
    upload_id: str
    new: bool
    received: str
    why: str = ""


def example() -> Brought:
    """The example of a report that ships, in the reader's language."""
    path = EXAMPLE.with_suffix(f".{session.words().language}.txt")
    found = path if path.exists() else EXAMPLE.with_suffix(".en.txt")
    return Brought(found.name, found.read_bytes(), Origin(published=EXAMPLE_DAY))


def receive(files: Iterable[Brought], who: Person) -> list[Sent]:
    """Keeps each file. A file that cannot be kept does not stop the others."""
    words, sent = session.words(), []
    for each in files:
        shown = one_line(each.name)
        try:
            upload, new = inbox.receive(
                reports.writing(who, Action.RECEIVE),
                each.content,
                each.name,
                who.name,
                published=each.told.published,
                publisher=each.told.publisher,
                url=each.told.url,
            )
        except access.Closed:
            return []  # the page has said why
        except StoreFault as fault:
            sent.append(Sent(shown, "", False, "", fault.told(words)))
            continue
        except Exception:  # busy: the person is told, the log has the rest
            _LOG.exception("a file could not be kept")
            sent.append(Sent(shown, "", False, ""))
            continue
        sent.append(Sent(shown, upload.upload_id, new, words.time(upload.received_at)))
    reports.reading_thread().wake()
    return sent


def pasted(text: str, title: str, told: Origin) -> Brought:
    """A pasted text as a file, called by its title or by its first line."""
    first = title.strip() or text.strip().splitlines()[0]
    name = first[:NAME_LENGTH].replace("/", "-").replace("\\", "-").strip(". ")
    return Brought(f"{name}.txt", text.encode("utf-8"), told)


def whole(files: Sequence[UploadedFile], key: str) -> list[UploadedFile]:
    """The files that are still here. Says which were not taken, have waited too long or are gone.

    What has waited too long or is gone goes from the uploader, too: there it would look as if it
    could be sent.

    key  of the uploader
    """
    words, visit = session.words(), session.visit()
    found = [each for each in files if each.getbuffer().nbytes == each.size]
    WAITING.show(visit, found)
    told = WAITING.told(visit)
    # What a browser shows as chosen and this server does not have.
    if not told and any(isinstance(each, DeletedFile) for each in st.session_state.get(key) or ()):
        told = [waiting.Told("", waiting.LOST)]
    if told:
        st.session_state[_MISSING] = told
        if any(each.code in (waiting.WAITED, waiting.LOST) for each in told):
            st.session_state[ROUND_OF_FILES] = st.session_state.get(ROUND_OF_FILES, 0) + 1
            st.rerun()
    here = {each.name for each in found} | ({""} if found else set())
    missing = [each for each in st.session_state.get(_MISSING, ()) if each.name not in here]
    if missing:
        st.error(
            markup.stacked(
                words._(
                    "“{name}” could not be kept. {why}",
                    name=each.name or words._("A file"),
                    why=waiting.sentence(each.code, words),
                )
                for each in missing
            )
        )
    return found


def let_go(files: Sequence[UploadedFile]) -> None:
    """Frees the memory of files that were sent, and forgets what was said of others. Of one that is
    gone it is said until another is chosen: whoever sends sees nothing else of it."""
    WAITING.let_go(session.visit(), files)
    missing = st.session_state.pop(_MISSING, ())
    st.session_state[_MISSING] = [each for each in missing if each.code == waiting.LOST]


def limit_of_files() -> str:
    """What may be brought, by kind, as a sentence beside the uploader."""
    words, allowed = session.words(), limits.ALLOWED
    return words._(
        "A text may have up to {characters} characters, of which the first {read} are read; tables "
        "up to {cells} cells and {columns} columns; a PDF up to {pages} pages; a ZIP up to "
        "{members} files.",
        **{name: words.number(allowed[name]) for name in allowed if name != "bytes"},
        read=words.number(limits.READ),
    )


def is_only_a_link(text: str, link: str) -> bool:
    """Says that a pasted text is only an address, and offers to put it into the field for links.

    Addresses are not opened. link: the key of that field
    """
    words, found = session.words(), only_links(text)
    if not found:
        return False
    st.warning(
        words.plural(
            "This is only a link. Addresses are not opened: open it yourself, copy the text and "
            "paste the text here.",
            "These are only links. Addresses are not opened: open each yourself, copy its text and "
            "paste the text here, one report at a time.",
            len(found),
        )
    )
    if len(found) == 1:
        field = words._("Link")
        st.button(
            words._("Put it into the field “{field}”", field=field),
            key=f"{link}-fill",
            on_click=st.session_state.update,
            args=({link: found[0]},),
        )
    return True


def told(sent: Sequence[Sent]) -> None:
    """A sentence for each file that was sent."""
    words, kept, failed = session.words(), [], []
    for each in sent:
        if not each.upload_id:
            failed.append(
                words._("“{name}” could not be kept. {why}", name=each.name, why=each.why)
                if each.why
                else words._(
                    "“{name}” could not be kept: the store is busy or full. Send it again.",
                    name=each.name,
                )
            )
        elif each.new:
            kept.append(words._("“{name}” is received and kept.", name=each.name))
    for box, sentences in ((st.success, kept), (st.error, failed)):
        if sentences:
            box(markup.stacked(sentences))
    for number, each in enumerate(sent):
        if each.upload_id and not each.new:
            st.info(
                words._(
                    "“{name}” was already received on {time}: here it is.",
                    name=each.name,
                    time=each.received,
                )
            )
            _reviews(each.upload_id, f"again-{number}")


def _reviews(upload_id: str, key: str) -> None:
    """Links to the reviews of an upload that was brought before. `key` is no other file's that was
    sent: one may be sent twice at once."""
    listed = reports.parts()
    for number, row in enumerate(records(listed[listed["upload_id"] == upload_id])):
        _sound_entry(row, f"{key}-{number}")


def listing() -> None:
    """All uploads, newest first; looks again each second while one is in work."""
    st.subheader(session.words()._("What was uploaded"))
    in_work = reports.in_work()
    alone.part(_listing, run_every=1.0 if in_work else None)(in_work)


def _listing(began_in_work: bool) -> None:
    words = session.words()
    rows = reports.parts()
    if rows.empty:
        if access.closed(Action.RECEIVE):
            st.info(words._("Nothing has been uploaded yet."))
        else:
            st.info(
                words._("Nothing has been uploaded yet. Choose a report above, or paste its text.")
            )
        return
    shown = st.session_state.get("_uploads_shown", SHOWN)
    for number, row in enumerate(records(rows.head(shown))):
        _sound_entry(row, f"upload-{number}")
    if len(rows) > shown and st.button(words._("Show more")):
        st.session_state["_uploads_shown"] = shown + SHOWN
        st.rerun(scope="fragment")
    if began_in_work and not reports.in_work():
        st.rerun()


def _sound_entry(row: Row, key: str) -> None:
    """An entry of the list. One that cannot be shown says so and stops none of the others."""
    try:
        _entry(row, key)
    except Exception:
        _LOG.exception("an entry of the list of uploads could not be shown")
        st.warning(session.words()._("This entry cannot be shown in full; the log says why."))


def _entry(row: Row, key: str) -> None:
    words = session.words()
    with st.container(border=True, key=f"report-{key}-{row['part'][-20:]}"):
        st.html(markup.lines("name", row["part"], row["title"]))
        st.caption(
            words._(
                "Received on {time} from {who}",
                time=words.time(row["received_at"]),
                who=row["who"],
            )
        )
        if row["wrong_clock"]:
            st.caption(words._("This time is that of a clock that stood wrong."))
        for sentence in _sentences(row):
            st.markdown(sentence)
        if row["state"] == "read":
            origin.show(row, reports.who(), key=key)
            st.page_link(
                reports.REVIEW,
                label=words._("Review"),
                query_params={"document": row["document_id"]} | session.along(),
            )


def _sentences(row: Row) -> list[str]:
    """How far an upload is, or what was found in it, or why it was not opened, with its notes."""
    words = session.words()
    if row["state"] == "received":
        stage = reports.reading_thread().stages.get(row["upload_id"], RECEIVED)
        if fault := reports.reading_thread().faults.get(row["upload_id"]):
            return [fault.told(words)]
        if row["upload_id"] in reports.reading_thread().failures:
            return [words._("The store is busy or full: this is tried again by itself.")]
        return [words._(STAGES[stage])]
    if row["state"] == "refused":
        return [words._("Not read. {reason}", reason=refusals.refused(row["refused"], words))]
    codes = row["notes"].split()
    if not row["figures"]:
        said = refusals.nothing(row["language"], words)
        codes = [each for each in codes if each != f"unread:{row['language']}"]
    else:
        found = words.plural("Read: {count} figure", "Read: {count} figures", row["figures"])
        decided = words.plural("{count} of them decided", "{count} of them decided", row["decided"])
        said = f"{found}, {decided}."
    return [said, *filter(None, (refusals.noted(each, words) for each in codes))]
