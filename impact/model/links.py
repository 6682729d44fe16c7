"""Links: which address of a page may be passed on to readers and programs.

A page's address comes from whoever wrote the report or the table. The ledger keeps it as it came;
what leaves (pages, files, feed, brief, addresses for machines) holds it only when it leads to the
web. impact.store.reader.Reader sees to that for every column called `url`.
"""

from functools import lru_cache
from urllib.parse import urlsplit

# Characters that end an address in one place and not in another; no address needs them as they are.
_TRICKS = frozenset(' "<>\\`')


@lru_cache(maxsize=4096)
def web(url: str) -> str:
    """The address as it is, if it leads to the web by http or https; else an empty text.

    An address with white space, a control character, a mark that turns the direction of writing,
    or a name and password before its host counts as none.
    """
    if not url.isprintable() or not _TRICKS.isdisjoint(url):
        return ""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return ""
    names_a_host = bool(parts.hostname) and "@" not in parts.netloc
    return url if parts.scheme in ("http", "https") and names_a_host else ""
