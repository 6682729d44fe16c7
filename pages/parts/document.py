"""What the browser's document says of itself to assistive software."""

from functools import cache
from pathlib import Path

import streamlit as st

SCRIPT = Path(__file__).with_name("document.js")


def describe(language: str) -> None:
    """Names the language of the page's words and mends the roles that Streamlit leaves out."""
    _component()(data={"language": language}, key="document", height=0)


@cache
def _component():
    return st.components.v2.component(
        "document", js=SCRIPT.read_text(encoding="utf-8"), isolate_styles=False
    )
