"""Plotly's script, served beside the pages: pictures are drawn with it, without the internet."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from impact import charts

# Loads it: plotly(version).
LIBRARY = Path(__file__).with_name("plotly.js")
# Its address carries the version, so that a browser may keep it for as long as it likes.
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


def _answer(_request: Request) -> FileResponse:
    return FileResponse(charts.SCRIPT, media_type="text/javascript", headers=_KEPT)


def joined(*scripts: Path) -> str:
    """Scripts as one: a component has a single file."""
    return "\n".join(path.read_text(encoding="utf-8") for path in scripts)


ROUTE = Route("/plotly.min.js", _answer)
