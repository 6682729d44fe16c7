"""Charts on their way to a browser that saves them as files."""

import json
from pathlib import Path

import plotly
import plotly.graph_objects as go

# What draws in a browser, and its version.
SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
VERSION = plotly.__version__

# The pages' own "Source Sans" is a web font, which a file cannot reach. Text measured in one font
# and drawn in another would not fit.
FONT = '"Source Sans 3", "Noto Sans", "DejaVu Sans", Arial, sans-serif'


def to_save(figure: go.Figure) -> str:
    """A figure as JSON for a picture to be saved: still, and in fonts that a picture can have."""
    told = json.loads(figure.to_json())
    told["layout"]["font"] = told["layout"].get("font", {}) | {"family": FONT}
    return json.dumps({"data": told["data"], "layout": told["layout"]}, ensure_ascii=False)
