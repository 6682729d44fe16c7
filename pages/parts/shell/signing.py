"""Who has signed in, in the menu, with the way in or out. Nothing where nobody signs in."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit

from impact.access import rules
from impact.access.settings import OIDC
from impact.wording import markup
from pages.parts.shell import access, session
from pages.parts.shell import screen as st

_LINK = Path(__file__).with_suffix(".html")


def show() -> None:
    """A name and "Sign out", or "Sign in". Where a proxy signs people in, the name alone."""
    found = access.signing_in()
    if not found:
        return
    words, who = session.words(), access.present()
    with st.container(key="signing", gap=None):
        if who:
            role = words._(rules.NAMES[who.role])
            st.caption(words._("{name}, {role}", name=who.name, role=role))
        if found.way == OIDC:
            _link("sign-out", words._("Sign out")) if who else offer()


def offer() -> None:
    """The way in, for a page that nobody without an account can use."""
    found = access.signing_in()
    if found and found.way == OIDC and access.present() is None:
        _link("sign-in", session.words()._("Sign in"))


def _link(way: str, label: str) -> None:
    address = f"/{way}?{urlencode({'next': _here()})}"
    st.html(markup.filled(_LINK, address=address, label=label))


def _here() -> str:
    """This page with its filters: where somebody comes back to."""
    query = urlencode([(name, each) for name in st.query_params
                       for each in st.query_params.get_all(name)])  # fmt: skip
    return f"{urlsplit(st.context.url or '').path or '/'}?{query}".rstrip("?")
