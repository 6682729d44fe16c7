"""Links: decides which addresses may be shown to readers and programs.

The address of a source's page comes from the report or the table, so anybody may have written it.
The ledger keeps it unchanged. Pages, files, the feed, the brief and the addresses for programs show
it only if it leads to the web. impact.store.reader.Reader checks every column called `url`.
"""

from functools import lru_cache
from urllib.parse import urlsplit

# Some programs take these characters as the end of an address and others do not. A correct address
# has them only in encoded form.
_TRICKS = frozenset(' "<>\\`')


@lru_cache(maxsize=4096)
def web(url: str) -> str:
    """The address unchanged if it is a safe http or https address, else "".

    It is not safe with white space, with a control character, with a mark that changes the
    direction of writing, or with a user name or password before its host.
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
