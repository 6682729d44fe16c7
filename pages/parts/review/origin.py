"""Where a report comes from: its day of publication, publisher and link.

Each was read from the report or told by a person. After a change the report is read again, because
days such as "overnight" depend on its day of publication.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from impact.access.actions import Action
from impact.access.person import Person
from impact.model import dates, links
from impact.model.language import Words
from impact.store import rereading
from impact.store.faults import StoreFault
from impact.wording import markup
from pages.parts.review import reports
from pages.parts.shell import access, session
from pages.parts.shell import screen as st


@dataclass(frozen=True, slots=True)
class Origin:
    """Day (ISO), publisher and link; each empty where it is left to the report."""

    published: str = ""
    publisher: str = ""
    url: str = ""


def show(row: Mapping, who: Person, *, key: str) -> None:
    """When and by whom a report was published, who says so, and a form to change it.

    A report that names no day asks for one.
    """
    words = session.words()
    try:
        reading = reports.reading(row["document_id"])
    except StoreFault as fault:
        st.warning(fault.told(words))
        return
    if _waits(row):
        st.markdown(words._("Being read again with what you told …"))
        return
    if reading["published"]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_sentence(row, reading, words))
            if not access.closed(Action.SAY):
                with st.popover(words._("Change")):
                    _form(row, reading, who, key)
        return
    if access.closed(Action.SAY):
        return
    asked = words._(
        "**When was it published?** The report does not say. Without the day, words such as "
        "“yesterday” cannot be dated."
    )
    st.markdown(markup.ours(asked))
    _form(row, reading, who, key)


def fields(known: Mapping, key: str) -> Origin:
    """The three fields, filled with what is known."""
    words = session.words()
    with st.container(horizontal=True):
        day = st.date_input(
            words._("Day of publication"),
            _day(known),
            max_value=max(dates.to_kyiv(dates.now()).date(), _day(known) or date.min),
            key=f"{key}-day",
            format="YYYY-MM-DD",
        )
        publisher = st.text_input(
            words._("Publisher"), known.get("publisher", ""), key=f"{key}-publisher", max_chars=120
        )
        link = st.text_input(
            words._("Link"),
            known.get("url", ""),
            key=f"{key}-link",
            max_chars=500,
            placeholder="https://",
        )
    return Origin(day.isoformat() if day else "", publisher.strip(), link.strip())


def _waits(row: Mapping) -> bool:
    return any(
        (said.upload_id, said.part) == (row["upload_id"], row["part"])
        for _, said in reports.waiting()
    )


def _sentence(row: Mapping, reading: Mapping, words: Words) -> str:
    """ "Published on 21 November 2025 by Suspilne (read from the report)"."""
    day, publisher = words.stated(reading["published"]), reading["publisher"]
    if publisher:
        text = words._("Published on {day} by {publisher}", day=day, publisher=publisher)
    else:
        text = words._("Published on {day}, no publisher named", day=day)
    if row["said_by"]:
        source = words._("told by {who}", who=row["said_by"])
    else:
        source = words._("read from the report")
    return f"{text} ({source})."


def _form(row: Mapping, reading: Mapping, who: Person, key: str) -> None:
    """Asks for day, publisher and link. After saving, the report is read again."""
    words = session.words()
    name = f"origin-{key}-{row['document_id'][:12]}"
    with st.form(name, border=False):
        told = fields(reading, name)
        st.caption(
            words._(
                "The report is read again. A figure that changes with it waits for a decision "
                "again; as it was accepted before, it stays public until then."
            )
        )
        sent = st.form_submit_button(words._("Save and read again"))
    if not sent:
        return
    if not who.name:
        st.warning(words._("Write your name first: it is kept beside what you bring."))
    elif told == Origin(*(reading[each] for each in ("published", "publisher", "url"))):
        st.warning(words._("Nothing was changed."))
    elif not told.published:
        st.warning(words._("Choose the day of publication."))
    elif told.url and not links.web(told.url):
        st.warning(words._("The link begins with https:// or http://, as the browser shows it."))
    elif _said(row, who, told):
        reports.reading_thread().wake()
        st.rerun()


def _said(row: Mapping, who: Person, told: Origin) -> bool:
    """Stores what a person says of a report, or says why it cannot be stored."""
    about = (row["upload_id"], row["part"], who.name, told.published, told.publisher, told.url)
    try:
        rereading.say(reports.writing(who, Action.SAY), *about)
    except access.Closed as closed:
        st.error(session.words()._(closed.reason))
        return False
    except StoreFault as fault:
        st.error(fault.told(session.words()))
        return False
    return True


def _day(known: Mapping) -> date | None:
    """The day that is known. A month or a year is not a day."""
    with suppress(ValueError):
        return date.fromisoformat(known.get("published", ""))
    return None
