"""Components that draw pictures, and Plotly's script served beside the pages: no internet."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

import pictures
from impact import charts
from pages.parts.shell import screen as st

# Loads it: plotly(version).
LIBRARY = Path(__file__).with_name("plotly.js")
# Its address carries the version, so that a browser may keep it for as long as it likes.
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


def _answer(_request: Request) -> FileResponse:
    return FileResponse(charts.SCRIPT, media_type="text/javascript", headers=_KEPT)


@cache
def component(part: str, *before: Path) -> Callable[..., Any]:
    """A component made of the .html, .css and .js files beside the Python file of a part.

    before  scripts that its own may use, because a component has a single one
    """
    here = Path(part)
    scripts = (*before, here.with_suffix(".js"))
    return st.components.v2.component(
        here.stem,
        html=here.with_suffix(".html").read_text(encoding="utf-8"),
        css=here.with_suffix(".css").read_text(encoding="utf-8"),
        js="\n".join(path.read_text(encoding="utf-8") for path in scripts),
    )


def drawing_component(part: str) -> Callable[..., Any]:
    """A component whose script may use pictures/draw.js and plotly.js."""
    return component(part, pictures.SCRIPT, LIBRARY)


ROUTE = Route("/plotly.min.js", _answer)
