"""The yardstick of `make bench`: what a page costs that does nothing but ask DuckDB and draw.

`streamlit run tests/bare.py`, with IMPACT_STORE: bars of one place's claims about heating. It has
no rule, no evidence and no caption.
"""

import os
from pathlib import Path

import duckdb
import plotly.graph_objects as go
import streamlit as st

place = st.query_params.get("places", "UA80")


@st.cache_resource
def connected() -> duckdb.DuckDBPyConnection:
    """The snapshot that is shown, opened once."""
    folder = Path(os.environ["IMPACT_STORE"]) / "published"
    name = (folder / "current").read_text(encoding="ascii").strip()
    return duckdb.connect(str(folder / name), read_only=True)


rows = (
    connected()
    .cursor()
    .execute(
        """SELECT day, value FROM figures
           WHERE indicator = 'heating_loss' AND place = ? AND rank_responsible = 0
           ORDER BY day""",
        [place],
    )
    .df()
)
st.title("Heating")
st.plotly_chart(go.Figure(go.Bar(x=rows["day"], y=rows["value"])), theme=None)
