"""What every answer tells a browser to do with it: nothing is guessed, framed or passed on.

An answer that says something itself (a page, /embed, an address for programs) keeps what it says.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impact.access import settings

# Files that run: a worker goes by the policy of its own file.
RUN = ("/static/", "/plotly.min.js", "/component/", "/_stcore/bidi-components/")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Addresses hold filters and reports: no other site learns them.
    "Referrer-Policy": "same-origin",
}
POLICY = "Content-Security-Policy"
NOT_FRAMED = "frame-ancestors 'none'"
# What is opened by itself, a download or a sentence, runs nothing and fetches nothing.
STILL = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; {NOT_FRAMED}"


class Headers:
    """ASGI middleware that adds them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        policy = NOT_FRAMED if scope["path"].startswith(RUN) else STILL

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, text in {**ALWAYS, POLICY: policy}.items():
                    headers.setdefault(name, text)
                if settings.current().address.startswith("https:"):
                    message["headers"] = [_over_tls(*each) for each in message["headers"]]
            await send(message)

        await self._app(scope, receive, said)


def _over_tls(name: bytes, text: bytes) -> tuple[bytes, bytes]:
    """A cookie that goes over TLS alone; Streamlit's do not say so."""
    if name.lower() != b"set-cookie" or b"; secure" in text.lower():
        return name, text
    return name, text + b"; Secure"
