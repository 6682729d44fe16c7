"""Charts on their way to a page, which shows each of them twice: Streamlit reads a chart's JSON
again once it stands, and Plotly then draws anew what it cannot tell to be the same. It cannot
where numbers come as bytes, where lists of the same length have no revision, and where there is
a template."""

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder


def told_once(traces: Sequence[dict], layout: dict) -> go.Figure:
    """A chart, in a form in which Plotly knows it again and draws it once."""
    data = [_listed(trace) for trace in traces]
    told = json.dumps(data, cls=PlotlyJSONEncoder, sort_keys=True).encode()
    revision = blake2b(told, digest_size=8).hexdigest()
    sent = go.Figure(data=data, layout=layout | {"datarevision": revision})
    # Each figure is given the template of whoever was imported last: Streamlit's, in a server.
    sent.layout.template = None
    return sent


def _listed(part: Any) -> Any:
    """Properties with lists in place of arrays; None stands for what is no number, as JSON has no
    word for it."""
    if isinstance(part, dict):
        return {key: _listed(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_listed(each) for each in part]
    if isinstance(part, np.ndarray):
        if part.dtype.kind == "M":
            return np.datetime_as_string(part).tolist()
        return _listed(part.tolist())
    return None if isinstance(part, float) and part != part else part
