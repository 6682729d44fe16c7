"""Plotly's script, served beside the pages: the Figure page draws with it, without the internet."""

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from impact import charts

# Its address carries the version, so that a browser may keep it for as long as it likes.
_KEPT = {"Cache-Control": "public, max-age=31536000, immutable"}


def _answer(_request: Request) -> FileResponse:
    return FileResponse(charts.SCRIPT, media_type="text/javascript", headers=_KEPT)


ROUTE = Route("/plotly.min.js", _answer)
