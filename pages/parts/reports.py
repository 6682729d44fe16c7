"""What the pages of the Reports group share: the ledger, the person, the list of what was read."""

import pandas as pd
import streamlit as st

from etl.reports.intake import Intake, intake
from impact import inbox, ledger
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
