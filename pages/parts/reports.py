"""What the pages of the Reports group share: the ledger, the person, the list of what was read."""

import pandas as pd
import streamlit as st

from etl.reports.intake import Intake, intake
from impact import dates, inbox, ledger
from impact.ledger import Ledger
from pages.parts import session
from pages.parts.publishing import Publisher, publisher

REVIEW = "pages/reports/review.py"
UPLOAD = "pages/reports/upload.py"


def store() -> Ledger:
    """The ledger of the store that the environment names."""
    return Ledger(ledger.store_folder())


def reading_thread() -> Intake:
    """What reads the store's uploads."""
    return intake(str(ledger.store_folder()))


def publishing_thread() -> Publisher:
    """What publishes the store's decisions."""
    return publisher(str(ledger.store_folder()))


def person() -> str:
    """Who brings and decides; asked once a visit, kept beside every decision."""
    words = session.words()
    name = st.text_input(
        words._("Your name"),
        key="reviewer",
        max_chars=80,
        persist_state="session",
        help=words._("Kept in the ledger beside what you bring and decide."),
    )
    return " ".join((name or "").split())


def parts() -> pd.DataFrame:
    """Every part of every upload, newest first."""
    return inbox.listing(store())


def title(row) -> str:
    """How a report is called: its own title, else the file's name."""
    return row["title"] or row["part"]


def in_order(read: pd.DataFrame) -> list[str]:
    """Documents to choose from: those that await decisions first, the newest first.

    The order of a visit stays as it began, or the choice would move under the reviewer's hands.
    """
    waiting = read["figures"] > read["decided"]
    now = [*read.index[waiting], *read.index[~waiting]]
    kept = [each for each in st.session_state.get("_documents", ()) if each in set(now)]
    order = [*kept, *(each for each in now if each not in set(kept))]
    st.session_state["_documents"] = order
    return order


def names(read: pd.DataFrame) -> dict[str, str]:
    """What each report is called in the list to choose from: never the same twice, and the same
    whatever is decided, as a choice is known by its words."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for document, row in read.iterrows():
        received = dates.to_kyiv(row["received_at"])
        name, count = f"{title(row)} · {received:%Y-%m-%d %H:%M}", 1
        while name in taken:
            count += 1
            name = f"{title(row)} · {received:%Y-%m-%d %H:%M} ({count})"
        taken.add(name)
        found[document] = name
    return found


def about(reading: dict, row, words) -> list[str]:
    """What is known of a report: file, publisher, day, address."""
    published = reading.get("published")
    pieces = [
        row["part"],
        reading.get("publisher", ""),
        words._("published {day}", day=words.stated(published)) if published else "",
        reading.get("url", ""),
        words._(
            "received on {time} from {who}", time=words.time(row["received_at"]), who=row["who"]
        ),
    ]
    return [" · ".join(piece for piece in pieces if piece)]
